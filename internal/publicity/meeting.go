package publicity

import (
	"cmp"
	"context"
	"errors"
	"unicode/utf8"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Held is a meeting that was held: what its minutes say. Only when it was and how many were present must be told; for the
// other texts that are empty the minutes leave room.
type Held struct {
	Name       string     `json:"name"`  // "Họp tổ dân phố 3"; empty: the usual one
	Place      string     `json:"place"` // "Nhà văn hóa tổ dân phố 3"; empty: the unit's
	Begin      clock.Time `json:"begin"`
	End        clock.Time `json:"end"`
	Chair      string     `json:"chair"`
	Secretary  string     `json:"secretary"`
	Present    int        `json:"present"`
	Points     string     `json:"points"`     // what was presented, a line each
	Discussion string     `json:"discussion"` // empty: nobody spoke
	Conclusion string     `json:"conclusion"`
	Proof      Proof      `json:"-"` // of the record
}

func (h *Held) check() error {
	var bad fault.Fields
	for _, part := range []struct {
		field string
		text  *string
		limit int
	}{
		{"name", &h.Name, 160},
		{"place", &h.Place, 200},
		{"chair", &h.Chair, 100},
		{"secretary", &h.Secretary, 100},
		{"points", &h.Points, 2000},
		{"discussion", &h.Discussion, 2000},
		{"conclusion", &h.Conclusion, 800},
	} {
		*part.text = lang.CleanLines(*part.text)
		if utf8.RuneCountInString(*part.text) > part.limit {
			bad.Add(part.field, "publicity.fault.long", "Limit", part.limit)
		}
	}
	if h.Begin.IsZero() {
		bad.Add("begin", "cascade.fault.timeMissing")
	}
	if h.End.IsZero() || h.End.Before(h.Begin.Time) {
		bad.Add("end", "publicity.fault.ended")
	}
	if h.Present < 1 {
		bad.Add("present", "publicity.fault.present")
	}
	return bad.Err()
}

// usualMeeting is what a meeting is called that nobody named.
const usualMeeting = "Họp phổ biến cuộc thi"

// HoldMeeting records that a meeting spoke of it, with the number present, and keeps its minutes under the same identifier.
func (s *Service) HoldMeeting(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, id ident.ID, held Held) (cascade.Publicity, error) {
	if err := held.check(); err != nil {
		return cascade.Publicity{}, err
	}
	p, err := s.Package(ctx, actor, unitID, slug)
	if err != nil {
		return cascade.Publicity{}, err
	}
	if id == "" {
		id = s.ids.New()
	}
	held.Name, held.Place = cmp.Or(held.Name, usualMeeting), cmp.Or(held.Place, p.Unit.FullName)
	kept := protocol{Record: id, Challenge: p.Challenge.ID, CampaignID: p.Campaign.ID, UnitID: unitID, Held: database.JSON[Held]{V: held}}
	record, err := s.confirm(ctx, actor, p, Meeting, cascade.PublicityInput{
		ID: id, Channel: letter.Meeting, At: held.Begin, Place: held.Place, Times: 1, People: held.Present, Note: held.Name,
		File: held.Proof.File, FileName: held.Proof.Name,
		Also: func(ctx context.Context, tx *database.Tx, _ cascade.Publicity) error {
			fresh, err := insertMinutes(ctx, tx, kept, actor.ID)
			if err != nil || !fresh {
				return err
			}
			return s.record(ctx, tx, actor, p, map[string]any{"minutes": id, "present": held.Present})
		},
	})
	if err != nil {
		return cascade.Publicity{}, renamed(err, map[string]string{"at": "begin", "people": "present"})
	}
	return record, nil
}

// renamed moves faults to the fields of the form they came from.
func renamed(err error, names map[string]string) error {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		for i, f := range e.Fields {
			if name, ok := names[f.Name]; ok {
				e.Fields[i].Name = name
			}
		}
	}
	return err
}

// Minutes returns the minutes of a meeting as a document of Decree 30/2020.
func (s *Service) Minutes(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, record ident.ID) (letter.Document, error) {
	p, err := s.Package(ctx, actor, unitID, slug)
	if err != nil {
		return letter.Document{}, err
	}
	return s.minutes(ctx, p, record)
}

func (s *Service) minutes(ctx context.Context, p *Package, record ident.ID) (letter.Document, error) {
	kept, ok, err := loadMinutes(ctx, s.db, record)
	if err != nil {
		return letter.Document{}, err
	}
	if !ok || kept.UnitID != p.Unit.ID || kept.Challenge != p.Challenge.ID {
		return letter.Document{}, fault.NotFound.With("publicity.fault.noMinutes")
	}
	h := kept.Held.V
	return drafting.MinutesOf(drafting.Input{Unit: p.Unit, Head: p.Head, Challenge: &p.Challenge}, drafting.MinutesData{
		Name: h.Name, Place: h.Place, Begin: h.Begin, End: h.End, Chair: h.Chair, Secretary: h.Secretary, Present: h.Present,
		Points: h.Points, Discussion: h.Discussion, Conclusion: h.Conclusion,
	}), nil
}

// MinutesLetter makes the minutes of a meeting a draft of the unit, which is signed, numbered and registered like every other one.
// It stands under the record's identifier: whoever asks again, or second, gets the letter that there is.
func (s *Service) MinutesLetter(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, record ident.ID) (letter.Letter, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: unitID}); err != nil {
		return letter.Letter{}, err
	}
	p, err := s.Package(ctx, actor, unitID, slug)
	if err != nil {
		return letter.Letter{}, err
	}
	doc, err := s.minutes(ctx, p, record)
	if err != nil {
		return letter.Letter{}, err
	}
	if l := p.Minutes[record]; l.ID != "" {
		return l, nil
	}
	doc.Date = letter.Date{} // of the day on which it is numbered
	l, err := s.letters.Compose(ctx, actor, letter.ComposeInput{ID: record, Issuer: unitID, Document: doc, Challenge: p.Challenge.ID})
	if fault.KindOf(err) == fault.Conflict { // a colleague was quicker
		if there, loadErr := s.letters.Load(ctx, s.db, record); loadErr == nil && there.IssuedBy(unitID) {
			return there, nil
		}
	}
	return l, err
}
