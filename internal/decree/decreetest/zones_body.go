package decreetest

import (
	"fmt"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper/papertest"
)

// body is box 6: each paragraph indented, justified, and apart from the one above it; the last ends in "./.".
func (z *zones) body() {
	from, labels := 0, z.doc.Labels()
	if i := z.find(0, "Kính gửi:"); i >= 0 {
		from = i
	} else if i := z.find(0, strings.ToUpper(z.doc.Type)); i >= 0 {
		from = i + 1
	}
	end := z.find(0, "Nơi nhận:")
	full, indented := 0, 0
	for n, b := range z.doc.Blocks {
		if b.Kind == letter.TableBlock {
			z.table(b)
			continue
		}
		text := b.Text
		if b.Kind == letter.SectionBlock {
			text = strings.ToUpper(text)
		}
		l, i := z.must("block", from, strings.TrimSpace(labels[n]+" "+text))
		if i < 0 {
			continue
		}
		z.between("size of the text", l.Size, 13, 14, 0.4)
		if b.Kind == letter.BasisBlock && !l.Italic {
			z.Errorf("the basis %q is not italic", l.Text)
		}
		if b.Kind == letter.SectionBlock && !l.Bold {
			z.Errorf("the title %q is not bold", l.Text)
		}
		z.between("indent of the first line", (l.X-z.left)/mm, 10, 12.7, 0.5)
		indented++
		// The lines that follow within the paragraph begin at the margin, and all but the last end at the other one.
		last := l
		for _, next := range z.lines[i+1:] {
			if next.Page != l.Page || next.X > z.left+8 || next.Size < 12.5 || next.Y < last.Y || next.Y-last.Y > 24 || next.Text == "Nơi nhận:" {
				break
			}
			z.near("end of a justified line", last.Right(), z.right, 1.5)
			z.near("beginning of a line", next.X, z.left, 1.5)
			full++
			last = next
		}
		if above := z.above(i); above != nil && n > 0 && z.doc.Blocks[n-1].Kind != letter.TableBlock {
			if pitch := l.Bottom() - above.Bottom(); pitch < l.Size*1.149+6-1 {
				z.Errorf("%q stands %.1f points below the line above it: less than 6 between paragraphs", l.Text, pitch)
			}
		}
		from = i
	}
	if indented == 0 && len(z.doc.Blocks) > 0 {
		z.Error("nothing of the content was found")
	}
	if kind := z.doc.Blocks[len(z.doc.Blocks)-1].Kind; kind != letter.TableBlock && end > 0 {
		closed := false
		for _, l := range z.lines[:end+3] {
			closed = closed || strings.HasSuffix(l.Text, z.doc.Form.End())
		}
		if !closed {
			z.Errorf("the content does not end in %s", z.doc.Form.End())
		}
	}
	z.Logf("%d paragraphs indented, %d lines justified on %d pages", indented, full, z.main)
}

// above is the line above the line at i on the same page, in the width of the text.
func (z *zones) above(i int) *papertest.Line {
	if i == 0 || z.lines[i-1].Page != z.lines[i].Page || z.lines[i-1].Y > z.lines[i].Y-4 || z.lines[i-1].Y < 16*mm {
		return nil
	}
	return &z.lines[i-1]
}

// table checks that the head stands within the margins and again on each page that the table goes on on.
func (z *zones) table(b letter.Block) {
	longest := ""
	for _, h := range b.Table.Head {
		if w := strings.Fields(h); len(w) > 0 && len(w[0]) > len(longest) {
			longest = w[0]
		}
	}
	heads := map[int]bool{}
	for _, l := range z.lines {
		if l.Bold && strings.Contains(l.Text, longest) {
			heads[l.Page] = true
		}
	}
	if len(heads) == 0 {
		z.Errorf("no page has the head of the table with %q", longest)
	}
}

// closing is boxes 7 and 9b.
func (z *zones) closing() {
	s := z.doc.Signer
	lines := append([]string{}, s.Capacity...)
	if s.Position != "" {
		lines = append(lines, s.Position)
	}
	label, at := z.must("Nơi nhận", 0, "Nơi nhận:")
	if at < 0 {
		return
	}
	size, archive := 11.0, "- Lưu: "
	if z.doc.Form.OfState() {
		z.look("Nơi nhận", label, 12, 12, true, true)
	} else {
		size, archive = 12, "- Lưu VP"
		z.look("Nơi nhận", label, 14, 14, false, false)
		z.rule("Nơi nhận", z.pictures[label.Page-1], label, label.W, label.W)
	}
	z.near("Nơi nhận", label.X, z.left, 1.5)
	var first, last papertest.Line
	half := (z.left + z.right) / 2
	for _, want := range lines {
		found := false
		for _, l := range z.lines[max(0, at-3):] {
			if l.Page == label.Page && l.X > z.left+100 && strings.HasPrefix(strings.ToUpper(want), l.Text) && l.Bold {
				z.look("the signer's "+want, l, 13, 14, true, false)
				if l.X < half-20 {
					z.Errorf("%q stands at the left: %.0f", l.Text, l.X)
				}
				if first.Text == "" {
					first = l
				}
				last, found = l, true
				break
			}
		}
		if !found {
			z.Errorf("the signature has no line %q", want)
		}
	}
	if first.Text != "" {
		z.near("signature level with Nơi nhận", first.Bottom(), label.Bottom(), 4)
	}
	if s.Name != "" {
		name, _ := z.must("name of the signer", at, s.Name)
		z.look("the signer's name", name, 13, 14, true, false)
		z.near("name under the position", name.Middle(), last.Middle(), 2)
		if name.Y-last.Bottom() < 40 {
			z.Errorf("%.0f points for the signature", name.Y-last.Bottom())
		}
	}
	for i, r := range z.doc.Recipients {
		l, _ := z.must("recipient", at, "- "+strings.TrimRight(r, ".;"))
		z.look("the recipient "+r, l, size, size, false, false)
		z.near("recipient", l.X, z.left, 1.5)
		if i == len(z.doc.Recipients)-1 && (!strings.HasPrefix(l.Text, archive) || !strings.HasSuffix(l.Text, ".")) {
			z.Errorf("the last recipient reads %q", l.Text)
		}
	}
}

// marks are boxes 12 and 13: who drafted it and how many are printed, below the recipients; the address of the organ at the foot of
// page 1, under a line across the text.
func (z *zones) marks() {
	if z.doc.Drafter != "" {
		want := strings.ToUpper(z.doc.Drafter) + "."
		if z.doc.Copies > 0 {
			want += fmt.Sprintf("(%d)", z.doc.Copies)
		}
		l, at := z.must("mark of the drafter", 0, want)
		z.look("the mark of the drafter", l, 11, 11, false, false)
		z.near("mark of the drafter", l.X, z.left, 1.5)
		if last := z.find(0, "Nơi nhận:"); at < last {
			z.Error("the mark of the drafter does not stand below the recipients")
		}
	}
	if z.doc.Contact == "" {
		return
	}
	l, _ := z.must("address", 0, strings.Join(strings.Fields(z.doc.Contact)[:4], " "))
	z.look("the address", l, 11, 12, false, false)
	if l.Page != 1 || l.Y < z.height-30*mm {
		z.Errorf("the address stands on page %d at %.0f", l.Page, l.Y)
	}
	rules := z.pictures[0].Rules(papertest.Rect{X1: z.width, Y0: l.Y - 14, Y1: l.Y + 2}, 120*mm)
	if len(rules) != 1 {
		z.Errorf("%d lines stand above the address", len(rules))
		return
	}
	z.near("line above the address", rules[0].X0, 30*mm, 3)
	z.near("end of the line above the address", rules[0].X1, z.width-z.rightMargin*mm, 3)
}

// appendices: on pages of their own, with Roman numerals when there are several.
func (z *zones) appendices() {
	for i, a := range z.doc.Appendices {
		want := "Phụ lục"
		if len(z.doc.Appendices) > 1 {
			want += " " + lang.Roman(i+1)
		}
		at := -1
		for n, l := range z.lines {
			if l.Text == want && l.Bold && l.Page > z.main {
				at = n
				break
			}
		}
		if at < 0 {
			z.Errorf("no page begins with %q", want)
			continue
		}
		l := z.lines[at]
		w, _ := z.pictures[l.Page-1].Size()
		middle := (30*mm + w - z.rightMargin*mm) / 2
		z.look(want, l, 14, 14, true, false)
		z.near(want, l.Middle(), middle, 2)
		if a.Title != "" {
			title, _ := z.must("title of the appendix", at, strings.ToUpper(a.Title))
			z.look("the title of the appendix", title, 13, 14, true, false)
			z.near("title of the appendix", title.Middle(), middle, 2)
		}
		with, _ := z.must("document of the appendix", at, "(Kèm theo")
		z.look("the document of the appendix", with, 13, 14, false, true)
	}
}
