package entrant_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/entrant/entranttest"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func eachEngine(t *testing.T, f func(t *testing.T, w *entranttest.World)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) { f(t, entranttest.New(t, db, clk)) })
}

func TestGivers(t *testing.T) {
	p := challenge.DefaultParameters()
	for age, want := range map[int][]entrant.Giver{
		5: {entrant.Guardian}, 6: {entrant.Guardian}, 7: {entrant.Guardian, entrant.Child},
		15: {entrant.Guardian, entrant.Child}, 16: {entrant.Self}, 40: {entrant.Self},
	} {
		if got := entrant.Givers(age, p); !slices.Equal(got, want) {
			t.Errorf("at %d: %v, want %v", age, got, want)
		}
	}
}

func TestRegister(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		ctx := t.Context()
		actor := w.Person("20005")
		in := w.Input(func(in *entrant.RegisterInput) {
			in.ID, in.Name, in.FullName = w.IDs.New(), "  Đội\u200f Hươ\u0300ng  <script> 🌱", "Trâ\u0300n Thị Mẫu"
		})
		e, err := w.Entrants.Register(ctx, actor, in)
		if err != nil || e.Name != "Đội Hường <script> 🌱" || e.Number != 1 || e.State != entrant.Submitted || e.Representative != actor.ID {
			t.Fatalf("registered %+v, %v", e, err)
		}
		again, err := w.Entrants.Register(ctx, actor, in)
		if err != nil || again != e {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		if _, err := w.Entrants.Register(ctx, w.Person("20005"), in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("somebody else's ID: %v", err)
		}
		if _, err := w.Entrants.Register(ctx, person.Actor{}, w.Input()); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("anonymous: %v", err)
		}
		actor.Represents = append(actor.Represents, e.ID)
		d, err := w.Entrants.ByID(ctx, actor, e.ID)
		if err != nil || d.Contact.FullName != "Trần Thị Mẫu" || d.Contact.Phone != "+84912345678" || len(d.Consents) != 2 {
			t.Errorf("details %+v, %v", d, err)
		}
		if got := w.Letters(); len(got) != 1 || !strings.Contains(got[0], "số 1: Đội Hường") {
			t.Errorf("letters %q", got)
		}
	})
}

func TestBadRegistrations(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		child := func(born clock.Day, givers ...entrant.Giver) func(*entrant.RegisterInput) {
			return func(in *entrant.RegisterInput) {
				entranttest.Individual(in)
				in.BirthDate, in.GuardianName, in.GuardianPhone, in.Consents = born, "Lê Văn Mẫu", "0912345679", nil
				for _, g := range givers {
					in.Consents = append(in.Consents, entrant.ConsentInput{Giver: g, Purpose: entrant.Participation})
				}
			}
		}
		for name, test := range map[string]struct {
			change func(*entrant.RegisterInput)
			want   string
		}{
			"a name of 5,000 letters": {func(in *entrant.RegisterInput) { in.Name = strings.Repeat("ă", 5000) }, "name entrant.fault.long"},
			"only emoji":              {func(in *entrant.RegisterInput) { in.Name = "🌱🌱" }, "name entrant.fault.noLetter"},
			"only marks":              {func(in *entrant.RegisterInput) { in.FullName = "\u200f\u200b" }, "full_name entrant.fault.empty"},
			"no such division":        {func(in *entrant.RegisterInput) { in.Division = "x" }, "division entrant.fault.division"},
			"no unit":                 {func(in *entrant.RegisterInput) { in.Unit = "" }, "unit entrant.fault.unit"},
			"an unknown unit":         {func(in *entrant.RegisterInput) { in.Unit = w.IDs.New() }, "unit entrant.fault.unit"},
			"nobody in it":            {func(in *entrant.RegisterInput) { in.Members = 0 }, "members entrant.fault.members"},
			"no phone":                {func(in *entrant.RegisterInput) { in.Phone = " " }, "phone entrant.fault.empty"},
			"a broken phone":          {func(in *entrant.RegisterInput) { in.Phone = "123" }, "phone lang.fault.phone"},
			"a broken address":        {func(in *entrant.RegisterInput) { in.Email = "a@b" }, "email entrant.fault.email"},
			"two addresses":           {func(in *entrant.RegisterInput) { in.Email = "a@example.org, b@example.org" }, "email entrant.fault.email"},
			"no birth date":           {func(in *entrant.RegisterInput) { in.BirthDate = "" }, "birth_date entrant.fault.empty"},
			"31 February":             {func(in *entrant.RegisterInput) { in.BirthDate = "1990-02-31" }, "birth_date lang.fault.date"},
			"born tomorrow":           {func(in *entrant.RegisterInput) { in.BirthDate = "2024-06-07" }, "birth_date entrant.fault.birthDate"},
			"born in 1800":            {func(in *entrant.RegisterInput) { in.BirthDate = "1800-01-01" }, "birth_date entrant.fault.birthDate"},
			"silence":                 {func(in *entrant.RegisterInput) { in.Consents = nil }, "consent.self.participation entrant.fault.consent"},
			"no rules":                {func(in *entrant.RegisterInput) { in.Rules = 0 }, "rules entrant.fault.rules"},
			"other rules":             {func(in *entrant.RegisterInput) { in.Rules = 7 }, "rules entrant.fault.rulesChanged"},
			"15, consents alone":      {child("2008-06-07", entrant.Self), "consent.guardian.participation entrant.fault.consent"},
			"7, not asked":            {child("2017-06-06", entrant.Guardian), "consent.child.participation entrant.fault.consent"},
			"a nameless guardian": {func(in *entrant.RegisterInput) {
				child("2010-01-01", entrant.Guardian, entrant.Child)(in)
				in.GuardianName = ""
			}, "guardian_name entrant.fault.empty"},
		} {
			_, err := w.Entrants.Register(t.Context(), w.Person("20005"), w.Input(test.change))
			if !errors.Is(err, fault.Invalid) || !slices.Contains(faulttest.Fields(err), test.want) {
				t.Errorf("%s: %v, want %s", name, err, test.want)
			}
		}
		for name, change := range map[string]func(*entrant.RegisterInput){
			"6, by the guardian":  child("2017-06-07", entrant.Guardian),
			"15, both":            child("2008-06-07", entrant.Guardian, entrant.Child),
			"16 today, by itself": child("2008-06-06", entrant.Self),
		} {
			if _, err := w.Entrants.Register(t.Context(), w.Person("20005"), w.Input(change)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestNamesOfMinorsAreHidden(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		vi := lang.New("vi")
		for name, test := range map[string]struct {
			change func(*entrant.RegisterInput)
			want   string
		}{
			"grown up and agreed": {func(in *entrant.RegisterInput) {}, "Trần Thị Mẫu"},
			"grown up and silent": {func(in *entrant.RegisterInput) { in.Consents = in.Consents[:1] }, "Thí sinh số"},
			"seventeen":           {func(in *entrant.RegisterInput) { in.BirthDate = "2006-06-07" }, "Thí sinh số"},
		} {
			e, actor := w.Approved(entranttest.Individual, test.change)
			p, err := w.Entrants.PublicByID(t.Context(), e.ID)
			if err != nil || !strings.HasPrefix(p.Title(vi), test.want) {
				t.Errorf("%s: shown as %q, %v; want %q", name, p.Title(vi), err, test.want)
			}
			if d, err := w.Entrants.ByID(t.Context(), actor, e.ID); err != nil || d.Entrant.Name != "Trần Thị Mẫu" {
				t.Errorf("%s: the representative reads %q, %v", name, d.Entrant.Name, err)
			}
		}
	})
}

func TestRegistrationWindow(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		for at, key := range map[clock.Time]string{
			clock.Date(2024, time.May, 31, 23, 59): "entrant.fault.notYet",
			clock.Date(2024, time.June, 21, 0, 0):  "entrant.fault.closed",
		} {
			w.Clock.Set(at.Time)
			_, err := w.Entrants.Register(t.Context(), w.Person("20005"), w.Input())
			if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Conflict || e.Key != key {
				t.Errorf("%s: %v, want %s", at.Local(), err, key)
			}
		}
		draft := w.Draft(func(d *challenge.Details) { d.Slug = "nhap" })
		in := w.Input(func(in *entrant.RegisterInput) { in.Challenge = draft.ID })
		if _, err := w.Entrants.Register(t.Context(), w.Person("20005"), in); !errors.Is(err, fault.NotFound) {
			t.Errorf("registered in a draft: %v", err)
		}
	})
}

func TestOutsideOfTheArea(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		w.Challenge = w.Announced(func(d *challenge.Details) { d.Slug, d.Area = "huong-tra", w.Unit("480") })
		far := w.Input(func(in *entrant.RegisterInput) { in.Unit = w.Unit("474") })
		_, err := w.Entrants.Register(t.Context(), w.Person("474"), far)
		if got := faulttest.Fields(err); !slices.Equal(got, []string{"unit entrant.fault.unitArea"}) {
			t.Errorf("from another town: %v", err)
		}
		w.Registered() // of a commune in the area
	})
}

func TestAssistedByAClerk(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		in := w.Input(entranttest.Individual, func(in *entrant.RegisterInput) { in.Phone, in.Email, in.Assisted = "", "", true })
		if _, err := w.Entrants.Register(t.Context(), w.Person("20005"), in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("somebody without a role assisted: %v", err)
		}
		if _, err := w.Entrants.Register(t.Context(), w.Person("19996", person.Clerk), in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("the clerk of another ward assisted: %v", err)
		}
		clerk := w.Person("20005", person.Clerk)
		for range 2 { // the clerk enters several people
			e, err := w.Entrants.Register(t.Context(), clerk, in)
			if err != nil || !e.Assisted || e.Representative != clerk.ID {
				t.Fatalf("assisted %+v, %v", e, err)
			}
		}
		if mine, err := w.Entrants.RepresentedBy(t.Context(), clerk.ID); err != nil || len(mine) != 2 {
			t.Errorf("the clerk represents %v, %v", mine, err)
		}
		if got := w.Letters(); len(got) != 0 {
			t.Errorf("letters without an address: %q", got)
		}
	})
}

func TestDuplicatesAreMarked(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *entranttest.World) {
		first, _ := w.Registered()
		second, _ := w.Registered(func(in *entrant.RegisterInput) { in.Name = "ĐỘI  sông bồ" })
		elsewhere, _ := w.Registered(func(in *entrant.RegisterInput) { in.Unit = w.Unit("19996") })
		if first.DuplicateOf != "" || second.DuplicateOf != first.ID || elsewhere.DuplicateOf != "" {
			t.Errorf("duplicates %q, %q, %q", first.DuplicateOf, second.DuplicateOf, elsewhere.DuplicateOf)
		}
		warned, err := w.Entrants.Duplicates(t.Context(), w.Challenge.ID, "doi song bo", w.Unit("20005"))
		if err != nil || len(warned) != 2 || warned[0].ID != first.ID {
			t.Errorf("warned of %v, %v", warned, err)
		}
		hidden, _ := w.Registered(entranttest.Individual, func(in *entrant.RegisterInput) {
			in.FullName, in.Consents = "Lê Thị Kín", in.Consents[:1] // without that of showing the name
		})
		warned, err = w.Entrants.Duplicates(t.Context(), w.Challenge.ID, "Lê Thị Kín", w.Unit("20005"))
		if err != nil || len(warned) != 0 || !hidden.NameHidden {
			t.Errorf("a hidden name was guessed: %v, %v", warned, err)
		}
		individual, actor := w.Registered(entranttest.Individual)
		_, err = w.Entrants.Register(t.Context(), actor, w.Input(entranttest.Individual))
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Key != "entrant.fault.already" {
			t.Errorf("one person twice: %v", err)
		}
		_, err = w.Entrants.Withdraw(t.Context(), actor, individual.ID, "")
		w.Must(err)
		if _, err = w.Entrants.Register(t.Context(), actor, w.Input(entranttest.Individual)); err != nil {
			t.Errorf("again after withdrawing: %v", err)
		}
	})
}
