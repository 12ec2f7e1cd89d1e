package audit_test

import (
	"context"
	"testing"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
)

func BenchmarkRecord(b *testing.B) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		b.Run(string(engine), func(b *testing.B) {
			db := testkit.DB(b, engine, clock.NewSet(testkit.Begin))
			signer, err := audit.NewSigner("log.example", [32]byte{})
			if err != nil {
				b.Fatal(err)
			}
			log := audit.New(db, signer)
			for i := 0; b.Loop(); i++ {
				err := db.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error { return log.Record(ctx, tx, entry(i)) })
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
