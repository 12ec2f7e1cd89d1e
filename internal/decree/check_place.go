package decree

import (
	"math"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// How far components may stand from where the decree has them. Widths of texts in a DOCX are those of our own faces, and nobody
// measures a page to the millimetre.
const (
	placeEase  = 6 * paper.MM  // from the middle of what they stand below, or beyond the middle of the page
	edgeEase   = 6 * paper.MM  // from the left margin: cells of tables begin a little beside it
	dashEase   = 2 * paper.MM  // from each other
	colonEase  = 12 * paper.MM // from the colon that they stand below
	leftAlike  = 30 * paper.MM // the margins, where a page does not tell them
	rightAlike = 15 * paper.MM
)

// places judges where on the page components stand: a DOCX tells it by its tables and indents, a PDF by its lines. What stands
// behind a tab or in a frame is not known and not judged.
func (c *formChecker) places() {
	if len(c.form.Sheets) == 0 || len(c.parts) == 0 {
		return
	}
	page := c.form.Sheets[0].Page
	if page.Width <= 0 || page.Width > page.Height {
		return
	}
	p := placeChecker{formChecker: c, ease: placeEase + c.form.Ease*paper.MM}
	p.left, p.right = known(page.Left, leftAlike), page.Width-known(page.Right, rightAlike)
	p.leftKnown = !math.IsNaN(page.Left)
	p.heading()
	p.salutation()
	p.closing()
}

func known(f, otherwise float64) float64 {
	if math.IsNaN(f) {
		return otherwise
	}
	return f
}

type placeChecker struct {
	*formChecker
	left, right float64 // between which the text stands
	leftKnown   bool
	ease        float64
}

func (p placeChecker) middle() float64 { return (p.left + p.right) / 2 }

func (p placeChecker) wrong(code string, one part) { p.add(code, one.at(), "Text", one.quoted()) }

// all are the parts of a role, in the order of the document.
func (c *formChecker) all(roles ...string) []int {
	var out []int
	for i, one := range c.parts {
		for _, r := range roles {
			if one.role == r {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

// first is the first part of some roles of which it is known where it stands.
func (p placeChecker) first(roles ...string) (one part, at int, mid float64, found bool) {
	for _, i := range p.all(roles...) {
		if mid, ok := p.parts[i].Middle(); ok {
			return p.parts[i], i, mid, true
		}
	}
	return part{}, 0, 0, false
}

// heading: the state at the right with place and date below it, the organ at the left with its number and what it is about. What
// stands below something that is out of place is judged by its half of the page.
func (p placeChecker) heading() {
	nation, nationAt, state, ok := p.first("nation")
	if ok && state < p.middle()+p.ease {
		p.wrong("nationPlace", nation)
	}
	motto, at, mid, found := p.first("motto")
	if found && ok && (math.Abs(mid-state) > p.ease || at < nationAt) {
		p.wrong("mottoPlace", motto)
	}
	right := p.beside(state, ok && state >= p.middle()+p.ease, false)
	if date, at, mid, found := p.first("date"); found && ok && (!right(mid) || at < nationAt) {
		p.wrong("datePlace", date)
	}
	p.organ()
	for _, role := range []string{"type", "abstract"} {
		for _, i := range p.all(role) {
			if mid, known := p.parts[i].Middle(); known && math.Abs(mid-p.middle()) > p.ease {
				p.wrong(role+"Place", p.parts[i])
				break
			}
		}
	}
}

// beside judges what stands below something: in its middle, or in its half of the page where that is elsewhere itself.
func (p placeChecker) beside(mid float64, well, left bool) func(float64) bool {
	return func(f float64) bool {
		switch {
		case well:
			return math.Abs(f-mid) <= p.ease
		case left:
			return f <= p.middle()-p.ease
		}
		return f >= p.middle()+p.ease
	}
}

// organ is the left half of the heading.
func (p placeChecker) organ() {
	first, organAt, organ, ok := p.first("superior", "organ")
	well := ok && organ <= p.middle()-p.ease
	switch {
	case !ok:
	case !well:
		p.wrong("organPlace", first)
	default:
		for _, i := range p.all("superior", "organ") {
			if mid, known := p.parts[i].Middle(); known && math.Abs(mid-organ) > p.ease {
				p.wrong("organCentre", p.parts[i])
				break
			}
		}
	}
	below := p.beside(organ, well, true)
	number, numberAt, mid, found := p.first("number")
	if found && ok && (!below(mid) || numberAt < organAt) {
		p.wrong("numberPlace", number)
	} else if found {
		below = p.beside(mid, true, true)
	}
	if !found && !ok {
		return
	}
	for _, i := range p.all("about") {
		if mid, known := p.parts[i].Middle(); known && (!below(mid) || i < numberAt) {
			p.wrong("aboutPlace", p.parts[i])
			break
		}
	}
}

// salutation: several addressees stand in a line of dashes under the colon.
func (p placeChecker) salutation() {
	list := p.all("salutation")
	label := -1
	for _, i := range list {
		one := p.parts[i]
		if _, ok := one.Middle(); !ok {
			continue
		}
		if strings.HasPrefix(lang.Fold(one.Text), "kinh gui") && label < 0 {
			if label = i; one.X > p.middle() {
				p.wrong("salutationPlace", one)
				return
			}
		}
	}
	if label < 0 || strings.Trim(lang.Fold(p.parts[label].Text), " :") != "kinh gui" {
		return // the addressee stands beside it
	}
	var first *part
	for _, i := range list {
		one := p.parts[i]
		_, ok := one.Middle()
		if text := strings.TrimSpace(one.Text); !ok || i < label || !strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "–") {
			continue
		}
		if first == nil {
			first = &one
		}
		colon := p.parts[label].Right
		if math.Abs(one.X-first.X) > dashEase+p.form.Ease*paper.MM || math.Abs(one.X-colon) > colonEase {
			p.wrong("addresseePlace", one)
			return
		}
	}
}

// closing: who signs at the right, one below the other, and the recipients at the left margin.
func (p placeChecker) closing() {
	signer, _, signerMid, ok := p.first("signer")
	if ok && signerMid < p.middle()+p.ease {
		p.wrong("signerPlace", signer)
	}
	for _, i := range p.all("signer") {
		if mid, known := p.parts[i].Middle(); known && math.Abs(mid-signerMid) > p.ease {
			p.wrong("signerCentre", p.parts[i])
			break
		}
	}
	if !p.leftKnown {
		return
	}
	for _, i := range p.all("recipientsLabel", "recipientsList") {
		one := p.parts[i]
		if _, known := one.Middle(); known && math.Abs(one.X-p.left) > edgeEase {
			p.wrong("recipientsPlace", one)
			break
		}
	}
}
