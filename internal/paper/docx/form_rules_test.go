package docx_test

import (
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/docx/docxtest"
)

// TestLinesBelowTexts: word processors draw a line below a text in many ways.
func TestLinesBelowTexts(t *testing.T) {
	const (
		motto  = `<w:r><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r>`
		border = `<w:pBdr><w:bottom w:val="single" w:sz="4"/></w:pBdr>`
		line   = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:cNvCnPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>` +
			`<mc:Fallback><w:pict><v:line from="0,0" to="9,0"/></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
		after = `<w:p><w:r><w:t>Số: 12/UBND</w:t></w:r></w:p>`
	)
	for name, tt := range map[string]struct {
		xml    string
		under  paper.Seen
		shapes int // of all lines
	}{
		"none":                {`<w:p>` + motto + `</w:p>` + after, paper.Absent, 0},
		"a border":            {`<w:p><w:pPr>` + border + `</w:pPr>` + motto + `</w:p>` + after, paper.Drawn, 0},
		"no border":           {`<w:p><w:pPr><w:pBdr><w:bottom w:val="nil"/></w:pBdr></w:pPr>` + motto + `</w:p>` + after, paper.Absent, 0},
		"an empty paragraph":  {`<w:p>` + motto + `</w:p><w:p><w:pPr>` + border + `</w:pPr></w:p>` + after, paper.Drawn, 0},
		"above the next":      {`<w:p>` + motto + `</w:p><w:p><w:pPr><w:pBdr><w:top w:val="single"/></w:pBdr></w:pPr><w:r><w:t>Số: 12/UBND</w:t></w:r></w:p>`, paper.Drawn, 0},
		"an underline":        {`<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r></w:p>` + after, paper.Drawn, 0},
		"no underline":        {`<w:p><w:r><w:rPr><w:u w:val="none"/></w:rPr><w:t>Độc lập - Tự do - Hạnh phúc</w:t></w:r></w:p>` + after, paper.Absent, 0},
		"a word of it":        {`<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>Độc lập</w:t></w:r><w:r><w:t> - Tự do - Hạnh phúc</w:t></w:r></w:p>` + after, paper.Absent, 0},
		"a row of dashes":     {`<w:p>` + motto + `</w:p><w:p><w:r><w:t>------------</w:t></w:r></w:p>` + after, paper.Drawn, 0},
		"a shape":             {`<w:p>` + motto + line + `</w:p>` + after, paper.Absent, 1},
		"a shape of old":      {`<w:p>` + motto + `<w:r><w:pict><v:line from="0,0" to="9,0"/></w:pict></w:r></w:p>` + after, paper.Absent, 1},
		"a shape elsewhere":   {`<w:p>` + motto + `</w:p><w:p>` + line + `</w:p>` + after, paper.Absent, 1},
		"the border of cells": {`<w:tbl><w:tr><w:tc><w:tcPr><w:tcBorders><w:bottom w:val="single"/></w:tcBorders></w:tcPr><w:p>` + motto + `</w:p></w:tc></w:tr></w:tbl>` + after, paper.Absent, 1},
		"a picture":           {`<w:p>` + motto + `<w:r><w:drawing><wp:inline><pic:pic/></wp:inline></w:drawing></w:r></w:p>` + after, paper.Absent, 0},
	} {
		form, err := docx.ReadForm(docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(tt.xml)}))
		if err != nil {
			t.Fatal(name, err)
		}
		shapes := 0
		for _, p := range form.Paragraphs {
			shapes += p.Shapes
		}
		if got := form.Paragraphs[0].Under; got != tt.under || shapes != tt.shapes {
			t.Errorf("%s: %v and %d shapes, want %v and %d", name, got, shapes, tt.under, tt.shapes)
		}
	}
}
