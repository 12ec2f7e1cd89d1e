package urging_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/urging/urgingtest"
)

// TestNeverTwiceUnderTwoNodes lets two nodes sweep at once, day after day, some of them cut off in the middle, while units
// act: each step is recorded once, every notice is told in one message, and nobody gets two digests on a day. Half of the
// units have received and were given Sundays, a number and a part of a person, and do nothing.
func TestNeverTwiceUnderTwoNodes(t *testing.T) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			clk := clock.NewSet(testkit.Begin)
			url := testkit.URL(t, engine)
			first := urgingtest.New(t, open(t, url, clk), clk)
			second := urgingtest.Beside(t, first, open(t, url, clk))
			var units []unit.Unit
			for _, u := range first.Tree.Children(first.Town.ID) {
				if len(units) < 10 {
					units = append(units, u)
					first.Official(t, "clerk."+u.Code+"@example.vn", person.Clerk, u)
					first.Official(t, "leader."+u.Code+"@example.vn", person.Leader, u)
				}
			}
			first.Official(t, "town@example.vn", person.Leader, first.Town)
			sent := send(t, first, first.Counted(t), units...)
			for _, u := range units[len(units)/2:] {
				working(t, first, u, sent[u.ID].ID)
				divided(t, first, u, sent[u.ID].ID, clock.Date(2024, time.June, 12, 17, 0))
			}
			for day := 7; day <= 21; day++ {
				clk.Set(clock.Date(2024, time.June, day, 7, day).Time)
				for round := range 3 {
					done := make(chan struct{}, 2)
					for n, node := range []*urging.Service{first.Urging, second} {
						go func() {
							defer func() { done <- struct{}{} }()
							ctx := t.Context()
							if round < 2 {
								cut, cancel := context.WithTimeout(ctx, time.Duration(1+(day*7+round*5+n*3)%23)*time.Millisecond)
								defer cancel()
								ctx = cut
							}
							if err := node.Sweep(ctx); err != nil && round == 2 {
								t.Errorf("day %d: %v", day, err)
							}
						}()
					}
					<-done
					<-done
				}
				clk.Advance(40 * time.Minute) // a lease of a node that died is over
				first.Drain(t)
				if i := day % len(units); day%2 == 0 {
					u := units[i]
					_, _ = first.Cascade.Receive(t.Context(), first.Actor(person.Clerk, u), sent[u.ID].ID)
				}
			}
			perDay(t, first)
			log, err := first.Urging.Sent(t.Context(), first.Actor(person.Leader, first.Town), sent[units[0].ID].LetterID)
			if err != nil {
				t.Fatal(err)
			}
			type key struct {
				issue  ident.ID
				cause  urging.Cause
				number int
				step   urging.Step
			}
			seen := map[key]bool{}
			reached, kinds := map[urging.Step]int{}, map[urging.Cause][4]int{}
			for _, s := range log.Steps {
				k := key{s.Issue, s.Cause, s.Number, s.Step}
				if seen[k] {
					t.Errorf("taken twice: %+v", k)
				}
				seen[k] = true
				reached[s.Step]++
				if slices.ContainsFunc(units[len(units)/2:], func(u unit.Unit) bool { return sent[u.ID].ID == s.Issue }) {
					n := kinds[s.Cause]
					n[s.Step]++
					kinds[s.Cause] = n
				}
			}
			for k := range seen {
				if k.step == urging.Escalate && !seen[key{k.issue, k.cause, k.number, urging.Remind}] {
					t.Errorf("a leader was told before the clerk: %+v", k)
				}
				if k.step == urging.Draft && urging.DefaultRules().Of(k.cause).Leader > 0 && !seen[key{k.issue, k.cause, k.number, urging.Escalate}] {
					t.Errorf("a letter was drafted before the leader was told: %+v", k)
				}
			}
			if reached[urging.Remind] == 0 || reached[urging.Escalate] == 0 || reached[urging.Draft] == 0 {
				t.Errorf("the run did not reach every step: %v", reached)
			}
			half, drafted := len(units)/2, 0
			for _, u := range units[half:] {
				if u.SuperiorID == first.Town.ID { // nobody is there in the other superior organs
					drafted++
				}
			}
			for cause, want := range map[urging.Cause][4]int{
				urging.MissedTurn: {0, 2 * half, 2 * half, drafted}, urging.TooFew: {0, half, 0, 0}, urging.PartLate: {0, half, half, 0},
			} {
				if kinds[cause] != want {
					t.Errorf("steps about %s: %v, want %v", cause, kinds[cause], want)
				}
			}
			if len(log.Drafts) != 1 {
				t.Errorf("%d drafted letters for one superior", len(log.Drafts))
			}
			told := map[string]bool{} // lines of all digests: each names a dispatch's page once as new
			for _, l := range first.Post.Letters() {
				if !strings.HasPrefix(l.Key, "urging.") {
					continue
				}
				for line := range strings.SplitSeq(l.Text, "\n- ") {
					what, rest, _ := strings.Cut(line, "\n")
					page, _, _ := strings.Cut(strings.TrimSpace(rest), "\n")
					if !strings.HasPrefix(page, "https://") { // what was told before has no page
						continue
					}
					what, _, _ = strings.Cut(what, ", đã ")
					what, _, _ = strings.Cut(what, ", còn ")
					k := l.To + " " + what + " " + page
					if told[k] {
						t.Errorf("told twice: %s", k)
					}
					told[k] = true
				}
			}
			if len(told) == 0 {
				t.Error("nothing was told")
			}
		})
	}
}

func open(t *testing.T, url string, clk clock.Clock) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), database.Config{URL: url}, clk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
