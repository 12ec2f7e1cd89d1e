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
		previewed(t, s, current())
		before = log.Head() - 3
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

// previewed looks at a file and stores it: the preview says what happens, changes nothing, and counts for the calendar that it saw.
func previewed(t *testing.T, s *calendar.Service, now *calendar.Calendar) {
	t.Helper()
	const file = "day,kind,name,source,status\n2028-01-27,off,Tết Mậu Thân: mồng Hai,Dự kiến,unconfirmed\n2028-01-29,usual,Không làm bù,Thông báo mẫu,\n" +
		"2028-01-26,off,Tết Mậu Thân: mồng Một,Thông báo mẫu,\n2031-01-01,usual,Không có gì,Thông báo mẫu,\n"
	if _, err := s.Preview(t.Context(), actor{}, strings.NewReader(file)); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("anybody looks: %v", err)
	}
	plan, err := s.Preview(t.Context(), actor{true}, strings.NewReader(file))
	if err != nil || len(plan.Changes) != 2 || plan.Unchanged != 2 || !plan.Changes[0].Added() || plan.Changes[1].Added() || plan.Version != now.Version() {
		t.Fatalf("the plan: %+v, %v", plan, err)
	}
	if _, err := s.ImportAt(t.Context(), actor{true}, strings.NewReader(plan.File), plan.Version-1); fault.KindOf(err) != fault.Conflict {
		t.Errorf("an older calendar: %v", err)
	}
	after, err := s.Current(t.Context())
	if err != nil || after.Version() != now.Version() || !after.Working("2028-01-27") {
		t.Errorf("the preview or what was refused changed something: %v", err)
	}
	r, err := s.ImportAt(t.Context(), actor{true}, strings.NewReader(plan.File), plan.Version)
	if err != nil || r.Added != 1 || r.Changed != 1 || r.Unchanged != 0 {
		t.Errorf("stored: %+v, %v", r, err)
	}
	if after, err = s.Current(t.Context()); err != nil || after.Working("2028-01-27") || after.Working("2028-01-29") {
		t.Errorf("stored: %v", err)
	}
	if e, _ := after.Entry("2028-01-27"); !e.Unconfirmed {
		t.Errorf("a day that is only foreseen counts as confirmed: %+v", e)
	}
	if years := after.Years(); years[0] != 2024 || years[len(years)-1] != 2028 {
		t.Errorf("years: %v", years)
	}
	back := "day,kind,name,source\n2028-01-27,usual,Chưa có,Thông báo mẫu\n2028-01-29,working,Làm bù,Thông báo mẫu\n"
	if _, err := s.Import(t.Context(), actor{true}, strings.NewReader(back)); err != nil {
		t.Error(err)
	}
}
