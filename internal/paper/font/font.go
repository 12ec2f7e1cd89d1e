// Package font owns the faces that are set and embedded, and measures text in them. The serif has the widths of Times New
// Roman, the sans those of Arial, so that what is measured here holds for DOCX too.
package font

import (
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansbolditalic"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// Style is one cut of a face.
type Style struct {
	Face         paper.Face
	Bold, Italic bool
}

// Of is the style of a run.
func Of(r paper.Run) Style { return Style{r.Face, r.Bold, r.Italic} }

// Parts of the size: from the baseline to the top and bottom of a line, and the height of a single-spaced line.
const (
	Ascent  = 0.891
	Descent = 0.216
	Single  = 1.149
)

// TTF is the font file of the style.
func (s Style) TTF() []byte {
	return [...][]byte{
		liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF,
		liberationsansregular.TTF, liberationsansbold.TTF, liberationsansitalic.TTF, liberationsansbolditalic.TTF,
	}[s.index()]
}

func (s Style) index() int {
	i := 0
	if s.Bold {
		i++
	}
	if s.Italic {
		i += 2
	}
	if s.Face == paper.Sans {
		i += 4
	}
	return i
}

// metrics are the advances of one style in thousandths of the size, read when they are first asked for.
type metrics struct {
	once sync.Once
	mu   sync.RWMutex
	font *sfnt.Font
	adv  map[rune]float64
}

var all [8]metrics

// Width measures a text in points.
func (s Style) Width(text string, size float64) float64 {
	m := &all[s.index()]
	m.once.Do(func() {
		f, err := sfnt.Parse(s.TTF())
		if err != nil {
			panic(err) // an embedded font that does not parse is a programming error
		}
		m.font, m.adv = f, map[rune]float64{}
	})
	sum := 0.0
	for _, r := range lang.NFC(text) {
		sum += m.advance(r)
	}
	return sum * size
}

// advance is the width of a rune in parts of the size. Runes beyond the alphabet are kept too: there are few.
func (m *metrics) advance(r rune) float64 {
	m.mu.RLock()
	a, ok := m.adv[r]
	m.mu.RUnlock()
	if ok {
		return a
	}
	var buf sfnt.Buffer
	const em = 2048
	a = 0.5
	if g, err := m.font.GlyphIndex(&buf, r); err == nil {
		if w, err := m.font.GlyphAdvance(&buf, g, fixed.I(em), font.HintingNone); err == nil {
			a = float64(w) / 64 / em
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.adv) < 4096 {
		m.adv[r] = a
	}
	return a
}

// Has tells whether the face can show the rune.
func (s Style) Has(r rune) bool {
	s.Width("", 1)
	var buf sfnt.Buffer
	g, err := all[s.index()].font.GlyphIndex(&buf, r)
	return err == nil && g != 0
}

// WidthOf measures runs on one line.
func WidthOf(runs ...paper.Run) float64 {
	sum := 0.0
	for _, r := range runs {
		sum += Of(r).Width(r.Text, r.Points())
	}
	return sum
}
