package pdf

import (
	"strings"
	"unicode"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

// piece is text of one look within a word or line.
type piece struct {
	text  string
	run   paper.Run
	x     float64 // from the left of the line's box
	width float64
}

// word is what is not parted: pieces that touch, with the look of the space before them.
type word struct {
	pieces []piece
	width  float64
	space  float64 // width of the space before it, 0 where it begins the text or a tab precedes
	tab    bool    // goes to the next tab stop first
	broken bool    // begins a new line whatever room is left
}

// line is one line of a paragraph, its pieces placed.
type line struct {
	pieces         []piece
	ascent, height float64
}

// legible composes the text and replaces what the face cannot show, so that a reader sees that something was there.
func legible(s string, style font.Style) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u00a0':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xFFFF || r > 0x1EF9 && !style.Has(r):
			return '?'
		}
		return r
	}, lang.NFC(s))
}

// words cuts runs into words; a change of look within a word does not part it.
func words(runs []paper.Run) []word {
	var out []word
	var open bool // the last word goes on
	pending := word{}
	add := func(text string, r paper.Run) {
		p := piece{text: text, run: r, width: font.Of(r).Width(text, r.Points())}
		if !open {
			out = append(out, pending)
			pending, open = word{}, true
		}
		w := &out[len(out)-1]
		w.pieces, w.width = append(w.pieces, p), w.width+p.width
	}
	for _, r := range runs {
		text := legible(r.Text, font.Of(r))
		for text != "" {
			at := strings.IndexAny(text, " \n\t")
			if at < 0 {
				add(text, r)
				break
			}
			if at > 0 {
				add(text[:at], r)
			}
			switch text[at] {
			case ' ':
				pending.space += font.Of(r).Width(" ", r.Points())
			case '\n':
				if pending.broken { // an empty line
					out = append(out, pending)
				}
				pending = word{broken: true, pieces: nil}
			case '\t':
				if pending.tab {
					out = append(out, pending)
				}
				pending = word{tab: true, broken: pending.broken}
			}
			open, text = false, text[at+1:]
		}
	}
	if pending.broken || pending.tab {
		out = append(out, pending)
	}
	return out
}

// breakLines sets a paragraph in a box of this width.
func breakLines(p paper.Paragraph, width float64) []line {
	spacing := p.Line
	if spacing == 0 {
		spacing = 1
	}
	b := breaker{p: p, width: width, spacing: spacing}
	for _, w := range words(p.Runs) {
		b.add(w)
	}
	b.flush(true)
	return b.lines
}

type breaker struct {
	p              paper.Paragraph
	width, spacing float64
	lines          []line
	words          []word
	used           float64
	tabbed         bool
}

// left and room are where the line that is being filled begins and what fits in it.
func (b *breaker) left() float64 {
	if len(b.lines) == 0 {
		return b.p.Left + b.p.First
	}
	return b.p.Left
}

func (b *breaker) room() float64 { return b.width - b.left() - b.p.Right }

func (b *breaker) add(w word) {
	if w.broken {
		b.flush(true)
	}
	if w.tab {
		at := b.left() + b.used
		w.space = b.stop(at) - at
		b.tabbed = true
	}
	need := w.width
	if len(b.words) > 0 || w.tab {
		need += w.space
	}
	const slack = 0.01
	if len(b.words) > 0 && b.used+need > b.room()+slack {
		b.flush(false)
		w.space, need = 0, w.width
	}
	for w.width > b.room()+slack && len(b.words) == 0 {
		head, rest, ok := split(w, b.room())
		if !ok {
			break
		}
		b.words, b.used = append(b.words, head), head.width
		b.flush(false)
		w, need = rest, rest.width
	}
	b.words, b.used = append(b.words, w), b.used+need
}

// stop is the next tab stop after x.
func (b *breaker) stop(x float64) float64 {
	for _, t := range b.p.Tabs {
		if t > x {
			return t
		}
	}
	const every = 36
	return float64(int(x/every)+1) * every
}

// flush places the words of the open line. The last line of a paragraph is not stretched.
func (b *breaker) flush(last bool) {
	natural := 0.0
	gaps := 0
	for i, w := range b.words {
		natural += w.width
		if i > 0 || w.tab {
			natural += w.space
		}
		if i > 0 && !w.tab && len(w.pieces) > 0 {
			gaps++
		}
	}
	x, stretch := b.left(), 0.0
	switch free := b.room() - natural; {
	case b.p.Align == paper.Center:
		x += free / 2
	case b.p.Align == paper.Right:
		x += free
	case b.p.Align == paper.Justify && !last && !b.tabbed && gaps > 0 && free > 0:
		stretch = free / float64(gaps)
	}
	l := line{}
	size := 0.0
	for i, w := range b.words {
		if i > 0 || w.tab {
			x += w.space
			if i > 0 && !w.tab {
				x += stretch
			}
		}
		for _, p := range w.pieces {
			p.x = x
			x += p.width
			size = max(size, p.run.Points())
			l.pieces = append(l.pieces, p)
		}
	}
	if stretch == 0 {
		l.pieces = joined(l.pieces)
	}
	if size == 0 {
		size = emptySize(b.p)
	}
	l.height = size * font.Single * b.spacing
	l.ascent = l.height - size*(font.Single-font.Ascent)
	b.lines = append(b.lines, l)
	b.words, b.used, b.tabbed = nil, 0, false
}

// emptySize is how high an empty paragraph is.
func emptySize(p paper.Paragraph) float64 {
	if len(p.Runs) > 0 {
		return p.Runs[0].Points()
	}
	return paper.DefaultSize
}

// joined puts pieces of one look with a plain space between them into one.
func joined(pieces []piece) []piece {
	var out []piece
	for _, p := range pieces {
		if n := len(out); n > 0 && sameLook(out[n-1].run, p.run) {
			prev := &out[n-1]
			gap := p.x - prev.x - prev.width
			blank := font.Of(p.run).Width(" ", p.run.Points())
			switch {
			case gap < 0.01:
				prev.text, prev.width = prev.text+p.text, p.x+p.width-prev.x
				continue
			case gap > blank-0.01 && gap < blank+0.01:
				prev.text, prev.width = prev.text+" "+p.text, p.x+p.width-prev.x
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

func sameLook(a, b paper.Run) bool {
	a.Text, b.Text = "", ""
	return a == b
}

// split parts a word that is longer than a line, such as a web address.
func split(w word, room float64) (head, rest word, ok bool) {
	head, rest = word{}, word{}
	for i, p := range w.pieces {
		if head.width+p.width <= room {
			head.pieces, head.width = append(head.pieces, p), head.width+p.width
			continue
		}
		text := p.text
		cut := 0
		width := 0.0
		for at, r := range text {
			a := font.Of(p.run).Width(string(r), p.run.Points())
			if head.width+width+a > room {
				break
			}
			width, cut = width+a, at+len(string(r))
		}
		if slash := strings.LastIndexAny(text[:cut], "/-.?&"); slash > 0 && slash+1 < cut {
			cut = slash + 1
		}
		if cut == 0 && len(head.pieces) == 0 {
			return word{}, word{}, false
		}
		if cut > 0 {
			first := piece{text: text[:cut], run: p.run}
			first.width = font.Of(p.run).Width(first.text, p.run.Points())
			head.pieces, head.width = append(head.pieces, first), head.width+first.width
		}
		second := piece{text: text[cut:], run: p.run}
		second.width = font.Of(p.run).Width(second.text, p.run.Points())
		rest.pieces = append(append(rest.pieces, second), w.pieces[i+1:]...)
		for _, q := range rest.pieces {
			rest.width += q.width
		}
		return head, rest, second.text != ""
	}
	return word{}, word{}, false
}
