package progress

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Kind says what was done outside the system.
type Kind string

// The kinds of activities.
const (
	MeetingHeld   Kind = "meeting"
	BannersHung   Kind = "banner"
	Broadcast     Kind = "broadcast"
	CleanupHeld   Kind = "cleanup"
	OtherActivity Kind = "other"
)

const kindCount = 5

// Kinds lists the kinds in the order in which pages and figures show them.
func Kinds() []Kind { return []Kind{MeetingHeld, BannersHung, Broadcast, CleanupHeld, OtherActivity} }

// Activity is something that a unit did without the system.
type Activity struct {
	ID          ident.ID   `db:"id"`
	Unit        ident.ID   `db:"unit_id"`
	Letter      ident.ID   `db:"letter_id"` // what it was done for
	Challenge   ident.ID   `db:"challenge_id"`
	Kind        Kind       `db:"kind"`
	Day         clock.Day  `db:"day"`
	Place       string     `db:"place"`
	People      int64      `db:"people"`
	Grams       int64      `db:"grams"` // estimated, of a clean-up
	Note        string     `db:"note"`
	FileKey     string     `db:"file_key"`
	FileName    string     `db:"file_name"`
	CreatedBy   ident.ID   `db:"created_by"`
	CreatedAt   clock.Time `db:"created_at"`
	WithdrawnAt clock.Time `db:"withdrawn_at"`
	WithdrawnBy ident.ID   `db:"withdrawn_by"`
}

// Withdrawn tells whether the entry was taken back and no longer counts.
func (a Activity) Withdrawn() bool { return !a.WithdrawnAt.IsZero() }

// Limits of an activity.
const (
	MaxFileBytes = 25 << 20
	maxPlace     = 300
	maxNote      = 2_000
	maxPeople    = 1_000_000
	maxGrams     = 1_000_000_000 // a thousand tonnes
)

// ActivityInput is an activity as a clerk brings it.
type ActivityInput struct {
	ID     ident.ID // made by the client; repeating it returns the same entry
	Unit   ident.ID
	About  Subject
	Kind   Kind
	Day    clock.Day
	Place  string
	People int64
	Grams  int64
	Note   string
	File   io.Reader // a photo or a PDF, may be nil

	FileName string
}

// Noted is what was noted: a record of publicity of the letter that the unit has in hand, or an activity.
type Noted struct {
	Publicity cascade.Publicity
	Activity  Activity
}

// Note records something that the unit did without the system. What made a letter public that the unit has in hand becomes
// a record of publicity of the duty that asks for its channel, so that boards and reminders know of it too; anything else is an activity, which counts in the
// unit's reports and in those above, and nowhere else.
func (s *Service) Note(ctx context.Context, actor person.Actor, in ActivityInput) (Noted, error) {
	if err := s.mayWrite(actor, person.ActionProgressActivity, in.Unit); err != nil {
		return Noted{}, err
	}
	about, _, err := s.subject(ctx, in.Unit, in.About)
	if err != nil {
		return Noted{}, err
	}
	name := lang.Clean(in.FileName)
	a := Activity{
		ID: in.ID, Unit: in.Unit, Letter: about.Letter, Challenge: about.Challenge, Kind: in.Kind, Day: in.Day, Place: lang.Clean(in.Place),
		People: in.People, Grams: in.Grams, Note: lang.CleanLines(in.Note), FileName: name[strings.LastIndexAny(name, `/\`)+1:], CreatedBy: actor.ID,
	}
	if err := a.check(clock.DayOf(s.db.Clock().Now())); err != nil {
		return Noted{}, err
	}
	if p, made, err := s.publicise(ctx, actor, a, in.File); err != nil || made {
		return Noted{Publicity: p}, err
	}
	if a.FileKey, err = blob.AddProof(ctx, s.blobs, in.File, MaxFileBytes); err != nil {
		return Noted{}, err
	}
	if a.FileKey == "" {
		a.FileName = ""
	}
	if a.ID == "" {
		a.ID = s.ids.New()
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		a.CreatedAt = tx.Now()
		fresh, err := insertActivity(ctx, tx, a)
		if err != nil {
			return err
		}
		if !fresh {
			before, err := loadActivity(ctx, tx, a.ID)
			if err != nil {
				return err
			}
			if before.Unit != a.Unit || before.CreatedBy != a.CreatedBy {
				return fault.Conflict.With("progress.fault.idTaken")
			}
			a = before
			return nil
		}
		return s.recordActivity(ctx, tx, actor, nil, a)
	})
	if err != nil {
		return Noted{}, err
	}
	return Noted{Activity: a}, nil
}

// channels are those of the kinds of activities that make a letter public.
var channels = map[Kind]letter.Channel{MeetingHeld: letter.Meeting, BannersHung: letter.Print, Broadcast: letter.Loudspeaker}

// publicise makes an activity a record of publicity when it made the letter public after it came to the unit. What was
// noted before the unit took the letter on stays what it was.
func (s *Service) publicise(ctx context.Context, actor person.Actor, a Activity, file io.Reader) (p cascade.Publicity, made bool, err error) {
	channel, public := channels[a.Kind]
	if !public || a.Letter == "" {
		return cascade.Publicity{}, false, nil
	}
	if _, err := loadActivity(ctx, s.db, a.ID); !errors.Is(err, fault.NotFound) {
		return cascade.Publicity{}, false, err
	}
	if before, err := s.cascade.PublicityRecord(ctx, actor, a.ID); !errors.Is(err, fault.NotFound) { // sent again, whatever became of the letter since
		return before, err == nil, err
	}
	d, came, err := s.cascade.Came(ctx, actor, a.Unit, a.Letter)
	if err != nil || !came || !d.Entered() && a.Day < clock.DayOf(d.SentAt.Time) {
		return cascade.Publicity{}, false, err
	}
	at := a.Day.Start().Add(12 * time.Hour) // only the day is known
	if now := s.db.Clock().Now(); at.After(now) {
		at = clock.At(now)
	}
	if !d.Entered() && at.Before(d.SentAt.Time) {
		at = d.SentAt
	}
	duties, err := s.cascade.Duties(ctx, d)
	if err != nil {
		return cascade.Publicity{}, false, err
	}
	p, err = s.cascade.Publicise(ctx, actor, cascade.PublicityInput{
		ID: a.ID, Dispatch: d.ID, Duty: cascade.DutyOn(duties, channel), Channel: channel, At: at, Place: a.Place, Times: 1, People: int(a.People), Note: a.Note, File: file, FileName: a.FileName,
	})
	return p, err == nil, err
}

func (a Activity) check(today clock.Day) error {
	var bad fault.Fields
	if !slices.Contains(Kinds(), a.Kind) {
		bad.Add("kind", "progress.fault.kind")
	}
	switch {
	case a.Day.Start().IsZero():
		bad.Add("day", "progress.fault.day")
	case a.Day > today:
		bad.Add("day", "progress.fault.future")
	case a.Day.Plus(maxDays) < today:
		bad.Add("day", "progress.fault.longAgo", "Limit", maxDays)
	}
	if a.Place == "" {
		bad.Add("place", "progress.fault.place")
	}
	for _, t := range []struct {
		name, text string
		max        int
	}{{"place", a.Place, maxPlace}, {"note", a.Note, maxNote}, {"file", a.FileName, maxPlace}} {
		if n := utf8.RuneCountInString(t.text); n > t.max {
			bad.Add(t.name, "progress.fault.tooLong", "Length", n, "Limit", t.max)
		}
	}
	if a.People < 0 || a.People > maxPeople {
		bad.Add("people", "progress.fault.range", "Limit", maxPeople)
	}
	switch {
	case a.Grams < 0 || a.Grams > maxGrams:
		bad.Add("kg", "progress.fault.range", "Limit", maxGrams/1000)
	case a.Grams > 0 && a.Kind != CleanupHeld:
		bad.Add("kg", "progress.fault.kgOfCleanup")
	}
	return bad.Err()
}

// Withdraw takes a wrong entry back. Reports that were sent keep what they said.
func (s *Service) Withdraw(ctx context.Context, actor person.Actor, id ident.ID) (Activity, error) {
	var a Activity
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if a, err = loadActivity(ctx, tx, id); err != nil {
			return err
		}
		if err := s.mayWrite(actor, person.ActionProgressActivity, a.Unit); err != nil {
			return err
		}
		before := a
		a.WithdrawnAt, a.WithdrawnBy = tx.Now(), actor.ID
		fresh, err := withdrawActivity(ctx, tx, a)
		if err != nil {
			return err
		}
		if !fresh {
			return errUnchanged
		}
		return s.recordActivity(ctx, tx, actor, &before, a)
	})
	if errors.Is(err, errUnchanged) {
		return loadActivity(ctx, s.db, id)
	}
	return a, err
}

// Activities returns what a unit noted, the newest day first, without what was withdrawn.
func (s *Service) Activities(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) ([]Activity, error) {
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listActivities(ctx, s.db, unitID, limit)
}

// ActivityFile opens the proof of an activity to those who read the reports of its unit, with the name to save it under; those of
// other units get a photo without what the camera wrote into it. The caller closes it.
func (s *Service) ActivityFile(ctx context.Context, actor person.Actor, id ident.ID) (io.ReadSeekCloser, Activity, error) {
	a, err := loadActivity(ctx, s.db, id)
	if err != nil {
		return nil, Activity{}, err
	}
	if err := actor.Can(person.ActionProgressRead, person.On{Unit: a.Unit}); err != nil {
		return nil, Activity{}, err
	}
	if a.FileKey == "" {
		return nil, Activity{}, fault.NotFound.With("progress.fault.notFound")
	}
	f, name, err := s.cascade.OpenProof(ctx, actor, a.Unit, a.FileKey, a.FileName)
	a.FileName = name
	return f, a, err
}

func (s *Service) recordActivity(ctx context.Context, tx *database.Tx, actor person.Actor, before *Activity, a Activity) error {
	trace := func(a Activity) map[string]any {
		return map[string]any{
			"unit": a.Unit, "letter": a.Letter, "kind": a.Kind, "day": a.Day, "people": a.People, "grams": a.Grams, "withdrawn": a.Withdrawn(),
		}
	}
	e := audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionProgressActivity), Kind: "activity", Object: a.ID, Challenge: a.Challenge,
		After: trace(a),
	}
	if before != nil {
		e.Before = trace(*before)
	}
	return s.log.Record(ctx, tx, e)
}
