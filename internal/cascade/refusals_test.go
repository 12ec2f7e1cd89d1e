package cascade_test

import (
	"errors"
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
)

func TestWhoMayTouchADispatch(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward, neighbour := d.Unit(t, "20008"), d.Unit(t, "20011")
		l, sent := d.Sent(t, ward)
		id := sent[0].ID
		acts := map[string]func(person.Actor) error{
			"get":     func(a person.Actor) error { _, err := d.Cascade.Get(t.Context(), a, id); return err },
			"receive": func(a person.Actor) error { _, err := d.Cascade.Receive(t.Context(), a, id); return err },
			"refuse":  func(a person.Actor) error { _, err := d.Cascade.Refuse(t.Context(), a, id, "Nhầm"); return err },
			"present": func(a person.Actor) error { _, err := d.Cascade.Present(t.Context(), a, id); return err },
			"assign": func(a person.Actor) error {
				_, err := d.Cascade.Assign(t.Context(), a, id, 2, cascade.Instruction{Lead: "A"})
				return err
			},
			"start":    func(a person.Actor) error { _, err := d.Cascade.Start(t.Context(), a, id); return err },
			"complete": func(a person.Actor) error { _, err := d.Cascade.Complete(t.Context(), a, id, "xong"); return err },
			"duty": func(a person.Actor) error {
				_, err := d.Cascade.FinishDuty(t.Context(), a, id, 1, true, "")
				return err
			},
			"recall": func(a person.Actor) error { _, err := d.Cascade.Recall(t.Context(), a, id, "Sai"); return err },
			"publicise": func(a person.Actor) error {
				_, err := d.Cascade.Publicise(t.Context(), a, cascade.PublicityInput{Dispatch: id})
				return err
			},
			"forward": func(a person.Actor) error {
				_, err := d.Cascade.Forward(t.Context(), a, cascade.ForwardInput{Dispatch: id})
				return err
			},
			"inbox": func(a person.Actor) error { _, err := d.Cascade.Inbox(t.Context(), a, ward.ID, 5); return err },
			"board": func(a person.Actor) error { _, err := d.Cascade.Board(t.Context(), a, l.ID, d.Town.ID); return err },
			"send": func(a person.Actor) error {
				_, err := d.Cascade.Send(t.Context(), a, cascade.SendInput{Letter: l.ID})
				return err
			},
		}
		for name, act := range acts {
			if err := act(d.Actor(person.Clerk, neighbour)); !errors.Is(err, fault.Forbidden) {
				t.Errorf("%s by the neighbour's clerk: %v", name, err)
			}
			if err := act(person.Actor{}); !errors.Is(err, fault.Unauthenticated) {
				t.Errorf("%s by nobody: %v", name, err)
			}
		}
		// The receiver may not recall, nor a unit see the board of a letter it never had.
		faulttest.Is(t, acts["recall"](d.Actor(person.Clerk, ward)), fault.Forbidden, "")
		_, err := d.Cascade.Board(t.Context(), d.Actor(person.Clerk, neighbour), l.ID, neighbour.ID)
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.notFound")
		if err := acts["get"](d.Actor(person.Leader, d.Town)); err != nil {
			t.Errorf("the sender sees nothing of its dispatch: %v", err)
		}
	})
}

func TestBadInputIsNamed(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := cascadetest.New(t, db, clk)
		ward := d.Unit(t, "20008")
		clerk := d.Actor(person.Clerk, ward)
		_, sent := d.Sent(t, ward)
		id := sent[0].ID
		received := must[cascade.Dispatch](t)(d.Cascade.Receive(t.Context(), clerk, id))
		now := clock.At(clk.Now())

		_, err := d.Cascade.Assign(t.Context(), clerk, id, received.Version, cascade.Instruction{
			Lead: "\u202e \u200b", Text: strings.Repeat("ế", 5000), Cooperators: []string{strings.Repeat("ơ", 5000)}, Deadline: now.Add(-time.Hour),
		})
		want := map[string]string{
			"lead": "cascade.fault.leadMissing", "text": "cascade.fault.tooLong", "cooperators.0": "cascade.fault.tooLong",
			"deadline": "cascade.fault.past",
		}
		if diff := cmp.Diff(want, faulttest.Keys(err)); diff != "" {
			t.Errorf("instruction (-want +got)\n%s", diff)
		}
		odd := must[cascade.Dispatch](t)(d.Cascade.Assign(t.Context(), clerk, id, received.Version, cascade.Instruction{
			Lead: "Bu\u0300i\u202e <script> 🌿", Cooperators: []string{"\u200b"},
		}))
		if odd.Lead != "Bùi <script> 🌿" || len(odd.Cooperators) != 0 {
			t.Errorf("lead %q, cooperators %q", odd.Lead, odd.Cooperators)
		}

		good := cascade.PublicityInput{Dispatch: id, Channel: letter.Meeting, At: now, Place: "Hội trường"}
		for name, tt := range map[string]struct {
			change func(*cascade.PublicityInput)
			field  string
			key    string
		}{
			"no channel":        {func(p *cascade.PublicityInput) { p.Channel = "trống" }, "channel", "cascade.fault.channel"},
			"no time":           {func(p *cascade.PublicityInput) { p.At = clock.Time{} }, "at", "cascade.fault.timeMissing"},
			"tomorrow":          {func(p *cascade.PublicityInput) { p.At = now.Add(24 * time.Hour) }, "at", "cascade.fault.future"},
			"before the letter": {func(p *cascade.PublicityInput) { p.At = now.Add(-48 * time.Hour) }, "at", "cascade.fault.beforeSent"},
			"no place":          {func(p *cascade.PublicityInput) { p.Place = " \u200b" }, "place", "cascade.fault.placeMissing"},
			"a long place":      {func(p *cascade.PublicityInput) { p.Place = strings.Repeat("ư", 5000) }, "place", "cascade.fault.tooLong"},
			"no link":           {func(p *cascade.PublicityInput) { p.Channel = letter.Portal }, "link", "cascade.fault.linkMissing"},
			"script as a link":  {func(p *cascade.PublicityInput) { p.Link = "javascript:alert(1)" }, "link", "cascade.fault.link"},
			"negative times":    {func(p *cascade.PublicityInput) { p.Times = -1 }, "times", "cascade.fault.range"},
			"a billion people":  {func(p *cascade.PublicityInput) { p.People = 1_000_000_000 }, "people", "cascade.fault.range"},
			"a duty of nobody":  {func(p *cascade.PublicityInput) { p.Duty = 9 }, "duty", "cascade.fault.duty"},
			"text as a photo":   {func(p *cascade.PublicityInput) { p.File, p.FileName = strings.NewReader("chữ"), "a.jpg" }, "file", "blob.fault.proofKind"},
			"30 MB": {func(p *cascade.PublicityInput) {
				p.File = strings.NewReader("\xff\xd8\xff" + strings.Repeat("0", 30<<20))
			}, "file", "blob.fault.proofSize"},
		} {
			in := good
			tt.change(&in)
			_, err := d.Cascade.Publicise(t.Context(), clerk, in)
			if diff := cmp.Diff(map[string]string{tt.field: tt.key}, faulttest.Keys(err)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", name, diff)
			}
		}
		got := must[cascade.Detail](t)(d.Cascade.Get(t.Context(), clerk, id))
		if len(got.Publicity) != 0 || got.State != cascade.Assigned {
			t.Errorf("something was half saved: %s, %+v", got.State, got.Publicity)
		}

		_, err = d.Cascade.FinishDuty(t.Context(), clerk, id, 9, true, "")
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.duty")
		_, err = d.Cascade.Get(t.Context(), clerk, "không phải mã")
		faulttest.Is(t, err, fault.NotFound, "cascade.fault.notFound")

		draft, err := d.Letters.Draft(t.Context(), d.Actor(person.Clerk, d.Town), letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("", "Một.")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: draft.ID, To: cascade.Recipients{Units: []ident.ID{ward.ID}}})
		faulttest.Is(t, err, fault.Conflict, "cascade.fault.notRegistered")
		l := d.Registered(t, lettertest.Text("", "Một."))
		_, err = d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{"x"}, Groups: []ident.ID{"y"}}, DueAt: now.Add(-time.Hour),
		})
		if diff := cmp.Diff(map[string]string{"due": "cascade.fault.past"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		_, err = d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{
			Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{"x"}, Groups: []ident.ID{"y"}},
		})
		if diff := cmp.Diff(map[string]string{"units": "cascade.fault.unit", "groups": "cascade.fault.group"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
		_, err = d.Cascade.Send(t.Context(), d.Actor(person.Clerk, d.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.Town.ID}}})
		if diff := cmp.Diff(map[string]string{"units": "cascade.fault.nobody"}, faulttest.Keys(err)); diff != "" {
			t.Error(diff)
		}
	})
}
