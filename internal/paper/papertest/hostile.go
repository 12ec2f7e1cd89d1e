package papertest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// Objects are those of a PDF made for a test, numbered from 1; the first is its catalogue.
type Objects []string

// Add appends an object.
func (o *Objects) Add(format string, args ...any) { *o = append(*o, fmt.Sprintf(format, args...)) }

// Stream appends a stream, packed.
func (o *Objects) Stream(dict string, content []byte) {
	o.packed(dict, Packed(content, nil, 0))
}

func (o *Objects) packed(dict string, packed []byte) {
	o.Add("<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", dict, len(packed), packed)
}

// Packed is how a stream of a PDF is packed: a beginning, and a piece so many times.
func Packed(begin, piece []byte, times int) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestSpeed) // there is such a level, and it writes into memory
	_, _ = z.Write(begin)
	for range times {
		_, _ = z.Write(piece)
	}
	_ = z.Close()
	return b.Bytes()
}

// File writes the objects with their table.
func (o Objects) File() []byte {
	var b bytes.Buffer
	offsets := make([]int, len(o))
	b.WriteString("%PDF-1.5\n")
	for i, body := range o {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(o)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(o)+1, xref)
	return b.Bytes()
}

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"

// pages is a document of pages that all have one content.
func pages(n int, box, resources string, content []byte) (o Objects) {
	return packedPages(n, box, resources, Packed(content, nil, 0))
}

func packedPages(n int, box, resources string, content []byte) (o Objects) {
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", i+5)
	}
	o.Add("<< /Type /Catalog /Pages 2 0 R >>")
	o.Add("<< /Type /Pages /Kids [%s] /Count %d /MediaBox %s /Resources << /Font << /F 3 0 R >> %s >> >>", kids.String(), n, box, resources)
	o.Add(helvetica)
	o.packed("", content)
	for range n {
		o.Add("<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
	}
	return o
}

const a4 = "[0 0 595 842]"

// said is a content stream that writes so many lines.
func said(lines int) []byte {
	var b strings.Builder
	b.WriteString("BT /F 9 Tf 40 800 Td 11 TL\n")
	for i := range lines {
		fmt.Fprintf(&b, "(De nghi cac xa, phuong ra quan lan thu %d.) Tj T*\n", i)
	}
	b.WriteString("ET")
	return []byte(b.String())
}

// Hostile are PDFs that are made to take time or memory, by what they do.
func Hostile() map[string][]byte {
	files := map[string][]byte{}
	add := func(name string, o Objects) { files[name] = o.File() }

	const deep = 40_000
	var tree Objects
	tree.Add("<< /Type /Catalog /Pages 2 0 R >>")
	for i := range deep {
		tree.Add("<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>", i+3, i+1)
	}
	tree.Add("<< /Type /Page /Parent %d 0 R /MediaBox %s >>", deep+1, a4)
	add("pages in pages", tree)

	var ring Objects
	ring.Add("<< /Type /Catalog /Pages 2 0 R >>")
	ring.Add("<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 4 >>")
	ring.Add("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 /Parent 2 0 R >>")
	add("pages in a ring", ring)

	add("pages without end", pages(60_000, a4, "", []byte("q Q")))
	add("pages that are long", pages(400, a4, "", said(9_000)))
	add("pages that take their time", pages(200, a4, "", bytes.Repeat([]byte("0 0 m 9 9 l S "), 30_000)))
	add("a page that swells", packedPages(1, a4, "", Packed(nil, bytes.Repeat([]byte("q Q "), 1<<18), 192)))
	add("a page as large as a province", pages(1, "[0 0 900000000 900000000]", "", said(20)))

	const form = 6 // behind those of a document of one page
	forms := pages(1, a4, "/XObject << /X 6 0 R >>", []byte("/X Do /X Do"))
	const layers = 12
	for i := range layers {
		inner, draw := form+i+1, strings.Repeat("/X Do ", 10)
		if i == layers-1 {
			inner = form // and from the beginning
		}
		forms.Stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox %s /Resources << /XObject << /X %d 0 R >> >>", a4, inner), []byte(draw))
	}
	add("forms in forms", forms)

	picture := pages(1, a4, "/XObject << /X 6 0 R >>", []byte("q 595 0 0 842 0 0 cm /X Do Q"))
	picture.packed("/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8", Packed(nil, make([]byte, 1<<20), 64))
	add("a picture of ten gigabytes", picture)

	files["objects that swell"] = swelling(1, 192)
	files["objects that swell one by one"] = swelling(32, 60)
	return files
}

// swelling is a document whose pages are kept in streams that are small in the file and have so many megabytes each.
func swelling(streams, megabytes int) []byte {
	const least = 6 // objects: catalogue, pages, and the four of the table
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	rows := []byte{0, 0, 0, 0, 0, 0}
	row := func(kind byte, at, index int) {
		rows = append(rows, kind, byte(at>>24), byte(at>>16), byte(at>>8), byte(at), byte(index))
	}
	row(2, least, 0) // 1, the catalogue
	row(2, least, 1) // 2, the pages
	places := make([]int, streams)
	for i := range streams {
		id := least + 2*i
		inside := fmt.Sprintf("%-8d0 << /Type /Page /Parent 2 0 R /MediaBox %s >>", id+1, a4)
		first, n := 10, 1
		if i == 0 {
			kids := ""
			for k := range streams {
				kids += fmt.Sprintf("%d 0 R ", least+2*k+1)
			}
			head, pages := "<< /Type /Catalog /Pages 2 0 R >> ", fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >> ", kids, streams)
			table := fmt.Sprintf("1 0 2 %d %d %d ", len(head), id+1, len(head)+len(pages))
			inside = table + head + pages + inside[10:]
			first, n = len(table), 3
		}
		packed := Packed([]byte(inside), bytes.Repeat([]byte(" "), 1<<20), megabytes)
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n", id, n, first, len(packed), packed)
	}
	for range least - 3 {
		row(0, 0, 0)
	}
	for i, at := range places {
		row(1, at, 0)
		index := 0
		if i == 0 {
			index = 2
		}
		row(2, least+2*i, index)
	}
	table := b.Len()
	row(1, table, 0)
	id := least + 2*streams
	fmt.Fprintf(&b, "%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", id, id+1, len(rows), rows, table)
	return b.Bytes()
}
