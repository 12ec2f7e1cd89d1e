package letter

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const deliveryColumns = `letter_id, sent_on, receiver, note, version, by_person, updated_at`

// loadDelivery returns the record of a letter, the empty one when there is none.
func loadDelivery(ctx context.Context, q database.Querier, letter ident.ID) (Delivery, error) {
	d := Delivery{LetterID: letter}
	err := q.Get(ctx, &d, `SELECT `+deliveryColumns+` FROM letter_delivery WHERE letter_id = $1`, letter)
	if err != nil && !errors.Is(err, database.ErrNotFound) {
		return Delivery{}, fmt.Errorf("letter: load delivery of %s: %w", letter, err)
	}
	return d, nil
}

func saveDelivery(ctx context.Context, tx *database.Tx, d Delivery) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_delivery (`+deliveryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (letter_id) DO UPDATE SET sent_on = excluded.sent_on, receiver = excluded.receiver, note = excluded.note,
		version = excluded.version, by_person = excluded.by_person, updated_at = excluded.updated_at`,
		d.LetterID, d.SentOn, d.Receiver, d.Note, d.Version, d.By, d.At)
	if err != nil {
		return fmt.Errorf("letter: save delivery of %s: %w", d.LetterID, err)
	}
	return nil
}

func listDeliveries(ctx context.Context, q database.Querier, unit ident.ID, letters []ident.ID) (map[ident.ID]Delivery, error) {
	found := map[ident.ID]Delivery{}
	for part := range slices.Chunk(letters, 500) {
		var rows []Delivery
		err := q.Select(ctx, &rows, `SELECT `+deliveryColumns+` FROM letter_delivery WHERE letter_id IN (SELECT id FROM letter
			WHERE issuer_id = $1 AND id IN (`+database.In(2, len(part))+`))`, append([]any{unit}, database.Args(part)...)...)
		if err != nil {
			return nil, fmt.Errorf("letter: list deliveries: %w", err)
		}
		for _, d := range rows {
			found[d.LetterID] = d
		}
	}
	return found, nil
}
