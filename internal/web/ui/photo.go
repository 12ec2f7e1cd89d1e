package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Photo is a picture with its size, so that nothing moves while it loads, and its words.
type Photo struct {
	URL    string
	SrcSet string // "…/480.jpg 480w, …/1280.jpg 1280w"
	Alt    string
	Width  int // of the file at URL; 4 by 3 is assumed when unknown
	Height int
	Link   string // to the large picture
	Note   string // a line below
}

func (p Photo) width() string {
	if p.Width == 0 {
		return "1280"
	}
	return strconv.Itoa(p.Width)
}

func (p Photo) height() string {
	if p.Height == 0 {
		return "960"
	}
	return strconv.Itoa(p.Height)
}

func heroClass(h HeroProps) string {
	class := "hero"
	if h.Quiet {
		class += " hero--quiet"
	}
	if h.Photo.URL != "" {
		class += " hero--photo"
	}
	return class
}

// srcset is the choice of sizes of a picture as wide as the window; none when there is only one.
func srcset(sources string) templ.Attributes {
	if sources == "" {
		return nil
	}
	return templ.Attributes{"srcset": sources, "sizes": "100vw"}
}
