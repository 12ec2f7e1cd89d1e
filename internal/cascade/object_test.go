package cascade_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// Who refused the letter, or a change of it, is found on the board and counted until the sender has dealt with it; who has not
// answered about a change is found too.
func TestWhatWasRefusedIsFound(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		letter, change, silent := d.Unit(t, "19996"), d.Unit(t, "20005"), d.Unit(t, "20008")
		l, sent := d.Sent(t, letter, change, silent)
		town := d.Actor(person.Clerk, d.Town)
		of := must[cascade.Dispatch](t)
		at := map[ident.ID]ident.ID{}
		for _, s := range sent {
			at[s.ReceiverID] = s.ID
		}
		found := func(f cascade.BoardFilter) []ident.ID {
			t.Helper()
			page := must[cascade.BoardPage](t)(d.Cascade.BoardPage(t.Context(), town, cascade.BoardQuery{Letter: l.ID, Sender: d.Town.ID, Filter: f, Limit: 10}))
			var ids []ident.ID
			for _, r := range page.Rows {
				ids = append(ids, r.ReceiverID)
			}
			slices.Sort(ids)
			return ids
		}
		expect := func(when string, count int, refused, unconfirmed []unit.Unit) {
			t.Helper()
			if n, err := d.Cascade.Objections(t.Context(), town, d.Town.ID); err != nil || n != count {
				t.Errorf("%s: the desk counts %d, %v; want %d", when, n, err, count)
			}
			for f, units := range map[cascade.BoardFilter][]unit.Unit{cascade.FilterRefused: refused, cascade.FilterUnconfirmed: unconfirmed} {
				var ids []ident.ID
				for _, u := range units {
					ids = append(ids, u.ID)
				}
				slices.Sort(ids)
				if got := found(f); !slices.Equal(got, ids) {
					t.Errorf("%s: %s finds %d units, want %d", when, f, len(got), len(ids))
				}
			}
		}
		expect("nobody refused", 0, nil, nil)
		of(d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, letter), at[letter.ID], "Nhầm địa bàn"))
		expect("one refused the letter", 1, []unit.Unit{letter}, nil)
		for _, u := range []unit.Unit{change, silent} {
			clerk := d.Actor(person.Clerk, u)
			got := of(d.Cascade.Receive(t.Context(), clerk, at[u.ID]))
			of(d.Cascade.Assign(t.Context(), clerk, got.ID, got.Version, cascade.Instruction{Lead: "Nguyễn Văn Mẫu"}))
		}
		update := func(reason string) cascade.Change {
			t.Helper()
			return must[cascade.ChangeResult](t)(d.Cascade.UpdateLetter(t.Context(), town, cascade.ChangeInput{Letter: l.ID, Reason: reason})).Change
		}
		c := update("Sửa ngày")
		expect("a change was sent", 1, []unit.Unit{letter}, []unit.Unit{change, silent})
		got := of(d.Cascade.Answer(t.Context(), d.Actor(person.Clerk, change), at[change.ID], c.ID, false, "Đã làm theo bản cũ"))
		expect("one refused the change", 2, []unit.Unit{letter, change}, []unit.Unit{silent})
		other := of(d.Cascade.Find(t.Context(), db, at[letter.ID]))
		none := of(d.Cascade.Find(t.Context(), db, at[silent.ID]))
		refused := must[map[ident.ID]cascade.Objected](t)(d.Cascade.Objected(t.Context(), db, []cascade.Dispatch{got, other, none}))
		want := map[ident.ID]cascade.Objected{
			got.ID: {Reason: "Đã làm theo bản cũ", Refused: cascade.ChangeUpdate}, other.ID: {Reason: "Nhầm địa bàn"},
		}
		if diff := cmp.Diff(want, refused); diff != "" {
			t.Errorf("what was refused: %s", diff)
		}
		update("Giữ ngày cũ")
		expect("another change was sent", 1, []unit.Unit{letter}, []unit.Unit{change, silent})

		for _, who := range []person.Actor{d.Actor(person.Clerk, letter), d.Actor(person.Clerk, change)} {
			if _, err := d.Cascade.Settle(t.Context(), who, at[letter.ID]); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("somebody else than the sender settles it: %v", err)
			}
		}
		for range 2 {
			if got := of(d.Cascade.Settle(t.Context(), town, at[letter.ID])); got.State != cascade.Refused || !got.ObjectedAt.IsZero() {
				t.Errorf("settled: %+v", got)
			}
		}
		expect("the sender leaves it at that", 0, []unit.Unit{letter}, []unit.Unit{change, silent})

		next, again := d.Sent(t, letter, change)
		for _, s := range again {
			of(d.Cascade.Refuse(t.Context(), d.Actor(person.Clerk, unitByID(t, d, s.ReceiverID)), s.ID, "Nhầm"))
		}
		expect("two refused another letter", 2, []unit.Unit{letter}, []unit.Unit{change, silent})
		of(d.Cascade.SendAgain(t.Context(), town, cascade.AgainInput{Dispatch: again[0].ID}))
		expect("one of them got it again", 1, []unit.Unit{letter}, []unit.Unit{change, silent})
		must[cascade.ChangeResult](t)(d.Cascade.RecallLetter(t.Context(), town, cascade.ChangeInput{Letter: next.ID, Reason: "Ban hành nhầm"}))
		expect("it was taken back", 0, []unit.Unit{letter}, []unit.Unit{change, silent})
		other = of(d.Cascade.Find(t.Context(), db, again[1].ID))
		refused = must[map[ident.ID]cascade.Objected](t)(d.Cascade.Objected(t.Context(), db, []cascade.Dispatch{other}))
		if diff := cmp.Diff(map[ident.ID]cascade.Objected{other.ID: {Reason: "Nhầm", Over: true}}, refused); diff != "" {
			t.Errorf("of a letter that was taken back: %s", diff)
		}
	})
}

func unitByID(t *testing.T, d *cascadetest.Desk, id ident.ID) unit.Unit {
	t.Helper()
	tree := must[*unit.Tree](t)(d.Units.Today(t.Context()))
	u, _ := tree.ByID(id)
	return u
}
