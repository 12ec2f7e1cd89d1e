package app_test

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/jobs"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/unit"
)

// twoNodes are two nodes of one installation on PostgreSQL, the first with a scene.
func twoNodes(t *testing.T) (first *apptest.Scene, second *apptest.App) {
	t.Helper()
	cfg := apptest.Config(testkit.URL(t, database.Postgres), t.TempDir())
	clk := clock.NewSet(testkit.Begin)
	first = apptest.NewScene(apptest.Open(t, cfg, clk))
	return first, apptest.Open(t, cfg, clk)
}

// soon waits until another node has seen a change; it looks at the log four times a second.
func soon(t *testing.T, what string, seen func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !seen(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the other node does not see %s", what)
		}
	}
}

// validOn asks a node over HTTP how many clean-ups are valid.
func validOn(t *testing.T, a *apptest.App) int {
	t.Helper()
	w := a.Get("/api/v1/challenges/"+apptest.Slug+"/statistics", "")
	var figures struct {
		Cleanups struct{ Valid int }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &figures); err != nil || w.Code != http.StatusOK {
		t.Fatalf("statistics: %d, %v", w.Code, err)
	}
	return figures.Cleanups.Valid
}

func TestNodesSeeEachOthersChanges(t *testing.T) {
	first, second := twoNodes(t)
	ctx := t.Context()
	if a, b := validOn(t, first.App), validOn(t, second); a != 1 || b != 1 {
		t.Fatalf("%d and %d valid clean-ups, want 1 on both nodes", a, b)
	}
	_, err := first.Reports.Decide(ctx, first.Face("board").Actor, report.DecideInput{
		ID: first.IDs.New(), Report: first.Submitted.ID, Version: first.Submitted.Version, Verdict: report.Confirm,
	})
	first.Must(err)
	if n := validOn(t, first.App); n != 2 {
		t.Errorf("the node that decided counts %d", n)
	}
	soon(t, "the decision", func() bool { return validOn(t, second) == 2 })
	if w := second.Get("/anh/"+string(first.Unseen)+"/large", ""); w.Code != http.StatusOK {
		t.Errorf("a photo stored by the first node is answered by the second with %d", w.Code)
	}

	const village = `{"organisations":[{"code":"19996.X","name":"Tổ dân phố","full_name":"Tổ dân phố số 1","kind":"agency","area":"19996"}]}`
	_, err = second.Units.Import(ctx, person.SystemActor, strings.NewReader(village), unit.ImportOptions{ValidFrom: "2024-06-01"})
	second.Must(err)
	tree, err := first.Units.Today(ctx)
	first.Must(err)
	if _, ok := tree.ByCode("19996.X"); !ok {
		t.Error("the first node does not see the second one's unit")
	}

	// A session, a role and the end of both hold on either node at once.
	clerk := first.Person(apptest.Ward, person.Clerk, first.Unit(apptest.Ward))
	token := first.SignIn(clerk)
	if w := second.Get("/don-vi", token); w.Code != http.StatusOK {
		t.Errorf("signed in on the first node, the second answers %d", w.Code)
	}
	_, session, err := first.Sessions.Resolve(ctx, token)
	first.Must(err)
	first.Must(first.Sessions.End(ctx, clerk, session))
	if w := second.Get("/don-vi", token); w.Code != http.StatusSeeOther {
		t.Errorf("signed out on the first node, the second answers %d", w.Code)
	}

	for _, node := range []*apptest.App{first.App, second} {
		head, err := node.Log.Refresh(ctx)
		node.Must(err)
		if err := node.Log.Verify(ctx); err != nil || head == 0 {
			t.Errorf("%d entries, %v", head, err)
		}
	}
}

// tick is a job that counts.
type tick struct {
	N int `json:"n"`
}

func (tick) Kind() string { return "test.tick" }

func TestNodesShareTheWork(t *testing.T) {
	first, second := twoNodes(t)
	var counts [100]atomic.Int32
	for _, node := range []*apptest.App{first.App, second} {
		jobs.Handle(node.Queue, func(_ context.Context, job tick) error {
			counts[job.N].Add(1)
			return nil
		})
		node.Start()
	}
	for n := range counts {
		node := first.App
		if n%2 == 1 {
			node = second
		}
		node.Must(node.DB.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return node.Queue.Insert(ctx, tx, tick{n}) }))
	}
	// A decision is told by mail once, whichever node sends it.
	mails := filepath.Join(first.Config.Mail.Folder, "*")
	before, err := filepath.Glob(mails)
	first.Must(err)
	_, err = first.Reports.Decide(t.Context(), first.Face("board").Actor, report.DecideInput{
		ID: first.IDs.New(), Report: first.Submitted.ID, Version: first.Submitted.Version, Verdict: report.Confirm,
	})
	first.Must(err)
	soon(t, "all jobs", func() bool {
		after, err := filepath.Glob(mails)
		first.Must(err)
		for n := range counts {
			if counts[n].Load() == 0 {
				return false
			}
		}
		return len(after) > len(before)
	})
	time.Sleep(time.Second) // a second run would come now
	for n := range counts {
		if got := counts[n].Load(); got != 1 {
			t.Errorf("job %d ran %d times", n, got)
		}
	}
	if after, err := filepath.Glob(mails); err != nil || len(after) != len(before)+1 {
		t.Errorf("%d mails about one decision, %v", len(after)-len(before), err)
	}
}
