package office_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"sachhon/internal/person"
)

// labelOf is the label of an input with what stands behind it.
func labelOf(t *testing.T, body, input string) string {
	t.Helper()
	m := regexp.MustCompile(`(?s)<label[^>]* for="f-` + regexp.QuoteMeta(input) + `">(.*?)</label>`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("there is no label for %s", input)
	}
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[1], " ")), " ")
}

// TestTheEditorSaysWhatIsNeeded: a draft is saved without, what its type needs is marked so, and each deviation leads to its input.
func TestTheEditorSaysWhatIsNeeded(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		form := d.editor(t, at)
		for _, name := range []string{"addressees", "position", "capacity", "name", "place", "recipients"} {
			form.Set(name, "")
		}
		form.Set("b.1.text", form.Get("b.1.text")+" Ra quân sáng chủ nhật.")
		form.Set("do", "save")
		if a := d.Post(at, form); a.Status != http.StatusSeeOther {
			t.Fatalf("a draft that lacks things is not saved: %d", a.Status)
		}
		body := d.Get(at).Body
		const needed, optional = "(cần khi ban hành)", "(không bắt buộc)"
		for input, label := range map[string]string{
			"addressees": "Kính gửi " + needed, "position": "Chức vụ " + needed, "name": "Họ tên người ký " + needed, "place": "Địa danh " + needed,
			"recipients": "Nơi nhận " + needed, "capacity": "Quyền hạn ký " + optional, "superior": "Cơ quan chủ quản " + optional, "type": "Loại văn bản",
		} {
			if got := labelOf(t, body, input); got != label {
				t.Errorf("%s is labelled %q, want %q", input, got, label)
			}
		}
		for _, link := range []string{
			`<a href="#f-addressees">Kính gửi</a>`, `<a href="#f-position">Chức vụ</a>`, `<a href="#f-name">Họ tên người ký</a>`, `<a href="#f-place">Địa danh</a>`,
			`<a href="#f-recipients">Nơi nhận</a>`, `<a href="#f-b.1.text">Đoạn 2</a>`,
		} {
			if !strings.Contains(body, link) {
				t.Errorf("no deviation leads by %s", link)
			}
		}
		for _, id := range []string{`id="f-b.1.text"`, `id="f-place"`} {
			if !strings.Contains(body, id) {
				t.Errorf("there is no %s to go to", id)
			}
		}
		if !regexp.MustCompile(`(?s)<details class="office__more" open>\s*<summary>Cơ quan, ký hiệu, địa danh`).MatchString(body) {
			t.Error("the part with the place is closed although it is to be mended")
		}
		form = d.editor(t, at)
		form.Set("type", "kế hoạch")
		form.Set("do", "preview")
		if got := labelOf(t, d.Post(at, form).Body, "addressees"); got != "Kính gửi "+optional {
			t.Errorf("of a plan: %q", got)
		}
	})
}

// TestAYouthUnionWritesInItsForm: drafted with one button, shown, printed and numbered in the form of the Youth Union; its clerk may
// choose another for what is drafted from then on.
func TestAYouthUnionWritesInItsForm(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		youth := d.Unit(t, "480.DTN")
		clerk := d.Actor(person.Clerk, youth)
		d.As(clerk)
		draft := func() string {
			form := d.Get("/don-vi/soan-thao/moi?don-vi=" + string(youth.ID)).Hidden()
			form.Set("unit", string(youth.ID))
			form.Set("template", "letter")
			form.Set("signer", "0")
			form.Del("do")
			a := d.Post("/don-vi/soan-thao/moi?don-vi="+string(youth.ID), form)
			if a.Status != http.StatusSeeOther {
				t.Fatalf("draft: %d", a.Status)
			}
			return a.Location
		}
		at := draft()
		want(t, "the editor", d.Get(at), http.StatusOK, "ĐOÀN TNCS HỒ CHÍ MINH", "***", "BCH ĐOÀN THỊ XÃ", "-CV/TĐTN", "Thể thức: Đoàn TNCS Hồ Chí Minh")
		if body := d.Get(at).Body; strings.Contains(body, "CỘNG HÒA XÃ HỘI") {
			t.Error("the page shows the State's name")
		}
		printed := printedPages(t, d.Get(at+"/pdf").Body)
		if text := fmt.Sprint(printed); !strings.Contains(text, "TNCS") || strings.Contains(text, "CỘNG") {
			t.Errorf("printed: %s", text)
		}

		head := "/don-vi/soan-thao/the-thuc?don-vi=" + string(youth.ID)
		a := d.Get(head)
		want(t, "the letterhead", a, http.StatusOK, `<option value="youth" selected>`, "12-CV/TĐTN")
		form := a.Hidden()
		for name, value := range map[string]string{"form": "state", "mark": "TĐTN", "place": "Hương Trà"} {
			form.Set(name, value)
		}
		if a := d.Post(head, form); a.Status != http.StatusSeeOther {
			t.Fatalf("the letterhead: %d", a.Status)
		}
		want(t, "the letterhead afterwards", d.Get(head), http.StatusOK, `<option value="state" selected>`, "12/TĐTN")
		want(t, "what is drafted then", d.Get(draft()), http.StatusOK, "CỘNG HÒA XÃ HỘI")
		want(t, "what was drafted before", d.Get(at), http.StatusOK, "ĐOÀN TNCS HỒ CHÍ MINH")
		form.Set("form", "ours")
		want(t, "an unknown form", d.Post(head, form), http.StatusUnprocessableEntity, "Hãy chọn thể thức")
	})
}
