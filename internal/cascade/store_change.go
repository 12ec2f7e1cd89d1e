package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const changeColumns = `c.id, c.letter_id, c.kind, coalesce(c.by_id, '') AS by_id, c.reason, c.made_by, c.made_at, c.whole`

func loadChange(ctx context.Context, q database.Querier, id ident.ID) (Change, error) {
	var c Change
	if err := q.Get(ctx, &c, `SELECT `+changeColumns+` FROM letter_change c WHERE c.id = $1`, id); err != nil {
		return Change{}, fmt.Errorf("cascade: load change: %w", err)
	}
	return c, nil
}

// loadAsked returns a change as one dispatch stands to it.
func loadAsked(ctx context.Context, q database.Querier, change, dispatch ident.ID) (Change, error) {
	var c Change
	err := q.Get(ctx, &c, `SELECT `+changeColumns+`, x.dispatch_id, x.state, x.answer, x.answered_at
		FROM letter_change c JOIN dispatch_change x ON x.change_id = c.id WHERE c.id = $1 AND x.dispatch_id = $2`, change, dispatch)
	if errors.Is(err, database.ErrNotFound) {
		return Change{}, fault.NotFound.With("cascade.fault.notFound")
	}
	if err != nil {
		return Change{}, fmt.Errorf("cascade: load change: %w", err)
	}
	return c, nil
}

// listChanges returns the changes that reached a dispatch, the newest first.
func listChanges(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Change, error) {
	var list []Change
	err := q.Select(ctx, &list, `SELECT `+changeColumns+`, x.dispatch_id, x.state, x.answer, x.answered_at
		FROM letter_change c JOIN dispatch_change x ON x.change_id = c.id WHERE x.dispatch_id = $1 ORDER BY c.made_at DESC, c.id DESC`,
		dispatch)
	if err != nil {
		return nil, fmt.Errorf("cascade: list changes: %w", err)
	}
	return list, nil
}

// countAnswers returns how many receivers stand how to each change of a letter.
func countAnswers(ctx context.Context, q database.Querier, letterID ident.ID) ([]answerCount, error) {
	var list []answerCount
	err := q.Select(ctx, &list, `SELECT c.id, x.state, count(*) AS n FROM letter_change c JOIN dispatch_change x ON x.change_id = c.id
		WHERE c.letter_id = $1 GROUP BY c.id, x.state`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: count answers: %w", err)
	}
	return list, nil
}

type answerCount struct {
	ID    ident.ID    `db:"id"`
	State ChangeState `db:"state"`
	N     int         `db:"n"`
}

func changesOf(ctx context.Context, q database.Querier, letterID ident.ID) ([]Change, error) {
	var list []Change
	err := q.Select(ctx, &list, `SELECT `+changeColumns+` FROM letter_change c WHERE c.letter_id = $1 ORDER BY c.made_at DESC, c.id DESC`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: list changes: %w", err)
	}
	return list, nil
}

// insertChange stores a new change, unless there is one under its ID.
func insertChange(ctx context.Context, tx *database.Tx, c Change) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO letter_change (id, letter_id, kind, by_id, reason, made_by, made_at, whole)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
		c.ID, c.LetterID, c.Kind, orNull(c.ByID), c.Reason, c.MadeBy, c.MadeAt, c.Whole)
	if err != nil {
		return false, fmt.Errorf("cascade: insert change: %w", err)
	}
	return n == 1, nil
}

func insertDispatchChange(ctx context.Context, tx *database.Tx, change, dispatch ident.ID, state ChangeState) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_change (change_id, dispatch_id, state, answer, answered_by, answered_at)
		VALUES ($1, $2, $3, '', '', NULL) ON CONFLICT (change_id, dispatch_id) DO NOTHING`, change, dispatch, state)
	if err != nil {
		return fmt.Errorf("cascade: insert dispatch change: %w", err)
	}
	return nil
}

// overtake ends what a dispatch was asked before.
func overtake(ctx context.Context, tx *database.Tx, dispatch ident.ID) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_change SET state = $1 WHERE dispatch_id = $2 AND state = $3`, ChangeOvertaken, dispatch, ChangeAsked)
	if err != nil {
		return fmt.Errorf("cascade: overtake: %w", err)
	}
	return nil
}

func answer(ctx context.Context, tx *database.Tx, change, dispatch ident.ID, state ChangeState, text string, by ident.ID, at clock.Time) error {
	n, err := tx.Exec(ctx, `UPDATE dispatch_change SET state = $1, answer = $2, answered_by = $3, answered_at = $4
		WHERE change_id = $5 AND dispatch_id = $6 AND state = $7`, state, text, by, at, change, dispatch, ChangeAsked)
	if err != nil {
		return fmt.Errorf("cascade: answer: %w", err)
	}
	if n != 1 {
		return fault.Conflict.With("cascade.fault.answered")
	}
	return nil
}

// countObjections counts what units refused of a sender, as long as it has not dealt with it.
func countObjections(ctx context.Context, q database.Querier, sender ident.ID) (int, error) {
	var n int
	err := q.Get(ctx, &n, `SELECT count(*) FROM dispatch WHERE sender_id = $1 AND objected_at IS NOT NULL`, sender)
	if err != nil {
		return 0, fmt.Errorf("cascade: count what was refused: %w", err)
	}
	return n, nil
}
