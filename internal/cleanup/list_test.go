package cleanup_test

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/cleanup"
	"sachhon/internal/cleanup/cleanuptest"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

func TestList(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, first := w.Approved()
		_, second := w.Approved(func(in *entrant.RegisterInput) { in.Name = "Đội khác" })
		at := func(lat, lon float64) func(*cleanup.Plan) {
			return func(p *cleanup.Plan) { p.Point = &geo.Point{Lat: lat, Lon: lon} }
		}
		names := map[ident.ID]string{}
		keep := func(name string, c cleanup.Cleanup) cleanup.Cleanup {
			names[c.ID] = name
			return c
		}
		a := keep("a", w.AnnouncedCleanup(first, 8, at(16.52, 107.55)))
		keep("b", w.AnnouncedCleanup(second, 8, at(16.40, 107.60)))
		keep("c", w.AnnouncedCleanup(first, 9, at(16.20, 107.30), func(p *cleanup.Plan) { p.Unit = w.Unit("474") }))
		keep("d", w.AnnouncedCleanup(first, 10, func(p *cleanup.Plan) { p.Point = nil }))
		e := keep("e", w.AnnouncedCleanup(first, 11, at(16.521, 107.549)))
		keep("draft", w.DraftCleanup(second, 12))
		w.Clock.Set(june(8, 9, 0).Time)
		w.Must(w.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return w.Cleanups.Reported(ctx, tx, first, a.ID) }))
		_, err := w.Cleanups.Cancel(ctx, first, e.ID, "Có cảnh báo mưa lớn.")
		w.Must(err)
		w.Clock.Set(june(9, 7, 30).Time)

		list := func(f cleanup.Filter) string {
			t.Helper()
			var got []string
			f.Challenge = w.Challenge.ID
			for {
				page, err := w.Cleanups.List(ctx, f)
				w.Must(err)
				for _, c := range page.Cleanups {
					got = append(got, names[c.ID])
				}
				if f.Cursor = page.Next; f.Cursor == "" {
					return strings.Join(got, " ")
				}
			}
		}
		eighth := "a b" // the same hour: ordered by their identifiers
		if list(cleanup.Filter{To: june(9, 0, 0)}) == "b a" {
			eighth = "b a"
		}
		for name, test := range map[string]struct {
			filter cleanup.Filter
			want   string
		}{
			"all":                 {cleanup.Filter{}, "e d c " + eighth},
			"by ones":             {cleanup.Filter{Limit: 1}, "e d c " + eighth},
			"a box":               {cleanup.Filter{Box: &geo.Box{West: 107.5, South: 16.5, East: 107.56, North: 16.53}}, "e a"},
			"a huge box":          {cleanup.Filter{Box: &geo.Box{West: 100, South: 8, East: 110, North: 24}}, "e c " + eighth},
			"an empty box":        {cleanup.Filter{Box: &geo.Box{West: 108, South: 16, East: 109, North: 17}}, ""},
			"part of a cell, lat": {cleanup.Filter{Box: &geo.Box{West: 107.54, South: 16.5205, East: 107.56, North: 16.53}}, "e"},
			"part of a cell, lon": {cleanup.Filter{Box: &geo.Box{West: 107.5495, South: 16.51, East: 107.56, North: 16.53}}, "a"},
			"the edge":            {cleanup.Filter{Box: &geo.Box{West: 107.55, South: 16.52, East: 107.55, North: 16.52}}, "a"},
			"days":                {cleanup.Filter{From: june(9, 0, 0), To: june(11, 0, 0)}, "d c"},
			"a town":              {cleanup.Filter{Unit: w.Unit("480")}, "e d " + eighth},
			"a city":              {cleanup.Filter{Unit: w.Unit("474")}, "c"},
			"the province":        {cleanup.Filter{Unit: w.Unit("46"), Limit: 2}, "e d c " + eighth},
			"an entrant":          {cleanup.Filter{Entrant: second.Represents[0]}, "b"},
			"announced":           {cleanup.Filter{State: cleanup.Announced}, "d"},
			"under way":           {cleanup.Filter{State: cleanup.UnderWay}, "c"},
			"ended":               {cleanup.Filter{State: cleanup.Ended}, "b"},
			"reported":            {cleanup.Filter{State: cleanup.Reported}, "a"},
			"cancelled":           {cleanup.Filter{State: cleanup.Cancelled}, "e"},
			"drafts":              {cleanup.Filter{State: cleanup.Draft}, ""},
			"everything set":      {cleanup.Filter{State: cleanup.Reported, Unit: w.Unit("20005"), From: june(8, 0, 0), To: june(9, 0, 0), Box: &geo.Box{West: 107, South: 16, East: 108, North: 17}}, "a"},
		} {
			if got := list(test.filter); got != test.want {
				t.Errorf("%s: %q, want %q", name, got, test.want)
			}
		}
		latest, err := w.Cleanups.Latest(ctx, w.Challenge.ID, 2)
		if err != nil || len(latest) != 2 || names[latest[0].ID] != "e" {
			t.Errorf("latest %v, %v", latest, err)
		}
		everything, err := w.Cleanups.AllPublic(ctx, w.DB, w.Challenge.ID)
		if err != nil || len(everything) != 5 {
			t.Errorf("%d public ones, %v", len(everything), err)
		}
		for _, cursor := range []string{"x", "%%%", base64.RawURLEncoding.EncodeToString([]byte("1.2")), strings.Repeat("A", 5000)} {
			if _, err := w.Cleanups.List(ctx, cleanup.Filter{Challenge: w.Challenge.ID, Cursor: cursor}); !errors.Is(err, fault.Malformed) {
				t.Errorf("cursor %.20q: %v", cursor, err)
			}
		}
	})
}

func TestAttendance(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *cleanuptest.World) {
		ctx := t.Context()
		_, actor := w.Approved()
		c := w.AnnouncedCleanup(actor, 9)
		list := cleanup.AttendanceInput{Kind: cleanup.NameList, HeadCount: 99, Attendees: []cleanup.Attendee{
			{Name: " Lê  Thị Mẫu "}, {}, {Name: "Bé Na", Guardian: "Lê Thị Mẫu"},
		}}
		_, err := w.Cleanups.Attend(ctx, actor, c.ID, list)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != "cleanup.fault.notBegun" {
			t.Errorf("they came before it began: %v", err)
		}
		w.Clock.Set(june(9, 7, 0).Time)
		for name, bad := range map[string]cleanup.AttendanceInput{
			"kind":            {Kind: "x"},
			"head_count":      {Kind: cleanup.HeadCount, HeadCount: -1},
			"attendees.0":     {Kind: cleanup.NameList, Attendees: []cleanup.Attendee{{Guardian: "Ai đó"}}},
			"attendees.1":     {Kind: cleanup.NameList, Attendees: []cleanup.Attendee{{Name: "A"}, {Name: strings.Repeat("a", 5000)}}},
			"attendees":       {Kind: cleanup.NameList, Attendees: slices.Repeat([]cleanup.Attendee{{Name: "A"}}, 2001)},
			"head_count more": {Kind: cleanup.HeadCount, HeadCount: 10_001},
		} {
			_, err := w.Cleanups.Attend(ctx, actor, c.ID, bad)
			want, _, _ := strings.Cut(name, " ")
			if got := faulttest.Fields(err); len(got) != 1 || !strings.HasPrefix(got[0], want+" ") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, ok, err := w.Cleanups.Participants(ctx, w.DB, c.ID); ok || err != nil {
			t.Errorf("somebody came already: %v", err)
		}
		count := cleanup.AttendanceInput{Kind: cleanup.HeadCount, HeadCount: 17, Attendees: list.Attendees}
		for _, in := range []cleanup.AttendanceInput{count, list, list} {
			_, err := w.Cleanups.Attend(ctx, actor, c.ID, in)
			w.Must(err)
		}
		a, ok, err := w.Cleanups.Attendance(ctx, actor, c.ID)
		want := []cleanup.Attendee{{Name: "Lê Thị Mẫu"}, {Name: "Bé Na", Guardian: "Lê Thị Mẫu"}}
		if err != nil || !ok || !slices.Equal(a.Attendees, want) || a.Participants() != 2 {
			t.Errorf("the list is %+v, %v", a, err)
		}
		a, _, err = w.Cleanups.Attendance(ctx, w.Board, c.ID)
		if err != nil || a.Attendees != nil || a.Participants() != 2 {
			t.Errorf("the board reads names: %+v, %v", a, err)
		}
		for _, who := range []person.Actor{{}, w.Person("20005")} {
			if _, _, err := w.Cleanups.Attendance(ctx, who, c.ID); err == nil {
				t.Error("the public reads who came")
			}
			if _, err := w.Cleanups.Attend(ctx, who, c.ID, count); err == nil {
				t.Error("the public writes who came")
			}
		}
	})
}
