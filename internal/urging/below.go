package urging

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// LateBelow returns the units that are late with what a letter asks of them, as far as somebody at a unit watches them, for
// whoever writes a letter of urging without waiting for one to be drafted. Official letters are in Vietnamese.
func (s *Service) LateBelow(ctx context.Context, actor person.Actor, unitID, letterID ident.ID) (drafting.UrgingData, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return drafting.UrgingData{}, err
	}
	rows, _, _, err := s.stuckRows(ctx, unitID)
	if err != nil {
		return drafting.UrgingData{}, err
	}
	rows = slices.DeleteFunc(rows, func(r *stuckRow) bool {
		return r.Soon || r.Matter.Cause == NotDelivered || r.Matter.Cause == Objected || r.Dispatch.LetterID != letterID && r.Dispatch.PaperID() != letterID
	})
	slices.SortStableFunc(rows, func(a, b *stuckRow) int { return strings.Compare(a.Receiver.Code, b.Receiver.Code) })
	words := lang.New(lang.Languages[0])
	var data drafting.UrgingData
	for _, r := range rows {
		due := overdueSince(r.Matter.Cause, r.Matter.From, r.Matter.Due)
		var what []string
		for _, m := range append([]Matter{r.Matter}, r.Also...) {
			if m.Ahead(s.now()) {
				continue
			}
			what = append(what, What(words, m.Cause, m.Number, m.About))
			if since := overdueSince(m.Cause, m.From, m.Due); since.Before(due.Time) {
				due = since
			}
		}
		data.Late = append(data.Late, drafting.LateUnit{Unit: r.Receiver, What: strings.Join(slices.Compact(what), "; "), Due: lastDay(due)})
	}
	return data, nil
}
