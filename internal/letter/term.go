package letter

import (
	"context"
	"maps"
	"slices"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// maxTerms is how many terms of a committee are kept.
const maxTerms = 40

// Terms returns the first days of the terms that were entered for a unit, the earliest first; none where they are taken to be
// as long as usual.
func (s *Service) Terms(ctx context.Context, actor person.Actor, unitID ident.ID) ([]clock.Day, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return loadTerms(ctx, s.db, unitID)
}

// TermAt is the year in which the term of a unit began that holds a day, by the first days that were entered.
func TermAt(days []clock.Day, on clock.Day) int { return termOf(days, on) }

// termTrace is what the log keeps of the terms of a unit.
type termTrace struct {
	Begin []clock.Day `json:"begin"`
}

// SetTerms says when the terms of a unit's committee began. What the unit has registered moves to the terms in which it now
// falls; that is refused where two letters would have one number. seen are the days that the person saw.
func (s *Service) SetTerms(ctx context.Context, actor person.Actor, unitID ident.ID, seen, days []clock.Day) error {
	if err := actor.Can(person.ActionLetterHead, person.On{Unit: unitID}); err != nil {
		return err
	}
	days = slices.Sorted(slices.Values(days))
	if err := checkTerms(days); err != nil {
		return err
	}
	return dropUnchanged(s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := lockTerms(ctx, tx, unitID); err != nil {
			return err
		}
		before, err := loadTerms(ctx, tx, unitID)
		if err != nil {
			return err
		}
		if slices.Equal(before, days) {
			return errUnchanged
		}
		if !slices.Equal(before, seen) {
			return fault.Conflict.With("letter.fault.termsChanged")
		}
		if err := saveTerms(ctx, tx, actor.ID, unitID, days); err != nil {
			return err
		}
		if err := moveToTerms(ctx, tx, unitID, days); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionLetterHead), Kind: "letter_term", Object: unitID,
			Before: termTrace{before}, After: termTrace{days},
		})
	}))
}

func checkTerms(days []clock.Day) error {
	if len(days) > maxTerms {
		return fault.Invalid.With("letter.fault.tooMany", "Limit", maxTerms).At("terms")
	}
	for i, d := range days {
		if _, err := clock.ParseDay(string(d)); err != nil || yearOf(d) < 1930 {
			return fault.Invalid.With("letter.fault.date").At("terms")
		}
		if i > 0 && yearOf(days[i-1]) == yearOf(d) {
			return fault.Invalid.With("letter.fault.termYear", "Year", yearOf(d)).At("terms")
		}
	}
	return nil
}

// moveToTerms puts what a unit has registered by type into the terms in which it falls.
func moveToTerms(ctx context.Context, tx *database.Tx, unitID ident.ID, days []clock.Day) error {
	all, err := listSeries(ctx, tx, unitID)
	if err != nil {
		return err
	}
	highest, changed := map[sequence]int64{}, map[sequence]bool{}
	var moved []seriesRow
	for _, r := range all {
		was, is := sequence{r.Series, r.Term}, sequence{r.Series, termOf(days, r.On)}
		if n := r.Order / orderOfOne; n <= maxSequence && r.Order%orderOfOne == 0 { // after 12a comes 12, if it has not been given
			highest[is] = max(highest[is], n)
		}
		if was != is {
			changed[was], changed[is] = true, true
			r.Term = is.term
			moved = append(moved, r)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	if err := setTermOf(ctx, tx, moved); err != nil {
		return err
	}
	for _, seq := range slices.SortedFunc(maps.Keys(changed), sequence.compare) { // in one order, so that nobody waits for each other
		if err := setNumber(ctx, tx, unitID, seq.term, seq.book(), highest[seq]); err != nil {
			return err
		}
	}
	return nil
}

// moveToSeries puts a letter of the Party that an older release has registered with all others of its year into the sequence of
// its type; where that has the number already it stays.
func moveToSeries(ctx context.Context, tx *database.Tx, l *Letter) error {
	if l.State != Registered || l.Series != "" {
		return nil
	}
	seq, err := sequenceOf(ctx, tx, *l)
	if err != nil || seq.series == "" {
		return err
	}
	other, err := findNumber(ctx, tx, l.IssuerID, seq, numberKey(l.Fields.Number))
	if err != nil || other != "" {
		return err
	}
	l.Series, l.Term = seq.series, seq.term
	return raiseTo(ctx, tx, l.IssuerID, seq, l.Fields.Number)
}
