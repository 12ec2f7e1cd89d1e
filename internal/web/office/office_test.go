package office_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/drafting"
	"sachhon/internal/imaging"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/office"
	"sachhon/internal/web/webtest"
)

// desk is a client over the pages, with the people of the town and a ward.
type desk struct {
	*cascadetest.Desk
	*webtest.Client
	clerk, leader, wardClerk person.Actor
	ward                     unit.Unit
}

// Post sends a form; the desk beneath has a method of that name too.
func (d *desk) Post(path string, values url.Values) webtest.Answer {
	return d.Client.Post(path, values)
}

func eachDesk(t *testing.T, f func(t *testing.T, d *desk)) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		c := cascadetest.New(t, db, clk)
		c.Letters.PrintWith(drafting.Printer{Pictures: imaging.NewProcessor()})
		c.Letters.JudgeWith(decree.Judge)
		d := &desk{Desk: c, ward: c.Unit(t, "19996")}
		d.clerk, d.leader, d.wardClerk = c.Actor(person.Clerk, c.Town), c.Actor(person.Leader, c.Town), c.Actor(person.Clerk, d.ward)
		write := drafting.NewService(db, c.Log, c.Units)
		reports := progress.NewService(progress.Config{
			DB: db, Log: c.Log, Queue: c.Queue, IDs: c.IDs, Blobs: c.Blobs, Units: c.Units, Letters: c.Letters, Cascade: c.Cascade,
			Challenges: c.Challenges, Drafting: write, Calendar: calendar.NewService(db, c.Log, c.IDs),
		})
		d.Client = webtest.New(t, func(site *web.Site) {
			office.Register(site, office.Deps{
				DB: db, Clock: clk, IDs: c.IDs, Units: c.Units, People: person.NewService(db, c.Log, c.IDs, c.Units), Letters: c.Letters,
				Cascade: c.Cascade, Challenges: c.Challenges,
				Drafting: write, Pictures: imaging.NewProcessor(), Progress: reports,
			})
		})
		f(t, d)
	})
}

func want(t *testing.T, what string, a webtest.Answer, status int, holds ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("%s: %d, want %d", what, a.Status, status)
	}
	for _, text := range holds {
		if !strings.Contains(a.Body, text) {
			t.Errorf("%s: the page lacks %q", what, text)
		}
	}
}

// drafted drafts the letter that passes on a plan the town read in, with one button, and returns its address.
func (d *desk) drafted(t *testing.T) string {
	t.Helper()
	d.As(d.clerk)
	plan, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("1518", "Treo áp phích.", "Họp dân.")})
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"id": {string(d.IDs.New())}, "unit": {string(d.Town.ID)}, "template": {"letter"}, "on": {string(plan.ID)}, "signer": {"0"}}
	a := d.Post("/don-vi/soan-thao/moi?don-vi="+string(d.Town.ID), form)
	again := d.Post("/don-vi/soan-thao/moi?don-vi="+string(d.Town.ID), form)
	if a.Status != http.StatusSeeOther || again.Location != a.Location {
		t.Fatalf("draft: %d to %q, pressed again to %q", a.Status, a.Location, again.Location)
	}
	return a.Location
}

// editor is the form of a draft as a browser sends it.
func (d *desk) editor(t *testing.T, at string) url.Values {
	t.Helper()
	l := d.stored(t, at)
	form := d.As(d.clerk).Get(at).Hidden()
	doc := l.Document
	for name, value := range map[string]string{
		"type": doc.Type, "organ": doc.Organ, "notation": doc.Notation, "place": doc.Place, "subject": doc.Subject, "name": "Nguyễn Văn Mẫu",
		"position": doc.Signer.Position, "capacity": strings.Join(doc.Signer.Capacity, "\n"), "addressees": strings.Join(doc.Addressees, "\n"),
		"recipients": strings.Join(doc.Recipients, "\n"),
	} {
		form.Set(name, value)
	}
	for i, b := range doc.Blocks {
		form.Set("b."+string(rune('0'+i))+".text", b.Text)
	}
	form.Del("do")
	return form
}

func (d *desk) stored(t *testing.T, at string) letter.Letter {
	t.Helper()
	waiting, err := d.Letters.Waiting(t.Context(), d.clerk, d.Town.ID, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range waiting {
		if strings.HasSuffix(at, string(l.ID)) {
			if l, err = d.Letters.Get(t.Context(), d.clerk, l.ID); err != nil {
				t.Fatal(err)
			}
			return l
		}
	}
	t.Fatalf("nothing waits at %s", at)
	return letter.Letter{}
}

// version is the one of the letter that a page shows to whoever may sign.
func (d *desk) version(t *testing.T, at string) string {
	t.Helper()
	_, rest, ok := strings.Cut(d.Get(at).Body, `name="version" value="`)
	if !ok {
		t.Fatalf("%s does not say which version it shows", at)
	}
	version, _, _ := strings.Cut(rest, `"`)
	return version
}

func with(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func TestFromThePlanToTheRegister(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		want(t, "editor", d.Get(at), 200, "Treo áp phích.", "Kính gửi", "a4__page", "office.", "Trình ký")
		form := d.editor(t, at)
		want(t, "moved", d.Post(at, with(form, "do", "down.0")), 200, "Treo áp phích.")
		want(t, "added", d.Post(at, with(form, "do", "add.table.0")), 200, "Các hàng")
		want(t, "nonsense", d.Post(at, with(form, "do", "down.99")), 200)
		want(t, "preview", d.Post(at+"/xem-truoc", with(form, "subject", "việc khác hẳn")), 200, "V/v việc khác hẳn")
		want(t, "departing from the form", d.Post(at+"/xem-truoc", with(form, "recipients", "Như trên")), 200, "điểm chưa đúng thể thức")
		want(t, "saved by itself", d.Post(at, with(form, "do", "autosave", "subject", "hưởng ứng ngày hội")), 200, `"saved":true`)
		want(t, "an old version by itself", d.Post(at, with(form, "do", "autosave")), 409, `"saved":false`)
		form = d.editor(t, at)
		want(t, "no name", d.Post(at, with(form, "do", "submit", "name", "")), 422, "Chưa có họ tên người ký.", `href="#f-name"`)
		form = d.editor(t, at)
		if a := d.Post(at, with(form, "do", "submit")); a.Location != at {
			t.Fatalf("submit: %d to %q\n%s", a.Status, a.Location, a.Body)
		}
		want(t, "submitted", d.Get(at), 200, "Chờ ký", at+"/rut-lai", at+"/ky-giay")
		want(t, "a clerk signs", d.Post(at+"/ky", nil), 403)
		want(t, "number before the signature", d.Post(at+"/lay-so", nil), 409)
		want(t, "sent back without words", d.As(d.leader).Post(at+"/tra-lai", nil), 422, "cần sửa gì")
		read := d.version(t, at)
		d.As(d.clerk).Post(at+"/rut-lai", nil)
		want(t, "submitted again", d.Post(at, with(d.editor(t, at), "do", "submit")), 303)
		want(t, "not what was read", d.As(d.leader).Post(at+"/ky", url.Values{"version": {read}}), 409, "Người khác vừa sửa")
		want(t, "nothing was read", d.Post(at+"/ky", url.Values{"words": {"Đồng ý."}}), 409)
		want(t, "another name below it", d.Get(at), 200, "Chỉ ký khi bạn ký thay người đó")
		want(t, "sign", d.Post(at+"/ky", url.Values{"words": {"Đồng ý."}, "version": {d.version(t, at)}}), 303)
		want(t, "number", d.As(d.clerk).Post(at+"/lay-so", nil), 303)
		done := d.Get(at)
		want(t, "registered", done, 200, "01/UBND-VP", "SHA-256", "Đồng ý.", "/gui")
		for _, file := range []struct{ path, begins string }{{"/pdf", "%PDF-"}, {"/docx", "PK"}, {"/ban-phat-hanh", "%PDF-"}} {
			if a := d.Get(at + file.path); a.Status != 200 || !strings.HasPrefix(a.Body, file.begins) {
				t.Errorf("%s: %d", file.path, a.Status)
			}
		}
		books := "?don-vi=" + string(d.Town.ID)
		want(t, "register", d.Get("/don-vi/so-van-ban/di"+books), 200, "01/UBND-VP", "Số, ký hiệu văn bản", "Ký nhận")
		d.Registered(t, lettertest.Text("05", "Một việc."))
		want(t, "a register with a hole", d.Get("/don-vi/so-van-ban/di"+books), 200, "Sổ còn trống các số: 2–4")
		want(t, "searched", d.Get("/don-vi/so-van-ban/di"+books+"&tim=khong+co+gi"), 200, "Không có dòng nào")
		for form, begins := range map[string]string{"xlsx": "PK", "pdf": "%PDF-"} {
			for _, book := range []string{"di", "den", "giai-quyet"} {
				if a := d.Get("/don-vi/so-van-ban/" + book + books + "&dang=" + form); a.Status != 200 || !strings.HasPrefix(a.Body, begins) {
					t.Errorf("%s as %s: %d", book, form, a.Status)
				}
			}
		}
		want(t, "another unit's clerk", d.As(d.wardClerk).Get("/don-vi/so-van-ban/di"+books), 403)
		want(t, "another unit's letter", d.Get(at), 403)
		want(t, "its file", d.Get(at+"/ban-phat-hanh?don-vi="+string(d.ward.ID)), 403)
	})
}

func TestArrivalsAndCopies(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.As(d.clerk)
		l, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("77", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		arrival := "/don-vi/so-van-ban/den/" + string(l.ID)
		page := arrival + "?don-vi=" + string(d.Town.ID)
		want(t, "before it is entered", d.Get(page), 404)
		if _, _, err := d.Letters.Enter(t.Context(), d.clerk, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		want(t, "stamp", d.Get(page), 200, "ĐẾN", "77/UBND-VH", "Soạn công văn triển khai")
		if a := d.Get(arrival + "/pdf?don-vi=" + string(d.Town.ID)); a.Status != 200 || !strings.HasPrefix(a.Body, "%PDF-") {
			t.Errorf("stamped: %d", a.Status)
		}
		copyAt := "/don-vi/soan-thao/" + string(l.ID) + "/sao?don-vi=" + string(d.Town.ID)
		form := d.Get(copyAt).Hidden()
		for name, value := range map[string]string{"kind": "SY", "notation": "UBND", "place": "Hương Trà", "name": "Nguyễn Văn Mẫu", "recipients": "Như trên\nLưu: VT"} {
			form.Set(name, value)
		}
		want(t, "an extract of nothing", d.Post(copyAt, with(form, "kind", "TrS")), 422, "trích sao")
		want(t, "an extract of other words", d.Post(copyAt, with(with(form, "kind", "TrS"), "excerpt", "Họp dân.\nNộp 2 triệu đồng.")), 422, "Đoạn “Nộp 2 triệu đồng.” không có trong văn bản gốc", "Họp dân.")
		want(t, "a whole copy of what came as text", d.Post(copyAt, form), 422, "ảnh quét")
		want(t, "a copy of a copy that is not brought", d.Post(copyAt, with(form, "kind", "SL")), 422, "kèm bản sao y", `name="original"`)
		own := d.Issued(t, lettertest.Document("Họp dân."))
		issued := d.Get("/don-vi/soan-thao/" + string(own.ID) + "/sao?don-vi=" + string(d.Town.ID))
		want(t, "the unit's own letter", issued, 200, `value="SY"`)
		if strings.Contains(issued.Body, `value="SL"`) || strings.Contains(issued.Body, `name="original"`) {
			t.Error("of its own letter a unit is offered a copy of a copy")
		}
		var original bytes.Buffer
		if err := decree.PDF(&original, lettertest.Document("Họp dân."), decree.Options{}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			want(t, "copy", d.PostFiles(copyAt, form, webtest.File{Input: "original", Name: "goc.pdf", Body: original.Bytes()}), 303)
		}
		series := d.Get("/don-vi/so-van-ban/sao?don-vi=" + string(d.Town.ID))
		want(t, "series", series, 200, "01/SY-UBND")
		if strings.Contains(series.Body, "02/SY-UBND") {
			t.Error("sent twice, copied twice")
		}
		register := "/don-vi/so-van-ban/sao?don-vi=" + string(d.Town.ID)
		want(t, "found by what was copied", d.Get(register+"&tim="+url.QueryEscape(l.Symbol())), 200, "01/SY-UBND", "Nguyễn Văn Mẫu")
		want(t, "not found", d.Get(register+"&tim=khong-co"), 200, "Không có dòng nào")
		want(t, "another day", d.Get(register+"&den=2020-01-01"), 200, "Không có dòng nào")
		if a := d.Get(register + "&dang=xlsx"); a.Status != 200 || !strings.HasPrefix(a.Body, "PK") {
			t.Errorf("register of copies as a sheet: %d", a.Status)
		}
		if a := d.Get(register + "&dang=pdf"); a.Status != 200 || !strings.HasPrefix(a.Body, "%PDF-") {
			t.Errorf("register of copies on paper: %d", a.Status)
		}
		_, after, _ := strings.Cut(series.Body, `href="/don-vi/so-van-ban/sao/`)
		id, _, _ := strings.Cut(after, `"`)
		if a := d.Get("/don-vi/so-van-ban/sao/" + id + "/pdf"); a.Status != 200 || !strings.HasPrefix(a.Body, "%PDF-") {
			t.Errorf("file of the copy: %d", a.Status)
		}
	})
}

func TestADraftIsPutAside(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		composed, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/soan-thao/" + string(composed.ID)
		want(t, "the editor", d.As(d.clerk).Get(at), 200, at+"/bo", "Bỏ bản nháp")
		want(t, "somebody else", d.As(d.wardClerk).Post(at+"/bo", url.Values{}), 403)
		for range 2 {
			want(t, "put aside", d.As(d.clerk).Post(at+"/bo", url.Values{}), 303)
		}
		want(t, "where it lies", d.Get(at), 200, "Đã bỏ", at+"/khoi-phuc")
		if a := d.Get("/don-vi/soan-thao?don-vi=" + string(d.Town.ID)); strings.Contains(a.Body, at) {
			t.Error("what was put aside stands among the drafts")
		}
		want(t, "submit it", d.Post(at, url.Values{"do": {"submit"}, "version": {"2"}}), 409)
		want(t, "fetched back", d.Post(at+"/khoi-phuc", url.Values{}), 303)
		want(t, "the editor again", d.Get(at), 200, at+"/bo")
		want(t, "none", d.Post("/don-vi/soan-thao/x/bo", url.Values{}), 404)
	})
}

func TestTheLetterhead(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := "/don-vi/soan-thao/the-thuc?don-vi=" + string(d.Town.ID)
		form := d.As(d.clerk).Get(at).Hidden()
		for name, value := range map[string]string{"mark": "UBND", "desk": "VH", "place": "Hương Trà", "signers.0.position": "CHỦ TỊCH", "signers.0.name": "Nguyễn Văn Mẫu"} {
			form.Set(name, value)
		}
		want(t, "a mark that is none", d.Post(at, with(form, "mark", "<b>")), 422, "Ký hiệu gồm chữ")
		want(t, "save", d.Post(at, form), 303)
		want(t, "an old version", d.Post(at, form), 409)
		want(t, "saved", d.Get(at), 200, "12/UBND-VH", "Nguyễn Văn Mẫu")
		want(t, "another unit", d.As(d.wardClerk).Get(at), 403)
		want(t, "no unit", d.Get("/don-vi/soan-thao?don-vi=x"), 404)
		want(t, "list", d.As(d.leader).Get("/don-vi/soan-thao?don-vi="+string(d.Town.ID)), 200, "Chưa có văn bản nào đang soạn", "Sổ đăng ký văn bản đến")
		want(t, "choose", d.As(d.clerk).Get("/don-vi/soan-thao/moi?don-vi="+string(d.Town.ID)), 200, "Công văn cảm ơn", "CHỦ TỊCH – Nguyễn Văn Mẫu")
	})
}

// What came is carried out by a letter drafted in one click, with the duties that the records ask of this unit; once it is
// issued its page leads to passing on what came, with it.
func TestLetterThatCarriesOutWhatCame(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		union := d.Unit(t, "480.DTN")
		clerk, leader := d.Actor(person.Clerk, union), d.Actor(person.Leader, union)
		_, sent := d.Sent(t, union)
		if _, err := d.Cascade.Receive(t.Context(), clerk, sent[0].ID); err != nil {
			t.Fatal(err)
		}
		form := url.Values{
			"id": {string(d.IDs.New())}, "unit": {string(union.ID)}, "template": {"letter"}, "signer": {"0"}, "dispatch": {string(sent[0].ID)},
		}
		a := d.As(d.wardClerk).Post("/don-vi/soan-thao/moi", form)
		want(t, "somebody else", a, http.StatusForbidden)
		a = d.As(clerk).Post("/don-vi/soan-thao/moi", form)
		if a.Status != http.StatusSeeOther {
			t.Fatalf("draft: %d %s", a.Status, a.Body)
		}
		at := a.Location
		want(t, "the editor", d.Get(at), http.StatusOK, "Thông báo trên hệ thống truyền thanh", "Tạo điều kiện tham gia", "Đoàn Thanh niên các xã, phường")
		own, err := d.Letters.Answering(t.Context(), clerk, union.ID, sent[0].LetterID)
		if err != nil || len(own) != 1 || own[0].AnswersID != sent[0].LetterID || len(own[0].Fields.Duties) != 2 {
			t.Fatalf("%+v, %v", own, err)
		}
		draft, err := d.Letters.Get(t.Context(), clerk, own[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		doc := *draft.Document
		doc.Signer.Name = "Nguyễn Văn Mẫu"
		if _, err := d.Letters.Rewrite(t.Context(), clerk, draft.ID, draft.Version, doc); err != nil {
			t.Fatal(err)
		}
		d.Sign(t, draft)
		if strings.Contains(d.Get(at).Body, "chuyen-tiep") {
			t.Error("what is not issued can be passed on")
		}
		if _, err := d.Letters.Register(t.Context(), clerk, own[0].ID); err != nil {
			t.Fatal(err)
		}
		want(t, "issued", d.As(leader).Get(at), http.StatusOK, "/don-vi/ban-gui/"+string(sent[0].ID)+"/chuyen-tiep?kem="+string(own[0].ID))
	})
}

// A recurrence that is typed into the editor means the weekday it says.
func TestTheWeekdayOfADutyIsRead(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		var main []string
		number := -1
		for i, b := range d.stored(t, at).Document.Blocks {
			main = append(main, b.Text)
			if b.Kind == letter.DutyBlock && number < 0 {
				number = i
			}
		}
		form := d.shown(t, at, d.Get(at).Body, main...)
		every := fmt.Sprintf("b.%d.every", number)
		form.Set(every, "sáng Chủ nhật hàng tuần")
		form.Set(fmt.Sprintf("b.%d.period", number), "week")
		want(t, "save", d.Post(at, with(form, "do", "save")), 303)
		got := d.stored(t, at).Document.Blocks[number].Duty.Every
		if got == nil || got.Period != "week" || !slices.Equal(got.Weekdays, []int{0}) || got.Part != "morning" || got.Text != "sáng Chủ nhật hàng tuần" {
			t.Errorf("every %+v", got)
		}
	})
}

// TestATimeThatIsCountedIsTyped: into the editor, which keeps what it understands and refuses what it does not.
func TestATimeThatIsCountedIsTyped(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		var main []string
		number := -1
		for i, b := range d.stored(t, at).Document.Blocks {
			main = append(main, b.Text)
			if b.Kind == letter.DutyBlock && number < 0 {
				number = i
			}
		}
		form := d.shown(t, at, d.Get(at).Body, main...)
		within := fmt.Sprintf("b.%d.within", number)
		want(t, "not understood", d.Post(at, with(form, "do", "save", within, "sớm nhất có thể")), 422, "Chưa hiểu thời hạn này", "sớm nhất có thể")
		want(t, "save", d.Post(at, with(form, "do", "save", within, "10 ngày kể từ ngày ký")), 303)
		got := d.stored(t, at).Document.Blocks[number].Duty.Within
		if got == nil || got.Days != 10 || got.Working || got.From != letter.FromDate || got.Text != "10 ngày kể từ ngày ký" {
			t.Errorf("within %+v", got)
		}
		want(t, "shown again", d.Get(at), 200, `value="10 ngày kể từ ngày ký"`)
	})
}

// The list of what is being written says of each draft what it is about, of which type, to whom, and when it was changed.
func TestListOfDraftsSaysWhatTheyAre(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		doc := *d.stored(t, at).Document
		doc.Subject, doc.Addressees = "hưởng ứng ra quân", []string{"Ủy ban nhân dân phường Tứ Hạ", "Ủy ban nhân dân phường Hương Văn", "Thị đoàn Hương Trà"}
		l := d.stored(t, at)
		if _, err := d.Letters.Rewrite(t.Context(), d.clerk, l.ID, l.Version, doc); err != nil {
			t.Fatal(err)
		}
		page := d.Get("/don-vi/soan-thao?don-vi=" + string(d.Town.ID))
		want(t, "the list", page, 200, `href="`+at+`"`, "Hưởng ứng ra quân", "Công văn", "Ủy ban nhân dân phường Tứ Hạ; Ủy ban nhân dân phường Hương Văn và 1 nơi khác", "Bản nháp")
	})
}
