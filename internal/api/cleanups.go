package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

type cleanupQuery struct {
	BySlug
	BBox   string `query:"bbox" maxLength:"200" example:"107.0,16.0,108.2,16.8" doc:"west,south,east,north in degrees: only clean-ups with a point inside"`
	From   string `query:"from" format:"date" example:"2024-06-06" doc:"First day on which they begin, in the challenge's zone"`
	To     string `query:"to" format:"date" example:"2024-06-29" doc:"Last day on which they begin"`
	Unit   string `query:"unit" format:"uuid" doc:"Identifier of a unit: in it and everything that lies in it"`
	State  string `query:"state" enum:"announced,under_way,ended,reported,valid,invalid,cancelled" doc:"State as of now"`
	Cursor string `query:"cursor" maxLength:"200" doc:"Of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Most clean-ups in one answer"`
}

type byID struct {
	ID string `path:"id" maxLength:"100" doc:"Identifier of the clean-up"`
}

func (a *api) registerCleanups() {
	tags := []string{"cleanups"}
	get[CleanupList](a, huma.Operation{
		OperationID: "list-cleanups", Path: "/api/v1/challenges/{slug}/cleanups", Tags: tags,
		Errors:  []int{http.StatusBadRequest, http.StatusNotFound},
		Summary: "The announced clean-ups of a challenge, the one that begins last first",
	}, a.listCleanups)
	get[CleanupDetail](a, huma.Operation{
		OperationID: "get-cleanup", Path: "/api/v1/cleanups/{id}", Tags: tags, Errors: []int{http.StatusNotFound},
		Summary: "One clean-up with what it achieved",
	}, a.getCleanup)
}

// filter reads what is not checked by huma: it reports everything that is wrong at once.
func (q *cleanupQuery) filter() (insight.EventFilter, ident.ID, error) {
	f := insight.EventFilter{State: insight.PointState(q.State), Cursor: q.Cursor, Limit: q.Limit}
	var faults fault.Fields
	if q.BBox != "" {
		box, err := geo.ParseBox(q.BBox)
		if err := faults.AddError("bbox", err); err != nil {
			return f, "", err
		}
		f.Box = &box
	}
	day := func(name, value string) (day clock.Day) {
		if value == "" {
			return ""
		}
		day, err := clock.ParseDay(value)
		if err != nil {
			faults.Add(name, "api.parameter."+name)
		}
		return day
	}
	f.From = day("from", q.From).Start()
	if last := day("to", q.To); last != "" {
		f.To = last.Next().Start()
	}
	var unit ident.ID
	if q.Unit != "" {
		var err error
		if unit, err = ident.Parse(q.Unit); err != nil {
			faults.Add("unit", "api.parameter.unit")
		}
	}
	return f, unit, faults.Err()
}

func (a *api) listCleanups(ctx context.Context, in *cleanupQuery) (*answer, error) {
	c, err := a.Challenges.BySlug(ctx, everybody, in.Slug)
	if err != nil {
		return nil, err
	}
	f, unit, err := in.filter()
	if err != nil {
		return nil, err
	}
	if unit != "" {
		tree, err := a.Units.Tree(ctx, clock.DayOf(c.Period.From.Time))
		if err != nil {
			return nil, err
		}
		f.Inside = func(id ident.ID) bool { return tree.Inside(id, unit) }
	}
	snapshot, err := a.Insight.Get(ctx, everybody, c.ID)
	if err != nil {
		return nil, err
	}
	now := a.now()
	events, next, err := snapshot.Select(f, now)
	if err != nil {
		return nil, err
	}
	return encode(CleanupList{
		Next: next, AsOf: snapshot.AsOf.Time,
		Cleanups: each(events, func(e *insight.Event) Cleanup { return newCleanup(e, now) }),
	})
}

func newCleanup(e *insight.Event, now clock.Time) Cleanup {
	out := Cleanup{
		ID: string(e.ID), State: string(e.StateAt(now)), StartsAt: e.StartsAt.Time, EndsAt: e.EndsAt.Time, Place: e.Place,
		Unit: string(e.Unit), Participants: e.Participants, Grams: e.Grams,
		Entrant: Entrant{ID: string(e.Entrant.ID), Number: e.Entrant.Number, Name: e.Entrant.Name, Unit: string(e.Entrant.Unit)},
	}
	if e.Point != nil {
		out.Point = &Point{Lat: e.Point.Lat, Lon: e.Point.Lon}
	}
	return out
}

func (a *api) getCleanup(ctx context.Context, in *byID) (*answer, error) {
	id, err := ident.Parse(in.ID)
	if err != nil {
		return nil, fault.NotFound.With("cleanup.fault.none")
	}
	c, err := a.Cleanups.ByID(ctx, everybody, id)
	if err != nil {
		return nil, err
	}
	of, err := a.Challenges.ByID(ctx, everybody, c.Challenge)
	if err != nil {
		return nil, err
	}
	snapshot, err := a.Insight.Get(ctx, everybody, c.Challenge)
	if err != nil {
		return nil, err
	}
	event, ok := snapshot.Event(id)
	if !ok { // announced a moment ago, on another node
		return nil, fault.NotFound.With("cleanup.fault.none")
	}
	out := CleanupDetail{
		Cleanup: newCleanup(event, a.now()), Challenge: of.Slug, Description: c.Description, Expected: c.Expected,
		AnnouncedAt: c.AnnouncedAt.Time, CancelledAt: optional(c.CancelledAt),
	}
	if event.State != insight.PointValid {
		return encode(out)
	}
	result, err := a.Reports.Public(ctx, id)
	if err != nil && !absent(err) {
		return nil, err
	}
	if err == nil {
		out.Result = newResult(result)
	}
	return encode(out)
}

func newResult(p report.Public) *Result {
	f := p.Figures
	methods := map[string]string{}
	for _, t := range waste.Types() {
		if f.Weights.Of(t) > 0 && f.Methods.Of(t) != "" {
			methods[string(t)] = string(f.Methods.Of(t))
		}
	}
	return &Result{
		Minutes: f.Minutes, Waste: newWaste(f.Weights), Methods: methods, Adjusted: p.Adjusted, ValidAt: p.ValidAt.Time,
		Photos: each(p.Photos, func(p report.PublicPhoto) Photo {
			address := "/anh/" + string(p.ID) + "/"
			return Photo{
				ID: string(p.ID), Role: string(p.Role), Width: p.Width, Height: p.Height,
				Thumb: address + string(report.Thumb), Large: address + string(report.Large),
			}
		}),
	}
}

func newWaste(w waste.Weights) Waste {
	return Waste{
		Organic: w.Of(waste.Organic), Plastic: w.Of(waste.Plastic), Metal: w.Of(waste.Metal), Construction: w.Of(waste.Construction),
		Paper: w.Of(waste.Paper), Glass: w.Of(waste.Glass), Hazardous: w.Of(waste.Hazardous), Other: w.Of(waste.Other),
	}
}
