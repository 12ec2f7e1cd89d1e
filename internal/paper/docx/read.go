package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"sachhon/internal/fault"
)

// Limits of a file that Read accepts: a letter of fifty pages has about 2 MB of XML in an archive of 60 KB.
const (
	maxEntries  = 2_000
	maxPart     = 12 << 20 // bytes of one part, unpacked
	maxRatio    = 200      // unpacked against packed, of parts above ratioFrom
	ratioFrom   = 1 << 20
	maxTokens   = 1_500_000
	maxToken    = 2 << 20 // bytes of one tag or text: the decoder keeps all attributes of a tag at once
	maxNesting  = 200
	maxHeaders  = 12
	maxMargins  = 64 << 10
	documentXML = "word/document.xml"
)

// Text is what stands in a document.
type Text struct {
	Lines     []string // paragraphs with their numbers, tables laid out; a line break within a paragraph begins a line
	Footnotes []string // in order
	Margins   []string // what stands in headers and footers
	Legacy    string   // the encoding of old fonts that was converted, "" when there were none
}

// Read returns the text of a DOCX file. It fails with a fault for people: for a file that is none or broken, and for one
// made to be large.
func Read(b []byte) (Text, error) {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return Text{}, fault.Invalid.With("docx.fault.broken").Because(err)
	}
	if len(archive.File) > maxEntries {
		return Text{}, tooLarge()
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		if _, twice := parts[f.Name]; !twice {
			parts[f.Name] = f
		}
	}
	main := mainPart(parts)
	if parts[main] == nil {
		return Text{}, fault.Unsupported.With("docx.fault.notDocument")
	}
	r := &reader{}
	if err := r.styles(parts[path.Join(path.Dir(main), "styles.xml")]); err != nil {
		return Text{}, err
	}
	if err := r.numbering(parts[path.Join(path.Dir(main), "numbering.xml")]); err != nil {
		return Text{}, err
	}
	var text Text
	if text.Lines, err = r.part(parts[main]); err != nil {
		return Text{}, err
	}
	if notes := parts[path.Join(path.Dir(main), "footnotes.xml")]; notes != nil && r.noted {
		if text.Footnotes, err = r.part(notes); err != nil {
			return Text{}, err
		}
	}
	text.Margins, err = r.margins(archive.File, path.Dir(main))
	text.Legacy = r.legacy
	return text, err
}

// margins reads the headers and footers: a stamp of secrecy may stand there.
func (r *reader) margins(files []*zip.File, folder string) ([]string, error) {
	var out []string
	size, read := 0, 0
	for _, f := range files {
		if path.Dir(f.Name) != folder || !isMargin(path.Base(f.Name)) || read >= maxHeaders {
			continue
		}
		read++
		lines, err := r.part(f)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if size += len(l); size <= maxMargins {
				out = append(out, l)
			}
		}
	}
	return out, nil
}

func isMargin(name string) bool {
	return strings.HasSuffix(name, ".xml") && (strings.HasPrefix(name, "header") || strings.HasPrefix(name, "footer"))
}

var reMainPart = regexp.MustCompile(`^word/document\d*\.xml$`)

// mainPart is where the text is: word/document.xml, with some writers word/document2.xml.
func mainPart(parts map[string]*zip.File) string {
	if parts[documentXML] != nil {
		return documentXML
	}
	for name := range parts {
		if reMainPart.MatchString(name) {
			return name
		}
	}
	return documentXML
}

func tooLarge() error { return fault.TooLarge.With("docx.fault.tooLarge") }

// walk calls f with every token of a part, held to the limits. It knows no DTD and no entities but XML's own five.
func walk(f *zip.File, each func(xml.Token) error) error {
	if f == nil {
		return nil
	}
	if f.UncompressedSize64 > maxPart || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio {
		return tooLarge()
	}
	rc, err := f.Open()
	if err != nil {
		return broken(f, err)
	}
	defer rc.Close()
	limited := &meter{r: rc, part: maxPart + 1} // what the archive says of its sizes may be a lie
	d := xml.NewDecoder(limited)
	depth := 0
	for n := 0; ; n++ {
		limited.token = maxToken
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return nil
		case limited.part <= 0 || limited.token <= 0 || n > maxTokens:
			return tooLarge()
		case err != nil:
			return broken(f, err)
		}
		switch token.(type) {
		case xml.Directive:
			return fault.Invalid.With("docx.fault.dtd")
		case xml.StartElement:
			if depth++; depth > maxNesting {
				return tooLarge()
			}
		case xml.EndElement:
			if depth--; depth < 0 {
				return broken(f, errors.New("an end without a beginning"))
			}
		}
		if err := each(token); err != nil {
			return err
		}
	}
}

// meter ends a part that is larger than it may be, or has a token that is.
type meter struct {
	r           io.Reader
	part, token int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.part <= 0 || m.token <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := m.r.Read(p[:min(len(p), m.part, m.token)])
	m.part -= n
	m.token -= n
	return n, err
}

func broken(f *zip.File, err error) error {
	return fault.Invalid.With("docx.fault.broken").Because(fmt.Errorf("%s: %w", f.Name, err))
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// on is the value of a switch such as <w:b/>: there, and not said to be off.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
