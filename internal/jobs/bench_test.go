package jobs_test

import (
	"context"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
	"sachhon/internal/testkit"
)

func BenchmarkInsertAndDrain(b *testing.B) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			db := testkit.DB(b, engine, clock.NewSet(testkit.Begin))
			q := jobs.New(db, quiet)
			jobs.Handle(q, func(context.Context, note) error { return nil })
			for b.Loop() {
				err := db.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error { return q.Insert(ctx, tx, note{"a"}) })
				if err != nil {
					b.Fatal(err)
				}
				if err := q.Drain(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
