package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"pgregory.net/rapid"
)

func mean(m image.Image) (r, g, b float64) {
	box := m.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			pr, pg, pb, _ := m.At(x, y).RGBA()
			r, g, b = r+float64(pr>>8), g+float64(pg>>8), b+float64(pb>>8)
		}
	}
	n := float64(box.Dx() * box.Dy())
	return r / n, g / n, b / n
}

// variants returns the picture in each kind that decoders return.
func variants(m *image.RGBA) map[string]image.Image {
	b := m.Bounds()
	kinds := map[string]draw.Image{
		"NRGBA": image.NewNRGBA(b), "NRGBA64": image.NewNRGBA64(b), "RGBA64": image.NewRGBA64(b), "CMYK": image.NewCMYK(b),
	}
	all := map[string]image.Image{"RGBA": m}
	for name, kind := range kinds {
		draw.Draw(kind, b, m, b.Min, draw.Src)
		all[name] = kind
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		y := image.NewYCbCr(b, ratio)
		for py := range b.Dy() {
			for px := range b.Dx() {
				c := m.RGBAAt(px, py)
				y.Y[y.YOffset(px, py)], y.Cb[y.COffset(px, py)], y.Cr[y.COffset(px, py)] = color.RGBToYCbCr(c.R, c.G, c.B)
			}
		}
		all[ratio.String()] = y
	}
	return all
}

func TestHalvingKeepsTheColours(t *testing.T) {
	plain := image.NewRGBA(image.Rect(0, 0, 1, 1))
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 70).Draw(t, "width"), rapid.IntRange(1, 300).Draw(t, "height")
		c := color.RGBA{rapid.Byte().Draw(t, "red"), rapid.Byte().Draw(t, "green"), rapid.Byte().Draw(t, "blue"), 255}
		plain = image.NewRGBA(image.Rect(0, 0, w, h))
		draw.Draw(plain, plain.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		for kind, m := range variants(plain) {
			half := halve(m)
			if half.Bounds() != image.Rect(0, 0, max(1, w/2), max(1, h/2)) {
				t.Fatalf("%s: %d × %d became %v", kind, w, h, half.Bounds())
			}
			for y := range half.Bounds().Dy() {
				for x := range half.Bounds().Dx() {
					r, g, b, _ := half.At(x, y).RGBA()
					if far(r, c.R) || far(g, c.G) || far(b, c.B) {
						t.Fatalf("%s of %d × %d: %v at %d, %d, want %v", kind, w, h, half.At(x, y), x, y, c)
					}
				}
			}
		}
	})
}

func far(got uint32, want uint8) bool {
	d := int(got>>8) - int(want)
	return d < -3 || d > 3
}

func TestShrunkPicturesLookAlike(t *testing.T) {
	m := scene(3, 1001, 667)
	r, g, b := mean(m)
	want := HashOf(m)
	for kind, v := range variants(m) {
		small := shrink(v, 200)
		if small.Rect != image.Rect(0, 0, 200, 133) {
			t.Errorf("%s: shrunk to %v", kind, small.Rect)
		}
		sr, sg, sb := mean(small)
		if abs(sr-r) > 3 || abs(sg-g) > 3 || abs(sb-b) > 3 {
			t.Errorf("%s: mean colour %.0f %.0f %.0f, was %.0f %.0f %.0f", kind, sr, sg, sb, r, g, b)
		}
		if d := HashOf(small).Distance(want); d > 3 {
			t.Errorf("%s: the shrunk picture is %d bits away", kind, d)
		}
	}
}

func abs(v float64) float64 { return max(v, -v) }
