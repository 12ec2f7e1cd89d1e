package edxml_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"sachhon/internal/edxml"
	"sachhon/internal/fault"
)

// FuzzAttachment: whatever bytes travel as a file, they come out as they are, unpacked within the limits, or as a fault; and
// what came out can be sent on.
func FuzzAttachment(f *testing.F) {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for _, name := range []string{"a.pdf", "b/c.pdf"} {
		w, err := z.Create(name)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := w.Write([]byte("%PDF-1.7 nội dung")); err != nil {
			f.Fatal(err)
		}
		if name == "a.pdf" {
			if err := z.Flush(); err != nil {
				f.Fatal(err)
			}
			f.Add(bytes.Clone(archive.Bytes()), "a.pdf")
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(archive.Bytes(), "a.zip")
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), "a.pdf")
	f.Add([]byte("%PDF-1.4"), `..\..\a.pdf`)
	f.Add([]byte("PK\x03\x04"), "")
	const unpacked = 1 << 20
	f.Fuzz(func(t *testing.T, raw []byte, name string) {
		if strings.ContainsAny(name, "<>&") || len(name) > 300 {
			return // the elements of FuzzRead
		}
		data := withAttachment(name, base64.StdEncoding.EncodeToString(raw))
		r, err := edxml.Read(bytes.NewReader(data), edxml.Limits{Unpacked: unpacked})
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		if len(r.Letter.Attachments) != 1 {
			t.Fatalf("%d files", len(r.Letter.Attachments))
		}
		a := r.Letter.Attachments[0]
		if a.Name == "" || strings.ContainsAny(a.Name, `/\`) || len(a.Body) > unpacked {
			t.Fatalf("%q with %d bytes", a.Name, len(a.Body))
		}
		l := letter1903()
		l.Attachments = []edxml.Attachment{a}
		out, err := edxml.Write(edxml.Message{Letter: &l})
		if err != nil {
			t.Fatal(err)
		}
		again := read(t, out)
		if got := again.Letter.Attachments[0]; got.Name != a.Name || !bytes.Equal(got.Body, a.Body) {
			t.Fatalf("sent on it is %q with %d bytes, was %q with %d", got.Name, len(got.Body), a.Name, len(a.Body))
		}
	})
}

// FuzzTimes: a text where a date or a time belongs is read or kept aside, and what was read is written in the regulation's
// form and read alike.
func FuzzTimes(f *testing.F) {
	for _, s := range []string{
		"2024/06/06", "6/6/2024", "2024-06-06T14:05", "06.06.2024", "2024/06/06 14:05:00", "20240606140500", "6/6/2024 2:05:00 PM",
		"2024-06-06T14:05:00.123+07:00", "0001-01-01T00:00:00", "31/02/2024", "\u0661/6/2024", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.ContainsAny(text, "<>&") {
			return
		}
		data := []byte(`<edXML><MessageHeader><From><OrganId>A</OrganId></From><PromulgationInfo><PromulgationDate>` + text +
			`</PromulgationDate></PromulgationInfo></MessageHeader><TraceHeaderList><TraceHeader><OrganId>A</OrganId><Timestamp>` + text +
			`</Timestamp></TraceHeader></TraceHeaderList></edXML>`)
		r, err := edxml.Read(bytes.NewReader(data), edxml.Limits{})
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		l := letter1903()
		l.DocumentID = ""
		if l.Date = r.Letter.Date; l.Date == "" {
			l.Date = "2024-06-06"
		}
		l.Trace.Hops = r.Letter.Trace.Hops
		out, err := edxml.Write(edxml.Message{Letter: &l})
		if err != nil {
			t.Fatalf("%q was read as %s, %v: %v", text, l.Date, l.Trace.Hops, err)
		}
		again := read(t, out)
		if !again.Strict() || again.Letter.Date != l.Date || again.Letter.Trace.Hops[0].At != l.Trace.Hops[0].At {
			t.Fatalf("%q: %s and %v became %s and %v, %v", text, l.Date, l.Trace.Hops, again.Letter.Date, again.Letter.Trace.Hops, again.Deviations)
		}
		if organ, date, symbol, ok := again.Letter.DocumentID.Parts(); !ok || organ != l.From.ID || date != l.Date || symbol != l.Symbol() {
			t.Fatalf("the identifier %q is %s, %s, %s", again.Letter.DocumentID, organ, date, symbol)
		}
	})
}
