package letter

import "strings"

// readAddressees reads who the letter is sent to: one on the line of "Kính gửi", or a list below it.
func (rd *reader) readAddressees() {
	var items []Field[string]
	add := func(text string, no int) {
		for part := range strings.SplitSeq(text, ";") {
			if item := trimItem(part); item != "" {
				items = append(items, Field[string]{Value: item, Lines: Lines{no, no}})
			}
		}
	}
	first, prev := true, ""
	for _, l := range rd.salutation {
		if l.blank() {
			continue
		}
		text := l.text
		switch {
		case first:
			first = false
			text = trimLabel(text, reSalutation)
			add(text, l.no)
		case reAlsoTo.MatchString(key(text)): // "Đồng kính gửi: …" opens a second list
			text = trimLabel(text, reAlsoTo)
			add(text, l.no)
		case len(items) > 0 && !reBullet.MatchString(text) && !endsItem(prev):
			extend(&items[len(items)-1], prev, text, l.no)
		default:
			add(text, l.no)
		}
		prev = text
	}
	if len(items) > 0 {
		rd.out.Addressees = items
		return
	}
	if rd.out.Type != nil && rd.out.Type.Value == OfficialLetter {
		at := salutationLine(rd.salutation)
		if at == (Lines{}) {
			at = rd.headLines()
		}
		rd.warn("addresseesMissing", "addressees", at)
	}
}

// maxEntry is after how many bytes an entry of a list takes in no further lines: no name is as long.
const maxEntry = 2_000

// extend adds a line to an entry that goes on on it.
func extend(f *Field[string], prev, text string, no int) {
	if len(f.Value) < maxEntry {
		f.Value, f.Lines[1] = f.Value+joint(prev)+trimItem(text), no
	}
}

// joint is what stands between two lines of one item: trimItem took the comma away.
func joint(prev string) string {
	if strings.HasSuffix(prev, ",") {
		return ", "
	}
	return " "
}
