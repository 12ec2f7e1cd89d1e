package units

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/web/ui"
)

// tierRow is where the units of one tier lost time.
type tierRow struct {
	Name       string
	Units      string
	Received   string
	Publicised string
	Late       string
	Steps      [3]string // median time to receive, to assign, to publicise
}

// boardRow is one unit.
type boardRow struct {
	Unit         string
	URL          string
	Tier         int
	Status       ui.BadgeProps
	Late         ui.BadgeProps
	Due          clock.Time // zero when nothing is left to do
	Duties       string
	Publicity    string
	Reached      string
	Entrants     string
	Participants string
	BelowURL     string // shows those it passed the letter on to
	Below        string // how they stand
	Receipt      string // when the sender was told that it arrived, or that only its status will be known
}

func viewRow(ctx context.Context, row cascade.Row, figures map[ident.ID]insight.Unit, now clock.Time) boardRow {
	v := boardRow{
		Unit: row.Unit.FullName, URL: dispatchURL(row.ID), Tier: row.Tier, Status: ui.StatusOf(ctx, ui.FamilyDispatch, row.Status()),
		Late: lateBadge(ctx, row.Late, now), Duties: ui.Number(ctx, row.DutiesDone) + "/" + ui.Number(ctx, row.Duties),
		Publicity: ui.Number(ctx, row.Publicity.Records), Receipt: outsideText(ctx, row.Dispatch),
	}
	if v.Receipt == "" && row.State == cascade.Arrived { // who has received it has said more
		v.Receipt = receiptText(ctx, row.Dispatch)
	}
	if !row.ExpectsRecords() {
		if v.Publicity == "0" {
			v.Publicity = "–"
		}
		if row.DutiesDone == 0 {
			v.Duties = "–"
		}
	}
	if row.State.Open() {
		v.Due = row.FinishBy()
	}
	if row.Publicity.People > 0 {
		v.Reached = ui.T(ctx, "units.publicity.people", "Count", row.Publicity.People)
	}
	if figures != nil {
		u := figures[row.ReceiverID]
		v.Entrants, v.Participants = ui.Number(ctx, u.Registrations), ui.Number(ctx, u.Participants)
	}
	return v
}

func tierName(ctx context.Context, depth int) string {
	if depth == 1 {
		return ui.T(ctx, "units.board.tierFirst")
	}
	return ui.T(ctx, "units.board.tier", "Number", depth)
}

func viewTier(ctx context.Context, t cascade.Tier) tierRow {
	v := tierRow{
		Name: tierName(ctx, t.Depth), Units: ui.Number(ctx, t.Units),
		Publicised: ui.Number(ctx, t.Publicised), Late: ui.Number(ctx, t.Late),
	}
	for i, step := range []cascade.Step{cascade.StepReceive, cascade.StepAssign, cascade.StepPublicise} {
		v.Steps[i] = "–"
		if took, ok := t.Median[step]; ok {
			v.Steps[i] = roughly(ctx, took)
		}
	}
	return v
}

func tierTable(ctx context.Context, tiers []tierRow) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "units.board.time"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.tier"), Lead: true},
		{Text: ui.T(ctx, "units.column.units"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toReceive"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toAssign"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toPublicise"), Numeric: true},
		{Text: ui.T(ctx, "units.board.publicised"), Numeric: true},
		{Text: ui.T(ctx, "units.board.late"), Numeric: true},
	}}
	for _, r := range tiers {
		t.Rows = append(t.Rows, []ui.Cell{
			{Text: r.Name}, {Text: r.Units}, {Text: r.Steps[0]}, {Text: r.Steps[1]}, {Text: r.Steps[2]}, {Text: r.Publicised}, {Text: r.Late},
		})
	}
	return t
}

func boardTable(ctx context.Context, v boardView) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "units.board.units"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.unit"), Lead: true},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	due := slices.ContainsFunc(v.Rows, func(r boardRow) bool { return !r.Due.IsZero() })
	if due {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.column.due")})
	}
	t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.duties"), Numeric: true}, ui.Column{Text: ui.T(ctx, "units.publicity"), Numeric: true})
	if v.Entries {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.column.entrants"), Numeric: true},
			ui.Column{Text: ui.T(ctx, "units.column.participants"), Numeric: true})
	}
	for _, r := range v.Rows {
		cells := []ui.Cell{{Value: boardUnit(r)}, {Value: boardStatus(r)}}
		if due {
			cells = append(cells, ui.Cell{Value: moment(r.Due)})
		}
		cells = append(cells, ui.Cell{Text: r.Duties}, ui.Cell{Value: boardPublicity(r)})
		if v.Entries {
			cells = append(cells, ui.Cell{Text: r.Entrants}, ui.Cell{Text: r.Participants})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
