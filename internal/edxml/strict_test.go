package edxml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
)

const business = "Bussiness" //nolint:misspell // the regulation writes it so

// fields are the elements that a fault names, in order.
func fields(err error) []string {
	var names []string
	for name := range faulttest.Keys(err) {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestWriteNamesWhatIsMissing(t *testing.T) {
	_, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
		To: []edxml.Organ{{Name: "UBND phường"}},
	}})
	want := []string{
		"Code/CodeNotation", "Code/CodeNumber", "DocumentType/TypeName", "From/OrganId", "PromulgationInfo/PromulgationDate", "Subject",
		"To/OrganId",
	}
	if diff := cmp.Diff(want, fields(err)); diff != "" {
		t.Error(diff)
	}
	_, err = edxml.Write(edxml.Message{Report: &edxml.Report{}})
	if diff := cmp.Diff([]string{"From/OrganId", "ResponseFor/DocumentId", "StatusCode", "Timestamp"}, fields(err)); diff != "" {
		t.Error(diff)
	}
	for _, m := range []edxml.Message{{}, {Letter: &edxml.Letter{}, Report: &edxml.Report{}}} {
		_, err := edxml.Write(m)
		faulttest.Is(t, err, fault.Invalid, "edxml.fault.nothing")
	}
}

// TestWriteKeepsToTheLengths: each element is written as long as it may be, and refused by its name when it is one longer.
func TestWriteKeepsToTheLengths(t *testing.T) {
	long := func(element string, more int) string { return strings.Repeat("ế", edxml.Lengths[element]+more) }
	for path, set := range map[string]func(l *edxml.Letter, more int){
		"From/OrganizationInCharge":      func(l *edxml.Letter, more int) { l.From.InCharge = long("OrganizationInCharge", more) },
		"From/OrganName":                 func(l *edxml.Letter, more int) { l.From.Name = long("OrganName", more) },
		"From/OrganAdd":                  func(l *edxml.Letter, more int) { l.From.Address = long("OrganAdd", more) },
		"From/Email":                     func(l *edxml.Letter, more int) { l.From.Email = long("Email", more) },
		"From/Telephone":                 func(l *edxml.Letter, more int) { l.From.Telephone = long("Telephone", more) },
		"From/Fax":                       func(l *edxml.Letter, more int) { l.From.Fax = long("Fax", more) },
		"From/Website":                   func(l *edxml.Letter, more int) { l.From.Website = long("Website", more) },
		"To/OrganName":                   func(l *edxml.Letter, more int) { l.To[1].Name = long("OrganName", more) },
		"Code/CodeNumber":                func(l *edxml.Letter, more int) { l.Number = long("CodeNumber", more) },
		"Code/CodeNotation":              func(l *edxml.Letter, more int) { l.Notation = long("CodeNotation", more) },
		"PromulgationInfo/Place":         func(l *edxml.Letter, more int) { l.Place = long("Place", more) },
		"DocumentType/TypeName":          func(l *edxml.Letter, more int) { l.TypeName = long("TypeName", more) },
		"Subject":                        func(l *edxml.Letter, more int) { l.Subject = long("Subject", more) },
		"Content":                        func(l *edxml.Letter, more int) { l.Content = long("Content", more) },
		"SignerInfo/Competence":          func(l *edxml.Letter, more int) { l.Signer.Competence = long("Competence", more) },
		"SignerInfo/Position":            func(l *edxml.Letter, more int) { l.Signer.Position = long("Position", more) },
		"SignerInfo/FullName":            func(l *edxml.Letter, more int) { l.Signer.Name = long("FullName", more) },
		"OtherInfo/SphereOfPromulgation": func(l *edxml.Letter, more int) { l.Other.Sphere = long("SphereOfPromulgation", more) },
		"OtherInfo/TyperNotation":        func(l *edxml.Letter, more int) { l.Other.Typer = long("TyperNotation", more) },
		"ResponseFor/OrganId":            func(l *edxml.Letter, more int) { l.ResponseFor[0].OrganID = long("OrganId", more) },
		"DocumentId":                     func(l *edxml.Letter, more int) { l.DocumentID = edxml.DocumentID(long("DocumentId", more)) },
		business + "/DocumentId":         func(l *edxml.Letter, more int) { l.Business.For = edxml.DocumentID(long("DocumentId", more)) },
		"StaffInfo/Department":           func(l *edxml.Letter, more int) { l.Business.Staff.Department = long("Department", more) },
		"StaffInfo/Staff":                func(l *edxml.Letter, more int) { l.Business.Staff.Name = long("Staff", more) },
		"StaffInfo/Mobile":               func(l *edxml.Letter, more int) { l.Business.Staff.Mobile = long("Mobile", more) },
	} {
		for more, want := range [][]string{nil, {path}} {
			l := letter1903()
			set(&l, more)
			_, err := edxml.Write(edxml.Message{Letter: &l})
			if diff := cmp.Diff(want, fields(err)); diff != "" {
				t.Errorf("%s, %d more than allowed (-want +got)\n%s", path, more, diff)
			}
		}
	}
	l := letter1903()
	l.ToPlaces = []string{strings.Repeat("Các phòng, ban; ", 20)} // holds organs, and is called Place like a town
	if _, err := edxml.Write(edxml.Message{Letter: &l}); err != nil {
		t.Errorf("a long line of those to whom it goes: %v", err)
	}
}

func TestWriteRefusesWhatTheRegulationDoesNotHave(t *testing.T) {
	letter := func(change func(l *edxml.Letter)) edxml.Message {
		l := letter1903()
		change(&l)
		return edxml.Message{Letter: &l}
	}
	report := func(change func(r *edxml.Report)) edxml.Message {
		r := report03()
		change(&r)
		return edxml.Message{Report: &r}
	}
	for _, c := range []struct {
		path, key string
		m         edxml.Message
	}{
		{"OtherInfo/Priority", "code", letter(func(l *edxml.Letter) { l.Other.Priority = "9" })},
		{"SteeringType", "code", letter(func(l *edxml.Letter) { l.Steering = "77" })},
		{business + "/BussinessDocType", "code", letter(func(l *edxml.Letter) { l.Business.Kind, l.Business.For = "8", "x" })},
		{"DocumentType/Type", "code", letter(func(l *edxml.Letter) { l.Type = "99" })},
		{"StatusCode", "code", report(func(r *edxml.Report) { r.Status = "42" })},
		{"From/OrganId", "organ", letter(func(l *edxml.Letter) { l.From.ID = "UBND thị xã" })},
		{"To/OrganId", "organ", letter(func(l *edxml.Letter) { l.To[0].ID = "000.00.00.h57" })},
		{"From/OrganId", "organ", report(func(r *edxml.Report) { r.From.ID = "H57" })},
		{"PromulgationInfo/PromulgationDate", "day", letter(func(l *edxml.Letter) { l.Date = "2024-06-31" })},
		{"DueDate", "day", letter(func(l *edxml.Letter) { l.Due = "0001-01-01" })},
		{"ResponseFor/PromulgationDate", "day", letter(func(l *edxml.Letter) { l.ResponseFor[0].Date = "31/5/2024" })},
		{"Timestamp", "day", report(func(r *edxml.Report) { r.At = clock.Date(3024, 6, 6, 8, 0) })},
		{"AttachmentEncoded", "attachments", letter(func(l *edxml.Letter) { l.Attachments = make([]edxml.Attachment, 101) })},
	} {
		_, err := edxml.Write(c.m)
		if diff := cmp.Diff(map[string]string{c.path: "edxml.fault." + c.key}, faulttest.Keys(err)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.path, diff)
		}
	}
}

// texts are the texts of the elements of a package, by parent and name.
func texts(t *rapid.T, data []byte, see func(parent, name, text string)) {
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []string
	text := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open, text = append(open, e.Name.Local), ""
		case xml.CharData:
			text += string(e)
		case xml.EndElement:
			parent := ""
			if len(open) > 1 {
				parent = open[len(open)-2]
			}
			see(parent, e.Name.Local, text)
			open, text = open[:len(open)-1], ""
		}
	}
}

// TestWhatIsWrittenStaysInTheLimits: a message of any length is refused by name, or what is written of it is in the limits,
// deviates in nothing that the message did not make up itself, and comes back the same.
func TestWhatIsWrittenStaysInTheLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := wild().Draw(t, "message")
		data, err := edxml.Write(m)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || len(fields(err)) == 0 {
				t.Fatalf("no fault with fields: %v", err)
			}
			return
		}
		texts(t, data, func(parent, name, text string) {
			limit := edxml.Lengths[name]
			if n := utf8.RuneCountInString(text); limit > 0 && n > limit && parent != "ToPlaces" && strings.TrimSpace(text) != "" {
				t.Fatalf("%s/%s has %d characters, %d are allowed", parent, name, n, limit)
			}
		})
		comesBack(t, m, data)
	})
}
