package exchange_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
)

// TestReportsInAnyOrderEndInTheSameState draws reports, repeats some and shuffles: the sum is the same.
func TestReportsInAnyOrderEndInTheSameState(t *testing.T) {
	one := rapid.Custom(func(t *rapid.T) exchange.Report {
		return exchange.Report{
			Status: rapid.SampledFrom(append(edxml.Statuses(), "42", "")).Draw(t, "status"),
			At:     clock.Date(2024, time.June, 6, 8, rapid.IntRange(0, 5).Draw(t, "minute")),
			Words:  rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "words"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		reports := rapid.SliceOfN(one, 1, 8).Draw(t, "reports")
		want := exchange.Sum(reports)
		more := append(append([]exchange.Report{}, reports...), rapid.SliceOfN(rapid.SampledFrom(reports), 0, 8).Draw(t, "again")...)
		shuffled := rapid.Permutation(more).Draw(t, "shuffled")
		if diff := cmp.Diff(want, exchange.Sum(shuffled)); diff != "" {
			t.Fatalf("%v\n%v\n%s", reports, shuffled, diff)
		}
		for n := range shuffled { // it never goes back
			if a, b := rankOf(exchange.Sum(shuffled[:n]).State), rankOf(exchange.Sum(shuffled[:n+1]).State); a > b {
				t.Fatalf("after %v it falls from %d to %d", shuffled[:n+1], a, b)
			}
		}
	})
}

func rankOf(s cascade.State) int {
	for i, r := range []cascade.State{
		cascade.Sent, cascade.Arrived, cascade.Received, cascade.Assigned, cascade.InProgress, cascade.Refused, cascade.Completed, cascade.Recalled,
	} {
		if r == s {
			return i
		}
	}
	return -1
}

func TestSum(t *testing.T) {
	at := func(hour int) clock.Time { return clock.Date(2024, time.June, 6, hour, 0) }
	got := exchange.Sum([]exchange.Report{{"06", at(15), "xong"}, {"03", at(9), ""}, {"03", at(10), ""}})
	want := cascade.Told{
		State: cascade.Completed, ArrivedAt: at(9), ReceivedAt: at(9), AssignedAt: at(15), StartedAt: at(15), EndedAt: at(15), Outcome: "xong",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	refused := exchange.Sum([]exchange.Report{{"02", at(12), "nhầm"}, {"01", at(8), ""}})
	if diff := cmp.Diff(cascade.Told{State: cascade.Refused, ArrivedAt: at(8), EndedAt: at(12), Outcome: "nhầm"}, refused); diff != "" {
		t.Error(diff)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	p := exchange.Partner{ID: "a", Secret: "rat-bi-mat-1", Accepts: "rat-bi-mat-2"}
	encoded, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).LogAttrs(t.Context(), slog.LevelInfo, "x", slog.Any("partner", p), slog.Any("secret", p.Secret))
	for _, text := range []string{fmt.Sprint(p), fmt.Sprintf("%+v %#v %s %q", p, p, p, p.Secret), string(encoded), log.String()} {
		if strings.Contains(text, "rat-bi-mat") {
			t.Errorf("a secret shows in %s", text)
		}
	}
	if !p.Accepts.Is("rat-bi-mat-2") || p.Accepts.Is("rat-bi-mat-1") || exchange.Secret("").Is("") {
		t.Error("the comparison is wrong")
	}
}

func TestPartnersFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "partners.json")
	write := func(text string, mode os.FileMode) {
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	good := `{"partners":[{"id":"truc","name":"Trục","way":"axis","url":"https://truc.example/api","system_id":"H57.00","secret":"s"},
		{"id":"thu-muc","name":"Thư mục","way":"folder","folder":"/srv/edxml"},{"id":"vao","name":"Vào","way":"http","accepts":"0123456789abcdef"}]}`
	write(good, 0o600)
	list, err := exchange.LoadPartners(path)
	if err != nil || len(list) != 3 || list[0].Secret != "s" {
		t.Errorf("%v, %v", list, err)
	}
	write(good, 0o644)
	if _, err := exchange.LoadPartners(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("others may read it: %v", err)
	}
	for text, want := range map[string]string{
		`{"partners":[{"id":"A B","way":"folder","folder":"x"}]}`:                                           "id:",
		`{"partners":[{"id":"a","way":"post"}]}`:                                                            "way:",
		`{"partners":[{"id":"a","way":"axis","url":"http://a.example","system_id":"x","secret":"y"}]}`:      "url:",
		`{"partners":[{"id":"a","way":"axis","url":"https://u:p@a.example","system_id":"x","secret":"y"}]}`: "url:",
		`{"partners":[{"id":"a","way":"http","url":"https://a.example"}]}`:                                  "secret:",
		`{"partners":[{"id":"a","way":"folder","folder":"x","accepts":"kurz"}]}`:                            "accepts:",
		`{"partners":[{"id":"a","way":"folder","folder":"x"},{"id":"a","way":"folder","folder":"x"}]}`:      "twice",
		`{"partner":[]}`: "unknown field",
	} {
		if _, err := exchange.ParsePartners([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
