package cascade

import (
	"context"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Limits of a publicity record.
const (
	maxPlace  = 300
	maxLink   = 2_000
	maxTimes  = 10_000
	maxPeople = 1_000_000
)

// FinishDuty notes a duty as done, or open again, with the files that prove it; they may also follow. It begins the work of an
// assigned letter, and goes on with that of a completed one when a duty of it is not done after all.
func (s *Service) FinishDuty(ctx context.Context, actor person.Actor, id ident.ID, number int, done bool, note string, files ...FileInput) (Duty, error) {
	var duty Duty
	kept, err := s.keepFiles(ctx, actor, id, "", files)
	if err != nil {
		return duty, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadeWork, id)
		if err != nil {
			return err
		}
		if duty, err = findDuty(ctx, tx, id, number); err != nil {
			return err
		}
		before := duty.Done()
		var bad fault.Fields
		duty.Note = lang.CleanLines(note)
		tooLong(&bad, "note", duty.Note, maxReason)
		if err := bad.Err(); err != nil {
			return err
		}
		switch {
		case done && !duty.Done():
			duty.DoneAt, duty.DoneBy = tx.Now(), actor.ID
		case !done:
			duty.DoneAt, duty.DoneBy = clock.Time{}, ""
		}
		if err := updateDuty(ctx, tx, duty); err != nil {
			return err
		}
		if err := s.attach(ctx, tx, actor, d, File{DispatchID: d.ID, Duty: number}, kept); err != nil {
			return err
		}
		if before && !done && d.State == Completed && !d.Outside { // it is not done with the letter either
			if err := s.reopenDuty(ctx, tx, actor, d, number); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty", d.ID, map[string]any{"number": number, "done": before},
			map[string]any{"number": number, "done": done})
	})
	return duty, err
}

// workOn loads a dispatch that the receiver has taken on, asks permission, and begins the work of an assigned one.
func (s *Service) workOn(ctx context.Context, tx *database.Tx, actor person.Actor, action person.Action, id ident.ID) (Dispatch, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Dispatch{}, err
	}
	if err := d.MayHandle(actor, action); err != nil {
		return Dispatch{}, err
	}
	return s.begun(ctx, tx, actor, d)
}

// beginWork is workOn for somebody who was given a part of it.
func (s *Service) beginWork(ctx context.Context, tx *database.Tx, actor person.Actor, id ident.ID) (Dispatch, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Dispatch{}, err
	}
	return s.begun(ctx, tx, actor, d)
}

func (s *Service) begun(ctx context.Context, tx *database.Tx, actor person.Actor, d Dispatch) (Dispatch, error) {
	if err := d.takenOn(); err != nil {
		return Dispatch{}, err
	}
	if d.State != Assigned {
		return d, nil
	}
	before := d
	if err := d.start(tx.Now()); err != nil {
		return Dispatch{}, err
	}
	return d, s.save(ctx, tx, actor, person.ActionCascadeWork, before, &d)
}

// PublicityInput is a record as a clerk brings it.
type PublicityInput struct {
	ID       ident.ID // made by the client; repeating it returns the same record
	Dispatch ident.ID
	Duty     int // 0 is the letter as a whole
	Channel  letter.Channel
	At       clock.Time
	Place    string
	Link     string
	Times    int
	People   int
	Note     string
	File     io.Reader // a photo or a PDF, may be nil
	FileName string
	// Also writes what belongs to the record in its transaction, with an audit entry of its own; nil when nothing does. It
	// comes again when the record does, and may run again with the transaction.
	Also func(ctx context.Context, tx *database.Tx, p Publicity) error
}

// also writes what belongs to the record.
func (in PublicityInput) also(ctx context.Context, tx *database.Tx, p Publicity) error {
	if in.Also == nil {
		return nil
	}
	return in.Also(ctx, tx, p)
}

// Publicise records that the unit made the letter public.
func (s *Service) Publicise(ctx context.Context, actor person.Actor, in PublicityInput) (Publicity, error) {
	d, err := load(ctx, s.db, in.Dispatch)
	if err != nil {
		return Publicity{}, err
	}
	if err := d.MayHandle(actor, person.ActionCascadePublicise); err != nil {
		return Publicity{}, err
	}
	p := in.record(actor)
	if d, err = firstSent(ctx, s.db, d); err != nil {
		return Publicity{}, err
	}
	if err := p.check(d, clock.At(s.db.Clock().Now())); err != nil {
		return Publicity{}, err
	}
	if err := s.keepFile(ctx, in.File, &p); err != nil {
		return Publicity{}, err
	}
	if p.ID == "" {
		p.ID = s.ids.New()
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p.CreatedAt = tx.Now()
		fresh, err := insertPublicity(ctx, tx, p)
		if err != nil {
			return err
		}
		if !fresh {
			if p, err = s.sameAgain(ctx, tx, p); err != nil {
				return err
			}
			return in.also(ctx, tx, p)
		}
		if _, removed, err := loadRemoval(ctx, tx, p.ID); err != nil || removed {
			if err == nil {
				err = fault.Conflict.With("cascade.fault.removed")
			}
			return err
		}
		d, err := s.workOn(ctx, tx, actor, person.ActionCascadePublicise, p.DispatchID)
		if err != nil {
			return err
		}
		if err := checkDutyNumber(ctx, tx, p); err != nil {
			return err
		}
		if err := s.note(ctx, tx, actor, d, person.ActionCascadePublicise, "publicity", p.ID, nil, p.trace()); err != nil {
			return err
		}
		return in.also(ctx, tx, p)
	})
	if err != nil {
		return Publicity{}, err
	}
	return p, nil
}

// sameAgain returns the record that was sent before under the same ID, unless it is somebody else's.
func (s *Service) sameAgain(ctx context.Context, tx *database.Tx, p Publicity) (Publicity, error) {
	before, err := loadPublicity(ctx, tx, p.ID)
	if err != nil {
		return Publicity{}, err
	}
	if before.DispatchID != p.DispatchID || before.CreatedBy != p.CreatedBy {
		return Publicity{}, fault.Conflict.With("cascade.fault.idTaken")
	}
	return before, nil
}

func (in PublicityInput) record(actor person.Actor) Publicity {
	return Publicity{
		ID: in.ID, DispatchID: in.Dispatch, Duty: in.Duty, Channel: in.Channel, At: in.At, Place: lang.Clean(in.Place),
		Link: strings.TrimSpace(in.Link), Times: in.Times, People: in.People, Note: lang.CleanLines(in.Note),
		FileName: baseName(in.FileName), CreatedBy: actor.ID,
	}
}

// check asks for the time and for one way to see it: a link where the channel is on the net, a place where it is not.
func (p Publicity) check(d Dispatch, now clock.Time) error {
	var bad fault.Fields
	if !p.Channel.Valid() {
		bad.Add("channel", "cascade.fault.channel")
	}
	switch {
	case p.At.IsZero():
		bad.Add("at", "cascade.fault.timeMissing")
	case p.At.After(now.Time):
		bad.Add("at", "cascade.fault.future")
	case !d.Entered() && p.At.Before(d.SentAt.Truncate(time.Minute)): // people write minutes; paper came before it was typed in
		bad.Add("at", "cascade.fault.beforeSent")
	}
	online := p.Channel == letter.Portal || p.Channel == letter.Social
	switch {
	case p.Link != "" && !webLink(p.Link):
		bad.Add("link", "cascade.fault.link")
	case online && p.Link == "":
		bad.Add("link", "cascade.fault.linkMissing")
	}
	if !online && p.Link == "" && p.Place == "" {
		bad.Add("place", "cascade.fault.placeMissing")
	}
	if p.Times < 0 || p.Times > maxTimes {
		bad.Add("times", "cascade.fault.range", "Limit", maxTimes)
	}
	if p.People < 0 || p.People > maxPeople {
		bad.Add("people", "cascade.fault.range", "Limit", maxPeople)
	}
	tooLong(&bad, "place", p.Place, maxPlace)
	tooLong(&bad, "note", p.Note, maxReason)
	tooLong(&bad, "file", p.FileName, maxPlace)
	return bad.Err()
}

// webLink tells whether a page may make a link of s.
func webLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(s) <= maxLink && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

func checkDutyNumber(ctx context.Context, tx *database.Tx, p Publicity) error {
	if p.Duty == 0 {
		return nil
	}
	duties, err := loadDuties(ctx, tx, p.DispatchID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(duties, func(d Duty) bool { return d.Number == p.Duty }) {
		return nil
	}
	return fault.Invalid.With("cascade.fault.duty").At("duty")
}

// keepFile stores the proof of a record, which names none without one.
func (s *Service) keepFile(ctx context.Context, file io.Reader, p *Publicity) (err error) {
	if p.FileKey, err = s.keepProof(ctx, file); err == nil && p.FileKey == "" {
		p.FileName = ""
	}
	return err
}
