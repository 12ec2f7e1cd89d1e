package publicity_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/publicity"
	"sachhon/internal/scoring"
	"sachhon/internal/testkit/apptest"
)

// TestTheProgrammeDoesNotAskByChallenge: however many challenges a unit speaks about, what its loudspeakers play is read of all of
// them together.
func TestTheProgrammeDoesNotAskByChallenge(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Ward)) + "/chuong-trinh"
		for i := range 3 {
			w.begin(fmt.Sprintf("cuoc-thi-%d", i), 3+i)
		}
		few := w.asked(at)
		w.get("clerk", at, 200, "Cuộc thi cuoc-thi-0")
		for i := range 5 {
			w.begin(fmt.Sprintf("cuoc-thi-khac-%d", i), 2+i)
		}
		if many := w.asked(at); few == 0 || many > few+1 { // the log may have been asked meanwhile
			t.Errorf("the programme asks %d times of 4 challenges, %d times of 9", few, many)
		}
		w.get("clerk", at, 200, "Cuộc thi cuoc-thi-0", "Cuộc thi cuoc-thi-khac-4")
	})
}

// begin announces another challenge from a day of June on, about which the ward begins a campaign itself.
func (w *world) begin(slug string, day int) {
	w.t.Helper()
	ctx, board, clerk := w.t.Context(), w.Face("board").Actor, w.Face("clerk").Actor
	until := clock.Date(2024, time.June, 30, 0, 0)
	c, err := w.Challenges.Create(ctx, board, challenge.CreateInput{Details: challenge.Details{
		Title: "Cuộc thi " + slug, Slug: slug, Summary: "Thử nghiệm", Organiser: w.Unit(apptest.Province), Area: w.Unit(apptest.Province),
		Period:       challenge.Span{From: clock.Date(2024, time.June, 11+day, 0, 0), Until: until},
		Registration: challenge.Span{From: clock.Date(2024, time.June, 1, 0, 0), Until: until},
	}})
	w.Must(err)
	_, err = w.Challenges.AddRules(ctx, board, c.ID, "# Thể lệ\n\nAi cũng có thể tham gia.", clock.Time{})
	w.Must(err)
	scheme, err := scoring.DefaultScheme().Document()
	w.Must(err)
	_, err = w.Challenges.AddScheme(ctx, board, c.ID, scheme, clock.Time{})
	w.Must(err)
	c, err = w.Challenges.Announce(ctx, board, c.ID)
	w.Must(err)
	campaign := publicity.Suggest(c, w.Unit(apptest.Ward))
	campaign.First = "2024-06-01"
	_, err = w.Publicity.SaveCampaign(ctx, clerk, campaign)
	w.Must(err)
}

// asked counts how often a page asks the database at its best of some looks: the figures of a challenge are counted at the first,
// and the log is asked from time to time.
func (w *world) asked(path string) int { return w.read(path)[0] }

// read counts the statements of a page as asked does, and the rows that they brought then.
func (w *world) read(path string) [2]int {
	w.t.Helper()
	best := [2]int{}
	for range 4 {
		r := apptest.As(httptest.NewRequest(http.MethodGet, apptest.BaseURL+path, nil), w.Face("clerk").Token)
		ctx, count := database.Counting(r.Context())
		if rec := w.Do(r.WithContext(ctx)); rec.Code != http.StatusOK {
			w.t.Fatalf("%s: %d", path, rec.Code)
		}
		if n := count.Statements(); best[0] == 0 || n < best[0] {
			best = [2]int{n, count.Rows()}
		}
	}
	return best
}
