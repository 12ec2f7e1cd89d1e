package units

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/paper"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// boardFile sends the whole board as a sheet, for a meeting or to work on: every unit of every tier.
func (p *pages) boardFile(w http.ResponseWriter, r *http.Request, letterID, sender ident.ID) error {
	ctx := r.Context()
	b, err := p.Cascade.Board(ctx, web.ActorOf(ctx), letterID, sender)
	if err != nil {
		return err
	}
	figures, err := p.challengeFigures(ctx, b.Letter)
	if err != nil {
		return err
	}
	issuer, err := p.Units.Unit(ctx, b.Letter.IssuerID)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	title := ui.T(ctx, "units.board.title")
	info := paper.Info{Title: title, Subject: symbolOf(ctx, b.Letter), Author: b.Sender.Organ(), Date: b.At.Time}
	if err := sheet.Write(&buf, sheet.Book{Info: info, Sheets: []sheet.Sheet{boardSheet(ctx, b, issuer, figures)}}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", sheet.MediaType)
	h.Set("Content-Disposition", attachment(safeName("theo-doi-"+b.Letter.Symbol(), string(letterID))+".xlsx"))
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", b.At.Time, bytes.NewReader(buf.Bytes()))
	return nil
}

// boardColumn is one column of the sheet.
type boardColumn struct {
	sheet.Column
	of func(cascade.Row) any
}

func boardSheet(ctx context.Context, b cascade.Board, issuer unit.Unit, figures map[ident.ID]insight.Unit) sheet.Sheet {
	text := func(key string, width float64, of func(cascade.Row) any) boardColumn {
		return boardColumn{sheet.Column{Head: ui.T(ctx, key), Width: width}, of}
	}
	day := func(key string, of func(cascade.Row) clock.Time) boardColumn {
		return boardColumn{sheet.Column{Head: ui.T(ctx, key), Kind: sheet.Date}, func(r cascade.Row) any {
			if at := of(r); !at.IsZero() {
				return at.In(clock.Zone)
			}
			return nil
		}}
	}
	number := func(key string, of func(cascade.Row) int) boardColumn {
		return boardColumn{sheet.Column{Head: ui.T(ctx, key), Kind: sheet.Integer}, func(r cascade.Row) any { return of(r) }}
	}
	recorded := func(key string, of func(cascade.Row) int) boardColumn { // nothing is known of a unit outside but its status
		return boardColumn{sheet.Column{Head: ui.T(ctx, key), Kind: sheet.Integer}, func(r cascade.Row) any {
			if n := of(r); n > 0 || r.ExpectsRecords() {
				return n
			}
			return nil
		}}
	}
	columns := []boardColumn{
		text("units.column.unit", 40, func(r cascade.Row) any { return strings.Repeat("    ", r.Tier-1) + r.Unit.FullName }),
		number("units.column.tier", func(r cascade.Row) int { return r.Tier }),
		text("units.column.state", 0, func(r cascade.Row) any { return ui.StatusOf(ctx, ui.FamilyDispatch, r.Status()).Text }),
		text("units.sheet.late", 40, func(r cascade.Row) any {
			var late []string
			for _, l := range r.Late {
				late = append(late, lateText(ctx, l, b.At))
			}
			return strings.Join(late, "; ")
		}),
		day("units.column.arrived", func(r cascade.Row) clock.Time { return r.ArrivedAt }),
		day("units.sheet.received", func(r cascade.Row) clock.Time { return r.ReceivedAt }),
		day("units.sheet.assigned", func(r cascade.Row) clock.Time { return r.AssignedAt }),
		text("units.field.lead", 24, func(r cascade.Row) any { return r.Lead }),
		day("units.column.due", func(r cascade.Row) clock.Time { return r.FinishBy() }),
		number("units.sheet.duties", func(r cascade.Row) int { return r.Duties }),
		recorded("units.sheet.done", func(r cascade.Row) int { return r.DutiesDone }),
		recorded("units.sheet.publicity", func(r cascade.Row) int { return r.Publicity.Records }),
		recorded("units.sheet.people", func(r cascade.Row) int { return r.Publicity.People }),
	}
	if figures != nil {
		columns = append(
			columns,
			number("units.column.entrants", func(r cascade.Row) int { return int(figures[r.ReceiverID].Registrations) }),
			number("units.column.participants", func(r cascade.Row) int { return int(figures[r.ReceiverID].Participants) }),
		)
	}
	if b.Days > 0 {
		columns = append(columns, number("units.sheet.lost", func(r cascade.Row) int { return r.Lost.Total() }))
		for i, part := range lostParts(cascade.Lost{}) {
			column := number(part.key, func(r cascade.Row) int { return lostParts(r.Lost)[i].days })
			column.Head = ui.T(ctx, "units.sheet.lostAt", "Step", column.Head)
			columns = append(columns, column)
		}
	}
	s := sheet.Sheet{
		Name: ui.T(ctx, "units.board.title"), Title: strings.ToUpper(ui.T(ctx, "units.board.title")),
		Notes: []string{b.Sender.Organ(), boardLead(ctx, b, issuer) + " · " + lang.Capital(b.Letter.Fields.Subject), ui.T(ctx, "units.sheet.at", "Time", lang.From(ctx).DateTime(b.At))},
	}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Column)
	}
	for _, r := range b.Rows {
		row := make([]any, len(columns))
		for i, c := range columns {
			row[i] = c.of(r)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}
