package calendar_test

import (
	"strings"
	"testing"

	"sachhon/internal/audit"
	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/testkit"
)

type actor struct{ may bool }

func (actor) Identity() ident.ID { return "01900000-0000-7000-8000-000000000001" }

func (a actor) Permit(string, ident.ID) error {
	if !a.may {
		return fault.Forbidden.With("fault.forbidden")
	}
	return nil
}

const file = `day,kind,name,source
2028-01-26,off,Tết Mậu Thân: mồng Một,Thông báo mẫu
2028-01-29,working,Làm bù,Thông báo mẫu
2024-04-30,usual,Bỏ ngày nghỉ để thử,Thông báo mẫu
`

func TestAnAdministratorExtendsTheCalendar(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		signer, err := audit.NewSigner("calendar.test", [32]byte{})
		if err != nil {
			t.Fatal(err)
		}
		log := audit.New(db, signer)
		s := calendar.NewService(db, log, testkit.Seeded(clk, 5))
		current := func() *calendar.Calendar {
			t.Helper()
			c, err := s.Current(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if c := current(); !c.Working("2028-01-26") || c.Working("2024-04-30") || c != current() {
			t.Error("the embedded calendar")
		}
		_, err = s.Import(t.Context(), actor{}, strings.NewReader(file))
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")

		bad, err := s.Import(t.Context(), actor{true}, strings.NewReader(file+"2028-13-01,off,x,y\n2028-01-26,off,x,y\n2028-01-27,sing,x,y\n"))
		faulttest.Is(t, err, fault.Invalid, "calendar.fault.import")
		var keys []string
		for _, f := range bad.Faults {
			keys = append(keys, f.Key)
		}
		if got := strings.Join(keys, " "); got != "calendar.fault.day calendar.fault.twice calendar.fault.kind" || bad.Faults[0].Line != 5 {
			t.Errorf("faults: %s, the first in line %d", got, bad.Faults[0].Line)
		}
		if !current().Working("2028-01-26") {
			t.Error("a bad file changed something")
		}

		before := log.Head()
		r, err := s.Import(t.Context(), actor{true}, strings.NewReader(file))
		if err != nil || r.Added != 2 || r.Changed != 1 || r.Unchanged != 0 {
			t.Fatalf("import: %+v, %v", r, err)
		}
		if c := current(); c.Working("2028-01-26") || !c.Working("2028-01-29") || !c.Working("2024-04-30") || c.Version() != 1 {
			t.Error("the imported days do not count")
		}
		if log.Head() != before+3 {
			t.Errorf("%d audit entries", log.Head()-before)
		}
		r, err = s.Import(t.Context(), actor{true}, strings.NewReader(file))
		if err != nil || r.Unchanged != 3 || log.Head() != before+3 {
			t.Errorf("the same file again: %+v, %v", r, err)
		}
		for key, text := range map[string]string{
			"calendar.fault.head": "ngày,loại\n", "calendar.fault.size": "day,kind,name,source\n" + strings.Repeat("# mẫu\n", 200_000),
			"calendar.fault.rows": "day,kind,name,source\n" + strings.Repeat("x,y\n", 6_000),
		} {
			_, err := s.Import(t.Context(), actor{true}, strings.NewReader(text))
			faulttest.Is(t, err, fault.KindOf(err), key)
		}
	})
}
