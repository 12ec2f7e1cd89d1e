package app_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/testkit/apptest"
	"sachhon/internal/web"
)

// TestEveryDoorWithEveryRole goes through every route as everybody and compares what happens with
// testdata/routes.txt: what is read there is what each role sees of the scene; what is written is refused in the end,
// because the object does not exist, but only to those who may come so far.
func TestEveryDoorWithEveryRole(t *testing.T) {
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		var table strings.Builder
		for i, f := range s.Faces {
			fmt.Fprintf(&table, "# %2d %s\n", i+1, f.Name)
		}
		var lines []string
		try := func(doors []door, writes bool) {
			for _, d := range doors {
				if d.writes() != writes {
					continue
				}
				var codes []string
				for _, f := range s.Faces {
					codes = append(codes, fmt.Sprint(visit(t, s, d, f)))
				}
				lines = append(lines, fmt.Sprintf("%-62s %-20s %s\n", d.Pattern, access(d.Access), strings.Join(codes, " ")))
			}
		}
		try(sceneDoors(s), false)
		try(doors(s, nothing), true)
		slices.Sort(lines)
		table.WriteString(strings.Join(lines, ""))
		golden(t, "routes.txt", table.String())
	})
}

// access says in a word who may come.
func access(a web.Access) string {
	switch {
	case a.Action != "":
		return string(a.Action)
	case a.SignedIn:
		return "signed in"
	}
	return "public"
}

// visit goes through the door and checks what holds for all of them.
func visit(t *testing.T, s *apptest.Scene, d door, f apptest.Face) int {
	t.Helper()
	token := f.Token
	if d.writes() && token != "" { // the door may end the session
		token = s.SignIn(f.Actor.ID)
	}
	w := s.Do(d.request(token))
	machine := strings.HasPrefix(d.path, "/api/")
	needed := d.Access.SignedIn || d.Access.Action != "" && f.Actor.Might(d.Access.Action) != nil
	switch {
	case w.Code >= 500:
		t.Errorf("%s as %s: %d", d.Pattern, f.Name, w.Code)
	case needed && f.Actor.Anonymous() && machine:
		if w.Code != http.StatusUnauthorized {
			t.Errorf("%s as nobody: %d, want 401", d.Pattern, w.Code)
		}
	case needed && f.Actor.Anonymous():
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), web.SignInPath) {
			t.Errorf("%s as nobody: %d %s, want the way to sign in", d.Pattern, w.Code, w.Header().Get("Location"))
		}
	case needed && d.Access.Action != "":
		if w.Code != http.StatusForbidden {
			t.Errorf("%s as %s: %d, want 403", d.Pattern, f.Name, w.Code)
		}
	}
	return w.Code
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); look at each line, then write it anew with -update:\n%s", name, diff)
	}
}

// TestOutsidersChangeNothing sends an empty form through every door that writes, about the objects of the scene, as
// those who have a role but not here: each is refused, and nothing is written.
func TestOutsidersChangeNothing(t *testing.T) {
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		tried := 0
		for _, d := range sceneDoors(s) {
			if !d.writes() || !strings.Contains(d.Pattern, "{") {
				continue
			}
			for _, name := range []string{
				"nobody", "person", "other representative", "other clerk", "other leader", "other board", "other administrator",
			} {
				f := s.Face(name)
				head, err := s.Log.Refresh(t.Context())
				s.Must(err)
				w := s.Do(d.request(f.Token))
				after, err := s.Log.Refresh(t.Context())
				s.Must(err)
				signIn := strings.HasPrefix(w.Header().Get("Location"), web.SignInPath)
				if (w.Code < 400 && !signIn) || w.Code >= 500 || after != head {
					t.Errorf("%s as %s: %d, %d entries written", d.Pattern, name, w.Code, after-head)
				}
				tried++
			}
		}
		if tried == 0 {
			t.Error("no door writes")
		}
	})
}
