package urging

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Sent is everything that was sent by way of urging about one letter, as far as somebody may see it.
type Sent struct {
	Letter letter.Letter
	Steps  []SentStep // the newest first
	Drafts []DraftLetter
	Rules  Rules
}

// SentStep is one step with those who were told.
type SentStep struct {
	Cause  Cause
	Number int
	Step   Step
	Unit   unit.Unit
	Issue  ident.ID // the dispatch
	Opens  bool     // whoever asks may open it
	Since  clock.Time
	At     clock.Time
	By     string // who urged by hand
	Words  string
	About  About
	Draft  ident.ID
	To     []SentTo // empty when nobody could be told
}

// SentTo is one recipient and what became of the message.
type SentTo struct {
	Name string
	Role string
	Unit unit.Unit
	At   clock.Time // zero while it waits for the next digest
	Fate Fate
}

// Fate is what became of a message.
type Fate string

// The fates.
const (
	FateWaiting Fate = "waiting" // for the next digest
	FateOnWay   Fate = "queued"
	FateSent    Fate = "sent"
	FateFailed  Fate = "failed"
	FateDropped Fate = "dropped" // settled before it was told
)

// Sent returns the log of urging about a letter: all of it to its issuer, to others what was about units whose letters they
// handle or urge. Whoever was urged sees why. Of units below another organ the issuer sees who was told by role, not by name. Who
// has an overdue part is named to the people of the unit only.
func (s *Service) Sent(ctx context.Context, actor person.Actor, id ident.ID) (Sent, error) {
	tree, err := s.Units.Today(ctx)
	if err != nil {
		return Sent{}, err
	}
	l, err := s.Letters.Load(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	row, err := loadLetter(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	all, err := s.Cascade.Follow(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	parts := map[ident.ID]string{}
	issuer := actor.Can(person.ActionCascadeWatch, person.On{Unit: l.IssuerID}) == nil
	nameless := map[ident.ID]bool{} // dispatches
	seen := map[ident.ID]cascade.Dispatch{}
	for _, d := range all {
		if actor.Can(person.ActionCascadeRead, person.On{Unit: d.ReceiverID}) == nil || mayUrge(actor, tree, d.Dispatch) == nil {
			seen[d.ID] = d.Dispatch
			for _, duty := range d.Duties {
				for _, part := range duty.Parts {
					parts[part.ID] = part.Name
				}
			}
		} else if issuer {
			seen[d.ID], nameless[d.ID] = d.Dispatch, true
		}
	}
	if len(seen) == 0 && !issuer {
		if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: l.IssuerID}); err != nil {
			return Sent{}, err
		}
	}
	out := Sent{Letter: l, Rules: row.Rules.V.complete()}
	steps, err := stepsOfLetter(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	notices, err := noticesOfLetter(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	to, names, err := s.recipientsOf(ctx, tree, notices, steps)
	if err != nil {
		return Sent{}, err
	}
	for _, step := range slices.Backward(steps) {
		d, ok := seen[step.DispatchID]
		if !ok {
			continue
		}
		u, _ := tree.ByID(d.ReceiverID)
		one := SentStep{
			Cause: step.Cause, Number: step.Number, Step: step.Step, Unit: u, Issue: step.DispatchID, Opens: !nameless[d.ID], Since: step.Since, At: step.At,
			Words: step.Words, About: step.About.V, Draft: step.DraftID, To: to[step.ID],
		}
		if !step.Cause.Inside() || actor.System || slices.Contains(actor.UnitsOf(signers...), d.ReceiverID) {
			one.About.Name = parts[one.About.Part]
		} else { // those above see that somebody was told, not who
			one.To = slices.Clone(one.To)
			for i := range one.To {
				one.To[i].Name = ""
			}
		}
		if step.Cause == ByHand {
			one.By = names[step.By]
		}
		if nameless[d.ID] {
			one.By, one.To = "", slices.Clone(one.To)
			for i, to := range one.To {
				if actor.Can(person.ActionCascadeRead, person.On{Unit: to.Unit.ID}) != nil {
					one.To[i].Name = ""
				}
			}
		}
		out.Steps = append(out.Steps, one)
	}
	rows, err := draftsOfLetter(ctx, s.DB, id)
	if err != nil {
		return Sent{}, err
	}
	out.Drafts, err = s.draftLetters(ctx, actor, tree, rows, func(letter.Letter) bool { return true })
	return out, err
}

// recipientsOf names those who were told of each step, with what became of the messages.
func (s *Service) recipientsOf(ctx context.Context, tree *unit.Tree, notices []told, steps []stepRow) (map[ident.ID][]SentTo, map[ident.ID]string, error) {
	var people []ident.ID
	var keys []string
	for _, n := range notices {
		if !strings.HasPrefix(n.Recipient, mailbox) {
			people = append(people, ident.ID(n.Recipient))
		}
		if n.MessageKey != "" && n.MessageKey != unsendable {
			keys = append(keys, n.MessageKey)
		}
	}
	for _, step := range steps {
		if step.Cause == ByHand {
			people = append(people, step.By)
		}
	}
	slices.Sort(people)
	names, err := s.People.Names(ctx, slices.Compact(people)...)
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(keys)
	outcomes, err := s.Mail.Outcomes(ctx, s.DB, slices.Compact(keys)...)
	if err != nil {
		return nil, nil, err
	}
	to := map[ident.ID][]SentTo{}
	for _, n := range notices {
		u, _ := tree.ByID(n.UnitID)
		to[n.StepID] = append(to[n.StepID], SentTo{
			Name: names[ident.ID(n.Recipient)], Role: n.Role, Unit: u, At: n.ToldAt, Fate: fateOf(n.noticeRow, outcomes),
		})
	}
	return to, names, nil
}

func fateOf(n noticeRow, outcomes map[string]notify.Outcome) Fate {
	switch {
	case !n.DroppedAt.IsZero():
		return FateDropped
	case n.MessageKey == "":
		return FateWaiting
	case n.MessageKey == unsendable:
		return FateFailed
	}
	switch state := outcomes[n.MessageKey].State; {
	case state.Failed():
		return FateFailed
	case state.Sent():
		return FateSent
	}
	return FateOnWay
}

// DraftLetter is a drafted letter of urging.
type DraftLetter struct {
	Letter   letter.Letter // the drafted one, like the urged one without its document
	Urged    letter.Letter
	Superior unit.Unit
	At       clock.Time
	Units    []unit.Unit
	Readable bool // by whoever asks: they may open it
}

// Open tells whether the letter still waits for its sign-off and its number.
func (d DraftLetter) Open() bool { return unfinished(d.Letter) }

func unfinished(l letter.Letter) bool {
	return l.State == letter.Draft || l.State == letter.Submitted || l.State == letter.Signed
}

// draftLetters returns those of the written drafts that are wanted, of organs whose letters the actor may read; those who sent
// the urged letter see that there is one.
func (s *Service) draftLetters(ctx context.Context, actor person.Actor, tree *unit.Tree, rows []draftRow, want func(letter.Letter) bool) ([]DraftLetter, error) {
	var ids []ident.ID
	for _, r := range rows {
		ids = append(ids, r.ID, r.LetterID)
	}
	letters, err := s.Letters.LoadAll(ctx, s.DB, ids)
	if err != nil {
		return nil, err
	}
	var out []DraftLetter
	var shown []ident.ID
	for _, r := range rows {
		l, composed := letters[r.ID]
		urged := letters[r.LetterID]
		if r.Written == 0 || !composed || !want(l) {
			continue
		}
		readable := actor.Can(person.ActionLetterRead, person.On{Unit: r.SuperiorID}) == nil
		if !readable && actor.Can(person.ActionCascadeWatch, person.On{Unit: urged.IssuerID}) != nil {
			continue
		}
		shown = append(shown, r.ID)
		out = append(out, DraftLetter{Letter: l, Urged: urged, Superior: unitOf(tree, r.SuperiorID), At: r.WrittenAt, Readable: readable})
	}
	late, err := s.lateUnits(ctx, s.DB, tree, always, shown...)
	for i := range out {
		out[i].Units = unitsOf(late[shown[i]])
	}
	return out, err
}
