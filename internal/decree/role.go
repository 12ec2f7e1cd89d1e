package decree

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// roleFinder tells what a line of a letter is, by what was read of it.
type roleFinder struct {
	official  bool
	lines     map[int]string // components by their lines
	signer    string         // all that is said of who signs
	superior  string         // the name of the organ above, of which several lines may be
	head, end int            // the content stands between them
}

func roles(lines []string, r letter.Reading) roleFinder {
	k := roleFinder{official: r.Type == nil || isOfficial(r.Type.Value), lines: map[int]string{}, end: len(lines) + 1}
	mark := func(role string, at letter.Lines) {
		for no := at[0]; no > 0 && no <= at[1]; no++ {
			if k.lines[no] == "" {
				k.lines[no] = role
			}
		}
	}
	above := func(at letter.Lines) { k.head = max(k.head, at[1]) }
	for _, one := range []struct {
		role  string
		field *letter.Field[string]
	}{{"superior", r.Superior}, {"organ", r.Organ}, {"number", r.Symbol}, {"number", r.Notation}, {"type", r.Type}, {"abstract", r.Subject}} {
		if one.field == nil {
			continue
		}
		role := one.role
		if role == "abstract" && k.official {
			role = "about"
		}
		if role == "type" && (k.official || r.Subject == nil) {
			continue // a letter's type stands nowhere
		}
		mark(role, one.field.Lines)
		above(one.field.Lines)
	}
	if r.Superior != nil {
		k.superior = upper(r.Superior.Value)
	}
	if r.Date != nil {
		mark("date", r.Date.Lines)
		above(r.Date.Lines)
	}
	for _, a := range r.Addressees {
		mark("salutation", a.Lines)
		above(a.Lines)
	}
	foot := func(no int) {
		if no > k.head {
			k.end = min(k.end, no)
		}
	}
	for _, f := range r.Recipients {
		mark("recipientsList", f.Lines)
		foot(f.Lines[0])
	}
	if r.Signer != nil {
		signer := r.Signer.Value
		k.signer = upper(strings.Join(append(slices.Clone(signer.Capacity), signer.Position, signer.Name), "\n"))
		mark("signer", r.Signer.Lines)
		foot(r.Signer.Lines[0])
	}
	for i := len(lines); i > k.head; i-- {
		if strings.HasPrefix(lang.Fold(strings.TrimSpace(lines[i-1])), "noi nhan") {
			foot(i)
			break
		}
	}
	return k
}

// reDrafter is the mark of who drafted it, with how many are printed: "PL.(300)".
var reDrafter = regexp.MustCompile(`^\p{Lu}{1,6}\.(?:\s?\(\d{1,4}\))?$`)

// of is the role of a paragraph on a line. Two columns may share one, so that its own text counts first.
func (k roleFinder) of(text string, no int, inTable bool) string {
	switch folded := lang.Fold(text); {
	case no <= headEnd && lang.IsUpper(text) && StampWidth(folded) > 0:
		return "urgency"
	case no > k.end && reDrafter.MatchString(text):
		return "drafter"
	case no > k.end && strings.HasPrefix(folded, "dia chi:"):
		return "contact"
	case no <= headEnd && (reNation.MatchString(text) || strings.HasPrefix(folded, "cong hoa xa hoi chu nghia")) && utf8.RuneCountInString(text) < 50:
		return "nation"
	case no <= headEnd && reMotto.MatchString(text) && utf8.RuneCountInString(text) < 50:
		return "motto"
	case strings.HasPrefix(folded, "noi nhan") && utf8.RuneCountInString(text) < 15:
		return "recipientsLabel"
	case strings.HasPrefix(folded, "kinh gui") && no <= k.head:
		return "salutation"
	case no <= k.head && strings.HasPrefix(text, "Số") && strings.Contains(text, "/"):
		return "number"
	case no <= k.head && strings.HasPrefix(folded, "v/v"):
		return "about"
	case no <= k.head && reDate.MatchString(text) && utf8.RuneCountInString(text) < 60:
		return "date"
	}
	switch role := k.lines[no]; role {
	case "organ", "superior":
		if !lang.IsUpper(text) || strings.Contains(NationLine, upper(text)) { // the end of the state's name on a line of its own
			return ""
		}
		if k.superior != "" && strings.Contains(k.superior, upper(text)) && (role == "superior" || no < k.firstOf("organ")) {
			return "superior"
		}
		return "organ"
	case "recipientsList":
		if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "–") {
			return role
		}
		return k.signing(text) // the other column of the same line
	case "signer":
		return k.signing(text)
	case "type":
		if !lang.IsUpper(text) {
			return ""
		}
		return role
	case "number", "date":
		return "" // those lines were told by their own text
	case "":
		if no > k.head && no < k.end && !inTable {
			return "body"
		}
		return ""
	default:
		return role
	}
}

// signing is the role of the signer for what is said of it, and none for what stands beside.
func (k roleFinder) signing(text string) string {
	if strings.Contains(k.signer, upper(text)) {
		return "signer"
	}
	return ""
}

// firstOf is the first line of a component, 0 when it has none.
func (k roleFinder) firstOf(role string) int {
	first := 0
	for no, is := range k.lines {
		if is == role && (first == 0 || no < first) {
			first = no
		}
	}
	return first
}
