package letter_test

import (
	"context"
	"slices"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

func TestTheWayToTheSignature(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		ctx := t.Context()
		clerk, leader := d.Actor(person.Clerk, d.Town), d.Actor(person.Leader, d.Town)
		l, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Treo áp phích.")})
		if err != nil {
			t.Fatal(err)
		}
		state := func(want letter.State, got letter.Letter, err error) {
			t.Helper()
			if err != nil || got.State != want {
				t.Fatalf("state %q, %v; want %q", got.State, err, want)
			}
			l = got
		}
		whole := *l.Document
		open := whole
		open.Blocks = append(slices.Clone(whole.Blocks), letter.Block{Kind: letter.BulletBlock, Text: "Địa điểm: …"}, letter.Block{Kind: letter.BulletBlock, Text: "Cuốc, xẻng, bao tải, v.v…"})
		got, err := d.Letters.Rewrite(ctx, clerk, l.ID, l.Version, open)
		state(letter.Draft, got, err)
		_, err = d.Letters.Submit(ctx, clerk, l.ID, "")
		if got := faulttest.Fields(err); !slices.Equal(got, []string{"blocks.3 letter.fault.unfilled"}) {
			t.Errorf("a place left open: %v", got)
		}
		got, err = d.Letters.Rewrite(ctx, clerk, l.ID, l.Version, whole)
		state(letter.Draft, got, err)
		got, err = d.Letters.Submit(ctx, clerk, l.ID, "Kính trình anh ký.")
		state(letter.Submitted, got, err)
		again, err := d.Letters.Submit(ctx, clerk, l.ID, "Kính trình anh ký.")
		state(letter.Submitted, again, err)
		_, err = d.Letters.Rewrite(ctx, clerk, l.ID, l.Version, *l.Document)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.registered")
		_, err = d.Letters.Sign(ctx, clerk, l.ID, letter.SignInput{})
		faulttest.Is(t, err, fault.Forbidden, "")
		_, err = d.Letters.SendBack(ctx, leader, l.ID, " ")
		faulttest.Is(t, err, fault.Invalid, "letter.fault.wordsMissing")
		got, err = d.Letters.SendBack(ctx, leader, l.ID, "Bổ sung thời hạn báo cáo.")
		state(letter.Draft, got, err)
		got, err = d.Letters.Submit(ctx, clerk, l.ID, "")
		state(letter.Submitted, got, err)
		got, err = d.Letters.Withdraw(ctx, clerk, l.ID)
		state(letter.Draft, got, err)
		got, err = d.Letters.Submit(ctx, clerk, l.ID, "")
		state(letter.Submitted, got, err)
		_, err = d.Letters.Sign(ctx, clerk, l.ID, letter.SignInput{OnPaper: true})
		faulttest.Is(t, err, fault.Invalid, "letter.fault.signerMissing")
		_, err = d.Letters.Sign(ctx, leader, l.ID, letter.SignInput{Seen: got.Version - 2})
		faulttest.Is(t, err, fault.Conflict, "letter.fault.changed")
		got, err = d.Letters.Sign(ctx, clerk, l.ID, letter.SignInput{OnPaper: true, Signer: "Nguyễn Văn Mẫu", Seen: got.Version})
		state(letter.Signed, got, err)
		got, err = d.Letters.Register(ctx, clerk, l.ID)
		state(letter.Registered, got, err)

		steps, err := d.Letters.Steps(ctx, clerk, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := []letter.Event{letter.Submit, letter.SendBack, letter.Submit, letter.Withdraw, letter.Submit, letter.Sign}
		if len(steps) != len(want) {
			t.Fatalf("%d steps were written down, want %d", len(steps), len(want))
		}
		for i, s := range steps {
			if s.Event != want[i] || s.By == "" || s.At.IsZero() {
				t.Errorf("step %d: %+v, want %s", i, s, want[i])
			}
		}
		if signed := steps[5]; !signed.OnPaper || signed.Signer != "Nguyễn Văn Mẫu" || signed.By != clerk.ID {
			t.Errorf("the signature on paper was written down as %+v", signed)
		}
		if steps[1].Words != "Bổ sung thời hạn báo cáo." || steps[1].By != leader.ID {
			t.Errorf("sent back: %+v", steps[1])
		}
	})
}

func TestWhatIsNotReadyIsNotSubmitted(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		doc := lettertest.Document("Treo áp phích.")
		doc.Signer.Name, doc.Subject = "", ""
		l, err := d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Submit(t.Context(), clerk, l.ID, "")
		faulttest.Is(t, err, fault.Invalid, "")
		for _, name := range []string{"subject", "signer.name"} {
			if got := faulttest.Keys(err)[name]; got != "letter.fault.lacks."+name {
				t.Errorf("%s: %q", name, got)
			}
		}
		readIn, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("3", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Submit(t.Context(), clerk, readIn.ID, "")
		faulttest.Is(t, err, fault.Conflict, "letter.fault.readIn")
		other := d.Actor(person.Leader, d.Unit(t, "19996"))
		_, err = d.Letters.Sign(t.Context(), other, l.ID, letter.SignInput{})
		faulttest.Is(t, err, fault.Forbidden, "")
	})
}

func TestAnotherOrgansLetterIsEnteredAsArrival(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		draft := func() letter.Letter {
			l, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("1518", "Họp dân.")})
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		l := draft()
		entered, a, err := d.Letters.Enter(t.Context(), clerk, l.ID, nil)
		if err != nil || entered.State != letter.Entered || a.Number != 1 {
			t.Fatalf("entered %q under %d: %v", entered.State, a.Number, err)
		}
		if _, again, err := d.Letters.Enter(t.Context(), clerk, l.ID, nil); err != nil || again != a {
			t.Errorf("entered again under %+v, %v", again, err)
		}
		_, _, err = d.Letters.Enter(t.Context(), clerk, draft().ID, nil)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.enteredBefore")
		lines, n, err := d.Letters.Incoming(t.Context(), clerk, d.Town.ID, letter.BookFilter{Year: a.Year})
		if err != nil || n != 1 || lines[0].Letter.ID != l.ID || lines[0].Number != 1 {
			t.Errorf("register of arrivals: %+v, %d, %v", lines, n, err)
		}
		if got, err := d.Letters.Received(t.Context(), clerk, d.Town.ID, l.ID); err != nil || got.Source == "" {
			t.Errorf("the letter comes without its text: %v", err)
		}
		if out, _, err := d.Letters.Outgoing(t.Context(), clerk, d.Town.ID, letter.BookFilter{Year: 2024}); err != nil || len(out) != 0 {
			t.Errorf("an arrival stands in the register of outgoing letters: %v, %v", out, err)
		}
	})
}

// A draft is put aside and fetched back, whether it was composed or read in; what went on cannot be.
func TestADraftIsDiscarded(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		ctx, clerk := t.Context(), d.Actor(person.Clerk, d.Town)
		read, err := d.Letters.Draft(ctx, clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("77", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		composed, err := d.Letters.Compose(ctx, clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range []letter.Letter{read, composed} {
			_, err := d.Letters.Discard(ctx, d.Actor(person.Clerk, d.Unit(t, "19996")), l.ID)
			faulttest.Is(t, err, fault.Forbidden, "")
			for range 2 {
				if got, err := d.Letters.Discard(ctx, clerk, l.ID); err != nil || got.State != letter.Discarded {
					t.Fatalf("discard: %s, %v", got.State, err)
				}
			}
			_, err = d.Letters.Register(ctx, clerk, l.ID)
			faulttest.Is(t, err, fault.Conflict, "")
			if got, err := d.Letters.Restore(ctx, clerk, l.ID); err != nil || got.State != letter.Draft {
				t.Fatalf("restore: %s, %v", got.State, err)
			}
		}
		if _, err := d.Letters.Register(ctx, clerk, read.ID); err != nil {
			t.Fatal(err)
		}
		_, err = d.Letters.Discard(ctx, clerk, read.ID)
		faulttest.Is(t, err, fault.Conflict, "")
		d.Letters.Needed(func(context.Context, database.Querier, ident.ID) (bool, error) { return true, nil })
		_, err = d.Letters.Discard(ctx, clerk, composed.ID)
		faulttest.Is(t, err, fault.Conflict, "letter.fault.needed")
	})
}
