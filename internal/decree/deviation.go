package decree

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"sachhon/internal/letter"
)

// Severity is how much a deviation matters.
type Severity string

// The severities: what the decree asks for plainly, and what it leaves to judgement or prints in two ways itself.
const (
	Wrong  Severity = "wrong"
	Advice Severity = "advice"
)

// Deviation is one place where a document departs from the form. What is wrong and what the decree asks are the catalogue
// keys Key and AsksKey with Args.
type Deviation struct {
	Code      string            `json:"code"`
	Component string            `json:"component"` // "nation", "motto", "organ", "number", "date", "subject", "addressees", "bases", "content", "recipients", "signer"
	Severity  Severity          `json:"severity"`
	Rule      string            `json:"rule"`  // where the decree says so
	Lines     letter.Lines      `json:"lines"` // of the source; zero where something is missing or there is no source
	Args      map[string]string `json:"args,omitempty"`
	Message   string            `json:"message,omitempty"` // set by WriteJSON
	Asks      string            `json:"asks,omitempty"`    // set by WriteJSON
}

// Key is the message of what is wrong.
func (d Deviation) Key() string { return "decree.deviation." + d.Code }

// AsksKey is the message of what the decree asks.
func (d Deviation) AsksKey() string { return "decree.asks." + rules[d.Code].asks }

// Pairs returns the arguments as name, value pairs for a message.
func (d Deviation) Pairs() []any {
	pairs := make([]any, 0, 2*len(d.Args))
	for name, value := range d.Args {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// rule is where and how firmly the decree asks for something.
type rule struct {
	component string
	severity  Severity
	where     string
	asks      string // key below "decree.asks."; several codes may share one
}

// in names a clause of part I, section II of Appendix I, where most of the form is.
func in(clause string) string { return "Phụ lục I, Phần I, Mục II, " + clause }

var rules = map[string]rule{
	"nationMissing":     {"nation", Wrong, in("khoản 1 điểm a"), "nation"},
	"nationCase":        {"nation", Wrong, in("khoản 1 điểm a"), "nation"},
	"nationSpelling":    {"nation", Advice, in("khoản 1 điểm a"), "nation"},
	"mottoMissing":      {"motto", Wrong, in("khoản 1 điểm b"), "motto"},
	"mottoForm":         {"motto", Wrong, in("khoản 1 điểm b"), "motto"},
	"organMissing":      {"organ", Wrong, in("khoản 2 điểm a"), "organ"},
	"numberMissing":     {"number", Wrong, in("khoản 3 điểm c"), "number"},
	"numberColon":       {"number", Wrong, in("khoản 3 điểm c"), "number"},
	"numberPadding":     {"number", Wrong, in("khoản 3 điểm c"), "number"},
	"symbolSpaces":      {"number", Wrong, in("khoản 3 điểm c"), "symbol"},
	"symbolType":        {"number", Wrong, in("khoản 3 điểm b"), "symbolType"},
	"placeMissing":      {"date", Wrong, in("khoản 4 điểm c"), "place"},
	"dateMissing":       {"date", Wrong, in("khoản 4 điểm b"), "date"},
	"datePadding":       {"date", Wrong, in("khoản 4 điểm b"), "date"},
	"monthZero":         {"date", Advice, in("khoản 4 điểm b"), "date"},
	"dateComma":         {"date", Wrong, in("khoản 4 điểm c"), "place"},
	"subjectMissing":    {"subject", Wrong, in("khoản 5 điểm a"), "subject"},
	"aboutMissing":      {"subject", Wrong, in("khoản 5 điểm b"), "about"},
	"aboutForm":         {"subject", Wrong, in("khoản 5 điểm b"), "about"},
	"salutationMissing": {"addressees", Wrong, in("khoản 9 điểm b"), "salutation"},
	"salutationColon":   {"addressees", Wrong, in("khoản 9 điểm d"), "salutation"},
	"addresseeEnd":      {"addressees", Wrong, in("khoản 9 điểm d"), "addressees"},
	"addresseeLastEnd":  {"addressees", Wrong, in("khoản 9 điểm d"), "addressees"},
	"addresseeDash":     {"addressees", Wrong, in("khoản 9 điểm d"), "addressees"},
	"basisEnd":          {"bases", Wrong, in("khoản 6 điểm a"), "bases"},
	"basisLastEnd":      {"bases", Wrong, in("khoản 6 điểm a"), "bases"},
	"contentMissing":    {"content", Wrong, in("khoản 6"), "content"},
	"endMissing":        {"content", Wrong, "Phụ lục III, Mục II", "end"},
	"unitCapital":       {"content", Advice, "Phụ lục II, Mục III, khoản 1", "unitCapital"},
	"peopleCapital":     {"content", Advice, "Phụ lục II, Mục V, khoản 1", "peopleCapital"},
	"weekdayCapital":    {"content", Advice, "Phụ lục II, Mục V, khoản 8", "weekdayCapital"},
	"recipientsMissing": {"recipients", Wrong, in("khoản 9 điểm a"), "recipients"},
	"recipientsColon":   {"recipients", Wrong, in("khoản 9 điểm d"), "recipients"},
	"recipientsInline":  {"recipients", Wrong, in("khoản 9 điểm d"), "recipients"},
	"recipientEnd":      {"recipients", Wrong, in("khoản 9 điểm d"), "recipients"},
	"recipientLastEnd":  {"recipients", Wrong, in("khoản 9 điểm d"), "recipients"},
	"asAbove":           {"recipients", Wrong, in("khoản 9 điểm b"), "asAbove"},
	"archiveMissing":    {"recipients", Wrong, in("khoản 9 điểm d"), "archive"},
	"archiveLast":       {"recipients", Wrong, in("khoản 9 điểm d"), "archive"},
	"archiveColon":      {"recipients", Wrong, in("khoản 9 điểm d"), "archive"},
	"archiveOffice":     {"recipients", Wrong, in("khoản 9 điểm d"), "archive"},
	"signerMissing":     {"signer", Wrong, in("khoản 7"), "signer"},
	"collectivePrefix":  {"signer", Wrong, in("khoản 7 điểm b"), "collective"},
	"deputyPrefix":      {"signer", Wrong, in("khoản 7 điểm b"), "deputy"},
	"academicTitle":     {"signer", Wrong, in("khoản 7 điểm c"), "academicTitle"},
	"appendixUncited":   {"content", Wrong, "Phụ lục I, Phần I, Mục III, khoản 1 điểm a", "appendixCited"},
}

// Components lists the components in the order in which they stand on the paper.
func Components() []string {
	return []string{"nation", "motto", "organ", "number", "date", "subject", "addressees", "bases", "content", "recipients", "signer"}
}

// findings gathers deviations.
type findings struct{ list []Deviation }

func (f *findings) add(code string, at letter.Lines, args ...string) {
	r, ok := rules[code]
	if !ok {
		panic("decree: no rule " + code)
	}
	d := Deviation{Code: code, Component: r.component, Severity: r.severity, Rule: r.where, Lines: at}
	for i := 0; i+1 < len(args); i += 2 {
		if d.Args == nil {
			d.Args = map[string]string{}
		}
		d.Args[args[i]] = args[i+1]
	}
	f.list = append(f.list, d)
}

// sorted returns the deviations in the order of the paper.
func (f *findings) sorted() []Deviation {
	order := Components()
	slices.SortStableFunc(f.list, func(a, b Deviation) int {
		if a, b := slices.Index(order, a.Component), slices.Index(order, b.Component); a != b {
			return a - b
		}
		return a.Lines[0] - b.Lines[0]
	})
	return f.list
}

// WriteJSON writes deviations as indented JSON, with messages in a person's language.
func WriteJSON(w io.Writer, list []Deviation, translate func(key string, args ...any) string) error {
	out := make([]Deviation, len(list))
	for i, d := range list {
		d.Message, d.Asks = translate(d.Key(), d.Pairs()...), translate(d.AsksKey())
		out[i] = d
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("decree: write JSON: %w", err)
	}
	return nil
}
