package cascade

import (
	"cmp"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Dispatch is one letter on its way to one unit.
type Dispatch struct {
	ID         ident.ID `db:"id"`
	LetterID   ident.ID `db:"letter_id"`
	ParentID   ident.ID `db:"parent_id"`   // the dispatch it was forwarded from, none when the issuer sent it
	SenderID   ident.ID `db:"sender_id"`   // the unit that sent it, none of a letter that came on paper or as a file
	ReceiverID ident.ID `db:"receiver_id"` // the unit that is to act
	UnderID    ident.ID `db:"under_id"`    // the sender's own letter with which it passed this one on, none for a mere pass
	State      State    `db:"state"`

	Words  string     `db:"words"`  // what the sender adds to the letter
	DueAt  clock.Time `db:"due_at"` // by when the sender wants it done, if it says so
	SentBy ident.ID   `db:"sent_by"`
	SentAt clock.Time `db:"sent_at"`

	ArrivedAt     clock.Time `db:"arrived_at"`
	ReceiptAt     clock.Time `db:"receipt_at"` // when the sender was told that it arrived
	ReceivedAt    clock.Time `db:"received_at"`
	ArrivalYear   int        `db:"arrival_year"`
	ArrivalNumber int64      `db:"arrival_number"` // in the receiver's register, 0 until it is received
	PresentedAt   clock.Time `db:"presented_at"`
	AssignedAt    clock.Time `db:"assigned_at"` // the first time; a changed instruction does not move it

	Instruction
	StartedAt clock.Time `db:"started_at"`
	EndedAt   clock.Time `db:"ended_at"` // refused, completed, recalled or replaced
	Outcome   string     `db:"outcome"`  // the reason, or what was achieved

	Grace clock.Time `db:"grace_until"` // until when nothing is late, since the sender gave the unit more to do after it was done

	Outside bool `db:"outside"` // its receiver is reached over another document system; see Expects

	Asked      ident.ID   `db:"asked"`       // the change that waits for the receiver's answer, if any
	AskedKind  ChangeKind `db:"asked_kind"`  // what it is
	ReplacedBy ident.ID   `db:"replaced_by"` // the dispatch of another letter that took its place
	AgainID    ident.ID   `db:"again_id"`    // the dispatch with which the unit got the letter again after it was refused or recalled
	ObjectedAt clock.Time `db:"objected_at"` // when the receiver refused the letter or a change of it, while its sender has not dealt with that

	Version   int64      `db:"version"`
	UpdatedAt clock.Time `db:"updated_at"`
	Seq       int64      `db:"seq"` // the letter's number of the last change, for boards
}

// Entered tells whether the receiver typed the letter in: it came on paper or as a file, and nobody here sent it.
func (d Dispatch) Entered() bool { return d.SenderID == "" }

// Frozen tells whether nothing may be done because the sender wants the letter back and the receiver has yet to answer.
func (d Dispatch) Frozen() bool { return d.AskedKind == ChangeRecall }

// FinishBy is when the receiver is to be done: by its leader's deadline, else by the sender's; zero when there is none. Where that
// was over when the sender gave it more to do, it has the working day after.
func (d Dispatch) FinishBy() clock.Time {
	due := d.Deadline
	if due.IsZero() {
		due = d.DueAt
	}
	if !due.IsZero() && d.Grace.After(due.Time) {
		return d.Grace
	}
	return due
}

// Graced tells whether the day by which the receiver was to be done gave way to a later one.
func (d Dispatch) Graced() bool { return !d.Grace.IsZero() && d.FinishBy() == d.Grace }

// PaperID is the letter that the receiver got and enters into its register: the sender's own, or the one passed on.
func (d Dispatch) PaperID() ident.ID { return cmp.Or(d.UnderID, d.LetterID) }

// Instruction is what the leader of the receiving unit decides.
type Instruction struct {
	Lead        string     `db:"lead"`
	LeadID      ident.ID   `db:"lead_id"` // who that is, when it is somebody with an account in the unit
	Cooperators []string   `db:"-"`
	Text        string     `db:"instruction"`
	Deadline    clock.Time `db:"deadline"`
}

// Status is the word to show for where the dispatch stands: its state, or "presented" between receipt and assignment.
func (d Dispatch) Status() string {
	if d.State == Received && !d.PresentedAt.IsZero() {
		return "presented"
	}
	return string(d.State)
}

// Publicity is proof that a unit made something public.
type Publicity struct {
	ID         ident.ID       `db:"id"`
	DispatchID ident.ID       `db:"dispatch_id"`
	Duty       int            `db:"duty_number"` // 0 is the letter as a whole
	Channel    letter.Channel `db:"channel"`
	At         clock.Time     `db:"at"`
	Place      string         `db:"place"`
	Link       string         `db:"link"`
	Times      int            `db:"times"`  // played, posted, held
	People     int            `db:"people"` // reached, as the unit counts
	Note       string         `db:"note"`
	FileKey    string         `db:"file_key"`
	FileName   string         `db:"file_name"`
	CreatedBy  ident.ID       `db:"created_by"`
	CreatedAt  clock.Time     `db:"created_at"`
}
