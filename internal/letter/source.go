package letter

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// Limits of a text that Read accepts. A long letter has about 20,000 characters; its appendices are files of their own.
const (
	MaxBytes = 1 << 20
	maxLines = 20_000
)

// line is one source line after normalisation.
type line struct {
	no     int    // from 1
	indent int    // columns before the first character, a tab counting eight
	text   string // trimmed, every run of spaces collapsed
	cells  []cell // the parts of the line between tabs or wide gaps: more than one where two columns stood side by side
}

// cell is one part of a line.
type cell struct {
	no    int
	first int // how many characters that are no spaces stand before it in the line
	text  string
}

// from is the part of the cell behind a byte of its text.
func (c cell) from(at int) cell {
	return cell{c.no, c.first + visibleRunes(c.text[:at]), strings.TrimSpace(c.text[at:])}
}

func (l line) blank() bool { return l.text == "" }

// decode checks that the bytes are a text of acceptable size and returns it normalised: NFC, ordinary spaces, no
// invisible characters. Line ends stay, so that line numbers are those of the source.
func decode(b []byte) (string, error) {
	switch {
	case len(b) > MaxBytes:
		return "", tooLarge()
	case isBinary(b):
		return "", fault.Unsupported.With("letter.fault.notText")
	case !utf8.Valid(b):
		return "", fault.Unsupported.With("letter.fault.notUTF8", "Line", lang.InvalidLine(b))
	}
	text := Normal(string(b))
	if strings.TrimSpace(text) == "" {
		return "", fault.Invalid.With("letter.fault.empty")
	}
	return text, nil
}

// Normal is a text as it is read and shown: NFC, ordinary spaces, nothing that nobody sees. Spans count its characters.
func Normal(text string) string { return lang.NFC(strings.Map(plain, text)) }

func tooLarge() error {
	return fault.TooLarge.With("letter.fault.tooLarge", "Limit", MaxBytes>>10)
}

// isBinary knows the files people upload by mistake (PDF, DOCX, DOC) and any text with a NUL byte, such as UTF-16.
func isBinary(b []byte) bool {
	return bytes.HasPrefix(b, []byte("%PDF-")) || bytes.HasPrefix(b, []byte("PK\x03\x04")) ||
		bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0")) || bytes.IndexByte(b, 0) >= 0
}

// plain maps every kind of space to a space, hyphens to the ASCII one, and drops what nobody sees: control and format
// characters (zero width, BOM, directional marks, soft hyphen).
func plain(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\t':
		return r
	case r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		return ' '
	case r == '\u2010' || r == '\u2011':
		return '-'
	case unicode.IsSpace(r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
		return -1
	}
	return r
}

// SplitLines cuts a text at LF, CRLF and CR alike; line n of a Reading is element n-1.
func SplitLines(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
}

// tokenize turns normalised lines into what the recognisers work on.
func tokenize(raw []string) ([]line, error) {
	if len(raw) > maxLines {
		return nil, fault.TooLarge.With("letter.fault.tooManyLines", "Limit", maxLines)
	}
	lines := make([]line, len(raw))
	for i, s := range raw {
		lines[i] = line{no: i + 1, indent: indentOf(s), text: squeeze(s), cells: cellsOf(i+1, s)}
	}
	return lines, nil
}

func indentOf(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case ' ':
			n++
		case '\t':
			n += 8
		default:
			return n
		}
	}
	return 0
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// cellsOf cuts a line at tabs and at gaps of three spaces or more. Gaps that only leave room for a number or a day to be
// written in ("Số:      /UBND", "ngày     tháng 6") do not cut.
func cellsOf(no int, s string) []cell {
	var cells []cell
	for part := range strings.SplitSeq(s, "\t") {
		for part := range strings.SplitSeq(part, "   ") {
			text := squeeze(part)
			if text == "" {
				continue
			}
			if n := len(cells); n > 0 && belongsTogether(cells[n-1].text, text) {
				cells[n-1].text += " " + text
				continue
			}
			cells = append(cells, cell{no: no, text: text})
		}
	}
	cells = splitFlattened(cells)
	first := 0
	for i := range cells {
		cells[i].first = first
		first += visibleRunes(cells[i].text)
	}
	return cells
}

func belongsTogether(left, right string) bool {
	l, r := key(left), key(right)
	return l == "số" || l == "số:" || strings.HasSuffix(l, "ngày") || strings.HasSuffix(l, " tháng") ||
		strings.HasPrefix(r, "tháng ") || strings.HasPrefix(r, "năm ") || l == "v/v" || l == "-" || l == "kính gửi:"
}

// The board of the Youth Union, whose name ends as the line above the date does.
var reBoard = regexp.MustCompile(`(?:^|\s)(?:bch|ban chấp hành|ban thường vụ)\s*$`)

// Two columns flattened onto one line with nothing but a space between them: what opens the right one is known.
var flattenedRight = regexp.MustCompile(`(?i)^(?:số\s*[:.]?\s*\S*/\S+\s+)(\p{Lu}[^,]{0,60},\s*ngày\s)`)

// splitFlattened separates the state's name, the motto or the place and date from what they were flattened onto one line
// with.
func splitFlattened(cells []cell) []cell {
	var out []cell
	for _, c := range cells {
		cut := 0
		for _, mark := range []string{nationKey, partyKey, youthKey, "độc lập - tự do", "độc lập – tự do"} {
			if from, to, ok := find(c.text, mark); ok && from > 0 && (mark != youthKey || to == len(c.text) && !reBoard.MatchString(key(c.text[:from]))) {
				cut = from
			}
		}
		if at := flattenedRight.FindStringSubmatchIndex(c.text); at != nil {
			cut = at[2]
		}
		if cut > 0 {
			out = append(out, cell{no: c.no, text: strings.TrimSpace(c.text[:cut])})
			c.text = c.text[cut:]
		}
		out = append(out, c)
	}
	return out
}
