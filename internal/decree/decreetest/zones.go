package decreetest

import (
	"math"
	"strings"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
)

// Sizes and places that Decree 30/2020 asks for, written down here again so that the form is not held against itself.
const (
	mm         = paper.MM
	nationLine = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	mottoLine  = "Độc lập - Tự do - Hạnh phúc"
	dots       = 110 // per inch of the pictures that are measured
)

// Zones holds a finished PDF of an issued or draft document against the decree, component by component: where each stands,
// how large, how it looks, and how wide the margins are on the drawn page. slack is by how many points places may differ:
// other programs than ours round.
func Zones(t *testing.T, doc letter.Document, file []byte, slack float64) {
	t.Helper()
	z := &zones{T: t, doc: doc, slack: slack, lines: papertest.Lines(t, file), pictures: papertest.Pictures(t, file, dots)}
	if len(z.pictures) == 0 {
		t.Fatal("the file has no pages")
	}
	z.width, z.height = z.pictures[0].Size()
	z.left = math.Inf(1)
	z.rightMargin = 15
	if doc.Form == letter.YouthForm {
		z.rightMargin = 20
	}
	z.margins()
	z.numbers()
	if doc.Form.OfState() {
		z.heading()
	} else {
		z.otherHeading()
	}
	z.salutation()
	z.body()
	z.closing()
	z.marks()
	z.appendices()
}

type zones struct {
	*testing.T
	doc           letter.Document
	slack         float64
	lines         []papertest.Line
	pictures      []papertest.Picture
	width, height float64 // of the first page
	left, right   float64 // where the text of the first page begins and ends, as it is drawn
	main          int     // pages without the appendices
	rightMargin   float64 // millimetres
}

// near tells whether two places agree; it complains when they do not.
func (z *zones) near(what string, got, want, more float64) {
	z.Helper()
	if math.Abs(got-want) > z.slack+more {
		z.Errorf("%s: at %.1f, want %.1f", what, got, want)
	}
}

func (z *zones) between(what string, got, least, most, more float64) {
	z.Helper()
	if got < least-more || got > most+more {
		z.Errorf("%s is %.2f, want %.2f to %.2f", what, got, least, most)
	}
}

// look checks size and cut of a line.
func (z *zones) look(what string, l papertest.Line, least, most float64, bold, italic bool) {
	z.Helper()
	z.between("size of "+what, l.Size, least, most, 0.4)
	if l.Bold != bold || l.Italic != italic {
		z.Errorf("%s: bold %v, italic %v, want %v and %v", what, l.Bold, l.Italic, bold, italic)
	}
}

// find returns the first line from the given one on that begins with the text, or its first words.
func (z *zones) find(from int, text string) int {
	want := strings.Join(strings.Fields(text), " ")
	for i := from; i < len(z.lines); i++ {
		got := z.lines[i].Text
		if got != "" && (strings.HasPrefix(got, want) || len(got) > 12 && strings.HasPrefix(want, got)) {
			return i
		}
	}
	return -1
}

func (z *zones) must(what string, from int, text string) (papertest.Line, int) {
	z.Helper()
	i := z.find(from, text)
	if i < 0 {
		z.Errorf("%s: no line begins %q", what, text)
		return papertest.Line{}, -1
	}
	return z.lines[i], i
}

// margins measures the drawn pages: A4 with 20–25 mm above and below, 30–35 at the left, 15–20 at the right. The number of
// the page stands in the top margin, the address of the organ in the bottom margin of page 1.
func (z *zones) margins() {
	for n, p := range z.pictures {
		w, h := p.Size()
		if w > h && n > 0 {
			w, h = h, w
		}
		z.between("width of the sheet", w/mm, 210, 210, 0.5)
		z.between("height of the sheet", h/mm, 297, 297, 0.5)
		w, h = p.Size()
		in := papertest.Rect{Y0: 16 * mm, X1: w, Y1: h}
		if n == 0 && z.doc.Contact != "" {
			in.Y1 = h - 20*mm
			if rules := p.Rules(papertest.Rect{Y0: h - 40*mm, X1: w, Y1: h}, 100*mm); len(rules) != 1 {
				z.Errorf("%d rules above the address of the organ, want one", len(rules))
			} else {
				in.Y1 = rules[0].Y0 - 1
				z.near("rule above the address, its left end", rules[0].X0, 30*mm, 1)
				z.near("rule above the address, its right end", rules[0].X1, w-z.rightMargin*mm, 1)
			}
		}
		ink, found := p.Extent(papertest.Dark, in)
		if !found {
			z.Errorf("page %d is empty", n+1)
			continue
		}
		const eps = 0.4 // millimetres: half a pixel, and letters that overhang their box
		z.between("left margin", ink.X0/mm, 30, 35, eps)
		if r := (w - ink.X1) / mm; r < 15-eps {
			z.Errorf("page %d: right margin of %.1f mm", n+1, r)
		}
		z.between("top margin", ink.Y0/mm, 20, 25, eps)
		if b := (h - ink.Y1) / mm; b < 20-eps && (n > 0 || z.doc.Contact == "") {
			z.Errorf("page %d: bottom margin of %.1f mm", n+1, b)
		}
		if n == 0 {
			z.left, z.right = 30*mm, w-z.rightMargin*mm
			z.between("right margin", (w-ink.X1)/mm, 15, 20, eps)
		}
	}
}

// numbers looks for the number in the middle of the top margin of every page of a part but its first.
func (z *zones) numbers() {
	first := map[int]bool{0: true}
	for _, l := range z.lines {
		if strings.HasPrefix(l.Text, "Phụ lục") && l.Bold && l.Y < 26*mm {
			first[l.Page-1] = true
			if z.main == 0 {
				z.main = l.Page - 1
			}
		}
	}
	if z.main == 0 {
		z.main = len(z.pictures)
	}
	if want := 1 + len(z.doc.Appendices); len(first) != want {
		z.Errorf("%d parts begin a page, want %d", len(first), want)
	}
	no := 0
	for n, p := range z.pictures {
		no++
		if first[n] {
			no = 1
		}
		w, _ := p.Size()
		ink, found := p.Extent(papertest.Dark, papertest.Rect{X1: w, Y1: 16 * mm})
		if first[n] {
			if found {
				z.Errorf("page %d, the first of its part, has ink in its top margin: %+v", n+1, ink)
			}
			continue
		}
		if !found {
			z.Errorf("page %d has no number", n+1)
			continue
		}
		z.near("number of the page", (ink.X0+ink.X1)/2, (30*mm+w-z.rightMargin*mm)/2, 2)
		for _, l := range z.lines {
			if l.Page == n+1 && l.Y < 16*mm {
				z.look("the number of the page", l, 13, 14, false, false)
				if l.Text != letterNumber(no) {
					z.Errorf("page %d is numbered %q, want %d", n+1, l.Text, no)
				}
			}
		}
	}
}

func letterNumber(n int) string {
	digits := ""
	for ; n > 0; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return digits
}

// heading is boxes 1 to 5 and 10.
func (z *zones) heading() {
	nation, _ := z.must("nation", 0, nationLine)
	motto, _ := z.must("motto", 0, mottoLine)
	z.look("the nation's name", nation, 12, 13, true, false)
	z.look("the motto", motto, 13, 14, true, false)
	z.near("motto under the nation's name", motto.Middle(), nation.Middle(), 1)
	if motto.Y <= nation.Y || nation.X < z.width/3 || nation.Right() > z.right+1 {
		z.Errorf("the nation's name stands at %.0f–%.0f", nation.X, nation.Right())
	}
	page := z.pictures[0]
	z.rule("motto", page, motto, motto.W, motto.W)

	number, at := z.must("number", 0, "Số:")
	z.look("the number", number, 13, 13, false, false)
	var organ []papertest.Line
	for _, l := range z.lines[:max(at, 0)] {
		if l.Page == 1 && l.Right() < nation.X && l.Y < number.Y-4 {
			organ = append(organ, l)
		}
	}
	text := ""
	for _, l := range organ {
		text += l.Text + " "
		z.near("organ above the number", l.Middle(), number.Middle(), 3)
		upright := z.doc.Superior != "" && strings.Contains(" "+strings.ToUpper(z.doc.Superior)+" ", " "+l.Text+" ") && !strings.HasSuffix(text, strings.ToUpper(z.doc.Organ)+" ")
		z.look("organ "+l.Text, l, 12, 13, !upright, false)
	}
	if want := strings.ToUpper(strings.TrimSpace(z.doc.Superior + " " + z.doc.Organ)); strings.TrimSpace(text) != want {
		z.Errorf("the organ reads %q, want %q", text, want)
	}
	if n := len(organ); n > 0 {
		z.rule("organ", page, organ[n-1], organ[n-1].W/3, organ[n-1].W/2)
	}

	date, _ := z.must("date", 0, z.doc.Place+", ngày")
	z.look("the date", date, 13, 14, false, true)
	z.near("date beside the number", date.Bottom(), number.Bottom(), 3)
	z.near("date under the nation's name", date.Middle(), nation.Middle(), 12)
	if z.doc.Type == letter.OfficialLetter {
		about, _ := z.must("V/v", 0, "V/v "+z.doc.Subject)
		z.look("V/v", about, 12, 13, false, false)
		z.near("V/v under the number", about.Middle(), number.Middle(), 4)
		if gap := about.Y - number.Bottom(); gap < 4 {
			z.Errorf("V/v stands %.1f points below the number, want at least 6 between the lines", gap)
		}
		if about.Right() > nation.X+4 {
			z.Errorf("V/v runs under the nation's name: %.0f", about.Right())
		}
	} else {
		name, i := z.must("name of the type", at, strings.ToUpper(z.doc.Type))
		z.look("the name of the type", name, 13, 14, true, false)
		middle := (z.left + z.right) / 2
		z.near("name of the type", name.Middle(), middle, 2)
		last, widest := name, 0.0
		for _, l := range z.lines[i+1:] {
			if !l.Bold || l.Page != 1 || l.Y-last.Bottom() > 6 {
				break
			}
			z.look("the abstract", l, 13, 14, true, false)
			z.near("abstract", l.Middle(), middle, 2)
			last, widest = l, max(widest, l.W)
		}
		if last.Y == name.Y {
			z.Error("there is no abstract below the name of the type")
		}
		z.rule("abstract", page, last, widest/3, widest/2)
	}
	z.stamp()
}

// rule checks the line under a text: its length, and that it stands in the middle of it.
func (z *zones) rule(what string, p papertest.Picture, under papertest.Line, least, most float64) {
	z.Helper()
	rules := p.Rules(papertest.Rect{X0: under.X - 80, Y0: under.Bottom() - 3, X1: under.Right() + 80, Y1: under.Bottom() + 9}, 20)
	if len(rules) == 0 {
		z.Errorf("there is no rule under the %s", what)
		return
	}
	r := rules[0]
	z.between("length of the rule under the "+what, r.X1-r.X0, least, most, z.slack+2)
	z.near("rule under the "+what, (r.X0+r.X1)/2, under.Middle(), 2)
}

// stamp measures the frame of an urgency: 30 × 8, 40 × 8 or 20 × 8 mm in red.
func (z *zones) stamp() {
	want := map[string]float64{"hỏa tốc": 30, "thượng khẩn": 40, "khẩn": 20}[z.doc.Urgency]
	ink, found := z.pictures[0].Extent(papertest.Red, papertest.Rect{X1: z.width, Y1: z.height / 2})
	if want == 0 {
		if found {
			z.Error("there is red ink on a document without a stamp")
		}
		return
	}
	z.between("width of the stamp", (ink.X1-ink.X0)/mm, want, want, 0.8)
	z.between("height of the stamp", (ink.Y1-ink.Y0)/mm, 8, 8, 0.8)
	text, _ := z.must("stamp", 0, strings.ToUpper(z.doc.Urgency))
	z.look("the stamp", text, 13, 14, true, false)
}

// salutation is box 9a.
func (z *zones) salutation() {
	if len(z.doc.Addressees) == 0 {
		return
	}
	label, at := z.must("Kính gửi", 0, "Kính gửi:")
	if at < 0 {
		return
	}
	z.look("Kính gửi", label, 13, 14, false, false)
	if len(z.doc.Addressees) == 1 {
		if !strings.Contains(label.Text, strings.Join(strings.Fields(z.doc.Addressees[0])[:2], " ")) {
			z.Errorf("the addressee does not stand beside Kính gửi: %q", label.Text)
		}
		return
	}
	if label.Text != "Kính gửi:" {
		z.Errorf("something stands beside Kính gửi: %q", label.Text)
	}
	for i, to := range z.doc.Addressees {
		l, _ := z.must("addressee", at, "- "+to)
		z.near("dash under the colon", l.X, label.Right()-4, 2)
		z.look("addressee", l, 13, 14, false, false)
		if want := map[bool]string{true: ".", false: ";"}[i == len(z.doc.Addressees)-1]; z.find(at, "- "+to+want) < 0 && len(to) < 60 {
			z.Errorf("addressee %q does not end in %q", to, want)
		}
	}
}
