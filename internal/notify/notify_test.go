package notify_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/testkit"
)

var silent = slog.New(slog.DiscardHandler)

// carrier is a sender that fails as it is told and remembers what it carried.
type carrier struct {
	mu         sync.Mutex
	failures   []error
	carried    []notify.Letter
	tries      int
	repeatable bool
}

func (c *carrier) Repeatable() bool { return c.repeatable }

func (c *carrier) Send(_ context.Context, letter notify.Letter) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tries++
	if len(c.failures) > 0 {
		err := c.failures[0]
		c.failures = c.failures[1:]
		if err != nil {
			return err
		}
	}
	c.carried = append(c.carried, letter)
	return nil
}

func newService(db *database.DB, sender notify.Sender) (*notify.Service, *jobs.Queue) {
	q := jobs.New(db, jobs.Config{Logger: silent})
	s := notify.New(db, q, sender, silent)
	s.TestTexts(map[string]string{
		"notify.test.subject": "Chào {{.Name}}",
		"notify.test.body":    "Mời {{.Name}} mở {{.Link}}.\n",
	})
	return s, q
}

func message(key string) notify.Message {
	return notify.Message{Key: key, To: "person", Email: "chi@example.vn", Template: "notify.test", Args: map[string]any{"Name": "Hương", "Link": "https://example.vn/a?b=1"}}
}

func send(t *testing.T, db *database.DB, s *notify.Service, m notify.Message) {
	t.Helper()
	if err := trySend(t, db, s, m); err != nil {
		t.Fatal(err)
	}
}

func trySend(t *testing.T, db *database.DB, s *notify.Service, m notify.Message) error {
	t.Helper()
	return db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error { return s.Send(ctx, tx, m) })
}

func drain(t *testing.T, q *jobs.Queue) {
	t.Helper()
	if err := q.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

type outcome struct {
	State    string     `db:"state"`
	Email    string     `db:"email"`
	Body     string     `db:"body"`
	Error    string     `db:"error"`
	Attempts int        `db:"attempts"`
	EndedAt  clock.Time `db:"ended_at"`
}

func read(t *testing.T, db *database.DB, key string) outcome {
	t.Helper()
	var o outcome
	if err := db.Get(t.Context(), &o, "SELECT state, email, body, error, attempts, ended_at FROM notify_message WHERE key = $1", key); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestOneKeyIsOneMessage(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		c := &carrier{}
		s, q := newService(db, c)
		send(t, db, s, message("a"))
		send(t, db, s, message("a")) // before it went out
		drain(t, q)
		send(t, db, s, message("a")) // and after
		drain(t, q)
		if len(c.carried) != 1 {
			t.Fatalf("%d letters were carried", len(c.carried))
		}
		got := c.carried[0]
		if got.To != "chi@example.vn" || got.Lang != "vi" || got.Subject != "Chào Hương" || !got.At.Equal(clk.Now()) ||
			got.Text != "Mời Hương mở https://example.vn/a?b=1.\n" {
			t.Errorf("carried %+v", got)
		}
		if o := read(t, db, "a"); o.State != "sent" || o.Email != "" || o.Body != "" || o.EndedAt != clock.At(clk.Now()) {
			t.Errorf("the row says %+v", o)
		}
	})
}

func TestConcurrentDrainsSendOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		c := &carrier{}
		s, first := newService(db, c)
		_, second := newService(db, c)
		const n = 25
		for i := range n {
			send(t, db, s, message(fmt.Sprint("key-", i)))
		}
		var wg sync.WaitGroup
		for _, q := range []*jobs.Queue{first, second} {
			wg.Go(func() {
				if err := q.Drain(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		seen := map[string]int{}
		for _, letter := range c.carried {
			seen[letter.Key]++
		}
		if len(seen) != n || len(c.carried) != n {
			t.Fatalf("%d letters of %d messages were carried: %v", len(c.carried), len(seen), seen)
		}
	})
}

func TestFailures(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		down := errors.New("down")
		always := make([]error, jobs.DefaultAttempts+3)
		for i := range always {
			always[i] = down
		}
		for name, c := range map[string]struct {
			failures []error
			tries    int
			carried  int
			state    string
		}{
			"it comes back":   {[]error{down, down}, 3, 1, "sent"},
			"it stays down":   {always, jobs.DefaultAttempts, 0, "failed"},
			"it refuses":      {[]error{fmt.Errorf("%w: unknown user", notify.ErrRefused)}, 1, 0, "failed"},
			"nobody can tell": {[]error{notify.ErrUncertain}, 1, 0, "uncertain"},
		} {
			t.Run(name, func(t *testing.T) {
				sender := &carrier{failures: c.failures}
				s, q := newService(db, sender)
				send(t, db, s, message(name))
				for range jobs.DefaultAttempts + 3 {
					drain(t, q)
					clk.Advance(12 * time.Hour)
				}
				o := read(t, db, name)
				if sender.tries != c.tries || len(sender.carried) != c.carried || o.State != c.state || o.Attempts != c.tries {
					t.Errorf("%d tries carried %d, the row says %+v; want %+v", sender.tries, len(sender.carried), o, c)
				}
				if o.Email != "" || o.Body != "" || (o.Error == "") != (c.state == "sent") {
					t.Errorf("kept %+v", o)
				}
			})
		}
	})
}

// A process that died while it was sending leaves the message marked. It goes again only where that is harmless.
func TestSendingThatWasCutOff(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		for _, repeatable := range []bool{true, false} {
			key := fmt.Sprint("repeatable ", repeatable)
			c := &carrier{repeatable: repeatable}
			s, q := newService(db, c)
			send(t, db, s, message(key))
			err := db.Tx(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				_, err := tx.Exec(ctx, "UPDATE notify_message SET state = 'sending', attempts = 1 WHERE key = $1", key)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			drain(t, q)
			want := map[bool]string{true: "sent", false: "uncertain"}[repeatable]
			if o := read(t, db, key); o.State != want || len(c.carried) == 1 != repeatable {
				t.Errorf("%s: %+v, carried %d", key, o, len(c.carried))
			}
		}
	})
}

func TestSendRefuses(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		c := &carrier{}
		s, q := newService(db, c)
		for name, change := range map[string]func(*notify.Message){
			"no key":          func(m *notify.Message) { m.Key = "" },
			"no template":     func(m *notify.Message) { m.Template = "notify.none" },
			"an argument":     func(m *notify.Message) { delete(m.Args, "Link") },
			"no address":      func(m *notify.Message) { m.Email = "" },
			"half an address": func(m *notify.Message) { m.Email = "chi@" },
			"a name":          func(m *notify.Message) { m.Email = "Chi <chi@example.vn>" },
			"two":             func(m *notify.Message) { m.Email = "a@example.vn, b@example.vn" },
			"another header":  func(m *notify.Message) { m.Email = "chi@example.vn\r\nBcc: all@example.vn" },
			"a long one":      func(m *notify.Message) { m.Email = strings.Repeat("a", 250) + "@example.vn" },
		} {
			m := message("refused")
			change(&m)
			err := trySend(t, db, s, m)
			if err == nil {
				t.Errorf("%s is taken", name)
			}
			if m.Email != message("").Email && !errors.Is(err, fault.Invalid) {
				t.Errorf("%s: %v is no fault to show at the field", name, err)
			}
		}
		drain(t, q)
		if c.tries != 0 {
			t.Errorf("%d letters were tried", c.tries)
		}
	})
}

// A patient message goes out in its hours only, also when it must be tried again at night; others go at once.
func TestPatientMessagesKeepTheHours(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		down := errors.New("down")
		c := &carrier{failures: []error{down, down, down}}
		s, q := newService(db, c)
		morning := clock.Date(2024, time.June, 7, 6, 30)
		s.Keep(func(_ context.Context, now clock.Time) (clock.Time, error) {
			if now.Before(clock.Date(2024, time.June, 6, 20, 0).Time) || !now.Before(morning.Time) {
				return now, nil
			}
			return morning, nil
		})
		clk.Set(clock.Date(2024, time.June, 6, 19, 59).Time)
		patient := message("patient")
		patient.Patient = true
		send(t, db, s, patient)
		drain(t, q)
		if c.tries != 1 {
			t.Fatalf("%d tries in the hours", c.tries)
		}
		for clk.Now().Before(morning.Time) {
			clk.Advance(10 * time.Minute)
			drain(t, q)
			if c.tries > 1 && clk.Now().Before(morning.Time) {
				t.Fatalf("tried at %v", clk.Now())
			}
		}
		send(t, db, s, message("other"))
		for range 10 {
			drain(t, q)
			clk.Advance(10 * time.Minute)
		}
		if o := read(t, db, "patient"); o.State != "sent" || o.Attempts < 2 {
			t.Errorf("in the morning it is %+v", o)
		}
		clk.Set(clock.Date(2024, time.June, 6, 23, 0).Time)
		send(t, db, s, message("at night"))
		drain(t, q)
		if o := read(t, db, "at night"); o.State != "sent" {
			t.Errorf("who asks for a code at night waits: %+v", o)
		}
	})
}

// Whoever was reached since a message failed is told by person, and each outcome by key.
func TestOutcomes(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		c := &carrier{failures: []error{fmt.Errorf("%w: unknown user", notify.ErrRefused)}}
		s, q := newService(db, c)
		first := clock.At(clk.Now())
		send(t, db, s, message("refused"))
		drain(t, q)
		undelivered, err := s.Undelivered(t.Context(), db, 10)
		if err != nil || len(undelivered) != 1 || undelivered[0].Key != "refused" || undelivered[0].At != first || undelivered[0].Person != "person" {
			t.Errorf("undelivered: %+v, %v", undelivered, err)
		}
		if at, err := s.Reached(t.Context(), db, "person", "nobody"); err != nil || len(at) != 0 {
			t.Errorf("reached: %v, %v", at, err)
		}
		clk.Advance(time.Hour)
		second := clock.At(clk.Now())
		send(t, db, s, message("taken"))
		drain(t, q)
		if at, err := s.Reached(t.Context(), db, "person", "nobody"); err != nil || len(at) != 1 || at["person"] != second {
			t.Errorf("reached: %v, %v", at, err)
		}
		outcomes, err := s.Outcomes(t.Context(), db, "refused", "taken", "never")
		if err != nil || len(outcomes) != 2 || !outcomes["refused"].State.Failed() || !outcomes["taken"].State.Sent() || outcomes["taken"].EndedAt != second {
			t.Errorf("outcomes: %+v, %v", outcomes, err)
		}
	})
}
