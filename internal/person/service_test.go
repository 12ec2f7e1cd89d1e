package person_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
	"sachhon/internal/unit/unittest"
)

type world struct {
	*person.Service
	db   *database.DB
	clk  *clock.Set
	tree *unit.Tree
}

func eachEngine(t *testing.T, f func(t *testing.T, w world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		signer, err := audit.NewSigner("test.invalid", [ed25519.SeedSize]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		log, ids := audit.New(db, signer), testkit.Seeded(clk, 1)
		units := unit.NewService(db, log, ids)
		if _, err := units.Import(t.Context(), person.SystemActor, builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}); err != nil {
			t.Fatal(err)
		}
		tree, err := units.Today(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f(t, world{person.NewService(db, log, ids, units), db, clk, tree})
	})
}

var agreed = person.ConsentText{Version: "1", Words: "Tôi đồng ý."}

func (w world) create(t *testing.T, name, email, unitCode string) person.Person {
	t.Helper()
	p, err := w.Create(t.Context(), person.SystemActor, person.Details{Name: name, Email: email, HomeUnit: unittest.ID(w.tree, unitCode)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w world) actor(t *testing.T, id ident.ID) person.Actor {
	t.Helper()
	a, err := w.Actor(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSignUpSaysNothingAboutOthers(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		in := person.Details{Name: "  Nguye\u0302\u0303n Thị  An ", Email: "An@Example.vn", Phone: "0912 345 678", BirthDate: "06/6/1990"}
		if err := w.SignUp(ctx, in, agreed); err != nil {
			t.Fatal(err)
		}
		id, _, ok, err := w.ByEmail(ctx, "aN@example.VN")
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		p, err := w.Person(ctx, w.actor(t, id), id)
		if err != nil || p.Name != "Nguyễn Thị An" || p.Email != "An@Example.vn" || p.Phone != "+84912345678" || p.BirthDate != "1990-06-06" || p.Lang != "vi" {
			t.Errorf("%+v, %v", p, err)
		}
		in.Name = "Kẻ Mạo Danh"
		in.Email = "an@example.vn"
		if err := w.SignUp(ctx, in, agreed); err != nil {
			t.Errorf("a second sign-up is answered differently: %v", err)
		}
		if again, _ := w.Person(ctx, w.actor(t, id), id); again != p {
			t.Errorf("it changed the account: %+v", again)
		}
		consents, err := w.Consents(ctx, w.actor(t, id), id)
		if err != nil || len(consents) != 1 || consents[0].TextVersion != "1" || len(consents[0].TextSHA256) != 64 {
			t.Errorf("%+v, %v", consents, err)
		}
		if _, _, ok, err := w.ByEmail(ctx, "no address"); ok || err != nil {
			t.Error("what is no address has an account", err)
		}
	})
}

func TestDetailsAreChecked(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		for name, tt := range map[string]struct {
			change func(*person.Details)
			want   string
		}{
			"nothing":      {func(d *person.Details) { *d = person.Details{} }, "email:emailMissing name:nameMissing"},
			"long name":    {func(d *person.Details) { d.Name = strings.Repeat("ấ", 5000) }, "name:nameLong"},
			"script":       {func(d *person.Details) { d.Name = "<script>" }, "name:nameSign"},
			"emoji":        {func(d *person.Details) { d.Name = "An 🎉" }, "name:nameSign"},
			"no letters":   {func(d *person.Details) { d.Name = "- -" }, "name:nameSign"},
			"31 February":  {func(d *person.Details) { d.BirthDate = "31/02/1990" }, "birth_date:dateNone"},
			"unborn":       {func(d *person.Details) { d.BirthDate = "07/6/2024" }, "birth_date:birthDate"},
			"too old":      {func(d *person.Details) { d.BirthDate = "06/6/1900" }, "birth_date:birthDate"},
			"child":        {func(d *person.Details) { d.BirthDate = "07/6/2008" }, "birth_date:tooYoung"},
			"phone":        {func(d *person.Details) { d.Phone = "12345" }, "phone:phone"},
			"unknown unit": {func(d *person.Details) { d.HomeUnit = "018fe000-0000-7000-8000-0000000000ff" }, "home_unit:unit"},
			"mail":         {func(d *person.Details) { d.Email = "An <an@example.vn>" }, "email:email"},
			"header":       {func(d *person.Details) { d.Email = "an@example.vn\r\nBcc: b@example.vn" }, "email:email"},
			"no domain":    {func(d *person.Details) { d.Email = "an@example" }, "email:email"},
		} {
			t.Run(name, func(t *testing.T) {
				in := person.Details{Name: "Nguyễn Thị An", Email: "an@example.vn"}
				tt.change(&in)
				err := w.SignUp(t.Context(), in, agreed)
				f, ok := errors.AsType[*fault.Error](err)
				if !ok || f.Kind != fault.Invalid {
					t.Fatalf("got %v", err)
				}
				var got []string
				for _, field := range f.Fields {
					got = append(got, field.Name+":"+field.Key[strings.LastIndex(field.Key, ".")+1:])
					if m := lang.New("en").T(field.Key, field.Args...); strings.Contains(m, "⟦") {
						t.Errorf("no message %s", field.Key)
					}
				}
				if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

func TestRightToLeftMarksAreDropped(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		if p := w.create(t, "An\u202e Bình\u200f", "an@example.vn", "480"); p.Name != "An Bình" {
			t.Errorf("%+q", p.Name)
		}
	})
}

func TestCreateTwice(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		in := person.Details{ID: "018fe000-0000-7000-8000-0000000000aa", Name: "Lê Bình", Email: "binh@example.vn", HomeUnit: unittest.ID(w.tree, "20008")}
		first, err := w.Create(ctx, person.SystemActor, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := w.Create(ctx, person.SystemActor, in); err != nil || again != first {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		in.ID = ""
		if _, err := w.Create(ctx, person.SystemActor, in); !errors.Is(err, fault.Conflict) {
			t.Errorf("the address of another: %v", err)
		}
		for range 2 { // people without an address do not collide
			if _, err := w.Create(ctx, person.SystemActor, person.Details{Name: "Lê Bình"}); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestPersonalDataOfOthers(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		an, binh := w.create(t, "An", "an@example.vn", "20008"), w.create(t, "Bình", "binh@example.vn", "20011")
		_, there := w.Person(ctx, w.actor(t, an.ID), binh.ID)
		_, absent := w.Person(ctx, w.actor(t, an.ID), "018fe000-0000-7000-8000-0000000000ff")
		if !errors.Is(there, fault.NotFound) || !errors.Is(absent, fault.NotFound) {
			t.Errorf("existing %v, absent %v", there, absent)
		}
		if _, err := w.Person(ctx, person.Actor{}, binh.ID); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("anonymous: %v", err)
		}
		if _, err := w.Update(ctx, w.actor(t, an.ID), person.Details{ID: binh.ID, Name: "X"}); !errors.Is(err, fault.NotFound) {
			t.Errorf("changing another: %v", err)
		}
		updated, err := w.Update(ctx, w.actor(t, an.ID), person.Details{ID: an.ID, Name: "An Mới", Lang: "en", HomeUnit: unittest.ID(w.tree, "480")})
		if err != nil || updated.Name != "An Mới" || updated.Email != "an@example.vn" {
			t.Errorf("%+v, %v", updated, err)
		}
	})
}

func TestRoles(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		town, ward := unittest.ID(w.tree, "480"), unittest.ID(w.tree, "20008")
		leader, clerk := w.create(t, "Lãnh đạo", "l@example.vn", "480"), w.create(t, "Văn thư", "v@example.vn", "20008")
		if _, err := w.Grant(ctx, person.SystemActor, person.GrantInput{PersonID: leader.ID, Role: person.Leader, UnitID: town}); err != nil {
			t.Fatal(err)
		}
		boss := w.actor(t, leader.ID)
		in := person.GrantInput{
			ID: "018fe000-0000-7000-8000-0000000000bb", PersonID: clerk.ID, Role: person.Clerk, UnitID: ward, ValidTo: "2024-06-30",
		}
		h, err := w.Grant(ctx, boss, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := w.Grant(ctx, boss, in); err != nil || again != h {
			t.Errorf("granted again: %+v, %v", again, err)
		}
		in.ID, in.Role = "", person.Administrator
		if _, err := w.Grant(ctx, boss, in); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a leader makes an administrator: %v", err)
		}
		if _, err := w.Grant(ctx, w.actor(t, clerk.ID), person.GrantInput{PersonID: clerk.ID, Role: person.Clerk, UnitID: town}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a clerk helps himself: %v", err)
		}
		for _, bad := range []person.GrantInput{
			{PersonID: clerk.ID, Role: person.Public, UnitID: ward},
			{PersonID: clerk.ID, Role: person.Board},
			{PersonID: clerk.ID, Role: person.Board, UnitID: "nowhere"},
			{PersonID: "nobody", Role: person.Board, UnitID: ward},
			{PersonID: clerk.ID, Role: person.Board, UnitID: ward, ValidFrom: "2024-06-06", ValidTo: "2024-06-05"},
		} {
			if _, err := w.Grant(ctx, person.SystemActor, bad); !errors.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}

		if err := w.actor(t, clerk.ID).Can(person.ActionCascadeReceive, person.On{Unit: ward}); err != nil {
			t.Errorf("the clerk: %v", err)
		}
		if err := w.actor(t, clerk.ID).Can(person.ActionCascadeReceive, person.On{Unit: town}); err == nil {
			t.Error("the clerk of a ward acts for the town")
		}
		anywhere, err := w.HoldersAnywhere(ctx, w.db, person.Clerk, person.Leader)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range []person.Role{person.Clerk, person.Leader} {
			one, err := w.Holders(ctx, w.db, ward, role)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(append([]person.Person{}, one...), append([]person.Person{}, anywhere[ward][role]...)); diff != "" {
				t.Errorf("%s of the ward, asked alone and of all (-alone +all)\n%s", role, diff)
			}
		}
		held, err := w.Holders(ctx, w.db, ward, person.Clerk, person.Leader)
		if err != nil || len(held) != 1 || held[0].ID != clerk.ID {
			t.Errorf("holders: %v, %v", held, err)
		}
		if _, err := w.Update(ctx, w.actor(t, clerk.ID), person.Details{ID: clerk.ID, Name: "Văn thư", HomeUnit: town}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("an official moves away from what they may not review: %v", err)
		}

		w.clk.Set(clock.Date(2024, 7, 1, 0, 0).Time)
		if got := w.actor(t, clerk.ID).Grants; len(got) != 0 {
			t.Errorf("after the last day: %v", got)
		}
		w.clk.Set(clock.Date(2024, 6, 30, 23, 59).Time)
		if got := w.actor(t, clerk.ID).Grants; len(got) != 1 {
			t.Errorf("on the last day: %v", got)
		}
		if err := w.Revoke(ctx, w.actor(t, clerk.ID), h.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("revoked by a clerk: %v", err)
		}
		for range 2 {
			if err := w.Revoke(ctx, boss, h.ID); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.actor(t, clerk.ID).Grants; len(got) != 0 {
			t.Errorf("after the end: %v", got)
		}
		history, err := w.RolesIn(ctx, boss, ward)
		if err != nil || len(history) != 1 || history[0].RevokedBy != leader.ID {
			t.Errorf("history: %+v, %v", history, err)
		}
	})
}

func TestRepresented(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		an := w.create(t, "An", "an@example.vn", "20008")
		w.Represented(func(_ context.Context, id ident.ID) ([]ident.ID, error) { return []ident.ID{"entrant of " + id}, nil })
		if got := w.actor(t, an.ID).Represents; len(got) != 1 || got[0] != "entrant of "+an.ID {
			t.Errorf("got %v", got)
		}
	})
}

func TestConsentOfChildren(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		guardian := person.Guardian{Name: "Trần Văn Cha", Phone: "0912345678"}
		for _, tt := range []struct {
			name, born string
			in         person.ConsentInput
			ok         bool
		}{
			{"grown up", "06/6/2008", person.ConsentInput{}, true},
			{"day before 16", "07/6/2008", person.ConsentInput{}, false},
			{"guardian only", "07/6/2008", person.ConsentInput{Guardian: guardian}, false},
			{"child only", "07/6/2008", person.ConsentInput{ChildAgreed: true}, false},
			{"both", "07/6/2008", person.ConsentInput{Guardian: guardian, ChildAgreed: true}, true},
			{"six", "07/6/2017", person.ConsentInput{Guardian: guardian}, true},
			{"seven", "06/6/2017", person.ConsentInput{Guardian: guardian}, false},
		} {
			p, err := w.Create(ctx, person.SystemActor, person.Details{Name: "Bé", BirthDate: tt.born})
			if err != nil {
				t.Fatal(err)
			}
			tt.in.Purpose, tt.in.Text = person.PurposeMessages, agreed
			self := person.Actor{ID: p.ID}
			c, err := w.GiveConsent(ctx, self, p.ID, tt.in)
			if (err == nil) != tt.ok || err != nil && !errors.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", tt.name, err)
			}
			if tt.name == "grown up" && c.GuardianName != "" {
				t.Error("a guardian who is not needed is kept")
			}
			if got, err := w.Consented(ctx, w.db, p.ID, person.PurposeMessages); got != tt.ok || err != nil {
				t.Errorf("%s: consented %t, %v", tt.name, got, err)
			}
			if err := w.WithdrawConsent(ctx, self, p.ID, person.PurposeMessages); err != nil {
				t.Error(err)
			}
			if got, _ := w.Consented(ctx, w.db, p.ID, person.PurposeMessages); got {
				t.Errorf("%s: still in force", tt.name)
			}
		}
		if err := w.WithdrawConsent(ctx, person.Actor{ID: "stranger"}, "somebody", person.PurposeAccount); !errors.Is(err, fault.Forbidden) {
			t.Errorf("withdrawn by a stranger: %v", err)
		}
	})
}

func TestAge(t *testing.T) {
	for _, tt := range []struct {
		born, on clock.Day
		want     int
		ok       bool
	}{
		{"2008-06-06", "2024-06-06", 16, true},
		{"2008-06-07", "2024-06-06", 15, true},
		{"2008-02-29", "2024-02-28", 15, true},
		{"2008-02-29", "2023-02-28", 14, true},
		{"2008-02-29", "2023-03-01", 15, true},
		{"2024-06-06", "2024-06-06", 0, true},
		{"2024-06-07", "2024-06-06", 0, false},
		{"", "2024-06-06", 0, false},
	} {
		if got, ok := person.Age(tt.born, tt.on); got != tt.want || ok != tt.ok {
			t.Errorf("Age(%s, %s) = %d, %t", tt.born, tt.on, got, ok)
		}
	}
}

func TestLogsHoldIdentifiersOnly(t *testing.T) {
	var b bytes.Buffer
	p := person.Person{ID: "id", Name: "Nguyễn An", Email: "an@example.vn", Phone: "+84912345678"}
	slog.New(slog.NewJSONHandler(&b, nil)).InfoContext(t.Context(), "x", slog.Any("person", p), slog.Any("email", p.Email),
		slog.Any("phone", p.Phone), slog.Any("details", person.Details{Name: "Nguyễn An", Email: "an@example.vn"}))
	for _, secret := range []string{"Nguyễn", "example", "8491"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%s in %s", secret, b.String())
		}
	}
}
