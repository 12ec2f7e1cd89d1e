package letter

import "regexp"

// rePartySymbol: the Party and its unions join the number by a hyphen and name the organ behind a stroke, "406-CV/BTGTU".
var rePartySymbol = regexp.MustCompile(`^\d{1,11}\p{L}?-\p{L}[\p{L}\d]*/\p{L}`)

// PartyForm tells whether a letter is one of the Party or the Youth Union, whose documents have a form of their own: its
// heading names them where a letter of the state names the state, or names nobody and the symbol is theirs.
func PartyForm(source string, r Reading) bool {
	lines, err := tokenize(SplitLines(Normal(source)))
	if err != nil {
		return false
	}
	party, state := false, false
	for _, l := range lines[:divideHeading(lines).end] {
		for _, c := range l.cells {
			switch k := key(c.text); {
			case k == partyKey, k == youthKey:
				party = true
			case roleOf(c) == roleNation:
				state = true
			}
		}
	}
	return !state && (party || r.Symbol != nil && rePartySymbol.MatchString(r.Symbol.Value))
}
