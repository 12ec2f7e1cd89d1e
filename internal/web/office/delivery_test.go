package office_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/progress/progresstest"
	"sachhon/internal/testkit"
	"sachhon/internal/web"
	"sachhon/internal/web/office"
	"sachhon/internal/web/webtest"
)

// What went by post or by hand is recorded beside what was sent here, and the register says both, on the screen, in the sheet and on
// paper.
func TestADeliveryOnPaperStandsInTheRegister(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.Clock.Set(clock.Date(2024, time.June, 6, 9, 0).Time)
		l := d.Issued(t, lettertest.Document("Họp dân."))
		done(d.Cascade.Send(t.Context(), d.clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.ward.ID}}}))(t)
		d.Drain(t)
		d.Clock.Set(clock.Date(2024, time.June, 10, 9, 0).Time)
		d.As(d.clerk)
		book, at := "/don-vi/so-van-ban/di?don-vi="+string(d.Town.ID), "/don-vi/so-van-ban/di/"+string(l.ID)
		want(t, "the register", d.Get(book), http.StatusOK, `href="`+at+`"`, `aria-label="Bản giấy: ghi chuyển giao 01/UBND-VH"`)
		want(t, "the letter", d.Get("/don-vi/soan-thao/"+string(l.ID)), http.StatusOK, `href="`+at+`"`)
		form := d.Get(at).Hidden()
		for name, value := range map[string]string{"sent": "2024-06-07", "receiver": "Nguyễn Thị Thử, Hội Cựu chiến binh", "note": "Kèm 02 áp phích"} {
			form.Set(name, value)
		}
		want(t, "nobody", d.Post(at, with(form, "receiver", " ")), 422, "Hãy ghi đơn vị hoặc người nhận", "Kèm 02 áp phích")
		want(t, "no day", d.Post(at, with(form, "sent", "")), 422, "Hãy ghi ngày chuyển")
		want(t, "before it was written", d.Post(at, with(form, "sent", "2024-06-05")), 422, "Không thể trước ngày của văn bản")
		want(t, "tomorrow", d.Post(at, with(form, "sent", "2024-06-11")), 422, "không thể sau hôm nay")
		want(t, "nothing", d.Post(at, with(form, "sent", "", "receiver", "", "note", "")), 422, "Hãy ghi ngày chuyển")
		for range 2 {
			want(t, "recorded", d.Post(at, form), 303)
		}
		cells := []string{"06/06/2024; 07/06/2024", "0/1 đơn vị đã tiếp nhận; Nguyễn Thị Thử, Hội Cựu chiến binh", "Kèm 02 áp phích"}
		for form, read := range map[string]func(string) bookTable{
			"":     func(body string) bookTable { return onScreen(t, body) },
			"xlsx": func(body string) bookTable { return inSheet(t, body, "Sổ đăng ký văn bản đi") },
			"pdf":  func(body string) bookTable { return onPaper(t, body, "Sổ đăng ký văn bản đi") },
		} {
			if got := read(d.Get(book + "&dang=" + form).Body)[1][7:]; !slices.Equal(got, cells) {
				t.Errorf("%s: %q, want %q", form, got, cells)
			}
		}

		stale := d.Post(at, with(form, "note", "Trả lại"))
		want(t, "somebody else wrote meanwhile", stale, 409, "Trả lại")
		seen := stale.Hidden().Get("version")
		want(t, "taken back", d.Post(at, with(form, "sent", "", "receiver", "", "note", "", "version", seen)), 303)
		if got := onScreen(t, d.Get(book).Body)[1][7:]; !slices.Equal(got, []string{"06/06/2024", "0/1 đơn vị đã tiếp nhận", ""}) {
			t.Errorf("after it was taken back: %q", got)
		}
		entries := 0
		if err := d.DB.Get(t.Context(), &entries, `SELECT count(*) FROM audit_entry WHERE kind = 'letter_delivery' AND object = $1`, l.ID); err != nil || entries != 2 {
			t.Errorf("the log has %d entries, %v", entries, err)
		}

		draft := done(d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Hai.")}))(t)
		want(t, "a draft", d.Get("/don-vi/so-van-ban/di/"+string(draft.ID)), 404)
		want(t, "another unit", d.As(d.wardClerk).Post(at, form), 403)
		if a := d.As(d.wardClerk).Get(at); a.Status != 403 {
			t.Errorf("another unit sees %d", a.Status)
		}
	})
}

// A report goes up by its own way: the register says when, and who took it in, or sent it back.
func TestReportsThatWentUpStandInTheRegister(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := progresstest.New(t, db, clk)
		clk.Set(clock.Date(2024, time.June, 6, 9, 0).Time)
		w.Send("20011")
		u := w.Of("20011")
		clerk, leader, town := w.Actor(person.Clerk, u), w.Actor(person.Leader, u), w.Actor(person.Clerk, w.Town)
		client := webtest.New(t, func(site *web.Site) {
			office.Register(site, office.Deps{
				DB: db, Clock: clk, IDs: w.IDs, Units: w.Units, People: w.People, Letters: w.Letters, Cascade: w.Cascade, Challenges: w.Challenges,
				Drafting: drafting.NewService(db, w.Log, w.Units), Progress: w.Progress,
			})
		})
		lines := func() bookTable {
			return onScreen(t, client.As(clerk).Get("/don-vi/so-van-ban/di?nam=2024&don-vi="+string(u.ID)).Body)[1:]
		}
		report := func(day int) progress.Report {
			r, err := w.Progress.Draft(t.Context(), clerk, progress.DraftInput{
				ID: w.IDs.New(), Unit: u.ID, About: progress.Subject{Letter: w.Letter.ID}, Round: progress.OnDemand,
				Period: progress.Period{From: "2024-06-03", To: clock.Day(fmt.Sprintf("2024-06-%02d", day))},
			})
			w.Must(err)
			clk.Set(clock.Date(2024, time.June, day, 9, 0).Time)
			w.Issue(r)
			return r
		}
		send := func(r progress.Report) {
			_, err := w.Progress.Send(t.Context(), leader, r.ID)
			w.Must(err)
		}
		first := report(10)
		if got := lines()[0][7:]; !slices.Equal(got, []string{"", "", ""}) {
			t.Errorf("before it went: %q", got)
		}
		send(first)
		if got := lines()[0][7:]; !slices.Equal(got, []string{"10/06/2024", "", ""}) {
			t.Errorf("sent: %q", got)
		}
		clk.Set(clock.Date(2024, time.June, 11, 9, 0).Time)
		_, err := w.Progress.SendBack(t.Context(), town, first.ID, "Thiếu số liệu")
		w.Must(err)
		second := report(12)
		send(second)
		clk.Set(clock.Date(2024, time.June, 13, 9, 0).Time)
		_, err = w.Progress.Accept(t.Context(), town, second.ID, "")
		w.Must(err)
		for i, want := range [][]string{
			{"10/06/2024", "Ủy ban nhân dân thị xã Hương Trà, 11/06/2024", "Trả lại 11/06/2024"}, {"12/06/2024", "Ủy ban nhân dân thị xã Hương Trà, 13/06/2024", ""},
		} {
			if got := lines()[i][7:]; !slices.Equal(got, want) {
				t.Errorf("line %d: %q, want %q", i+1, got, want)
			}
		}
		if sent, err := w.Progress.SentUp(t.Context(), town, w.Town.ID, []ident.ID{first.ID}); err != nil || len(sent) != 0 {
			t.Errorf("the report of another unit: %v, %v", sent, err)
		}
	})
}

// The registers ask the database as often for many lines as for few.
func TestRegistersDoNotAskByLine(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.Clock.Set(clock.Date(2024, time.June, 6, 9, 0).Time)
		count := 0
		add := func(n int) {
			for range n {
				count++
				l := d.Issued(t, lettertest.Document("Họp dân."))
				done(d.Letters.Deliver(t.Context(), d.clerk, letter.Delivery{LetterID: l.ID, SentOn: "2024-06-06", Receiver: "Bưu điện"}))(t)
				in := done(d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text(fmt.Sprint(700+count), "Họp dân.")}))(t)
				if _, _, err := d.Letters.Enter(t.Context(), d.clerk, in.ID, nil); err != nil {
					t.Fatal(err)
				}
				done(d.Letters.KeepIn(t.Context(), d.clerk, d.Town.ID, in.ID, "12/VX"))(t)
			}
		}
		ask := func(name string) int {
			r := httptest.NewRequest(http.MethodGet, "http://sachhon.test/don-vi/so-van-ban/"+name+"?nam=2024&don-vi="+string(d.Town.ID), nil)
			ctx, asked := database.Counting(r.Context())
			a := d.As(d.clerk).Do(r.WithContext(ctx))
			if lines := len(onScreen(t, a.Body)) - 1; a.Status != http.StatusOK || lines != count {
				t.Fatalf("%s: %d, %d lines of %d", name, a.Status, lines, count)
			}
			return asked.Statements()
		}
		add(2)
		few := map[string]int{}
		for _, name := range []string{"di", "den", "giai-quyet"} {
			if few[name] = ask(name); few[name] == 0 {
				t.Errorf("%s: nothing is counted", name)
			}
		}
		add(12)
		for name, n := range few {
			if more := ask(name); more > n {
				t.Errorf("%s asks %d times for 2 lines, %d times for %d", name, n, more, count)
			}
		}
	})
}

// The clerk says in which file an arrival is kept: the stamp has it on the page and on paper, the follow-up book as a note; of
// what a dispatch brought as of what was typed in.
func TestTheFileOfAnArrival(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		worked(t, d)
		arrivals := done(d.Letters.Arrivals(t.Context(), d.wardClerk, d.ward.ID, 2024))(t)
		typed := done(d.Letters.Draft(t.Context(), d.wardClerk, letter.DraftInput{Issuer: d.ward.ID, Text: lettertest.Text("77", "Họp dân.")}))(t)
		if _, _, err := d.Letters.Enter(t.Context(), d.wardClerk, typed.ID, nil); err != nil {
			t.Fatal(err)
		}
		unit := "?don-vi=" + string(d.ward.ID)
		for i, id := range []ident.ID{arrivals[0].LetterID, typed.ID} {
			file := fmt.Sprintf("1%d/VX-2024", i)
			page := "/don-vi/so-van-ban/den/" + string(id)
			d.As(d.wardClerk)
			want(t, "the page", d.Get(page+unit), http.StatusOK, "Số và ký hiệu hồ sơ", `action="`+page+"/ho-so"+unit+`"`)
			form := d.Get(page + unit).Hidden()
			long := d.Post(page+"/ho-so"+unit, with(form, "file", strings.Repeat("x", 51)))
			want(t, "too long", long, 422, "Dài 51 ký tự", strings.Repeat("x", 51))
			for range 2 {
				want(t, "kept", d.Post(page+"/ho-so"+unit, with(form, "file", file)), 303)
			}
			want(t, "the stamp", d.Get(page+unit), http.StatusOK, "<dd>"+file+"</dd>")
			pages := papertest.Pages(t, []byte(d.Get(page+"/pdf"+unit).Body))
			if _, ok := pages[0].Find("HS: " + file); !ok {
				t.Errorf("the printed stamp says %q", pages[0].Text())
			}
			if note := onScreen(t, d.Get("/don-vi/so-van-ban/giai-quyet"+unit+"&nam=2024").Body)[1+i][6]; !strings.HasSuffix(note, "Hồ sơ "+file) {
				t.Errorf("the follow-up book notes %q", note)
			}
			want(t, "another unit", d.As(d.clerk).Post(page+"/ho-so?don-vi="+string(d.Town.ID), with(form, "file", "1")), 404)
		}
		entries := 0
		if err := d.DB.Get(t.Context(), &entries, `SELECT count(*) FROM audit_entry WHERE kind = 'letter_arrival'`); err != nil || entries != 2 {
			t.Errorf("the log has %d entries, %v", entries, err)
		}
	})
}
