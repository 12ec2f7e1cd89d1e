package letter

import (
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/lifecycle"
)

// State is where a letter stands.
type State string

// The states.
const (
	Draft      State = "draft"      // a person writes it, or corrects what the reader doubted
	Submitted  State = "submitted"  // composed here, it waits for a leader's signature
	Signed     State = "signed"     // a leader signed; it has yet to be numbered
	Registered State = "registered" // entered as outgoing under the issuer's number; fields no longer change
	Entered    State = "entered"    // another organ's letter, entered as arrival at the unit that read it in
	Discarded  State = "discarded"  // a draft that nobody needs; it can be fetched back
)

// Event moves a letter on.
type Event string

// The events.
const (
	Submit   Event = "submit"    // a composed draft goes to a leader
	Withdraw Event = "withdraw"  // whoever submitted it takes it back
	SendBack Event = "send_back" // a leader wants it changed
	Sign     Event = "sign"      // a leader signs, or a clerk records that one signed on paper
	Register Event = "register"  // it gets its number and stands in the register of outgoing letters
	Enter    Event = "enter"     // it is entered into the register of arrivals
	Discard  Event = "discard"   // a draft is put aside: misread, or not needed
	Restore  Event = "restore"   // and fetched back
	Amend    Event = "amend"     // its line in the register is put right, which is no other state
)

// Lifecycle is the life cycle of a letter. A letter that was read in bears its signature already and is registered from
// the draft; one that is composed here is signed first.
var Lifecycle = lifecycle.Machine[State, Event]{
	Start: Draft,
	Steps: []lifecycle.Step[State, Event]{
		{From: Draft, Event: Submit, To: Submitted},
		{From: Submitted, Event: Withdraw, To: Draft},
		{From: Submitted, Event: SendBack, To: Draft},
		{From: Submitted, Event: Sign, To: Signed},
		{From: Signed, Event: SendBack, To: Draft},
		{From: Signed, Event: Register, To: Registered},
		{From: Draft, Event: Register, To: Registered},
		{From: Draft, Event: Enter, To: Entered},
		{From: Draft, Event: Discard, To: Discarded},
		{From: Discarded, Event: Restore, To: Draft},
	},
}

// Letter is one official letter of an issuing unit: the text as it came, what was read in it, and what a person made of it.
type Letter struct {
	ID       ident.ID
	IssuerID ident.ID
	State    State

	Source   string // the text
	FileKey  string // the uploaded bytes in the blob store
	FileName string
	Reading  Reading
	Fields   Fields // the reading as corrected by people

	Document     *Document // what was composed here; nil for a letter that was read in
	AnswersID    ident.ID  // the letter it passes on, urges about or reports on, if there is one
	ChallengeID  ident.ID  // the challenge the letter is about, if it was linked
	Public       bool      // the challenge's page shows it to everybody
	Version      int64     // grows with each change; an update names the version it saw
	CreatedBy    ident.ID
	CreatedAt    clock.Time
	UpdatedAt    clock.Time
	RegisteredBy ident.ID
	RegisteredAt clock.Time

	Series string // of a registered letter of the Party the type by which it is numbered: "CV"
	Term   int    // of a registered letter the year of its number, or the one in which the term began
}

// Symbol is how the letter is cited: "1903/UBND-VH"; empty until it has both parts.
func (l Letter) Symbol() string { return l.Fields.Symbol() }

// Fields are the components of a letter without their places in the text.
type Fields struct {
	Type        string   `json:"type"`
	Number      string   `json:"number"`
	Notation    string   `json:"notation"`
	Joint       string   `json:"joint,omitempty"` // between number and notation when it is not "/"
	Urgency     string   `json:"urgency,omitempty"`
	Organ       string   `json:"organ"`
	Place       string   `json:"place"`
	Date        Date     `json:"date"`
	Subject     string   `json:"subject"`
	Addressees  []string `json:"addressees"`
	Bases       []Basis  `json:"bases"`
	References  []Basis  `json:"references,omitempty"` // documents it names that it does not rest on
	Period      Period   `json:"period"`
	Duties      []Duty   `json:"duties"`
	Attachments []string `json:"attachments,omitempty"` // what is sent along
	Links       []string `json:"links"`
	Recipients  []string `json:"recipients"`
	Signer      Signer   `json:"signer"`
}

// Symbol joins number and notation as the letter does.
func (f Fields) Symbol() string {
	if f.Number == "" || f.Notation == "" {
		return ""
	}
	if f.Joint != "" {
		return f.Number + f.Joint + f.Notation
	}
	return f.Number + "/" + f.Notation
}

// Fields returns what was read as the first version of the fields that people correct.
func (r Reading) Fields() Fields {
	f := Fields{
		Type: valueOf(r.Type), Number: valueOf(r.Number), Notation: valueOf(r.Notation), Urgency: valueOf(r.Urgency),
		Organ: valueOf(r.Organ), Place: valueOf(r.Place), Date: valueOf(r.Date), Subject: valueOf(r.Subject),
		Addressees: valuesOf(r.Addressees), Bases: valuesOf(r.Bases), Period: valueOf(r.Period), Duties: valuesOf(r.Duties),
		References: some(r.References), Attachments: some(r.Attachments), Links: valuesOf(r.Links), Recipients: valuesOf(r.Recipients), Signer: valueOf(r.Signer),
	}
	switch {
	case r.Symbol == nil:
	case r.Symbol.Value != f.Symbol():
		f.Joint = "-"
	case jointFor(f.Notation) != "": // it looks like one of the Party's and is written with a stroke all the same
		f.Joint = "/"
	}
	return f
}

func valueOf[T any](f *Field[T]) T {
	if f == nil {
		var none T
		return none
	}
	return f.Value
}

// some is nil for an empty list, as JSON that leaves it out reads back.
func some[T any](fields []Field[T]) []T {
	if len(fields) == 0 {
		return nil
	}
	return valuesOf(fields)
}

func valuesOf[T any](fields []Field[T]) []T {
	values := make([]T, len(fields))
	for i, f := range fields {
		values[i] = f.Value
	}
	return values
}

// Arrival is a line of a unit's register of arrivals.
type Arrival struct {
	UnitID   ident.ID
	Year     int
	Number   int64
	LetterID ident.ID
	At       clock.Time
	File     string // number and symbol of the file in which the unit keeps it, "" until somebody said
}

// About is an abstract inside a sentence: "về việc tổ chức …".
func About(subject string) string {
	s := lang.Small(subject)
	if strings.HasPrefix(s, "về ") {
		return s
	}
	return "về việc " + s
}
