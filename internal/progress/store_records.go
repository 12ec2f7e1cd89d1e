package progress

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/report"
)

// args turns identifiers into arguments after those given.
func args(ids []ident.ID, before ...any) []any {
	for _, id := range ids {
		before = append(before, id)
	}
	return before
}

// hasLetter tells whether the unit was sent the letter and it was not taken back.
func hasLetter(ctx context.Context, q database.Querier, letterID, unitID ident.ID) (bool, error) {
	var id ident.ID
	err := q.Get(ctx, &id, `SELECT id FROM dispatch WHERE letter_id = $1 AND receiver_id = $2 AND state <> $3 AND again_id = ''`, letterID, unitID, cascade.Recalled)
	if errors.Is(err, database.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// underOf returns the letter with which a unit got another one, "" when it was merely passed on.
func underOf(ctx context.Context, q database.Querier, letterID, unitID ident.ID) (ident.ID, error) {
	var id ident.ID
	err := q.Get(ctx, &id, `SELECT coalesce(under_id, '') FROM dispatch WHERE letter_id = $1 AND receiver_id = $2 AND again_id = ''`, letterID, unitID)
	if err != nil && !errors.Is(err, database.ErrNotFound) {
		return "", fmt.Errorf("progress: with what %s came: %w", letterID, err)
	}
	return id, nil
}

// answering returns the registered letters that answer one of these and were sent to anybody. Reports answer too, far more of
// them than there are letters passed on; they have no dispatch, so that no unit is found below them.
func answering(ctx context.Context, q database.Querier, letters []ident.ID) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT id FROM letter WHERE answers_id IN (`+database.In(2, len(letters))+`) AND state = $1
		AND EXISTS (SELECT 1 FROM dispatch d WHERE d.letter_id = letter.id) ORDER BY created_at, id`,
		args(letters, letter.Registered)...)
	if err != nil {
		return nil, fmt.Errorf("progress: letters that answer: %w", err)
	}
	return ids, nil
}

type dispatchRow struct {
	ID         ident.ID      `db:"id"`
	LetterID   ident.ID      `db:"letter_id"`
	SenderID   ident.ID      `db:"sender_id"`
	ReceiverID ident.ID      `db:"receiver_id"`
	State      cascade.State `db:"state"`
	Outside    bool          `db:"outside"`
	UnderID    ident.ID      `db:"under_id"` // the sender's own letter with which it came
}

// selectDispatches returns the dispatches of the letters, those sent first before those passed on.
func selectDispatches(ctx context.Context, q database.Querier, letters []ident.ID) ([]dispatchRow, error) {
	var rows []dispatchRow
	err := q.Select(ctx, &rows, `SELECT id, letter_id, coalesce(sender_id, '') AS sender_id, receiver_id, state, outside, coalesce(under_id, '') AS under_id
		FROM dispatch
		WHERE letter_id IN (`+database.In(1, len(letters))+`) AND again_id = '' ORDER BY sent_at, id`, args(letters)...)
	if err != nil {
		return nil, fmt.Errorf("progress: select dispatches: %w", err)
	}
	return rows, nil
}

// selectBegun returns the receivers that had begun with one of the letters by the end: they said so, made it public, counted
// something for a duty, finished a part of one, or handed in what proves it.
func selectBegun(ctx context.Context, q database.Querier, letters []ident.ID, end clock.Time) ([]ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT d.receiver_id FROM dispatch d
		WHERE d.letter_id IN (`+database.In(3, len(letters))+`) AND d.again_id = '' AND (d.state <> $1 OR d.ended_at > $2) AND (d.started_at <= $2
			OR EXISTS (SELECT 1 FROM publicity p WHERE p.dispatch_id = d.id AND p.at <= $2)
			OR EXISTS (SELECT 1 FROM duty_tick t WHERE t.dispatch_id = d.id AND t.at <= $2)
			OR EXISTS (SELECT 1 FROM duty_part p WHERE p.dispatch_id = d.id AND p.done_at <= $2)
			OR EXISTS (SELECT 1 FROM dispatch_duty u WHERE u.dispatch_id = d.id AND u.done_at <= $2)
			OR EXISTS (SELECT 1 FROM duty_file f WHERE f.dispatch_id = d.id AND f.created_at <= $2))
		GROUP BY d.receiver_id ORDER BY d.receiver_id`, args(letters, cascade.Recalled, end)...)
	if err != nil {
		return nil, fmt.Errorf("progress: select who began: %w", err)
	}
	return ids, nil
}

// selectTaking returns the units that had an entrant or a clean-up of the challenge by the end.
func selectTaking(ctx context.Context, q database.Querier, challenge ident.ID, end clock.Time) ([]ident.ID, error) {
	states := standing()
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT unit_id FROM entrant WHERE challenge_id = $1 AND created_at <= $2
			AND state IN (`+database.In(3, len(states))+`)
		UNION SELECT unit_id FROM cleanup WHERE challenge_id = $1 AND announced_at IS NOT NULL AND starts_at <= $2`,
		append([]any{challenge, end}, states...)...)
	if err != nil {
		return nil, fmt.Errorf("progress: select who takes part: %w", err)
	}
	return ids, nil
}

// standing are the states of entrants that count, as in the public statistics.
func standing() []any {
	var states []any
	for _, s := range entrant.Lifecycle.States() {
		if s.Takes() {
			states = append(states, s)
		}
	}
	return states
}

type publicitySum struct {
	ReceiverID ident.ID       `db:"receiver_id"`
	Channel    letter.Channel `db:"channel"`
	Records    int64          `db:"records"`
	Times      int64          `db:"times"`
	People     int64          `db:"people"`
}

// sumPublicity sums what was made public in the span of the letters that had not been taken back by its end.
func sumPublicity(ctx context.Context, q database.Querier, letters []ident.ID, span challenge.Span, end clock.Time) ([]publicitySum, error) {
	var rows []publicitySum
	err := q.Select(ctx, &rows, `SELECT d.receiver_id, p.channel, count(*) AS records,
			cast(sum(CASE WHEN p.times < 1 THEN 1 ELSE p.times END) AS bigint) AS times, cast(sum(p.people) AS bigint) AS people
		FROM publicity p JOIN dispatch d ON d.id = p.dispatch_id
		WHERE p.at >= $1 AND p.at < $2 AND (d.state <> $3 OR d.ended_at > $4) AND d.letter_id IN (`+database.In(5, len(letters))+`)
		GROUP BY d.receiver_id, p.channel`, args(letters, span.From, span.Until, cascade.Recalled, end)...)
	if err != nil {
		return nil, fmt.Errorf("progress: sum publicity: %w", err)
	}
	return rows, nil
}

type entrantCount struct {
	UnitID   ident.ID               `db:"unit_id"`
	Division challenge.DivisionCode `db:"division"`
	N        int64                  `db:"n"`
}

// countEntrants counts those that stand, by their home unit, as the public statistics do.
func countEntrants(ctx context.Context, q database.Querier, id ident.ID, span challenge.Span) ([]entrantCount, error) {
	states := standing()
	var rows []entrantCount
	err := q.Select(ctx, &rows, `SELECT unit_id, division, count(*) AS n FROM entrant
		WHERE challenge_id = $1 AND created_at >= $2 AND created_at < $3 AND state IN (`+database.In(4, len(states))+`)
		GROUP BY unit_id, division`, append([]any{id, span.From, span.Until}, states...)...)
	if err != nil {
		return nil, fmt.Errorf("progress: count entrants: %w", err)
	}
	return rows, nil
}

type cleanupRow struct {
	UnitID  ident.ID                       `db:"unit_id"`
	Figures database.JSON[*report.Figures] `db:"figures"` // the effective ones of a valid report
}

// selectCleanups returns the announced clean-ups by the unit in which they take place. Those of a disqualified entrant
// count as announced and not as valid, as in the public statistics.
func selectCleanups(ctx context.Context, q database.Querier, id ident.ID, span challenge.Span) ([]cleanupRow, error) {
	var rows []cleanupRow
	err := q.Select(ctx, &rows, `SELECT c.unit_id, CASE WHEN r.state = $4 AND e.state <> $5 THEN COALESCE(r.adjusted, r.figures) END AS figures
		FROM cleanup c JOIN entrant e ON e.id = c.entrant_id LEFT JOIN report r ON r.cleanup_id = c.id
		WHERE c.challenge_id = $1 AND c.announced_at IS NOT NULL AND c.starts_at >= $2 AND c.starts_at < $3`,
		id, span.From, span.Until, report.Valid, entrant.Disqualified)
	if err != nil {
		return nil, fmt.Errorf("progress: select clean-ups: %w", err)
	}
	return rows, nil
}
