package letter

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

const handlingColumns = `unit_id, letter_id, receiver, handed_on, deadline, progress, note, version, by_person, updated_at`

// lockHandling loads a line and makes everybody else who wants to change it wait; the zero line when there is none.
func lockHandling(ctx context.Context, tx *database.Tx, unit, letter ident.ID) (Handling, error) {
	// The arrival's row stands for the line that may not be there yet.
	if _, err := tx.Exec(ctx, `UPDATE letter_arrival SET number = number WHERE unit_id = $1 AND letter_id = $2`, unit, letter); err != nil {
		return Handling{}, fmt.Errorf("letter: lock handling of %s: %w", letter, err)
	}
	h := Handling{UnitID: unit, LetterID: letter}
	err := tx.Get(ctx, &h, `SELECT `+handlingColumns+` FROM letter_handling WHERE unit_id = $1 AND letter_id = $2`, unit, letter)
	if err != nil && !errors.Is(err, database.ErrNotFound) {
		return Handling{}, fmt.Errorf("letter: load handling of %s: %w", letter, err)
	}
	return h, nil
}

func saveHandling(ctx context.Context, tx *database.Tx, h Handling) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_handling (`+handlingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (unit_id, letter_id) DO UPDATE SET receiver = excluded.receiver, handed_on = excluded.handed_on,
		deadline = excluded.deadline, progress = excluded.progress, note = excluded.note, version = excluded.version,
		by_person = excluded.by_person, updated_at = excluded.updated_at`,
		h.UnitID, h.LetterID, h.Receiver, h.HandedOn, h.Deadline, h.Progress, h.Note, h.Version, h.By, h.At)
	if err != nil {
		return fmt.Errorf("letter: save handling of %s: %w", h.LetterID, err)
	}
	return nil
}

func listHandlings(ctx context.Context, q database.Querier, unit ident.ID, letters []ident.ID) (map[ident.ID]Handling, error) {
	found := map[ident.ID]Handling{}
	for part := range slices.Chunk(letters, 500) {
		var rows []Handling
		err := q.Select(ctx, &rows, `SELECT `+handlingColumns+` FROM letter_handling WHERE unit_id = $1 AND letter_id IN (`+
			database.In(2, len(part))+`)`, append([]any{unit}, database.Args(part)...)...)
		if err != nil {
			return nil, fmt.Errorf("letter: list handlings: %w", err)
		}
		for _, h := range rows {
			found[h.LetterID] = h
		}
	}
	return found, nil
}
