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
	Component string            `json:"component"` // "nation", "motto", "organ", "number", "date", "subject", "addressees", "bases", "content", "recipients", "signer", "page"
	Severity  Severity          `json:"severity"`
	Rule      string            `json:"rule"`            // where the decree says so
	Lines     letter.Lines      `json:"lines"`           // of the source; zero where something is missing or there is no source
	Field     string            `json:"field,omitempty"` // the part of a composed document that it is about, as its JSON names it: "subject", "blocks.2"
	Args      map[string]string `json:"args,omitempty"`
	Message   string            `json:"message,omitempty"` // set by WriteJSON
	Asks      string            `json:"asks,omitempty"`    // set by WriteJSON
}

// Key is the message of what is wrong.
func (d Deviation) Key() string {
	if r := rules[d.Code]; r.says != "" {
		return "decree.deviation." + r.says
	}
	return "decree.deviation." + d.Code
}

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
	says      string // key below "decree.deviation." that several codes share, the code itself when it is empty
}

// Components lists the components in the order in which they stand on the paper.
func Components() []string {
	return []string{"nation", "motto", "organ", "number", "date", "subject", "addressees", "bases", "content", "recipients", "signer", "page"}
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

// flag is how an argument says that something is so; a message asks for it either way.
func flag(so bool) string {
	if so {
		return "1"
	}
	return ""
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
