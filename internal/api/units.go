package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/unit"
)

type onDay struct {
	On string `query:"on" format:"date" example:"2024-06-06" doc:"The day for which the tree is asked; today when left out"`
}

func (a *api) registerUnits() {
	get[UnitList](a, huma.Operation{
		OperationID: "list-units", Path: "/api/v1/units", Tags: []string{"units"},
		Summary: "The administrative tree as it stands on a day",
	}, a.listUnits)
}

func (a *api) listUnits(ctx context.Context, in *onDay) (*answer, error) {
	day := clock.DayOf(a.Clock.Now())
	if in.On != "" {
		var err error
		if day, err = clock.ParseDay(in.On); err != nil {
			return nil, fault.Invalid.With("api.parameter.on").At("on")
		}
	}
	tree, err := a.Units.Tree(ctx, day)
	if err != nil {
		return nil, err
	}
	return encode(UnitList{On: string(tree.Day()), Units: each(tree.Units(), func(u unit.Unit) Unit {
		return Unit{
			ID: string(u.ID), Code: u.Code, Name: u.Name, FullName: u.FullName, Kind: string(u.Kind), Area: string(u.AreaID),
			Superior: string(u.SuperiorID), ValidFrom: string(u.ValidFrom), ValidTo: string(u.ValidTo),
		}
	})})
}
