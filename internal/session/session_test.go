package session_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
	"sachhon/internal/notify/notifytest"
	"sachhon/internal/session"
	"sachhon/internal/testkit"
)

const (
	an    ident.ID = "018fe000-0000-7000-8000-00000000000a"
	binh  ident.ID = "018fe000-0000-7000-8000-00000000000b"
	phone          = "Chrome · Android"
)

var home = netip.MustParseAddr("203.0.113.7")

// accounts are two people.
type accounts map[string]ident.ID

func (a accounts) ByEmail(_ context.Context, email string) (ident.ID, string, bool, error) {
	id, ok := a[email]
	return id, "vi", ok, nil
}

type world struct {
	*session.Service
	db    *database.DB
	clk   *clock.Set
	queue *jobs.Queue
	post  *notifytest.Postbox
}

func eachEngine(t *testing.T, f func(t *testing.T, w world)) {
	t.Helper()
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		signer, err := audit.NewSigner("test.invalid", [ed25519.SeedSize]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		w := world{db: db, clk: clk, queue: jobs.New(db, jobs.Config{}), post: &notifytest.Postbox{}}
		w.Service, err = session.Open(t.Context(), session.Needs{
			DB: db, Log: audit.New(db, signer), Queue: w.queue, IDs: testkit.Seeded(clk, 1),
			Mail:     notify.New(db, w.queue, w.post, slog.New(slog.DiscardHandler)),
			Accounts: accounts{"an@example.vn": an, "binh@example.vn": binh},
			Link:     func(token string) string { return "https://sachhon.test/lien-ket/" + token },
		})
		if err != nil {
			t.Fatal(err)
		}
		f(t, w)
	})
}

var (
	codeInMail = regexp.MustCompile(`\d{3} \d{3}`)
	linkInMail = regexp.MustCompile(`https://sachhon\.test/lien-ket/(\S+)`)
)

// ask requests a code and returns what the mail says.
func (w world) ask(t *testing.T, email string) (code, link string) {
	t.Helper()
	if err := w.RequestCode(t.Context(), email, home); err != nil {
		t.Fatal(err)
	}
	w.drain(t)
	letters := w.post.Letters()
	last := letters[len(letters)-1]
	return codeInMail.FindString(last.Text), linkInMail.FindStringSubmatch(last.Text)[1]
}

func (w world) drain(t *testing.T) {
	t.Helper()
	if err := w.queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func keyOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return strings.TrimPrefix(f.Key, "session.fault.")
	}
	return fmt.Sprint(err)
}

// wrong returns a code that is not the given one.
func wrong(code string) string {
	if strings.HasPrefix(code, "000") {
		return "999999"
	}
	return "000000"
}

func TestSignInByCode(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code, _ := w.ask(t, " An@Example.VN ")
		if l := w.post.Letters()[0]; l.To != "an@example.vn" || !strings.Contains(l.Subject, code) {
			t.Errorf("the letter: %+v", l)
		}
		in, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone)
		if err != nil || in.PersonID != an {
			t.Fatal(in, err)
		}
		person, id, err := w.Resolve(ctx, in.Token)
		if err != nil || person != an || id != in.SessionID {
			t.Errorf("resolved %s %s %v", person, id, err)
		}
		if _, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone); keyOf(err) != "used" || !errors.Is(err, fault.Gone) {
			t.Errorf("the code again: %v", err)
		}
	})
}

func TestSignInByLink(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code, link := w.ask(t, "binh@example.vn")
		for range 3 { // mail scanners open links
			if err := w.CheckLink(ctx, link); err != nil {
				t.Fatal(err)
			}
		}
		in, err := w.RedeemLink(ctx, link, home, phone)
		if err != nil || in.PersonID != binh {
			t.Fatal(in, err)
		}
		if _, err := w.RedeemLink(ctx, link, home, phone); keyOf(err) != "linkUsed" {
			t.Errorf("the link again: %v", err)
		}
		if _, err := w.RedeemCode(ctx, "binh@example.vn", code, home, phone); keyOf(err) != "used" {
			t.Errorf("the code of a used link: %v", err)
		}
		for _, bad := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("A", 100_000)} {
			if err := w.CheckLink(ctx, bad); keyOf(err) != "link" {
				t.Errorf("%.10q: %v", bad, err)
			}
			if _, err := w.RedeemLink(ctx, bad, home, phone); keyOf(err) != "link" || !errors.Is(err, fault.Gone) {
				t.Errorf("%.10q: %v", bad, err)
			}
		}
	})
}

// TestSingleUse: of sixteen who redeem one code or its link at once, one gets in.
func TestSingleUse(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		code, link := w.ask(t, "an@example.vn")
		results := make([]error, 16)
		var group sync.WaitGroup
		for i := range results {
			group.Go(func() {
				if i%4 == 0 {
					_, results[i] = w.RedeemLink(t.Context(), link, home, phone)
				} else {
					_, results[i] = w.RedeemCode(t.Context(), "an@example.vn", code, home, phone)
				}
			})
		}
		group.Wait()
		won := 0
		for _, err := range results {
			switch {
			case err == nil:
				won++
			case fault.KindOf(err) == "":
				t.Errorf("an internal error: %v", err)
			}
		}
		sessions, err := w.List(t.Context(), an)
		if won != 1 || len(sessions) != 1 || err != nil {
			t.Errorf("%d got in, %d sessions, %v", won, len(sessions), err)
		}
	})
}

func TestCodesExpire(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code, link := w.ask(t, "an@example.vn")
		w.clk.Advance(session.CodeTime - time.Microsecond)
		if err := w.CheckLink(ctx, link); err != nil {
			t.Errorf("in the last moment: %v", err)
		}
		w.clk.Advance(time.Microsecond)
		if _, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone); keyOf(err) != "expired" || !errors.Is(err, fault.Gone) {
			t.Errorf("code: %v", err)
		}
		if _, err := w.RedeemLink(ctx, link, home, phone); keyOf(err) != "linkExpired" {
			t.Errorf("link: %v", err)
		}
		if _, err := w.RedeemCode(ctx, "an@example.vn", wrong(code), home, phone); keyOf(err) != "code" {
			t.Errorf("a wrong code learns more than it should: %v", err)
		}
		if fresh, _ := w.ask(t, "an@example.vn"); fresh == code {
			t.Error("the same code again")
		}
	})
}

func TestLateMailIsNotSent(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		if err := w.RequestCode(t.Context(), "an@example.vn", home); err != nil {
			t.Fatal(err)
		}
		w.clk.Advance(session.CodeTime)
		w.drain(t)
		if len(w.post.Letters()) != 0 {
			t.Error("a code was sent that no longer works")
		}
	})
}

func TestEveryOutstandingCodeWorks(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		first, _ := w.ask(t, "an@example.vn")
		second, _ := w.ask(t, "an@example.vn")
		for _, code := range []string{first, second} { // mails may arrive out of order
			if _, err := w.RedeemCode(t.Context(), "an@example.vn", code, home, phone); err != nil {
				t.Error(err)
			}
		}
		if _, err := w.RedeemCode(t.Context(), "binh@example.vn", first, home, phone); keyOf(err) != "code" {
			t.Errorf("the code of another: %v", err)
		}
	})
}

func TestWhatIsNoCode(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		for _, code := range []string{"", "12345", "1234567", "abcdef", "٣٣٣٣٣٣", "-12345", "12.456", strings.Repeat("1", 100_000)} {
			_, err := w.RedeemCode(t.Context(), "an@example.vn", code, home, phone)
			if keyOf(err) != "codeForm" || !errors.Is(err, fault.Invalid) {
				t.Errorf("%.10q: %v", code, err)
			}
		}
		for _, email := range []string{"", "an", "an@", "An <an@example.vn>", "a@b\r\nBcc: c@d", strings.Repeat("a", 300) + "@example.vn"} {
			if err := w.RequestCode(t.Context(), email, home); keyOf(err) != "email" {
				t.Errorf("%.20q: %v", email, err)
			}
		}
	})
}

func TestGuessingIsLimited(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code, link := w.ask(t, "an@example.vn")
		for i := range 5 {
			if _, err := w.RedeemCode(ctx, "an@example.vn", wrong(code), home, phone); keyOf(err) != "code" {
				t.Fatalf("guess %d: %v", i, err)
			}
		}
		if _, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone); keyOf(err) != "code" {
			t.Errorf("the right code after five wrong ones: %v", err)
		}
		code, _ = w.ask(t, "an@example.vn")
		for range 4 {
			_, _ = w.RedeemCode(ctx, "an@example.vn", wrong(code), home, phone)
		}
		_, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone)
		if keyOf(err) != "tooManyHours" || !errors.Is(err, fault.TooMany) {
			t.Errorf("the eleventh try of a day: %v", err)
		}
		if _, err := w.RedeemLink(ctx, link, home, phone); err != nil {
			t.Errorf("the owner's link does not suffer: %v", err)
		}
		w.clk.Advance(24 * time.Hour)
		code, _ = w.ask(t, "an@example.vn")
		if _, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone); err != nil {
			t.Errorf("on the next day: %v", err)
		}
	})
}

// TestConcurrentGuesses: many guesses at once get no more tries than one after another.
func TestConcurrentGuesses(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		code, _ := w.ask(t, "an@example.vn")
		var group sync.WaitGroup
		kinds := make([]string, 16)
		for i := range kinds {
			group.Go(func() {
				_, err := w.RedeemCode(t.Context(), "an@example.vn", wrong(code), home, phone)
				kinds[i] = keyOf(err)
			})
		}
		group.Wait()
		counts := map[string]int{}
		for _, k := range kinds {
			counts[k]++
		}
		if diff := cmp.Diff(map[string]int{"code": 10, "tooManyHours": 6}, counts); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRequestsAreLimited(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		for range 5 {
			w.ask(t, "an@example.vn")
		}
		if err := w.RequestCode(ctx, "an@example.vn", netip.MustParseAddr("198.51.100.1")); keyOf(err) != "tooMany" || !errors.Is(err, fault.TooMany) {
			t.Errorf("the sixth request: %v", err)
		}
		w.drain(t)
		if len(w.post.Letters()) != 5 {
			t.Errorf("%d letters", len(w.post.Letters()))
		}
		// A class signs in from the school's one address.
		for i := range 195 {
			if err := w.RequestCode(ctx, fmt.Sprintf("pupil%d@example.vn", i), home); err != nil {
				t.Fatalf("pupil %d: %v", i, err)
			}
		}
		if err := w.RequestCode(ctx, "binh@example.vn", home); keyOf(err) != "tooMany" {
			t.Errorf("request 201 of one address: %v", err)
		}
		if err := w.RequestCode(ctx, "binh@example.vn", netip.MustParseAddr("2001:db8::1")); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		w.clk.Advance(15 * time.Minute)
		if err := w.RequestCode(ctx, "an@example.vn", home); err != nil {
			t.Errorf("a quarter of an hour later: %v", err)
		}
	})
}

// TestNoHintWhetherAnAccountExists: every answer and every row written is the same for both.
func TestNoHintWhetherAnAccountExists(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		rows := func() (n [3]int) {
			for i, table := range []string{"session_request", "session_limit", "river_job"} {
				if err := w.db.Get(ctx, &n[i], "SELECT count(*) FROM "+table); err != nil {
					t.Fatal(err)
				}
			}
			return n
		}
		trace := func(email string, from string) (trace []string) {
			addr := netip.MustParseAddr(from)
			for range 7 {
				before := rows()
				err := w.RequestCode(ctx, email, addr)
				after := rows()
				trace = append(trace, fmt.Sprint(keyOf(err), after[0]-before[0], after[1]-before[1], after[2]-before[2]))
			}
			w.drain(t)
			for range 12 {
				_, err := w.RedeemCode(ctx, email, "000000", addr, phone)
				trace = append(trace, keyOf(err))
			}
			return trace
		}
		known, unknown := trace("an@example.vn", "203.0.113.1"), trace("nobody@example.vn", "203.0.113.2")
		if diff := cmp.Diff(known, unknown); diff != "" {
			t.Error(diff)
		}
		for _, l := range w.post.Letters() {
			if l.To != "an@example.vn" {
				t.Errorf("a letter to %s", l.To)
			}
		}
	})
}

func TestSecretsAreStoredHashed(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		code, link := w.ask(t, "an@example.vn")
		in, err := w.RedeemCode(ctx, "an@example.vn", code, home, phone)
		if err != nil {
			t.Fatal(err)
		}
		var stored []string
		if err := w.db.Select(ctx, &stored, `SELECT account || ' ' || code_mac || ' ' || link_mac FROM session_request
			UNION ALL SELECT token_hash || device FROM session UNION ALL SELECT name || subject FROM session_limit`); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{strings.ReplaceAll(code, " ", ""), link, in.Token, "an@example.vn", home.String()} {
			if strings.Contains(strings.Join(stored, "\n"), secret) {
				t.Errorf("%s is stored as it is", secret)
			}
		}
	})
}

func TestOwnersEndTheirSessions(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		begin := func(person ident.ID, device string) session.SignedIn {
			t.Helper()
			w.clk.Advance(time.Second)
			in, err := w.Create(ctx, person, device)
			if err != nil {
				t.Fatal(err)
			}
			return in
		}
		first, second, third := begin(an, "Firefox · Linux"), begin(an, phone), begin(an, strings.Repeat("x", 500))
		other := begin(binh, phone)

		list, err := w.List(ctx, an)
		if err != nil || len(list) != 3 || list[0].ID != third.SessionID || list[2].Device != "Firefox · Linux" || len(list[0].Device) != 80 {
			t.Fatalf("%+v, %v", list, err)
		}
		if err := w.End(ctx, an, other.SessionID); !errors.Is(err, fault.NotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		for range 2 {
			if err := w.End(ctx, an, first.SessionID); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := w.Resolve(ctx, first.Token); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("an ended session: %v", err)
		}
		if n, err := w.EndOthers(ctx, an, second.SessionID); n != 1 || err != nil {
			t.Errorf("ended %d, %v", n, err)
		}
		for token, want := range map[string]bool{second.Token: true, third.Token: false, other.Token: true, "": false, "x": false} {
			if _, _, err := w.Resolve(ctx, token); (err == nil) != want {
				t.Errorf("%.5q: %v", token, err)
			}
		}
	})
}

func TestSessionsExpire(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		ctx := t.Context()
		idle, err := w.Create(ctx, an, phone)
		if err != nil {
			t.Fatal(err)
		}
		used, err := w.Create(ctx, an, phone)
		if err != nil {
			t.Fatal(err)
		}
		for day := 1; day <= 29; day++ {
			w.clk.Advance(24 * time.Hour)
			if _, _, err := w.Resolve(ctx, used.Token); err != nil {
				t.Fatalf("day %d: %v", day, err)
			}
		}
		if _, _, err := w.Resolve(ctx, idle.Token); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("unused for a month: %v", err)
		}
		list, _ := w.List(ctx, an)
		if len(list) != 1 || !list[0].SeenAt.Equal(w.clk.Now()) {
			t.Errorf("listed: %+v", list)
		}
		w.clk.Advance(24 * time.Hour)
		if _, _, err := w.Resolve(ctx, used.Token); !errors.Is(err, fault.Unauthenticated) {
			t.Errorf("after thirty days: %v", err)
		}
		w.clk.Advance(24 * time.Hour)
		w.drain(t) // the daily purge
		var left int
		if err := w.db.Get(ctx, &left, `SELECT count(*) FROM session`); err != nil || left != 0 {
			t.Errorf("%d sessions are kept, %v", left, err)
		}
	})
}

func TestPurgeKeepsWhatWorks(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		w.ask(t, "an@example.vn")
		w.clk.Advance(25 * time.Hour)
		code, _ := w.ask(t, "binh@example.vn") // drains the purge too
		var left int
		if err := w.db.Get(t.Context(), &left, `SELECT count(*) FROM session_request`); err != nil || left != 1 {
			t.Errorf("%d requests are kept, %v", left, err)
		}
		if _, err := w.RedeemCode(t.Context(), "binh@example.vn", code, home, phone); err != nil {
			t.Error(err)
		}
	})
}

func TestKeySurvivesARestart(t *testing.T) {
	eachEngine(t, func(t *testing.T, w world) {
		code, _ := w.ask(t, "an@example.vn")
		signer, err := audit.NewSigner("test.invalid", [ed25519.SeedSize]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		again, err := session.Open(t.Context(), session.Needs{
			DB: w.db, Log: audit.New(w.db, signer), Queue: jobs.New(w.db, jobs.Config{}), IDs: testkit.Seeded(w.clk, 2),
			Accounts: accounts{}, Link: func(token string) string { return token },
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := again.RedeemCode(t.Context(), "an@example.vn", code, home, phone); err != nil {
			t.Error(err)
		}
	})
}

func TestMessagesExist(t *testing.T) {
	for _, code := range lang.Languages {
		l := lang.New(code)
		for _, key := range []string{"code", "codeForm", "email", "used", "expired", "link", "linkUsed", "linkExpired", "unknown"} {
			if !l.Has("session.fault." + key) {
				t.Errorf("%s: no text for %s", code, key)
			}
		}
		if got := l.T("session.fault.tooMany", "Count", 3); !strings.Contains(got, "3") {
			t.Error(got)
		}
	}
}

func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36": "Chrome · Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1":    "Safari · iPhone",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0":                                       "Firefox · Windows",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0":                          "Edge · Windows",
		"curl/8.5.0": "",
		"":           "",
	} {
		if got := session.Device(agent); got != want {
			t.Errorf("Device(%q) = %q, want %q", agent, got, want)
		}
	}
}
