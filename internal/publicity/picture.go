package publicity

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
	paperfont "sachhon/internal/paper/font"
)

// faces are read once; a face of one size is not safe for two at once, so each picture makes its own.
var faces = sync.OnceValues(func() ([2]*opentype.Font, error) {
	var out [2]*opentype.Font
	for i, bold := range []bool{false, true} {
		f, err := opentype.Parse(paperfont.Style{Face: paper.Sans, Bold: bold}.TTF())
		if err != nil {
			return out, err
		}
		out[i] = f
	}
	return out, nil
})

// painter writes on a picture.
type painter struct {
	img *image.RGBA
	err error
}

func rgba(c paper.Color) color.RGBA { return color.RGBA{c.R, c.G, c.B, 255} }

func (p *painter) fill(x, y, w, h int, c paper.Color) {
	draw.Draw(p.img, image.Rect(x, y, x+w, y+h), image.NewUniform(rgba(c)), image.Point{}, draw.Src)
}

// text writes lines that are no wider than w, smaller until they are no higher than h, and returns where it ended.
func (p *painter) text(x, y, w, h int, size float64, bold bool, c paper.Color, s string) int {
	if p.err != nil {
		return y
	}
	for {
		face, err := newFace(size, bold)
		if err != nil {
			p.err = err
			return y
		}
		rows := wrap(face, s, w)
		high := int(size*1.25) * len(rows)
		if high <= h || size < 12 {
			d := font.Drawer{Dst: p.img, Src: image.NewUniform(rgba(c)), Face: face}
			for i, row := range rows {
				d.Dot = fixed.P(x, y+int(size)+int(size*1.25)*i)
				d.DrawString(row)
			}
			p.err = face.Close()
			return y + high
		}
		if p.err = face.Close(); p.err != nil {
			return y
		}
		size *= 0.94
	}
}

func newFace(size float64, bold bool) (font.Face, error) {
	fonts, err := faces()
	if err != nil {
		return nil, err
	}
	f := fonts[0]
	if bold {
		f = fonts[1]
	}
	return opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
}

// wrap breaks a text at its spaces.
func wrap(face font.Face, s string, w int) []string {
	var rows []string
	row := ""
	for word := range strings.FieldsSeq(s) {
		longer := strings.TrimSpace(row + " " + word)
		if row != "" && font.MeasureString(face, longer).Ceil() > w {
			rows, row = append(rows, row), word
			continue
		}
		row = longer
	}
	return append(rows, row)
}

// pictured is what stands on a share picture: all of it, so that its key tells when another one must be drawn.
type pictured struct {
	Organ, Title string
	Figures      [][2]string // each with its word
	AsOf         string      // of the figures
	Named, Days  string      // the challenge and its days, where there are no figures yet
}

func (s *Story) pictured() pictured {
	vi := lang.New("vi")
	p := pictured{Organ: s.Unit.Organ(), Title: s.Article.Parts["title"]}
	if s.Numbers.Any() {
		p.Figures, p.AsOf = s.Numbers.told(vi), s.asOf(vi)
	} else {
		p.Named, p.Days = s.Challenge.Title, s.between(vi)
	}
	return p
}

// PictureKey is another one whenever the share picture of the story would look different.
func PictureKey(s *Story) string {
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", s.pictured())))
}

// SharePicture draws what social networks show beside a link to the story: 1200 × 630, drawn by us, with the numbers.
func SharePicture(s *Story) ([]byte, error) {
	const w, h = 1200, 630
	p := &painter{img: image.NewRGBA(image.Rect(0, 0, w, h))}
	p.fill(0, 0, w, h, leafDeep)
	for x := range w { // the hills behind the river, and the river
		t := float64(x) / w
		far, near := int(wave(t*5.3+0.2)*70+wave(t*9.1)*24), int(wave(t*3.7+0.9)*54+wave(t*7.9)*16)
		p.fill(x, h-210-far, 1, 210+far, paper.Color{R: 0x20, G: 0x62, B: 0x33})
		p.fill(x, h-176-near, 1, 176+near, leaf)
	}
	p.fill(0, h-176, w, 176, cream)
	said := s.pictured()
	p.text(64, 48, w-128, 44, 30, true, straw, said.Organ)
	p.text(64, 100, w-128, 230, 64, true, white, said.Title)
	if said.AsOf != "" {
		for i, f := range said.Figures {
			x := 64 + i*272
			p.text(x, h-166, 260, 70, 56, true, leaf, f[0])
			p.text(x, h-94, 260, 34, 24, false, ink, f[1])
		}
		p.text(64, h-46, w-128, 26, 19, false, inkSoft, said.AsOf)
	} else {
		p.text(64, h-150, w-128, 60, 40, true, leaf, said.Named)
		p.text(64, h-84, w-128, 40, 28, false, inkSoft, said.Days)
	}
	if p.err != nil {
		return nil, p.err
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, p.img); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
