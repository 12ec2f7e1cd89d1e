package units_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/urging"
)

// Pages about many units ask the database as often for ten times as many of them, and the board takes no more rows out of it:
// it reads what moved since the last look, and pages of fifty. Measured times are in bench_test.go; they fail nobody, since
// they are those of the machine.
func TestPagesDoNotAskByUnit(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		clk.Set(clock.Date(2024, 6, 17, 9, 0).Time)
		few := asked(t, db, clk, 60)
		many := asked(t, testkit.DB(t, db.Engine(), clk), clk, 600)
		for page, n := range few {
			if n.statements == 0 {
				t.Errorf("%s asks nothing: it is not counted", page)
			}
			if more := many[page]; more.statements > n.statements {
				t.Errorf("%s asks %d times of 60 units, %d times of 600", page, n.statements, more.statements)
			}
		}
		for _, page := range []string{"model", "below", "filtered"} {
			if n, more := few[page], many[page]; more.rows > n.rows {
				t.Errorf("%s reads %d rows of 60 units, %d of 600", page, n.rows, more.rows)
			}
		}
		if more := many["scratch"]; more.rows < 600 {
			t.Errorf("from scratch the board reads %d rows of 600 units: rows are not counted", more.rows)
		}
	})
}

type askedFor struct{ statements, rows int }

// asked counts what pages about letters that so many units have ask of the database, at the second look.
func asked(t *testing.T, db *database.DB, clk *clock.Set, units int) map[string]askedFor {
	t.Helper()
	w := newWorld(t, db, clk)
	c := cascadetest.NewCountryOf(t, w.Desk.Desk, units, 2)
	for _, id := range c.Letters {
		drafted(t, w, id)
	}
	refused(t, w, c.Letters[1])
	board := "/don-vi/cong-van/" + string(c.Letters[0]) + "/theo-doi?don-vi=" + string(c.Town.ID)
	look := func(path string) askedFor {
		r := httptest.NewRequest(http.MethodGet, base+path, nil)
		ctx, count := database.Counting(r.Context())
		if a := w.do(townClerk, r.WithContext(ctx)); a.Code != http.StatusOK {
			t.Fatalf("%s of %d units: %d", path, units, a.Code)
		}
		return askedFor{count.Statements(), count.Rows()}
	}
	found := map[string]askedFor{}
	for page, path := range map[string]string{
		"model":    board,
		"below":    board + "&duoi=" + string(c.Units[3].ID),
		"filtered": board + "&loc=late&tim=m%E1%BA%ABu+5",
		"duty":     "/don-vi/cong-van/" + string(c.Letters[0]) + "/nhiem-vu/1",
		"stuck":    "/don-vi/vuong-mac?don-vi=" + string(c.Town.ID),
	} {
		look(path)
		found[page] = look(path)
	}
	w.get(townClerk, "/don-vi/vuong-mac?don-vi="+string(c.Town.ID)).want(t, "what was refused", http.StatusOK, "Nhầm", "Đã làm")
	w.Cascade.DropBoards()
	found["scratch"] = look(board)
	return found
}

// drafted writes the rows that a sweep would: the town's letter of urging about a letter, which names every unit that has it.
func drafted(t *testing.T, w *world, about ident.ID) {
	t.Helper()
	ctx := t.Context()
	urged, err := w.Letters.Load(ctx, w.DB, about)
	if err != nil {
		t.Fatal(err)
	}
	l, err := w.Letters.Compose(ctx, person.SystemActor, letter.ComposeInput{
		ID: w.IDs.New(), Issuer: w.Town.ID, Answers: about, Document: letter.Document{
			Type: urged.Fields.Type, Organ: "Ủy ban nhân dân thị xã Hương Trà", Notation: "UBND-VH", Place: "Hương Trà", Subject: "đôn đốc",
			Blocks: []letter.Block{{Kind: letter.ParagraphBlock, Text: "Đề nghị các đơn vị thực hiện."}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO urging_draft (id, letter_id, superior_id, wanted_at, wanted, written, written_at, version)
			VALUES ($1, $2, $3, $4, 1, 1, $4, $5)`, l.ID, about, w.Town.ID, tx.Now(), l.Version)
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO urging_step (id, letter_id, dispatch_id, cause, number, step, since, due, at, by_person, words,
				draft_id, draft_turn, about)
				SELECT id, letter_id, id, $1, 0, $2, sent_at, sent_at, sent_at, 'system', '', $3, 1, '{}' FROM dispatch WHERE letter_id = $4`,
				urging.NotReceived, urging.Draft, l.ID, about)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// refused has the units that did not receive a letter refuse it, and the others a change of it.
func refused(t *testing.T, w *world, about ident.ID) {
	t.Helper()
	err := w.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
		change := w.IDs.New()
		if _, err := tx.Exec(ctx, `INSERT INTO letter_change (id, letter_id, kind, reason, made_by, made_at, whole) VALUES ($1, $2, $3, 'x', 'u', $4, $5)`,
			change, about, cascade.ChangeUpdate, tx.Now(), false); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO dispatch_change (change_id, dispatch_id, state, answer, answered_by) SELECT $1, id, $2, 'Đã làm', 'u' FROM dispatch
			WHERE letter_id = $3 AND state = $4`, change, cascade.ChangeRefused, about, cascade.Received); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE dispatch SET objected_at = $1 WHERE letter_id = $2`, tx.Now(), about); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE dispatch SET state = $1, ended_at = $2, outcome = 'Nhầm' WHERE letter_id = $3 AND state = $4`,
			cascade.Refused, tx.Now(), about, cascade.Arrived)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
