package office_test

import (
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// A duty keeps the number of the one it passes on, whatever the clerk writes in its place.
func TestADutyKeepsWhereItComesFrom(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.As(d.clerk)
		doc := lettertest.Document("Thông báo thể lệ.", "Vận động đăng ký.")
		var texts []string
		for i := range doc.Blocks {
			if doc.Blocks[i].Kind == letter.DutyBlock {
				doc.Blocks[i].Duty = &letter.Duty{From: 3 + len(texts)}
			}
			texts = append(texts, doc.Blocks[i].Text+" Sửa lời.")
		}
		l, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/soan-thao/" + string(l.ID)
		form := d.shown(t, at, d.Get(at).Body, texts...)
		for name, values := range d.Get(at).Hidden() { // as the browser sends them
			form[name] = values
		}
		if a := d.Post(at, with(form, "do", "save")); a.Location == "" {
			t.Fatalf("save: %d\n%s", a.Status, a.Body)
		}
		for i, b := range d.stored(t, at).Document.Blocks {
			if b.Kind == letter.DutyBlock && (b.Duty.From != 3+i || b.Text != texts[i]) {
				t.Errorf("block %d comes from %d: %q", i, b.Duty.From, b.Text)
			}
		}
	})
}
