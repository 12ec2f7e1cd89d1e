package extract

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/flow"
)

// readText reads plain text or HTML in UTF-8, UTF-16 or one of the old encodings.
func readText(b []byte) (Text, error) {
	if len(b) > maxMarkup {
		return Text{}, fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
	}
	if wide, ok := utf16Text(b); ok {
		b = wide
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if bytes.IndexByte(b, 0) >= 0 {
		return Text{}, fault.Unsupported.With("extract.fault.notText")
	}
	text := Text{Kind: Plain, Text: string(b)}
	old := !utf8.Valid(b)
	if old {
		text.Text = legacy.OfBytes(b)
	}
	if isHTML(text.Text) {
		text.Kind = HTML
		var err error
		if text.Text, err = htmlText(text.Text); err != nil {
			return Text{}, err
		}
	}
	if len(text.Text) > flow.MaxText {
		return Text{}, fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
	}
	text = text.converted()
	if old && len(text.Notices) == 0 {
		if control(b) {
			return Text{}, fault.Unsupported.With("extract.fault.notText")
		}
		return Text{}, fault.Unsupported.With("extract.fault.encoding", "Line", lang.InvalidLine(b))
	}
	return text, nil
}

// utf16Text decodes text that has a byte order mark, or a zero in every second byte of its beginning.
func utf16Text(b []byte) ([]byte, bool) {
	var order binary.ByteOrder
	switch {
	case len(b) < 4 || len(b)%2 != 0:
		return nil, false
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		order, b = binary.LittleEndian, b[2:]
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		order, b = binary.BigEndian, b[2:]
	case b[0] != 0 && b[1] == 0 && (b[2] != 0 && b[3] == 0):
		order = binary.LittleEndian
	case b[0] == 0 && b[1] != 0 && (b[2] == 0 && b[3] != 0):
		order = binary.BigEndian
	default:
		return nil, false
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(string(utf16.Decode(units))), true
}

// control tells whether bytes hold what no text has.
func control(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' {
			return true
		}
	}
	return false
}
