package exchange

import (
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/ident"
	"sachhon/internal/lifecycle"
)

// Direction is which way a message goes.
type Direction string

// The directions.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// Kind is what a message holds.
type Kind string

// The kinds.
const (
	LetterKind Kind = "letter"
	ReportKind Kind = "report"
	UnreadKind Kind = "unread" // bytes that could not be read, or that were not for us
)

// State is where a message stands.
type State string

// The states.
const (
	Waiting State = "waiting" // to be sent or to be dealt with; tried again by itself
	Done    State = "done"
	Failed  State = "failed" // given up, with the reason; a person may have it tried again
)

// Event moves a message on.
type Event string

// The events.
const (
	Finish Event = "finish"
	GiveUp Event = "give_up"
	Retry  Event = "retry"
)

// Lifecycle is the life cycle of a message.
var Lifecycle = lifecycle.Machine[State, Event]{
	Start: Waiting,
	Steps: []lifecycle.Step[State, Event]{
		{From: Waiting, Event: Finish, To: Done},
		{From: Waiting, Event: GiveUp, To: Failed},
		{From: Failed, Event: Retry, To: Waiting},
	},
}

// Message is one package that came or goes. Codes are kept as they are written, also unknown ones.
type Message struct {
	ID         ident.ID         `db:"id"`
	Direction  Direction        `db:"direction"`
	Kind       Kind             `db:"kind"`
	State      State            `db:"state"`
	Partner    string           `db:"partner"`
	Business   edxml.Business   `db:"business"`    // of a letter
	Status     edxml.Status     `db:"status"`      // of a report
	DocumentID edxml.DocumentID `db:"document_id"` // of the letter
	About      edxml.DocumentID `db:"about"`       // the letter that is reported on, recalled or replaced
	Symbol     string           `db:"symbol"`
	Subject    string           `db:"subject"`
	FromOrgan  string           `db:"from_organ"`
	FromName   string           `db:"from_name"`
	UnitID     ident.ID         `db:"unit_id"`   // ours that sends it, "" for what comes
	LetterID   ident.ID         `db:"letter_id"` // the letter here; of one that comes, once it is done
	Words      string           `db:"words"`
	IssuedAt   clock.Time       `db:"issued_at"` // when it was reported or sent, as the package says

	FileKey  string `db:"file_key"` // the package; "" until it is built
	FileSize int64  `db:"file_size"`
	Dedup    string `db:"dedup"` // what makes two packages the same
	Remote   string `db:"remote"`

	Tries     int                           `db:"tries"`
	ErrorKey  string                        `db:"error_key"` // why the last try failed
	ErrorArgs database.JSON[map[string]any] `db:"error_args"`
	Code      Code                          `db:"code"` // the answer to the partner, or the partner's

	Version   int64      `db:"version"`
	CreatedAt clock.Time `db:"created_at"`
	UpdatedAt clock.Time `db:"updated_at"`
	EndedAt   clock.Time `db:"ended_at"`
}

// Part is one organ that a message goes to, and the dispatch it stands for. A report has one: whom it is told.
type Part struct {
	MessageID  ident.ID `db:"message_id"`
	Number     int      `db:"number"`
	OrganCode  string   `db:"organ_code"`
	OrganName  string   `db:"organ_name"`
	UnitID     ident.ID `db:"unit_id"`     // "" for an organ that is unknown here
	DispatchID ident.ID `db:"dispatch_id"` // "" until there is one
}

// UnitCode is a code under which a unit is known in the exchange, and by which partner it is reached; one without a partner
// is inside. All codes of a unit have one partner.
type UnitCode struct {
	OrganCode string     `db:"organ_code"` // in capitals
	UnitID    ident.ID   `db:"unit_id"`
	Partner   string     `db:"partner"`
	Main      bool       `db:"main"` // what packages from here call it by
	UpdatedAt clock.Time `db:"updated_at"`
	UpdatedBy ident.ID   `db:"updated_by"`
}

// Outside tells whether the unit is reached over a partner.
func (c UnitCode) Outside() bool { return c.Partner != "" }

// Code is the answer of a gateway (LGSP) to a package.
type Code int

// The codes.
const (
	OK              Code = 0
	BadFile         Code = 10
	BadSecret       Code = 15
	UnknownReceiver Code = 18
	UnknownSender   Code = 19
	SystemFault     Code = 20
	Unprocessed     Code = 21 // a file in it cannot be processed
	NotConforming   Code = 22
	ReceiverLocked  Code = 23
)

// Key is the message key of the code's words, "" for an unknown one.
func (c Code) Key() string {
	switch c {
	case OK:
		return "exchange.code.0"
	case BadFile:
		return "exchange.code.10"
	case BadSecret:
		return "exchange.code.15"
	case UnknownReceiver:
		return "exchange.code.18"
	case UnknownSender:
		return "exchange.code.19"
	case SystemFault:
		return "exchange.code.20"
	case Unprocessed:
		return "exchange.code.21"
	case NotConforming:
		return "exchange.code.22"
	case ReceiverLocked:
		return "exchange.code.23"
	}
	return ""
}

// Final tells whether the same package would be answered alike again, so that trying it by itself is of no use.
func (c Code) Final() bool { return c != OK && c != SystemFault }
