package office

import (
	"context"
	"net/url"

	"sachhon/internal/web/ui"
)

func draftKind(primary bool) ui.ButtonKind {
	if primary {
		return ui.ButtonPrimary
	}
	return ui.ButtonSecondary
}

// unitIn is the unit that an address of ours names.
func unitIn(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Query().Get("don-vi")
}

func draftTable(ctx context.Context, caption string, rows []draftRow) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.letter.subject"), Lead: true},
		{Text: ui.T(ctx, "units.letter.type")},
		{Text: ui.T(ctx, "units.letter.addressees")},
		{Text: ui.T(ctx, "office.column.changed")},
		{Text: ui.T(ctx, "office.column.state")},
	}}
	for _, d := range rows {
		t.Rows = append(t.Rows, []ui.Cell{{Value: draftTitle(d)}, {Text: d.Type}, {Text: d.To}, {Text: d.Changed}, {Value: ui.Badge(d.Status)}})
	}
	return t
}

func bookTable(b book) ui.TableProps {
	t := ui.TableProps{Caption: b.Title, Hidden: true}
	for i, c := range b.Columns {
		t.Columns = append(t.Columns, ui.Column{Text: c, Lead: i == b.Lead})
	}
	for _, line := range b.Lines {
		row := make([]ui.Cell, len(line.Cells))
		for i, c := range line.Cells {
			row[i] = ui.Cell{Text: c}
			if i == b.Lead {
				row[i].URL = line.URL
			}
			if last := len(line.Cells) - 1; i == last && line.Do.URL != "" {
				row[i].Value = noteCell(c, line.Do)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sendKind makes passing on the main thing to do where a letter carries out what came.
func sendKind(pass string) ui.ButtonKind {
	if pass == "" {
		return ui.ButtonPrimary
	}
	return ui.ButtonSecondary
}
