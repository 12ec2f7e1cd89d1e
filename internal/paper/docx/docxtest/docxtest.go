// Package docxtest makes Word documents for tests of reading, with the habits of real ones: headings in tables, words split
// over runs, numbers that only the list knows, stamps in text boxes, footnotes and headers.
package docxtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
)

// Build makes a document of a few marks, one paragraph per line:
//
//	| a // b | c      a row of a table, with paragraphs in its cells; rows that follow each other are one table
//	# text            numbered "1."; ## is "a)"; * is a bullet
//	^text             small letters that are shown as capitals
//	~font~text        a run in a font
//	[box: text]       a text box of its own paragraph
//	[header: text]    the header of all pages
//	text[^note]       a footnote
//	a\tb, a\nb        a tab and a line break
func Build(markup string) []byte {
	b := &builder{}
	lines := strings.Split(strings.Trim(markup, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if !strings.HasPrefix(lines[i], "|") {
			b.paragraph(lines[i])
			continue
		}
		b.body.WriteString("<w:tbl><w:tblPr/><w:tblGrid/>")
		for ; i < len(lines) && strings.HasPrefix(lines[i], "|"); i++ {
			b.row(lines[i])
		}
		i--
		b.body.WriteString("</w:tbl>")
	}
	return b.zip()
}

type builder struct{ body, notes, header strings.Builder }

func (b *builder) row(line string) {
	b.body.WriteString("<w:tr>")
	for cell := range strings.SplitSeq(strings.Trim(line, "| "), " | ") {
		b.body.WriteString("<w:tc><w:tcPr/>")
		for p := range strings.SplitSeq(cell, " // ") {
			b.paragraph(p)
		}
		b.body.WriteString("</w:tc>")
	}
	b.body.WriteString("</w:tr>")
}

func (b *builder) paragraph(s string) {
	switch {
	case strings.HasPrefix(s, "[header: "):
		fmt.Fprintf(&b.header, `<w:p><w:r><w:t>%s</w:t></w:r></w:p>`, escape(strings.TrimSuffix(s[len("[header: "):], "]")))
		return
	case strings.HasPrefix(s, "[box: "):
		text := escape(strings.TrimSuffix(s[len("[box: "):], "]"))
		box := `<w:txbxContent><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:txbxContent>`
		b.body.WriteString(`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">` + box + `</mc:Choice><mc:Fallback>` + box + `</mc:Fallback></mc:AlternateContent></w:r></w:p>`)
		return
	}
	props := ""
	for mark, num := range map[string]string{"## ": "1,1", "# ": "1,0", "* ": "2,0"} {
		if rest, ok := strings.CutPrefix(s, mark); ok {
			id, level, _ := strings.Cut(num, ",")
			s, props = rest, fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%s"/><w:numId w:val="%s"/></w:numPr></w:pPr>`, level, id)
			break
		}
	}
	run := ""
	if rest, ok := strings.CutPrefix(s, "^"); ok {
		s, run = rest, "<w:rPr><w:caps/></w:rPr>"
	}
	if rest, ok := strings.CutPrefix(s, "~"); ok {
		font, text, _ := strings.Cut(rest, "~")
		s, run = text, fmt.Sprintf(`<w:rPr><w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s"/></w:rPr>`, escape(font))
	}
	b.body.WriteString("<w:p>" + props)
	for s != "" {
		before, rest, noted := strings.Cut(s, "[^")
		b.runs(before, run)
		s = ""
		if noted {
			note, after, _ := strings.Cut(rest, "]")
			n := strings.Count(b.notes.String(), "<w:footnote ") + 1
			fmt.Fprintf(&b.notes, `<w:footnote w:id="%d"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:footnote>`, n, escape(note))
			fmt.Fprintf(&b.body, `<w:r><w:footnoteReference w:id="%d"/></w:r>`, n)
			s = after
		}
	}
	b.body.WriteString("</w:p>")
}

// runs splits the text in the middle of words, as editing does.
func (b *builder) runs(s, props string) {
	r := []rune(s)
	for len(r) > 0 {
		n := min(len(r), 11)
		text := escape(string(r[:n]))
		text = strings.ReplaceAll(text, "\\t", `</w:t><w:tab/><w:t xml:space="preserve">`)
		text = strings.ReplaceAll(text, "\\n", `</w:t><w:br/><w:t xml:space="preserve">`)
		text = strings.ReplaceAll(text, "\u00ad", `</w:t><w:softHyphen/><w:t xml:space="preserve">`)
		if strings.HasSuffix(text, "\\") { // do not cut a mark in two
			n, text = n-1, strings.TrimSuffix(text, "\\")
		}
		fmt.Fprintf(&b.body, `<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r><w:proofErr w:type="spellStart"/>`, props, text)
		r = r[n:]
	}
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

const (
	names  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	lists  = header + `<w:numbering` + names + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
	types = header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
		`<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>`
	rels  = header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	parts = header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>` +
		`<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>`
)

func (b *builder) zip() []byte {
	return Zip(map[string]string{
		"[Content_Types].xml": types, "_rels/.rels": rels, "word/_rels/document.xml.rels": parts, "word/numbering.xml": lists,
		"word/document.xml": Document(b.body.String()), "word/footnotes.xml": header + `<w:footnotes` + names + `>` + b.notes.String() + `</w:footnotes>`,
		"word/header1.xml": header + `<w:hdr` + names + `>` + b.header.String() + `</w:hdr>`,
	})
}

// Document wraps the XML of a body.
func Document(body string) string {
	return header + `<w:document` + names + `><w:body>` + body + `</w:body></w:document>`
}

// Zip packs parts, the same ones always to the same bytes.
func Zip(parts map[string]string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range []string{
		"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/numbering.xml", "word/styles.xml",
		"word/footnotes.xml", "word/header1.xml", "xl/workbook.xml",
	} {
		text, ok := parts[name]
		if !ok {
			continue
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			panic("docxtest: " + err.Error()) // writing to memory does not fail
		}
	}
	if err := z.Close(); err != nil {
		panic("docxtest: " + err.Error())
	}
	return out.Bytes()
}
