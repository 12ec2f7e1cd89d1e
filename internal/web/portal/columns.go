package portal

import (
	"context"

	"sachhon/internal/web/ui"
)

func prizeColumns(ctx context.Context) []ui.Column {
	return []ui.Column{
		{Text: ui.T(ctx, "portal.prizes.title"), Lead: true},
		{Text: ui.T(ctx, "portal.prizes.count"), Numeric: true},
		{Text: ui.T(ctx, "portal.prizes.amount"), Numeric: true},
	}
}

func schemeColumns(ctx context.Context) []ui.Column {
	return []ui.Column{{Text: ui.T(ctx, "portal.waste"), Lead: true}, {Text: ui.T(ctx, "portal.scheme.perKilo")}}
}

func wasteColumns(ctx context.Context) []ui.Column {
	return []ui.Column{
		{Text: ui.T(ctx, "portal.waste"), Lead: true},
		{Text: ui.T(ctx, "portal.weight"), Numeric: true},
		{Text: ui.T(ctx, "portal.method")},
	}
}

func winnerColumns(ctx context.Context) []ui.Column {
	return []ui.Column{
		{Text: ui.T(ctx, "ui.standings.rank"), Numeric: true},
		{Text: ui.T(ctx, "ui.standings.entrant"), Lead: true},
		{Text: ui.T(ctx, "portal.prizes.title")},
		{Text: ui.T(ctx, "portal.prizes.amount"), Numeric: true},
		{Text: ui.T(ctx, "ui.standings.points"), Numeric: true},
	}
}

func documentList(documents []documentRow, letters []letterRow) []ui.Definition {
	var out []ui.Definition
	for _, d := range documents {
		out = append(out, ui.Definition{Term: d.Kind, Value: documentFile(d)})
	}
	for _, l := range letters {
		out = append(out, ui.Definition{Term: l.Kind, Value: letterLink(l)})
	}
	return out
}

// field is an input of the filter, filled with what was asked for.
func (v cleanupsView) field(name, label, value string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: value, Error: v.Faults[name], Required: false}
}

func (v cleanupsView) emptyTitle(ctx context.Context) string {
	if v.Filtered {
		return ui.T(ctx, "portal.cleanups.noneFound")
	}
	return ui.T(ctx, "portal.cleanups.none")
}

func (v cleanupsView) emptyText(ctx context.Context) string {
	if v.Filtered {
		return ui.T(ctx, "portal.cleanups.noneFoundText")
	}
	return ui.T(ctx, "portal.cleanups.noneText")
}
