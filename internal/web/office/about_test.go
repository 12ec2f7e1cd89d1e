package office_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/office"
	"sachhon/internal/web/webtest"
)

// A letter about a challenge rests on its plan, and the letter that thanks says what was achieved, where the unit may know.
func TestTheChallengeFillsItsLetters(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		_, err := w.Challenges.AddDocument(t.Context(), w.Board, w.Challenge.ID, challenge.DocumentInput{
			ID: w.IDs.New(), Kind: challenge.PlanDocument, Title: "Kế hoạch tổ chức Thử thách", Symbol: "1518/KH-STTTT", FileName: "ke-hoach.pdf",
			Content: strings.NewReader("%PDF-1.4 plan"),
		})
		w.Must(err)
		_, team := w.Team("Đội Xanh", "20011")
		c := w.Cleanup(team, "20011", 9)
		clk.Set(time.Date(2024, time.June, 9, 10, 0, 0, 0, clock.Zone))
		w.Decided(w.Board, w.Submitted(team, c, reporttest.Figures(), 1), report.Confirm)
		clk.Set(time.Date(2024, time.July, 3, 8, 30, 0, 0, clock.Zone))
		client := webtest.New(t, func(site *web.Site) {
			office.Register(site, office.Deps{
				DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, People: w.People, Letters: w.Letters, Cascade: w.Cascade, Challenges: w.Challenges,
				Drafting: drafting.NewService(db, w.Log, w.Units), Progress: w.Progress,
			})
		})
		write := func(template drafting.Template, in unit.Unit) string {
			t.Helper()
			client.As(w.Actor(person.Clerk, in))
			a := client.Post("/don-vi/soan-thao/moi?don-vi="+string(in.ID), url.Values{
				"id": {string(w.IDs.New())}, "unit": {string(in.ID)}, "template": {string(template)}, "challenge": {string(w.Challenge.ID)}, "signer": {"0"},
			})
			if a.Status != http.StatusSeeOther {
				t.Fatalf("%s: %d %s", template, a.Status, a.Body)
			}
			at := strings.TrimPrefix(a.Location, "/don-vi/soan-thao/")
			id, err := ident.Parse(at)
			w.Must(err)
			l, err := w.Letters.Load(t.Context(), db, id)
			w.Must(err)
			return l.Document.Text()
		}
		holds := func(what, text, part string) {
			t.Helper()
			if !strings.Contains(strings.Join(strings.Fields(text), " "), part) {
				t.Errorf("%s lacks %q:\n%s", what, part, text)
			}
		}
		short := "Căn cứ Kế hoạch số 1518/KH-STTTT về việc tổ chức Thử thách"
		holds("the letter", write(drafting.Letter, w.Town), short)
		holds("the plan", write(drafting.Plan, w.Town), short)
		achieved := "Đã có 1 đối tượng dự thi tổ chức 1 sự kiện ra quân với 12 lượt người tham gia, thu gom 52,5 kg rác thải."
		holds("the letter that thanks", write(drafting.Thanks, w.Town), achieved)
		if text := write(drafting.Thanks, w.Of("20005")); strings.Contains(text, "Đã có") {
			t.Errorf("a commune without any clean-up thanks for some:\n%s", text)
		}

		province := w.Of("46.STTTT")
		clerk := w.Actor(person.Clerk, province)
		plan, err := w.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: province.ID, Text: planText})
		w.Must(err)
		_, err = w.Letters.Register(t.Context(), clerk, plan.ID)
		w.Must(err)
		_, err = w.Letters.Link(t.Context(), clerk, plan.ID, letter.Link{Challenge: w.Challenge.ID, Public: true})
		w.Must(err)
		holds("the letter, once the plan is published", write(drafting.Letter, w.Town),
			"Căn cứ Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông về việc tổ chức Thử thách làm cho thế giới sạch hơn.")
	})
}

const planText = `ỦY BAN NHÂN DÂN
TỈNH THỪA THIÊN HUẾ
SỞ THÔNG TIN VÀ TRUYỀN THÔNG

Số: 1518/KH-STTTT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Thừa Thiên Huế, ngày 31 tháng 5 năm 2024

KẾ HOẠCH
Tổ chức Thử thách làm cho thế giới sạch hơn

1. Thông báo trên hệ thống truyền thanh.

Nơi nhận:
- Lưu: VT.
`
