package drafting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Service keeps the letterheads of the units.
type Service struct {
	db    *database.DB
	log   *audit.Log
	units *unit.Service
}

// NewService returns the service.
func NewService(db *database.DB, log *audit.Log, units *unit.Service) *Service {
	return &Service{db: db, log: log, units: units}
}

// HeadOf returns the letterhead of a unit, the default of its kind until somebody set one, and its version, 0 for the
// default. It asks no permission: what stands on letters is no secret.
func (s *Service) HeadOf(ctx context.Context, tree *unit.Tree, u unit.Unit) (Letterhead, int64, error) {
	h, version, err := loadHead(ctx, s.db, u.ID)
	switch {
	case err == nil && version == 0:
		h = DefaultHead(u, tree)
	case h.Form == "": // it was set before there was more than one
		h.Form = FormOf(u)
	}
	return h, version, err
}

// Input begins the input of a template for a unit as of today.
func (s *Service) Input(ctx context.Context, unitID ident.ID) (Input, error) {
	now := s.db.Clock().Now()
	tree, err := s.units.Tree(ctx, clock.DayOf(now))
	if err != nil {
		return Input{}, err
	}
	u, ok := tree.ByID(unitID)
	if !ok {
		return Input{}, fault.NotFound.With("unit.fault.unknown")
	}
	head, _, err := s.HeadOf(ctx, tree, u)
	return Input{Unit: u, Tree: tree, Head: head, Today: dateOf(clock.At(now))}, err
}

// Limits of a letterhead.
const (
	maxLine    = 200
	maxMark    = 15
	maxContact = 300
	maxSigners = 20
)

func (h *Letterhead) clean() error {
	for _, s := range []*string{&h.Superior, &h.Mark, &h.Desk, &h.Place, &h.Contact} {
		*s = lang.Clean(*s)
	}
	var bad fault.Fields
	if h.Form != "" && !slices.Contains(letter.Forms(), h.Form) {
		bad.Add("form", "letter.fault.form")
	}
	for _, t := range []struct {
		name, text string
		max        int
	}{{"superior", h.Superior, maxLine}, {"mark", h.Mark, maxMark}, {"desk", h.Desk, maxMark}, {"place", h.Place, 100}, {"contact", h.Contact, maxContact}} {
		if n := utf8.RuneCountInString(t.text); n > t.max {
			bad.Add(t.name, "letter.fault.tooLong", "Length", n, "Limit", t.max)
		}
	}
	if h.Mark == "" || !letter.ValidNotation(h.Mark) {
		bad.Add("mark", "letter.fault.notation")
	}
	if h.Desk != "" && !letter.ValidNotation(h.Desk) {
		bad.Add("desk", "letter.fault.notation")
	}
	if h.Place == "" {
		bad.Add("place", "drafting.fault.placeMissing")
	}
	h.Signers = slices.Clone(h.Signers)
	for i := range h.Signers {
		one := &h.Signers[i]
		one.Position, one.Name = lang.Clean(one.Position), lang.Clean(one.Name)
		lines := []string{}
		for _, c := range one.Capacity {
			if c = lang.Clean(c); c != "" {
				lines = append(lines, c)
			}
		}
		one.Capacity = lines
		for _, text := range append(slices.Clone(lines), one.Position, one.Name) {
			if n := utf8.RuneCountInString(text); n > 100 {
				bad.Add("signers", "letter.fault.tooLong", "Length", n, "Limit", 100)
			}
		}
	}
	h.Signers = slices.DeleteFunc(h.Signers, func(s letter.Signer) bool { return s.Name == "" && s.Position == "" && len(s.Capacity) == 0 })
	if len(h.Signers) > maxSigners {
		bad.Add("signers", "letter.fault.tooMany", "Limit", maxSigners)
	}
	return bad.Err()
}

// SetHead keeps a unit's letterhead. version is the one the person saw; letters that exist already do not change.
func (s *Service) SetHead(ctx context.Context, actor person.Actor, unitID ident.ID, version int64, h Letterhead) error {
	if err := actor.Can(person.ActionLetterHead, person.On{Unit: unitID}); err != nil {
		return err
	}
	if err := h.clean(); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := storeHead(ctx, tx, unitID, version, h, actor.ID); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionLetterHead), Kind: "letterhead", Object: unitID,
			After: map[string]any{"form": h.Form, "mark": h.Mark, "desk": h.Desk, "place": h.Place, "superior": h.Superior, "signers": len(h.Signers)},
		})
	})
}

func isNotFound(err error) bool { return errors.Is(err, database.ErrNotFound) }

func wrap(what string, err error) error { return fmt.Errorf("drafting: %s: %w", what, err) }
