package ui

import (
	"context"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/web/asset"
)

// Tone is the voice a page or element speaks in.
type Tone string

// The tones: the challenge itself, and official matters such as letters and decisions.
const (
	ToneChallenge Tone = ""
	ToneOfficial  Tone = "official"
)

// Script names a bundle that a page asks for besides the one every page has.
type Script string

// The bundles that only some pages need.
const (
	ScriptMap    Script = "map.js"
	ScriptPhotos Script = "photos.js"
	ScriptOffice Script = "office.js"
)

// Page is everything the frame around a page shows. The server fills what is the same everywhere (navigation, person,
// languages, notice); the page adds its title, section and tone.
type Page struct {
	Title       string
	Description string
	Path        string // of this page with its query: sign-in and the demo bar come back to it
	Tone        Tone
	Section     string // key of the current navigation item
	Nav         []NavItem
	Crumbs      []Link // the way here, without this page
	Languages   []Language
	Person      *Person
	SignInURL   string
	Flash       []Flash
	Notice      string // shown on every page, e.g. that the entrants are synthetic
	Demo        *DemoBar
	Scripts     []Script
	Bleed       bool   // the page opens with a Hero that reaches the edges
	Narrow      bool   // forms and reading: a column of comfortable line length
	NoIndex     bool   // keep search engines away
	Await       int    // seconds after which a browser without scripts asks again, while something is made; 0 never
	FeedURL     string // Atom feed of this page, when there is one
	Share       *Share // how it looks where somebody shares its address
}

// Share is what Open Graph tells other sites about a page beside its title and description. Its addresses are whole.
type Share struct {
	Type          string // "article"
	URL           string
	Image         string
	Width, Height int
}

// Link is a text that leads somewhere.
type Link struct {
	Text string
	URL  string
}

// NavItem is one entry of the main navigation; Count, when not zero, says how much waits there.
type NavItem struct {
	Section string
	Text    string
	URL     string
	Count   int
}

// Language is one way to read this page.
type Language struct {
	Tag     string // "vi"
	Name    string // in that language itself
	URL     string
	Current bool
}

// Person is who is signed in.
type Person struct {
	Name    string
	Role    string // in words, with the unit: "Văn thư, UBND phường Tứ Hạ"
	Links   []Link
	SignOut string // the form is posted here
}

// Flash is a message about what just happened.
type Flash struct {
	Kind AlertKind
	Text string
}

// DemoBar is the strip of the demo: its clock and one-click sign-in. Both are plain POST forms, to /demo/clock with
// "advance" (1h or 24h) and to /demo/sign-in with "person"; both carry "return".
type DemoBar struct {
	Now    clock.Time
	People []DemoPerson
}

// DemoPerson is somebody the demo signs in with one click.
type DemoPerson struct {
	Value   string // posted as "person"
	Text    string // the role in words
	Current bool
}

func (p Page) title(ctx context.Context) string {
	name := T(ctx, "ui.product")
	if p.Title == "" {
		return name
	}
	return p.Title + " · " + name
}

func (p Page) bodyClass() string {
	class := "page"
	if p.Tone != "" {
		class += " tone-" + string(p.Tone)
	}
	return class
}

func (p Page) mainClass() string {
	class := "main"
	if p.Bleed {
		class += " main--bleed"
	}
	if p.Narrow {
		class += " main--narrow"
	}
	return class
}

func assetURL(name string) string { return asset.URL(name) }

func current(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
