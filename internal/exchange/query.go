package exchange

import (
	"bytes"
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Filter says which messages are listed.
type Filter struct {
	Unit      ident.ID // whose; none is all of the installation, for its administrator
	Direction Direction
	State     State
	Kind      Kind
	Before    ident.ID // the last one of the page before
	Limit     int
}

// List are the messages of a unit, the newest first, with how many there are in each state.
type List struct {
	Items []Message
	More  bool
	Count map[State]int
}

const maxList = 200

// List returns messages to those who handle the letters of the unit.
func (s *Service) List(ctx context.Context, actor person.Actor, f Filter) (List, error) {
	if err := actor.Can(person.ActionExchangeRead, person.On{Unit: f.Unit}); err != nil {
		return List{}, err
	}
	if f.Limit <= 0 || f.Limit > maxList {
		f.Limit = 50
	}
	items, err := list(ctx, s.db, f)
	if err != nil {
		return List{}, err
	}
	out := List{Items: items, More: len(items) > f.Limit}
	if out.More {
		out.Items = items[:f.Limit]
	}
	out.Count, err = count(ctx, s.db, f.Unit)
	return out, err
}

// Detail is one message with all that belongs to it.
type Detail struct {
	Message
	Parts      []Part
	Reading    *edxml.Reading // nil when there is no package yet, or it cannot be read
	Dispatches map[ident.ID]cascade.Dispatch
	Reports    map[ident.ID][]Report // what receivers told, by dispatch
	Told       []Report              // what the receiver told of a letter without a dispatch: of a report that was sent up to it
}

// Get returns a message to those who handle the letters of a unit that it concerns.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (Detail, error) {
	m, err := load(ctx, s.db, id)
	if err != nil {
		return Detail{}, err
	}
	if err := s.may(ctx, actor, person.ActionExchangeRead, m); err != nil {
		return Detail{}, err
	}
	out := Detail{Message: m, Dispatches: map[ident.ID]cascade.Dispatch{}, Reports: map[ident.ID][]Report{}}
	if out.Parts, err = loadParts(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	for _, p := range out.Parts {
		if p.DispatchID == "" {
			continue
		}
		if out.Dispatches[p.DispatchID], err = s.cascade.Find(ctx, s.db, p.DispatchID); err != nil {
			return Detail{}, err
		}
		if out.Reports[p.DispatchID], err = loadReports(ctx, s.db, p.DispatchID); err != nil {
			return Detail{}, err
		}
	}
	if out.Told, err = loadTold(ctx, s.db, id); err != nil {
		return Detail{}, err
	}
	if m.FileKey == "" {
		return out, nil
	}
	body, err := s.file(ctx, m.FileKey)
	if err != nil {
		return Detail{}, err
	}
	reading, err := edxml.Read(bytes.NewReader(body), s.limits)
	if err == nil {
		out.Reading = &reading
	} else if fault.KindOf(err) == "" {
		return Detail{}, err
	}
	return out, nil
}

// Raw returns the package as it came or went.
func (s *Service) Raw(ctx context.Context, actor person.Actor, id ident.ID) ([]byte, Message, error) {
	m, err := load(ctx, s.db, id)
	if err != nil {
		return nil, Message{}, err
	}
	if err := s.may(ctx, actor, person.ActionExchangeRead, m); err != nil {
		return nil, Message{}, err
	}
	if m.FileKey == "" {
		return nil, Message{}, fault.NotFound.With("exchange.fault.notBuilt")
	}
	body, err := s.file(ctx, m.FileKey)
	return body, m, err
}

// CameIn returns the packages by which a letter came to the receiver of a dispatch, and those that changed it, the oldest
// first. It asks no permission: the pages of the packages do.
func (s *Service) CameIn(ctx context.Context, d cascade.Dispatch) ([]Message, error) {
	return listCameIn(ctx, s.db, d.LetterID, d.ReceiverID)
}

// Attachment returns a file of a package, counted from 1.
func (s *Service) Attachment(ctx context.Context, actor person.Actor, id ident.ID, number int) (edxml.Attachment, error) {
	d, err := s.Get(ctx, actor, id)
	if err != nil {
		return edxml.Attachment{}, err
	}
	if d.Reading == nil || d.Reading.Letter == nil || number < 1 || number > len(d.Reading.Letter.Attachments) {
		return edxml.Attachment{}, fault.NotFound.With("exchange.fault.notFound")
	}
	return d.Reading.Letter.Attachments[number-1], nil
}

// may asks permission for one of the units that a message concerns; what concerns none is the installation's.
func (s *Service) may(ctx context.Context, actor person.Actor, action person.Action, m Message) error {
	denied := actor.Can(action, person.On{Unit: m.UnitID})
	if denied == nil {
		return nil
	}
	parts, err := loadParts(ctx, s.db, m.ID)
	if err != nil {
		return err
	}
	if m.Direction == In {
		for _, p := range parts {
			if p.UnitID != "" && actor.Can(action, person.On{Unit: p.UnitID}) == nil {
				return nil
			}
		}
		for _, u := range s.concerned(ctx, m) {
			if actor.Can(action, person.On{Unit: u}) == nil {
				return nil
			}
		}
	}
	return denied
}

// concerned are the units here whose letter a report is about.
func (s *Service) concerned(ctx context.Context, m Message) []ident.ID {
	if m.Kind != ReportKind {
		return nil
	}
	units, err := sendersAbout(ctx, s.db, m.ID)
	if err != nil {
		return nil // then nobody but the administrator sees it
	}
	return units
}
