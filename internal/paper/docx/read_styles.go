package docx

import (
	"archive/zip"
	"encoding/xml"
)

const maxStyles = 5_000

// styles reads which styles number their paragraphs, show capitals or use an old font.
func (r *reader) styles(f *zip.File) error {
	r.named = map[string]style{}
	id, def := "", false
	var now style
	return walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "style":
				id, now = attr(t, "styleId"), style{}
				def = attr(t, "type") == "paragraph" && (attr(t, "default") == "1" || attr(t, "default") == "true")
			case "basedOn":
				now.basedOn = attr(t, "val")
			case "numId":
				now.list.num = attr(t, "val")
			case "ilvl":
				now.list.level = level(attr(t, "val"))
			case "caps":
				now.capitals = on(t)
			case "rFonts":
				now.font = fontOf(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "docDefaults":
				r.plain = now
			case "style":
				if len(r.named) >= maxStyles {
					return tooLarge()
				}
				if r.named[id] = now; def {
					r.named[""] = now
				}
			}
		}
		return nil
	})
}

// maxBased is how many styles are followed upwards.
const maxBased = 12

// style returns a style with what it takes over from those it is based on.
func (r *reader) style(id string) style {
	s := r.named[id]
	for up, n := s.basedOn, 0; up != "" && n < maxBased; n++ {
		base := r.named[up]
		if s.list.num == "" {
			s.list = base.list
		}
		if s.font == "" {
			s.font = base.font
		}
		s.capitals = s.capitals || base.capitals
		up = base.basedOn
	}
	return s
}
