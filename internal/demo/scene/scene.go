package scene

import (
	"bytes"
	"image"
	"image/jpeg"
	"math/rand/v2"
)

// Place is the kind of spot a photograph shows.
type Place int

// The places, as a coastal province has them.
const (
	Beach Place = iota
	Riverbank
	Canal
	Street
	Park
	places
)

// Phase is when the photograph was taken.
type Phase int

// The phases of a clean-up.
const (
	Before Phase = iota
	During
	After
)

// Spot describes one place to be photographed; the same spot gives the same view in every phase.
type Spot struct {
	Seed   uint64
	Place  Place
	People int     // at work or beside the full bags
	Rubble float32 // share of construction waste among the litter, 0 to 1
	Green  float32 // share of plants and branches
}

// Size of the photographs in pixels.
const (
	Width  = 896
	Height = 672
)

// view is a spot while it is painted: the same random numbers build the place in each phase, others its litter.
type view struct {
	*canvas
	spot    Spot
	place   *rand.Rand
	detail  *rand.Rand
	horizon float32
	near    float32 // where the ground begins
	left    bool    // where the full bags stand
}

// Photographs returns the spot in the given phases, as a phone would store it, without any metadata. The land is
// painted once.
func (s Spot) Photographs(phases ...Phase) [][]byte {
	place := rand.New(rand.NewPCG(s.Seed, 1))
	land := &view{
		canvas: newCanvas(Width, Height, newNoise(place)), spot: s, place: place,
		horizon: float32(Height) * (.34 + .08*place.Float32()), left: place.IntN(2) == 0,
	}
	land.sky()
	switch s.Place {
	case Beach:
		land.beach()
	case Canal:
		land.canal()
	case Street:
		land.street()
	case Park:
		land.park()
	default:
		land.riverbank()
	}
	photos := make([][]byte, len(phases))
	for i, phase := range phases {
		v := *land
		v.canvas = land.clone()
		v.detail = rand.New(rand.NewPCG(s.Seed, uint64(phase)+2))
		photos[i] = encode(v.happen(phase))
	}
	return photos
}

// happen paints what changes between the phases.
func (v *view) happen(phase Phase) image.Image {
	if v.spot.Place == Canal {
		v.hyacinth(phase)
	}
	switch phase {
	case Before:
		v.litter(110+v.detail.IntN(50), 1)
	case During:
		v.litter(45, 1)
		v.people(v.spot.People, true)
	case After:
		v.litter(2+v.detail.IntN(3), .5)
		v.bags(5 + v.spot.People/2 + v.detail.IntN(5))
		v.people(v.spot.People, false)
	}
	// The morning is cooler than the hour when everybody is done.
	light := rgb{1.0, .995, 1.0}
	if phase == After {
		light = rgb{1.06, 1.03, .97}
	}
	return v.picture(light)
}

func encode(img image.Image) []byte {
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: 82}); err != nil {
		panic("scene: encoding into memory failed: " + err.Error())
	}
	return buf.Bytes()
}

// between draws a number from a range.
func between(r *rand.Rand, low, high float32) float32 { return low + (high-low)*r.Float32() }

// pick draws one of several colours.
func pick(r *rand.Rand, colours ...uint32) rgb { return hex(colours[r.IntN(len(colours))]) }

// depth is how large a thing at height y looks: small at the horizon, full at the lower edge.
func (v *view) depth(y float32) float32 {
	return .16 + .84*clamp((y-v.horizon)/(Height-v.horizon))
}
