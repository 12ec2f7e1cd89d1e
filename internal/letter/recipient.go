package letter

import "strings"

// readRecipients reads the list under "Nơi nhận".
func (rd *reader) readRecipients() {
	prev := ""
	for _, c := range rd.foot.recipients {
		text := c.text
		if reRecipients.MatchString(key(text)) {
			text, prev = trimLabel(text, reRecipients), ";"
		}
		if n := len(rd.out.Recipients); n > 0 && !reBullet.MatchString(text) && !endsItem(prev) {
			extend(&rd.out.Recipients[n-1], prev, text, c.no)
			prev = text
			continue
		}
		for part := range strings.SplitSeq(text, ";") {
			if item := trimItem(part); item != "" {
				rd.out.Recipients = append(rd.out.Recipients, Field[string]{Value: item, Lines: Lines{c.no, c.no}})
			}
		}
		if text != "" {
			prev = text
		}
	}
	if len(rd.out.Recipients) == 0 {
		rd.warn("recipientsMissing", "recipients", rd.endLines())
	}
}

// endLines is where the footer is, or should be.
func (rd *reader) endLines() Lines {
	if rd.foot.lines != (Lines{}) {
		return rd.foot.lines
	}
	last := len(rd.lines)
	for last > 1 && rd.lines[last-1].blank() {
		last--
	}
	return Lines{last, last}
}
