package publicity

import (
	"cmp"
	"context"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// SaveText keeps a unit's own wording. Version says which one was changed, 0 the draft.
func (s *Service) SaveText(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, parts Texts, version int64) (Text, error) {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return Text{}, err
	}
	if !product.Valid() {
		return Text{}, fault.NotFound.With("publicity.fault.none")
	}
	t := Text{Product: product, Parts: clean(parts, product), Own: true, CampaignID: p.Campaign.ID, Version: version + 1}
	if err := checkText(product, t.Parts); err != nil {
		return Text{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		t.EditedAt = tx.Now()
		if err := saveText(ctx, tx, p.Challenge.ID, unitID, actor.ID, t); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"product": product, "version": t.Version})
	})
	if err != nil {
		return Text{}, err
	}
	return t, nil
}

func (s *Service) record(ctx context.Context, tx *database.Tx, actor person.Actor, p *Package, after map[string]any) error {
	return s.recordOf(ctx, tx, actor, p.Campaign.ID, p.Unit.ID, after)
}

// recordOf notes what a unit made of a campaign.
func (s *Service) recordOf(ctx context.Context, tx *database.Tx, actor person.Actor, campaign, unit ident.ID, after map[string]any) error {
	after["unit"] = unit
	return s.log.Record(ctx, tx, audit.Entry{
		Actor: actor.Identity(), Action: string(person.ActionPublicityEdit), Kind: "campaign", Object: campaign, After: after,
	})
}

func checkText(product Product, parts Texts) error {
	var bad fault.Fields
	for _, part := range product.Parts() {
		text := parts[part.Name]
		switch n := utf8.RuneCountInString(text); {
		case text == "":
			bad.Add(part.Name, "publicity.fault.textMissing")
		case n > part.Limit:
			bad.Add(part.Name, "publicity.fault.long", "Limit", part.Limit)
		}
	}
	if m := Measure(parts["sms"]); product == Message && m.Parts > maxSMSParts {
		bad.Add("sms", "publicity.fault.sms", "Count", m.Parts, "Limit", maxSMSParts)
	}
	if product == Bulletin {
		if n := spoken.Syllables(spoken.Text(parts["script"])); parts["script"] != "" && (n < LeastWords || n > MostWords) {
			bad.Add("script", "publicity.fault.words", "Count", n, "Least", LeastWords, "Most", MostWords)
		}
		if !slices.Contains(Priorities(), parts["priority"]) {
			bad.Add("priority", "publicity.fault.priority")
		}
	}
	return bad.Err()
}

// DraftAgain drops a unit's own wording, so that the draft with the numbers of now takes its place.
func (s *Service) DraftAgain(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, version int64) error {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		dropped, err := dropText(ctx, tx, p.Challenge.ID, unitID, product, version)
		if err != nil || !dropped {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"product": product, "version": 0})
	})
}

// Publish makes a unit's article public, or takes it back. Doing it twice changes nothing.
func (s *Service) Publish(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, public bool) error {
	p, err := s.asked(ctx, actor, unitID, slug)
	if err != nil {
		return err
	}
	if !p.Challenge.Public() {
		return fault.Conflict.With("publicity.fault.draftChallenge")
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		changed, err := setPublished(ctx, tx, p.Challenge.ID, unitID, actor.ID, public)
		if err != nil || !changed {
			return err
		}
		return s.record(ctx, tx, actor, p, map[string]any{"public": public})
	})
}

// HoursOf returns when a unit's loudspeakers may speak.
func (s *Service) HoursOf(ctx context.Context, actor person.Actor, unitID ident.ID) (Hours, error) {
	if err := actor.Can(person.ActionPublicityRead, person.On{Unit: unitID}); err != nil {
		return Hours{}, err
	}
	return hoursOf(ctx, s.db, unitID)
}

// SaveHours changes when a unit's loudspeakers may speak.
func (s *Service) SaveHours(ctx context.Context, actor person.Actor, h Hours) (Hours, error) {
	if err := actor.Can(person.ActionPublicityEdit, person.On{Unit: h.UnitID}); err != nil {
		return Hours{}, err
	}
	if _, err := s.units.Unit(ctx, h.UnitID); err != nil {
		return Hours{}, err
	}
	if err := h.check(); err != nil {
		return Hours{}, err
	}
	seen := h.Version
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		h.Version = seen + 1 // not ++: a transaction may run again
		if err := saveHours(ctx, tx, h, actor.ID); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionPublicityEdit), Kind: "loudspeaker_hours", Object: h.UnitID,
			After: map[string]any{"slots": h.Slots, "days": h.Days, "minutes": h.MaxMinutes},
		})
	})
	if err != nil {
		return Hours{}, err
	}
	return h, nil
}

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

// Proof is a photo or a PDF that shows that something was done; the zero Proof is none.
type Proof struct {
	File io.Reader
	Name string
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
		ID: play.ID, Dispatch: p.Dispatch.ID, Duty: p.duty(letter.Loudspeaker), Channel: letter.Loudspeaker, At: play.Started, Place: play.Device, Times: play.Times, Note: play.Note,
		File: play.Proof.File, FileName: play.Proof.Name,
		Also: func(ctx context.Context, tx *database.Tx, _ cascade.Publicity) error { return write(ctx, tx) },
	})
	if err != nil {
		return Play{}, renamed(err, map[string]string{"at": "started", "place": "device"})
	}
	return play, nil
}

// duty is the number of the duty that a record on the channel counts for: the first that names the channel and is not done,
// or the first that names it; 0 is the letter as a whole.
func (p *Package) duty(on letter.Channel) int {
	named := 0
	for _, d := range p.Dispatch.Duties {
		if !slices.Contains(d.Channels, on) {
			continue
		}
		if !d.Done() {
			return d.Number
		}
		named = cmp.Or(named, d.Number)
	}
	return named
}

// reportable tells whether there is a letter to report to, and whether the unit took it on.
func (p *Package) reportable() error {
	switch {
	case p.Dispatch.ID == "":
		return fault.Conflict.With("publicity.fault.noLetter")
	case p.Dispatch.State == cascade.Sent || p.Dispatch.State == cascade.Arrived:
		return fault.Conflict.With("cascade.fault.notReceived")
	}
	return nil
}

// Reportable is the message that says why nothing can be confirmed yet, "" when it can.
func (p *Package) Reportable() string {
	if p.Dispatch.ID == "" {
		return "publicity.fault.noLetter"
	}
	if p.reportable() != nil {
		return "cascade.fault.notReceived"
	}
	return ""
}

// Confirm records that a product was used. The input names everything but the dispatch.
func (s *Service) Confirm(ctx context.Context, actor person.Actor, unitID ident.ID, slug string, product Product, in cascade.PublicityInput) (cascade.Publicity, error) {
	p, err := s.Package(ctx, actor, unitID, slug)
	if err != nil {
		return cascade.Publicity{}, err
	}
	return s.confirm(ctx, actor, p, product, in)
}

func (s *Service) confirm(ctx context.Context, actor person.Actor, p *Package, product Product, in cascade.PublicityInput) (cascade.Publicity, error) {
	if err := p.reportable(); err != nil {
		return cascade.Publicity{}, err
	}
	if !slices.Contains(product.Channels(), in.Channel) {
		return cascade.Publicity{}, fault.Invalid.With("cascade.fault.channel").At("channel")
	}
	in.Dispatch, in.Duty = p.Dispatch.ID, cmp.Or(in.Duty, p.duty(in.Channel))
	return s.cascade.Publicise(ctx, actor, in)
}
