package scene

import (
	"bytes"
	"image/jpeg"
	"testing"
)

func TestSameSpotSamePicture(t *testing.T) {
	spot := Spot{Seed: 7, Place: Street, People: 3}
	a, b := spot.JPEG(After), spot.JPEG(After)
	if !bytes.Equal(a, b) {
		t.Error("one spot gave two pictures")
	}
	if bytes.Equal(a, spot.JPEG(Before)) {
		t.Error("before and after are the same")
	}
	if bytes.Equal(a, Spot{Seed: 8, Place: Street, People: 3}.JPEG(After)) {
		t.Error("two spots are the same")
	}
}

func TestEveryPlaceIsAPhotograph(t *testing.T) {
	for p := range places {
		for _, phase := range []Phase{Before, During, After} {
			cfg, err := jpeg.DecodeConfig(bytes.NewReader(Spot{Seed: 3, Place: p, People: 2}.JPEG(phase)))
			if err != nil || cfg.Width != Width || cfg.Height != Height {
				t.Errorf("place %d, phase %d: %v, %v", p, phase, cfg, err)
			}
		}
	}
}

func BenchmarkPhotograph(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		Spot{Seed: uint64(i), Place: PlaceFor(i), People: 3}.JPEG(Before)
	}
}
