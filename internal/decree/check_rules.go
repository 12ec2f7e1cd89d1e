package decree

import "sachhon/internal/paper"

// rules looks for the lines that the decree has below the motto, the issuer and the abstract. A shape that was dragged there may
// be any of them: who drew some is believed to have drawn those that are not found otherwise.
func (c *formChecker) rules() {
	last, end := map[string]int{}, 0
	for i, p := range c.parts {
		if p.role == "body" || p.role == "salutation" {
			break
		}
		switch p.role {
		case "motto", "organ", "abstract":
			if p.role == "organ" && c.parts[i].line < c.parts[max(0, last["organ"])].line {
				continue
			}
			last[p.role], end = i, i
		case "number", "date", "about", "type", "nation", "superior":
			end = i
		}
	}
	shapes := 0
	for _, p := range c.parts[:min(end+2, len(c.parts))] { // what is anchored below the heading may stand in it
		shapes += p.Shapes
	}
	var bare []part
	for _, role := range []string{"motto", "organ", "abstract"} {
		if i, found := last[role]; found && c.parts[i].Under == paper.Absent {
			bare = append(bare, c.parts[i])
		}
	}
	if shapes > 0 {
		return
	}
	for _, p := range bare {
		c.add(p.role+"Rule", p.at(), "Text", p.quoted())
	}
}
