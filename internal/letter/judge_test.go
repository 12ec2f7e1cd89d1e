package letter_test

import (
	"slices"
	"strings"
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

// departing judges that a document departs where its recipients do, and lacks its addressees where it has none.
func departing(doc letter.Document) letter.Judgement {
	var j letter.Judgement
	if len(doc.Addressees) == 0 {
		j.Lacks = append(j.Lacks, "addressees")
	}
	for _, r := range doc.Recipients {
		if strings.HasPrefix(r, "Lưu") && !strings.HasPrefix(r, "Lưu: VT") {
			j.Departs = append(j.Departs, letter.Departure{Code: "archiveOffice", Field: "recipients", Args: map[string]string{"Text": r}})
		}
	}
	return j
}

// TestALetterThatDepartsIsSignedKnowingly: it is submitted without a question and signed by whoever says which departures they saw;
// what another document departs in is asked for again, and what was seen is kept with the signature and in the log.
func TestALetterThatDepartsIsSignedKnowingly(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		d.Letters.JudgeWith(departing)
		ctx, clerk, leader := t.Context(), d.Actor(person.Clerk, d.Town), d.Actor(person.Leader, d.Town)
		submitted := func(archive string) letter.Letter {
			t.Helper()
			doc := lettertest.Document("Treo áp phích.")
			doc.Recipients = []string{"Như trên", archive}
			l, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
			if err != nil {
				t.Fatal(err)
			}
			if l, err = d.Letters.Submit(ctx, clerk, l.ID, ""); err != nil {
				t.Fatal(err)
			}
			return l
		}
		l := submitted("Lưu: VH")
		departs := d.Letters.Judged(l).Departs
		other := letter.Departure{Code: "archiveOffice", Field: "recipients", Args: map[string]string{"Text": "Lưu: VP"}}
		if departs[0].Mark() == other.Mark() {
			t.Fatal("two departures have one mark")
		}
		for _, tt := range []struct {
			name string
			by   person.Actor
			in   letter.SignInput
			key  string
		}{
			{"nothing was confirmed", leader, letter.SignInput{}, "letter.fault.departs"},
			{"on paper, nothing was confirmed", clerk, letter.SignInput{OnPaper: true, Signer: "Nguyễn Văn Mẫu"}, "letter.fault.departs"},
			{"another one was seen", leader, letter.SignInput{Departs: []string{other.Mark()}}, "letter.fault.departsOtherwise"},
			{"only its kind", leader, letter.SignInput{Departs: []string{"archiveOffice"}}, "letter.fault.departsOtherwise"},
			{"nonsense", leader, letter.SignInput{Departs: slices.Repeat([]string{"", "on", "<b>\x00"}, 1_000)}, "letter.fault.departsOtherwise"},
		} {
			_, err := d.Letters.Sign(ctx, tt.by, l.ID, tt.in)
			if got := faulttest.Fields(err); !slices.Equal(got, []string{"departs " + tt.key}) {
				t.Errorf("%s: %v, %v", tt.name, got, err)
			}
		}
		for range 2 {
			signed, err := d.Letters.Sign(ctx, leader, l.ID, letter.SignInput{Seen: l.Version, Departs: []string{"unknown", departs[0].Mark()}, Words: "Đồng ý."})
			if err != nil || signed.State != letter.Signed {
				t.Fatalf("signed: %q, %v", signed.State, err)
			}
		}
		steps, err := d.Letters.Steps(ctx, clerk, l.ID)
		if err != nil || len(steps) != 2 || len(steps[0].Departs) != 0 {
			t.Fatalf("the way is %+v, %v", steps, err)
		}
		if diff := cmp.Diff(departs, steps[1].Departs); diff != "" || steps[1].Words != "Đồng ý." || steps[1].By != leader.ID {
			t.Errorf("the signature is kept as %+v (-want +got)\n%s", steps[1], diff)
		}
		records, err := d.Log.Of(ctx, db, l.ID)
		if err != nil || len(records) != 3 {
			t.Fatalf("%d entries of the log, %v", len(records), err)
		}
		for i, r := range records {
			if got := strings.Contains(r.After, `"departs":["archiveOffice"]`); got != (i == 2) {
				t.Errorf("entry %d: %s", i, r.After)
			}
		}

		on := submitted("Lưu: VH")
		if on, err = d.Letters.Sign(ctx, clerk, on.ID, letter.SignInput{OnPaper: true, Signer: "Nguyễn Văn Mẫu", Departs: []string{departs[0].Mark()}}); err != nil || on.State != letter.Signed {
			t.Errorf("on paper: %q, %v", on.State, err)
		}
		right := submitted("Lưu: VT")
		if right, err = d.Letters.Sign(ctx, leader, right.ID, letter.SignInput{Departs: []string{other.Mark()}}); err != nil || right.State != letter.Signed {
			t.Errorf("one that departs nowhere any more: %q, %v", right.State, err)
		}
		if steps, err = d.Letters.Steps(ctx, clerk, right.ID); err != nil || len(steps[1].Departs) > 0 {
			t.Errorf("its signature is kept as %+v, %v", steps, err)
		}

		// It is rewritten while the leader reads: the version says so, and where none is said, the other departure.
		moved := submitted("Lưu: VH")
		read := moved.Version
		if moved, err = d.Letters.Withdraw(ctx, clerk, moved.ID); err != nil {
			t.Fatal(err)
		}
		doc := *moved.Document
		doc.Recipients = []string{"Như trên", "Lưu: VP"}
		if moved, err = d.Letters.Rewrite(ctx, clerk, moved.ID, moved.Version, doc); err != nil {
			t.Fatal(err)
		}
		if moved, err = d.Letters.Submit(ctx, clerk, moved.ID, ""); err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Sign(ctx, leader, moved.ID, letter.SignInput{Seen: read, Departs: []string{departs[0].Mark()}})
		faulttest.Is(t, err, fault.Conflict, "letter.fault.changed")
		_, err = d.Letters.Sign(ctx, leader, moved.ID, letter.SignInput{Departs: []string{departs[0].Mark()}})
		faulttest.Is(t, err, fault.Invalid, "letter.fault.departsOtherwise")
		if moved, err = d.Letters.Sign(ctx, leader, moved.ID, letter.SignInput{Seen: moved.Version, Departs: []string{other.Mark()}}); err != nil || moved.State != letter.Signed {
			t.Errorf("what stands there now: %q, %v", moved.State, err)
		}
	})
}

// TestWhatLacksAPartIsNotSigned: nor submitted, whatever is confirmed; a letter that was submitted before the part was asked for
// goes back to its writer.
func TestWhatLacksAPartIsNotSigned(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		ctx, clerk, leader := t.Context(), d.Actor(person.Clerk, d.Town), d.Actor(person.Leader, d.Town)
		doc := lettertest.Document("Treo áp phích.")
		doc.Addressees, doc.Signer.Name = nil, "…"
		l, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		want := func(err error, fields ...string) {
			t.Helper()
			if diff := cmp.Diff(fields, faulttest.Fields(err)); diff != "" || fault.KindOf(err) != fault.Invalid {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		}
		_, err = d.Letters.Submit(ctx, clerk, l.ID, "")
		want(err, "signer.name letter.fault.lacks.signer.name")
		doc.Signer.Name = "Nguyễn Văn Mẫu"
		if l, err = d.Letters.Rewrite(ctx, clerk, l.ID, l.Version, doc); err != nil {
			t.Fatal(err)
		}
		if l, err = d.Letters.Submit(ctx, clerk, l.ID, ""); err != nil {
			t.Fatal(err)
		}
		d.Letters.JudgeWith(departing)
		_, err = d.Letters.Sign(ctx, leader, l.ID, letter.SignInput{Seen: l.Version, Departs: []string{"addressees"}})
		want(err, "addressees letter.fault.lacks.addressees")
		_, err = d.Letters.Sign(ctx, clerk, l.ID, letter.SignInput{OnPaper: true, Signer: "Nguyễn Văn Mẫu"})
		want(err, "addressees letter.fault.lacks.addressees")
		if l, err = d.Letters.SendBack(ctx, leader, l.ID, "Bổ sung nơi kính gửi."); err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Submit(ctx, clerk, l.ID, "")
		want(err, "addressees letter.fault.lacks.addressees")
		doc.Addressees = []string{"Các tổ dân phố"}
		if l, err = d.Letters.Rewrite(ctx, clerk, l.ID, l.Version, doc); err != nil {
			t.Fatal(err)
		}
		d.Sign(t, l)
	})
}
