package scene

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// Slip is the photograph of a weighing slip: a carrier's paper with a weight, on a table.
func Slip(seed uint64, grams int64) []byte {
	r := rand.New(rand.NewPCG(seed, 9))
	const w, h = 640, 480
	c := newCanvas(w, h, newNoise(r))
	c.fill([]point{{0, 0}, {w, 0}, {w, h}, {0, h}}, func(x, y float32) rgb { return hex(0x8a6f52).scale(.8 + .4*c.noise.rough(x/90, y/4)) }, 1)
	c.fill([]point{{122, 44}, {530, 36}, {540, 448}, {118, 440}}, flat(hex(0x2a2118)), .35)
	c.fill([]point{{112, 32}, {520, 26}, {528, 436}, {106, 430}}, func(x, y float32) rgb { return hex(0xf4f0e4).scale(.95 + .06*c.noise.rough(x/40, y/40)) }, 1)
	img := c.picture(rgb{1, 1, 1})
	write := func(x, y int, text string) {
		d := font.Drawer{Dst: img, Src: image.NewUniform(color.RGBA{40, 44, 60, 255}), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
		d.DrawString(text)
	}
	write(250, 70, "PHIEU CAN")
	write(140, 120, fmt.Sprintf("So: %05d", seed%100000))
	write(140, 150, "Hang: rac thu gom")
	write(140, 180, fmt.Sprintf("Khoi luong: %d kg", grams/1000))
	write(140, 210, "Noi nhan: bai tiep nhan")
	draw.Draw(img, image.Rect(140, 240, 500, 242), image.NewUniform(color.RGBA{90, 90, 100, 255}), image.Point{}, draw.Src)
	write(380, 280, "Nguoi can")
	return encode(img)
}
