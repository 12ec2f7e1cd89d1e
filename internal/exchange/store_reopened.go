package exchange

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/ident"
)

// lastReopening returns why a dispatch is at work again.
func lastReopening(ctx context.Context, q database.Querier, dispatch ident.ID) (reopening, error) {
	var all []reopening
	err := q.Select(ctx, &all, `SELECT duty_number, reason FROM dispatch_reopening WHERE dispatch_id = $1 ORDER BY at DESC, id DESC LIMIT 1`, dispatch)
	if err != nil {
		return reopening{}, fmt.Errorf("exchange: why %s is open again: %w", dispatch, err)
	}
	if len(all) == 0 {
		return reopening{}, nil
	}
	return all[0], nil
}

// toldBack returns the packages that told the sender outside of a dispatch a status of it, the oldest first.
func toldBack(ctx context.Context, q database.Querier, dispatch ident.ID, status edxml.Status) ([]Message, error) {
	var told []Message
	err := q.Select(ctx, &told, `SELECT `+columns+` FROM exchange_message WHERE direction = $1 AND kind = $2 AND status = $3
		AND id IN (SELECT message_id FROM exchange_part WHERE dispatch_id = $4) ORDER BY id`, Out, ReportKind, status, dispatch)
	if err != nil {
		return nil, fmt.Errorf("exchange: what was told of %s: %w", dispatch, err)
	}
	return told, nil
}
