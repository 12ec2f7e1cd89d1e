package units

import (
	"cmp"
	"context"
	"net/http"

	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

const exchangePath = deskPath + "/lien-thong"

func exchangeMessageURL(id ident.ID) string { return exchangePath + "/" + string(id) }

func (p *pages) registerExchange() {
	if p.Exchange == nil {
		return
	}
	read := web.Need(person.ActionExchangeRead)
	p.site.Handle("GET "+exchangePath, read, p.exchange)
	p.site.Form(exchangeCodesPath, web.Need(person.ActionExchangeCodes), p.exchangeCodes, p.setExchangeCodes)
	p.site.Handle("GET "+exchangePath+"/{id}", read, p.exchangeMessage)
	p.site.Handle("GET "+exchangePath+"/{id}/goi-tin", read, p.exchangeRaw)
	p.site.Handle("GET "+exchangePath+"/{id}/tep/{number}", read, p.exchangeFile)
	p.site.Handle("POST "+exchangePath+"/{id}/thu-lai", web.Need(person.ActionExchangeRetry), p.exchangeRetry)
	p.site.Handle("GET /don-vi/cong-van/{id}/edxml", web.Need(person.ActionLetterRead), p.letterPackage)
}

// exchangeView is what went to other systems and came from them.
type exchangeView struct {
	Unit     string
	CodesURL string // for those who set codes
	Filters  []exchangeFilter
	Table    ui.TableProps
	MoreURL  string
}

type exchangeFilter struct {
	Text, URL string
	Kind      ui.ButtonKind
}

func (p *pages) exchange(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor, q := web.ActorOf(ctx), r.URL.Query()
	f := exchange.Filter{Direction: exchange.Direction(q.Get("chieu")), State: exchange.State(q.Get("trang-thai")), Limit: 50}
	v := exchangeView{Unit: ui.T(ctx, "exchange.page.all")}
	if actor.Can(person.ActionExchangeCodes, person.On{}) == nil {
		v.CodesURL = exchangeCodesPath
	}
	switch id := q.Get("don-vi"); {
	case id != "":
		u, err := p.unitOf(ctx, id)
		if err != nil {
			return err
		}
		f.Unit, v.Unit = u.ID, u.Organ()
	case actor.Can(person.ActionExchangeRead, person.On{}) != nil: // whoever holds no role everywhere sees the first desk
		if own := actor.UnitsOf(person.Leader, person.Clerk, person.Board, person.Administrator); len(own) > 0 {
			u, err := p.Units.Unit(ctx, own[0])
			if err != nil {
				return err
			}
			f.Unit, v.Unit = u.ID, u.Organ()
		}
	}
	if before := q.Get("truoc"); before != "" {
		id, err := ident.Parse(before)
		if err != nil {
			return fault.NotFound.With("exchange.fault.notFound")
		}
		f.Before = id
	}
	list, err := p.Exchange.List(ctx, actor, f)
	if err != nil {
		return err
	}
	address := func(direction exchange.Direction, state exchange.State, before ident.ID) string {
		return address(exchangePath, "don-vi", string(f.Unit), "chieu", string(direction), "trang-thai", string(state), "truoc", string(before))
	}
	filter := func(text string, direction exchange.Direction, state exchange.State) {
		kind := ui.ButtonSecondary
		if direction == f.Direction && state == f.State {
			kind = ui.ButtonPrimary
		}
		v.Filters = append(v.Filters, exchangeFilter{Text: text, URL: address(direction, state, ""), Kind: kind})
	}
	filter(ui.T(ctx, "exchange.page.everything"), "", "")
	filter(ui.T(ctx, "exchange.page.in"), exchange.In, "")
	filter(ui.T(ctx, "exchange.page.out"), exchange.Out, "")
	filter(ui.T(ctx, "exchange.page.failed", "Count", list.Count[exchange.Failed]), "", exchange.Failed)
	page := p.page(r, ui.T(ctx, "exchange.page.title"))
	v.Table = exchangeTable(ctx, page.Title, list.Items)
	if list.More {
		v.MoreURL = address(f.Direction, f.State, list.Items[len(list.Items)-1].ID)
	}
	return web.Render(w, r, http.StatusOK, exchangePage(page, v))
}

func exchangeTable(ctx context.Context, caption string, items []exchange.Message) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.letter"), Lead: true},
		{Text: ui.T(ctx, "exchange.page.what")},
		{Text: ui.T(ctx, "exchange.page.at")},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	for _, m := range items {
		t.Rows = append(t.Rows, []ui.Cell{
			{Value: matter(exchangeMessageURL(m.ID), exchangeSymbol(ctx, m), m.Subject)},
			{Text: exchangeWhat(ctx, m)},
			{Value: moment(m.CreatedAt)},
			{Value: ui.Badge(exchangeBadge(ctx, m))},
		})
	}
	return t
}

func exchangeSymbol(ctx context.Context, m exchange.Message) string {
	return cmp.Or(m.Symbol, string(m.DocumentID), string(m.About), ui.T(ctx, "exchange.page.unread"))
}

// exchangeWhat says which way it went and what it is; codes that are unknown here are shown as they are.
func exchangeWhat(ctx context.Context, m exchange.Message) string {
	way := ui.T(ctx, "exchange.page.way."+string(m.Direction))
	switch m.Kind {
	case exchange.ReportKind:
		return way + " · " + exchangeCode(ctx, string(m.Status), m.Status.Key())
	case exchange.LetterKind:
		return way + " · " + exchangeCode(ctx, string(m.Business), m.Business.Key())
	case exchange.UnreadKind:
	}
	return way + " · " + ui.T(ctx, "exchange.page.unread")
}

func exchangeCode(ctx context.Context, code, key string) string {
	if key == "" {
		return ui.T(ctx, "exchange.page.code", "Code", code)
	}
	return ui.T(ctx, key)
}

func exchangeBadge(ctx context.Context, m exchange.Message) ui.BadgeProps {
	b := ui.BadgeProps{Text: ui.T(ctx, "exchange.page.state."+string(m.State)), Icon: ui.IconClock, Tone: ui.BadgeWait}
	switch m.State {
	case exchange.Done:
		b.Icon, b.Tone = ui.IconCheck, ui.BadgeGood
	case exchange.Failed:
		b.Icon, b.Tone = ui.IconError, ui.BadgeBad
	case exchange.Waiting:
	}
	return b
}
