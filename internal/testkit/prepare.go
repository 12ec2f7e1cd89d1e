package testkit

import (
	"context"
	"math/rand/v2"

	"sachhon/internal/database"
	"sachhon/internal/jobs"
)

// prepare makes the tables of the application and of its job queue.
func prepare(ctx context.Context, db *database.DB) error {
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	return jobs.Migrate(ctx, db)
}

func newChaCha(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }
