package publicity

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Result is what became of a play.
type Result string

// The results.
const (
	Played Result = "played"
	Partly Result = "partly"
	Silent Result = "failed" // nobody heard it
)

// Results lists them.
func Results() []Result { return []Result{Played, Partly, Silent} }

// Play is a line of the play log.
type Play struct {
	ID          ident.ID
	ChallengeID ident.ID
	CampaignID  ident.ID // that supplied the bulletin
	UnitID      ident.ID
	DispatchID  ident.ID
	Device      string // and its place: "Cụm loa tổ dân phố 3"
	Started     clock.Time
	Ended       clock.Time
	Times       int
	Result      Result
	Note        string
	CreatedBy   ident.ID
	CreatedAt   clock.Time
	Counts      bool  // a record of publicity stands under its identifier
	Proof       Proof // of that record
}

func (p *Play) check() error {
	p.Device, p.Note = lang.Clean(p.Device), lang.CleanLines(p.Note)
	var bad fault.Fields
	if p.Device == "" {
		bad.Add("device", "publicity.fault.device")
	}
	if utf8.RuneCountInString(p.Device) > 200 {
		bad.Add("device", "publicity.fault.long", "Limit", 200)
	}
	if utf8.RuneCountInString(p.Note) > 1000 {
		bad.Add("note", "publicity.fault.long", "Limit", 1000)
	}
	if p.Started.IsZero() {
		bad.Add("started", "cascade.fault.timeMissing")
	}
	if p.Ended.IsZero() || p.Ended.Before(p.Started.Time) || p.Ended.Sub(p.Started.Time) > 24*time.Hour {
		bad.Add("ended", "publicity.fault.ended")
	}
	if p.Times < 1 || p.Times > 1000 {
		bad.Add("times", "publicity.fault.times")
	}
	if !slices.Contains(Results(), p.Result) {
		bad.Add("result", "publicity.fault.result")
	}
	if p.Result == Silent && p.Proof.File != nil {
		bad.Add("file", "publicity.fault.nothingHeard")
	}
	return bad.Err()
}

// LogPlay keeps a line of the play log. What was heard counts at once as publicity of the challenge's letter, as often as it
// was played; the line and the record have the same identifier, so that sending again does no harm.
func (s *Service) LogPlay(ctx context.Context, actor person.Actor, slug string, play Play) (Play, error) {
	p, err := s.Package(ctx, actor, play.UnitID, slug)
	if err != nil {
		return Play{}, err
	}
	if err := p.reportable(); err != nil {
		return Play{}, err
	}
	if err := p.Dispatch.MayHandle(actor, person.ActionCascadePublicise); err != nil {
		return Play{}, err
	}
	if err := play.check(); err != nil {
		return Play{}, err
	}
	if play.Ended.After(p.Now.Time) {
		return Play{}, fault.Invalid.With("cascade.fault.future").At("ended")
	}
	if play.ID == "" {
		play.ID = s.ids.New()
	}
	play.ChallengeID, play.CampaignID, play.DispatchID = p.Challenge.ID, p.Campaign.ID, p.Dispatch.ID
	play.CreatedBy, play.Counts = actor.ID, play.Result != Silent
	write := func(ctx context.Context, tx *database.Tx) error {
		play.CreatedAt = tx.Now()
		fresh, err := insertPlay(ctx, tx, play)
		if err != nil || !fresh {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"play": play.ID, "result": play.Result, "times": play.Times})
	}
	if !play.Counts {
		return play, s.db.Tx(ctx, write)
	}
	_, err = s.cascade.Publicise(ctx, actor, cascade.PublicityInput{
		ID: play.ID, Dispatch: p.Dispatch.ID, Duty: cascade.DutyOn(p.Dispatch.Duties, letter.Loudspeaker), Channel: letter.Loudspeaker, At: play.Started, Place: play.Device, Times: play.Times, Note: play.Note,
		File: play.Proof.File, FileName: play.Proof.Name,
		Also: func(ctx context.Context, tx *database.Tx, _ cascade.Publicity) error { return write(ctx, tx) },
	})
	if err != nil {
		return Play{}, renamed(err, map[string]string{"at": "started", "place": "device"})
	}
	return play, nil
}
