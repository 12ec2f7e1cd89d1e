package office_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

// written is what stands in the text of a block on a page of the editor.
func written(t *testing.T, body, number string) string {
	t.Helper()
	m := regexp.MustCompile(`<textarea[^>]* name="b\.` + number + `\.text"[^>]*>([^<]*)</textarea>`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("the page has no block %s", number)
	}
	return html.UnescapeString(m[1])
}

// offer is the button that writes a document into a block.
func offer(t *testing.T, body, number, symbol string) string {
	t.Helper()
	for _, item := range strings.Split(body, "<li>")[1:] {
		item, _, _ = strings.Cut(item, "</li>")
		m := regexp.MustCompile(`value="(insert\.` + number + `\.[^"]+)"`).FindStringSubmatch(item)
		if m != nil && strings.Contains(item, symbol) {
			return html.UnescapeString(m[1])
		}
	}
	t.Fatalf("%s is not offered", symbol)
	return ""
}

// TestCitingALetter goes the way without script: the buttons of the form look for a document and write it, in full the first time.
func TestCitingALetter(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		came, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("77", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Letters.Enter(t.Context(), d.clerk, came.ID, nil); err != nil {
			t.Fatal(err)
		}
		at := d.drafted(t)
		want(t, "the editor", d.Get(at), 200, `value="cite.0"`, "Viện dẫn văn bản")
		form := d.editor(t, at)
		form.Set("b.1.text", "Nội dung đã nêu tại")
		panel := d.Post(at, with(form, "do", "cite.1"))
		want(t, "offered", panel, 200, `name="find"`, "Công văn số 1518/UBND-VH", "Công văn số 77/UBND-VH ngày", "Đã viện dẫn ở trên")
		if got := written(t, panel.Body, "1"); got != "Nội dung đã nêu tại" {
			t.Errorf("what was typed became %q", got)
		}
		found := d.Post(at, with(form, "do", "cite.1", "citing", "1", "find", "77/UBND"))
		want(t, "searched", found, 200, "Công văn số 77/UBND-VH", `value="77/UBND"`)
		if strings.Contains(found.Body, "1518/UBND-VH về việc") || strings.Count(found.Body, `value="insert.`) != 1 {
			t.Error("the search finds more than the letter")
		}
		want(t, "the Enter key searches", d.Post(at, with(form, "do", "enter", "citing", "1", "find", "77/UBND")), 200, `value="insert.1.`+string(came.ID))
		want(t, "nothing found", d.Post(at, with(form, "do", "cite.1", "citing", "1", "find", "khong co gi")), 200, "Không tìm thấy")

		full := d.Post(at, with(form, "do", offer(t, found.Body, "1", "77/UBND-VH")))
		text := written(t, full.Body, "1")
		if !strings.HasPrefix(text, "Nội dung đã nêu tại Công văn số 77/UBND-VH ngày ") || !strings.Contains(text, " của ") || !strings.Contains(text, " về việc ") {
			t.Errorf("the first time: %q", text)
		}
		form.Set("b.1.text", text)
		form.Set("b.2.text", "Theo , các đơn vị thực hiện.")
		again := d.Post(at, with(form, "do", "insert.2."+string(came.ID), "caret", "2.5"))
		if got := written(t, again.Body, "2"); got != "Theo Công văn số 77/UBND-VH, các đơn vị thực hiện." {
			t.Errorf("the second time, where the clerk stood: %q", got)
		}
		want(t, "the words keep the form", again, 200)
		if strings.Contains(again.Body, "Viện dẫn lần đầu") {
			t.Error("what was inserted departs from the decree")
		}
		form.Set("b.0.text", "")
		if got := written(t, d.Post(at, with(form, "do", "insert.0."+string(came.ID))).Body, "0"); !strings.HasPrefix(got, "Thực hiện Công văn số 77/UBND-VH ngày ") {
			t.Errorf("an empty basis: %q", got)
		}
		for what, do := range map[string]string{"no letter": "insert.1.nothing", "a letter that is not there": "insert.1." + string(d.IDs.New())} {
			want(t, what, d.Post(at, with(form, "do", do)), 404)
		}
		foreign, err := d.Letters.Compose(t.Context(), d.wardClerk, letter.ComposeInput{ID: d.IDs.New(), Issuer: d.ward.ID, Document: lettertest.Document("Kín.")})
		if err != nil {
			t.Fatal(err)
		}
		want(t, "another unit's draft", d.Post(at, with(form, "do", "insert.1."+string(foreign.ID))), 404)
		want(t, "no such block", d.Post(at, with(form, "do", "cite.99")), 303) // an unknown button saves, as ever
		want(t, "another unit's clerk", d.As(d.Actor(person.Clerk, d.ward)).Post(at, url.Values{"do": {"cite.0"}}), 403)
	})
}
