package edxml_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
)

var update = flag.Bool("update", false, "write the golden packages anew")

func read(t *testing.T, data []byte) edxml.Reading {
	t.Helper()
	r, err := edxml.Read(bytes.NewReader(data), edxml.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// letter1903 is the letter of the sample.
func letter1903() edxml.Letter {
	return edxml.Letter{
		From: edxml.Organ{
			ID: "000.00.00.H57", InCharge: "UBND tỉnh Thừa Thiên Huế", Name: "UBND thị xã Hương Trà",
			Website: "https://huongtra.thuathienhue.gov.vn",
		},
		To: []edxml.Organ{
			{ID: "000.01.00.H57", InCharge: "UBND thị xã Hương Trà", Name: "UBND phường Tứ Hạ"},
			{ID: "000.02.00.H57", InCharge: "UBND thị xã Hương Trà", Name: "UBND xã Hương Toàn"},
		},
		Number: "1903", Notation: "UBND-VH", Place: "Hương Trà", Date: "2024-06-06", Type: "18", TypeName: "Công văn", TypeDetail: "0",
		Subject: "V/v hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S",
		Signer:  edxml.Signer{Competence: "KT.", Position: "Phó Chủ tịch", Name: "(tên người ký)"},
		Due:     "2024-06-30", ToPlaces: []string{"Sở TTTT tỉnh", "Lưu: VT, VH"},
		Other: edxml.Other{Priority: edxml.PriorityOrdinary, Typer: "VH", Copies: 1, Pages: 1, Appendices: []string{}},
		ResponseFor: []edxml.Reference{{
			OrganID: "000.00.00.H57", Code: "1518/KH-STTTT", Date: "2024-05-31", DocumentID: "000.00.00.H57,2024/05/31,1518/KH-STTTT",
		}},
		Steering: edxml.SteeringDirects, DocumentID: "000.00.00.H57,2024/06/06,1903/UBND-VH",
		Trace: edxml.Trace{ID: "a1b2c3d4", Hops: []edxml.Hop{{OrganID: "000.00.00.H57", At: clock.Date(2024, time.June, 6, 9, 30)}}},
		Business: edxml.Task{
			Kind: edxml.BusinessNew, Reason: "Văn bản mới", Paper: "0", Staff: edxml.Staff{Department: "Văn phòng"},
		},
		Attachments: []edxml.Attachment{{
			Name: "1903-UBND-VH.pdf", Type: "application/pdf", Description: "Bản ký số", Body: []byte("%PDF-1.4\n"),
		}},
	}
}

func report03() edxml.Report {
	return edxml.Report{
		For: edxml.Reference{
			OrganID: "000.00.00.H57", Code: "1903/UBND-VH", Date: "2024-06-06", DocumentID: "000.00.00.H57,2024/06/06,1903/UBND-VH",
		},
		From: edxml.Organ{ID: "000.02.00.H57", Name: "UBND xã Hương Toàn"}, Status: edxml.StatusReceived, Words: "Đã tiếp nhận",
		At: clock.Date(2024, time.June, 6, 14, 5), Staff: edxml.Staff{Department: "Văn thư"},
	}
}

func TestTheSamplesAreReadFully(t *testing.T) {
	got := read(t, file(t, "letter-1903.xml"))
	if diff := cmp.Diff(letter1903(), *got.Letter); diff != "" || got.Report != nil {
		t.Errorf("letter (-want +got)\n%s", diff)
	}
	want := []edxml.Deviation{{Kind: edxml.DeviatesRaw, Path: "Attachment", Value: "1903-UBND-VH.pdf"}}
	if diff := cmp.Diff(want, got.Deviations); diff != "" || len(got.Extra) != 0 {
		t.Errorf("deviations of the letter (-want +got)\n%s%v", diff, got.Extra)
	}
	status := read(t, file(t, "status-03.xml"))
	if diff := cmp.Diff(report03(), *status.Report); diff != "" || status.Letter != nil {
		t.Errorf("report (-want +got)\n%s", diff)
	}
	if !status.Strict() || len(status.Extra) != 0 {
		t.Errorf("deviations of the report: %v, aside %v", status.Deviations, status.Extra)
	}
}

var tag = regexp.MustCompile(`<[^?!][^>]*>`)

// tags are the tags of a package in order, without the content of attachments.
func tags(data []byte) []string {
	return tag.FindAllString(string(data), -1)
}

// TestWhatIsWrittenHasTheOrderOfTheSamples compares every tag with its prefix, namespace and attributes.
func TestWhatIsWrittenHasTheOrderOfTheSamples(t *testing.T) {
	l, r := letter1903(), report03()
	for name, m := range map[string]edxml.Message{"letter-1903.xml": {Letter: &l}, "status-03.xml": {Report: &r}} {
		data, err := edxml.Write(m)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tags(file(t, name)), tags(data)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
		again, err := edxml.Write(m)
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: the same message is written otherwise the second time, %v", name, err)
		}
		golden := filepath.Join("testdata", "written-"+name)
		if *update {
			if err := os.WriteFile(golden, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(file(t, "written-"+name)), string(data)); diff != "" {
			t.Errorf("%s is not the golden one; -update writes it anew\n%s", golden, diff)
		}
		if got := read(t, data); !got.Strict() || len(got.Extra) > 0 {
			t.Errorf("%s: what is written deviates: %v, aside %v", name, got.Deviations, got.Extra)
		}
	}
}

func TestDialects(t *testing.T) {
	want := report03()
	letter := letter1903()
	for name, deviations := range map[string][]edxml.Kind{
		"dialect-no-prefix.xml": {edxml.DeviatesPrefix},
		"dialect-soap-status.xml": {
			edxml.DeviatesMark, edxml.DeviatesEnvelope, edxml.DeviatesSpelling, edxml.DeviatesDate, edxml.DeviatesDate,
		},
		"dialect-gateway.xml": {
			edxml.DeviatesEncoding, edxml.DeviatesEnvelope, edxml.DeviatesPrefix, edxml.DeviatesNamespace, edxml.DeviatesUnknown,
			edxml.DeviatesPlace, edxml.DeviatesSpelling, edxml.DeviatesDate, edxml.DeviatesRaw, edxml.DeviatesDocumentID,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, file(t, name))
			var kinds []edxml.Kind
			for _, d := range got.Deviations {
				kinds = append(kinds, d.Kind)
			}
			for _, k := range deviations {
				if !slices.Contains(kinds, k) {
					t.Errorf("no deviation of kind %s among %v", k, got.Deviations)
				}
			}
			switch {
			case got.Report != nil:
				if diff := cmp.Diff(want, *got.Report); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			case name == "dialect-no-prefix.xml":
				if diff := cmp.Diff(letter, *got.Letter); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			default:
				l := got.Letter
				if l.From.ID != "H37.DN.001" || l.To[0].ID != "H37.DN.002" || l.TypeName != "Công văn" || l.Type != "18" || l.Date != "2024-06-06" ||
					l.Signer.Name != "Nguyễn Văn Mẫu" || len(l.Attachments) != 1 || string(l.Attachments[0].Body) != "hello" ||
					l.Attachments[0].Name != "van-ban.pdf" || l.Attachments[0].Type != "application/pdf" {
					t.Errorf("%+v", l)
				}
				if !slices.ContainsFunc(got.Extra, func(e edxml.Extra) bool {
					return strings.HasSuffix(e.Path, "PromulgationInfo/Promulgator") && strings.Contains(e.Text, "Cơ quan mẫu")
				}) {
					t.Errorf("the unknown element is not kept aside: %v", got.Extra)
				}
			}
		})
	}
}

// forged is a package as another system writes it that has codes of its own.
func forged(t *testing.T, m edxml.Message, codes map[string]string) []byte {
	t.Helper()
	data, err := edxml.Write(m)
	if err != nil {
		t.Fatal(err)
	}
	for element, code := range codes {
		at := regexp.MustCompile("<edXML:" + element + ">[^<]*<")
		if len(at.FindAll(data, -1)) != 1 {
			t.Fatalf("%s is not there once", element)
		}
		data = at.ReplaceAll(data, []byte("<edXML:"+element+">"+code+"<"))
	}
	return data
}

func TestUnknownCodesAreKept(t *testing.T) {
	l, r := letter1903(), report03()
	got := read(t, forged(t, edxml.Message{Letter: &l}, map[string]string{
		"Priority": "9", "SteeringType": "77", "BussinessDocType": "8", "Type": "99", "TypeName": "Văn bản lạ",
	}))
	l.Other.Priority, l.Steering, l.Business.Kind, l.Type, l.TypeName = "9", "77", "8", "99", "Văn bản lạ"
	codes := func(all []edxml.Deviation) (n int) {
		for _, d := range all {
			if d.Kind == edxml.DeviatesCode {
				n++
			}
		}
		return n
	}
	if diff := cmp.Diff(l, *got.Letter); diff != "" || codes(got.Deviations) != 4 {
		t.Errorf("%v (-want +got)\n%s", got.Deviations, diff)
	}
	got = read(t, forged(t, edxml.Message{Report: &r}, map[string]string{"StatusCode": "42"}))
	if got.Report.Status != "42" || codes(got.Deviations) != 1 || got.Report.Status.Key() != "" {
		t.Errorf("%+v %v", got.Report, got.Deviations)
	}
}

// bomb is a package whose attachment unpacks to n zero bytes.
func bomb(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create("bomb.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(make([]byte, n)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return withAttachment("bomb.pdf", base64.StdEncoding.EncodeToString(b.Bytes()))
}

func withAttachment(name, content string) []byte {
	return []byte(`<edXML><MessageHeader><From><OrganId>A</OrganId></From></MessageHeader><AttachmentEncoded><Attachment>` +
		`<ContentTransferEncoded>` + content + `</ContentTransferEncoded><AttachmentName>` + name + `</AttachmentName></Attachment></AttachmentEncoded></edXML>`)
}

func TestBadPackages(t *testing.T) {
	header := `<edXML><MessageHeader><Subject>x</Subject></MessageHeader></edXML>`
	for name, c := range map[string]struct {
		data []byte
		kind fault.Kind
		key  string
	}{
		"empty":         {nil, fault.Invalid, "edxml.fault.syntax"},
		"text":          {[]byte("Kính gửi"), fault.Invalid, "edxml.fault.syntax"},
		"other XML":     {[]byte("<html><body/></html>"), fault.Invalid, "edxml.fault.noHeader"},
		"half":          {file(t, "letter-1903.xml")[:2000], fault.Invalid, "edxml.fault.syntax"},
		"two roots":     {[]byte(header + header), fault.Invalid, "edxml.fault.syntax"},
		"not UTF-8":     {[]byte("<edXML>\xff\xfe</edXML>"), fault.Invalid, "edxml.fault.syntax"},
		"entity":        {[]byte(`<edXML><MessageHeader><Subject>&xxe;</Subject></MessageHeader></edXML>`), fault.Invalid, "edxml.fault.syntax"},
		"doctype":       {[]byte(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + header), fault.Invalid, "edxml.fault.doctype"},
		"deep":          {[]byte(strings.Repeat("<a>", 100)), fault.TooLarge, "edxml.fault.deep"},
		"many":          {[]byte("<a>" + strings.Repeat("<b/>", 30_000) + "</a>"), fault.TooLarge, "edxml.fault.elements"},
		"long text":     {[]byte("<a>" + strings.Repeat("b", 2<<20) + "</a>"), fault.TooLarge, "edxml.fault.text"},
		"large":         {bytes.Repeat([]byte(" "), 65<<20), fault.TooLarge, "edxml.fault.large"},
		"zip bomb":      {bomb(t, 20<<20), fault.TooLarge, "edxml.fault.attachmentLarge"},
		"no base64":     {withAttachment("a.pdf", "%%%"), fault.Invalid, "edxml.fault.attachment"},
		"broken zip":    {withAttachment("a.pdf", base64.StdEncoding.EncodeToString([]byte("\x1f\x8bxx"))), fault.Invalid, "edxml.fault.attachment"},
		"150 files":     {many(150), fault.TooLarge, "edxml.fault.attachments"},
		"entities bomb": {[]byte(`<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><edXML>&b;</edXML>`), fault.Invalid, "edxml.fault.doctype"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := edxml.Read(bytes.NewReader(c.data), edxml.Limits{})
			faulttest.Is(t, err, c.kind, c.key)
		})
	}
}

func many(n int) []byte {
	one := `<Attachment><ContentTransferEncoded>QQ==</ContentTransferEncoded></Attachment>`
	return []byte(`<edXML><MessageHeader/>` + `<AttachmentEncoded>` + strings.Repeat(one, n) + `</AttachmentEncoded></edXML>`)
}

func TestAttachmentsComeBackWhateverTheyAre(t *testing.T) {
	inner := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			f, err := z.Create(n)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(f, "inside ", n)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	l := letter1903()
	l.Attachments = []edxml.Attachment{
		{Name: "a.pdf", Type: "application/pdf", Body: []byte("%PDF-1.7")},
		{Name: "b.docx", Type: "application/x", Body: inner("[Content_Types].xml", "word/document.xml")},
		{Name: "c.zip", Type: "application/zip", Body: inner("c.zip")},
		{Name: "d.zip", Type: "application/zip", Body: inner("other.pdf")},
		{Name: "e.gz", Type: "application/gzip", Body: []byte("\x1f\x8b not really")},
		{Name: "e.bin", Type: "application/x", Body: []byte{}},
	}
	data, err := edxml.Write(edxml.Message{Letter: &l})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l.Attachments, read(t, data).Letter.Attachments); diff != "" {
		t.Error(diff)
	}
	for name, body := range map[string][]byte{"b.docx": l.Attachments[1].Body, "d.zip": l.Attachments[3].Body, "a.pdf": []byte("%PDF-1.7")} {
		got := read(t, withAttachment(name, base64.StdEncoding.EncodeToString(body)))
		if !bytes.Equal(got.Letter.Attachments[0].Body, body) {
			t.Errorf("%s that was sent as it is came out otherwise", name)
		}
	}
}

func text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "UBND thị xã Hương Trà", "<b>&amp;\"'", "  hai   chỗ trống ", "dòng\r\nmới\tthẻ", "]]>", "\ufffe\uffff\x00\x1b", "Huế" + "\u0301", "&#65;",
	}))
}

// upTo is a text that an element of so many characters holds in every Unicode form.
func upTo(n int) *rapid.Generator[string] {
	return rapid.Map(text(), func(s string) string {
		r := []rune(s)
		return string(r[:min(len(r), max(1, n/4))])
	})
}

func day() *rapid.Generator[clock.Day] {
	return rapid.Custom(func(t *rapid.T) clock.Day {
		if rapid.Bool().Draw(t, "none") {
			return ""
		}
		return clock.DayOf(clock.Date(2024, 1, 1, 12, 0).AddDate(0, 0, rapid.IntRange(-9000, 9000).Draw(t, "days")))
	})
}

func moment() *rapid.Generator[clock.Time] {
	return rapid.Map(rapid.Int64Range(-1e17, 1e17), func(ns int64) clock.Time { return clock.Date(2024, 1, 1, 0, 0).Add(time.Duration(ns)) })
}

func oneOf[T ~string](known ...T) *rapid.Generator[T] { return rapid.SampledFrom(append(known, "")) }

// maker makes messages whose texts are what draw makes of the length of their element.
type maker struct {
	t    *rapid.T
	draw func(n int) *rapid.Generator[string]
}

func (m maker) text(name, element string) string {
	n := edxml.Lengths[element]
	if n == 0 {
		n = 4_000
	}
	return m.draw(n).Draw(m.t, name)
}

func (m maker) organ(name string) edxml.Organ {
	return edxml.Organ{
		ID:       rapid.StringMatching(`[0-9A-Z]{1,5}(\.[0-9A-Z]{1,5}){1,7}`).Draw(m.t, name+" code"),
		InCharge: m.text("in charge", "OrganizationInCharge"), Name: m.text("name", "OrganName"), Address: m.text("address", "OrganAdd"),
		Email: m.text("email", "Email"), Telephone: m.text("phone", "Telephone"), Fax: m.text("fax", "Fax"), Website: m.text("site", "Website"),
	}
}

func (m maker) reference() edxml.Reference {
	return edxml.Reference{
		OrganID: m.text("organ", "OrganId"), Code: m.text("code", "Code"), Date: day().Draw(m.t, "date"),
		DocumentID: edxml.DocumentID("D" + m.text("id", "DocumentId")),
	}
}

func (m maker) staff() edxml.Staff {
	return edxml.Staff{
		Department: m.text("department", "Department"), Name: m.text("name", "Staff"), Mobile: m.text("mobile", "Mobile"), Email: m.text("email", "Email"),
	}
}

func (m maker) message() edxml.Message {
	if rapid.Bool().Draw(m.t, "report") {
		return edxml.Message{Report: &edxml.Report{
			For: m.reference(), From: m.organ("from"), Status: rapid.SampledFrom(edxml.Statuses()).Draw(m.t, "status"), Words: m.text("words", "Description"),
			At: moment().Draw(m.t, "at"), Staff: m.staff(),
		}}
	}
	several := func(name string, from, to int, f func()) {
		for range rapid.IntRange(from, to).Draw(m.t, name) {
			f()
		}
	}
	l := edxml.Letter{
		From: m.organ("from"), Number: "1" + m.text("number", "CodeNumber"), Notation: "U" + m.text("notation", "CodeNotation"),
		Place: m.text("place", "Place"), Date: "2024-06-06", Type: rapid.SampledFrom([]string{"", "1", "18", "26"}).Draw(m.t, "type"),
		TypeName: "L" + m.text("type name", "TypeName"), TypeDetail: m.text("detail", "TypeDetail"), Subject: "V" + m.text("subject", "Subject"),
		Content: m.text("content", "Content"),
		Signer:  edxml.Signer{Competence: m.text("competence", "Competence"), Position: m.text("position", "Position"), Name: m.text("signer", "FullName")},
		Due:     day().Draw(m.t, "due"),
		Other: edxml.Other{
			Priority: oneOf(edxml.PriorityUrgent, edxml.PriorityScheduled).Draw(m.t, "priority"), Sphere: m.text("sphere", "SphereOfPromulgation"),
			Typer: m.text("typer", "TyperNotation"), Copies: rapid.IntRange(-1, 1e6).Draw(m.t, "copies"), Pages: rapid.IntRange(-1, 1e6).Draw(m.t, "pages"),
		},
		Steering:   oneOf(edxml.SteeringNone, edxml.SteeringReportsOn).Draw(m.t, "steering"),
		DocumentID: edxml.DocumentID(m.text("document", "DocumentId")), Trace: edxml.Trace{ID: m.text("trace", "id")},
		Business: edxml.Task{
			Kind:   oneOf(edxml.BusinessRecall, edxml.BusinessUpdate, edxml.BusinessReplace).Draw(m.t, "business"),
			Reason: m.text("reason", "BussinessDocReason"), Paper: m.text("paper", "Paper"), Staff: m.staff(),
			For: edxml.DocumentID("D" + m.text("about", "DocumentId")),
		},
	}
	several("to", 1, 4, func() { l.To = append(l.To, m.organ("to")) })
	several("places", 0, 4, func() { l.ToPlaces = append(l.ToPlaces, m.text("place", "Recipient")) })
	several("appendices", 0, 3, func() { l.Other.Appendices = append(l.Other.Appendices, m.text("appendix", "Appendix")) })
	several("responses", 0, 3, func() { l.ResponseFor = append(l.ResponseFor, m.reference()) })
	several("hops", 0, 3, func() {
		l.Trace.Hops = append(l.Trace.Hops, edxml.Hop{OrganID: m.text("hop", "OrganId"), At: moment().Draw(m.t, "hop at")})
	})
	several("attachments", 0, 3, func() {
		l.Attachments = append(l.Attachments, edxml.Attachment{
			Name: m.text("file", "AttachmentName") + rapid.SampledFrom([]string{"", ".pdf", ".docx", ".zip"}).Draw(m.t, "ext"),
			Type: m.text("media", "ContentType"), Description: m.text("description", "Description"),
			Body: rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(m.t, "body"),
		})
	})
	return edxml.Message{Letter: &l}
}

// message is one that the regulation allows.
func message() *rapid.Generator[edxml.Message] {
	return rapid.Custom(func(t *rapid.T) edxml.Message { return maker{t, upTo}.message() })
}

// wild is one of which a text here and there is as long as its element allows, or longer.
func wild() *rapid.Generator[edxml.Message] {
	return rapid.Custom(func(t *rapid.T) edxml.Message {
		return maker{t, func(n int) *rapid.Generator[string] {
			return rapid.Custom(func(t *rapid.T) string {
				switch rapid.IntRange(0, 99).Draw(t, "length") {
				case 0:
					return strings.Repeat("ự", n+1)
				case 1, 2, 3:
					return strings.Repeat("ự", n-1)
				}
				return upTo(n).Draw(t, "text")
			})
		}}.message()
	})
}

// TestReadIsTheInverseOfWrite: whatever a message says comes back, and nothing that is written deviates but for the
// identifiers that the message itself made up.
func TestReadIsTheInverseOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := message().Draw(t, "message")
		data, err := edxml.Write(m)
		if err != nil {
			t.Fatal(err)
		}
		comesBack(t, m, data)
	})
}

// comesBack reads what was written of a message.
func comesBack(t *rapid.T, m edxml.Message, data []byte) {
	got, err := edxml.Read(bytes.NewReader(data), edxml.Limits{})
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	want := edxml.Message{}
	if m.Letter != nil {
		l := m.Letter.Normal()
		want.Letter = &l
	} else {
		r := m.Report.Normal()
		want.Report = &r
	}
	if diff := cmp.Diff(want, got.Message); diff != "" {
		t.Fatalf("(-want +got)\n%s\n%s", diff, data)
	}
	for _, d := range got.Deviations {
		if d.Kind != edxml.DeviatesDocumentID {
			t.Fatalf("%+v in\n%s", d, data)
		}
	}
	second, err := edxml.Write(got.Message)
	if err != nil || !bytes.Equal(data, second) {
		t.Fatalf("written again it differs, %v\n%s\n%s", err, data, second)
	}
}

// FuzzRead: whatever the bytes, Read ends in a message or in a fault, and what it understood can be written and read
// again once what is missing is filled in.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("testdata", "*.xml"))
	if err != nil || len(names) < 5 {
		f.Fatalf("%v, %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := edxml.Read(bytes.NewReader(data), edxml.Limits{Bytes: 1 << 20, Unpacked: 4 << 20})
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		if (r.Letter == nil) == (r.Report == nil) {
			t.Fatal("neither or both")
		}
		m := r.Message
		if l := m.Letter; l != nil {
			l.From.ID, l.To, l.Number, l.Notation = "A.1", []edxml.Organ{{ID: "B.1"}}, "1", "X"
			l.Date, l.TypeName, l.Subject = "2024-06-06", "Công văn", "x"
		} else {
			m.Report.From.ID, m.Report.Status, m.Report.For.DocumentID, m.Report.At = "A.1", "01", "B", clock.Date(2024, 6, 6, 8, 0)
		}
		out, err := edxml.Write(m)
		if fault.KindOf(err) == fault.Invalid && len(fields(err)) > 0 {
			return // what was read leniently need not be allowed
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := edxml.Read(bytes.NewReader(out), edxml.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if m.Letter != nil {
			l := m.Letter.Normal()
			m.Letter = &l
		}
		if diff := cmp.Diff(m, again.Message); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestReadingIsBounded: 60 MB of the worst kinds cost no more than a few times their size.
func TestReadingIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("allocates a few hundred megabytes")
	}
	big := withAttachment("a.pdf", strings.Repeat("QUFB", 15<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	if _, err := edxml.Read(bytes.NewReader(big), edxml.Limits{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	t.Logf("60 MB: %v, %d MB allocated in all", time.Since(began), (after.TotalAlloc-before.TotalAlloc)>>20)
	if n := after.TotalAlloc - before.TotalAlloc; n > 20*uint64(len(big)) {
		t.Errorf("%d bytes allocated for %d", n, len(big))
	}
	comments := withAttachment("a.pdf", strings.Repeat("QUFB<!---->", 200_000))
	began = time.Now()
	if _, err := edxml.Read(bytes.NewReader(comments), edxml.Limits{}); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(began); d > 10*time.Second {
		t.Errorf("a text in 200,000 pieces takes %v", d)
	}
}
