package units

import (
	"context"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/web/ui"
)

// boardFilter is the form that chooses units.
type boardFilter struct {
	Action, Clear, Sender string
	State, Area, Search   ui.Field
	States, Areas         []ui.Option
	Used                  bool
}

// boardRows is how many units a page of a board shows.
const boardRows = 50

func viewFilter(ctx context.Context, b cascade.BoardPage, q cascade.BoardQuery) boardFilter {
	v := boardFilter{
		Action: letterURL(b.Letter.ID) + "/theo-doi", Sender: string(b.Sender.ID), Used: q.Filter != "" || q.Area != "" || q.Search != "",
		State:  ui.Field{Name: "loc", Label: ui.T(ctx, "units.column.state"), Value: string(q.Filter)},
		Area:   ui.Field{Name: "khu-vuc", Label: ui.T(ctx, "units.board.area"), Value: string(q.Area)},
		Search: ui.Field{Name: "tim", Label: ui.T(ctx, "units.board.search"), Value: q.Search, MaxLength: 100},
		States: []ui.Option{
			{Label: ui.T(ctx, "units.board.every")},
			{Value: string(cascade.FilterLate), Label: ui.T(ctx, "units.board.late")},
			{Value: string(cascade.FilterNotReceived), Label: ui.T(ctx, "units.board.notReceived")},
			{Value: string(cascade.FilterRefused), Label: ui.T(ctx, "units.stands.refused")},
			{Value: string(cascade.FilterUnconfirmed), Label: ui.T(ctx, "units.board.unconfirmed")},
		},
		Areas: []ui.Option{{Label: ui.T(ctx, "units.board.every")}},
	}
	if v.Used {
		v.Clear = boardURL(b.Letter.ID, b.Sender.ID)
	}
	for _, u := range b.Areas {
		v.Areas = append(v.Areas, ui.Option{Value: string(u.ID), Label: u.FullName})
	}
	return v
}

func pagerOf(ctx context.Context, total int, q cascade.BoardQuery) ui.PagerProps {
	if total <= boardRows && q.Offset == 0 {
		return ui.PagerProps{}
	}
	at := func(offset int) string {
		return address(letterURL(q.Letter)+"/theo-doi", "don-vi", string(q.Sender), "tu", strconv.Itoa(offset),
			"duoi", string(q.Below), "loc", string(q.Filter), "khu-vuc", string(q.Area), "tim", q.Search)
	}
	p := ui.PagerProps{Shown: ui.T(ctx, "units.board.shown", "From", min(q.Offset+1, total), "To", min(q.Offset+boardRows, total), "Total", total)}
	if q.Offset > 0 {
		p.Previous = at(max(0, q.Offset-boardRows))
	}
	if q.Offset+boardRows < total {
		p.Next = at(q.Offset + boardRows)
	}
	return p
}
