package office_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/web"
	"sachhon/internal/web/office"
	"sachhon/internal/web/webtest"

	"sachhon/internal/drafting"
)

// offeredIn are the letters that a page offers to rest on, without the first choice, that there is none.
func offeredIn(t *testing.T, body string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range cascadia.QueryAll(doc, cascadia.MustCompile(`select[name="on"] option`))[1:] {
		out = append(out, strings.Join(strings.Fields(textOf(o)), " "))
	}
	return out
}

// Of many letters plans and those about the challenge are offered first, whatever came after them; the others are found by words,
// with or without accents, and the page says that the list was cut.
func TestTheLettersToRestOnAreFound(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		client := webtest.New(t, func(site *web.Site) {
			office.Register(site, office.Deps{
				DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, People: w.People, Letters: w.Letters, Cascade: w.Cascade, Challenges: w.Challenges,
				Drafting: drafting.NewService(db, w.Log, w.Units), Progress: w.Progress,
			})
		})
		clerk := w.Actor(person.Clerk, w.Town)
		enter := func(text string) letter.Letter {
			l, err := w.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Town.ID, Text: text})
			w.Must(err)
			l, _, err = w.Letters.Enter(t.Context(), clerk, l.ID, nil)
			w.Must(err)
			return l
		}
		paper := func(n int, subject string) string {
			return fmt.Sprintf("SỞ THỬ NGHIỆM\n\nSố: %d/STN-VP\nV/v %s\n\nHuế, ngày 03 tháng 6 năm 2024\n\nKính gửi: Ủy ban nhân dân thị xã Hương Trà.\n\nNội dung.\n", n, subject)
		}
		plan := enter(planText)
		w.Send("20011") // about the challenge, with the town's number
		about := w.Letter
		old := enter(paper(907, "diệt lăng quăng ở chợ Bình Điền"))
		for n := range 81 {
			enter(paper(100+n, "họp giao ban"))
		}
		at := "/don-vi/soan-thao/moi?don-vi=" + string(w.Town.ID)
		a := client.As(clerk).Get(at)
		want(t, "the page", a, http.StatusOK, "Danh sách căn cứ có 80 trong tổng số 84 văn bản", `name="tim"`)
		list := offeredIn(t, a.Body)
		if len(list) != 80 || !strings.Contains(list[0]+list[1], plan.Symbol()) || !strings.Contains(list[0]+list[1], about.Symbol()) {
			t.Errorf("%d are offered, first %q", len(list), list[:3])
		}
		if slices.ContainsFunc(list, func(o string) bool { return strings.Contains(o, old.Symbol()) }) {
			t.Error("the oldest is offered without being looked for")
		}
		for _, words := range []string{"lang quang o cho binh dien", "Lăng quăng ở chợ", "907/stn"} {
			a := client.Get(at + "&mau=plan&cuoc-thi=" + string(w.Challenge.ID) + "&tim=" + url.QueryEscape(words))
			want(t, words, a, http.StatusOK, `name="mau" value="plan"`, `name="cuoc-thi" value="`+string(w.Challenge.ID)+`"`)
			if list := offeredIn(t, a.Body); !slices.ContainsFunc(list, func(o string) bool { return strings.Contains(o, old.Symbol()) }) || len(list) > 3 {
				t.Errorf("%q finds %q", words, list)
			}
		}
		want(t, "nothing", client.Get(at+"&tim=zzz"), http.StatusOK, "Không tìm thấy văn bản nào có “zzz”")
		a = client.Get(at + "&tim=zzz&tu=" + string(old.ID))
		if list := offeredIn(t, a.Body); len(list) != 1 || !strings.Contains(list[0], old.Symbol()) {
			t.Errorf("what was chosen before is lost: %q", list)
		}

		ward := w.Of("20011")
		wardClerk := w.Actor(person.Clerk, ward)
		bases := func(actor person.Actor, in ident.ID) ([]letter.Letter, int, error) {
			return w.Cascade.Bases(t.Context(), actor, in, cascade.BasisFilter{Limit: 5})
		}
		if letters, n, err := bases(wardClerk, ward.ID); err != nil || n != 1 || letters[0].ID != about.ID {
			t.Errorf("the ward rests on %d, %v", n, err)
		}
		_, _, err := bases(wardClerk, w.Town.ID)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
	})
}
