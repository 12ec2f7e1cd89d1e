package units_test

import (
	"bytes"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sachhon/internal/ident"
	"sachhon/internal/imaging/imagingtest"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/person"
)

// paste takes a text in for the town and returns the address of the draft.
func (w *world) paste(t *testing.T, text string) string {
	t.Helper()
	form := values("id", string(w.IDs.New()), "unit", string(w.Town.ID), "text", text)
	a := w.post(townClerk, "/don-vi/cong-van/moi?don-vi="+string(w.Town.ID), form)
	again := w.post(townClerk, "/don-vi/cong-van/moi?don-vi="+string(w.Town.ID), form)
	if a.Code != http.StatusSeeOther || again.Location != a.Location {
		t.Fatalf("paste: %d to %q, sent again to %q", a.Code, a.Location, again.Location)
	}
	return a.Location
}

// fields reads the form of a draft's page as a browser would send it.
func fields(t *testing.T, page string) url.Values {
	t.Helper()
	_, page, _ = strings.Cut(page, `class="letter__side"`)
	form := url.Values{}
	for _, name := range []string{
		"version", "joint", "urgency", "bases", "duties", "organ", "number", "notation", "place", "date", "period.from", "period.to",
		"signer.position", "signer.name", "bases.0.symbol", "bases.0.date", "bases.0.organ", "duties.0.number", "duties.1.number",
	} {
		for _, tag := range strings.Split(page, "<input")[1:] {
			tag, _, _ = strings.Cut(tag, ">")
			if strings.Contains(tag, ` name="`+name+`"`) {
				form.Set(name, between(t, tag, ` value="`, `"`))
			}
		}
	}
	for _, name := range []string{"subject", "addressees", "links", "recipients", "signer.capacity", "duties.0.text", "duties.1.text"} {
		for _, tag := range strings.Split(page, "<textarea")[1:] {
			if head, rest, _ := strings.Cut(tag, ">"); strings.Contains(head, ` name="`+name+`"`) {
				form.Set(name, between(t, rest, "", "</textarea>"))
			}
		}
	}
	form.Set("type", "công văn")
	form["duties.0.channels"] = []string{"portal", "notice_board", "meeting", "loudspeaker"}
	return form
}

func TestFromTheLetterToTheBoard(t *testing.T) {
	source, err := os.ReadFile("../../letter/testdata/1903-UBND-VH.txt")
	if err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(t *testing.T, w *world) {
		at := w.paste(t, norm.NFD.String(string(source)))
		page := w.get(townClerk, at)
		page.want(t, "draft", 200, "Có 1 mục cần xem lại", "Không thấy chức vụ và tên người ký", "Ủy ban nhân dân thị xã Hương Trà", `href="#line-4"`)

		form := fields(t, page.Raw)
		form.Set("signer.position", "PHÓ CHỦ TỊCH")
		form.Set("signer.name", "Nguyễn Văn Bình")
		wrong := clone(form, "date", "31/02/2024", "period.from", "2024-06-30", "period.to", "2024-06-02")
		w.post(townClerk, at, wrong).want(t, "31/02", 422, "31/02/2024", "Nguyễn Văn Bình")
		wrong = clone(form, "period.from", "2024-06-30", "period.to", "2024-06-02")
		w.post(townClerk, at, wrong).want(t, "end before start", 422, "Ngày kết thúc phải từ ngày bắt đầu trở đi", "Nguyễn Văn Bình")
		w.post(townClerk, at, clone(form, "subject", "<script>alert(1)</script>")).leads(t, "script as subject", at)
		if a := w.get(townClerk, at); strings.Contains(a.Raw, "<script>alert") {
			t.Error("the subject is markup")
		}
		stale := w.post(townClerk, at, form)
		stale.want(t, "another version", 409, "Người khác vừa sửa văn bản này", "Nguyễn Văn Bình")
		form.Set("version", hidden(t, stale.Raw, "version"))
		w.post(townClerk, at, form).leads(t, "correct", at)
		w.post(townClerk, at, form).leads(t, "correct again", at)
		form.Set("version", hidden(t, w.get(townClerk, at).Raw, "version"))
		w.post(townClerk, at+"/dang-ky", form).leads(t, "register", at)
		registered := w.get(townClerk, at)
		registered.want(t, "registered", 200, "1903/UBND-VH", "Đã vào sổ", at+"/gui", "Nguyễn Văn Bình")
		w.post(townClerk, at+"/dang-ky", form).leads(t, "register again", at)
		w.post(townClerk, at, clone(form, "subject", "khác")).want(t, "correcting what is registered", 409, "Văn bản đã vào sổ")

		send := w.get(townClerk, at+"/gui")
		send.want(t, "groups by the addressees", 200, "Các cơ quan, ban ngành, đoàn thể thị xã", "Phường Tứ Hạ")
		groups := checked(send.Raw, "groups")
		if len(groups) != 2 {
			t.Fatalf("%d groups are proposed, want both addressees", len(groups))
		}
		w.post(townClerk, at+"/gui", url.Values{"groups": groups, "due": {"2020-01-01T08:00"}}).want(t, "due in the past", 422, "Thời hạn phải sau")
		w.post(townClerk, at+"/gui", nil).want(t, "nobody chosen", 422, "Chọn ít nhất một đơn vị")
		board := at + "/theo-doi?don-vi=" + string(w.Town.ID)
		for range 2 {
			w.post(townClerk, at+"/gui", url.Values{"groups": groups, "due": {"2024-06-28T17:00"}}).leads(t, "send", board)
		}
		w.Drain(t)
		inbox := w.get(wardClerk, "/don-vi/"+string(w.ward.ID))
		dispatch := "/don-vi/ban-gui/" + between(t, inbox.Raw, `href="/don-vi/ban-gui/`, `"`)
		w.get(wardClerk, dispatch).want(t, "the letter at the ward", 200, "1903/UBND-VH", "Trang thông tin điện tử")
		if text := w.get(wardClerk, dispatch+"/van-ban"); text.Code != 200 || !strings.Contains(norm.NFC.String(text.Raw), "Kính gửi") {
			t.Errorf("text of the letter: %d", text.Code)
		}
		w.post(wardClerk, dispatch+"/tiep-nhan", nil).leads(t, "receive", dispatch)
		w.get(townClerk, board).want(t, "board", 200, "Phường Tứ Hạ", "Đã tiếp nhận", dispatch)
		w.Clock.Advance(10 * 24 * 60 * 60 * 1e9)
		w.get(townClerk, board).want(t, "board after ten days", 200, "Cần đôn đốc", "Quá hạn tiếp nhận")
		w.get(townClerk, dispatch).want(t, "the sender's view", 200, dispatch+"/thu-hoi", "Đôn đốc ngay")
		w.post(townClerk, dispatch+"/thu-hoi", values("reason", "Gửi nhầm")).leads(t, "recall", dispatch)
		w.get(wardClerk, dispatch).want(t, "recalled", 200, "Gửi nhầm", "Đã thu hồi")
	})
}

func TestAnotherOrgansLetterIsEnteredWithItsCorrections(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := strings.ReplaceAll(lettertest.Text("77", "Họp dân."), "HƯƠNG TRÀ", "HƯƠNG THỦY")
		at := w.paste(t, source)
		page := w.get(townClerk, at)
		page.want(t, "draft", 200, "Lưu và vào sổ văn bản đến", "Sổ đăng ký văn bản đến")
		if enter, register := strings.Index(page.Raw, at+"/vao-so-den"), strings.Index(page.Raw, at+"/dang-ky"); enter > register {
			t.Error("the register of outgoing letters is offered first")
		}
		form := fields(t, page.Raw)
		w.post(townClerk, at+"/vao-so-den", clone(form, "date", "31/02/2024")).want(t, "31/02", 422, "31/02/2024")
		form.Set("subject", "Mời họp tổ dân phố")
		w.post(wardClerk, at+"/vao-so-den", form).want(t, "another unit", 403)
		arrival := "/don-vi/so-van-ban/den/" + path.Base(at) + "?don-vi=" + string(w.Town.ID)
		for range 2 {
			w.post(townClerk, at+"/vao-so-den", form).leads(t, "enter", arrival)
		}
		w.get(townClerk, at).want(t, "entered", 200, "Mời họp tổ dân phố", "Văn bản đến")
		came, ok, err := w.Cascade.Came(t.Context(), w.people[townClerk], w.Town.ID, ident.ID(path.Base(at)))
		if err != nil || !ok {
			t.Fatalf("it is nobody's work: %v", err)
		}
		work := "/don-vi/ban-gui/" + string(came.ID)
		w.get(townClerk, "/don-vi/"+string(w.Town.ID)).want(t, "inbox", 200, "Mời họp tổ dân phố", "Ủy ban nhân dân thị xã Hương Thủy")
		page = w.get(townClerk, work)
		page.want(t, "work", 200, "Ủy ban nhân dân thị xã Hương Thủy", "Họp dân.", work+"/trinh", work+"/phan-cong")
		for _, no := range []string{"/thu-hoi", "/tu-choi", "/don-doc"} {
			if strings.Contains(page.Raw, work+no) {
				t.Errorf("another organ's letter offers %s", no)
			}
		}
		w.post(townClerk, work+"/thu-hoi", values("reason", "Nhầm.")).want(t, "recall", 403)
		w.get(wardClerk, work).want(t, "the town's work", 403)
		again := w.paste(t, source)
		w.post(townClerk, again+"/vao-so-den", fields(t, w.get(townClerk, again).Raw)).want(t, "entered before", 409, "77/UBND-VH", "số đến 1 năm", "Mở văn bản đã vào sổ", arrival)
	})
}

func TestLettersThatCannotBeRead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		path := "/don-vi/cong-van/moi?don-vi=" + string(w.Town.ID)
		form := func() url.Values { return values("id", string(w.IDs.New()), "unit", string(w.Town.ID)) }
		w.get(townClerk, path).want(t, "form", 200, "dán nội dung", ".docx")
		w.post(townClerk, path, form()).want(t, "nothing", 422, "Chưa có nội dung")
		w.upload(t, townClerk, path, form(), "cv.txt", make([]byte, 16<<20)).want(t, "a file of 16 MB", 413, "Tệp quá lớn")
		long := form()
		long.Set("text", strings.Repeat("Kính gửi ", 1_200_000))
		w.upload(t, townClerk, path, long, "", nil).want(t, "a text of 10 MB", 413, "Văn bản quá lớn")
		w.upload(t, townClerk, path, form(), "cv.txt", []byte("%PDF-1.4 …")).want(t, "a broken PDF", 422, "Tệp PDF bị hỏng")
		w.upload(t, townClerk, path, form(), "cv.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")).want(t, "an old file of Word", 415, ".docx")
		w.upload(t, townClerk, path, form(), "cv.tif", []byte("II*\x00\x08\x00\x00\x00")).want(t, "a broken TIFF", 422, "Ảnh bị hỏng")
		w.upload(t, townClerk, path, form(), "cv.docx", []byte("PK\x03\x04")).want(t, "a broken DOCX", 422, "bị hỏng")
		secret := docxtest.Build("[header: MẬT]\n" + strings.ReplaceAll(lettertest.Text("1", "Một."), "\n\n", "\n"))
		w.upload(t, townClerk, path, form(), "cv.docx", secret).want(t, "a secret letter", 422, "MẬT", "Không có gì được lưu lại")
		w.post(wardClerk, path, values("id", string(w.IDs.New()), "unit", string(w.Town.ID), "text", lettertest.Text("1"))).want(t, "for another unit", 403)
		w.get(wardClerk, path).want(t, "form for another unit", 403)
		list := w.get(townClerk, "/don-vi/cong-van?don-vi="+string(w.Town.ID))
		list.want(t, "list", 200, "Chưa có văn bản đi")
	})
}

// A letter comes in any form; of a scan only the picture is kept, and its fields are typed.
func TestLettersInAnyForm(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		path := "/don-vi/cong-van/moi?don-vi=" + string(w.Town.ID)
		form := func() url.Values { return values("id", string(w.IDs.New()), "unit", string(w.Town.ID)) }
		text := lettertest.Text("9", "Đề nghị UBND các xã, phường gửi báo cáo trước ngày 20/6/2024, ít nhất 3 tác phẩm.")
		docx := docxtest.Build(strings.ReplaceAll(text, "\n\n", "\n"))
		for name, file := range map[string][]byte{
			"cv.docx": docx, "cv.html": []byte("<html><p>" + strings.ReplaceAll(text, "\n", "</p><p>") + "</p></html>"),
			"tcvn3.txt": latin1(legacy.TCVN3.Encode(text)),
		} {
			a := w.upload(t, townClerk, path, form(), name, file)
			if a.Code != http.StatusSeeOther {
				t.Errorf("%s: %d", name, a.Code)
				continue
			}
			page := w.get(townClerk, a.Location)
			page.want(t, name, 200, "9", "UBND-VH", "tác phẩm", `value="2024-06-20"`, `data-of="duties duties.1`)
			if strings.HasPrefix(name, "tcvn3") {
				page.want(t, name, 200, "TCVN3")
			}
			if got := w.get(townClerk, a.Location+"/tep"); got.Raw != string(file) {
				t.Errorf("%s: the original is not what was uploaded", name)
			}
		}
		leaf := imagingtest.Leaf{Image: imagingtest.Sheet(60, 84)}
		scan := w.upload(t, townClerk, path, form(), "cv.tif", imagingtest.TIFF(leaf, leaf))
		if scan.Code != http.StatusSeeOther {
			t.Fatalf("scan: %d", scan.Code)
		}
		page := w.get(townClerk, scan.Location)
		page.want(t, "scan", 200, "Tệp gốc là ảnh chụp", "Tệp ảnh có 2 trang")
		var shown bytes.Buffer
		if err := png.Encode(&shown, leaf.Image); err != nil {
			t.Fatal(err)
		}
		picture := w.upload(t, townClerk, path, form(), "cv.PNG", shown.Bytes())
		w.get(townClerk, picture.Location).want(t, "beside its fields", 200, `<img src="`+picture.Location+`/tep"`)
		if strings.Contains(page.Raw, "<img src=\""+scan.Location) {
			t.Error("a TIFF is shown as if browsers could")
		}
		typed := fields(t, page.Raw)
		for name, value := range map[string]string{
			"organ": w.Town.Organ(), "notation": "UBND-VH", "number": "77", "date": "2024-06-05", "subject": "ra quân", "duties.0.text": "Ra quân dọn bãi biển.",
			"duties.0.for": "Phòng VHTT; UBND các xã, phường", "duties.0.deadline": "2024-06-20", "duties.0.count": "3", "duties.0.of": "điểm",
			"duties.0.every": "sáng Chủ nhật hàng tuần", "duties.0.force": "assign",
			"duties.0.within": "05 ngày làm việc kể từ ngày nhận",
		} {
			typed.Set(name, value)
		}
		w.post(townClerk, scan.Location, clone(typed, "duties.0.every", "thỉnh thoảng")).
			want(t, "a wrong recurrence", 422, "Chưa hiểu lặp lại thế nào", "thỉnh thoảng")
		w.post(townClerk, scan.Location, clone(typed, "duties.0.within", "sớm nhất có thể")).
			want(t, "a wrong time", 422, "Chưa hiểu thời hạn này", "sớm nhất có thể")
		w.post(townClerk, scan.Location, clone(typed, "duties.0.count", "0")).want(t, "a wrong quota", 422, "Chỉ tiêu gồm số lượng")
		w.post(townClerk, scan.Location+"/dang-ky", typed).leads(t, "register a scan", scan.Location)
		w.get(townClerk, scan.Location).want(t, "registered scan", 200, "77/UBND-VH", "Ra quân dọn bãi biển.")
		l, err := w.Letters.Get(t.Context(), w.people[townClerk], ident.ID(scan.Location[strings.LastIndexByte(scan.Location, '/')+1:]))
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Fields.Duties[0].Within; got == nil || got.Days != 5 || !got.Working || got.From != letter.FromReceipt {
			t.Errorf("within %+v", got)
		}
	})
}

// What is pasted from a portal is read with its tables, as long as the text that the person sees says the same.
func TestPastedHTMLIsRead(t *testing.T) {
	const page = `<table><tr><td><p>ỦY BAN NHÂN DÂN</p><p>PHƯỜNG ĐÔNG SƠN</p><p>Số: 45/UBND</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>` +
		`<p>Độc lập - Tự do - Hạnh phúc</p><p>Đông Sơn, ngày 11 tháng 4 năm 2025</p></td></tr></table><p>Kính gửi: Các tổ dân phố</p>` +
		`<p>Ủy ban nhân dân phường Đông Sơn đề nghị:</p><ol><li>Các tổ dân phố họp dân.</li><li>Mỗi tổ dân phố cử 02 người theo dõi.</li></ol>`
	const text = "ỦY BAN NHÂN DÂN\n\nPHƯỜNG ĐÔNG SƠN\n\nSố: 45/UBND\n\n\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nĐộc lập - Tự do - Hạnh phúc\n\n" +
		"Đông Sơn, ngày 11 tháng 4 năm 2025\n\nKính gửi: Các tổ dân phố\n\nỦy ban nhân dân phường Đông Sơn đề nghị:\n\n" +
		"Các tổ dân phố họp dân.\nMỗi tổ dân phố cử 02 người theo dõi.\n"
	eachWorld(t, func(t *testing.T, w *world) {
		path := "/don-vi/cong-van/moi?don-vi=" + string(w.Town.ID)
		paste := func(text, html string) string {
			form := values("id", string(w.IDs.New()), "unit", string(w.Town.ID), "text", text, "html", html)
			a := w.post(townClerk, path, form)
			if again := w.post(townClerk, path, form); a.Code != http.StatusSeeOther || again.Location != a.Location {
				t.Fatalf("%d to %q, sent again to %q", a.Code, a.Location, again.Location)
			}
			return w.get(townClerk, a.Location).Raw
		}
		second := `name="duties.1.text"`
		if plain := paste(text, ""); strings.Contains(plain, "Mỗi tổ dân phố cử 02 người theo dõi.</textarea>") {
			t.Error("the text alone has no numbered duties, and shows nothing of what is tried here")
		}
		pasted := paste(text, page)
		if !strings.Contains(pasted, second) || !strings.Contains(pasted, "Mỗi tổ dân phố cử 02 người theo dõi.</textarea>") || !strings.Contains(pasted, "van-ban-dan.html") {
			t.Error("the list of the page is lost")
		}
		changed := paste(strings.ReplaceAll(text, "cử 02 người", "cử hai người"), page)
		if !strings.Contains(changed, "cử hai người") || strings.Contains(changed, "cử 02 người") {
			t.Error("what was read is not what was seen")
		}
		form := values("id", string(w.IDs.New()), "unit", string(w.Town.ID), "text", text, "html", "<table><tr><td>MẬT</td></tr></table>"+page)
		if a := w.post(townClerk, path, form); a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Raw, "MẬT") {
			t.Errorf("a mark of secrecy in the page alone: %d", a.Code)
		}
		form = values("id", string(w.IDs.New()), "unit", "x", "text", "", "html", page)
		if a := w.post(townClerk, path, form); a.Code == http.StatusSeeOther {
			t.Error("a page without a text that was seen is taken")
		}
	})
}

func latin1(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func TestLetterIsLinkedToAChallengeThatExists(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := w.paste(t, lettertest.Text("7", "Thông báo trên bảng tin."))
		for _, id := range []string{"x", string(w.IDs.New())} {
			w.post(townClerk, at+"/lien-ket", values("challenge", id)).want(t, "challenge "+id, 404)
		}
		w.post(townClerk, at+"/lien-ket", values("challenge", "")).leads(t, "no challenge", at)
		w.get(townClerk, at+"/tep").want(t, "file", 200, "Kính gửi")
		w.people["leader"] = w.Actor(person.Leader, w.Town)
		if page := w.get("leader", at); page.Code != 200 || strings.Contains(page.Raw, "/dang-ky") {
			t.Errorf("a leader reads a draft: %d, or may register it", page.Code)
		}
		w.post("leader", at+"/dang-ky", values("version", "1")).want(t, "registering by a leader", 403)
	})
}

// clone returns the form with some values replaced.
func clone(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// checked returns the ticked answers of a group of checkboxes.
func checked(page, name string) []string {
	var values []string
	for _, tag := range strings.Split(page, "<input")[1:] {
		tag, _, _ = strings.Cut(tag, ">")
		if strings.Contains(tag, ` name="`+name+`"`) && strings.Contains(tag, " checked") {
			_, value, _ := strings.Cut(tag, ` value="`)
			value, _, _ = strings.Cut(value, `"`)
			if _, err := ident.Parse(value); err == nil {
				values = append(values, value)
			}
		}
	}
	return values
}
