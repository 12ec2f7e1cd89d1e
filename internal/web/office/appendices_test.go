package office_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/letter"
)

// shown is the form of the editor as a browser sends it: the hidden inputs, and the text of every block.
func (d *desk) shown(t *testing.T, at, body string, blocks ...string) url.Values {
	t.Helper()
	form := d.editor(t, at)
	for name := range form {
		if strings.HasPrefix(name, "b.") {
			form.Del(name)
		}
	}
	n := strings.Count(body, `data-block="`)
	form.Set("n", fmt.Sprint(n))
	for i := range n {
		name := fmt.Sprintf("b.%d.kind", i)
		_, after, ok := strings.Cut(body, `name="`+name+`" value="`)
		if !ok {
			t.Fatalf("the form has no %s", name)
		}
		kind, _, _ := strings.Cut(after, `"`)
		form.Set(name, kind)
		if i < len(blocks) {
			form.Set(fmt.Sprintf("b.%d.text", i), blocks[i])
		}
	}
	return form
}

// TestAppendicesAreEdited: added, filled, moved as a whole and removed again, numbered in Roman figures when there are several.
func TestAppendicesAreEdited(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		var main []string
		for _, b := range d.stored(t, at).Document.Blocks {
			main = append(main, b.Text)
		}
		page := d.Get(at)
		want(t, "editor", page, 200, "Thêm phụ lục")
		page = d.Post(at, with(d.shown(t, at, page.Body, main...), "do", "add.appendix"))
		want(t, "added", page, 200, "Tên phụ lục")
		first := append(append([]string{}, main...), "Danh sách điểm đen", "Bờ sông Bồ, phường Tứ Hạ.")
		page = d.Post(at, with(d.shown(t, at, page.Body, first...), "do", "add.appendix"))
		want(t, "a second one", page, 200, "Phụ lục I", "Phụ lục II", "Danh sách điểm đen")
		both := append(append([]string{}, first...), "Mẫu báo cáo", "Số người tham gia: …")
		form := d.shown(t, at, page.Body, both...)
		want(t, "preview", d.Post(at+"/xem-truoc", form), 200, ">Phụ lục I<", ">Phụ lục II<", ">MẪU BÁO CÁO<", ">(Kèm theo Công văn số")
		if a := d.Post(at, with(form, "do", "save")); a.Location == "" {
			t.Fatalf("save: %d\n%s", a.Status, a.Body)
		}
		check := func(what string, titles ...string) letter.Document {
			t.Helper()
			doc := *d.stored(t, at).Document
			var got []string
			for _, a := range doc.Appendices {
				got = append(got, a.Title)
			}
			if strings.Join(got, "|") != strings.Join(titles, "|") || len(doc.Blocks) != len(main) {
				t.Errorf("%s: appendices %q below %d blocks, want %q below %d", what, got, len(doc.Blocks), titles, len(main))
			}
			return doc
		}
		doc := check("saved", "Danh sách điểm đen", "Mẫu báo cáo")
		if b := doc.Appendices[0].Blocks; len(b) != 1 || b[0].Text != "Bờ sông Bồ, phường Tứ Hạ." || b[0].Kind != letter.ParagraphBlock {
			t.Errorf("the first holds %+v", b)
		}
		if a := d.Get(at + "/docx"); a.Status != 200 {
			t.Errorf("DOCX: %d", a.Status)
		}

		page = d.Get(at)
		want(t, "opened again", page, 200, "Phụ lục II", "Bờ sông Bồ, phường Tứ Hạ.")
		down := fmt.Sprint("down.", len(main))
		page = d.Post(at, with(d.shown(t, at, page.Body, both...), "do", down))
		moved := append(append([]string{}, main...), "Mẫu báo cáo", "Số người tham gia: …", "Danh sách điểm đen", "Bờ sông Bồ, phường Tứ Hạ.")
		d.Post(at, with(d.shown(t, at, page.Body, moved...), "do", "save"))
		check("moved down", "Mẫu báo cáo", "Danh sách điểm đen")
		page = d.Get(at)
		page = d.Post(at, with(d.shown(t, at, page.Body, moved...), "do", fmt.Sprint("up.", len(main)+2)))
		d.Post(at, with(d.shown(t, at, page.Body, both...), "do", "save"))
		check("moved up", "Danh sách điểm đen", "Mẫu báo cáo")
		page = d.Get(at)
		page = d.Post(at, with(d.shown(t, at, page.Body, both...), "do", fmt.Sprint("remove.", len(main))))
		d.Post(at, with(d.shown(t, at, page.Body, moved[:len(main)+2]...), "do", "save"))
		check("removed", "Mẫu báo cáo")
		page = d.Post(at, with(d.shown(t, at, d.Get(at).Body, moved[:len(main)+2]...), "do", "add.appendix"))
		d.Post(at, with(d.shown(t, at, page.Body, moved[:len(main)+2]...), "do", "save"))
		check("an empty one is not kept", "Mẫu báo cáo")
		long := strings.Repeat("dài ", 40_000)
		page = d.Get(at)
		want(t, "too long", d.Post(at, with(d.shown(t, at, page.Body, append(append([]string{}, main...), "Mẫu báo cáo", long)...), "do", "save")), 422, fmt.Sprintf(`b.%d.text`, len(main)+1))
	})
}
