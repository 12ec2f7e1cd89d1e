package office_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

var reBox = regexp.MustCompile(`<input type="checkbox" value="([^"]*)"[^>]*name="departs"`)

// box is what the box to tick sends that says a letter is signed all the same.
func box(t *testing.T, body string) string {
	t.Helper()
	m := reBox.FindStringSubmatch(body)
	if m == nil {
		t.Fatal("there is no box to tick")
	}
	return m[1]
}

// handed submits a document of the town and returns its page.
func (d *desk) handed(t *testing.T, doc letter.Document) string {
	t.Helper()
	l, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
	if err != nil {
		t.Fatal(err)
	}
	at := "/don-vi/soan-thao/" + string(l.ID)
	form := d.editor(t, at)
	form.Set("do", "submit")
	if a := d.Post(at, form); a.Location != at {
		t.Fatalf("submit: %d\n%s", a.Status, a.Body)
	}
	return at
}

// TestALeaderSignsKnowingly: where the letter departs from the decree stands above the button, with one box to tick; a letter that
// departs nowhere asks nothing.
func TestALeaderSignsKnowingly(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		good := d.handed(t, lettertest.Document("Họp dân vào sáng chủ nhật.")) // which is advice
		if body := d.As(d.leader).Get(good).Body; reBox.MatchString(body) {
			t.Error("a letter with its form asks for something")
		}
		want(t, "signed with one tap", d.Post(good+"/ky", url.Values{"version": {d.version(t, good)}}), http.StatusSeeOther)

		doc := lettertest.Document("Họp dân.")
		doc.Recipients, doc.Signer.Capacity = []string{"Như trên", "Lưu: VH"}, nil
		at := d.handed(t, doc)
		page := d.As(d.leader).Get(at)
		want(t, "the page", page, http.StatusOK, "Còn 2 điểm khác Nghị định 30", "Ký dù văn bản còn 2 điểm khác Nghị định 30",
			"Dòng lưu không mở đầu bằng “VT”: “Lưu: VH”.", "Ủy ban nhân dân ban hành nhưng không ghi “TM.”.")
		if _, back, _ := strings.Cut(page.Body, at+"/tra-lai"); !strings.Contains(back, "Dòng lưu không mở đầu bằng “VT”: “Lưu: VH”.\nỦy ban") {
			t.Error("the words to send it back with do not say what is to be mended")
		}
		seen := box(t, page.Body)
		version := d.version(t, at)
		unticked := d.Post(at+"/ky", url.Values{"version": {version}, "words": {"Đồng ý."}})
		want(t, "not ticked", unticked, http.StatusUnprocessableEntity, "Văn bản còn 2 điểm khác thể thức", `href="#f-departs"`, `id="f-departs"`)
		for name, marks := range map[string]string{"nonsense": "on", "half of it": strings.Fields(seen)[0], "long": strings.Repeat("x ", 50_000)} {
			want(t, name, d.Post(at+"/ky", url.Values{"version": {version}, "departs": {marks}}), http.StatusUnprocessableEntity, "vừa thay đổi")
		}

		// Rewritten while the leader reads: it is another letter, and what was ticked is of the one before.
		d.As(d.clerk).Post(at+"/rut-lai", nil)
		form := d.editor(t, at)
		form.Set("recipients", "Như trên\nLưu: VP")
		form.Set("do", "submit")
		want(t, "submitted again", d.Post(at, form), http.StatusSeeOther)
		want(t, "what was read", d.As(d.leader).Post(at+"/ky", url.Values{"version": {version}, "departs": {seen}}), http.StatusConflict)
		version = d.version(t, at)
		again := d.Post(at+"/ky", url.Values{"version": {version}, "departs": {seen}})
		want(t, "what was ticked", again, http.StatusUnprocessableEntity, "vừa thay đổi", "“Lưu: VP”")
		seen = box(t, again.Body)
		want(t, "signed", d.Post(at+"/ky", url.Values{"version": {version}, "departs": {seen}, "words": {"Đồng ý."}}), http.StatusSeeOther)
		want(t, "the history", d.Get(at), http.StatusOK, "Đồng ý.\nKý dù còn 2 điểm khác thể thức:\nDòng lưu không mở đầu bằng “VT”: “Lưu: VP”.")

		at = d.handed(t, doc)
		page = d.As(d.clerk).Get(at)
		want(t, "a clerk's page", page, http.StatusOK, "Đã ký dù văn bản còn 2 điểm khác Nghị định 30")
		paper := url.Values{"version": {d.version(t, at)}, "signer": {"Nguyễn Văn Mẫu"}}
		want(t, "on paper, not ticked", d.Post(at+"/ky-giay", paper), http.StatusUnprocessableEntity, `href="#f-departs-paper"`, `id="f-departs-paper"`)
		paper.Set("departs", box(t, page.Body))
		want(t, "on paper", d.Post(at+"/ky-giay", paper), http.StatusSeeOther)
		want(t, "its history", d.Get(at), http.StatusOK, "Ký dù còn 2 điểm khác thể thức")
	})
}

// TestWhatALetterLacksIsNamed: to the clerk with the way to its input, to a leader whom it reached before instead of the button.
func TestWhatALetterLacksIsNamed(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		doc := lettertest.Document("Họp dân.")
		l, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/soan-thao/" + string(l.ID)
		form := with(d.editor(t, at), "do", "submit", "addressees", "", "position", "", "capacity", "", "place", "", "recipients", " ")
		a := d.Post(at, form)
		want(t, "submitted", a, http.StatusUnprocessableEntity)
		for input, text := range map[string]string{
			"addressees": "Chưa có nơi kính gửi.", "position": "Chưa có chức vụ người ký.", "place": "Chưa có địa danh.", "recipients": "Chưa có nơi nhận.",
		} {
			if !strings.Contains(a.Body, `<a href="#f-`+input+`">`+text+`</a>`) || !strings.Contains(a.Body, `id="f-`+input+`"`) {
				t.Errorf("nothing leads to %s by %q", input, text)
			}
		}
		empty := with(d.editor(t, at), "do", "submit", "n", "0")
		want(t, "without content", d.Post(at, empty), http.StatusUnprocessableEntity, `<a href="#f-blocks">Chưa có nội dung.</a>`, `id="f-blocks"`)

		d.Letters.JudgeWith(nil) // as it was before
		form = with(d.editor(t, at), "do", "submit", "addressees", "", "place", "Hương Trà", "recipients", "Như trên\nLưu: VT", "position", "CHỦ TỊCH", "capacity", "TM. ỦY BAN NHÂN DÂN")
		if a := d.Post(at, form); a.Location != at {
			t.Fatalf("submit: %d", a.Status)
		}
		d.Letters.JudgeWith(decree.Judge)
		page := d.As(d.leader).Get(at)
		want(t, "a leader", page, http.StatusOK, "chưa ký được", "Chưa có nơi kính gửi.", at+"/tra-lai")
		if strings.Contains(page.Body, at+`/ky"`) {
			t.Error("a letter that cannot be signed has the button")
		}
		want(t, "signed all the same", d.Post(at+"/ky", url.Values{"version": {strconv.FormatInt(d.stored(t, at).Version, 10)}}), http.StatusUnprocessableEntity, "Chưa có nơi kính gửi.")
		if strings.Contains(d.As(d.clerk).Get(at).Body, at+`/ky-giay"`) {
			t.Error("a signature on paper can be recorded")
		}
	})
}
