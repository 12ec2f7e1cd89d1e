package progress

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Recorded says in the words of a report what was noted of a duty that asks for a number or recurs: "2/3 tác phẩm", "4/5 kỳ";
// "" for any other, which is done or not.
func (d DutyLine) Recorded() string {
	var parts []string
	if d.Quota > 0 {
		parts = append(parts, strings.TrimSpace(num(d.Counted)+"/"+num(d.Quota)+" "+d.Of))
	}
	if d.Turns > 0 {
		parts = append(parts, num(d.Met)+"/"+num(d.Turns)+" kỳ")
	}
	return strings.Join(parts, "; ")
}

// recorded tells whether something is noted of any of the duties while they are done.
func (f Figures) recorded() bool {
	return slices.ContainsFunc(f.Duties, func(d DutyLine) bool { return d.Recorded() != "" })
}

// measured tells whether a letter asks for a number of something, or for something time and again.
func measured(l letter.Letter) bool {
	return slices.ContainsFunc(l.Fields.Duties, func(d letter.Duty) bool { return d.Quota != nil || d.Every != nil })
}

// addRecorded adds to the lines of the duties what was noted of them. The cascade adds up what stands below a dispatch, so that
// only the dispatch of the root itself is asked, or of the issuer those it sent. Of a unit outside nothing is noted.
func (s *Service) addRecorded(ctx context.Context, r records, root, letterID ident.ID, lines []DutyLine) error {
	followed, err := s.cascade.Follow(ctx, s.db, letterID)
	if err != nil {
		return err
	}
	for _, d := range followed {
		top := d.ReceiverID == root || r.places[root].dispatch == "" && d.SenderID == root
		if !top || r.places[d.ReceiverID].dispatch != d.ID || d.State == cascade.Refused || !d.ExpectsRecords() {
			continue
		}
		for _, duty := range d.Duties {
			if i := slices.IndexFunc(lines, func(l DutyLine) bool { return l.Number == duty.Number }); i >= 0 {
				lines[i].count(duty)
			}
		}
	}
	return nil
}

func (d *DutyLine) count(duty cascade.Duty) {
	if duty.Quota != nil {
		d.Counted += int64(duty.Progress.Count)
		d.Quota += int64(duty.Progress.Quota)
		d.Of = duty.Quota.Of
	}
	d.Met += int64(duty.Progress.Met())
	d.Turns += int64(len(duty.Progress.Due))
}
