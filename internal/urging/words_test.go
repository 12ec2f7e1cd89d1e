package urging

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

var update = flag.Bool("update", false, "write the golden files")

// TestWords pins what is said of each kind of matter, in each language.
func TestWords(t *testing.T) {
	sundays := func(times int, missed ...clock.Day) About {
		return About{Duty: 2, Turn: "sunday", Times: times, Missed: missed}
	}
	for _, code := range lang.Languages {
		l := lang.New(code)
		var lines []string
		say := func(c Cause, number int, a About) { lines = append(lines, string(c)+": "+What(l, c, number, a)) }
		for _, c := range Causes {
			if !c.Dated() && c != NotReported {
				say(c, 2, About{})
			}
		}
		say(NotReported, 20240609, About{})
		say(MissedTurn, 0, sundays(1, "2024-06-09"))
		say(MissedTurn, 0, sundays(2, "2024-06-09", "2024-06-16"))
		say(MissedTurn, 0, sundays(6, "2024-06-09", "2024-06-16", "2024-06-23", "2024-06-30"))
		for _, turn := range []string{"day", "week", "month", "quarter", "year", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"} {
			say(MissedTurn, 0, About{Duty: 1, Turn: turn, Times: 2, Missed: []clock.Day{"2024-01-01", "2024-04-08"}})
		}
		say(MissedTurn, 0, About{Duty: 1, Turn: "week", Times: 1, Missed: []clock.Day{"2024-06-03"}, Quota: 2, Of: "lượt phát thanh"})
		say(MissedTurn, 0, About{Duty: 1, Turn: "week", Times: 2, Missed: []clock.Day{"2024-06-03", "2024-06-10"}, Got: []int{1, 0}, Quota: 2, Of: "lượt phát thanh"})
		for _, turn := range []string{"weekday", "date", "until", "span"} {
			say(MissedTurn, 0, About{Duty: 1, Turn: turn, Times: 2, Missed: []clock.Day{"2024-06-04", "2024-06-13"}})
		}
		say(MissedTurn, 0, About{Duty: 1, Turn: "week", Times: 1, Missed: []clock.Day{"2024-06-03"}, Got: []int{1}, Often: 2})
		say(MissedTurn, 0, About{Duty: 1, Turn: "month", Times: 3, Missed: []clock.Day{"2024-06-01", "2024-07-01"}, Got: []int{0, 1}, Often: 3})
		say(TooFew, 2, About{Duty: 2, Count: 1, Quota: 3, Of: "tác phẩm", Until: "2024-06-20"})
		say(TooFew, 2, About{Duty: 2, Quota: 1500, Until: "2025-01-05"})
		say(PartLate, 7, About{Duty: 2, Name: "Nguyễn Văn Mẫu", Until: "2024-06-12"})
		say(PartLate, 7, About{Duty: 2, Until: "2024-06-12"})
		golden(t, "words."+code+".txt", strings.Join(lines, "\n")+"\n")
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); read it, then write it anew with -update:\n%s", name, diff)
	}
}
