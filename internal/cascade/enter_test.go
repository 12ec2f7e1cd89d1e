package cascade_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// A letter on paper is typed in, received from the first, worked on, and passed on: what those below do adds up above.
func TestALetterOnPaperIsWork(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk, wards := d.Actor(person.Clerk, d.Town), []ident.ID{d.Unit(t, "19996").ID, d.Unit(t, "20005").ID}
		text := strings.Replace(lettertest.Text("1518", "Thông báo trên hệ thống truyền thanh và bảng tin.", "Vận động ít nhất 3 tác phẩm."),
			"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ", "ỦY BAN NHÂN DÂN\nTỈNH MẪU", 1)
		l := must[letter.Letter](t)(d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: text}))
		l, came, err := d.Cascade.Enter(t.Context(), clerk, l.ID)
		if err != nil || l.State != letter.Entered || came.State != cascade.Received || came.ArrivalNumber != 1 || !came.Entered() {
			t.Fatalf("entered: %v, %+v", err, came)
		}
		_, twice, err := d.Cascade.Enter(t.Context(), clerk, l.ID)
		if err != nil || twice.ID != came.ID || twice.Version != came.Version {
			t.Errorf("entered twice: %v, %+v", err, twice)
		}
		in := must[cascade.Inbox](t)(d.Cascade.Inbox(t.Context(), clerk, d.Town.ID, 10))
		if len(in.Items) != 1 || in.Items[0].Sender.Organ() != l.Fields.Organ || l.Fields.Organ == "" {
			t.Errorf("inbox %+v from %q", in.Items, l.Fields.Organ)
		}
		detail := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID))
		if len(detail.Duties) != 2 || detail.Duties[1].Quota == nil || len(detail.Path) != 2 || detail.Again {
			t.Errorf("duties %+v, path %+v", detail.Duties, detail.Path)
		}

		for name, refused := range map[string]error{
			"recalled":        fails(d.Cascade.Recall(t.Context(), clerk, came.ID, "Nhầm.")),
			"recalled by all": fails(d.Cascade.RecallLetter(t.Context(), clerk, cascade.ChangeInput{Letter: l.ID, Reason: "Nhầm."})),
			"sent":            fails(d.Cascade.Send(t.Context(), clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: wards[:1]}})),
			"sent again":      fails(d.Cascade.SendAgain(t.Context(), clerk, cascade.AgainInput{Dispatch: came.ID})),
		} {
			if refused == nil {
				t.Errorf("another organ's letter was %s", name)
			}
		}

		r := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, cascade.ForwardInput{
			Dispatch: came.ID, To: cascade.Recipients{Units: wards},
		}))
		d.Drain(t)
		b := must[cascade.BoardPage](t)(d.Cascade.BoardPage(t.Context(), clerk, cascade.BoardQuery{Letter: l.ID, Sender: d.Town.ID, Limit: 10}))
		if len(r.Dispatches) != 2 || len(b.Rows) != 2 || b.All.Units != 2 {
			t.Fatalf("passed on to %d, %d on the board", len(r.Dispatches), len(b.Rows))
		}
		ward := r.Dispatches[slices.IndexFunc(r.Dispatches, func(one cascade.Dispatch) bool { return one.ReceiverID == wards[0] })]
		theirs := d.Actor(person.Clerk, d.Unit(t, "19996"))
		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), theirs, ward.ID))
		must[cascade.Tick](t)(d.Cascade.Tick(t.Context(), theirs, cascade.TickInput{Dispatch: ward.ID, Duty: 2, Count: 2}))
		detail = must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, came.ID))
		if got := detail.Duties[1].Progress.Count; got != 2 {
			t.Errorf("%d works counted at the top", got)
		}
		below := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), theirs, ward.ID))
		if below.Path[0].Unit.Organ() != l.Fields.Organ || below.Path[1].Unit.ID != d.Town.ID {
			t.Errorf("path %+v", below.Path)
		}
		if err := fails(d.Cascade.Get(t.Context(), theirs, came.ID)); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a ward reads the town's: %v", err)
		}
	})
}

// fails returns how something failed.
func fails[T any](_ T, err error) error { return err }

// What a letter asks of organs that are evidently not below the unit which typed it in is not that unit's work; where nobody knows who
// is meant it is, and says so.
func TestADutyOfOthersIsNotTakenOn(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		came := func(number string, duties ...string) cascade.Detail {
			t.Helper()
			_, one := typedIn(t, d, number, duties...)
			return must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, one.ID))
		}
		got := came("1518",
			"Sở Không Có: tổng hợp kết quả.",
			"Ủy ban nhân dân các huyện, thị xã, thành phố: chỉ đạo các xã, phường.",
			"Ban Quản lý chợ Không Có: bố trí thùng rác.",
			"Ủy ban nhân dân các xã, phường: phát thanh.",
			"Báo cáo kết quả.")
		var numbers []int
		for _, one := range got.Duties {
			numbers = append(numbers, one.Number)
		}
		if !slices.Equal(numbers, []int{2, 3, 4, 5}) {
			t.Errorf("the town's duties are %v of %+v", numbers, got.Letter.Fields.Duties)
		}
		if len(got.Meant.Others) != 1 || got.Meant.Others[0].Number != 1 || got.Meant.Unclear[2] || !got.Meant.Unclear[3] || got.Meant.Unclear[4] || got.Meant.Unclear[5] {
			t.Errorf("meant are %+v", got.Meant)
		}
		// a letter that asks nothing of the unit is shown as it is
		if got = came("1519", "Sở Không Có: tổng hợp kết quả."); len(got.Duties) != 1 || !got.Meant.Unclear[1] || len(got.Meant.Others) != 0 {
			t.Errorf("duties %+v, meant %+v", got.Duties, got.Meant)
		}
	})
}
