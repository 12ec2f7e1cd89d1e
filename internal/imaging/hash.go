package imaging

import (
	"image"
	"math"
	"math/bits"
	"slices"
)

// Hash64 is a fingerprint of what a picture looks like: pictures that are nearly the same differ in few bits.
type Hash64 uint64

// NearDuplicate is the distance up to which two photos are worth a look: scaling and compression stay below three
// bits, a narrow caption about six, other scenes lie around thirty.
const NearDuplicate = 8

// Distance returns in how many bits the hashes differ.
func (h Hash64) Distance(o Hash64) int { return bits.OnesCount64(uint64(h ^ o)) }

const (
	hashSide = 32 // the picture is compared at this size
	hashKeep = 8  // the lowest frequencies in each direction
)

// cosines[u][x] is the basis of the discrete cosine transform for the frequencies that are kept.
var cosines = func() (c [hashKeep][hashSide]float64) {
	for u := range c {
		for x := range c[u] {
			c[u][x] = math.Cos(math.Pi / hashSide * (float64(x) + 0.5) * float64(u))
		}
	}
	return c
}()

// HashOf returns the perceptual hash of a picture that is not empty: each bit tells whether one of the 64 lowest
// frequencies is stronger than the median.
func HashOf(m *image.RGBA) Hash64 {
	grey := greySquare(m)
	var rows [hashSide][hashKeep]float64
	for y := range grey {
		for u := range hashKeep {
			for x, v := range grey[y] {
				rows[y][u] += v * cosines[u][x]
			}
		}
	}
	var spectrum [hashKeep * hashKeep]float64
	for v := range hashKeep {
		for u := range hashKeep {
			for y := range rows {
				spectrum[v*hashKeep+u] += rows[y][u] * cosines[v][y]
			}
		}
	}
	// The first value is the brightness of the whole, which says nothing about the scene.
	sorted := slices.Sorted(slices.Values(spectrum[1:]))
	median := sorted[len(sorted)/2]
	var h Hash64
	for i, v := range spectrum[1:] {
		if v > median {
			h |= 1 << (i + 1)
		}
	}
	return h
}

// greySquare returns the mean brightness of each field of a 32 by 32 grid over the picture.
func greySquare(m *image.RGBA) (grey [hashSide][hashSide]float64) {
	b := m.Bounds()
	for gy := range hashSide {
		for gx := range hashSide {
			top, bottom := field(gy, b.Dy())
			left, right := field(gx, b.Dx())
			sum := 0
			for y := top; y < bottom; y++ {
				for x := left; x < right; x++ {
					p := m.Pix[m.PixOffset(b.Min.X+x, b.Min.Y+y):]
					sum += 299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])
				}
			}
			grey[gy][gx] = float64(sum) / float64(1000*(bottom-top)*(right-left))
		}
	}
	return grey
}

// field returns the pixels from first up to, not including, end that fall into field i, at least one.
func field(i, pixels int) (first, end int) {
	first = i * pixels / hashSide
	return first, max(first+1, (i+1)*pixels/hashSide)
}
