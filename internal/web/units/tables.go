package units

import (
	"context"

	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

func itemTable(ctx context.Context, caption string, items []itemView) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.letter"), Lead: true},
		{Text: ui.T(ctx, "units.column.sender")},
		{Text: ui.T(ctx, "units.column.arrived")},
		{Text: ui.T(ctx, "units.column.due")},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	for _, it := range items {
		t.Rows = append(t.Rows, []ui.Cell{
			{Value: matter(it.URL, it.Symbol, it.Subject)},
			{Value: itemSender(it)},
			{Value: moment(it.Arrived)},
			{Value: moment(it.Due)},
			{Value: itemStatus(it)},
		})
	}
	return t
}

// letterRow is one letter in the list of its issuer.
type letterRow struct {
	URL     string
	Symbol  string
	Subject string
	Date    string
	Status  ui.BadgeProps
}

func viewLetterRow(ctx context.Context, l letter.Letter) letterRow {
	return letterRow{
		URL: letterURL(l.ID), Symbol: symbolOf(ctx, l), Subject: l.Fields.Subject, Date: dateText(ctx, l.Fields.Date),
		Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)),
	}
}

func letterTable(ctx context.Context, caption string, letters []letterRow) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.letter"), Lead: true},
		{Text: ui.T(ctx, "units.column.date")},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	for _, l := range letters {
		t.Rows = append(t.Rows, []ui.Cell{{Value: matter(l.URL, l.Symbol, l.Subject)}, {Text: l.Date}, {Value: ui.Badge(l.Status)}})
	}
	return t
}
