package entrant

import (
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// Entrant is a collective or an individual registered in a challenge, without personal data.
type Entrant struct {
	ID             ident.ID               `db:"id"`
	Challenge      ident.ID               `db:"challenge_id"`
	Number         int                    `db:"number"` // 1, 2, 3 … within the challenge
	Division       challenge.DivisionCode `db:"division"`
	Name           string                 `db:"name"` // public, unless hidden
	Unit           ident.ID               `db:"unit_id"`
	Representative ident.ID               `db:"representative_id"` // the person who acts for it
	Assisted       bool                   `db:"assisted"`          // a clerk entered it for somebody and represents them
	Members        int                    `db:"members"`           // as the collective expects them; 1 for an individual
	NameHidden     bool                   `db:"name_hidden"`       // a minor, or no consent to be named
	DuplicateOf    ident.ID               `db:"duplicate_of"`      // an entrant of the same name and unit, for the board
	Rules          int                    `db:"rules"`             // the version of the rules that was accepted
	State          State                  `db:"state"`
	Reason         string                 `db:"reason"` // of the last decision
	DecidedBy      ident.ID               `db:"decided_by"`
	DecidedAt      clock.Time             `db:"decided_at"`
	CreatedAt      clock.Time             `db:"created_at"`
	UpdatedAt      clock.Time             `db:"updated_at"`
}

// Contact is what only the representative and the board see.
type Contact struct {
	Entrant       ident.ID  `db:"entrant_id"`
	FullName      string    `db:"full_name"` // of the representative or the individual
	BirthDate     clock.Day `db:"birth_date"`
	Phone         string    `db:"phone"` // E.164
	Email         string    `db:"email"`
	Lang          string    `db:"lang"`
	GuardianName  string    `db:"guardian_name"`
	GuardianPhone string    `db:"guardian_phone"`
}

// Public is what everybody may see of an entrant.
type Public struct {
	ID        ident.ID               `json:"id"`
	Challenge ident.ID               `json:"-"`
	Number    int                    `json:"number"`
	Division  challenge.DivisionCode `json:"division"`
	Name      string                 `json:"name"` // empty when it is hidden
	Unit      ident.ID               `json:"unit"`
	State     State                  `json:"state"`
}

// Public returns what everybody may see.
func (e Entrant) Public() Public {
	p := Public{ID: e.ID, Challenge: e.Challenge, Number: e.Number, Division: e.Division, Name: e.Name, Unit: e.Unit, State: e.State}
	if e.NameHidden {
		p.Name = ""
	}
	return p
}

// Title returns the name as it is shown, "Thí sinh số 17" when it is hidden.
func (p Public) Title(l *lang.Localizer) string {
	if p.Name == "" {
		return l.T("entrant.hidden", "Number", p.Number)
	}
	return p.Name
}

// Purpose is one thing that personal data are used for. Each is agreed to on its own.
type Purpose string

// The purposes.
const (
	Participation Purpose = "participation" // running the challenge: registration, review, prizes
	Messages      Purpose = "messages"      // e-mails and calls about the challenge
	ShowName      Purpose = "show_name"     // the name of an individual on public pages
	ShowPhotos    Purpose = "show_photos"   // photos of people on public pages
)

// Purposes lists the purposes in the order in which they are asked.
var Purposes = []Purpose{Participation, Messages, ShowName, ShowPhotos}

// Required tells whether nobody can take part without agreeing.
func (p Purpose) Required() bool { return p == Participation }

// Giver says who agreed.
type Giver string

// The givers of a consent.
const (
	Self     Giver = "self"
	Guardian Giver = "guardian"
	Child    Giver = "child" // from 7 years on, beside the guardian
)

// Consent is the proof that somebody agreed: to what, when, and under which version of the rules.
type Consent struct {
	Entrant ident.ID   `db:"entrant_id"`
	Purpose Purpose    `db:"purpose"`
	Giver   Giver      `db:"giver"`
	Rules   int        `db:"rules"`
	GivenAt clock.Time `db:"given_at"`
}
