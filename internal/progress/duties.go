package progress

import (
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// carrying finds the duty of the root, or of the letter that is reported on, to which a duty of a unit below belongs: on the way up
// of a letter that was passed on, and over the letter of its own by which a unit carries another one out.
type carrying struct {
	first ident.ID // the letter that is reported on
	root  ident.ID
	by    map[ident.ID]*cascade.Stood // the dispatches by which units have the letter
	of    map[ident.ID]ident.ID       // these, by receiver
	own   map[ident.ID]letter.Letter  // the letters by which units carried it out
}

func (r records) carrying(root, first ident.ID) carrying {
	c := carrying{first: first, root: root, by: map[ident.ID]*cascade.Stood{}, of: map[ident.ID]ident.ID{}, own: r.letters}
	for _, d := range r.also {
		c.by[d.ID] = d
	}
	for _, d := range r.taken {
		c.by[d.ID], c.of[d.ReceiverID] = d, d.ID
	}
	return c
}

// number returns the number of the duty that one of a dispatch is part of, 0 for none.
func (c carrying) number(d *cascade.Stood, duty cascade.Duty) int {
	for range deepest {
		if d.ReceiverID == c.root || d.ParentID == "" && d.LetterID == c.first {
			return duty.Number
		}
		above, from := c.by[d.ParentID], duty.From
		if d.ParentID == "" {
			above, from = c.by[c.of[d.SenderID]], c.carriedOut(d, duty)
		}
		if above == nil {
			return 0
		}
		i := slices.IndexFunc(above.Duties, func(o cascade.Duty) bool { return o.Number == from })
		if i < 0 {
			return 0
		}
		d, duty = above, above.Duties[i]
	}
	return 0
}

// carriedOut is the duty of its sender that one of a letter of this one's own carries out.
func (c carrying) carriedOut(d *cascade.Stood, duty cascade.Duty) int {
	own, above := c.own[d.LetterID], c.by[c.of[d.SenderID]]
	if above == nil || own.AnswersID != above.LetterID && own.AnswersID != above.PaperID() {
		return 0
	}
	i := slices.IndexFunc(own.Fields.Duties, func(o letter.Duty) bool { return o.Number == duty.Number })
	if i < 0 {
		return 0
	}
	return cascade.Carries(own.Fields.Duties, above.Duties)[i]
}

// asking is a dispatch as it stood, and whether its unit has its place by another one.
type asking struct {
	*cascade.Stood
	also bool
}

// inOrder are the dispatches in the order in which they count for their units: what was refused or replaced comes last.
func (r records) inOrder() []asking {
	list := make([]asking, 0, len(r.taken)+len(r.also))
	for _, d := range r.taken {
		list = append(list, asking{d, false})
	}
	for _, d := range r.also {
		list = append(list, asking{d, true})
	}
	rest := func(a asking) int {
		if a.State == cascade.Refused || a.State == cascade.Replaced {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b asking) int { return rest(a) - rest(b) })
	return list
}

// duties says of each duty of the letter how many of the units below the root, and the root itself, had done it.
func (r records) duties(root, letterID ident.ID) []DutyLine {
	var lines []DutyLine
	c := r.carrying(root, letterID)
	type askedOf struct {
		unit ident.ID
		line int
	}
	reached := map[askedOf]bool{}
	for _, one := range r.inOrder() {
		d, also := one.Stood, one.also
		if _, ok := r.below(d.ReceiverID, root); !ok || also && d.ReceiverID == root {
			continue
		}
		// A duty adds up what stands below its dispatch, so that only that of the root itself is counted, or of the issuer those
		// it sent. Of a unit outside nothing is noted.
		counts := d.ReceiverID == root || r.places[root].dispatch == "" && d.SenderID == root
		counts = counts && !also && d.State != cascade.Refused && d.ExpectsRecords()
		asked := map[int]bool{} // by line, whether all that is part of it is done
		for _, duty := range d.Duties {
			number := c.number(d, duty)
			if number == 0 {
				continue
			}
			i := slices.IndexFunc(lines, func(l DutyLine) bool { return l.Number == number })
			if i < 0 {
				i = len(lines)
				lines = append(lines, DutyLine{Number: number, Text: duty.Text})
			}
			done, again := asked[i]
			asked[i] = d.DutyDone(duty) && (done || !again)
			if counts {
				lines[i].count(duty)
			}
		}
		for i, done := range asked {
			if reached[askedOf{d.ReceiverID, i}] { // a unit counts once, as it was asked first
				continue
			}
			reached[askedOf{d.ReceiverID, i}] = true
			lines[i].Asked++
			if done {
				lines[i].Done++
			}
		}
	}
	slices.SortFunc(lines, func(a, b DutyLine) int { return a.Number - b.Number })
	return lines
}
