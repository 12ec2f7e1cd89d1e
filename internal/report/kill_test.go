package report_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
)

// TestMain lets the test binary also be the server that is killed.
func TestMain(m *testing.M) {
	if where := os.Getenv("REPORT_TEST_SERVER"); where != "" {
		if err := serve(strings.Split(where, "|")); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// photoID is the identifier that the sender gave its nth picture.
func photoID(n int) ident.ID { return ident.ID(fmt.Sprintf("018fe000-0000-7000-8000-%012d", n)) }

func send(ctx context.Context, w *reporttest.World, team person.Actor, reportID ident.ID, n int) (report.Photo, error) {
	return w.Reports.AddPhoto(ctx, team, reportID, report.PhotoInput{
		ID: photoID(n), Role: report.During, Reader: bytes.NewReader(reporttest.Photo(uint64(n))),
	})
}

const sent = 20 // pictures

// serve stores pictures and prints the number of each one that was acknowledged.
func serve(where []string) error {
	ctx := context.Background()
	clk := clock.NewSet(testkit.Begin)
	db, err := database.Open(ctx, database.Config{URL: where[0]}, clk)
	if err != nil {
		return err
	}
	w, err := reporttest.Build(db, clk, where[1])
	if err != nil {
		return err
	}
	team := person.Actor{ID: ident.ID(where[3]), Represents: []ident.ID{ident.ID(where[4])}}
	for n := range sent {
		if _, err := send(ctx, w, team, ident.ID(where[2]), n); err != nil {
			return err
		}
		fmt.Println(n)
	}
	time.Sleep(time.Minute) // it is killed
	return nil
}

func TestAKilledServerLosesNoPhoto(t *testing.T) {
	for _, engine := range []database.Engine{database.SQLite, database.Postgres} {
		t.Run(string(engine), func(t *testing.T) {
			clk, url, photos := clock.NewSet(testkit.Begin), testkit.URL(t, engine), t.TempDir()
			db, err := database.Open(t.Context(), database.Config{URL: url}, clk)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			w := reporttest.NewIn(t, db, clk, photos)
			_, team := w.Team("Đoàn Tứ Hạ", "19996")
			r := w.Draft(team, w.Cleanup(team, "19996", 8), reporttest.Figures())

			acknowledged := 0
			for _, more := range []int{1, 4, 8} {
				server := exec.Command(os.Args[0])
				server.Env = append(os.Environ(), "REPORT_TEST_SERVER="+strings.Join([]string{
					url, photos, string(r.ID), string(team.ID), string(team.Represents[0]),
				}, "|"))
				server.Stderr = os.Stderr
				out, err := server.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := server.Start(); err != nil {
					t.Fatal(err)
				}
				lines := bufio.NewScanner(out)
				got := 0
				for got < acknowledged+more && lines.Scan() { // what was there before is acknowledged again
					got++
				}
				if err := server.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				for lines.Scan() { // what it still said
					got++
				}
				_ = server.Wait()
				if got < acknowledged+more {
					t.Fatalf("the server acknowledged %d pictures and ended", got)
				}
				acknowledged = max(acknowledged, got)

				v, err := w.Reports.Get(t.Context(), team, r.ID)
				if err != nil || len(v.Photos) < acknowledged {
					t.Fatalf("%d of %d acknowledged pictures are there, %v", len(v.Photos), acknowledged, err)
				}
				for _, p := range v.Photos {
					for _, size := range []report.Size{report.Original, report.Large, report.Thumb} {
						if _, err := w.Blobs.Stat(t.Context(), p.Key(size)); err != nil {
							t.Errorf("%s of an acknowledged picture: %v", size, err)
						}
					}
				}
			}
			for n := range sent {
				if _, err := send(t.Context(), w, team, r.ID, n); err != nil {
					t.Fatal(err)
				}
			}
			if v, err := w.Reports.Get(t.Context(), team, r.ID); err != nil || len(v.Photos) != sent {
				t.Errorf("sent again there are %d pictures, %v", len(v.Photos), err)
			}
		})
	}
}
