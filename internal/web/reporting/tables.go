package reporting

import (
	"context"
	"strconv"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/progress"
	"sachhon/internal/waste"
	"sachhon/internal/web/ui"
)

func channelTable(ctx context.Context, c progress.Counts) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.figures.channels"), Hidden: true, Wide: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.channel"), Lead: true},
		{Text: ui.T(ctx, "reporting.column.records"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.times"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.reached"), Numeric: true},
	}}
	row := func(name string, p progress.Publicity) {
		t.Rows = append(t.Rows, []ui.Cell{{Text: name}, {Text: ui.Number(ctx, p.Records)}, {Text: ui.Number(ctx, p.Times)}, {Text: ui.Number(ctx, p.People)}})
	}
	for _, channel := range letter.Channels() {
		if p := c.Channels.Of(channel); p.Records > 0 {
			row(ui.T(ctx, "letter.channel."+string(channel)), p)
		}
	}
	if len(t.Rows) > 1 {
		row(ui.T(ctx, "reporting.total"), c.Channels.Total())
	}
	return t
}

func wasteTable(ctx context.Context, weights waste.Weights) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.figures.byType"), Hidden: true, Wide: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.type"), Lead: true}, {Text: ui.T(ctx, "reporting.column.weight"), Numeric: true},
	}}
	if weights.Total() == 0 {
		return t
	}
	for _, k := range waste.Types() {
		t.Rows = append(t.Rows, []ui.Cell{{Text: ui.T(ctx, "waste."+string(k))}, {Text: lang.From(ctx).Weight(weights.Of(k))}})
	}
	t.Rows = append(t.Rows, []ui.Cell{{Text: ui.T(ctx, "reporting.total")}, {Text: lang.From(ctx).Weight(weights.Total())}})
	return t
}

func outsideTable(ctx context.Context, c progress.Counts) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.activities"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.kind"), Lead: true},
		{Text: ui.T(ctx, "reporting.column.number"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.people"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.estimated"), Numeric: true},
	}}
	for _, k := range progress.Kinds() {
		if o := c.Activities.Of(k); o.Records > 0 {
			t.Rows = append(t.Rows, []ui.Cell{
				{Text: ui.T(ctx, "reporting.kind."+string(k))},
				{Text: ui.Number(ctx, o.Records)},
				{Text: ui.Number(ctx, o.People)},
				{Text: lang.From(ctx).Weight(o.Grams)},
			})
		}
	}
	return t
}

// unitTable has a row for the unit itself when it did something, one for each unit directly below, and the total.
func unitTable(ctx context.Context, f progress.Figures) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.figures.units"), Hidden: true, Wide: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.unit"), Lead: true},
		{Text: ui.T(ctx, "reporting.column.times"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.reached"), Numeric: true},
		{Text: ui.T(ctx, "reporting.figures.entrants"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.cleanups"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.valid"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.people"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.kilos"), Numeric: true},
		{Text: ui.T(ctx, "progress.metric.dutiesDone"), Numeric: true},
	}}
	eachUnit(ctx, f, func(name ui.Cell, c progress.Counts) {
		n := func(n int64) ui.Cell { return ui.Cell{Text: ui.Number(ctx, n)} }
		public := c.Channels.Total()
		t.Rows = append(t.Rows, []ui.Cell{
			name, n(public.Times), n(public.People), n(c.Entrants()), n(c.Cleanups), n(c.Valid), n(c.People),
			{Text: kilos(ctx, c.Waste.Total())},
			{Text: strconv.FormatInt(c.DutiesDone, 10) + "/" + strconv.FormatInt(c.Duties, 10)},
		})
	})
	return t
}

func unitWasteTable(ctx context.Context, f progress.Figures) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.figures.unitWaste"), Hidden: true, Wide: true, Columns: []ui.Column{{Text: ui.T(ctx, "reporting.column.unit"), Lead: true}}}
	for _, k := range waste.Types() {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "waste."+string(k)), Numeric: true})
	}
	if f.Total.Waste.Total() == 0 {
		return t
	}
	eachUnit(ctx, f, func(name ui.Cell, c progress.Counts) {
		if c.Waste.Total() == 0 {
			return
		}
		row := []ui.Cell{name}
		for _, g := range c.Waste {
			row = append(row, ui.Cell{Text: kilos(ctx, g)})
		}
		t.Rows = append(t.Rows, row)
	})
	return t
}

func eachUnit(ctx context.Context, f progress.Figures, row func(name ui.Cell, c progress.Counts)) {
	if f.Own != (progress.Counts{}) {
		row(ui.Cell{Text: ui.T(ctx, "reporting.figures.own", "Unit", f.Name)}, f.Own)
	}
	for _, l := range f.Direct() {
		row(unitCell(l.Name, l.Unit, l.Dispatch, f), l.Total)
	}
	row(ui.Cell{Text: ui.T(ctx, "reporting.total")}, f.Total)
}

// unitCell leads to the figures of the unit where it has the letter itself.
func unitCell(name string, id, dispatch ident.ID, f progress.Figures) ui.Cell {
	if dispatch == "" || f.Letter == "" {
		return ui.Cell{Text: name}
	}
	return ui.Cell{Text: name, URL: figuresURL(id, f.Letter) + "&tu=" + string(f.From) + "&den=" + string(f.To)}
}

// kilos is a weight in a column that says kg already.
func kilos(ctx context.Context, grams int64) string {
	return strings.TrimSuffix(lang.From(ctx).Weight(grams), " kg")
}
