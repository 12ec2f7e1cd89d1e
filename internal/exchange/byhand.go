package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// ByHand reads a package that somebody handed over, as a draft of the unit that took it, with what the package says of the letter.
// Nobody answers for who sent it but the person who looks the draft through: it becomes no letter of an organ by itself, and nothing
// is reported back.
func (s *Service) ByHand(ctx context.Context, actor person.Actor, in letter.DraftInput) (letter.Letter, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: in.Issuer}); err != nil {
		return letter.Letter{}, err
	}
	body, err := io.ReadAll(io.LimitReader(in.File, letter.MaxFile+1))
	if err != nil {
		return letter.Letter{}, fmt.Errorf("exchange: receive a package: %w", err)
	}
	if len(body) > letter.MaxFile {
		return letter.Letter{}, fault.TooLarge.With("edxml.fault.large", "Limit", letter.MaxFile>>20).At("file")
	}
	reading, err := edxml.Read(bytes.NewReader(body), s.limits)
	if err != nil {
		return letter.Letter{}, atFile(err)
	}
	if reading.Letter == nil {
		return letter.Letter{}, fault.Invalid.With("exchange.fault.letterIncomplete").At("file")
	}
	if why, secret := secretIn(ctx, reading); secret {
		return letter.Letter{}, atFile(why)
	}
	said, err := fieldsOf(*reading.Letter, unit.Unit{})
	if err != nil {
		return letter.Letter{}, atFile(err)
	}
	l, err := s.draft(ctx, actor, letter.DraftInput{ID: in.ID, Issuer: in.Issuer}, *reading.Letter, said)
	if err != nil || l.Version > 1 { // it was sent before, and may have been corrected since
		return l, err
	}
	return s.letters.Correct(ctx, actor, l.ID, l.Version, together(l.Reading.Fields(), said, reading.Letter.ResponseFor))
}

// atFile says of a fault that it is the file's.
func atFile(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || len(f.Fields) > 0 {
		return err
	}
	return f.At("file")
}
