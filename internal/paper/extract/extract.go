package extract

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/imaging"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/docx"
)

// Kind is the form of a document.
type Kind string

// The forms that are read, and the pictures that are only kept.
const (
	Plain   Kind = "text"
	HTML    Kind = "html"
	DOCX    Kind = "docx"
	PDF     Kind = "pdf"
	Picture Kind = "picture"
)

// MaxFile is the size of the largest file that is taken, and flow.MaxText that of the text in it.
const MaxFile = 15 << 20

// Text is what stands in a document.
type Text struct {
	Kind    Kind
	Text    string   // lines, in Unicode; empty for a scan
	Scan    bool     // pictures of pages, without text of their own
	Margins []string // what stands in headers and footers, or over the pictures of a scan
	Notices []Notice
}

// Notice is something that a person should know about how the text came about.
type Notice struct {
	Code NoticeCode
	Args []any
}

// NoticeCode names a notice.
type NoticeCode string

// The notices.
const (
	Converted  NoticeCode = "converted"  // from an old encoding: Encoding
	Mixed      NoticeCode = "mixed"      // old and new encoding in one text, left as it is
	CutPages   NoticeCode = "cutPages"   // only the first pages were read: Limit
	Recognised NoticeCode = "recognised" // text that lies over a picture of its page
	Pictures   NoticeCode = "pictures"   // further pages that are only pictures: Count, and Page, the first
	Several    NoticeCode = "several"    // a picture of several pages: Count
)

// Read returns the text of a document.
func Read(ctx context.Context, b []byte) (Text, error) {
	if len(b) > MaxFile {
		return Text{}, fault.TooLarge.With("extract.fault.fileTooLarge", "Limit", MaxFile>>20)
	}
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return readDOCX(b)
	case isPDF(b):
		return readPDF(ctx, b)
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return Text{}, fault.Unsupported.With("extract.fault.oldWord")
	case bytes.HasPrefix(b, []byte("{\\rtf")):
		return Text{}, fault.Unsupported.With("extract.fault.rtf")
	case isPicture(b):
		return readPicture(b)
	}
	return readText(b)
}

// isPDF allows for a few bytes in front, as readers of PDF do.
func isPDF(b []byte) bool {
	return bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) && !utf8Text(b)
}

func utf8Text(b []byte) bool {
	head := b[:min(len(b), 1024)]
	return !bytes.HasPrefix(bytes.TrimSpace(head), []byte("%PDF-")) && utf8.Valid(trimPartial(head)) && bytes.IndexByte(b, 0) < 0
}

// trimPartial drops a character that was cut at the end.
func trimPartial(b []byte) []byte {
	for n := 0; n < utf8.UTFMax && len(b) > 0; n++ {
		if r, size := utf8.DecodeLastRune(b); r != utf8.RuneError || size > 1 {
			break
		}
		b = b[:len(b)-1]
	}
	return b
}

// HasPages tells whether a file shows the pages of a document as they are: a PDF, or a picture of its pages.
func HasPages(b []byte) bool { return isPDF(b) || isPicture(b) }

// readPicture looks at the pages of a picture without opening them: what is too large, or none, is told at once.
func readPicture(b []byte) (Text, error) {
	sizes, err := imaging.PageSizes(b)
	if err != nil {
		return Text{}, err
	}
	text := Text{Kind: Picture, Scan: true}
	if len(sizes) > 1 {
		text.Notices = append(text.Notices, Notice{Several, []any{"Count", len(sizes)}})
	}
	return text, nil
}

func isPicture(b []byte) bool {
	for _, magic := range []string{"\xFF\xD8\xFF", "\x89PNG\r\n\x1a\n", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return true
		}
	}
	return false
}

func readDOCX(b []byte) (Text, error) {
	read, err := docx.Read(b)
	if err != nil {
		return Text{}, err
	}
	lines := read.Lines
	if len(read.Footnotes) > 0 {
		lines = append(append(lines, "", FootnotesLine), read.Footnotes...)
	}
	text := Text{Kind: DOCX, Text: strings.Join(lines, "\n"), Margins: read.Margins, Scan: own(read.Lines) == 0}
	if read.Legacy != "" {
		text.Notices = append(text.Notices, Notice{Converted, []any{"Encoding", read.Legacy}})
		return text, nil
	}
	return text.converted(), nil
}

// FootnotesLine stands between a text and its footnotes.
const FootnotesLine = "Chú thích:"

// converted brings a text in an old encoding to Unicode, with a notice.
func (t Text) converted() Text {
	result := legacy.Convert(t.Text)
	switch {
	case result.Encoding != "":
		t.Text = result.Text
		t.Notices = append(t.Notices, Notice{Converted, []any{"Encoding", string(result.Encoding)}})
	case result.Mixed:
		t.Notices = append(t.Notices, Notice{Mixed, nil})
	}
	return t
}
