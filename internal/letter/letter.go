package letter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
)

// Lines is the first and the last source line of a component, counted from 1.
type Lines [2]int

// Span is a run of characters of one source line: the line from 1, the first character from 0, the one after the last. They
// are counted in characters of the line as Normal writes it.
type Span [3]int

// Field is one component that was read. In JSON it is {"value": …, "lines": [first, last]}; added are
//   - "spans": [[line, from, to], …], the very words it was read from, one entry for each line or column they stand in;
//     left out when they cannot be told apart from the rest of the lines;
//   - "parts": the same for what a value is composed of, by the name of the part ("deadline", "quota", "organ");
//   - "uncertain": true when the value was inferred, so that a page can ask a person to look.
type Field[T any] struct {
	Value     T                 `json:"value"`
	Lines     Lines             `json:"lines"`
	Spans     []Span            `json:"spans,omitempty"`
	Parts     map[string][]Span `json:"parts,omitempty"`
	Uncertain bool              `json:"uncertain,omitempty"`
}

// Reading is what Read understood of a letter. Its JSON encoding is stable:
//   - every single component is a Field, or null when it was not found (a warning then says so);
//   - every list is an array of Fields, empty when nothing was found;
//   - dates are ISO strings, null where a date was not given;
//   - texts are NFC, without invisible characters, runs of spaces collapsed.
type Reading struct {
	Type        *Field[string]   `json:"type"`     // "công văn", "kế hoạch", …
	Number      *Field[string]   `json:"number"`   // "1903"
	Notation    *Field[string]   `json:"notation"` // "UBND-VH"
	Symbol      *Field[string]   `json:"symbol"`   // "1903/UBND-VH"
	Urgency     *Field[string]   `json:"urgency"`  // "khẩn", "thượng khẩn", "hỏa tốc"; null for an ordinary letter
	Superior    *Field[string]   `json:"superior"` // the superior organ named above the issuer, if any
	Organ       *Field[string]   `json:"organ"`    // "Ủy ban nhân dân thị xã Hương Trà"
	Place       *Field[string]   `json:"place"`    // "Hương Trà"
	Date        *Field[Date]     `json:"date"`
	Subject     *Field[string]   `json:"subject"` // without "V/v"
	Addressees  []Field[string]  `json:"addressees"`
	Bases       []Field[Basis]   `json:"bases"`
	References  []Field[Basis]   `json:"references"` // documents named elsewhere in the body
	Period      *Field[Period]   `json:"period"`
	Duties      []Field[Duty]    `json:"duties"`
	Attachments []Field[string]  `json:"attachments"` // what is sent along, and appendices
	Links       []Field[string]  `json:"links"`
	Recipients  []Field[string]  `json:"recipients"`
	Signer      *Field[Signer]   `json:"signer"`
	Secretary   *Field[string]   `json:"secretary,omitempty"` // who took the minutes and signs them beside the chair
	Warnings    []Field[Warning] `json:"warnings"`
}

// Basis is a document the letter rests on or refers to. What the letter does not say is empty; a law may have no symbol.
type Basis struct {
	Symbol  string `json:"symbol"`
	Date    Date   `json:"date"`
	Organ   string `json:"organ"`
	Type    string `json:"type,omitempty"`    // "kế hoạch"
	Subject string `json:"subject,omitempty"` // what it is about, or the name of a law
}

// Period is a span of whole days, both ends included.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Duty is a numbered thing the letter asks for, with the channels of publicity that it names in the order it names them.
// What the letter does not say is left out.
type Duty struct {
	Number   int         `json:"number"`
	From     int         `json:"from,omitempty"` // the duty of the letter it carries out that this one passes on, 0 for one of its own
	Text     string      `json:"text"`
	Channels []Channel   `json:"channels"`
	For      []string    `json:"for,omitempty"`   // whom of the addressees it is for, as written; all when empty
	Force    Force       `json:"force,omitempty"` // with which verb it is asked
	Deadline Date        `json:"deadline,omitzero"`
	Within   *Within     `json:"within,omitempty"` // a deadline that is counted; beside Deadline the earlier of both counts
	Every    *Recurrence `json:"every,omitempty"`
	Quota    *Quota      `json:"quota,omitempty"`
	Proof    string      `json:"proof,omitempty"` // what is to be handed in: "báo cáo kết quả bằng văn bản"
}

// Force is how strongly something is asked: a committee asks unions, it does not command them.
type Force string

// The forces, by the verb.
const (
	Requires Force = "require" // yêu cầu
	Assigns  Force = "assign"  // giao, phân công
	Requests Force = "request" // đề nghị
	Invites  Force = "invite"  // mời
	Informs  Force = "inform"  // thông báo
)

// Forces lists the forces from the strongest on.
func Forces() []Force { return []Force{Requires, Assigns, Requests, Invites, Informs} }

// Quota is how much is asked for: "ít nhất 3 tác phẩm".
type Quota struct {
	Count   int    `json:"count"`
	Of      string `json:"of"`                 // "tác phẩm"
	AtLeast bool   `json:"at_least,omitempty"` // not exactly as many
}

// Signer is who signed, as written: by what authority ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), in what position.
type Signer struct {
	Capacity []string `json:"capacity"`
	Position string   `json:"position"`
	Name     string   `json:"name"`
}

// Warning is something missing or doubtful about one component. Its message is the catalogue key of Key with Args;
// Message holds the text in a person's language once WriteJSON was given one.
type Warning struct {
	Code    string            `json:"code"`
	Field   string            `json:"field"`
	Args    map[string]string `json:"args,omitempty"`
	Message string            `json:"message,omitempty"`
}

// Key is the message key of the warning.
func (w Warning) Key() string { return "letter.warning." + w.Code }

// Pairs returns the arguments as name, value pairs for a message.
func (w Warning) Pairs() []any {
	pairs := make([]any, 0, 2*len(w.Args))
	for name, value := range w.Args {
		pairs = append(pairs, name, value)
	}
	return pairs
}

// Warned tells whether there is a warning about the component of this name, e.g. "organ".
func (r Reading) Warned(field string) bool {
	for _, w := range r.Warnings {
		if w.Value.Field == field {
			return true
		}
	}
	return false
}

var rePlaces = regexp.MustCompile(`\[\s+\d+(?:,\s+\d+)*\s+\]`)

// WriteJSON writes the reading as indented JSON. translate, when given, turns message keys into the words of a person.
func WriteJSON(w io.Writer, r Reading, translate func(key string, args ...any) string) error {
	if translate != nil {
		warnings := make([]Field[Warning], len(r.Warnings))
		for i, f := range r.Warnings {
			f.Value.Message = translate(f.Value.Key(), f.Value.Pairs()...)
			warnings[i] = f
		}
		r.Warnings = warnings
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("letter: write JSON: %w", err)
	}
	// Places are short lists of numbers: each on one line, for those who read it.
	flat := rePlaces.ReplaceAllFunc(out.Bytes(), func(list []byte) []byte { return bytes.Join(bytes.Fields(list), nil) })
	if _, err := w.Write(flat); err != nil {
		return fmt.Errorf("letter: write JSON: %w", err)
	}
	return nil
}
