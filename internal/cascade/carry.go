package cascade

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Carries says of each duty of a unit's own letter which of those that it was asked it carries out, 0 for none: as it was drafted,
// whatever became of its words; in a letter written by hand the one in the same words.
func Carries(own []letter.Duty, asked []Duty) []int {
	from := make([]int, len(own))
	drafted := slices.ContainsFunc(own, func(d letter.Duty) bool { return d.From > 0 })
	for i, one := range own {
		n := slices.IndexFunc(asked, func(d Duty) bool { return d.Number == one.From || !drafted && sameWords(d.Text, one.Text) })
		if n >= 0 {
			from[i] = asked[n].Number
		}
	}
	return from
}

// noted is what the duties of a letter's dispatches add up from.
type noted struct {
	dispatches []Dispatch
	duties     []Duty
	parts      []Part
	ticks      []tickSum
	records    []dutyRecord
	files      []File
}

func (n noted) forest(now clock.Time) *forest {
	return newForest(now, n.dispatches, n.duties, n.parts, n.ticks, n.records).proved(n.files)
}

// noted reads what was noted of a letter up to now.
func (s *Service) noted(ctx context.Context, q database.Querier, letterID ident.ID) (n noted, err error) {
	if n.dispatches, err = loadByLetter(ctx, q, letterID); err != nil {
		return n, err
	}
	if n.duties, err = loadAllDuties(ctx, q, letterID); err != nil {
		return n, err
	}
	if n.parts, err = listAllParts(ctx, q, letterID); err != nil {
		return n, err
	}
	if n.ticks, err = sumTicks(ctx, q, letterID, clock.At(s.db.Clock().Now())); err != nil {
		return n, err
	}
	if n.records, err = listDutyRecords(ctx, q, letterID); err != nil {
		return n, err
	}
	n.files, err = listAllFiles(ctx, q, letterID)
	return n, err
}

// withOwn adds to a letter that was typed in what was noted of the letters of its own by which the unit carries it out. They are
// sent and not passed on, since the way to the issuer of a letter begins with it; what is done under them stands below the duty that
// each of theirs carries out all the same. It reads as often as there are such letters, however many units have them.
func (s *Service) withOwn(ctx context.Context, q database.Querier, letterID ident.ID, n noted,
	read func(context.Context, database.Querier, ident.ID) (noted, error),
) (noted, error) {
	i := slices.IndexFunc(n.dispatches, Dispatch.Entered)
	if i < 0 {
		return n, nil
	}
	came := n.dispatches[i]
	ids, err := carriedBy(ctx, q, letterID, came.ReceiverID)
	if err != nil || len(ids) == 0 {
		return n, err
	}
	letters, err := s.letters.LoadAll(ctx, q, ids)
	if err != nil {
		return n, err
	}
	all := n
	has := reached{}
	has.add(n, came.ID)
	for _, id := range ids {
		own, err := read(ctx, q, id)
		if err != nil {
			return n, err
		}
		own = own.below(n, has, came, letters[id])
		all = all.under(own)
		has.add(own, came.ID)
	}
	return all, nil
}

// below puts the dispatches of a unit's own letter below the one that it carries out. What a unit was asked of a duty already, with
// this one passed on or with an older letter, counts there: who gets it a second time, in a letter that urges say, adds nothing.
func (n noted) below(first noted, has reached, came Dispatch, own letter.Letter) noted {
	asked := slices.DeleteFunc(slices.Clone(first.duties), func(d Duty) bool { return d.DispatchID != came.ID })
	from := Carries(own.Fields.Duties, asked)
	n.dispatches, n.duties = slices.Clone(n.dispatches), slices.Clone(n.duties)
	units := make(map[ident.ID]ident.ID, len(n.dispatches))
	sent := map[ident.ID]bool{} // by the unit itself
	for i, d := range n.dispatches {
		if d.ParentID == "" {
			n.dispatches[i].ParentID, sent[d.ID] = came.ID, true
		}
		units[d.ID] = d.ReceiverID
	}
	for i, d := range n.duties {
		if sent[d.DispatchID] {
			n.duties[i].From = 0
			if of := slices.IndexFunc(own.Fields.Duties, func(o letter.Duty) bool { return o.Number == d.Number }); of >= 0 {
				n.duties[i].From = from[of]
			}
		}
	}
	of := n.partOf(came.ID)
	for i, d := range n.duties {
		if number := of[dutyKey{d.DispatchID, d.Number}]; number > 0 && has[askedOf{units[d.DispatchID], number}] {
			n.duties[i].From = 0
		}
	}
	return n
}

// askedOf is a duty of the letter that is carried out, as a unit below was asked it.
type askedOf struct {
	unit   ident.ID
	number int
}

// reached are those that count below the letter that is carried out.
type reached map[askedOf]bool

// add takes in whom a letter reaches, which may ask a unit for one duty in several of its own.
func (r reached) add(n noted, came ident.ID) {
	units := make(map[ident.ID]ident.ID, len(n.dispatches))
	for _, d := range n.dispatches {
		units[d.ID] = d.ReceiverID
	}
	for key, number := range n.partOf(came) {
		if number > 0 {
			r[askedOf{units[key.dispatch], number}] = true
		}
	}
}

// partOf tells of which duty of a dispatch each of those below it is a part, directly or over others.
func (n noted) partOf(top ident.ID) map[dutyKey]int {
	sent, duties := make(map[ident.ID]Dispatch, len(n.dispatches)), make(map[dutyKey]Duty, len(n.duties))
	for _, d := range n.dispatches {
		sent[d.ID] = d
	}
	for _, d := range n.duties {
		duties[dutyKey{d.DispatchID, d.Number}] = d
	}
	of := make(map[dutyKey]int, len(n.duties))
	var find func(dutyKey) int
	find = func(key dutyKey) int {
		if key.dispatch == top {
			return key.number
		}
		number, known := of[key]
		if duty, asked := duties[key]; !known && asked && duty.From > 0 && sent[key.dispatch].State.counts() {
			number = find(dutyKey{sent[key.dispatch].ParentID, duty.From})
			of[key] = number
		}
		return number
	}
	for key := range duties {
		if key.dispatch != top {
			find(key)
		}
	}
	return of
}

func (n noted) under(o noted) noted {
	return noted{
		slices.Concat(n.dispatches, o.dispatches), slices.Concat(n.duties, o.duties), slices.Concat(n.parts, o.parts),
		slices.Concat(n.ticks, o.ticks), slices.Concat(n.records, o.records), slices.Concat(n.files, o.files),
	}
}
