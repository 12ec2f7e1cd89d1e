package decreetest

import (
	"strings"

	"sachhon/internal/letter"
)

// others are the names at the top right and the stars below the issuer in the forms that are not the State's, written down here
// again so that the form is not held against itself.
var others = map[letter.Form]struct{ name, stars, label string }{
	letter.YouthForm: {"ĐOÀN TNCS HỒ CHÍ MINH", "***", "Số: "},
	letter.PartyForm: {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số "},
}

// otherHeading is heading in the forms of the Youth Union and of the Party.
func (z *zones) otherHeading() {
	want := others[z.doc.Form]
	page := z.pictures[0]
	name, at := z.must("name at the right", 0, want.name)
	z.look("the name at the right", name, 15, 15, true, false)
	z.rule("name at the right", page, name, name.W, name.W)
	if at < 0 || name.X < z.width/3 || name.Right() > z.right+1 {
		z.Errorf("the name stands at %.0f–%.0f", name.X, name.Right())
	}
	for _, line := range []string{nationLine, mottoLine} {
		if z.find(0, line) >= 0 {
			z.Errorf("%s stands on a document that is not the State's", line)
		}
	}
	number, below := z.must("number", 0, want.label)
	z.look("the number", number, 14, 14, false, false)
	stars, _ := z.must("stars", 0, want.stars)
	if number.Y <= stars.Y || stars.Right() > name.X {
		z.Errorf("the stars stand at %.0f, %.0f", stars.X, stars.Y)
	}
	z.near("stars above the number", stars.Middle(), number.Middle(), 3)
	superior, issuer := z.doc.Organs()
	text := ""
	for _, l := range z.lines[:max(below, 0)] {
		if l.Page != 1 || l.Right() > name.X || l.Y >= stars.Y-2 {
			continue
		}
		z.near("organ above the number", l.Middle(), number.Middle(), 3)
		z.look("organ "+l.Text, l, 14, 14, len(text) >= len(strings.ToUpper(superior)), false)
		text += l.Text + " "
	}
	if organs := strings.ToUpper(strings.TrimSpace(superior + " " + issuer)); strings.TrimSpace(text) != organs {
		z.Errorf("the organ reads %q, want %q", text, organs)
	}
	date, _ := z.must("date", 0, z.doc.Place+", ngày")
	z.look("the date", date, 14, 14, false, true)
	z.near("date beside the number", date.Bottom(), number.Bottom(), 3)
	z.near("date under the name", date.Middle(), name.Middle(), 12)
	if z.doc.Type == letter.OfficialLetter {
		about, _ := z.must("V/v", 0, "V/v "+z.doc.Subject)
		z.look("V/v", about, 12, 12, false, true)
		z.near("V/v under the number", about.Middle(), number.Middle(), 4)
		return
	}
	kind, _ := z.must("name of the type", below, strings.ToUpper(z.doc.Type))
	z.look("the name of the type", kind, 15, 16, true, false)
	z.near("name of the type", kind.Middle(), (z.left+z.right)/2, 2)
}
