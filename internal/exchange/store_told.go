package exchange

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// insertTold keeps what was told of a report once.
func insertTold(ctx context.Context, tx *database.Tx, message, about ident.ID, r Report) error {
	_, err := tx.Exec(ctx, `INSERT INTO exchange_told (message_id, about_id, status, at, words) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (message_id, about_id) DO NOTHING`, message, about, r.Status, r.At, r.Words)
	if err != nil {
		return fmt.Errorf("exchange: keep what was told of a report: %w", err)
	}
	return nil
}

func loadTold(ctx context.Context, q database.Querier, about ident.ID) ([]Report, error) {
	var told []Report
	err := q.Select(ctx, &told, `SELECT status, at, words FROM exchange_told WHERE about_id = $1 ORDER BY at, status, words`, about)
	if err != nil {
		return nil, fmt.Errorf("exchange: what was told of %s: %w", about, err)
	}
	return told, nil
}

// toldAboutReports returns the packages of reports to an organ that a status is about: those of its letter that stand for no
// dispatch.
func toldAboutReports(ctx context.Context, q database.Querier, m Message) ([]Message, error) {
	var found []Message
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM exchange_message WHERE direction = $1 AND kind = $2 AND partner = $3
		AND (document_id = $4 AND document_id <> '' OR symbol IN ($5, $8) AND $6 = '')
		AND id IN (SELECT message_id FROM exchange_part WHERE dispatch_id = '' AND `+sameOrgan("organ_code", 7)+`) ORDER BY id`,
		Out, LetterKind, m.Partner, m.About, m.Symbol, m.About, m.FromOrgan, hyphened(m.Symbol))
	if err != nil {
		return nil, fmt.Errorf("exchange: find what is told about: %w", err)
	}
	return found, nil
}
