package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/paper"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsW     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsR     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsV     = "urn:schemas-microsoft-com:vml"
	nsO     = "urn:schemas-microsoft-com:office:office"
	nsRel   = "http://schemas.openxmlformats.org/package/2006/relationships"
	typeDoc = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// part is a file of the package that the document refers to.
type part struct {
	id, name, kind, xml string
}

// writer gathers the body and the headers and footers that its sections need.
type writer struct {
	parts []part
}

// Write sets a document as DOCX.
func Write(w io.Writer, doc paper.Document) error {
	wr := &writer{}
	body := wr.body(doc)
	date := doc.Info.Date.UTC()
	if date.Year() < 1980 { // what ZIP cannot say
		date = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	z := zip.NewWriter(w)
	for _, f := range append([]struct{ name, text string }{
		{"[Content_Types].xml", wr.contentTypes()},
		{"_rels/.rels", packageRels},
		{"word/document.xml", body},
		{"word/styles.xml", styles(doc.Info.Language())},
		{"word/settings.xml", settings},
		{"word/_rels/document.xml.rels", wr.rels()},
		{"docProps/core.xml", core(doc.Info, date)},
	}, wr.files()...) {
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: date})
		if err != nil {
			return fmt.Errorf("docx: %w", err)
		}
		if _, err := io.WriteString(out, f.text); err != nil {
			return fmt.Errorf("docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

func (w *writer) body(doc paper.Document) string {
	x := &xmlText{}
	x.raw(xmlHead + `<w:document xmlns:w="` + nsW + `" xmlns:r="` + nsR + `" xmlns:v="` + nsV + `" xmlns:o="` + nsO + `"><w:body>`)
	for i, s := range doc.Sections {
		b := &blocks{x: x}
		b.write(s.Blocks, s.Page.TextWidth())
		last := i == len(doc.Sections)-1
		props := w.section(s, i)
		switch {
		case last:
			b.afterTable()
			x.raw(props)
		default:
			x.raw(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + props + `</w:pPr></w:p>`)
		}
	}
	x.raw(`</w:body></w:document>`)
	return x.String()
}

// section writes the properties of a section and the headers and footers that they name.
func (w *writer) section(s paper.Section, index int) string {
	var refs strings.Builder
	ref := func(kind, which string, inner string) {
		id := "rId" + strconv.Itoa(len(w.parts)+10)
		name := fmt.Sprintf("%s%d-%s.xml", kind, index+1, which)
		tag := map[string]string{"header": "w:hdr", "footer": "w:ftr"}[kind]
		text := xmlHead + `<` + tag + ` xmlns:w="` + nsW + `" xmlns:r="` + nsR + `" xmlns:v="` + nsV + `" xmlns:o="` + nsO + `">` + inner + `</` + tag + `>`
		w.parts = append(w.parts, part{id, name, kind, text})
		fmt.Fprintf(&refs, `<w:%sReference w:type="%s" r:id="%s"/>`, kind, which, id)
	}
	mark := watermark(s.Watermark)
	number := `<w:p>` + mark + `</w:p>`
	if s.Numbered {
		size := s.NumberSize
		if size == 0 {
			size = paper.DefaultSize
		}
		number = pageNumber(size, mark)
	}
	ref("header", "first", `<w:p>`+mark+`</w:p>`)
	ref("header", "default", number)
	if len(s.FirstFooter) > 0 {
		x := &xmlText{}
		(&blocks{x: x}).write(s.FirstFooter, s.Page.TextWidth())
		ref("footer", "first", x.String())
	} else {
		ref("footer", "first", emptyParagraph)
	}
	ref("footer", "default", emptyParagraph)
	p := s.Page
	orient := ""
	if p.Width > p.Height {
		orient = ` w:orient="landscape"`
	}
	return fmt.Sprintf(`<w:sectPr>%s<w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`+
		`<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`,
		refs.String(), twips(p.Width), twips(p.Height), orient,
		twips(p.Top), twips(p.Right), twips(p.Bottom), twips(p.Left), twips(p.Top/2-7), twips(min(p.Bottom/2, 10*paper.MM)))
}

const emptyParagraph = `<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>`

func pageNumber(size float64, mark string) string {
	sz := halfPoints(size)
	props := `<w:rPr><w:sz w:val="` + sz + `"/><w:szCs w:val="` + sz + `"/></w:rPr>`
	return `<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>` + mark +
		`<w:r>` + props + `<w:fldChar w:fldCharType="begin"/></w:r>` +
		`<w:r>` + props + `<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r>` + props + `<w:fldChar w:fldCharType="separate"/></w:r>` +
		`<w:r>` + props + `<w:t>2</w:t></w:r>` +
		`<w:r>` + props + `<w:fldChar w:fldCharType="end"/></w:r></w:p>`
}

// watermark is a word of grey letters behind the page, as word processors draw it.
func watermark(text string) string {
	if text == "" {
		return ""
	}
	return `<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">` +
		`<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>` +
		`<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>` +
		`<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>` +
		`<v:shape id="watermark" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:110pt;rotation:315;` +
		`z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;` +
		`mso-position-vertical-relative:margin" fillcolor="#eaeaea" stroked="f"><v:textpath style="font-family:&quot;Times New Roman&quot;;font-weight:bold" string="` +
		escaped(text) + `"/></v:shape></w:pict></w:r>`
}

func (w *writer) files() []struct{ name, text string } {
	var out []struct{ name, text string }
	for _, p := range w.parts {
		out = append(out, struct{ name, text string }{"word/" + p.name, p.xml})
	}
	return out
}

func (w *writer) rels() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + nsRel + `">`)
	rel := func(id, kind, target string) {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, nsR, kind, target)
	}
	rel("rId1", "styles", "styles.xml")
	rel("rId2", "settings", "settings.xml")
	for _, p := range w.parts {
		rel(p.id, p.kind, p.name)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func (w *writer) contentTypes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	override := func(name, kind string) { fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, name, kind) }
	override("word/document.xml", typeDoc+"document.main+xml")
	override("word/styles.xml", typeDoc+"styles+xml")
	override("word/settings.xml", typeDoc+"settings+xml")
	for _, p := range w.parts {
		override("word/"+p.name, typeDoc+p.kind+"+xml")
	}
	override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	b.WriteString(`</Types>`)
	return b.String()
}

const packageRels = xmlHead + `<Relationships xmlns="` + nsRel + `">` +
	`<Relationship Id="rId1" Type="` + nsR + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

const settings = xmlHead + `<w:settings xmlns:w="` + nsW + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

func styles(language string) string {
	if language == "vi" {
		language = "vi-VN"
	}
	return xmlHead + `<w:styles xmlns:w="` + nsW + `"><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="` + escaped(language) + `"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>` +
		`<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`
}

func core(info paper.Info, date time.Time) string {
	at := date.Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escaped(info.Title) + `</dc:title><dc:subject>` + escaped(info.Subject) + `</dc:subject><dc:creator>` + escaped(info.Author) +
		`</dc:creator><dc:language>` + escaped(info.Language()) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at +
		`</dcterms:modified></cp:coreProperties>`
}
