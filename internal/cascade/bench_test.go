package cascade_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/unit"
)

// country is a desk with letters that were sent to every unit of a country: 34 provinces below the issuer, and communes.
type country struct {
	*cascadetest.Desk
	letters []ident.ID
	clerk   person.Actor
}

const (
	countryUnits  = 11_000
	countryAreas  = 34
	countryAtOnce = 200 // rows of one statement
)

// newCountry writes the rows as the service would, many at once. SACHHON_BENCH_LETTERS says how many letters; 100 is a year
// of a ministry, and takes some minutes to write.
func newCountry(b *testing.B, engine database.Engine) *country {
	b.Helper()
	clk := clock.NewSet(clock.Date(2024, 6, 17, 9, 0).Time)
	db := testkit.DB(b, engine, clk)
	c := &country{Desk: cascadetest.New(b, db, clk)}
	n := 100
	if s := os.Getenv("SACHHON_BENCH_LETTERS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	units := c.units(b)
	for i := range n {
		l := c.Registered(b, lettertest.Text(strconv.Itoa(i+1), "Thông báo trên hệ thống truyền thanh.", "Tạo điều kiện tham gia."))
		c.letters = append(c.letters, l.ID)
		c.dispatches(b, l.ID, units)
	}
	c.clerk = c.Actor(person.Clerk, c.Town)
	return c
}

func (c *country) insert(b *testing.B, table, columns string, rows [][]any) {
	b.Helper()
	for from := 0; from < len(rows); from += countryAtOnce {
		chunk := rows[from:min(from+countryAtOnce, len(rows))]
		err := c.DB.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error {
			var args []any
			values := ""
			for i, row := range chunk {
				if i > 0 {
					values += ", "
				}
				values += "(" + database.In(len(args)+1, len(row)) + ")"
				args = append(args, row...)
			}
			_, err := tx.Exec(ctx, "INSERT INTO "+table+" ("+columns+") VALUES "+values, args...)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// units makes the units below the issuer, through the import that an installation uses.
func (c *country) units(b *testing.B) []unit.Unit {
	b.Helper()
	file := `{"units": [`
	for i := range countryUnits {
		kind, parent := "Xã", fmt.Sprintf("B%05d", i%countryAreas)
		if i < countryAreas {
			kind, parent = "Huyện", "480"
		}
		if i > 0 {
			file += ","
		}
		file += fmt.Sprintf(`{"code": "B%05d", "name": "Mẫu %d", "type": %q, "full_name": "%s Mẫu %d", "level": %d, "parent": %q}`, i, i, kind, kind, i,
			map[string]int{"Huyện": 2, "Xã": 3}[kind], parent)
	}
	if _, err := c.Units.Import(b.Context(), person.SystemActor, strings.NewReader(file+"]}"), unit.ImportOptions{ValidFrom: "2024-05-01"}); err != nil {
		b.Fatal(err)
	}
	tree, err := c.Units.Today(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	units := make([]unit.Unit, countryUnits)
	for i := range units {
		u, ok := tree.ByCode(fmt.Sprintf("B%05d", i))
		if !ok {
			b.Fatal("a unit is missing")
		}
		units[i] = u
	}
	c.Tree = tree
	return units
}

func (c *country) dispatches(b *testing.B, letterID ident.ID, units []unit.Unit) {
	b.Helper()
	sent := clock.Date(2024, 6, 6, 9, 0)
	ids := make([]ident.ID, len(units))
	var rows, duties, publicity [][]any
	for i, u := range units {
		ids[i] = c.IDs.New()
		var parent any
		sender := c.Town.ID
		if i >= countryAreas {
			parent, sender = ids[i%countryAreas], units[i%countryAreas].ID
		}
		state, received := cascade.Arrived, clock.Time{}
		if i%3 > 0 {
			state, received = cascade.Received, sent
		}
		rows = append(rows, []any{
			ids[i], letterID, parent, sender, u.ID, state, "", sent, sent, received, sent, "[]", sent, "u",
		})
		for n := 1; n <= 2; n++ {
			duties = append(duties, []any{ids[i], n, "Thông báo.", "[]", "", ""})
		}
		if i%2 == 0 {
			publicity = append(publicity, []any{c.IDs.New(), ids[i], 0, "loudspeaker", sent, "Cụm loa", "", 2, 300, "", "", "", "u", sent})
		}
	}
	c.insert(b, "dispatch", `id, letter_id, parent_id, sender_id, receiver_id, state, words, sent_at, arrived_at, received_at, receipt_at,
		cooperators, updated_at, sent_by, arrival_year, arrival_number, lead, instruction, outcome, version`, func() [][]any {
		for i := range rows {
			rows[i] = append(rows[i], 0, 0, "", "", "", 1)
		}
		return rows
	}())
	c.insert(b, "dispatch_duty", "dispatch_id, number, text, channels, done_by, note", duties)
	c.insert(b, "publicity", "id, dispatch_id, duty_number, channel, at, place, link, times, people, note, file_key, file_name, created_by, created_at", publicity)
	c.insert(b, "cascade_seq", "letter_id, seq", [][]any{{letterID, 1}})
}

// BenchmarkBoard reads the board of 11,000 units from the model, from scratch, and after one unit moved.
func BenchmarkBoard(b *testing.B) {
	for _, engine := range apptest.Engines {
		b.Run(string(engine), func(b *testing.B) {
			c := newCountry(b, engine)
			look := func(b *testing.B, id ident.ID, q cascade.BoardQuery) cascade.BoardPage {
				b.Helper()
				q.Letter, q.Sender, q.Limit = id, c.Town.ID, 50
				p, err := c.Cascade.BoardPage(b.Context(), c.clerk, q)
				if err != nil || p.All.Units != countryUnits {
					b.Fatalf("%d units, %v", p.All.Units, err)
				}
				return p
			}
			b.Run("model", func(b *testing.B) {
				look(b, c.letters[0], cascade.BoardQuery{})
				for b.Loop() {
					look(b, c.letters[0], cascade.BoardQuery{})
				}
			})
			b.Run("search", func(b *testing.B) {
				for b.Loop() {
					look(b, c.letters[0], cascade.BoardQuery{Search: "mẫu 77", Filter: cascade.FilterLate})
				}
			})
			b.Run("scratch", func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					c.Cascade.DropBoards()
					look(b, c.letters[i%len(c.letters)], cascade.BoardQuery{})
				}
			})
			b.Run("moved", func(b *testing.B) {
				rows := look(b, c.letters[0], cascade.BoardQuery{}).Rows
				row := rows[slices.IndexFunc(rows, func(r cascade.Row) bool { return r.State == cascade.Received })]
				look(b, c.letters[0], cascade.BoardQuery{})
				for i := 0; b.Loop(); i++ {
					b.StopTimer()
					if _, err := c.Cascade.FinishDuty(b.Context(), c.Actor(person.Clerk, row.Unit), row.ID, 1, i%2 == 0, ""); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					look(b, c.letters[0], cascade.BoardQuery{})
				}
			})
		})
	}
}
