package person

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// Purpose is one thing that an account's data are used for; each is agreed to on its own. What a challenge does with
// an entrant's data is the entrant's consent.
type Purpose string

// The purposes of an account.
const (
	PurposeAccount  Purpose = "account"  // keep name and address, so that the person can sign in and act
	PurposeMessages Purpose = "messages" // news of later challenges
)

// Purposes are all purposes, in the order in which they are asked.
var Purposes = []Purpose{PurposeAccount, PurposeMessages}

// ConsentText is the text that was shown: its version, and its words so that they can be proved later.
type ConsentText struct {
	Version string
	Words   string
}

// Guardian is who decides for somebody under 16.
type Guardian struct {
	Name  string
	Phone string
}

// ConsentInput is a consent as it is given.
type ConsentInput struct {
	ID          ident.ID
	Purpose     Purpose
	Text        ConsentText
	Guardian    Guardian // needed for somebody under 16
	ChildAgreed bool     // needed from 7 to 15, beside the guardian
}

// Consent is the proof that somebody agreed. A withdrawn one stays as proof of both.
type Consent struct {
	ID            ident.ID   `db:"id"`
	PersonID      ident.ID   `db:"person_id"`
	Purpose       Purpose    `db:"purpose"`
	TextVersion   string     `db:"text_version"`
	TextSHA256    string     `db:"text_sha256"`
	GuardianName  string     `db:"guardian_name"`
	GuardianPhone Phone      `db:"guardian_phone"`
	ChildAgreed   bool       `db:"child_agreed"`
	GivenAt       clock.Time `db:"given_at"`
	WithdrawnAt   clock.Time `db:"withdrawn_at"`
}

// InForce tells whether the consent was not withdrawn.
func (c Consent) InForce() bool { return c.WithdrawnAt.IsZero() }

// GiveConsent notes that the person, with a guardian where the law asks for one, agreed to a text for a purpose. It
// replaces an earlier consent for the same purpose.
func (s *Service) GiveConsent(ctx context.Context, actor Actor, personID ident.ID, in ConsentInput) (c Consent, err error) {
	if err := actor.Can(ActionPersonConsent, On{Person: personID}); err != nil {
		return Consent{}, err
	}
	p, err := readPerson(ctx, s.db, personID)
	if err != nil {
		return Consent{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		c, err = s.giveConsent(ctx, tx, actor.ID, p, in)
		return err
	})
	return c, err
}

func (s *Service) giveConsent(ctx context.Context, tx *database.Tx, by ident.ID, p Person, in ConsentInput) (Consent, error) {
	c, err := in.check(p, clock.DayOf(tx.Now().Time))
	if err != nil {
		return Consent{}, err
	}
	if c.ID == "" {
		c.ID = s.ids.New()
	}
	c.GivenAt = tx.Now()
	if _, err := withdrawConsent(ctx, tx, p.ID, in.Purpose); err != nil {
		return Consent{}, err
	}
	fresh, err := insertConsent(ctx, tx, c)
	if err != nil {
		return Consent{}, err
	}
	if !fresh {
		return Consent{}, fault.Conflict.With("")
	}
	return c, s.record(ctx, tx, by, ActionPersonConsent, "person_consent", c.ID, nil, stateOfConsent(c))
}

// check says who must have agreed, and keeps no guardian where none is needed.
func (in ConsentInput) check(p Person, today clock.Day) (Consent, error) {
	c := Consent{ID: in.ID, PersonID: p.ID, Purpose: in.Purpose, TextVersion: in.Text.Version}
	sum := sha256.Sum256([]byte(in.Text.Words))
	c.TextSHA256 = hex.EncodeToString(sum[:])
	var f fault.Fields
	if in.Text.Version == "" || in.Text.Words == "" {
		f.Add("consent", "person.fault.consentMissing")
	}
	if in.Purpose != PurposeAccount && in.Purpose != PurposeMessages {
		f.Add("purpose", "person.fault.purpose")
	}
	if NeedsGuardian(p.BirthDate, today) {
		c.GuardianName = Details{Name: in.Guardian.Name}.name(&f)
		phone, err := ParsePhone(in.Guardian.Phone)
		if err == nil && phone == "" {
			err = fault.Invalid.With("person.fault.guardianPhone")
		}
		if err := f.AddError("guardian_phone", err); err != nil {
			return Consent{}, err
		}
		c.GuardianPhone = phone
	}
	if NeedsChild(p.BirthDate, today) {
		if !in.ChildAgreed {
			f.Add("child_agreed", "person.fault.childConsent")
		}
		c.ChildAgreed = in.ChildAgreed
	}
	for i := range f {
		if f[i].Name == "name" {
			f[i].Name = "guardian_name"
		}
	}
	return c, f.Err()
}

// WithdrawConsent ends the consent for a purpose; withdrawing it again does nothing.
func (s *Service) WithdrawConsent(ctx context.Context, actor Actor, personID ident.ID, purpose Purpose) error {
	if err := actor.Can(ActionPersonConsent, On{Person: personID}); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := withdrawConsent(ctx, tx, personID, purpose)
		if err != nil {
			return err
		}
		for _, c := range ended {
			if err := s.record(ctx, tx, actor.ID, ActionPersonConsent, "person_consent", c.ID, stateOfConsent(c), nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Consents returns every consent that the person ever gave, the newest first.
func (s *Service) Consents(ctx context.Context, actor Actor, personID ident.ID) ([]Consent, error) {
	if err := actor.Can(ActionPersonRead, On{Person: personID}); err != nil {
		return nil, err
	}
	return readConsents(ctx, s.db, personID)
}

// Consented tells whether the person agrees to the purpose now, for services that are about to use data for it.
func (s *Service) Consented(ctx context.Context, q database.Querier, personID ident.ID, purpose Purpose) (bool, error) {
	all, err := readConsents(ctx, q, personID)
	for _, c := range all {
		if c.Purpose == purpose && c.InForce() {
			return true, err
		}
	}
	return false, err
}

// consentState is what the audit log keeps of a consent.
type consentState struct {
	Purpose     Purpose `json:"purpose"`
	TextVersion string  `json:"text_version"`
	TextSHA256  string  `json:"text_sha256"`
	Guardian    bool    `json:"guardian,omitempty"`
}

func stateOfConsent(c Consent) consentState {
	return consentState{c.Purpose, c.TextVersion, c.TextSHA256, c.GuardianName != ""}
}
