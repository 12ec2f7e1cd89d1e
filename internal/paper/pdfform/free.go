package pdfform

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/paper/poppler"
)

// Area is a part of a page, in points from its top left corner.
type Area struct{ X0, Y0, X1, Y1 float64 }

const (
	freeDPI  = 36      // two points a pixel: enough for what is printed, little enough to be quick
	freeBlot = 200     // darker than this is printed on
	maxPGM   = 4 << 20 // of a page at that size; larger sheets are not looked at
)

// errPicture is returned when a page could not be drawn as it should.
var errPicture = errors.New("pdfform: not the picture of a page")

// Free finds where on the first page of a PDF, as it is shown (cropped and turned), a box of this size covers nothing: in the
// first area that has room, the highest place, there the one at the left.
func Free(ctx context.Context, b []byte, width, height float64, within ...Area) (x, y float64, found bool, err error) {
	tool, err := poppler.Find("pdftoppm")
	if err != nil {
		return 0, 0, false, err
	}
	file, err := poppler.NewFile(b)
	if err != nil {
		return 0, 0, false, err
	}
	defer file.Close()
	out, err := tool.Run(ctx, file, maxPGM, "-gray", "-q", "-cropbox", "-r", fmt.Sprint(freeDPI), "-f", "1", "-l", "1", file.Name())
	if err != nil {
		return 0, 0, false, err
	}
	p, err := readPGM(out)
	if err != nil {
		return 0, 0, false, err
	}
	const dot = 72.0 / freeDPI
	w, h := int(width/dot)+1, int(height/dot)+1
	for _, a := range within {
		for py := int(a.Y0 / dot); py+h <= min(int(a.Y1/dot), p.height); py++ {
			for px := int(a.X0 / dot); px+w <= min(int(a.X1/dot), p.width); px++ {
				if p.blots(px, py, w, h) == 0 {
					return float64(px) * dot, float64(py) * dot, true, nil
				}
			}
		}
	}
	return 0, 0, false, nil
}

// inked counts the dark dots left of and above each corner of the grid, so that a box is judged by its corners.
type inked struct {
	width, height int
	sum           []int
}

func (p inked) at(x, y int) int { return p.sum[y*(p.width+1)+x] }

func (p inked) blots(x, y, w, h int) int {
	return p.at(x+w, y+h) - p.at(x, y+h) - p.at(x+w, y) + p.at(x, y)
}

func readPGM(b []byte) (inked, error) {
	width, height, dots, err := readGray(b)
	if err != nil {
		return inked{}, err
	}
	p := inked{width: width, height: height}
	p.sum = make([]int, (p.width+1)*(p.height+1))
	for y := range p.height {
		row := 0
		for x := range p.width {
			if dots[y*p.width+x] < freeBlot {
				row++
			}
			p.sum[(y+1)*(p.width+1)+x+1] = p.at(x+1, y) + row
		}
	}
	return p, nil
}
