package pdf

import "sachhon/internal/paper"

// Place draws blocks in a box at their size, and returns how high they are; what does not fit runs over.
func (c *Canvas) Place(blocks []paper.Block, x, y, w float64) float64 {
	atoms := layout(blocks, w)
	drawAll(c, atoms, x, y)
	return heightOf(atoms)
}

// Measure tells how high blocks are in a column of this width.
func Measure(blocks []paper.Block, w float64) float64 { return heightOf(layout(blocks, w)) }

// Fit draws blocks in a box, made smaller as far as is needed to fit, but not below least of their size. It returns the
// scale it took, and whether they fit.
func (c *Canvas) Fit(blocks []paper.Block, x, y, w, h, least float64, middle bool) (scale float64, fits bool) {
	scale = 1
	atoms := layout(blocks, w)
	for heightOf(atoms) > h || tooWide(blocks, w, scale) {
		next := scale * 0.96
		if next < least {
			break
		}
		scale = next
		atoms = layout(Scaled(blocks, scale), w)
	}
	top := 0.0
	if free := h - heightOf(atoms); middle && free > 0 {
		top = free / 2
	}
	drawAll(c, atoms, x, y+top)
	return scale, heightOf(atoms) <= h
}

// tooWide tells whether a word of a paragraph would have to be parted.
func tooWide(blocks []paper.Block, w, scale float64) bool {
	for _, b := range blocks {
		p, ok := b.(paper.Paragraph)
		if !ok {
			continue
		}
		for _, word := range words(p.Runs) {
			if word.width*scale > w-p.Left-p.Right {
				return true
			}
		}
	}
	return false
}

// Scaled returns the blocks with every size and distance multiplied.
func Scaled(blocks []paper.Block, by float64) []paper.Block {
	out := make([]paper.Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case paper.Paragraph:
			runs := make([]paper.Run, len(b.Runs))
			for n, r := range b.Runs {
				r.Size = r.Points() * by
				runs[n] = r
			}
			b.Runs = runs
			b.Left, b.Right, b.First, b.Before, b.After = b.Left*by, b.Right*by, b.First*by, b.Before*by, b.After*by
			out[i] = b
		case paper.Space:
			out[i] = paper.Space{Height: b.Height * by}
		case paper.Rule:
			b.Before, b.After, b.Width = b.Before*by, b.After*by, b.Width*by
			out[i] = b
		default:
			out[i] = b
		}
	}
	return out
}
