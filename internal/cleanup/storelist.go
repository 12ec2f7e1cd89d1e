package cleanup

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// query is a filter resolved to what the table knows.
type query struct {
	Filter
	now   clock.Time
	units []ident.ID
	after *Cursor
}

// cellRanges is how many rows of the grid a map box is cut into; a box that is higher is searched as one run.
const cellRanges = 64

// rows returns one row more than the limit, so that the caller sees whether there is another page.
func (query query) rows(ctx context.Context, q database.Querier) ([]Cleanup, error) {
	var w where
	w.and("challenge_id = ?", query.Challenge)
	w.and("announced_at IS NOT NULL")
	query.area(&w)
	query.state(&w)
	if !query.From.IsZero() {
		w.and("starts_at >= ?", query.From)
	}
	if !query.To.IsZero() {
		w.and("starts_at < ?", query.To)
	}
	if query.Entrant != "" {
		w.and("entrant_id = ?", query.Entrant)
	}
	if query.after != nil {
		w.and("(starts_at < ? OR (starts_at = ? AND id < ?))", query.after.StartsAt, query.after.StartsAt, query.after.ID)
	}
	var rows []row
	err := q.Select(ctx, &rows, fmt.Sprintf(`SELECT %s FROM cleanup WHERE %s ORDER BY starts_at DESC, id DESC LIMIT $%d`,
		columns, w.String(), len(w.args)+1), append(w.args, query.Limit+1)...)
	return all(rows), err
}

func (query query) area(w *where) {
	if len(query.units) > 0 {
		marks, args := make([]string, len(query.units)), make([]any, len(query.units))
		for i, u := range query.units {
			marks[i], args[i] = "?", u
		}
		w.and("unit_id IN ("+strings.Join(marks, ", ")+")", args...)
	}
	if query.Box == nil {
		return
	}
	var runs []string
	var args []any
	for _, run := range query.Box.Cells(cellRanges) {
		runs = append(runs, "cell BETWEEN ? AND ?")
		args = append(args, run.First, run.Last)
	}
	w.and("("+strings.Join(runs, " OR ")+")", args...)
	w.and("lat BETWEEN ? AND ?", query.Box.South, query.Box.North)
	w.and("lon BETWEEN ? AND ?", query.Box.West, query.Box.East)
}

// state translates a state of now into what is stored and the hours.
func (query query) state(w *where) {
	if query.State == "" {
		return
	}
	w.and("state = ?", query.State.stored())
	switch query.State {
	case Announced:
		w.and("starts_at > ?", query.now)
	case UnderWay:
		w.and("starts_at <= ?", query.now)
		w.and("ends_at > ?", query.now)
	case Ended:
		w.and("ends_at <= ?", query.now)
	}
}

// where collects conditions; each ? becomes the next placeholder.
type where struct {
	conditions []string
	args       []any
}

func (w *where) and(condition string, args ...any) {
	for _, arg := range args {
		w.args = append(w.args, arg)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(w.args)), 1)
	}
	w.conditions = append(w.conditions, condition)
}

func (w *where) String() string { return strings.Join(w.conditions, " AND ") }
