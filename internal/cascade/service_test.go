package cascade_test

import (
	"io"
	"slices"
	"strings"
	"sync"
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

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestALetterTravels(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20011")
		clerk := d.Clerk(t, "vanthu@huongvan.example", ward)
		d.Clerk(t, "vanthu@huongtra.example", d.Town)
		leader := d.Actor(person.Leader, ward)
		of := must[cascade.Dispatch](t)

		l, sent := d.Sent(t, ward)
		id := sent[0].ID
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if got.State != cascade.Arrived || got.ArrivedAt.IsZero() || len(got.Duties) != 2 || got.Letter.Symbol() != l.Symbol() {
			t.Fatalf("after delivery: %+v", got)
		}
		if clock.DayOf(got.ReceiptAt.Time) != clock.DayOf(clk.Now()) || got.ReceiptAt != got.ArrivedAt { // nobody has looked at it yet
			t.Errorf("it arrived at %s, and the sender was told at %s", got.ArrivedAt, got.ReceiptAt)
		}
		if diff := cmp.Diff([]letter.Channel{letter.Loudspeaker, letter.NoticeBoard}, got.Duties[0].Channels); diff != "" {
			t.Error(diff)
		}
		mails := d.Post.To("vanthu@huongvan.example")
		if len(mails) != 1 || !strings.Contains(mails[0].Subject, l.Symbol()) || !strings.Contains(mails[0].Text, string(id)) {
			t.Errorf("mails about the new letter: %+v", mails)
		}

		clk.Advance(time.Hour)
		received := of(d.Cascade.Receive(t.Context(), clerk, id))
		if received.State != cascade.Received || received.ArrivalNumber != 1 || received.ArrivalYear != 2024 {
			t.Errorf("received: %+v", received)
		}
		if again := of(d.Cascade.Receive(t.Context(), clerk, id)); again.Version != received.Version {
			t.Error("receiving twice changed something")
		}
		presented := of(d.Cascade.Present(t.Context(), clerk, id))
		if presented.Status() != "presented" || presented.State != cascade.Received {
			t.Errorf("presented: %s, %s", presented.Status(), presented.State)
		}
		clk.Advance(2 * time.Hour)
		order := cascade.Instruction{
			Lead: "Công chức Văn hóa - Xã hội", Cooperators: []string{"Đoàn Thanh niên", " "}, Deadline: clock.Date(2024, 6, 20, 17, 0),
		}
		assigned := of(d.Cascade.Assign(t.Context(), leader, id, presented.Version, order))
		if assigned.State != cascade.Assigned || !slices.Equal(assigned.Cooperators, []string{"Đoàn Thanh niên"}) {
			t.Errorf("assigned: %+v", assigned)
		}
		_, err := d.Cascade.Assign(t.Context(), leader, id, presented.Version, order)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.changed")

		clk.Advance(3 * time.Hour)
		in := cascade.PublicityInput{
			ID: d.IDs.New(), Dispatch: id, Duty: 1, Channel: letter.Loudspeaker, At: clock.At(clk.Now()), Place: "Cụm loa tổ dân phố 3",
			Times: 4, People: 1200, File: strings.NewReader("\xff\xd8\xff\xe0 ảnh"), FileName: "loa.jpg",
		}
		record := must[cascade.Publicity](t)(d.Cascade.Publicise(t.Context(), clerk, in))
		in.File = strings.NewReader("\xff\xd8\xff\xe0 ảnh")
		if again := must[cascade.Publicity](t)(d.Cascade.Publicise(t.Context(), clerk, in)); again != record {
			t.Errorf("the same record twice: %+v, then %+v", record, again)
		}
		file, _, err := d.Cascade.PublicityFile(t.Context(), clerk, record.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if b, err := io.ReadAll(file); err != nil || string(b) != "\xff\xd8\xff\xe0 ảnh" {
			t.Errorf("the proof came back as %q, %v", b, err)
		}
		if must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id)).State != cascade.InProgress {
			t.Error("the first record did not begin the work")
		}

		_, err = d.Cascade.Complete(t.Context(), clerk, id, "")
		if diff := cmp.Diff(map[string]string{"outcome": "cascade.fault.dutiesOpen"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		for n := 1; n <= 2; n++ {
			if _, err := d.Cascade.FinishDuty(t.Context(), clerk, id, n, true, ""); err != nil {
				t.Fatal(err)
			}
		}
		done := of(d.Cascade.Complete(t.Context(), clerk, id, ""))
		if done.State != cascade.Completed || done.State.Code() != "06" {
			t.Errorf("completed: %+v", done)
		}

		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), d.Actor(person.Leader, d.Town), l.ID, d.Town.ID))
		if len(board.Rows) != 1 || len(board.Tiers) != 1 {
			t.Fatalf("board: %+v", board)
		}
		row := board.Rows[0]
		wantSpent := map[cascade.Step]time.Duration{
			cascade.StepReceive: time.Hour, cascade.StepAssign: 2 * time.Hour, cascade.StepPublicise: 3 * time.Hour,
		}
		if diff := cmp.Diff(wantSpent, row.Spent.Steps); diff != "" {
			t.Errorf("time spent (-want +got)\n%s", diff)
		}
		if diff := cmp.Diff(wantSpent, board.Tiers[0].Median); diff != "" {
			t.Errorf("medians (-want +got)\n%s", diff)
		}
		if row.Unit.ID != ward.ID || row.DutiesDone != 2 || row.Publicity.People != 1200 || row.Publicity.ByChannel[letter.Loudspeaker] != 1 || len(row.Late) != 0 {
			t.Errorf("row: %+v", row)
		}
		inbox := must[cascade.Inbox](t)(d.Cascade.Inbox(t.Context(), clerk, ward.ID, 10))
		if len(inbox.Items) != 1 || inbox.Items[0].Letter.ID != l.ID || inbox.Items[0].Sender.ID != d.Town.ID || inbox.Count[cascade.Completed] != 1 {
			t.Errorf("inbox: %+v", inbox)
		}
		d.Drain(t)
		if n := len(d.Post.To("vanthu@huongvan.example")); n != 1 {
			t.Errorf("%d mails about one letter", n)
		}
	})
}

func TestGroupsMeanTheUnitsOfTheLettersDate(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		l := d.Registered(t, lettertest.Text("1903", "Thông báo."))
		var groups []ident.ID
		want := map[ident.ID]bool{}
		for _, g := range d.Tree.GroupsOf(d.Town.ID) {
			groups = append(groups, g.ID)
			for _, u := range d.Tree.Expand(g) {
				want[u.ID] = true
			}
		}
		if len(want) < 20 {
			t.Fatalf("the town's groups mean only %d units", len(want))
		}
		clerk := d.Actor(person.Clerk, d.Town)
		in := cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Groups: groups, Units: []ident.ID{d.Unit(t, "20008").ID, d.Town.ID}}}
		r := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, in))
		got := map[ident.ID]bool{}
		for _, x := range r.Dispatches {
			got[x.ReceiverID] = true
		}
		if diff := cmp.Diff(want, got); diff != "" || len(r.Dispatches) != len(want) || len(r.Already) != 0 {
			t.Errorf("%d dispatches, %d already (-want +got)\n%s", len(r.Dispatches), len(r.Already), diff)
		}
		again := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), clerk, in))
		if len(again.Dispatches) != 0 || len(again.Already) != len(want) {
			t.Errorf("sent again: %d new, %d already", len(again.Dispatches), len(again.Already))
		}
	})
}

func TestRefusal(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20017")
		clerk := d.Clerk(t, "vanthu@ward.example", ward)
		d.Clerk(t, "vanthu@town.example", d.Town)
		_, sent := d.Sent(t, ward)
		_, err := d.Cascade.Refuse(t.Context(), clerk, sent[0].ID, " \u200b\n ")
		if diff := cmp.Diff(map[string]string{"reason": "cascade.fault.reasonMissing"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		refused := must[cascade.Dispatch](t)(d.Cascade.Refuse(t.Context(), clerk, sent[0].ID, "Gửi nhầm <script>alert(1)</script>"))
		if refused.State != cascade.Refused || refused.ArrivalNumber != 0 {
			t.Errorf("refused: %+v", refused)
		}
		_, err = d.Cascade.Receive(t.Context(), clerk, sent[0].ID)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.state")
		if _, err := d.Cascade.Refuse(t.Context(), clerk, sent[0].ID, "Gửi nhầm"); err != nil {
			t.Errorf("refusing twice: %v", err)
		}
		again := must[cascade.SendResult](t)(d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: refused.LetterID, To: cascade.Recipients{Units: []ident.ID{ward.ID}},
		}))
		if len(again.Dispatches)+len(again.Already) != 0 || !slices.Equal(again.Ended, []ident.ID{ward.ID}) {
			t.Errorf("sent again to who refused: %+v", again)
		}
		d.Drain(t)
		mails := d.Post.To("vanthu@town.example")
		if len(mails) != 1 || !strings.Contains(mails[0].Text, "Gửi nhầm <script>") {
			t.Errorf("mails to the sender: %+v", mails)
		}
	})
}

func TestForwardingAndRecall(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		union, below := superiorWithSubordinates(t, d)
		clerk := d.Actor(person.Clerk, union)
		l, sent := d.Sent(t, union)
		in := cascade.ForwardInput{Dispatch: sent[0].ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}, Words: "Kính chuyển."}
		_, err := d.Cascade.Forward(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.notReceived")

		must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, sent[0].ID))
		child := must[cascade.SendResult](t)(d.Cascade.Forward(t.Context(), clerk, in)).Dispatches[0]
		if child.ParentID != sent[0].ID || child.SenderID != union.ID || child.ReceiverID != below.ID {
			t.Errorf("child: %+v", child)
		}
		stranger := in
		stranger.To.Units = []ident.ID{d.Unit(t, "479").ID}
		_, err = d.Cascade.Forward(t.Context(), clerk, stranger)
		if diff := cmp.Diff(map[string]string{"units": "cascade.fault.notBelow"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		d.Drain(t)

		whole := must[cascade.Board](t)(d.Cascade.Board(t.Context(), d.Actor(person.Clerk, d.Town), l.ID, d.Town.ID))
		if len(whole.Rows) != 2 || len(whole.Tiers) != 2 || whole.Rows[1].Tier != 2 {
			t.Errorf("the town's board: %d rows, %d tiers", len(whole.Rows), len(whole.Tiers))
		}
		own := must[cascade.Board](t)(d.Cascade.Board(t.Context(), clerk, l.ID, union.ID))
		if len(own.Rows) != 1 || own.Rows[0].ReceiverID != below.ID || own.Rows[0].Tier != 1 {
			t.Errorf("the union's board: %+v", own.Rows)
		}

		recalled := must[cascade.Dispatch](t)(d.Cascade.Recall(t.Context(), d.Actor(person.Clerk, d.Town), sent[0].ID, "Sai số liệu"))
		if recalled.State != cascade.Recalled {
			t.Errorf("recalled: %+v", recalled)
		}
		if got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, child.ID)); got.State != cascade.Recalled || got.Outcome != "Sai số liệu" {
			t.Errorf("what was forwarded: %s, %q", got.State, got.Outcome)
		}
		_, err = d.Cascade.Forward(t.Context(), clerk, in)
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.notReceived")
	})
}

// superiorWithSubordinates finds a unit of the town, not an area, that others answer to.
func superiorWithSubordinates(t *testing.T, d *cascadetest.Desk) (superior, below unit.Unit) {
	t.Helper()
	for _, u := range d.Tree.Units() {
		if s, ok := d.Tree.ByID(u.SuperiorID); ok && !s.Kind.Area() {
			return s, u
		}
	}
	t.Fatal("no organisation has subordinates")
	return unit.Unit{}, unit.Unit{}
}

// Eight clerks press the same button at the same time.
func TestTheSameTwiceAtOnce(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		l := d.Registered(t, lettertest.Text("1903", "Thông báo."))
		clerk := d.Actor(person.Clerk, d.Town)
		wards := []unit.Unit{d.Unit(t, "20008"), d.Unit(t, "20011"), d.Unit(t, "20017")}
		var to []ident.ID
		for _, w := range wards {
			to = append(to, w.ID)
		}
		each := func(f func(i int)) {
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() { f(i) })
			}
			wg.Wait()
		}
		each(func(int) {
			if _, err := d.Cascade.Send(t.Context(), clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: to}}); err != nil {
				t.Error(err)
			}
		})
		d.Drain(t)
		board := must[cascade.Board](t)(d.Cascade.Board(t.Context(), clerk, l.ID, d.Town.ID))
		if len(board.Rows) != len(wards) {
			t.Fatalf("%d dispatches to %d units", len(board.Rows), len(wards))
		}
		id, desk := board.Rows[0].ID, d.Actor(person.Clerk, board.Rows[0].Unit)
		each(func(int) {
			if _, err := d.Cascade.Receive(t.Context(), desk, id); err != nil {
				t.Error(err)
			}
		})
		record := d.IDs.New()
		each(func(int) {
			_, err := d.Cascade.Publicise(t.Context(), desk, cascade.PublicityInput{
				ID: record, Dispatch: id, Channel: letter.Meeting, At: clock.At(clk.Now()), Place: "Hội trường", People: 40,
			})
			if err != nil {
				t.Error(err)
			}
		})
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), desk, id))
		if got.ArrivalNumber != 1 || len(got.Publicity) != 1 {
			t.Errorf("arrival number %d, %d records", got.ArrivalNumber, len(got.Publicity))
		}
		book := must[[]letter.Arrival](t)(d.Letters.Arrivals(t.Context(), desk, got.ReceiverID, 2024))
		if len(book) != 1 {
			t.Errorf("%d lines in the register of arrivals", len(book))
		}
	})
}
