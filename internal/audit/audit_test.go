package audit_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/testkit"
)

func newLog(t *testing.T, db *database.DB) *audit.Log {
	t.Helper()
	signer, err := audit.NewSigner("log.example", [32]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	return audit.New(db, signer)
}

func entry(i int) audit.Entry {
	return audit.Entry{
		Actor: "actor", Action: "report.submit", Kind: "report", Object: ident.ID(fmt.Sprintf("object-%d", i)),
		Challenge: ident.ID(fmt.Sprintf("challenge-%d", i%2)), After: map[string]any{"state": "<submitted> & đã nộp", "grams": i},
	}
}

// record writes entries from..to-1, each in a transaction of its own.
func record(t *testing.T, db *database.DB, log *audit.Log, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return log.Record(ctx, tx, entry(i)) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func verify(t *testing.T, log *audit.Log, checkpoints ...[]byte) {
	t.Helper()
	if err := log.Verify(t.Context(), checkpoints...); err != nil {
		t.Fatal(err)
	}
}

func TestRecord(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		log := newLog(t, db)
		verify(t, log)
		record(t, db, log, 0, 3)
		regret := errors.New("regret")
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			return errors.Join(log.Record(ctx, tx, entry(3)), regret)
		})
		if !errors.Is(err, regret) || log.Head() != 3 {
			t.Fatalf("after a rollback the head is %d, %v", log.Head(), err)
		}
		clk.Advance(time.Minute)
		err = db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			tx.BeforeCommit(func(ctx context.Context) error { return log.Record(ctx, tx, entry(3)) }) // before the log's own
			err := errors.Join(log.Record(ctx, tx, entry(4)), log.Record(ctx, tx, entry(5)))
			tx.BeforeCommit(func(ctx context.Context) error { return log.Record(ctx, tx, entry(6)) }) // and after
			return err
		})
		if err != nil || log.Head() != 7 {
			t.Fatalf("the head is %d, %v", log.Head(), err)
		}
		verify(t, log)

		seq, at, err := log.ChallengeHead(t.Context(), db, "challenge-0")
		if err != nil || seq != 7 || at != clock.At(clk.Now()) {
			t.Errorf("the challenge's head is %d at %v, %v", seq, at, err)
		}
		if seq, at, err = log.ChallengeHead(t.Context(), db, "another"); seq != 0 || !at.IsZero() || err != nil {
			t.Errorf("a challenge without entries has the head %d at %v, %v", seq, at, err)
		}
		records, err := log.Of(t.Context(), db, "object-0")
		if err != nil || len(records) != 1 {
			t.Fatalf("%d entries of the object, %v", len(records), err)
		}
		const want = `{"seq":1,"at":"2024-06-06T01:00:00Z","actor":"actor","action":"report.submit","kind":"report",` +
			`"object":"object-0","challenge":"challenge-0","before":null,"after":{"grams":0,"state":"<submitted> & đã nộp"}}`
		if got := string(records[0].Bytes()); got != want {
			t.Errorf("the entry is\n%s\nwant\n%s", got, want)
		}

		other := newLog(t, db)
		if other.Head() != 0 {
			t.Error("a fresh log knows the head before it asked")
		}
		if head, err := other.Refresh(t.Context()); head != 7 || err != nil || other.Head() != 7 {
			t.Errorf("refreshed to %d, %v", head, err)
		}
	})
}

func TestRecordRefuses(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		log := newLog(t, db)
		for name, change := range map[string]func(*audit.Entry){
			"nobody":             func(e *audit.Entry) { e.Actor = "" },
			"nothing":            func(e *audit.Entry) { e.Action = "" },
			"no object":          func(e *audit.Entry) { e.Object = "" },
			"what is not JSON":   func(e *audit.Entry) { e.After = make(chan int) },
			"what fits no tile":  func(e *audit.Entry) { e.Before = strings.Repeat("a", 1<<16) },
			"one byte too large": func(e *audit.Entry) { e.Before = strings.Repeat("a", 1<<16-1-20) },
		} {
			err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				e := entry(0)
				change(&e)
				return log.Record(ctx, tx, e)
			})
			if err == nil {
				t.Errorf("%s is recorded", name)
			}
		}
		if head, err := log.Refresh(t.Context()); head != 0 || err != nil {
			t.Errorf("%d entries were recorded, %v", head, err)
		}
	})
}

func TestConcurrentWritersLeaveNoGap(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		log := newLog(t, db)
		const writers, each = 16, 12
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
						if err := errors.Join(log.Record(ctx, tx, entry(w)), log.Record(ctx, tx, entry(i))); err != nil {
							return err
						}
						if i%4 == 3 {
							return errors.New("rolled back")
						}
						return nil
					})
					if (err != nil) != (i%4 == 3) {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if want := int64(writers * each * 3 / 4 * 2); log.Head() != want {
			t.Fatalf("the head is %d, want %d", log.Head(), want)
		}
		verify(t, log) // refuses a gap
	})
}

func TestTamperingIsCaught(t *testing.T) {
	const n = 21
	tamperings := map[string][]string{
		"change an actor":  {"UPDATE audit_entry SET actor = 'other' WHERE seq = 4"},
		"change a time":    {"UPDATE audit_entry SET at = at + 1 WHERE seq = 1"},
		"change a state":   {`UPDATE audit_entry SET state_after = replace(state_after, '7', '8') WHERE seq = 8`},
		"add a space":      {`UPDATE audit_entry SET state_before = ' null' WHERE seq = 21`},
		"move a challenge": {"UPDATE audit_entry SET challenge = 'challenge-1' WHERE seq = 3"},
		"change a hash":    {"UPDATE audit_hash SET hash = (SELECT hash FROM audit_hash WHERE idx = 1) WHERE idx = 2"},
		"delete a hash":    {"DELETE FROM audit_hash WHERE idx = 9"},
		"delete a row":     {"DELETE FROM audit_entry WHERE seq = 7"},
		"delete the last":  {"DELETE FROM audit_entry WHERE seq = 21"},
		"cut off the end":  {"DELETE FROM audit_entry WHERE seq > 15", "UPDATE audit_head SET size = 15"},
		"close the gap":    {"DELETE FROM audit_entry WHERE seq = 20", "UPDATE audit_entry SET seq = 20 WHERE seq = 21", "UPDATE audit_head SET size = 20"},
		"swap two rows":    {"UPDATE audit_entry SET seq = 0 WHERE seq = 5", "UPDATE audit_entry SET seq = 5 WHERE seq = 6", "UPDATE audit_entry SET seq = 6 WHERE seq = 0"},
		"add a row": {`INSERT INTO audit_entry (seq, at, actor, action, kind, object, challenge, state_before, state_after)
			SELECT 22, at, actor, action, kind, object, challenge, state_before, state_after FROM audit_entry WHERE seq = 21`},
	}
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		for name, statements := range tamperings {
			t.Run(name, func(t *testing.T) {
				change(t, db, "DELETE FROM audit_entry WHERE seq >= 0", "DELETE FROM audit_hash WHERE idx >= 0", "UPDATE audit_head SET size = 0")
				log := newLog(t, db)
				record(t, db, log, 0, n)
				verify(t, log)
				change(t, db, statements...)
				if err := log.Verify(t.Context()); !errors.Is(err, audit.ErrBroken) {
					t.Fatalf("verify says %v", err)
				}
			})
		}
	})
}

// change is somebody at the database's own console.
func change(t *testing.T, db *database.DB, statements ...string) {
	t.Helper()
	err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, statement := range statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Whoever owns the database can write another history with hashes that fit. Checkpoints kept elsewhere tell.
func TestCheckpointsCatchAnotherHistory(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		log := newLog(t, db)
		var kept [][]byte
		for i := range 5 {
			record(t, db, log, 3*i, 3*i+3)
			checkpoint, err := log.Checkpoint(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, checkpoint)
		}
		verify(t, log, kept...)

		change(t, db, "DELETE FROM audit_entry", "DELETE FROM audit_hash", "UPDATE audit_head SET size = 0")
		forged := newLog(t, db)
		record(t, db, forged, 1, 20)
		verify(t, forged)
		if err := forged.Verify(t.Context(), kept[0]); !errors.Is(err, audit.ErrBroken) {
			t.Errorf("the other history passes a kept checkpoint: %v", err)
		}
		if err := forged.Verify(t.Context(), []byte(strings.Replace(string(kept[0]), "\n3\n", "\n4\n", 1))); err == nil {
			t.Error("a checkpoint with a changed size passes")
		}
	})
}

func TestCheckpointAndProofs(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		log := newLog(t, db)
		roots := []tlog.Hash{}
		for i := range 20 {
			root, err := log.Root(t.Context(), int64(i))
			if err != nil {
				t.Fatal(err)
			}
			roots = append(roots, root)
			record(t, db, log, i, i+1)
		}
		signed, err := log.Checkpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		verifier, err := note.NewVerifier(log.VerifierKey())
		if err != nil {
			t.Fatal(err)
		}
		opened, err := note.Open(signed, note.VerifierList(verifier))
		if err != nil {
			t.Fatal(err)
		}
		root, err := log.Root(t.Context(), 20)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("log.example\n20\n%s\n", root); opened.Text != want {
			t.Errorf("the checkpoint says %q, want %q", opened.Text, want)
		}
		for i := range 20 {
			records, err := log.Of(t.Context(), db, ident.ID(fmt.Sprintf("object-%d", i)))
			if err != nil || len(records) != 1 {
				t.Fatalf("%d entries, %v", len(records), err)
			}
			proof, err := log.ProveEntry(t.Context(), 20, int64(i+1))
			if err != nil {
				t.Fatal(err)
			}
			leaf := tlog.RecordHash(records[0].Bytes())
			if err := tlog.CheckRecord(proof, 20, root, int64(i), leaf); err != nil {
				t.Errorf("entry %d is not proved: %v", i+1, err)
			}
			if err := tlog.CheckRecord(proof, 20, root, int64(i), tlog.RecordHash([]byte("another"))); err == nil {
				t.Errorf("the proof of entry %d proves another", i+1)
			}
			if i == 0 {
				continue
			}
			growth, err := log.ProveGrowth(t.Context(), 20, int64(i))
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckTree(growth, 20, root, int64(i), roots[i]); err != nil {
				t.Errorf("growth from %d is not proved: %v", i, err)
			}
		}
	})
}

// tiles reads hashes from the public tiles alone, as a stranger would.
type tiles struct {
	t   *testing.T
	log *audit.Log
}

func (r tiles) Height() int { return 8 }

func (r tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		b, err := r.log.Tile(r.t.Context(), strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data = append(data, b)
	}
	return data, nil
}

func (r tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func TestTilesTellTheWholeLog(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		log := newLog(t, db)
		const n = 600
		err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
			for i := range n {
				if err := log.Record(ctx, tx, entry(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		root, err := log.Root(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		reader := tlog.TileHashReader(tlog.Tree{N: n, Hash: root}, tiles{t, log})
		leaf := int64(0)
		for _, path := range []string{"tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"} {
			data, err := log.Tile(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			for len(data) > 0 {
				size := binary.BigEndian.Uint16(data)
				text := data[2 : 2+size]
				data = data[2+size:]
				hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, leaf)})
				if err != nil {
					t.Fatal(err)
				}
				if hashes[0] != tlog.RecordHash(text) {
					t.Fatalf("entry %d does not match its hash: %s", leaf+1, text)
				}
				leaf++
			}
		}
		if leaf != n {
			t.Errorf("the tiles hold %d entries, want %d", leaf, n)
		}
		for _, path := range []string{
			"", "tile", "tile/0", "tile/0/003", "tile/0/002", "tile/0/002.p/89", "tile/0/000.p/256", "tile/0/000.p/0",
			"tile/0/0", "tile/1/000", "tile/1/000.p/3", "tile/2/000", "tile/-1/000", "tile/data/000", "tile/8/0/000",
			"tile/entries/002", "tile/entries/x000/000", "tile/63/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/../0/000",
		} {
			if _, err := log.Tile(t.Context(), path); !errors.Is(err, fault.NotFound) {
				t.Errorf("%q gives %v, want not found", path, err)
			}
		}
		if b, err := log.Tile(t.Context(), "tile/1/000.p/2"); err != nil || len(b) != 64 {
			t.Errorf("the upper tile has %d bytes, %v", len(b), err)
		}
	})
}

func TestTheSameHistoryIsTheSameLog(t *testing.T) {
	var notes []string
	for range 2 {
		testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
			signer, err := audit.OpenSigner(t.Context(), db, "log.example", strings.NewReader(strings.Repeat("seed", 8)))
			if err != nil {
				t.Fatal(err)
			}
			log := audit.New(db, signer)
			for i := range 5 {
				record(t, db, log, i, i+1)
				clk.Advance(time.Minute)
			}
			checkpoint, err := log.Checkpoint(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			notes = append(notes, string(checkpoint))

			again, err := audit.OpenSigner(t.Context(), db, "log.example", strings.NewReader("")) // it is stored
			if err != nil || again.VerifierKey != signer.VerifierKey {
				t.Errorf("reopened: %q, %v, want %q", again.VerifierKey, err, signer.VerifierKey)
			}
		})
	}
	for _, n := range notes {
		if n != notes[0] {
			t.Errorf("the checkpoints differ: %q and %q", notes[0], n)
		}
	}
	if _, err := audit.NewSigner("two words", [32]byte{}); err == nil {
		t.Error("a name with a space is taken")
	}
}
