package progress_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/testkit"
)

// issued are the reports of the fixed world as they are issued: of the town, with tables by units, channels, entrants, people and
// kilograms, and of a ward with nobody below it.
func issued(t *testing.T, db *database.DB, clk *clock.Set) map[string]letter.Document {
	t.Helper()
	w := townInJune(t, db, clk)
	send(t, w, w.Of(ward))
	town, own := draft(t, w, w.Town), draft(t, w, w.Of(ward))
	docs := map[string]letter.Document{}
	for name, doc := range map[string]letter.Document{"town": town.Generated, "ward": own.Generated} {
		doc.Number, doc.Date = "125", letter.Date{Year: 2024, Month: 7, Day: 3}
		doc.Signer.Name = "Nguyễn Văn Mẫu"
		docs[name] = doc
	}
	return docs
}

// TestReportXML pins the body of the DOCX of a report, part by part on a line of its own.
func TestReportXML(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		for name, doc := range issued(t, db, clk) {
			golden(t, filepath.Join("documents", name+".xml"), []byte(decreetest.BodyXML(t, doc)))
		}
	})
}

// TestReportPagesHaveTheForm draws the PDF of a report, and has LibreOffice print its DOCX, and measures each component on the page.
func TestReportPagesHaveTheForm(t *testing.T) {
	clk := clock.NewSet(testkit.Begin)
	files := map[string][]byte{}
	docs := issued(t, testkit.DB(t, database.SQLite, clk), clk)
	for name, doc := range docs {
		for _, d := range decree.CheckDocument(doc) {
			t.Errorf("%s departs from the decree: %+v", name, d)
		}
		var pdf, docx bytes.Buffer
		if err := decree.PDF(&pdf, doc, decree.Options{}); err != nil {
			t.Fatal(err)
		}
		if err := decree.DOCX(&docx, doc, decree.Options{}); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { decreetest.Zones(t, doc, pdf.Bytes(), 0.5) })
		files[name+".docx"] = docx.Bytes()
	}
	if testing.Short() {
		t.Skip("LibreOffice takes half a minute")
	}
	printed := papertest.Office(t, files)
	for name, doc := range docs {
		t.Run("office "+name, func(t *testing.T) { decreetest.Zones(t, doc, printed[name+".docx"], 2) })
	}
}
