package person_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit/unittest"
)

var update = flag.Bool("update", false, "write the golden file")

// holder returns an actor who is what the role says, and the object on which the role counts.
func holder(role person.Role) (person.Actor, person.On) {
	on := person.On{Unit: "u", Entrant: "e", Person: "p"}
	a := person.Actor{ID: "a"}
	switch role {
	case person.Public:
		a.ID = ""
	case person.SignedIn:
	case person.Self:
		on.Person = a.ID
	case person.Representative:
		a.Represents = []ident.ID{"x", "e"}
	default:
		a.Grants = []person.Grant{{Role: role, UnitID: "u"}}
	}
	return a, on
}

// TestTable pins who may do what: a change of the table is seen as a change of this file.
func TestTable(t *testing.T) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-20s", "")
	for _, role := range person.Roles {
		fmt.Fprintf(&b, " %-14s", role)
	}
	for _, action := range person.Actions() {
		fmt.Fprintf(&b, "\n%-20s", action)
		for _, role := range person.Roles {
			a, on := holder(role)
			mark := "."
			if a.Can(action, on) == nil {
				mark = "yes"
			}
			fmt.Fprintf(&b, " %-14s", mark)
		}
	}
	got := strings.ReplaceAll(b.String(), " \n", "\n") + "\n"
	for strings.Contains(got, " \n") {
		got = strings.ReplaceAll(got, " \n", "\n")
	}
	const golden = "testdata/permissions.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the table has changed; if so it should be, run with -update:\n%s", diff)
	}
}

func TestEveryActionIsInTheTableOnce(t *testing.T) {
	seen := map[person.Action]bool{}
	for _, action := range person.Actions() {
		if seen[action] {
			t.Errorf("%s stands twice", action)
		}
		seen[action] = true
		if len(person.RolesFor(action)) == 0 {
			t.Errorf("nobody may %s", action)
		}
	}
	source, err := os.ReadFile("permission.go")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(source)) {
		if name, rest, ok := strings.Cut(strings.TrimSpace(line), " "); ok && strings.HasPrefix(name, "Action") && strings.Contains(rest, "= \"") {
			_, value, _ := strings.Cut(rest, `"`)
			value, _, _ = strings.Cut(value, `"`)
			if !seen[person.Action(value)] {
				t.Errorf("%s is missing from the table", name)
			}
		}
	}
}

func TestUnknownActionIsForbidden(t *testing.T) {
	a := person.Actor{ID: "a", Grants: []person.Grant{{Role: person.Administrator}}}
	if err := a.Can("report.burn", person.On{}); !errors.Is(err, fault.Forbidden) {
		t.Errorf("got %v", err)
	}
}

func TestAnonymousIsAskedToSignIn(t *testing.T) {
	var anonymous person.Actor
	for _, action := range person.Actions() {
		if err := anonymous.Can(action, person.On{Unit: "u"}); err != nil && !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("%s: %v", action, err)
		}
	}
	if err := person.SystemActor.Can(person.ActionReviewDecide, person.On{}); err != nil || person.SystemActor.Anonymous() {
		t.Errorf("the system is refused: %v", err)
	}
}

// TestNobodyIsNobody: empty identifiers must not match each other.
func TestNobodyIsNobody(t *testing.T) {
	a := person.Actor{ID: "a", Represents: []ident.ID{""}, Grants: []person.Grant{{Role: person.Board, UnitID: "u"}}}
	for _, action := range []person.Action{person.ActionReportAppeal, person.ActionPersonConsent, person.ActionReviewDecide} {
		if err := a.Can(action, person.On{}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s without an object: %v", action, err)
		}
	}
}

func TestBoardIsAskedAtTheOrganiser(t *testing.T) {
	board := person.Actor{ID: "a", Grants: []person.Grant{{Role: person.Board, UnitID: "organiser"}}}
	clerk := person.Actor{ID: "c", Grants: []person.Grant{{Role: person.Clerk, UnitID: "organiser"}}}
	on := person.On{Unit: "ward", Organiser: "organiser"}
	if err := board.Can(person.ActionReportRead, on); err != nil {
		t.Errorf("the board of the challenge: %v", err)
	}
	if err := clerk.Can(person.ActionReportRead, on); err == nil {
		t.Error("a clerk of the organiser reads what belongs to a ward")
	}
	on.Organiser = "another"
	if err := board.Can(person.ActionReportRead, on); err == nil {
		t.Error("the board of another challenge reads it")
	}
}

func TestMight(t *testing.T) {
	for _, tt := range []struct {
		role   person.Role
		action person.Action
		want   bool
	}{
		{person.Clerk, person.ActionCascadeReceive, true},
		{person.Clerk, person.ActionReviewDecide, false},
		{person.Representative, person.ActionReportAppeal, true},
		{person.SignedIn, person.ActionReportAppeal, false},
		{person.SignedIn, person.ActionSessionManage, true},
		{person.Public, person.ActionSessionManage, false},
		{person.Public, person.ActionAwardRead, true},
	} {
		a, _ := holder(tt.role)
		if err := a.Might(tt.action); (err == nil) != tt.want {
			t.Errorf("%s might %s: %v", tt.role, tt.action, err)
		}
	}
}

// TestRolesStayInTheirSubtree: whatever is granted where, an actor may do to a unit only what a role held at it or
// at one of its superiors allows; and being allowed somewhere is what Might says.
func TestRolesStayInTheirSubtree(t *testing.T) {
	tree := unittest.Tree()
	units := tree.Units()
	rapid.Check(t, func(t *rapid.T) {
		a := person.Actor{ID: "a"}
		for range rapid.IntRange(0, 3).Draw(t, "grants") {
			a.Grants = append(a.Grants, person.Grant{
				Role:   rapid.SampledFrom(person.Granted).Draw(t, "role"),
				UnitID: rapid.SampledFrom(units).Draw(t, "unit").ID,
			})
		}
		a = person.NewActor(a, tree)
		target := rapid.SampledFrom(units).Draw(t, "target")
		action := rapid.SampledFrom(person.Actions()).Draw(t, "action")

		open := false
		above := map[ident.ID]bool{}
		for _, u := range tree.Path(target.ID) {
			above[u.ID] = true
		}
		want := false
		for _, role := range person.RolesFor(action) {
			open = open || role == person.Public || role == person.SignedIn
			for _, g := range a.Grants {
				want = want || g.Role == role && above[g.UnitID]
			}
		}
		err := a.Can(action, person.On{Unit: target.ID})
		if (err == nil) != (want || open) {
			t.Fatalf("%+v on %s (%s): %v", a.Grants, target.Code, action, err)
		}
		if err == nil && a.Might(action) != nil {
			t.Fatalf("%s is allowed but the page would not open", action)
		}
	})
}

func TestUnitsOf(t *testing.T) {
	a := person.Actor{ID: "a", Grants: []person.Grant{
		{Role: person.Clerk, UnitID: "u"}, {Role: person.Administrator}, {Role: person.Leader, UnitID: "u"}, {Role: person.Clerk, UnitID: "v"},
	}}
	if diff := cmp.Diff([]ident.ID{"u", "v"}, a.UnitsOf(person.Clerk, person.Leader, person.Administrator)); diff != "" {
		t.Error(diff)
	}
}
