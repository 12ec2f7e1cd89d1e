package extract

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"sachhon/internal/imaging"
	"sachhon/internal/paper"
	"sachhon/internal/paper/flow"
	"sachhon/internal/paper/pdfpicture"
	"sachhon/internal/paper/poppler"
)

// Fineness is how fine the pictures are that the pages of a document are made of.
type Fineness struct {
	DPI  int // dots per inch when it is printed on A4
	Page int // from 1
}

// Coarsest returns the page of a document whose picture is the least fine. Nothing is known of pages that are no pictures, of
// files that cannot be looked at, and where the programs are missing.
func Coarsest(ctx context.Context, file []byte) (worst Fineness, known bool) {
	pages := map[int]int{}
	switch {
	case isPicture(file):
		sizes, err := imaging.PageSizes(file)
		if err != nil {
			return worst, false
		}
		for i, size := range sizes {
			pages[i+1] = pdfpicture.DPI(size)
		}
	case isPDF(file):
		pages = finePDF(ctx, file)
	}
	for page, dpi := range pages {
		if !known || dpi < worst.DPI || dpi == worst.DPI && page < worst.Page {
			worst, known = Fineness{dpi, page}, true
		}
	}
	return worst, known
}

func finePDF(ctx context.Context, b []byte) map[int]int {
	file, err := poppler.NewFile(b)
	if err != nil {
		return nil
	}
	defer file.Close()
	run := func(name string, args ...string) []byte {
		tool, err := poppler.Find(name)
		if err != nil {
			return nil
		}
		out, _ := tool.Light().Run(ctx, file, flow.MaxText, append(args, "-f", "1", "-l", strconv.Itoa(pdfPages), file.Name())...) // of what fails nothing is known
		return out
	}
	return fineness(run("pdfimages", "-list"), run("pdfinfo"))
}

// fineness is how fine each page is that pictures cover: as its finest pictures that cover it, since programs lay a coarse
// ground below the letters.
func fineness(pictures, sizes []byte) map[int]int {
	type picture struct{ dpi, area float64 }
	area, enlarged := map[int]float64{}, map[int]float64{}
	eachMatch(sizes, rePageSize, func(m []float64) {
		page := int(m[0])
		area[page] = m[1] * m[2]
		enlarged[page] = max(1, max(m[1], m[2])/(297*paper.MM)) // a larger page is made smaller for the paper
	})
	on := map[int][]picture{}
	eachMatch(pictures, reListed, func(m []float64) {
		if page, across, down := int(m[0]), m[4], m[5]; across > 0 && down > 0 && area[page] > 1 {
			on[page] = append(on[page], picture{min(across, down), m[2] * m[3] * 72 * 72 / (across * down * area[page])})
		}
	})
	out := map[int]int{}
	for page, all := range on {
		slices.SortFunc(all, func(a, b picture) int { return cmp.Compare(b.dpi, a.dpi) })
		sum := 0.0
		for _, p := range all {
			if sum += p.area; sum >= covered {
				if p.dpi >= coarsest {
					out[page] = int(math.Round(p.dpi * enlarged[page]))
				}
				break
			}
		}
	}
	return out
}
