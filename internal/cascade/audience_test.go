package cascade_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
)

// tasking issues a letter of the town whose duties are for those named, each list for one duty.
func tasking(t *testing.T, d *cascadetest.Desk, whom ...[]string) letter.Letter {
	t.Helper()
	doc := lettertest.Document(slices.Repeat([]string{"Phát thanh."}, len(whom))...)
	i := 0
	for n, b := range doc.Blocks {
		if b.Kind == letter.DutyBlock {
			doc.Blocks[n].Text = strings.Join(append([]string{"Việc"}, whom[i]...), " ")
			doc.Blocks[n].Duty = &letter.Duty{For: whom[i]}
			i++
		}
	}
	return d.Issued(t, doc)
}

// asked is which duties each unit of a letter has, by code.
func asked(t *testing.T, d *cascadetest.Desk, sent []cascade.Dispatch) map[string][]int {
	t.Helper()
	out := map[string][]int{}
	for _, x := range sent {
		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), person.SystemActor, x.ID))
		var numbers []int
		for _, duty := range detail.Duties {
			numbers = append(numbers, duty.Number)
		}
		out[detail.Receiver.Code] = numbers
	}
	return out
}

// others is a group of another town by the same name, that comes first by its code.
const others = `{"groups": [{"code": "100.xaphuong", "name": "Ủy ban nhân dân các xã, phường", "owner": "479", "members": ["479"]}]}`

// TestADutyReachesWhomItNames: in short or in full, by the group of the letter's issuer and none of another's; a name that nobody
// knows leaves the duty to all, until somebody says who is meant.
func TestADutyReachesWhomItNames(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		must[unit.ImportResult](t)(d.Units.Import(t.Context(), person.SystemActor, strings.NewReader(others), unit.ImportOptions{ValidFrom: "2024-05-01"}))
		clerk := d.Actor(person.Clerk, d.Town)
		to := cascade.Recipients{Units: []ident.ID{d.Unit(t, "480.VHTT").ID, d.Unit(t, "480.GDDT").ID, d.Unit(t, "19996").ID, d.Unit(t, "20005").ID}}
		whom := [][]string{
			{"Phòng VHTT", "Ủy ban nhân dân phường Tứ Hạ"}, {}, {"Ủy ban nhân dân các xã, phường"}, {"UBND P. Tứ Hạ", "Nhà máy Rác Mẫu"},
		}
		send := func(said ...letter.Said) map[string][]int {
			t.Helper()
			in := cascade.SendInput{Letter: tasking(t, d, whom...).ID, To: to, Said: said}
			return asked(t, d, must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, in)).Dispatches)
		}
		open := map[string][]int{"480.VHTT": {1, 2, 4}, "480.GDDT": {2, 4}, "19996": {1, 2, 3, 4}, "20005": {2, 3, 4}}
		if diff := cmp.Diff(open, send()); diff != "" {
			t.Errorf("one name is not known (-want +got)\n%s", diff)
		}
		known := map[string][]int{"480.VHTT": {1, 2}, "480.GDDT": {2}, "19996": {1, 2, 3, 4}, "20005": {2, 3, 4}}
		said := letter.Said{Text: "nhà máy rác mẫu", Means: letter.Meaning{Units: []ident.ID{d.Unit(t, "20005").ID}}}
		if diff := cmp.Diff(known, send(said)); diff != "" {
			t.Errorf("it was said who is meant (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(known, send()); diff != "" {
			t.Errorf("the next letter (-want +got)\n%s", diff)
		}
	})
}

// TestWhatIsSaidGoesWithTheLetter: who is meant is kept when the letter goes, and when it does not, neither is.
func TestWhatIsSaidGoesWithTheLetter(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		must[unit.ImportResult](t)(d.Units.Import(t.Context(), person.SystemActor, strings.NewReader(reform), unit.ImportOptions{ValidFrom: "2024-05-01"}))
		clerk := d.Actor(person.Clerk, d.Town)
		l := dated(t, d, "1", "ngày 06 tháng 6 năm 2024")
		later := must[*unit.Tree](t)(d.Units.Tree(t.Context(), "2024-07-02"))
		fresh, _ := later.ByCode("90001")
		in := cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.Unit(t, "19996").ID}}}
		for _, bad := range []struct {
			name string
			in   cascade.SendInput
			unit ident.ID
		}{
			{"a unit of another day", in, fresh.ID},
			{"the letter goes to nobody", cascade.SendInput{Letter: l.ID}, d.Unit(t, "20008").ID},
		} {
			bad.in.Said = []letter.Said{{Text: "Nhà máy Rác Mẫu", Means: letter.Meaning{Units: []ident.ID{bad.unit}}}}
			_, err := d.Cascade.Send(t.Context(), clerk, bad.in)
			faulttest.Is(t, err, fault.Invalid, "")
			if _, unknown := meant(t, d, l); !slices.Equal(unknown, []string{"Nhà máy Rác Mẫu"}) {
				t.Errorf("%s: afterwards %q are unknown", bad.name, unknown)
			}
			if all := must[[]cascade.Dispatch](t)(d.Cascade.OfLetter(t.Context(), d.DB, l.ID)); len(all) > 0 {
				t.Errorf("%s: the letter went to %d", bad.name, len(all))
			}
		}
	})
}

// TestTheOwnLetterSaysWhoIsMeant: passed on with a letter of July, a letter of June reaches the communes of July and whoever else
// the own letter addresses; as it is it goes only to those below.
func TestTheOwnLetterSaysWhoIsMeant(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		must[unit.ImportResult](t)(d.Units.Import(t.Context(), person.SystemActor, strings.NewReader(reform), unit.ImportOptions{ValidFrom: "2024-05-01"}))
		province := d.Unit(t, "46")
		above, clerk := d.Actor(person.Clerk, province), d.Actor(person.Clerk, d.Town)
		text := strings.NewReplacer("THỊ XÃ HƯƠNG TRÀ", "TỈNH THỪA THIÊN HUẾ", "ngày 06 tháng 6", "ngày 20 tháng 6").Replace(lettertest.Text("7", "Thông báo."))
		first := must[letter.Letter](t)(d.Letters.Draft(t.Context(), above, letter.DraftInput{Issuer: province.ID, Text: text}))
		first = must[letter.Letter](t)(d.Letters.Register(t.Context(), above, first.ID))
		clk.Set(clock.Date(2024, time.June, 20, 8, 0).Time)
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), above, cascade.SendInput{Letter: first.ID, To: cascade.Recipients{Units: []ident.ID{d.Town.ID}}})).Dispatches
		d.Drain(t)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		clk.Set(clock.Date(2024, time.July, 5, 8, 0).Time)
		own := dated(t, d, "8", "ngày 05 tháng 7 năm 2024")
		to, _ := meant(t, d, own)
		union := d.Unit(t, "480.DTN")
		to.Units = append(to.Units, union.ID)

		_, err := d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{union.ID}}})
		faulttest.Is(t, err, fault.Invalid, "")
		in := cascade.ForwardInput{
			Dispatch: sent[0].ID, Under: own.ID, To: to,
			Said: []letter.Said{{Text: "Nhà máy Rác Mẫu", Means: letter.Meaning{Units: []ident.ID{d.Unit(t, "480.TNMT").ID}}}},
		}
		var got []string
		for _, x := range must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, in)).Dispatches {
			got = append(got, must[unit.Unit](t)(d.Units.Unit(t.Context(), x.ReceiverID)).FullName)
		}
		want := []string{
			"Phường Hương Chữ", "Phường Hương Văn", "Phường Hương Xuân", "Phường Núi Mẫu", "Phường Sông Mẫu", "Phường Tứ Hạ", union.FullName,
			"Xã Bình Thành", "Xã Bình Tiến", "Xã Hương Toàn",
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("passed on (-want +got)\n%s", diff)
		}
		if to, unknown := meant(t, d, own); len(unknown) > 0 || len(to.Units) != 1 {
			t.Errorf("what was said is not remembered: %q are unknown", unknown)
		}
	})
}

// TestWhatIsForTheUnitIsForThoseItAsks: a duty that names the unit which passes it on goes to all below it.
func TestWhatIsForTheUnitIsForThoseItAsks(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		union := d.Unit(t, "480.DTN")
		clerk := d.Actor(person.Clerk, union)
		l := tasking(t, d, []string{"Thị đoàn"}, []string{}, []string{"Thị đoàn", "Đoàn Thanh niên xã Hương Toàn"})
		sent := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{union.ID}}})).Dispatches
		d.Drain(t)
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		below := cascade.Recipients{Units: []ident.ID{d.Unit(t, "19996.DTN").ID, d.Unit(t, "20005.DTN").ID}}
		passed := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{Dispatch: sent[0].ID, To: below})).Dispatches
		want := map[string][]int{"19996.DTN": {1, 2, 3}, "20005.DTN": {1, 2, 3}}
		if diff := cmp.Diff(want, asked(t, d, passed)); diff != "" {
			t.Errorf("passed on (-want +got)\n%s", diff)
		}
	})
}
