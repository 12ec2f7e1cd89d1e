package testkit

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"

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

// moduleRoot climbs from the test's folder to the one with go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("testkit: no go.mod above the working folder")
		}
		dir = parent
	}
}
