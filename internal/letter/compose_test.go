package letter_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func TestComposedLetterFromDraftToRegister(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		in := letter.ComposeInput{ID: d.IDs.New(), Issuer: d.Town.ID, Document: lettertest.Document("Treo áp phích.", "Họp dân.")}
		l, err := d.Letters.Compose(t.Context(), clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := d.Letters.Compose(t.Context(), clerk, in); err != nil || again.ID != l.ID || again.Version != l.Version {
			t.Errorf("composing twice: %+v, %v", again.ID, err)
		}
		if _, err := d.Letters.Correct(t.Context(), clerk, l.ID, l.Version, l.Fields); err == nil {
			t.Error("the fields of a composed letter were corrected beside its document")
		}
		doc := *l.Document
		doc.Blocks = append(slices.Clone(doc.Blocks), letter.Block{Kind: letter.DutyBlock, Text: "Báo cáo kết quả."})
		if l, err = d.Letters.Rewrite(t.Context(), clerk, l.ID, l.Version, doc); err != nil {
			t.Fatal(err)
		}
		if len(l.Fields.Duties) != 3 || l.Fields.Duties[2].Number != 3 {
			t.Errorf("duties: %+v", l.Fields.Duties)
		}
		_, err = d.Letters.Rewrite(t.Context(), clerk, l.ID, 1, doc)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.changed")

		_, err = d.Letters.Register(t.Context(), clerk, l.ID)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.unsigned")
		d.Sign(t, l)
		registered, err := d.Letters.Register(t.Context(), clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if registered.Symbol() != "01/UBND-VH" || registered.Document.Symbol() != registered.Symbol() || registered.Document.Date.IsZero() {
			t.Errorf("registered as %q, its document says %q", registered.Symbol(), registered.Document.Symbol())
		}
		stored, err := d.Letters.Get(t.Context(), clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(registered, stored); diff != "" {
			t.Errorf("what was returned is not what was stored\n%s", diff)
		}
	})
}

// TestReadUnderstandsWhatIsComposed: the text of a document reads back to what it says.
func TestReadUnderstandsWhatIsComposed(t *testing.T) {
	doc := lettertest.Document("Treo áp phích tại nhà văn hóa.", "Phát trên hệ thống truyền thanh.")
	doc.Number, doc.Date = "12", letter.Date{Year: 2024, Month: 6, Day: 6}
	r, err := letter.ReadBytes([]byte(doc.Text()), letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Fields()
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"symbol", f.Symbol(), doc.Symbol()},
		{"type", f.Type, doc.Type},
		{"organ", f.Organ, doc.Organ},
		{"place", f.Place, doc.Place},
		{"date", f.Date, doc.Date},
		{"subject", f.Subject, doc.Subject},
		{"addressees", f.Addressees, doc.Addressees},
		{"recipients", f.Recipients, doc.Recipients},
		{"signer", f.Signer.Name, doc.Signer.Name},
		{"duties", len(f.Duties), len(doc.Duties())},
		{"first duty", f.Duties[0].Text, doc.Duties()[0].Text},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-written +read)\n%s", c.what, diff)
		}
	}
}
