package office_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/unit"
	"sachhon/internal/urging/urgingtest"
	"sachhon/internal/web"
	"sachhon/internal/web/office"
	"sachhon/internal/web/webtest"
)

// writer begins letters at the page that asks for a template, as a clerk does.
type writer struct {
	*urgingtest.Desk
	client *webtest.Client
}

func newWriter(t *testing.T, db *database.DB, clk *clock.Set) writer {
	d := urgingtest.New(t, db, clk)
	return writer{d, webtest.New(t, func(site *web.Site) {
		office.Register(site, office.Deps{
			DB: db, Clock: clk, IDs: d.IDs, Units: d.Units, People: d.People, Letters: d.Letters, Cascade: d.Cascade, Challenges: d.Challenges,
			Drafting: drafting.NewService(db, d.Log, d.Units), Urging: d.Urging,
		})
	})}
}

// begins returns where the form leads.
func (w writer) begins(t *testing.T, u unit.Unit, template drafting.Template, pairs ...string) string {
	t.Helper()
	a := w.client.As(w.Actor(person.Clerk, u)).Post("/don-vi/soan-thao/moi", with(url.Values{
		"id": {string(w.IDs.New())}, "unit": {string(u.ID)}, "template": {string(template)}, "signer": {"0"},
	}, pairs...))
	if a.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", template, a.Status, a.Body)
	}
	return a.Location
}

func (w writer) document(t *testing.T, location string) letter.Document {
	t.Helper()
	id, err := ident.Parse(strings.TrimPrefix(location, "/don-vi/soan-thao/"))
	if err != nil {
		t.Fatalf("%s: %v", location, err)
	}
	l, err := w.Letters.Load(t.Context(), w.DB, id)
	if err != nil {
		t.Fatal(err)
	}
	return *l.Document
}

// Whichever way a letter that came is chosen, the unit's own carries over what the records ask of the unit: the days that count
// from its receipt too.
func TestALetterThatIsChosenAsksWhatTheRecordsAsk(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWriter(t, db, clk)
		union := w.Unit(t, "480.DTN")
		l := w.Registered(t, lettertest.Text("", "Gửi danh sách trong 05 ngày làm việc kể từ ngày nhận được văn bản này."))
		r, err := w.Cascade.Send(t.Context(), w.Actor(person.Clerk, w.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{union.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		if _, err := w.Cascade.Receive(t.Context(), w.Actor(person.Clerk, union), r.Dispatches[0].ID); err != nil {
			t.Fatal(err)
		}
		chosen := w.document(t, w.begins(t, union, drafting.Letter, "on", string(l.ID)))
		came := w.document(t, w.begins(t, union, drafting.Letter, "dispatch", string(r.Dispatches[0].ID)))
		if diff := cmp.Diff(came.Blocks, chosen.Blocks); diff != "" || !strings.Contains(chosen.Text(), "chậm nhất ngày 11 tháng 6") {
			t.Errorf("chosen from the list (+) and at the letter that came (-)\n%s\n%s", diff, chosen.Text())
		}
	})
}

// Of a letter that was typed in, what it asks of a department of the province is not asked of those below, and "the committees of
// the towns:" is not said to them.
func TestOfALetterThatWasTypedInOnlyTheOwnDutiesAreCarriedOver(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWriter(t, db, clk)
		clerk := w.Actor(person.Clerk, w.Town)
		text := strings.Replace(lettertest.Text("415",
			"Ủy ban nhân dân các huyện, thị xã, thành phố: chỉ đạo các xã, phường tuyên truyền, gửi danh sách trong 05 ngày làm việc kể từ ngày nhận được văn bản này.",
			"Sở Tài nguyên và Môi trường tổng hợp kết quả."), "THỊ XÃ HƯƠNG TRÀ", "TỈNH THỪA THIÊN HUẾ", 1)
		draft, err := w.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: w.IDs.New(), Issuer: w.Town.ID, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		l, d, err := w.Cascade.Enter(t.Context(), clerk, draft.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range [][]string{{"on", string(l.ID)}, {"dispatch", string(d.ID)}} {
			own := w.document(t, w.begins(t, w.Town, drafting.Letter, way...)).Text()
			if strings.Contains(own, "Sở Tài nguyên") || !strings.Contains(own, "1. Chỉ đạo các xã, phường") || !strings.Contains(own, "chậm nhất ngày 11 tháng 6") {
				t.Errorf("%s:\n%s", way[0], own)
			}
		}
	})
}

// A letter of urging that a clerk begins names those who are late, and a report is drafted from the records.
func TestTemplatesAreFilledFromTheRecords(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := newWriter(t, db, clk)
		late, done := w.Unit(t, "19996"), w.Unit(t, "20008")
		l := w.Letter(t)
		r, err := w.Cascade.Send(t.Context(), w.Actor(person.Clerk, w.Town), cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{late.ID, done.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		w.Drain(t)
		for _, d := range r.Dispatches {
			if d.ReceiverID != done.ID {
				continue
			}
			got, err := w.Cascade.Receive(t.Context(), w.Actor(person.Clerk, done), d.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Cascade.Assign(t.Context(), w.Actor(person.Leader, done), d.ID, got.Version, cascade.Instruction{Lead: "Văn phòng"}); err != nil {
				t.Fatal(err)
			}
		}
		clk.Set(clock.Date(2024, time.June, 10, 9, 0).Time)
		doc := w.document(t, w.begins(t, w.Town, drafting.Urging, "on", string(l.ID)))
		if len(doc.Addressees) != 1 || !strings.Contains(doc.Addressees[0], late.Name) {
			t.Errorf("urged are %q", doc.Addressees)
		}
		if text := doc.Text(); !strings.Contains(text, "còn 1 đơn vị chưa hoàn thành") || !strings.Contains(text, "chưa tiếp nhận") || strings.Contains(text, done.Name) {
			t.Errorf("it says\n%s", text)
		}
		to := w.begins(t, done, drafting.Report, "on", string(l.ID))
		if want := "/don-vi/bao-cao/moi?don-vi=" + string(done.ID) + "&van-ban=" + string(l.ID); to != want {
			t.Errorf("the report leads to %s, want %s", to, want)
		}
		if doc := w.document(t, w.begins(t, done, drafting.Report)); doc.Type != letter.Report {
			t.Errorf("a frame without records is a %s", doc.Type)
		}
	})
}
