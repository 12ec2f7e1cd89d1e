package speech

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/fault"
)

const columns = `id, text, state, wav_key, wav_bytes, mp3_key, mp3_bytes, millis, failure, requested_at, done_at`

func load(ctx context.Context, q database.Querier, id string) (Recording, error) {
	var r Recording
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM speech WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Recording{}, fault.NotFound.With("speech.fault.none")
	}
	if err != nil {
		return Recording{}, fmt.Errorf("speech: load: %w", err)
	}
	return r, nil
}

// insert stores a new recording, unless there is one.
func insert(ctx context.Context, tx *database.Tx, r Recording) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO speech (`+columns+`) VALUES ($1, $2, $3, '', 0, '', 0, 0, '', $4, NULL)
		ON CONFLICT (id) DO NOTHING`, r.ID, r.Text, r.State, r.RequestedAt)
	if err != nil {
		return false, fmt.Errorf("speech: insert: %w", err)
	}
	return n == 1, nil
}

// update never takes a finished recording back.
func update(ctx context.Context, tx *database.Tx, r Recording) error {
	_, err := tx.Exec(ctx, `UPDATE speech SET state = $1, wav_key = $2, wav_bytes = $3, mp3_key = $4, mp3_bytes = $5,
		millis = $6, failure = $7, requested_at = $8, done_at = $9 WHERE id = $10 AND state <> 'ready'`,
		r.State, r.WAVKey, r.WAVBytes, r.MP3Key, r.MP3Bytes, r.Millis, r.Failure, r.RequestedAt, r.DoneAt, r.ID)
	if err != nil {
		return fmt.Errorf("speech: update: %w", err)
	}
	return nil
}
