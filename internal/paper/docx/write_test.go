package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
)

func written(t *testing.T, doc paper.Document) map[string]string {
	t.Helper()
	var buf, again bytes.Buffer
	if err := docx.Write(&buf, doc); err != nil {
		t.Fatal(err)
	}
	if err := docx.Write(&again, doc); err != nil || !bytes.Equal(buf.Bytes(), again.Bytes()) {
		t.Errorf("the same document gave other bytes (%v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		wellFormed(t, f.Name, b)
	}
	return parts
}

func wellFormed(t *testing.T, name string, b []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestWrite(t *testing.T) {
	doc := paper.Document{
		Info: paper.Info{Title: `A & B <"x">`, Date: time.Date(2024, 6, 6, 0, 0, 0, 0, time.UTC)},
		Sections: []paper.Section{
			{Page: paper.A4(20, 20, 30, 15), Numbered: true, Watermark: "DỰ THẢO", Blocks: []paper.Block{
				paper.Paragraph{Align: paper.Justify, First: 36, Runs: []paper.Run{{Text: "Hue\u0302\u0301 <b>\x00", Bold: true, Size: 14}, {Text: "a\tb\nc"}}},
				paper.Rule{Width: 100, Align: paper.Center},
				paper.Table{Columns: []float64{100, 50}, Border: &paper.Border{Width: 0.5}, Rows: []paper.Row{{Head: true, Cells: []paper.Cell{{Span: 2}}}}},
			}},
			{Page: paper.A4(20, 20, 30, 15).Landscape(), Blocks: []paper.Block{paper.PageBreak{}}, FirstFooter: []paper.Block{paper.Rule{}}},
		},
	}
	parts := written(t, doc)
	body := parts["word/document.xml"]
	for _, want := range []string{
		`<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`, `w:firstLine="720"`, `Huế &lt;b&gt;</w:t>`, `<w:tab/>`, `<w:br/>`,
		`<w:tblHeader/>`, `<w:gridSpan w:val="2"/>`, `w:orient="landscape"`, `<w:titlePg/>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the body has no %s", want)
		}
	}
	if !strings.Contains(parts["word/header1-default.xml"], " PAGE ") || strings.Contains(parts["word/header1-first.xml"], " PAGE ") {
		t.Error("the page number stands on the first page, or on no other")
	}
	if !strings.Contains(parts["word/header1-first.xml"], "DỰ THẢO") {
		t.Error("the first page is not marked as a draft")
	}
}
