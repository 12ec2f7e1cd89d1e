package cascade

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const reopeningColumns = `r.id, r.dispatch_id, r.completed_at, r.outcome, r.at, r.by_id, r.duty_number, r.given, r.reason`

func insertReopening(ctx context.Context, tx *database.Tx, r Reopening) error {
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_reopening (id, dispatch_id, completed_at, outcome, at, by_id, duty_number, given, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		r.ID, r.DispatchID, r.CompletedAt, r.Outcome, r.At, r.By, r.Duty, r.Given, r.Reason)
	if err != nil {
		return fmt.Errorf("cascade: insert reopening: %w", err)
	}
	return nil
}

// listReopenings returns how often a dispatch was completed and is not, the oldest first.
func listReopenings(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Reopening, error) {
	return selectReopenings(ctx, q, `WHERE r.dispatch_id = $1 ORDER BY r.at, r.id`, dispatch)
}

// listAllReopenings returns those of all dispatches of a letter.
func listAllReopenings(ctx context.Context, q database.Querier, letterID ident.ID) ([]Reopening, error) {
	return selectReopenings(ctx, q, `JOIN dispatch d ON d.id = r.dispatch_id WHERE d.letter_id = $1 ORDER BY r.at, r.id`, letterID)
}

func selectReopenings(ctx context.Context, q database.Querier, where string, args ...any) ([]Reopening, error) {
	var list []Reopening
	if err := q.Select(ctx, &list, `SELECT `+reopeningColumns+` FROM dispatch_reopening r `+where, args...); err != nil {
		return nil, fmt.Errorf("cascade: list reopenings: %w", err)
	}
	return list, nil
}
