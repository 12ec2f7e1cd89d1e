package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"
)

// photoNames are the stand-ins for photos that the samples refer to.
var photoNames = []string{"river-before.jpg", "river-after.jpg", "beach-before.jpg", "beach-after.jpg"}

const photoWidth, photoHeight = 960, 720

type ground struct{ skyTop, skyLow, far, mid, near, nearDark color.RGBA }

var grounds = map[string]ground{
	"river": {color.RGBA{150, 190, 214, 255}, color.RGBA{232, 232, 214, 255}, color.RGBA{112, 146, 140, 255}, color.RGBA{104, 144, 146, 255}, color.RGBA{112, 138, 74, 255}, color.RGBA{62, 88, 42, 255}},
	"beach": {color.RGBA{120, 178, 212, 255}, color.RGBA{240, 226, 204, 255}, color.RGBA{96, 142, 156, 255}, color.RGBA{82, 146, 164, 255}, color.RGBA{216, 194, 150, 255}, color.RGBA{170, 146, 106, 255}},
}

// samplePhoto draws a bank or a beach in the morning haze, with litter or without.
func samplePhoto(name string) ([]byte, bool) {
	place, when, _ := strings.Cut(strings.TrimSuffix(name, ".jpg"), "-")
	g, ok := grounds[place]
	if !ok || (when != "before" && when != "after") {
		return nil, false
	}
	random := rand.New(rand.NewPCG(7, uint64(len(place))))
	img := image.NewRGBA(image.Rect(0, 0, photoWidth, photoHeight))
	for y := range photoHeight {
		for x := range photoWidth {
			img.SetRGBA(x, y, g.at(float64(x)/photoWidth, float64(y)/photoHeight, random.Float64()))
		}
	}
	if when == "before" {
		litter(img, random)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 82}); err != nil {
		return nil, false
	}
	return b.Bytes(), true
}

// at is the colour at a place of the picture (0 to 1), roughened by grain.
func (g ground) at(x, y, grain float64) color.RGBA {
	hills := 0.36 - 0.06*math.Sin(x*5+1) - 0.025*math.Sin(x*13)
	shore := 0.52 + 0.05*math.Sin(x*3.2+0.6) + 0.012*math.Sin(x*17)
	switch {
	case y < hills:
		return mix(g.skyTop, g.skyLow, y/hills, 4*grain)
	case y < 0.42:
		return mix(g.far, g.skyLow, 0.25+0.5*(y-hills), 10*grain)
	case y < shore:
		wave := 0.5 + 0.5*math.Sin(y*260+6*math.Sin(x*9))
		return mix(g.mid, g.skyLow, 0.15+0.35*wave*(shore-y)/0.15, 12*grain)
	}
	depth := (y - shore) / (1 - shore)
	tuft := 0.5 + 0.5*math.Sin(x*90+y*40+5*math.Sin(y*31))
	return mix(g.near, g.nearDark, 0.25+0.35*depth+0.3*tuft*depth, 44*grain)
}

func mix(a, b color.RGBA, t, noise float64) color.RGBA {
	part := func(p, q uint8) uint8 {
		return uint8(max(0, min(255, float64(p)*(1-t)+float64(q)*t+noise-22)))
	}
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

var litterColors = []color.RGBA{{236, 240, 242, 255}, {58, 112, 182, 255}, {198, 62, 54, 255}, {240, 206, 86, 255}, {66, 62, 60, 255}, {170, 206, 214, 255}}

// litter strews bags, bottles and scraps over the foreground, larger towards the viewer.
func litter(img *image.RGBA, random *rand.Rand) {
	for range 130 {
		y := 0.6 + 0.38*random.Float64()
		cx, cy := random.Float64()*photoWidth, y*photoHeight
		w, h := (6+22*random.Float64())*(y-0.4)*2.2, (4+12*random.Float64())*(y-0.4)*2.2
		turn := random.Float64() * math.Pi
		c := litterColors[random.IntN(len(litterColors))]
		for dy := -w; dy <= w; dy++ {
			for dx := -w; dx <= w; dx++ {
				u, v := dx*math.Cos(turn)+dy*math.Sin(turn), dy*math.Cos(turn)-dx*math.Sin(turn)
				if math.Pow(math.Abs(u)/w, 3)+math.Pow(math.Abs(v)/h, 3) > 1 {
					continue
				}
				shade := 0.45 * (v/h + 0.6)
				img.SetRGBA(int(cx+dx), int(cy+dy), mix(c, color.RGBA{40, 40, 36, 255}, max(0, min(0.6, shade)), 22+10*random.Float64()))
			}
		}
	}
}
