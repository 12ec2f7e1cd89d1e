package docx_test

import (
	"math"
	"strings"
	"testing"

	"sachhon/internal/paper/docx"
	"sachhon/internal/paper/docx/docxtest"
)

// TestWhereTextsStand: of a sheet of 600 points with 100 at the left and 50 at the right, in twentieths; what cannot be told is not.
func TestWhereTextsStand(t *testing.T) {
	const (
		sect   = `<w:sectPr><w:pgSz w:w="12000" w:h="16000"/><w:pgMar w:top="400" w:bottom="400" w:left="2000" w:right="1000"/>%</w:sectPr>`
		center = `<w:pPr><w:jc w:val="center"/></w:pPr>`
		mark   = `<w:r><w:t>Số: 12/UBND</w:t></w:r>`
		middle = `<w:p>` + center + mark + `</w:p>`
		grid   = `<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="5000"/></w:tblGrid>`
		empty  = `<w:tc><w:p/></w:tc>`
	)
	table := func(props, cells string) string {
		return `<w:tbl><w:tblPr>` + props + `</w:tblPr>` + cells + `</w:tbl>`
	}
	row := func(cells string) string { return `<w:tr>` + cells + `</w:tr>` }
	cell := func(props, inner string) string { return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + inner + `</w:tc>` }
	for name, tt := range map[string]struct {
		xml  string
		cols string
		want float64 // the middle; 0 where it is not known
	}{
		"across the page":              {middle, "", 325},
		"with indents":                 {strings.Replace(middle, `<w:jc`, `<w:ind w:left="1000" w:right="200"/><w:jc`, 1), "", 345},
		"the first cell":               {table("", grid+row(cell("", middle)+empty)), "", 200},
		"the second cell":              {table("", grid+row(empty+cell("", middle))), "", 425},
		"its own width":                {table("", grid+row(cell(`<w:tcW w:w="2000" w:type="dxa"/>`, `<w:p/>`)+cell(`<w:tcW w:w="7000" w:type="dxa"/>`, middle))), "", 375},
		"a width in parts of it":       {table("", grid+row(cell(`<w:tcW w:w="2222" w:type="pct"/>`, `<w:p/>`)+cell("", middle))), "", 425},
		"two columns":                  {table("", grid+row(cell(`<w:gridSpan w:val="2"/>`, middle))), "", 325},
		"a row that begins later":      {table("", grid+`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cell("", middle)+`</w:tr>`), "", 425},
		"the second row":               {table("", grid+row(empty+empty)+row(cell("", middle)+empty)), "", 200},
		"an indented table":            {table(`<w:tblInd w:w="-200" w:type="dxa"/>`, grid+row(cell("", middle)+empty)), "", 190},
		"a narrow table in the middle": {table(`<w:jc w:val="center"/>`, `<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>`+row(cell("", middle)+empty)), "", 275},
		"behind a table":               {table("", grid+row(empty+empty)) + middle, "", 325},
		"a floating table":             {table(`<w:tblpPr w:tblpX="1"/>`, grid+row(cell("", middle)+empty)), "", 0},
		"a table within a cell":        {table("", grid+row(cell("", table("", grid+row(cell("", middle)+empty))+`<w:p/>`)+empty)), "", 0},
		"no grid":                      {table("", row(cell("", middle)+empty)), "", 0},
		"a frame":                      {strings.Replace(middle, `<w:pPr>`, `<w:pPr><w:framePr w:w="2000"/>`, 1), "", 0},
		"a tab":                        {`<w:p><w:r><w:tab/></w:r>` + mark + `</w:p>`, "", 0},
		"a list":                       {`<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>` + mark + `</w:p>`, "", 0},
		"a text box":                   {`<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + middle + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`, "", 0},
		"behind a text box":            {`<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>` + middle, "", 325},
		"two columns of text":          {middle, `<w:cols w:num="2"/>`, 0},
		"nonsense":                     {table("", `<w:tblGrid><w:gridCol w:w="-1e9"/><w:gridCol w:w="x"/></w:tblGrid>`+row(cell(`<w:gridSpan w:val="-3"/><w:tcW w:w="NaN" w:type="dxa"/>`, middle))), "", 0},
		"cells without a table":        {`<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>` + middle + `</w:tc>`, "", 325},
	} {
		file := docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(tt.xml + strings.Replace(sect, "%", tt.cols, 1))})
		form, err := docx.ReadForm(file)
		if err != nil {
			t.Fatal(name, err)
		}
		got, known := form.Paragraphs[len(form.Paragraphs)-1].Middle()
		if known != (tt.want > 0) || known && math.Abs(got-tt.want) > 0.5 {
			t.Errorf("%s: %.1f, known %v; want %.1f", name, got, known, tt.want)
		}
	}
}

// TestTheLastLineOfALongText: in the middle it is as wide as its column; set to the left its end shows.
func TestTheLastLineOfALongText(t *testing.T) {
	const text = `<w:r><w:t>V/v hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng Hue-S, nay gọi là số</w:t></w:r>`
	for align, left := range map[string]bool{"center": false, "left": true, "both": true} {
		form, err := docx.ReadForm(docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(
			`<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="5000"/></w:tblGrid><w:tr><w:tc><w:p><w:pPr><w:jc w:val="` + align + `"/></w:pPr>` + text +
				`</w:p></w:tc></w:tr></w:tbl><w:sectPr><w:pgSz w:w="12000" w:h="16000"/><w:pgMar w:left="2000" w:right="1000"/></w:sectPr>`)}))
		if err != nil {
			t.Fatal(err)
		}
		p := form.Paragraphs[0]
		if p.X != 100 || p.Right > 300.5 || (p.Right < 290) != left {
			t.Errorf("%s: from %.1f to %.1f", align, p.X, p.Right)
		}
	}
}
