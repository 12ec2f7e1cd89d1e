package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/paper"
)

// ReadForm returns how a DOCX file is set. It fails like Read.
func ReadForm(b []byte) (paper.Form, error) {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return paper.Form{}, fault.Invalid.With("docx.fault.broken").Because(err)
	}
	if len(archive.File) > maxEntries {
		return paper.Form{}, tooLarge()
	}
	parts := map[string]*zip.File{}
	for _, f := range archive.File {
		if _, twice := parts[f.Name]; !twice {
			parts[f.Name] = f
		}
	}
	main := mainPart(parts)
	if parts[main] == nil {
		return paper.Form{}, fault.Unsupported.With("docx.fault.notDocument")
	}
	folder := path.Dir(main)
	r := &formReader{styles: map[string]named{}, targets: map[string]string{}, numbers: map[string]paper.Number{}, parts: parts, folder: folder}
	for _, step := range []struct {
		name string
		read func(*zip.File) error
	}{
		{path.Join(folder, "theme/theme1.xml"), r.theme},
		{path.Join(folder, "styles.xml"), r.readStyles},
		{path.Join(folder, "_rels", path.Base(main)+".rels"), r.rels},
		{main, r.document},
		{"docProps/app.xml", r.app},
	} {
		if err := step.read(parts[step.name]); err != nil {
			return paper.Form{}, err
		}
	}
	r.out.Ease = 0.3
	return r.out, nil
}

// look is what a style or a paragraph says of itself; nil where it says nothing.
type look struct {
	font, color, align *string
	size               *float64
	bold, italic       *bool
	first, left, right *float64
	before, after      *float64
	line               *float64
	label              *bool
	under, underline   *bool // a border below the paragraph, and a line below the letters
}

// over lays what is said more closely over what is said in general.
func (l look) over(base look) look {
	for _, p := range []struct{ mine, base **string }{{&l.font, &base.font}, {&l.color, &base.color}, {&l.align, &base.align}} {
		if *p.mine == nil {
			*p.mine = *p.base
		}
	}
	for _, p := range []struct{ mine, base **float64 }{
		{&l.size, &base.size}, {&l.first, &base.first}, {&l.left, &base.left}, {&l.right, &base.right}, {&l.before, &base.before}, {&l.after, &base.after}, {&l.line, &base.line},
	} {
		if *p.mine == nil {
			*p.mine = *p.base
		}
	}
	for _, p := range []struct{ mine, base **bool }{{&l.bold, &base.bold}, {&l.italic, &base.italic}, {&l.label, &base.label}, {&l.under, &base.under}, {&l.underline, &base.underline}} {
		if *p.mine == nil {
			*p.mine = *p.base
		}
	}
	return l
}

type named struct {
	basedOn string
	look    look
}

// formReader goes through the parts of one file.
type formReader struct {
	parts    map[string]*zip.File
	folder   string
	major    string // fonts of the theme
	minor    string
	defaults look
	plain    string // the style of paragraphs that name none
	styles   map[string]named
	targets  map[string]string       // parts by the names that the document gives them
	numbers  map[string]paper.Number // of headers and footers, by part
	out      paper.Form
}

func (r *formReader) theme(f *zip.File) error {
	into := (*string)(nil)
	return walk(f, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok {
			switch e.Name.Local {
			case "majorFont":
				into = &r.major
			case "minorFont":
				into = &r.minor
			case "latin":
				if into != nil && *into == "" {
					*into = attr(e, "typeface")
				}
			}
		}
		return nil
	})
}

func (r *formReader) app(f *zip.File) error {
	in := false
	return walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local == "Pages"
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in {
				r.out.Pages = min(number(strings.TrimSpace(string(t))), 9_999)
			}
		}
		return nil
	})
}

func (r *formReader) rels(f *zip.File) error {
	return walk(f, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			r.targets[attr(e, "Id")] = path.Join(r.folder, attr(e, "Target"))
		}
		return nil
	})
}

func (r *formReader) readStyles(f *zip.File) error {
	id, into := "", (*look)(nil)
	var open named
	return walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "docDefaults":
				into = &r.defaults
			case "style":
				if id = attr(t, "styleId"); attr(t, "type") == "paragraph" && attr(t, "default") == "1" {
					r.plain = id
				}
				open = named{}
				into = &open.look
			case "basedOn":
				open.basedOn = attr(t, "val")
			default:
				if into != nil {
					r.property(into, t)
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "docDefaults":
				into = nil
			case "style":
				if len(r.styles) < maxLists {
					r.styles[id] = open
				}
				into = nil
			}
		}
		return nil
	})
}

// style is a style with what it is based on.
func (r *formReader) style(id string) look {
	out := look{}
	for range 12 { // styles may be based on each other in a ring
		s, ok := r.styles[id]
		if !ok {
			break
		}
		out, id = out.over(s.look), s.basedOn
	}
	return out.over(r.defaults)
}

// isLine tells whether a border is one that is drawn.
func isLine(e xml.StartElement) bool {
	val := attr(e, "val")
	return val != "" && val != "none" && val != "nil"
}

// property takes over what an element of pPr or rPr says.
func (r *formReader) property(l *look, e xml.StartElement) {
	text := func(s string) *string { return &s }
	flag := func(b bool) *bool { return &b }
	points := func(name string, unit float64) *float64 {
		n, err := strconv.ParseFloat(attr(e, name), 64)
		if err != nil || n < -1e6 || n > 1e6 {
			return nil
		}
		n /= unit
		return &n
	}
	set := func(into **float64, value *float64) {
		if value != nil {
			*into = value
		}
	}
	switch e.Name.Local {
	case "rFonts":
		switch theme := attr(e, "asciiTheme"); {
		case strings.HasPrefix(theme, "major"):
			l.font = &r.major
		case theme != "":
			l.font = &r.minor
		case fontOf(e) != "":
			l.font = text(fontOf(e))
		}
	case "sz":
		set(&l.size, points("val", 2))
	case "b":
		l.bold = flag(on(e))
	case "i":
		l.italic = flag(on(e))
	case "u":
		l.underline = flag(attr(e, "val") != "none")
	case "bottom":
		l.under = flag(isLine(e))
	case "color":
		l.color = text(attr(e, "val"))
	case "jc":
		l.align = text(attr(e, "val"))
	case "ind":
		set(&l.left, points("left", 20))
		set(&l.left, points("start", 20))
		set(&l.right, points("right", 20))
		set(&l.right, points("end", 20))
		set(&l.first, points("firstLine", 20))
		if hang := points("hanging", 20); hang != nil {
			back := -*hang
			l.first = &back
		}
	case "numPr":
		l.label = flag(true)
	case "numId":
		l.label = flag(attr(e, "val") != "0")
	case "spacing":
		set(&l.before, points("before", 20))
		set(&l.after, points("after", 20))
		if auto := attr(e, "lineRule"); auto == "exact" || auto == "atLeast" {
			if exact := points("line", 20); exact != nil {
				lines := -*exact // of which the size is not known here
				l.line = &lines
			}
		} else {
			set(&l.line, points("line", 240))
		}
	}
}
