package cascadetest

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Country is letters that were sent to every unit of a country: 34 provinces below the issuer, and communes.
type Country struct {
	*Desk
	Units   []unit.Unit
	Letters []ident.ID
	Clerk   person.Actor // of the issuer
}

const (
	// CountryUnits is how many units there are.
	CountryUnits  = 11_000
	countryAreas  = 34
	countryAtOnce = 200 // rows of one statement
)

// NewCountry makes a whole country. SACHHON_BENCH_LETTERS says how many letters; 100 is a year of a ministry, and takes some
// minutes to write.
func NewCountry(b testing.TB, d *Desk) *Country {
	b.Helper()
	n := 100
	if s := os.Getenv("SACHHON_BENCH_LETTERS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	return NewCountryOf(b, d, CountryUnits, n)
}

// NewCountryOf makes one of so many units, more than its provinces, with so many letters. It writes the rows as the service
// would, many at once.
func NewCountryOf(b testing.TB, d *Desk, units, letters int) *Country {
	b.Helper()
	c := &Country{Desk: d}
	c.Units = c.units(b, units)
	for i := range letters {
		l := c.Registered(b, lettertest.Text(strconv.Itoa(i+1), "Thông báo trên hệ thống truyền thanh.", "Tạo điều kiện tham gia."))
		c.Letters = append(c.Letters, l.ID)
		c.dispatches(b, l.ID, c.Units)
	}
	c.Clerk = c.Actor(person.Clerk, c.Town)
	c.analyze(b)
	return c
}

// analyze does at once what an engine does by itself some time after rows were written.
func (c *Country) analyze(b testing.TB) {
	b.Helper()
	err := c.DB.Tx(b.Context(), func(ctx context.Context, tx *database.Tx) error {
		_, err := tx.Exec(ctx, "ANALYZE")
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (c *Country) insert(b testing.TB, table, columns string, rows [][]any) {
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
func (c *Country) units(b testing.TB, n int) []unit.Unit {
	b.Helper()
	file := `{"units": [`
	for i := range n {
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
	if _, err := c.Desk.Units.Import(b.Context(), person.SystemActor, strings.NewReader(file+"]}"), unit.ImportOptions{ValidFrom: "2024-05-01"}); err != nil {
		b.Fatal(err)
	}
	tree, err := c.Desk.Units.Today(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	units := make([]unit.Unit, n)
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

func (c *Country) dispatches(b testing.TB, letterID ident.ID, units []unit.Unit) {
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
			duties = append(duties, []any{ids[i], n, "Thông báo.", `["loudspeaker"]`, "", ""})
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
