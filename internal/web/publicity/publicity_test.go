package publicity_test

import (
	"bytes"
	"encoding/xml"
	"html"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/speech"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/testkit/program"
)

type world struct {
	*apptest.Scene
	t    *testing.T
	pack string
}

func eachWorld(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, a *apptest.App) { f(t, open(t, a)) })
}

// open lets the ward receive the letter and two days pass.
func open(t *testing.T, a *apptest.App) *world {
	t.Helper()
	s := apptest.NewScene(a)
	w := &world{s, t, "/don-vi/tuyen-truyen/" + string(s.Unit(apptest.Ward)) + "/" + apptest.Slug}
	_, err := s.Cascade.Receive(t.Context(), s.Face("clerk").Actor, s.Dispatch.ID)
	s.Must(err)
	a.Clock.Advance(48 * time.Hour)
	return w
}

func (w *world) get(face, path string, status int, parts ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	rec := w.Get(path, w.Face(face).Token)
	w.check(face+" "+path, rec, status, parts...)
	return rec
}

func (w *world) check(what string, rec *httptest.ResponseRecorder, status int, parts ...string) {
	w.t.Helper()
	if rec.Code != status {
		w.t.Errorf("%s: %d, want %d\n%.600s", what, rec.Code, status, rec.Body)
	}
	body := html.UnescapeString(rec.Body.String())
	for _, part := range parts {
		if !strings.Contains(body, part) {
			w.t.Errorf("%s: %q is missing", what, part)
		}
	}
}

func (w *world) post(face, path string, values url.Values, status int, parts ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, apptest.BaseURL+path, strings.NewReader(values.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	r.RemoteAddr = "192.0.2.1:1234"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := w.Do(apptest.As(r, w.Face(face).Token))
	w.check(face+" posts "+path, rec, status, parts...)
	return rec
}

// upload posts a form with a proof.
func (w *world) upload(path string, values url.Values, name string, content []byte, status int, parts ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for key, all := range values {
		for _, value := range all {
			w.Must(m.WriteField(key, value))
		}
	}
	file, err := m.CreateFormFile("file", name)
	w.Must(err)
	_, err = file.Write(content)
	w.Must(err)
	w.Must(m.Close())
	r := httptest.NewRequest(http.MethodPost, apptest.BaseURL+path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	rec := w.Do(apptest.As(r, w.Face("clerk").Token))
	w.check("clerk uploads "+name+" to "+path, rec, status, parts...)
	return rec
}

// photo is a small PNG of the colour.
func photo(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(3, 3, c)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var inputs = regexp.MustCompile(`<input[^>]*name="([a-z]+)"[^>]*value="([^"]*)"|<input[^>]*value="([^"]*)"[^>]*name="([a-z]+)"`)

// filled are the inputs of a page as they stand.
func filled(rec *httptest.ResponseRecorder) url.Values {
	v := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(rec.Body.String(), -1) {
		name, value := m[1]+m[4], html.UnescapeString(m[2]+m[3])
		if v.Get(name) == "" {
			v.Set(name, value)
		}
	}
	return v
}

func (w *world) records() []cascade.Publicity {
	w.t.Helper()
	d, err := w.Cascade.Get(w.t.Context(), w.Face("clerk").Actor, w.Dispatch.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return d.Publicity
}

func TestOnePressConfirms(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.get("clerk", w.pack, 200, "Ủy ban nhân dân phường Tứ Hạ", "Bản tin phát thanh", "Chưa làm")
		for product, channel := range map[string]string{"bang-tin": "notice_board", "tin-nhan": "social"} {
			form := filled(w.get("clerk", w.pack+"/"+product, 200, "Xác nhận đã làm"))
			form.Set("channel", channel)
			for range 2 { // pressed twice
				w.post("clerk", w.pack+"/"+product+"/xac-nhan", form, 303)
			}
		}
		if got := w.records(); len(got) != 2 {
			t.Fatalf("%d records: %+v", len(got), got)
		}
		w.get("clerk", w.pack, 200, "Đã làm 1 lần", "Bảng tin phường Tứ Hạ")
		w.post("town clerk", w.pack+"/bang-tin/xac-nhan", url.Values{}, 400)
		form := filled(w.get("clerk", w.pack+"/bang-tin", 200))
		form.Set("channel", "sms")
		w.post("clerk", w.pack+"/bang-tin/xac-nhan", form, 422)
		w.get("other clerk", w.pack, 403)
		w.get("nobody", w.pack, 303)

		at := "/don-vi/ban-gui/" + string(w.Dispatch.ID) + "/minh-chung/" + string(w.records()[0].ID) + "/go"
		w.get("clerk", at, 200, "Gỡ lần ghi nhầm")
		w.post("clerk", at, url.Values{"reason": {""}}, 422, "Hãy ghi lý do")
		w.post("clerk", at, url.Values{"reason": {"Ghi nhầm"}}, 303)
		if got := w.records(); len(got) != 1 {
			t.Errorf("%d records after one was taken back", len(got))
		}
	})
}

func TestALetterLeadsToItsOwnPackage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		unit, _, _ := strings.Cut(w.pack, "/"+apptest.Slug)
		town := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Town))
		about := "?cuoc-thi=" + string(w.Challenge.ID)
		leads := func(what, face, path, to string) {
			t.Helper()
			if got := w.get(face, path, 303).Header().Get("Location"); got != to {
				t.Errorf("%s: leads to %q, want %q", what, got, to)
			}
		}
		leads("the package there is", "clerk", unit+about, w.pack)
		leads("the sender's own campaign", "town clerk", town+about, town+"/"+apptest.Slug+"/noi-dung")
		w.get("clerk", unit+"?cuoc-thi=x", 404)
		w.get("clerk", unit+"?cuoc-thi="+string(w.IDs.New()), 404)
		w.get("clerk", town+about, 403)
	})
}

// A letter of urging about the same challenge asks for other things: what is publicised goes on counting for the first letter.
func TestPublicityCountsForTheLetterThatAskedForIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		town := w.Face("town clerk").Actor
		ward := w.Unit(apptest.Ward)
		l, err := w.Letters.Draft(t.Context(), town, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Unit(apptest.Town), Text: lettertest.Text("", "Nêu rõ lý do chậm.")})
		w.Must(err)
		_, err = w.Letters.Register(t.Context(), town, l.ID)
		w.Must(err)
		_, err = w.Letters.Link(t.Context(), town, l.ID, letter.Link{Challenge: w.Challenge.ID})
		w.Must(err)
		sent, err := w.Cascade.Send(t.Context(), town, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{ward}}})
		w.Must(err)
		w.Drain()
		_, err = w.Cascade.Receive(t.Context(), w.Face("clerk").Actor, sent.Dispatches[0].ID)
		w.Must(err)
		form := filled(w.get("clerk", w.pack+"/bang-tin", 200))
		w.post("clerk", w.pack+"/bang-tin/xac-nhan", form, 303)
		if got := w.records(); len(got) != 1 {
			t.Errorf("%d records count for the letter that asked for publicity", len(got))
		}
	})
}

func TestPlayLogAndMeeting(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		form := filled(w.get("clerk", w.pack+"/phat-thanh", 200, "Kính thưa bà con nhân dân!", "Nhật ký phát"))
		form.Set("result", "played")
		form.Set("times", "3")
		form.Set("ended", "2024-06-08T07:00")
		form.Set("started", "2024-06-08T07:30")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", form, 422, "Giờ kết thúc phải sau giờ bắt đầu")
		form.Set("started", "2024-06-08T06:30")
		for range 2 {
			w.post("clerk", w.pack+"/phat-thanh/nhat-ky", form, 303)
		}
		silent := filled(w.get("clerk", w.pack+"/phat-thanh", 200, "Đã phát đủ"))
		silent.Set("result", "failed")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", silent, 303)
		got := w.records()
		if len(got) != 1 || got[0].Times != 3 {
			t.Fatalf("%+v", got)
		}
		w.get("clerk", w.pack+"/phat-thanh", 200, "Không phát được")

		meeting := filled(w.get("clerk", w.pack+"/cuoc-hop", 200, "Ghi cuộc họp đã tổ chức"))
		meeting.Set("points", "Giới thiệu thể lệ")
		meeting.Set("conclusion", "Nhất trí")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", meeting, 422, "Hãy ghi số người có mặt", "Giới thiệu thể lệ")
		for k, v := range map[string]string{"place": "Nhà văn hóa tổ 3", "chair": "Nguyễn Văn Mẫu", "secretary": "Trần Thị Mẫu", "present": "45"} {
			meeting.Set(k, v)
		}
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", meeting, 303)
		id := meeting.Get("id")
		pdf := w.get("clerk", w.pack+"/cuoc-hop/bien-ban/"+id, 200)
		docx := w.get("clerk", w.pack+"/cuoc-hop/bien-ban/"+id+"?dang=docx", 200)
		if !bytes.HasPrefix(pdf.Body.Bytes(), []byte("%PDF-")) || !bytes.HasPrefix(docx.Body.Bytes(), []byte("PK")) {
			t.Error("the minutes are no PDF and DOCX")
		}
		people := 0
		for _, r := range w.records() {
			people += r.People
		}
		if people != 45 {
			t.Errorf("%d people", people)
		}
	})
}

var proofLink = regexp.MustCompile(`href="(/don-vi/ban-gui/[^"/]+/minh-chung/[^"/]+)"`)

// Each form that says that something was done takes its proof at once: the record leads to it, byte for byte.
func TestEachFormTakesItsProof(t *testing.T) {
	forms := []struct {
		page, action string
		typed        map[string]string
		kept         []string // of what was typed
	}{
		{"/bang-tin", "/xac-nhan", map[string]string{"place": "Bảng tin tổ 5", "people": "120"}, []string{"Bảng tin tổ 5", `value="120"`}},
		{"/phat-thanh", "/nhat-ky", map[string]string{"device": "Cụm loa tổ 5", "note": "Gió to", "result": "partly"}, []string{"Cụm loa tổ 5", "Gió to"}},
		{"/cuoc-hop", "/cuoc-hop", map[string]string{"present": "45", "chair": "Lê Văn Mẫu", "discussion": "Bà con nhất trí"}, []string{`value="45"`, "Lê Văn Mẫu", "Bà con nhất trí"}},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		for i, form := range forms {
			values := filled(w.get("clerk", w.pack+form.page, 200, `enctype="multipart/form-data"`, `accept="image/jpeg,image/png,image/webp,application/pdf"`))
			for name, value := range form.typed {
				values.Set(name, value)
			}
			at, shot := w.pack+form.page+form.action, photo(t, color.Gray{uint8(i + 1)})
			for _, bad := range []struct {
				name    string
				content []byte
				status  int
				why     string
			}{
				{"anh.jpg", []byte("this is a text"), 415, "Chỉ nhận ảnh"},
				{"to.png", make([]byte, cascade.MaxFileBytes+1), 413, "tối đa 25 MB"},
			} {
				page := w.upload(at, values, bad.name, bad.content, bad.status, append(form.kept, bad.why, "Hãy chọn lại tệp", `href="#f-file"`, `value="`+values.Get("id")+`"`)...)
				if !faultOfFile.MatchString(page.Body.String()) {
					t.Errorf("%s: the message does not stand at the field", at)
				}
			}
			for range 2 { // the answer was lost
				w.upload(at, values, "ảnh chụp.png", shot, 303)
			}
			got := w.records()
			if made := func(r cascade.Publicity) bool {
				return r.ID == ident.ID(values.Get("id")) && r.FileName == "ảnh chụp.png"
			}; len(got) != i+1 || !slices.ContainsFunc(got, made) {
				t.Fatalf("%s: %+v", at, got)
			}
			links := proofLink.FindAllStringSubmatch(w.get("clerk", w.pack+form.page, 200, "Xem minh chứng").Body.String(), -1)
			if len(links) != 1 {
				t.Fatalf("%s: %d links to a proof", form.page, len(links))
			}
			for face, kind := range map[string]string{"clerk": "image/png", "town clerk": "image/jpeg"} { // others get its pixels alone
				proof := w.get(face, links[0][1], 200)
				if own := bytes.Equal(proof.Body.Bytes(), shot); own != (face == "clerk") || proof.Header().Get("Content-Type") != kind {
					t.Errorf("%s: %s gets %d bytes of %s", form.page, face, proof.Body.Len(), proof.Header().Get("Content-Type"))
				}
			}
			w.get("other clerk", links[0][1], 403)
		}
	})
}

var faultOfFile = regexp.MustCompile(`<input[^>]*type="file"[^>]*aria-invalid="true"`)

// What nobody heard makes no record, so that its proof would be lost without a word.
func TestASilentPlayTakesNoProof(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		form := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		form.Set("result", "failed")
		page := w.upload(w.pack+"/phat-thanh/nhat-ky", form, "loa.png", photo(t, color.White), 422, "không kèm minh chứng", form.Get("device"))
		if strings.Contains(page.Body.String(), "Hãy chọn lại tệp") {
			t.Error("it asks for the file again")
		}
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", form, 303)
		if got := w.records(); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// On a phone the number present is all that is typed, even right after the letter came.
func TestTheNumberPresentIsEnough(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	eachWorld(t, func(t *testing.T, w *world) {
		w.Clock.Set(w.Dispatch.SentAt.Add(5 * time.Minute).Time)
		form := filled(w.get("clerk", w.pack+"/cuoc-hop", 200, "Phường Tứ Hạ"))
		if got := form.Get("present"); got != "" {
			t.Errorf("the number present is guessed: %q", got)
		}
		form.Set("present", "32")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", form, 303)
		bare := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		for name := range bare {
			if !slices.Contains([]string{"id", "begin", "end"}, name) {
				bare.Set(name, "")
			}
		}
		bare.Set("present", "7")
		bare.Set("chair", strings.Repeat("Lê", 51))
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", bare, 422, `<details class="more-fields" open>`, "Dài quá 100 ký tự")
		bare.Set("chair", "")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", bare, 303)
		for _, one := range []struct {
			id   string
			says []string
		}{
			{form.Get("id"), []string{"HỌP PHỔ BIẾN CUỘC THI", "Địa điểm: Phường Tứ Hạ.", "Chủ trì: …", "Thư ký: …", "32 người"}},
			{bare.Get("id"), []string{"HỌP PHỔ BIẾN CUỘC THI", "Địa điểm: Phường Tứ Hạ.", "Chủ trì: …", "7 người"}},
		} {
			text := read(t, w.get("clerk", w.pack+"/cuoc-hop/bien-ban/"+one.id, 200).Body.Bytes())
			for _, part := range one.says {
				if !strings.Contains(strings.ToUpper(text), strings.ToUpper(part)) {
					t.Errorf("the minutes lack %q:\n%s", part, text)
				}
			}
			if strings.Contains(text, "DỰ THẢO") {
				t.Error("the minutes are marked as a draft")
			}
		}
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
	})
}

// read returns the words of a PDF.
func read(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}

// The button asks a job for the sound; when it is there, the page plays it and offers both kinds.
func TestTheBulletinIsHeard(t *testing.T) {
	program.Need(t, "espeak-ng", "espeak-ng")
	program.Need(t, "lame", "lame")
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			cfg := apptest.Config(testkit.URL(t, engine), t.TempDir())
			cfg.Speech = speech.DefaultConfig()
			w := open(t, apptest.Open(t, cfg, clock.NewSet(testkit.Begin)))
			page := w.pack + "/phat-thanh"
			wav, mp3 := page+"/tep/ban-tin.wav", page+"/tep/ban-tin.mp3"
			w.get("clerk", page, 200, "Tạo âm thanh bằng giọng máy")
			w.get("clerk", wav, 404)
			w.post("clerk", w.pack+"/bang-tin/am-thanh", nil, 404)
			for range 2 { // pressed twice
				w.post("clerk", page+"/am-thanh", nil, 303)
			}
			if waits := w.get("clerk", page, 200, "Đang tạo bản đọc", "data-await"); strings.Contains(waits.Body.String(), "<audio") {
				t.Error("a player before there is a sound")
			}
			w.Drain()
			w.get("clerk", page, 200, "<audio", `<source src="`+wav+`" type="audio/wav"`, `<source src="`+mp3+`" type="audio/mpeg"`, "giọng máy")
			sound := w.get("clerk", wav, 200)
			if kind := sound.Header().Get("Content-Type"); kind != "audio/wav" || !bytes.HasPrefix(sound.Body.Bytes(), []byte("RIFF")) {
				t.Errorf("the WAV is %s, %d bytes", kind, sound.Body.Len())
			}
			small := w.get("clerk", mp3, 200)
			if kind, b := small.Header().Get("Content-Type"), small.Body.Bytes(); kind != "audio/mpeg" || len(b) < 2 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
				t.Errorf("the MP3 is %s, %d bytes", kind, len(b))
			}
			if 2*small.Body.Len() > sound.Body.Len() {
				t.Errorf("%d bytes of MP3 for %d of WAV", small.Body.Len(), sound.Body.Len())
			}
			w.get("other clerk", wav, 403)
		})
	}
}

func TestOwnWordsAndHours(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		edit := filled(w.get("clerk", w.pack+"/phat-thanh/sua", 200, "Mức ưu tiên"))
		edit.Set("priority", "khan")
		edit.Set("script", "Quá ngắn.")
		w.post("clerk", w.pack+"/phat-thanh/sua", edit, 422, "cần từ 150 đến 300", "Quá ngắn.")
		edit.Set("script", strings.Repeat("Kính thưa bà con 06/6. ", 25))
		w.post("clerk", w.pack+"/phat-thanh/sua", edit, 303)
		w.post("clerk", w.pack+"/phat-thanh/sua", edit, 409)
		w.get("clerk", w.pack+"/phat-thanh", 200, "mồng sáu tháng sáu", "Khẩn cấp", "Phát ngay, không chờ khung giờ", "Nội dung do đơn vị sửa")
		message := filled(w.get("clerk", w.pack+"/tin-nhan/sua", 200))
		message.Set("zalo", "Mời bà con tham gia.")
		message.Set("facebook", "Mời bà con tham gia.")
		message.Set("sms", strings.Repeat("Thử thách ", 21)) // 210 letters with accents
		w.post("clerk", w.pack+"/tin-nhan/sua", message, 422, "dài 4 tin, tối đa 3 tin", "viết không dấu")
		message.Set("sms", strings.Repeat("Thu thach ", 21))
		w.post("clerk", w.pack+"/tin-nhan/sua", message, 303)
		w.post("clerk", w.pack+"/phat-thanh/soan-lai", url.Values{"version": {"1"}}, 303)
		if page := w.get("clerk", w.pack+"/phat-thanh", 200, "Thông thường"); strings.Contains(page.Body.String(), "Nội dung do đơn vị sửa") {
			t.Error("the old wording stayed")
		}
		hours := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Ward)) + "/khung-gio"
		w.get("clerk", hours, 200, "5:00–6:00")
		w.post("clerk", hours, url.Values{"slots": {"nửa đêm"}, "days": {"1"}, "minutes": {"10"}, "version": {"0"}}, 422, "Không hiểu khung giờ", "nửa đêm")
		w.post("clerk", hours, url.Values{"slots": {"6h-7h"}, "days": {"1", "0"}, "minutes": {"10"}, "version": {"0"}}, 303)
		w.get("clerk", hours, 200, "6:00–7:00")
	})
}

// TestTheProgrammeOfTheLoudspeakers: whoever stands at the amplifier sees what is played when, and what was played.
func TestTheProgrammeOfTheLoudspeakers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) { // it is eight in the morning
		at := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Ward)) + "/chuong-trinh"
		w.get("clerk", w.pack, 200, at)
		w.get("clerk", w.pack+"/phat-thanh", 200, at, "Theo chương trình, bản tin này phát lúc 17")
		w.get("clerk", at, 200, "Khung giờ 05", "Qua giờ, chưa ghi nhật ký", "Khung giờ 17", "Chờ phát", w.pack+"/phat-thanh")
		w.get("clerk", at+"?ngay=mai", 200, "Khung giờ 05", "Chờ phát")
		w.get("nobody", at, 303)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("result", "played")
		play.Set("started", "2024-06-11T05:10")
		play.Set("ended", "2024-06-11T05:13")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		if page := w.get("clerk", at, 200, "Đã phát", "Chờ phát"); strings.Contains(html.UnescapeString(page.Body.String()), "chưa ghi nhật ký") {
			t.Error("what was played is still missing in the log")
		}
		edit := filled(w.get("clerk", w.pack+"/phat-thanh/sua", 200))
		edit.Set("priority", "khan")
		edit.Set("script", strings.Repeat("Kính thưa bà con 06/6. ", 25))
		w.post("clerk", w.pack+"/phat-thanh/sua", edit, 303)
		w.get("clerk", w.pack+"/phat-thanh", 200, "Bản tin khẩn cấp: phát ngay")
		w.get("clerk", at, 200, "Phát ngay", "Khẩn cấp", "Không có bản tin nào trong khung giờ này")
	})
}

func TestThePublicMaySeeWhatTheUnitPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := "/cuoc-thi/" + apptest.Slug + "/tin/" + apptest.Ward
		w.get("nobody", at, 404)
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{"public": {"1"}}, 303)
		page := w.get("nobody", at, 200, "Phường Tứ Hạ hưởng ứng", `property="og:image"`, at+"/anh.png", "application/atom+xml")
		if policy := page.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("the article may be framed: %s", policy)
		}
		embed := w.get("nobody", at+"/nhung", 200, "Phường Tứ Hạ hưởng ứng", "Xem và đăng ký")
		policy := embed.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors *") || strings.Contains(policy, "script-src") || embed.Header().Get("Set-Cookie") != "" || embed.Body.Len() > 4096 {
			t.Errorf("the frame: %s, %d bytes, cookie %q", policy, embed.Body.Len(), embed.Header().Get("Set-Cookie"))
		}
		feed := w.get("nobody", at+"/tin.atom", 200)
		var atom struct {
			Entry struct {
				Title string `xml:"title"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(feed.Body.Bytes(), &atom); err != nil || !strings.HasPrefix(atom.Entry.Title, "Phường Tứ Hạ") {
			t.Errorf("%+v, %v", atom, err)
		}
		picture, err := png.Decode(w.get("nobody", at+"/anh.png", 200).Body)
		if err != nil || picture.Bounds().Dx() != 1200 || picture.Bounds().Dy() != 630 {
			t.Errorf("the share picture: %v", err)
		}
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{}, 303)
		w.get("nobody", at, 404)
	})
}

func TestFiles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, path := range []string{"/bang-tin/tep/a4.pdf", "/bang-tin/tep/a3.pdf", "/cuoc-hop/tep/trinh-chieu.pdf"} {
			if body := w.get("clerk", w.pack+path, 200).Body; !bytes.HasPrefix(body.Bytes(), []byte("%PDF-")) {
				t.Errorf("%s is no PDF", path)
			}
		}
		w.get("clerk", w.pack+"/phat-thanh/tep/kich-ban.txt", 200, "Kính thưa")
		w.get("clerk", w.pack+"/phat-thanh/tep/a4.pdf", 404)
		w.get("clerk", w.pack+"/khong-co", 404)
	})
}

// TestRecordsCountForTheirDuty: what the package confirms counts for the duty that asked for the channel, so that the
// board sees it move; a channel that no duty names counts for the letter as a whole.
func TestRecordsCountForTheirDuty(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for product, channel := range map[string]string{"bang-tin": "notice_board", "tin-nhan": "social"} {
			form := filled(w.get("clerk", w.pack+"/"+product, 200))
			form.Set("channel", channel)
			w.post("clerk", w.pack+"/"+product+"/xac-nhan", form, 303)
		}
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		for name, value := range map[string]string{"device": "Cụm loa 1", "started": "2024-06-07T17:00", "ended": "2024-06-07T17:03", "times": "2", "result": "played"} {
			play.Set(name, value)
		}
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		d, err := w.Cascade.Get(t.Context(), w.Face("clerk").Actor, w.Dispatch.ID)
		if err != nil {
			t.Fatal(err)
		}
		counted := map[int]int{}
		for _, r := range d.Publicity {
			want := 0
			for _, duty := range slices.Backward(d.Duties) {
				if slices.Contains(duty.Channels, r.Channel) {
					want = duty.Number
				}
			}
			if r.Duty != want {
				t.Errorf("%s counts for duty %d, want %d", r.Channel, r.Duty, want)
			}
			counted[r.Duty]++
		}
		if len(d.Publicity) != 3 || counted[0] == 3 {
			t.Errorf("%d records, by duty %v: the letter of the test names none of the channels", len(d.Publicity), counted)
		}
	})
}

// What a unit has done to tell people stands on its public page at once: the channel, the day and where it can be read, and nothing
// that somebody typed and that may name people.
func TestThePublicSeesHowTheUnitToldPeople(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := "/cuoc-thi/" + apptest.Slug + "/tin/" + apptest.Ward
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{"public": {"1"}}, 303)
		const title = "Đơn vị đã tuyên truyền"
		if page := w.get("nobody", at, 200); strings.Contains(page.Body.String(), title) {
			t.Error("an empty list shames the unit")
		}
		board := filled(w.get("clerk", w.pack+"/bang-tin", 200))
		board.Set("place", "Trước nhà bà Lê Thị Ví Dụ")
		w.post("clerk", w.pack+"/bang-tin/xac-nhan", board, 303)
		article := filled(w.get("clerk", w.pack+"/bai-viet", 200))
		article.Set("channel", "portal")
		article.Set("link", "https://tuha.example.vn/tin/ra-quan")
		w.post("clerk", w.pack+"/bai-viet/xac-nhan", article, 303)
		w.meeting(map[string]string{"present": "45", "chair": "Hoàng Văn Chủ Tọa", "place": "Nhà ông Phan Mẫu"})
		w.Clock.Advance(time.Minute)
		for range 2 { // twice on one day is told once
			play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
			play.Set("result", "played")
			play.Set("note", "Ông Trần Văn Thử bật loa")
			w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		}
		page := html.UnescapeString(w.get("nobody", at, 200, title, "Bảng tin", "Truyền thanh", "https://tuha.example.vn/tin/ra-quan", `rel="nofollow noopener"`).Body.String())
		for _, typed := range []string{"Lê Thị Ví Dụ", "Hoàng Văn Chủ Tọa", "Phan Mẫu", "Trần Văn Thử", "Nguyễn Văn Mẫu"} {
			if strings.Contains(page, typed) {
				t.Errorf("everybody reads of %s", typed)
			}
		}
		if n := strings.Count(page, `class="record"`); n != 4 {
			t.Errorf("%d lines for four ways", n)
		}
		proof := "/don-vi/ban-gui/" + string(w.Dispatch.ID) + "/minh-chung/" + article.Get("id") + "/go"
		w.post("clerk", proof, url.Values{"reason": {"Ghi nhầm"}}, 303)
		if page := w.get("nobody", at, 200); strings.Contains(page.Body.String(), "tuha.example.vn") {
			t.Error("what was taken back is still public")
		}
	})
}
