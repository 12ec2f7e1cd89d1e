package pdfform

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/poppler"
)

const (
	ruleDPI    = 96
	rulePart   = 0.5 // how much of the page is looked at, from its top: that is where headings are
	ruleLeast  = 16  // points: no letter has a stroke as long
	ruleThick  = 3   // points: what is thicker is a bar
	ruleBelow  = 14  // points under the line of text within which its rule stands
	maxRuled   = 8 << 20
	sameSheets = 3 // points by which the page as it is drawn may differ from the page as its text is told
)

// rule is a horizontal line on a page, in points from its top left corner.
type rule struct{ x0, x1, y float64 }

// drawnRules finds the horizontal lines in the upper part of the first page, as it is drawn: a program may have written them as
// lines, as flat boxes or as a picture.
func drawnRules(ctx context.Context, b []byte, p Page) ([]rule, error) {
	tool, err := poppler.Find("pdftoppm")
	if err != nil {
		return nil, err
	}
	file, err := poppler.NewFile(b)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	const dot = 72.0 / ruleDPI
	out, err := tool.Run(ctx, file, maxRuled, "-gray", "-q", "-r", fmt.Sprint(ruleDPI), "-f", "1", "-l", "1", "-x", "0", "-y", "0",
		"-W", fmt.Sprint(int(p.Width/dot)), "-H", fmt.Sprint(int(p.Height*rulePart/dot)), file.Name())
	if err != nil {
		return nil, err
	}
	width, height, dots, err := readGray(out)
	if err != nil {
		return nil, err
	}
	if math.Abs(float64(width)*dot-p.Width) > sameSheets {
		return nil, fmt.Errorf("%w: another sheet", errPicture)
	}
	return rulesIn(width, height, dots, dot), nil
}

// readGray takes a picture in shades of grey apart.
func readGray(b []byte) (width, height int, dots []byte, err error) {
	var depth int
	r := bytes.NewReader(b)
	if _, err := fmt.Fscanf(r, "P5\n%d %d\n%d\n", &width, &height, &depth); err != nil {
		return 0, 0, nil, fmt.Errorf("%w: %w", errPicture, err)
	}
	dots = b[len(b)-r.Len():]
	if width <= 0 || height <= 0 || depth != 255 || len(dots) < width*height {
		return 0, 0, nil, errPicture
	}
	return width, height, dots, nil
}

// rulesIn finds rows of dark dots that are long, flat and stand alone.
func rulesIn(width, height int, dots []byte, dot float64) []rule {
	dark := func(x, y int) bool { return y >= 0 && y < height && dots[y*width+x] < freeBlot }
	least, thick := int(ruleLeast/dot), int(ruleThick/dot)
	var out []rule
	for y := range height {
		for x := 0; x < width; x++ {
			if !dark(x, y) {
				continue
			}
			from := x
			for x < width && dark(x, y) {
				x++
			}
			if x-from < least {
				continue
			}
			middle := (from + x) / 2
			if dark(middle, y-1) { // the row above has it already
				continue
			}
			down := 0
			for dark(middle, y+down) {
				down++
			}
			if down <= thick {
				out = append(out, rule{float64(from) * dot, float64(x) * dot, (float64(y) + float64(down)/2) * dot})
			}
		}
	}
	return out
}

// under tells whether a rule stands below a line of text, or whether the line below it is made of signs.
func under(l Line, rules []rule, lines []Line) bool {
	for _, r := range rules {
		middle := (r.x0 + r.x1) / 2
		if r.y > l.Y+l.H*0.7 && r.y < l.Bottom()+ruleBelow && middle > l.X && middle < l.Right() {
			return true
		}
	}
	for _, n := range lines {
		if n.Y > l.Y && n.Y < l.Bottom()+ruleBelow && n.Middle() > l.X && n.Middle() < l.Right() && len(n.Text) > 2 && strings.Trim(n.Text, "-_–— ") == "" {
			return true
		}
	}
	return false
}

// ruled notes which of the lines of the first page have a rule below them.
func (p *Page) ruled(rules []rule) {
	half := p.Height * rulePart
	for i, l := range p.Lines {
		switch {
		case l.Bottom()+ruleBelow > half:
		case under(l, rules, p.Lines):
			p.Lines[i].Under = paper.Drawn
		default:
			p.Lines[i].Under = paper.Absent
		}
	}
}
