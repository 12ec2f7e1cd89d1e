package decreetest

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
)

// BodyXML returns the body of a document's DOCX, each part on a line of its own, to be held against a file that people have read.
func BodyXML(t *testing.T, doc letter.Document) string {
	t.Helper()
	var buf bytes.Buffer
	if err := decree.DOCX(&buf, doc, decree.Options{}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("<w:p>", "\n<w:p>", "<w:tbl>", "\n<w:tbl>", "<w:tr>", "\n<w:tr>", "<w:sectPr>", "\n<w:sectPr>").Replace(string(b)) + "\n"
}
