package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const fileColumns = `f.id, f.dispatch_id, f.duty_number, f.part_id, f.tick_id, f.file_key, f.file_name, f.created_by, f.created_at`

func loadFile(ctx context.Context, q database.Querier, id ident.ID) (File, error) {
	var f File
	err := q.Get(ctx, &f, `SELECT `+fileColumns+` FROM duty_file f WHERE f.id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return File{}, fault.NotFound.With("cascade.fault.file")
	}
	if err != nil {
		return File{}, fmt.Errorf("cascade: load file: %w", err)
	}
	return f, nil
}

func listFiles(ctx context.Context, q database.Querier, dispatch ident.ID) ([]File, error) {
	return selectFiles(ctx, q, `WHERE f.dispatch_id = $1 ORDER BY f.created_at, f.id`, dispatch)
}

func listAllFiles(ctx context.Context, q database.Querier, letterID ident.ID) ([]File, error) {
	return selectFiles(ctx, q, `JOIN dispatch d ON d.id = f.dispatch_id WHERE d.letter_id = $1 ORDER BY f.created_at, f.id`, letterID)
}

func selectFiles(ctx context.Context, q database.Querier, where string, args ...any) ([]File, error) {
	var files []File
	if err := q.Select(ctx, &files, `SELECT `+fileColumns+` FROM duty_file f `+where, args...); err != nil {
		return nil, fmt.Errorf("cascade: list files: %w", err)
	}
	return files, nil
}

// insertFile stores a file, unless the same one proves the same thing already.
func insertFile(ctx context.Context, tx *database.Tx, f File) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO duty_file (id, dispatch_id, duty_number, part_id, tick_id, file_key, file_name, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (dispatch_id, duty_number, part_id, tick_id, file_key) DO NOTHING`,
		f.ID, f.DispatchID, f.Duty, f.Part, f.Tick, f.Key, f.Name, f.CreatedBy, f.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("cascade: insert file: %w", err)
	}
	return n == 1, nil
}

// countFiles counts the files of one thing.
func countFiles(ctx context.Context, q database.Querier, of File) (int, error) {
	var n int
	err := q.Get(ctx, &n, `SELECT count(*) FROM duty_file WHERE dispatch_id = $1 AND duty_number = $2 AND part_id = $3 AND tick_id = $4`,
		of.DispatchID, of.Duty, of.Part, of.Tick)
	if err != nil {
		return 0, fmt.Errorf("cascade: count files: %w", err)
	}
	return n, nil
}

func deleteFile(ctx context.Context, tx *database.Tx, id ident.ID) error {
	if _, err := tx.Exec(ctx, `DELETE FROM duty_file WHERE id = $1`, id); err != nil {
		return fmt.Errorf("cascade: delete file: %w", err)
	}
	return nil
}
