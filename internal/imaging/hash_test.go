package imaging

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

func TestHashKnowsTheSceneAgain(t *testing.T) {
	for seed := range uint64(12) {
		m := scene(seed, 320, 240)
		original := HashOf(m)
		if original.Distance(original) != 0 {
			t.Fatal("a picture differs from itself")
		}

		brighter := image.NewRGBA(m.Rect)
		for i := range m.Pix {
			brighter.Pix[i] = uint8(min(255, int(m.Pix[i])+12))
		}
		captioned := image.NewRGBA(m.Rect)
		copy(captioned.Pix, m.Pix)
		draw.Draw(captioned, image.Rect(0, 232, 320, 240), image.NewUniform(color.White), image.Point{}, draw.Src)
		for name, same := range map[string]*image.RGBA{
			"shrunk":    shrink(m, 160),
			"encoded":   shrink(open(t, must(encode(m, 40))(t)), 640),
			"brighter":  brighter,
			"captioned": captioned,
		} {
			if d := HashOf(same).Distance(original); d > NearDuplicate {
				t.Errorf("scene %d, %s: %d bits away", seed, name, d)
			}
		}
		for other := range seed {
			if d := HashOf(scene(other, 320, 240)).Distance(original); d <= NearDuplicate {
				t.Errorf("scenes %d and %d are %d bits apart", seed, other, d)
			}
		}
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestHashOfAnySize(t *testing.T) {
	for _, size := range []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(0, 0, 5, 900), image.Rect(0, 0, 33, 31)} {
		m, same := image.NewRGBA(size), image.NewRGBA(size)
		if HashOf(m) != HashOf(same) {
			t.Errorf("%v: two hashes of one picture", size)
		}
	}
}
