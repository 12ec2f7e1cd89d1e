package scene

import (
	"bytes"
	"image/jpeg"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/imaging"
)

func TestSameSpotSamePicture(t *testing.T) {
	spot := Spot{Seed: 7, Place: Street, People: 3}
	a, b := spot.Photographs(Before, After), spot.Photographs(After, Before)
	if !bytes.Equal(a[0], b[1]) || !bytes.Equal(a[1], b[0]) {
		t.Error("one spot gave two pictures")
	}
	if bytes.Equal(a[0], a[1]) {
		t.Error("before and after are the same")
	}
	if other := (Spot{Seed: 8, Place: Street, People: 3}).Photographs(After); bytes.Equal(other[0], a[1]) {
		t.Error("two spots are the same")
	}
}

func TestEveryPlaceIsAPhotograph(t *testing.T) {
	for p := range places {
		for phase, photo := range (Spot{Seed: 3, Place: p, People: 2}).Photographs(Before, During, After) {
			cfg, err := jpeg.DecodeConfig(bytes.NewReader(photo))
			if err != nil || cfg.Width != Width || cfg.Height != Height {
				t.Errorf("place %d, phase %d: %v, %v", p, phase, cfg, err)
			}
		}
	}
}

func BenchmarkPhotographs(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		Spot{Seed: uint64(i), Place: Place(i % int(places)), People: 3}.Photographs(Before, After)
	}
}

func TestTakenIsRead(t *testing.T) {
	at := time.Date(2024, 6, 9, 7, 41, 5, 0, clock.Zone)
	photo := Taken(Spot{Seed: 1, Place: Park}.Photographs(Before)[0], at)
	if _, err := jpeg.Decode(bytes.NewReader(photo)); err != nil {
		t.Fatal(err)
	}
	facts := imaging.ReadFacts(bytes.NewReader(photo), imaging.JPEG)
	if !facts.Taken.Equal(at) || !facts.ZoneKnown {
		t.Errorf("taken at %v, zone known: %t; want %v", facts.Taken, facts.ZoneKnown, at)
	}
}
