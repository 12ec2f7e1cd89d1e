package drafting_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/challenge"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/drafting"
	"sachhon/internal/letter"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/unit"
)

// kinds are a document of each kind, issued: what the templates draft, and what only records or people write.
func kinds(t *testing.T) map[string]letter.Document {
	t.Helper()
	out := cases(t, world(t))
	for name, doc := range out {
		doc.Number, doc.Date = "12", letter.Date{Year: 2024, Month: 6, Day: 6}
		out[name] = doc
	}
	for name, doc := range decreetest.All() {
		out["full-"+name] = doc
	}
	for template, name := range map[drafting.Template]string{drafting.Letter: "letter-party", drafting.Plan: "plan-party"} {
		doc := drafting.Draft(template, party(t))
		doc.Number, doc.Date = "406", letter.Date{Year: 2024, Month: 6, Day: 14}
		out[name] = doc
	}
	return out
}

// party is the input of an organ of the Party, of which the tree has none.
func party(t *testing.T) drafting.Input {
	t.Helper()
	in := input(t, world(t), "480")
	in.Unit = unit.Unit{Name: "Ban Tuyên giáo Thị ủy", FullName: "Ban Tuyên giáo Thị ủy Hương Trà", Kind: unit.Agency, AreaID: in.Unit.ID}
	in.Head = drafting.DefaultHead(in.Unit, in.Tree)
	in.Head.Superior, in.Head.Signers[1].Name, in.Signer = "Thị ủy Hương Trà", "Nguyễn Văn Mẫu", 1
	in.Challenge = &challenge.Challenge{Title: "Cuộc thi Thử thách làm cho thế giới sạch hơn"}
	return in
}

// TestDocumentXML pins the body of the DOCX of every kind, part by part on a line of its own.
func TestDocumentXML(t *testing.T) {
	for name, doc := range kinds(t) {
		if strings.HasPrefix(name, "full-") && name != "full-decision" && name != "full-urgent" {
			continue // long ones, of kinds that are here already
		}
		t.Run(name, func(t *testing.T) {
			golden(t, filepath.Join("documents", name+".xml"), decreetest.BodyXML(t, doc))
		})
	}
}

// TestPagesHaveTheForm draws the PDF of every kind and measures each component on the page.
func TestPagesHaveTheForm(t *testing.T) {
	for name, doc := range kinds(t) {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			if err := decree.PDF(&buf, doc, decree.Options{}); err != nil {
				t.Fatal(err)
			}
			decreetest.Zones(t, doc, buf.Bytes(), 0.5)
		})
	}
}

// TestOfficePagesHaveTheForm opens the DOCX of every kind in LibreOffice and measures what it prints in the same way.
func TestOfficePagesHaveTheForm(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes half a minute")
	}
	docs, files := kinds(t), map[string][]byte{}
	for name, doc := range docs {
		var buf bytes.Buffer
		if err := decree.DOCX(&buf, doc, decree.Options{}); err != nil {
			t.Fatal(err)
		}
		files[name+".docx"] = buf.Bytes()
	}
	printed := papertest.Office(t, files)
	for name := range maps.Keys(docs) {
		t.Run(name, func(t *testing.T) { decreetest.Zones(t, docs[name], printed[name+".docx"], 2) })
	}
}
