package urging

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// UrgeInput is what somebody urges about with words of their own.
type UrgeInput struct {
	ID         ident.ID // made by the client: sent again it tells nobody twice
	Dispatches []ident.ID
	Words      string
}

// UrgeResult tells whom it reached.
type UrgeResult struct {
	Told    int         // units
	Already []unit.Unit // urged by hand today before
	Nobody  []unit.Unit // in which nobody can be told
	Later   bool        // it is quiet now: the next digest says it
}

// Limits of urging by hand.
const (
	maxWords = 2_000
	maxUnits = 500
)

// Urge tells the people of the chosen units now, in quiet hours with their next digest. Whoever sent the letter may, and
// the unit's superior. A unit is urged by hand once a day about a letter, however often somebody presses.
func (s *Service) Urge(ctx context.Context, actor person.Actor, in UrgeInput) (UrgeResult, error) {
	var bad fault.Fields
	words := lang.CleanLines(in.Words)
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		bad.Add("words", "urging.fault.wordsMissing")
	case n > maxWords:
		bad.Add("words", "urging.fault.tooLong", "Length", n, "Limit", maxWords)
	}
	ids := slices.Compact(slices.Sorted(slices.Values(in.Dispatches)))
	switch {
	case len(ids) == 0:
		bad.Add("dispatches", "urging.fault.nobodyChosen")
	case len(ids) > maxUnits:
		bad.Add("dispatches", "urging.fault.tooMany", "Limit", maxUnits)
	}
	if err := bad.Err(); err != nil {
		return UrgeResult{}, err
	}
	if in.ID == "" {
		in.ID = s.IDs.New()
	}
	p, err := s.planner(ctx)
	if err != nil {
		return UrgeResult{}, err
	}
	w, err := s.picture(ctx)
	if err != nil {
		return UrgeResult{}, err
	}
	var result UrgeResult
	err = s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		result, err = s.urge(ctx, tx, p, w, actor, in.ID, ids, words)
		return err
	})
	return result, err
}

func (s *Service) urge(ctx context.Context, tx *database.Tx, p Planner, w picture, actor person.Actor, id ident.ID, ids []ident.ID, words string) (UrgeResult, error) {
	result := UrgeResult{Later: !p.Hours.Open(tx.Now(), p.Calendar)}
	day, err := strconv.Atoi(strings.ReplaceAll(string(clock.DayOf(tx.Now().Time)), "-", ""))
	if err != nil {
		return result, err
	}
	t := taking{Service: s, tx: tx, tree: w.tree, holders: map[holdersKey][]person.Person{}}
	reached := map[string][]told{} // by recipient
	byLetter := map[ident.ID]int{}
	for _, one := range ids {
		d, err := s.urgeable(ctx, tx, w, actor, one)
		if err != nil {
			return result, err
		}
		row := stepRow{
			ID: s.IDs.New(), LetterID: d.LetterID, DispatchID: d.ID, Cause: ByHand, Number: day, Step: Hand,
			Since: d.ArrivedAt, Due: tx.Now(), At: tx.Now(), By: actor.Identity(), Words: words,
		}
		fresh, err := insertStep(ctx, tx, row)
		if err != nil {
			return result, err
		}
		receiver := unitOf(w.tree, d.ReceiverID)
		if !fresh {
			result.Already = append(result.Already, receiver)
			continue
		}
		to, err := t.recipients(ctx, receiver, Hand)
		if err != nil {
			return result, err
		}
		byLetter[d.LetterID]++
		if len(to) == 0 {
			result.Nobody = append(result.Nobody, receiver)
			continue
		}
		result.Told++
		if err := noteAll(ctx, tx, row.ID, to); err != nil {
			return result, err
		}
		for _, r := range to {
			n := noticeRow{StepID: row.ID, Recipient: r.Key, UnitID: r.Unit, Role: r.Role}
			reached[r.Key] = append(reached[r.Key], told{n, row})
		}
	}
	for _, letterID := range sortedKeys(byLetter) {
		l, err := s.Letters.Load(ctx, tx, letterID)
		if err != nil {
			return result, err
		}
		if err := s.record(ctx, tx, actor.Identity(), l, nil, trace{ByHand: byLetter[letterID]}); err != nil {
			return result, err
		}
	}
	if result.Later {
		return result, nil
	}
	for _, to := range sortedKeys(reached) {
		if err := s.tellNow(ctx, tx, p, w.tree, actor, fmt.Sprintf("urging.hand/%s/%s", id, to), to, reached[to]); err != nil {
			return result, err
		}
	}
	return result, nil
}

// urgeable returns a dispatch that the actor may urge about, and that something can still be done about.
func (s *Service) urgeable(ctx context.Context, tx *database.Tx, w picture, actor person.Actor, id ident.ID) (cascade.Dispatch, error) {
	d, err := s.Cascade.Find(ctx, tx, id)
	if err != nil {
		return d, err
	}
	if err := mayUrge(actor, w.tree, d); err != nil {
		return d, err
	}
	if !w.owes(d) {
		return d, fault.Conflict.With("urging.fault.settled", "Unit", unitOf(w.tree, d.ReceiverID).FullName).At("dispatches")
	}
	return d, nil
}

// owes tells whether something can still be done about a dispatch: of one that is completed, only its overdue reports.
func (w picture) owes(d cascade.Dispatch) bool {
	if d.State == cascade.Completed {
		return len(w.reports[reporter{d.LetterID, d.ReceiverID}]) > 0
	}
	return d.State.Open() && !d.ArrivedAt.IsZero()
}

// mayUrge returns nil when the actor may urge about a dispatch: for who sent it, or for the receiver's superior organ.
func mayUrge(actor person.Actor, tree *unit.Tree, d cascade.Dispatch) error {
	err := actor.Can(person.ActionCascadeUrge, person.On{Unit: d.SenderID})
	if err == nil || d.Entered() { // of a letter that it typed in only the receiver knows
		return err
	}
	if u, ok := tree.ByID(d.ReceiverID); ok && u.SuperiorID != "" && actor.Can(person.ActionCascadeUrge, person.On{Unit: u.SuperiorID}) == nil {
		return nil
	}
	return err
}

// tellNow writes to one recipient at once.
func (s *Service) tellNow(ctx context.Context, tx *database.Tx, p Planner, tree *unit.Tree, actor person.Actor, key, to string, notices []told) error {
	w, err := s.writer(ctx, tx, p, tree, to, notices)
	if err != nil {
		return err
	}
	message := notify.Message{Key: key, To: w.person, Email: w.email, Lang: w.l.Code(), Template: "urging.mail.now", Patient: true, Args: map[string]any{
		"Name": w.name, "From": actor.Name, "Lines": w.lines(notices), "Why": w.why(notices),
	}}
	if err := s.Mail.Send(ctx, tx, message); fault.KindOf(err) == fault.Invalid {
		key = unsendable
	} else if err != nil {
		return err
	}
	for _, n := range notices {
		if err := tellNotice(ctx, tx, n.noticeRow, key); err != nil {
			return err
		}
	}
	return nil
}

// Chosen is a dispatch that somebody means to urge about.
type Chosen struct {
	Dispatch cascade.Dispatch
	Receiver unit.Unit
	Letter   letter.Letter
}

// Choice is what of the dispatches that somebody chose can be urged about.
type Choice struct {
	Chosen  []Chosen
	Settled []unit.Unit // that owe nothing any more
	Others  int         // dispatches that are for others to urge about, or that do not exist
}

// Choose sorts dispatches into those that the actor may urge about and that something can still be done about, and the rest.
func (s *Service) Choose(ctx context.Context, actor person.Actor, ids []ident.ID) (Choice, error) {
	w, err := s.picture(ctx)
	if err != nil {
		return Choice{}, err
	}
	var out Choice
	seen := map[ident.ID]bool{}
	for _, id := range ids[:min(len(ids), maxUnits)] {
		if seen[id] {
			continue
		}
		seen[id] = true
		d, err := s.Cascade.Find(ctx, s.DB, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return Choice{}, err
		}
		switch {
		case err != nil || mayUrge(actor, w.tree, d) != nil:
			out.Others++
		case !w.owes(d):
			out.Settled = append(out.Settled, unitOf(w.tree, d.ReceiverID))
		default:
			l, err := s.Letters.Load(ctx, s.DB, d.PaperID())
			if err != nil {
				return Choice{}, err
			}
			out.Chosen = append(out.Chosen, Chosen{d, unitOf(w.tree, d.ReceiverID), l})
		}
	}
	return out, nil
}
