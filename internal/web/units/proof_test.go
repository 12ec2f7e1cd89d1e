package units_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

// file is one that somebody chose in a form.
type file struct {
	name    string
	content []byte
}

func pdf(name string) file { return file{name, []byte("%PDF-1.7 " + name)} }

// camera is a photo with where it was taken.
func camera(t *testing.T) file {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 12, 8)), nil); err != nil {
		t.Fatal(err)
	}
	wrote := append([]byte("Exif\x00\x00"), "16.40 N"...)
	segment := append([]byte{0xff, 0xe1, 0, byte(len(wrote) + 2)}, wrote...)
	return file{"ra quân.jpg", append(append(b.Bytes()[:2:2], segment...), b.Bytes()[2:]...)}
}

// bring posts a form with files.
func (w *world) bring(t *testing.T, who, path string, form url.Values, files ...file) answer {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for key, values := range form {
		for _, v := range values {
			if err := m.WriteField(key, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		part, err := m.CreateFormFile("file", f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, base+path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return w.do(who, r)
}

// asks sends a letter to the ward whose first duty says what is to be handed in.
func (w *world) asks(t *testing.T) (at string, id ident.ID) {
	t.Helper()
	l := w.Registered(t, lettertest.Text("", "Ra quân dọn vệ sinh, gửi hình ảnh kết quả về thị xã.", "Tạo điều kiện tham gia."))
	if l.Fields.Duties[0].Proof != wanted {
		t.Fatalf("the letter asks for %q", l.Fields.Duties[0].Proof)
	}
	r, err := w.Cascade.Send(t.Context(), w.people[townClerk], cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{w.ward.ID}}})
	if err != nil {
		t.Fatal(err)
	}
	w.Drain(t)
	id = r.Dispatches[0].ID
	at = "/don-vi/ban-gui/" + string(id)
	w.post(wardClerk, at+"/tiep-nhan", nil).leads(t, "receive", at)
	return at, id
}

func (w *world) dutyTree(t *testing.T, id ident.ID, n int) cascade.Duty {
	t.Helper()
	tree, err := w.Cascade.DutyTree(t.Context(), person.SystemActor, id, n)
	if err != nil {
		t.Fatal(err)
	}
	return tree.Duty
}

var fileLink = regexp.MustCompile(`class="file" href="([^"]+/nhiem-vu/[^"]+/minh-chung/[^"]+)"`)

const (
	wanted  = "hình ảnh kết quả"
	missing = "Chưa có minh chứng"
	lost    = "Hãy chọn lại tệp"
)

// A clerk confirms first and brings the photo when the connection is better; the town sees what is missing, then what came.
func TestADutyIsConfirmedFirstAndProvedLater(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, id := w.asks(t)
		duty := at + "/nhiem-vu/1"
		w.get(wardClerk, at).want(t, "the page says what is asked for", 200, `enctype="multipart/form-data"`, "Văn bản yêu cầu: "+wanted,
			`accept="image/jpeg,image/png,image/webp,application/pdf" multiple`)
		w.post(wardClerk, duty, values("done", "1", "note", "Đã ra quân", "from", "duty-file-1")).leads(t, "confirmed", at+"#duties")
		for _, who := range []string{wardClerk, townClerk} {
			w.get(who, at).want(t, "the letter for "+who, 200, missing)
			w.get(who, duty).want(t, "the duty for "+who, 200, missing)
		}
		top := w.letterOf(t, id) + "/nhiem-vu/1"
		w.get(townClerk, top).want(t, "from the top", 200, missing)
		w.get(wardClerk, at).want(t, "the way to add", 200, duty+"#minh-chung")
		if strings.Contains(w.get(townClerk, duty).Raw, `type="file"`) {
			t.Error("the sender is offered to prove what it measures")
		}

		photo := camera(t)
		form := values("from", "file-duty", "part", "", "tick", "")
		w.bring(t, wardClerk, duty+"/minh-chung", form).want(t, "nothing chosen", 422, "Hãy chọn ít nhất một ảnh")
		for range 2 { // the answer was lost
			w.bring(t, wardClerk, duty+"/minh-chung", form, photo, pdf("bien-ban.pdf")).leads(t, "added", duty)
		}
		for _, path := range []string{at, duty, top} {
			page := w.get(townClerk, path)
			page.want(t, path, 200, "ra quân.jpg", "bien-ban.pdf")
			links := fileLink.FindAllStringSubmatch(page.Raw, -1)
			if len(links) != 2 || strings.Contains(page.Body, missing) {
				t.Fatalf("%s: %d files, or still the mark", path, len(links))
			}
			for who, own := range map[string]bool{wardClerk: true, townClerk: false} {
				got := w.get(who, links[0][1])
				if got.Code != 200 || got.Raw == string(photo.content) != own || strings.Contains(got.Raw, "Exif") != own ||
					got.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
					t.Errorf("%s gets %d, %d bytes, %v", who, got.Code, len(got.Raw), got.Header)
				}
			}
			w.get(otherClerk, links[0][1]).want(t, "a sibling", 403)
			w.get(citizen, links[0][1]).want(t, "a citizen", 403)
		}
		own := w.dutyTree(t, id, 1).Files
		w.get(wardClerk, at+"/nhiem-vu/2/minh-chung/"+string(own[0].ID)).want(t, "under another duty", 404)
		w.get(wardClerk, duty+"/minh-chung/"+string(w.IDs.New())).want(t, "no such file", 404)
		w.get(otherClerk, duty).want(t, "the duty for a sibling", 403)
		w.bring(t, otherClerk, duty+"/minh-chung", form, pdf("x.pdf")).want(t, "a sibling adds", 403)
		w.bring(t, townClerk, duty+"/minh-chung", form, pdf("x.pdf")).want(t, "the sender adds", 403)
		w.post(otherClerk, duty+"/minh-chung/"+string(own[0].ID)+"/xoa", nil).want(t, "a sibling removes", 403)
		for range 2 {
			w.post(wardClerk, duty+"/minh-chung/"+string(own[0].ID)+"/xoa", nil).leads(t, "removed", duty)
		}

		w.post(wardLeader, at+"/phan-cong", values("version", hidden(t, w.get(wardLeader, at+"/phan-cong").Raw, "version"), "lead", "Văn phòng")).leads(t, "assign", at)
		w.post(wardClerk, at+"/bat-dau", nil).leads(t, "start", at)
		w.post(wardClerk, at+"/hoan-thanh", values("outcome", "Đã làm")).leads(t, "complete", at)
		w.bring(t, wardClerk, duty+"/minh-chung", form, pdf("muon.pdf")).want(t, "after the report", 409, "Đơn vị đã báo hoàn thành")
		closed := w.get(wardClerk, duty)
		closed.want(t, "closed", 200, "bien-ban.pdf")
		if strings.Contains(closed.Raw, `type="file"`) || strings.Contains(closed.Raw, "/xoa") {
			t.Error("what was reported can still be changed on the page")
		}
	})
}

// One Sunday of a weekly duty and one person's part carry their own files, with the word or after it.
func TestOneTimeAndOnePartAreProved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, id := w.asks(t)
		duty := at + "/nhiem-vu/1"
		hand := w.Clerk(t, "canbo@tuha.example", w.ward)
		w.people["hand"] = hand
		w.post(wardClerk, duty+"/chia", values("id", string(w.IDs.New()), "person", string(hand.ID))).leads(t, "split", duty)
		part := w.dutyTree(t, id, 1).Parts[0].ID
		tick := values("id", string(w.IDs.New()), "count", "1", "note", "Sáng nay", "from", "tick-file")
		for range 2 {
			w.bring(t, wardClerk, duty+"/ket-qua", tick, pdf("chu-nhat.pdf")).leads(t, "tick", duty)
		}
		bare := values("id", string(w.IDs.New()), "count", "1", "from", "tick-file")
		w.post(wardClerk, duty+"/ket-qua", bare).leads(t, "a tick without proof", duty)
		w.get(townClerk, duty).want(t, "both ticks", 200, "chu-nhat.pdf", missing)
		w.bring(t, wardClerk, duty+"/minh-chung", values("tick", bare.Get("id"), "part", "", "from", "file-"+bare.Get("id")), pdf("sau.pdf")).leads(t, "later", duty)
		w.bring(t, "hand", duty+"/phan/"+string(part), values("do", "done", "from", "file-"+string(part)), pdf("phan-toi.pdf"), pdf("phan-toi-2.pdf")).leads(t, "part", duty)
		page := w.get(townClerk, duty)
		page.want(t, "everything proved", 200, "chu-nhat.pdf", "sau.pdf", "phan-toi.pdf", "phan-toi-2.pdf")
		if strings.Contains(page.Body, missing) {
			t.Error("the mark stays")
		}
		d := w.dutyTree(t, id, 1)
		if len(d.FilesOf("", ident.ID(tick.Get("id")))) != 1 || len(d.FilesOf("", ident.ID(bare.Get("id")))) != 1 || len(d.FilesOf(part, "")) != 2 {
			t.Errorf("files: %+v", d.Files)
		}
		w.bring(t, wardClerk, at+"/nhiem-vu/2/minh-chung", values("tick", bare.Get("id")), pdf("x.pdf")).want(t, "under another duty", 404)
		w.bring(t, wardClerk, at+"/nhiem-vu/2/minh-chung", values("part", string(part)), pdf("x.pdf")).want(t, "another duty's part", 404)
		w.bring(t, wardClerk, at+"/nhiem-vu/9/minh-chung", nil, pdf("x.pdf")).want(t, "no such duty", 404)
		w.post(wardClerk, duty+"/ket-qua/"+tick.Get("id")+"/xoa", nil).leads(t, "noted by mistake", duty)
		if strings.Contains(w.get(wardClerk, duty).Body, "chu-nhat.pdf") {
			t.Error("the proof of what was taken back stays")
		}
	})
}

// Whatever is wrong with a file is said beside its input, and what was typed stays.
func TestABadProofKeepsTheForm(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at, id := w.asks(t)
		duty := at + "/nhiem-vu/1"
		w.post(wardClerk, duty+"/chia", values("id", string(w.IDs.New()), "name", "Nguyễn Văn Mẫu")).leads(t, "split", duty)
		part := string(w.dutyTree(t, id, 1).Parts[0].ID)
		var eleven []file
		for i := range cascade.MaxFiles + 1 {
			eleven = append(eleven, pdf(fmt.Sprintf("%d.pdf", i)))
		}
		bad := []struct {
			what   string
			files  []file
			status int
			why    string
		}{
			{"a text", []file{pdf("a.pdf"), {"loa.jpg", []byte("this is a text")}}, 415, "“loa.jpg” không nhận được"},
			{"too large", []file{{"to.pdf", make([]byte, cascade.MaxFileBytes+1)}}, 413, "“to.pdf” quá lớn, mỗi tệp tối đa 25 MB"},
			{"empty", []file{{"rong.png", nil}}, 422, "“rong.png” trống"},
			{"eleven", eleven, 422, "tối đa 10 tệp minh chứng"},
		}
		tick := string(w.IDs.New())
		forms := []struct {
			what, path string
			typed      url.Values
			kept       []string
		}{
			{"the duty", duty, values("done", "1", "note", "Đã quét dọn", "from", "duty-file-1"), []string{`value="Đã quét dọn"`, `id="duty-file-1"`}},
			{
				"the tick", duty + "/ket-qua", values("id", tick, "count", "7", "note", "Sáng nay", "at", "2024-06-06T08:00", "part", part, "from", "tick-file"),
				[]string{`value="7"`, `value="Sáng nay"`, `value="2024-06-06T08:00"`, `value="` + part + `" selected`, `value="` + tick + `"`},
			},
			{"the part", duty + "/phan/" + part, values("do", "done", "from", "file-"+part), []string{`id="file-` + part + `"`}},
			{"added", duty + "/minh-chung", values("part", "", "tick", "", "from", "file-duty"), []string{`id="file-duty"`}},
		}
		for _, f := range forms {
			for _, b := range bad {
				page := w.bring(t, wardClerk, f.path, f.typed, b.files...)
				page.want(t, f.what+", "+b.what, b.status, append(f.kept, b.why, lost, `aria-invalid="true"`)...)
				if n := strings.Count(page.Raw, `aria-invalid="true"`); n != 1 {
					t.Errorf("%s, %s: %d inputs are wrong", f.what, b.what, n)
				}
			}
		}
		d := w.dutyTree(t, id, 1)
		if d.Done() || len(d.Files) != 0 || len(d.Ticks) != 0 || d.Parts[0].Done() {
			t.Errorf("done by half: %+v", d)
		}
		w.bring(t, wardClerk, duty+"/ket-qua", values("id", tick, "count", "nhiều", "note", "Sáng nay", "from", "tick-file"), pdf("a.pdf")).
			want(t, "no number", 422, `value="nhiều"`, `value="Sáng nay"`, lost)
	})
}
