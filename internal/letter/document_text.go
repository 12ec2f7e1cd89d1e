package letter

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"sachhon/internal/lang"
)

// Labels returns what stands before each block: "I.", "1.", "Điều 2.", "-", or "". Duties are counted through the whole
// document, as what they ask is cited by number; items begin anew in each section and article.
func (d Document) Labels() []string { return labels(d.Blocks) }

// Labels returns what stands before each block of the appendix.
func (a Appendix) Labels() []string { return labels(a.Blocks) }

func labels(blocks []Block) []string {
	out := make([]string, len(blocks))
	sections, articles, duties, items := 0, 0, 0, 0
	for i, b := range blocks {
		switch b.Kind {
		case SectionBlock:
			sections, items = sections+1, 0
			out[i] = lang.Roman(sections) + "."
		case ArticleBlock:
			articles, items = articles+1, 0
			out[i] = fmt.Sprintf("Điều %d.", articles)
		case DutyBlock:
			duties++
			out[i] = fmt.Sprintf("%d.", duties)
		case ItemBlock:
			items++
			out[i] = fmt.Sprintf("%d.", items)
		case BulletBlock:
			out[i] = "-"
		case BasisBlock, ParagraphBlock, TableBlock:
		}
	}
	return out
}

// LongDate writes a day as official letters do: days below ten and the months January and February with a zero,
// "06 tháng 6 năm 2024".
func (d Date) LongDate() string {
	month := fmt.Sprint(d.Month)
	if d.Month < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("%02d tháng %s năm %d", d.Day, month, d.Year)
}

// ShortDate writes a day in figures, as LongDate does: "06/6/2024".
func (d Date) ShortDate() string {
	return strings.NewReplacer(" tháng ", "/", " năm ", "/").Replace(d.LongDate())
}

// Symbol is how the document is cited; empty until it has a number.
func (d Document) Symbol() string {
	if d.Number == "" || d.Notation == "" {
		return ""
	}
	return d.Number + d.SymbolJoint() + d.Notation
}

// SymbolJoint stands between number and notation.
func (d Document) SymbolJoint() string { return cmp.Or(d.Joint, d.Form.Joint()) }

// Text writes the document as the plain text that Read understands, so that pages show a composed letter line by line as
// they show one that was read in.
func (d Document) Text() string {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\n") }
	superior, issuer := d.Organs()
	for _, organ := range []string{superior, issuer} {
		if organ != "" {
			line(strings.ToUpper(organ))
		}
	}
	if d.Form.OfState() {
		line("")
		line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
		line("Độc lập - Tự do - Hạnh phúc")
	} else {
		line(d.Form.Star())
		line("")
		line(d.Form.Heading())
	}
	line("")
	line(d.Form.Label() + " " + d.Number + d.SymbolJoint() + d.Notation)
	if d.Date.IsZero() {
		line(d.Place + ", ngày     tháng     năm")
	} else {
		line(d.Place + ", ngày " + d.Date.LongDate())
	}
	if d.Urgency != "" {
		line(strings.ToUpper(d.Urgency))
	}
	if hour := d.HourLine(); hour != "" {
		line(hour)
	}
	line("")
	if d.Type == OfficialLetter {
		line("V/v " + d.Subject)
	} else {
		line(strings.ToUpper(d.Type))
		line(d.Subject)
	}
	line("")
	b.WriteString(listText("Kính gửi:", d.Addressees, ";"))
	b.WriteString(blocksText(d.Blocks, d.Labels(), d.Form.End()))
	line("")
	b.WriteString(listText("Nơi nhận:", d.Recipients, d.Form.Between()))
	for _, capacity := range d.Signer.Capacity {
		line(strings.ToUpper(capacity))
	}
	if d.Signer.Position != "" {
		line(strings.ToUpper(d.Signer.Position))
	}
	if d.Signer.Name != "" {
		line("")
		line(d.Signer.Name)
	}
	for i, a := range d.Appendices {
		line("")
		line("PHỤ LỤC " + lang.Roman(i+1))
		line(a.Title)
		b.WriteString(blocksText(a.Blocks, a.Labels(), ""))
	}
	return b.String()
}

// listText writes a label with one entry beside it, or several below it.
func listText(label string, entries []string, between string) string {
	switch len(entries) {
	case 0:
		return ""
	case 1:
		if label == "Kính gửi:" {
			return label + " " + entries[0] + "\n\n"
		}
	}
	var b strings.Builder
	b.WriteString(label + "\n")
	for i, e := range entries {
		mark := between
		if i == len(entries)-1 {
			mark = "."
		}
		b.WriteString("- " + e + mark + "\n")
	}
	b.WriteString("\n")
	return b.String()
}

func blocksText(blocks []Block, labels []string, end string) string {
	var b strings.Builder
	for i, block := range blocks {
		text := block.Text
		switch block.Kind {
		case BasisBlock:
			text = Ended(text, basisEnd(blocks, i))
		case SectionBlock:
			text = strings.ToUpper(text)
		case TableBlock, ParagraphBlock, DutyBlock, ItemBlock, BulletBlock, ArticleBlock:
			if i == len(blocks)-1 && end != "" && block.Kind != TableBlock {
				text = Ended(text, end)
			}
		}
		b.WriteString(strings.TrimSpace(labels[i]+" "+text) + "\n")
		if block.Table != nil {
			for _, row := range block.Table.All() {
				b.WriteString(strings.Join(row, " | ") + "\n")
			}
		}
	}
	return b.String()
}

// basisEnd is what ends the basis at i: ";" before another one, "." after the last.
func basisEnd(blocks []Block, i int) string {
	if i+1 < len(blocks) && blocks[i+1].Kind == BasisBlock {
		return ";"
	}
	return "."
}

// Ended gives a text its closing mark in place of what it ends in: "./." at the end of a letter, ";" after a basis.
func Ended(text, mark string) string {
	return strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == ';' || r == '.' || r == ',' || r == '/'
	}) + mark
}

// All returns the rows with the head first and the total last.
func (t Table) All() [][]string {
	rows := append([][]string{t.Head}, t.Rows...)
	if t.Total != nil {
		rows = append(rows, t.Total)
	}
	return rows
}
