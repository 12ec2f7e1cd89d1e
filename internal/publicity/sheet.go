package publicity

import (
	"bytes"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/qr"
)

// The colours of the challenge on paper.
var (
	leafDeep = paper.Color{R: 0x18, G: 0x4d, B: 0x27}
	leaf     = paper.Color{R: 0x26, G: 0x73, B: 0x3a}
	leafSoft = paper.Color{R: 0xe5, G: 0xf2, B: 0xdf}
	cream    = paper.Color{R: 0xfb, G: 0xf9, B: 0xf4}
	ink      = paper.Color{R: 0x1c, G: 0x23, B: 0x1a}
	inkSoft  = paper.Color{R: 0x54, G: 0x5b, B: 0x4d}
	white    = paper.Color{R: 255, G: 255, B: 255}
	straw    = paper.Color{R: 0xf2, G: 0xd9, B: 0x7a}
)

// easel draws on a page, measured in points from its upper left corner.
type easel struct{ *pdf.Canvas }

func sans(text string, size float64, bold bool, c paper.Color, align paper.Align) paper.Paragraph {
	return paper.Paragraph{Runs: []paper.Run{{Text: text, Size: size, Bold: bold, Face: paper.Sans, Color: c}}, Align: align, Line: 1.12}
}

// text sets a text in a box, smaller when it must be.
func (e easel) text(x, y, w, h, size float64, bold bool, c paper.Color, align paper.Align, middle bool, text string) {
	e.Fit([]paper.Block{sans(text, size, bold, c, align)}, x, y, w, h, 0.4, middle)
}

// common is the size, at most the one that is wished for, at which each of the texts fits its box.
func common(size, least, w, h float64, bold bool, texts []string) float64 {
	for _, text := range texts {
		for size > least && pdf.Measure([]paper.Block{sans(text, size, bold, ink, paper.Left)}, w) > h {
			size *= 0.96
		}
	}
	return size
}

// line is the size, at most the one that is wished for, at which each of the texts stands on one line.
func line(size, w float64, bold bool, texts []string) float64 {
	for _, text := range texts {
		for size > 8 && pdf.Measure([]paper.Block{sans(text, size, bold, ink, paper.Left)}, w) > 1.5*pdf.Measure([]paper.Block{sans("0", size, bold, ink, paper.Left)}, w) {
			size *= 0.96
		}
	}
	return size
}

// bullets sets points below each other, each behind a leaf-green square, all as large as the longest one can be.
func (e easel) bullets(x, y, w, h, size float64, c paper.Color, points []string) {
	if len(points) == 0 {
		return
	}
	each := min(h/float64(len(points)), size*4) // a few points stay together
	size = common(size, 9, w-size, each*0.94, false, points)
	top := y + (h-each*float64(len(points)))/2
	for i, point := range points {
		at := top + float64(i)*each
		e.FillRound(x, at+each/2-size*0.22, size*0.44, size*0.44, 2, leaf)
		e.text(x+size, at, w-size, each, size, false, c, paper.Left, true, point)
	}
}

// figures sets large numbers with their words beside each other, all numbers in one size and all words in one.
func (e easel) figures(x, y, w, h float64, number, word paper.Color, n Numbers) {
	told := n.told(lang.New("vi"))
	if len(told) == 1 { // alone in the row, its words stand behind it
		e.text(x, y, w*0.3, h, h*0.62, true, number, paper.Right, true, told[0][0])
		e.text(x+w*0.34, y, w*0.6, h, h*0.27, false, word, paper.Left, true, told[0][1])
		return
	}
	const gap = 14
	each := w / float64(len(told))
	var numbers, words []string
	for _, f := range told {
		numbers, words = append(numbers, f[0]), append(words, unparted(f[1]))
	}
	large, small := line(h*0.5, each-gap, true, numbers), line(h*0.2, each-gap, false, words)
	for i := range told {
		left := x + float64(i)*each
		e.text(left, y, each-gap, h*0.66, large, true, number, paper.Left, true, numbers[i])
		e.text(left, y+h*0.64, each-gap, h*0.36, small, false, word, paper.Left, false, words[i])
	}
}

// unparted keeps a text on one line.
func unparted(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// onPaper is whom to ask, with a number that stands on one line.
func (d draft) onPaper() string {
	phone := d.Campaign.Phone
	if phone == "" {
		return d.contact()
	}
	return strings.Replace(d.contact(), phone, unparted(phone), 1)
}

// SheetPDF draws the notice-board sheet, A4 or A3: its title is read from across the street, its points from two metres, and the
// code is scanned from arm's length, that of an A3 sheet from a step behind others.
func SheetPDF(p *Package, a3 bool) ([]byte, error) {
	code, err := qr.Encode(p.ChallengePage)
	if err != nil {
		return nil, err
	}
	canvas := pdf.New(paper.Info{Title: p.Texts[Sheet].Parts["headline"], Author: p.Unit.Organ(), Subject: p.Challenge.Title, Date: p.Now.Time})
	e := easel{canvas}
	if a3 {
		canvas.AddPage(paper.A3(0, 0, 0, 0))
		e.sheetA3(p, code)
	} else {
		canvas.AddPage(paper.A4(0, 0, 0, 0))
		e.sheetA4(p, code)
	}
	var out bytes.Buffer
	if err := canvas.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// sheetA4 has one column: who and what above, the points, and at the foot how to join.
func (e easel) sheetA4(p *Package, code *qr.Code) {
	const w, h, edge = 595.28, 841.89, 42
	const inner = w - 2*edge
	vi, texts := lang.New("vi"), p.Texts[Sheet].Parts
	top := e.above(p, upper{
		w: w, h: h, edge: edge, ground: 262, organ: band{34, 40, 19}, headline: band{74, 132, 56}, challenge: band{208, 34, 21},
		lead: band{272, 66, 22}, figures: band{346, 92, 12}, gap: 8,
	})
	const foot = 636
	e.bullets(edge, top, inner, foot-8-top, 20, ink, lines(texts["points"]))

	e.Fill(0, foot, w, h-foot, leaf)
	e.FillRound(edge-12, foot+14, 180, 180, 10, white)
	e.QR(code, edge-6, foot+20, 168)
	const right = edge + 192
	e.text(right, foot+14, w-edge-right, 50, 36, true, white, paper.Left, true, texts["call"])
	e.text(right, foot+70, w-edge-right, 40, 15, false, white, paper.Left, true, address(p.ChallengePage))
	e.text(right, foot+114, w-edge-right, 50, 17, true, straw, paper.Left, true, draft{p.Matter, vi}.onPaper())
	e.text(right, foot+172, w-edge-right, 20, 11, false, white, paper.Left, false, p.asOf(vi))
}

// sheetA3 hangs where many pass: the points in large letters at the left, and beside them a tall panel with a code that is scanned
// from further away.
func (e easel) sheetA3(p *Package, code *qr.Code) {
	const w, h, edge = 841.89, 1190.55, 56
	vi, texts := lang.New("vi"), p.Texts[Sheet].Parts
	top := e.above(p, upper{
		w: w, h: h, edge: edge, ground: 410, organ: band{48, 56, 27}, headline: band{108, 220, 92}, challenge: band{332, 50, 30},
		lead: band{424, 104, 32}, figures: band{540, 140, 16}, gap: 24,
	})
	const panel = 326
	const left = w - edge - panel + 16
	e.bullets(edge, top, left-edge-30, 1072-top, 30, ink, lines(texts["points"]))
	e.text(edge, 1086, left-edge-30, 36, 20, true, leafDeep, paper.Left, true, address(p.ChallengePage))
	e.text(edge, 1126, left-edge-30, 26, 15, false, inkSoft, paper.Left, true, p.asOf(vi))

	e.FillRound(left, top, panel, 1154-top, 18, leaf)
	e.text(left+20, top+16, panel-40, 62, 36, true, white, paper.Center, true, texts["call"])
	const side = 250
	e.FillRound(left+(panel-side)/2-8, top+84, side+16, side+16, 12, white)
	e.QR(code, left+(panel-side)/2, top+92, side)
	e.text(left+20, top+360, panel-40, 1154-top-376, 21, true, straw, paper.Center, true, draft{p.Matter, vi}.onPaper())
}

// band is where something stands on a sheet: its top, its height, and the size of its letters or the margin of its panel.
type band struct{ y, h, size float64 }

// upper is where the upper part of a sheet stands, in points.
type upper struct {
	w, h, edge, ground                        float64 // of the sheet, its margin, and how far down the dark ground goes
	organ, headline, challenge, lead, figures band
	gap                                       float64 // below the figures
}

// above draws on the empty sheet who calls, to what, and how far it has come, and returns where the points begin.
func (e easel) above(p *Package, u upper) float64 {
	inner, texts := u.w-2*u.edge, p.Texts[Sheet].Parts
	e.Fill(0, 0, u.w, u.h, cream)
	e.Fill(0, 0, u.w, u.ground, leafDeep)
	hills(e, u.w, u.ground)
	set := func(b band, bold bool, c paper.Color, middle bool, text string) {
		e.text(u.edge, b.y, inner, b.h, b.size, bold, c, paper.Left, middle, text)
	}
	set(u.organ, true, straw, false, p.Unit.Organ())
	set(u.headline, true, white, true, texts["headline"])
	set(u.challenge, false, white, true, p.Challenge.Title+" · "+unparted(p.between(lang.New("vi"))))
	set(u.lead, false, ink, true, texts["lead"])
	f := u.figures
	if !p.Numbers.Any() {
		return f.y
	}
	e.FillRound(u.edge-f.size, f.y, inner+2*f.size, f.h, f.size, leafSoft)
	e.figures(u.edge+f.size/2, f.y+f.size*0.7, inner, f.h-1.2*f.size, leaf, ink, p.Numbers)
	return f.y + f.h + u.gap
}

// hills end a dark ground like the mountains behind the river.
func hills(e easel, w, bottom float64) {
	const steps = 160
	for i := range steps {
		x := w * float64(i) / steps
		a := wave(x/w*6.1+0.4)*9 + wave(x/w*11.3)*4
		e.Fill(x, bottom-14-a, w/steps+0.6, 14+a+0.5, leaf)
	}
}

// wave is a smooth curve between 0 and 1 without a table of sines.
func wave(t float64) float64 {
	t -= float64(int(t/2)) * 2
	if t > 1 {
		t = 2 - t
	}
	return t * t * (3 - 2*t)
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-•")); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// address is a web address without what nobody types.
func address(url string) string {
	return strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://")
}

func (m Matter) between(vi *lang.Localizer) string {
	return vi.Date(m.Campaign.First.Start()) + " – " + vi.Date(m.Campaign.Last.Start())
}

func (m Matter) asOf(vi *lang.Localizer) string {
	day := m.Numbers.AsOf
	if day.IsZero() {
		day = clock.At(m.Now.Time)
	}
	return "Số liệu tính đến ngày " + vi.Date(day)
}

// The sides of a slide in points, 16 to 9.
const (
	slideWidth  = 960
	slideHeight = 540
)

// SlidesPDF draws the three slides of a meeting.
func SlidesPDF(p *Package) ([]byte, error) {
	code, err := qr.Encode(p.ChallengePage)
	if err != nil {
		return nil, err
	}
	vi := lang.New("vi")
	canvas := pdf.New(paper.Info{Title: p.Challenge.Title, Author: p.Unit.Organ(), Date: p.Now.Time})
	e := easel{canvas}
	page := paper.Page{Width: slideWidth, Height: slideHeight}
	const edge, inner = 60, slideWidth - 120

	canvas.AddPage(page) // what it is
	e.Fill(0, 0, slideWidth, slideHeight, leafDeep)
	hills(e, slideWidth, slideHeight)
	e.text(edge, 60, inner, 40, 24, true, straw, paper.Left, false, p.Unit.Organ())
	e.text(edge, 120, inner, 210, 68, true, white, paper.Left, true, p.Challenge.Title)
	e.text(edge, 350, inner, 40, 28, false, white, paper.Left, false, p.between(vi))
	e.text(edge, 400, inner, 66, 22, false, leafSoft, paper.Left, false, p.Campaign.Message)

	canvas.AddPage(page) // what one must know
	e.Fill(0, 0, slideWidth, slideHeight, cream)
	e.Fill(0, 0, 18, slideHeight, leaf)
	e.text(edge, 44, inner, 56, 40, true, leafDeep, paper.Left, true, "Những điều cần biết")
	facts := p.Campaign.Facts
	if len(facts) == 0 {
		facts = lines(p.Texts[Sheet].Parts["points"])
	}
	e.bullets(edge, 124, inner, min(370, 92*float64(len(facts))), 28, ink, facts)

	canvas.AddPage(page) // where we stand and how to join
	e.Fill(0, 0, slideWidth, slideHeight, cream)
	e.Fill(0, 0, 18, slideHeight, leaf)
	e.text(edge, 44, 560, 56, 40, true, leafDeep, paper.Left, true, "Chúng ta đã làm được")
	if p.Numbers.Any() {
		e.FillRound(edge-14, 124, 590, 150, 14, leafSoft)
		e.figures(edge+4, 138, 572, 122, leaf, ink, p.Numbers)
		e.text(edge, 284, 560, 24, 16, false, inkSoft, paper.Left, false, p.asOf(vi))
	} else {
		e.text(edge, 124, 560, 150, 32, false, ink, paper.Left, true, draft{p.Matter, vi}.numbers())
	}
	e.text(edge, 330, 560, 150, 28, false, ink, paper.Left, true, draft{p.Matter, vi}.onPaper())
	e.FillRound(660, 64, 264, 264, 14, white)
	e.QR(code, 668, 72, 248)
	e.text(650, 340, 284, 50, 30, true, leafDeep, paper.Center, true, p.Texts[Sheet].Parts["call"])
	e.text(650, 396, 284, 60, 15, false, inkSoft, paper.Center, false, address(p.ChallengePage))

	var out bytes.Buffer
	if err := canvas.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
