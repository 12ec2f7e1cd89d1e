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

// easel draws on one page whose measures are those of a smaller one, multiplied.
type easel struct {
	*pdf.Canvas
	by float64
}

func (e easel) fill(x, y, w, h float64, c paper.Color) { e.Fill(x*e.by, y*e.by, w*e.by, h*e.by, c) }
func (e easel) round(x, y, w, h, r float64, c paper.Color) {
	e.FillRound(x*e.by, y*e.by, w*e.by, h*e.by, r*e.by, c)
}

// text sets a text in a box, smaller when it must be.
func (e easel) text(x, y, w, h, size float64, bold bool, c paper.Color, align paper.Align, middle bool, lines ...string) {
	var blocks []paper.Block
	for i, line := range lines {
		p := paper.Paragraph{Runs: []paper.Run{{Text: line, Size: size * e.by, Bold: bold, Face: paper.Sans, Color: c}}, Align: align, Line: 1.12}
		if i > 0 {
			p.Before = size * e.by * 0.35
		}
		blocks = append(blocks, p)
	}
	e.Fit(blocks, x*e.by, y*e.by, w*e.by, h*e.by, 0.4, middle)
}

// bullets sets points below each other, each behind a leaf-green square.
func (e easel) bullets(x, y, w, h, size float64, c paper.Color, points []string) {
	if len(points) == 0 {
		return
	}
	each := h / float64(len(points))
	for _, point := range points { // all as large as the longest one can be
		p := paper.Paragraph{Runs: []paper.Run{{Text: point, Size: size * e.by, Face: paper.Sans}}, Line: 1.12}
		for size > 9 && pdf.Measure([]paper.Block{p}, (w-size)*e.by) > each*e.by {
			size *= 0.96
			p.Runs[0].Size = size * e.by
		}
	}
	for i, point := range points {
		top := y + float64(i)*each
		e.round(x, top+each/2-size*0.22, size*0.44, size*0.44, 2, leaf)
		e.text(x+size, top, w-size, each, size, false, c, paper.Left, true, point)
	}
}

// figures sets large numbers with their words beside each other.
func (e easel) figures(x, y, w, h float64, number, word paper.Color, n Numbers) {
	told := n.told(lang.New("vi"))
	if len(told) == 1 { // alone in the row, its words stand behind it
		e.text(x, y, w*0.3, h, h*0.62, true, number, paper.Right, true, told[0][0])
		e.text(x+w*0.34, y, w*0.6, h, h*0.27, false, word, paper.Left, true, told[0][1])
		return
	}
	each := w / float64(len(told))
	for i, f := range told {
		left := x + float64(i)*each
		e.text(left, y, each-6, h*0.62, h*0.5, true, number, paper.Left, false, f[0])
		e.text(left, y+h*0.64, each-6, h*0.36, h*0.19, false, word, paper.Left, false, f[1])
	}
}

// SheetPDF draws the notice-board sheet, A4 or A3, to be read from two metres and scanned from one.
func SheetPDF(p *Package, a3 bool) ([]byte, error) {
	page, by := paper.A4(0, 0, 0, 0), 1.0
	if a3 {
		page, by = paper.A3(0, 0, 0, 0), 420.0/297
	}
	code, err := qr.Encode(p.ChallengePage)
	if err != nil {
		return nil, err
	}
	texts := p.Texts[Sheet].Parts
	canvas := pdf.New(paper.Info{Title: texts["headline"], Author: p.Unit.Organ(), Subject: p.Challenge.Title, Date: p.Now.Time})
	canvas.AddPage(page)
	e := easel{canvas, by}
	const w, h, edge = 595.28, 841.89, 42
	const inner = w - 2*edge
	vi := lang.New("vi")

	e.fill(0, 0, w, h, cream)
	e.fill(0, 0, w, 300, leafDeep)
	hills(e, w, 300)
	e.text(edge, 40, inner, 44, 17, true, straw, paper.Left, false, p.Unit.Organ())
	e.text(edge, 88, inner, 150, 60, true, white, paper.Left, true, texts["headline"])
	e.text(edge, 244, inner, 34, 21, false, white, paper.Left, true, p.Challenge.Title+" · "+p.between(vi))

	e.text(edge, 318, inner, 74, 22, false, ink, paper.Left, true, texts["lead"])
	top := 400.0
	if p.Numbers.Any() {
		e.round(edge-12, top, inner+24, 104, 12, leafSoft)
		e.figures(edge+4, top+12, inner, 82, leaf, ink, p.Numbers)
		top += 118
	}
	e.bullets(edge, top, inner, 624-top, 18, ink, lines(texts["points"]))

	e.fill(0, 640, w, h-640, leaf)
	e.round(edge-6, 656, 166, 166, 10, white)
	e.QR(code, (edge+2)*by, 664*by, 150*by)
	const right = edge + 186
	e.text(right, 656, w-edge-right, 56, 36, true, white, paper.Left, true, texts["call"])
	e.text(right, 716, w-edge-right, 40, 15, false, white, paper.Left, false, address(p.ChallengePage))
	e.text(right, 758, w-edge-right, 30, 15, true, straw, paper.Left, false, draft{p.Matter, vi}.contact())
	e.text(right, 796, w-edge-right, 26, 11, false, white, paper.Left, false, p.asOf(vi))

	var out bytes.Buffer
	if err := canvas.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// hills end a dark ground like the mountains behind the river.
func hills(e easel, w, bottom float64) {
	const steps = 60
	for i := range steps {
		x := w * float64(i) / steps
		a := wave(x/w*6.1+0.4)*9 + wave(x/w*11.3)*4
		e.fill(x, bottom-14-a, w/steps+0.6, 14+a+0.5, leaf)
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
	e := easel{canvas, 1}
	page := paper.Page{Width: slideWidth, Height: slideHeight}
	const edge, inner = 60, slideWidth - 120

	canvas.AddPage(page) // what it is
	e.fill(0, 0, slideWidth, slideHeight, leafDeep)
	hills(e, slideWidth, slideHeight)
	e.text(edge, 60, inner, 40, 24, true, straw, paper.Left, false, p.Unit.Organ())
	e.text(edge, 120, inner, 210, 68, true, white, paper.Left, true, p.Challenge.Title)
	e.text(edge, 350, inner, 40, 28, false, white, paper.Left, false, p.between(vi))
	e.text(edge, 400, inner, 66, 22, false, leafSoft, paper.Left, false, p.Campaign.Message)

	canvas.AddPage(page) // what one must know
	e.fill(0, 0, slideWidth, slideHeight, cream)
	e.fill(0, 0, 18, slideHeight, leaf)
	e.text(edge, 44, inner, 56, 40, true, leafDeep, paper.Left, true, "Những điều cần biết")
	facts := p.Campaign.Facts
	if len(facts) == 0 {
		facts = lines(p.Texts[Sheet].Parts["points"])
	}
	e.bullets(edge, 124, inner, min(370, 92*float64(len(facts))), 28, ink, facts)

	canvas.AddPage(page) // where we stand and how to join
	e.fill(0, 0, slideWidth, slideHeight, cream)
	e.fill(0, 0, 18, slideHeight, leaf)
	e.text(edge, 44, 540, 96, 40, true, leafDeep, paper.Left, true, "Chúng ta đã làm được")
	if p.Numbers.Any() {
		e.figures(edge, 164, 560, 120, leaf, ink, p.Numbers)
		e.text(edge, 292, 540, 30, 15, false, inkSoft, paper.Left, false, p.asOf(vi))
	} else {
		e.text(edge, 164, 540, 120, 32, false, ink, paper.Left, true, draft{p.Matter, vi}.numbers())
	}
	e.text(edge, 350, 540, 130, 26, false, ink, paper.Left, true, draft{p.Matter, vi}.contact())
	e.round(652, 90, 256, 256, 14, white)
	e.QR(code, 664, 102, 232)
	e.text(652, 360, 256, 44, 30, true, leafDeep, paper.Center, true, p.Texts[Sheet].Parts["call"])
	e.text(632, 408, 296, 60, 14, false, inkSoft, paper.Center, false, address(p.ChallengePage))

	var out bytes.Buffer
	if err := canvas.Output(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
