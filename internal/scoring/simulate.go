package scoring

import (
	"sachhon/internal/challenge"
	"sachhon/internal/ident"
)

// Move is how one entrant fares under another scheme.
type Move struct {
	Entrant       ident.ID
	Before, After int // ranks
	From, To      Points
}

// Comparison is one division under two schemes, in the order of the other one.
type Comparison struct {
	Division challenge.DivisionCode
	Moves    []Move
}

// Simulate applies another scheme to the same reports and says who would move where.
func Simulate(now, other Scheme, entrants []Entrant, reports []Facts, seed []byte) []Comparison {
	before := map[ident.ID]Standing{}
	for _, table := range Standings(now, entrants, reports, seed) {
		for _, row := range table.Rows {
			before[row.Entrant] = row
		}
	}
	var out []Comparison
	for _, table := range Standings(other, entrants, reports, seed) {
		c := Comparison{Division: table.Division, Moves: make([]Move, len(table.Rows))}
		for i, row := range table.Rows {
			was := before[row.Entrant] // who is ranked does not depend on the scheme
			c.Moves[i] = Move{Entrant: row.Entrant, Before: was.Rank, After: row.Rank, From: was.Points, To: row.Points}
		}
		out = append(out, c)
	}
	return out
}
