package report

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// states are the states whose reports may lie on a pile.
var states = map[Pile][]State{
	ToReview: {Submitted}, Mended: {Resubmitted}, Appeals: {Appealed}, WithEntrant: {SentBack}, Late: {SentBack},
	Found: {Valid}, Refused: {Invalid, Dismissed},
}

// filter collects conditions with their arguments.
type filter struct {
	conditions []string
	args       []any
}

// arg adds an argument and returns its placeholder.
func (f *filter) arg(value any) string {
	f.args = append(f.args, value)
	return fmt.Sprintf("$%d", len(f.args))
}

func (f *filter) and(format string, values ...any) {
	places := make([]any, len(values))
	for i, v := range values {
		places[i] = f.arg(v)
	}
	f.conditions = append(f.conditions, fmt.Sprintf(format, places...))
}

// on adds the condition of a pile to others of which one must hold.
func (f *filter) on(p Pile, now clock.Time) string {
	var places []string
	for _, state := range states[p] {
		places = append(places, f.arg(state))
	}
	condition := `state IN (` + strings.Join(places, ",") + `)`
	switch p {
	case Late:
		condition += ` AND deadline <= ` + f.arg(now)
	case WithEntrant:
		condition += ` AND deadline > ` + f.arg(now)
	}
	return `(` + condition + `)`
}

// queued returns one report more than the page holds when there are more.
func queued(ctx context.Context, q database.Querier, in QueueInput, reviewer ident.ID, now clock.Time) ([]Report, error) {
	f := &filter{}
	f.and(`challenge_id = %s`, in.Challenge)
	var piles []string
	for _, p := range in.Piles {
		if len(states[p]) > 0 {
			piles = append(piles, f.on(p, now))
		}
	}
	if len(piles) == 0 {
		return nil, nil
	}
	f.conditions = append(f.conditions, `(`+strings.Join(piles, ` OR `)+`)`)
	if in.Entrant != "" {
		f.and(`entrant_id = %s`, in.Entrant)
	}
	if in.MineOnly {
		f.and(`claimed_by = %s AND claimed_until > %s`, reviewer, now)
	}
	if in.After != "" {
		f.and(`(submitted_at > %s OR submitted_at = %s AND id > %s)`, in.AfterAt, in.AfterAt, in.After)
	}
	return list(ctx, q, strings.Join(f.conditions, ` AND `)+` ORDER BY submitted_at, id LIMIT `+f.arg(in.Limit+1), f.args...)
}

// counts returns how many reports lie on each pile.
func counts(ctx context.Context, q database.Querier, challenge ident.ID, now clock.Time) (map[Pile]int, error) {
	var rows []struct {
		State State `db:"state"`
		Late  int   `db:"late"`
		Count int   `db:"n"`
	}
	err := q.Select(ctx, &rows, `SELECT state, CASE WHEN deadline <= $2 THEN 1 ELSE 0 END AS late, count(*) AS n
		FROM report WHERE challenge_id = $1 GROUP BY 1, 2`, challenge, now)
	if err != nil {
		return nil, err
	}
	count := make(map[Pile]int, len(Piles))
	for _, r := range rows {
		sample := Report{State: r.State, Deadline: now}
		if r.Late == 0 {
			sample.Deadline = now.Add(time.Hour)
		}
		if p := pileOf(sample, now); p != "" {
			count[p] += r.Count
		}
	}
	return count, nil
}
