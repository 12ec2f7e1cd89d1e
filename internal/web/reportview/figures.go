package reportview

import (
	"context"
	"strconv"
	"time"

	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/waste"
	"sachhon/internal/web/ui"
)

// duration writes minutes in words.
func duration(ctx context.Context, minutes int64) string {
	return lang.From(ctx).Duration(time.Duration(minutes) * time.Minute)
}

// table lists the figures; adjusted ones stand beside those that were sent in.
func table(ctx context.Context, r report.Report) ui.TableProps {
	columns := []ui.Column{
		{Text: ui.T(ctx, "reportview.figure"), Lead: true},
		{Text: ui.T(ctx, "reportview.sent"), Numeric: true},
	}
	if r.Adjusted != nil {
		columns = append(columns, ui.Column{Text: ui.T(ctx, "reportview.adjusted"), Numeric: true})
	}
	t := ui.TableProps{Caption: ui.T(ctx, "reportview.figures"), Hidden: true, Columns: columns}
	row := func(name string, text func(report.Figures) string) {
		cells := []ui.Cell{{Text: name}, {Text: text(r.Figures)}}
		if r.Adjusted != nil {
			cells = append(cells, ui.Cell{Text: text(*r.Adjusted)})
		}
		t.Rows = append(t.Rows, cells)
	}
	row(ui.T(ctx, "reportview.participants"), func(f report.Figures) string { return ui.Number(ctx, f.Participants) })
	row(ui.T(ctx, "reportview.duration"), func(f report.Figures) string { return duration(ctx, f.Minutes) })
	for i, kind := range waste.Types() {
		if r.Figures.Weights[i] == 0 && (r.Adjusted == nil || r.Adjusted.Weights[i] == 0) {
			continue
		}
		row(ui.T(ctx, "waste."+string(kind)), func(f report.Figures) string { return weighed(ctx, f, i) })
	}
	row(ui.T(ctx, "reportview.total"), func(f report.Figures) string { return ui.Weight(ctx, f.Weights.Total()) })
	return t
}

// weighed writes a weight and how it is known.
func weighed(ctx context.Context, f report.Figures, i int) string {
	text := ui.Weight(ctx, f.Weights[i])
	if f.Weights[i] == 0 || f.Methods[i] == "" {
		return text
	}
	return text + " (" + lang.From(ctx).T("waste.method."+string(f.Methods[i])) + ")"
}

// ofRole returns the photos of one role in the order in which they came.
func ofRole(photos []report.Photo, role report.Role) (found []report.Photo) {
	for _, p := range photos {
		if p.Role == role {
			found = append(found, p)
		}
	}
	return found
}

// picture is a photo as a list shows it; it leads to its large form, or to the original where one may see that.
func picture(ctx context.Context, at Addresses, p report.Photo, n int, size report.Size, original bool) ui.Photo {
	link := report.Large
	if original {
		link = report.Original
	}
	photo := ui.Photo{
		// The copies keep the proportions, which is all that a browser needs.
		URL: at(p.ID, size), Width: p.Width, Height: p.Height, Link: at(p.ID, link),
		Alt: ui.T(ctx, "report.role."+string(p.Role)) + " " + strconv.Itoa(n),
	}
	if !p.TakenAt.IsZero() {
		photo.Note = ui.T(ctx, "reportview.taken", "At", p.TakenAt)
	}
	return photo
}
