package letter

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
)

// Form is whose rules say how a document looks. Documents that name none have the State's.
type Form string

// The forms: of Decree 30/2020, which the Fatherland Front and its other members take as well; of the Youth Union; of the
// Party.
const (
	StateForm Form = "state"
	YouthForm Form = "youth"
	PartyForm Form = "party"
)

// Forms lists them in the order in which people choose.
func Forms() []Form { return []Form{StateForm, YouthForm, PartyForm} }

// words are the signs and words by which a form differs from the State's.
type words struct {
	heading string // in place of the State's name and motto
	star    string // below the issuer, in place of a rule
	label   string // before the number
	end     string // of the content
	between string // after each recipient but the last
}

var formWords = map[Form]words{
	YouthForm: {"ĐOÀN TNCS HỒ CHÍ MINH", "***", "Số:", "./.", ";"},
	PartyForm: {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số", ".", ","},
}

func (f Form) words() words {
	if w, ok := formWords[f]; ok {
		return w
	}
	return words{label: "Số:", end: "./.", between: ";"}
}

// OfState tells whether the form is the State's.
func (f Form) OfState() bool { _, other := formWords[f]; return !other }

// Heading stands at the top right in place of the State's name and motto, "" in the State's form.
func (f Form) Heading() string { return f.words().heading }

// Star stands below the issuer in place of a rule, "" in the State's form.
func (f Form) Star() string { return f.words().star }

// Label stands before the number: "Số:".
func (f Form) Label() string { return f.words().label }

// End closes the content: "./.".
func (f Form) End() string { return f.words().end }

// Between ends each recipient but the last.
func (f Form) Between() string { return f.words().between }

// Joint stands between number and notation.
func (f Form) Joint() string {
	if f.OfState() {
		return "/"
	}
	return "-"
}

// Notation is what follows the number. The State's names the organ and who drafts in a công văn, and the type and the organ
// in every other document; the others name the type before a stroke in all of them, "CV/TĐTN-PT".
func (f Form) Notation(kind, organ, desk string) string {
	join := func(parts ...string) string { return strings.Trim(strings.Join(parts, "-"), "-") }
	abbr := Abbreviation(kind)
	switch {
	case f.OfState() && abbr == "":
		return join(organ, desk)
	case f.OfState():
		return join(abbr, organ)
	case abbr == "" && kind == OfficialLetter:
		abbr = "CV"
	}
	return strings.TrimPrefix(abbr+"/", "/") + join(organ, desk)
}

// youthBodies are how bodies of the Youth Union are called in everyday speech, with what the union's documents call them.
var youthBodies = [][2]string{
	{"tỉnh đoàn ", "BCH Đoàn tỉnh "},
	{"thành đoàn ", "BCH Đoàn thành phố "},
	{"thị đoàn ", "BCH Đoàn thị xã "},
	{"huyện đoàn ", "BCH Đoàn huyện "},
	{"quận đoàn ", "BCH Đoàn quận "},
	{"đoàn thanh niên cộng sản hồ chí minh ", "BCH Đoàn "},
	{"đoàn tncs hồ chí minh ", "BCH Đoàn "},
	{"đoàn thanh niên ", "BCH Đoàn "},
}

// Head is the name of an organ as the heading has it. The Youth Union writes its executive committee, "BCH Đoàn thị xã Hương
// Trà", which people call Thị đoàn.
func (f Form) Head(organ string) string {
	if f != YouthForm {
		return organ
	}
	k := key(organ)
	for _, b := range youthBodies {
		if strings.HasPrefix(k, b[0]) {
			return b[1] + string([]rune(organ)[len([]rune(b[0])):])
		}
	}
	return organ
}

// Organs are the organ above and the issuer as the heading has them. A board of a committee of the Party does not name the committee
// again that stands above it: "THỊ ỦY HƯƠNG TRÀ", "BAN TUYÊN GIÁO".
func (d Document) Organs() (superior, issuer string) {
	superior, issuer = d.Form.Head(d.Superior), d.Form.Head(d.Organ)
	if d.Form == PartyForm && superior != "" {
		if alone, ok := strings.CutSuffix(key(issuer), " "+key(superior)); ok {
			issuer = string([]rune(issuer)[:utf8.RuneCountInString(alone)])
		}
	}
	return superior, issuer
}

// reYouthHead is a body of the Youth Union as its documents call it.
var reYouthHead = regexp.MustCompile(`^(?:(?:bch|btv|ban chấp hành|ban thường vụ) )?đoàn (?:thanh niên (?:cộng sản hồ chí minh )?|tncs hồ chí minh )?(.+)$`)

// namesOf are the names, to be compared, by which an organ may be known that a heading names: "BCH ĐOÀN THỊ XÃ HƯƠNG TRÀ" is
// thị đoàn Hương Trà.
func namesOf(name string) []string {
	k := organKey(name)
	out := []string{k}
	m := reYouthHead.FindStringSubmatch(k)
	if m == nil {
		return out
	}
	for _, b := range youthBodies {
		if rest, ok := strings.CutPrefix("bch đoàn "+m[1], key(b[1])); ok {
			out = append(out, b[0]+rest)
		}
	}
	return out
}

var (
	reYouthOrgan = regexp.MustCompile(`^(?:(?:bch|btv|ban chấp hành|ban thường vụ) )?(?:(?:tỉnh|thành|thị|huyện|quận) đoàn|đoàn (?:thanh niên|tncs|tỉnh|thành phố|thị xã|huyện|quận|phường|xã|thị trấn|trường))(?: |$)`)
	rePartyOrgan = regexp.MustCompile(`^(?:đảng bộ|đảng ủy|chi bộ|chi ủy)(?: |$)|(?:^| )(?:tỉnh|thành|thị|huyện|quận|đảng) ủy(?: |$)`)
)

// FormOfOrgan is the form of the documents of an organ, by its name.
func FormOfOrgan(name string) Form {
	switch k := key(lang.Clean(name)); {
	case reYouthOrgan.MatchString(k):
		return YouthForm
	case rePartyOrgan.MatchString(k):
		return PartyForm
	}
	return StateForm
}

// rePartySymbol: the Party and its unions join the number by a hyphen and name the organ behind a stroke, "406-CV/BTGTU".
var rePartySymbol = regexp.MustCompile(`^\d{1,11}\p{L}?-\p{L}[\p{L}\d]*/\p{L}`)

// rePartyNotation is how these symbols go on behind the number. The State's name a year there or no stroke, "2024/QĐ-UBND".
var rePartyNotation = regexp.MustCompile(`^\p{L}[\p{L}\d]*/\p{L}`)

// jointFor is what stands between number and notation where nobody has said it: nothing for the State's "/".
func jointFor(notation string) string {
	if rePartyNotation.MatchString(notation) {
		return PartyForm.Joint()
	}
	return ""
}

// Form is whose form a letter has: of one that was typed from a scan its symbol tells, and its issuer.
func (l Letter) Form() Form {
	if l.Document != nil {
		return l.Document.Form
	}
	form := FormOf(l.Source, l.Reading)
	if form.OfState() && l.Source == "" && l.Fields.Joint == PartyForm.Joint() {
		if form = FormOfOrgan(l.Fields.Organ); form.OfState() {
			form = PartyForm
		}
	}
	return form
}

// FormOf tells whose form a letter has that was read: its heading names the Party or the Youth Union where a letter of the
// State names the State, or names nobody and the symbol is theirs.
func FormOf(source string, r Reading) Form {
	lines, err := tokenize(SplitLines(Normal(source)))
	if err != nil {
		return StateForm
	}
	found, state := Form(""), false
	for _, l := range lines[:divideHeading(lines).end] {
		for _, c := range l.cells {
			switch k := key(c.text); {
			case k == partyKey:
				found = PartyForm
			case k == youthKey:
				found = YouthForm
			case roleOf(c) == roleNation:
				state = true
			}
		}
	}
	switch {
	case state:
		return StateForm
	case found != "":
		return found
	case r.Symbol == nil || !rePartySymbol.MatchString(r.Symbol.Value):
		return StateForm
	case r.Organ != nil && FormOfOrgan(r.Organ.Value) == YouthForm:
		return YouthForm
	}
	return PartyForm
}
