package scoring

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// Entrant is who can be ranked: one that was approved and neither withdrew nor was disqualified.
type Entrant struct {
	ID       ident.ID               `json:"id"`
	Division challenge.DivisionCode `json:"division"`
}

// Table is the standings of one division, best first.
type Table struct {
	Division challenge.DivisionCode `json:"division"`
	Rows     []Standing             `json:"rows"`
}

// Standing is one entrant's place. Entrants without a valid report have no place and no row.
type Standing struct {
	Rank         int      `json:"rank"`
	Entrant      ident.ID `json:"entrant"`
	Points       Points   `json:"points"`
	Reports      int64    `json:"reports"`
	Participants int64    `json:"participants"`
	Grams        int64    `json:"grams"`
	SendBacks    int64    `json:"send_backs"`
	// LastAt is when the last valid report that earned any points was handed in. A report worth nothing does not
	// move it: otherwise reporting more could cost a place.
	LastAt clock.Time `json:"last_at"`
	// Decided says what put the entrant behind the one above.
	Decided Decision `json:"decided,omitempty"`
}

// Decision names the rule that separated two neighbours of a table.
type Decision string

// The tie rules, in the order in which they are asked. First has nobody above.
const (
	First       Decision = ""
	ByPoints    Decision = "points"      // fewer points
	BySendBacks Decision = "send_backs"  // as many points, more send-backs
	ByLastAt    Decision = "last_report" // as many, later last valid report
	ByDraw      Decision = "draw"        // all equal: the draw by the seed
	Shared      Decision = "shared"      // all equal and no seed revealed yet: the same rank
)

// Standings ranks the entrants of every division by their valid reports; the tables are in the order of the
// divisions' names. seed is what settles the last ties. While it is still secret pass nil: those who are equal then
// share a rank. Reports of anybody who is not in entrants do not count. The order of both lists means nothing.
func Standings(s Scheme, entrants []Entrant, reports []Facts, seed []byte) []Table {
	places := make(map[ident.ID]int, len(entrants))
	rows := make([]candidate, len(entrants))
	for i, e := range entrants {
		places[e.ID] = i
		rows[i] = candidate{Standing: Standing{Entrant: e.ID}, division: e.Division}
	}
	rules := compile(s)
	for i := range reports {
		f := &reports[i]
		if at, ok := places[f.Entrant]; ok {
			rows[at].add(f, rules.total(f))
		}
	}
	ranked := make([]*candidate, 0, len(rows)) // pointers, since sorting moves them about
	for i := range rows {
		if rows[i].Reports > 0 {
			ranked = append(ranked, &rows[i])
		}
	}
	slices.SortFunc(ranked, func(a, b *candidate) int {
		if c := cmp.Compare(a.division, b.division); c != 0 {
			return c
		}
		if c, _ := compare(&a.Standing, &b.Standing, seed); c != 0 {
			return c
		}
		return cmp.Compare(a.Entrant, b.Entrant) // equal ranks still need one order on paper
	})
	return tables(ranked, seed)
}

// candidate is a row before it is known whose table it joins.
type candidate struct {
	Standing
	division challenge.DivisionCode
}

func (c *candidate) add(f *Facts, points Points) {
	c.Points += points
	c.Reports++
	c.Participants += f.Participants
	c.Grams += f.Waste.Total()
	c.SendBacks += f.SendBacks
	if points > 0 && f.SubmittedAt.After(c.LastAt.Time) {
		c.LastAt = f.SubmittedAt
	}
}

// tables cuts sorted rows into divisions and numbers them.
func tables(rows []*candidate, seed []byte) (out []Table) {
	for len(rows) > 0 {
		division, n := rows[0].division, 1
		for n < len(rows) && rows[n].division == division {
			n++
		}
		out = append(out, Table{Division: division, Rows: number(rows[:n], seed)})
		rows = rows[n:]
	}
	return out
}

func number(rows []*candidate, seed []byte) []Standing {
	places := make([]Standing, len(rows))
	for i, row := range rows {
		place := row.Standing
		place.Rank = i + 1
		if i > 0 {
			above := &places[i-1]
			if _, place.Decided = compare(above, &place, seed); place.Decided == Shared {
				place.Rank = above.Rank
			}
		}
		places[i] = place
	}
	return places
}

// compare tells who is before the other, and by which rule.
func compare(a, b *Standing, seed []byte) (int, Decision) {
	if c := cmp.Compare(b.Points, a.Points); c != 0 {
		return c, ByPoints
	}
	if c := cmp.Compare(a.SendBacks, b.SendBacks); c != 0 {
		return c, BySendBacks
	}
	if c := a.LastAt.Compare(b.LastAt.Time); c != 0 {
		return c, ByLastAt
	}
	if len(seed) == 0 {
		return 0, Shared
	}
	x, y := Draw(seed, a.Entrant), Draw(seed, b.Entrant)
	return bytes.Compare(x[:], y[:]), ByDraw
}

// Draw is an entrant's lot in the draw between equals, SHA-256 of the seed followed by the identifier's text; the
// smaller goes first.
func Draw(seed []byte, entrant ident.ID) [sha256.Size]byte {
	return sha256.Sum256(append(slices.Clone(seed), entrant...))
}
