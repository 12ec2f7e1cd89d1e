package decree

import (
	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// rules looks for the lines that the decree has below the motto, the issuer and the abstract. A shape that was dragged there may
// be any of them: who drew some is believed to have drawn those that are not found otherwise.
func (c *formChecker) rules() {
	last, end, numbered := map[string]int{}, 0, false
heading:
	for i, p := range c.parts {
		switch p.role {
		case "body", "salutation":
			break heading
		case "motto", "organ", "abstract":
			last[p.role], end = i, i
		case "number":
			end, numbered = i, true
		case "date", "about", "type", "nation", "superior":
			end = i
		case "":
			if _, begun := last["organ"]; begun && !numbered && lang.IsUpper(p.Text) { // a line of its name that was not told
				last["organ"], end = i, i
			}
		}
	}
	for _, p := range c.parts[:min(end+2, len(c.parts))] { // what is anchored below the heading may stand in it
		if p.Shapes > 0 {
			return
		}
	}
	for _, role := range []string{"motto", "organ", "abstract"} {
		if i, found := last[role]; found && c.parts[i].Under == paper.Absent {
			c.add(role+"Rule", c.parts[i].at(), "Text", c.parts[i].quoted())
		}
	}
}
