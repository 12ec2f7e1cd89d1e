package units

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
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

// exchangeMessageView is one package with its parts.
type exchangeMessageView struct {
	Way, Lead string
	Status    ui.BadgeProps
	Error     string
	RetryURL  string
	CodesURL  string // where a code is given that it failed for
	Facts     []ui.Definition
	Parts     ui.TableProps
	Files     []ui.Link
	Notes     []string
	Extra     []ui.Definition // what was kept of it without being understood
	RawURL    string
}

func (p *pages) exchangeMessage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.Exchange.Get(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	v := viewExchangeMessage(ctx, d)
	v.CodesURL = p.codesForFault(ctx, d.Message)
	p.exchangeParts(ctx, d, &v)
	v.Facts = append([]ui.Definition{{Term: ui.T(ctx, "exchange.page.partner"), Text: p.partnerName(d.Partner)}}, v.Facts...)
	page := p.page(r, exchangeSymbol(ctx, d.Message), ui.Link{Text: ui.T(ctx, "exchange.page.title"), URL: exchangePath})
	return web.Render(w, r, http.StatusOK, exchangeMessagePage(page, v))
}

func viewExchangeMessage(ctx context.Context, d exchange.Detail) exchangeMessageView {
	id := d.ID
	v := exchangeMessageView{Way: exchangeWhat(ctx, d.Message), Lead: lang.Capital(d.Subject), Status: exchangeBadge(ctx, d.Message)}
	if d.ErrorKey != "" {
		var args []any
		for name, value := range d.ErrorArgs.V {
			args = append(args, name, value)
		}
		v.Error = ui.T(ctx, d.ErrorKey, args...)
	}
	if d.State == exchange.Failed {
		v.RetryURL = exchangeMessageURL(id) + "/thu-lai"
	}
	if d.FileKey != "" {
		v.RawURL = exchangeMessageURL(id) + "/goi-tin"
	}
	fact := func(key, value string) {
		if value != "" {
			v.Facts = append(v.Facts, ui.Definition{Term: ui.T(ctx, key), Text: value})
		}
	}
	fact("edxml.check.from", namedOrgan(d.FromName, d.FromOrgan))
	fact("edxml.check.documentID", string(d.DocumentID))
	fact("edxml.check.about", string(d.About))
	fact("edxml.check.words", d.Words)
	fact("exchange.page.tries", strconv.Itoa(d.Tries))
	if d.Reading != nil {
		if l := d.Reading.Letter; l != nil {
			for i, a := range l.Attachments {
				v.Files = append(v.Files, ui.Link{Text: a.Name, URL: exchangeMessageURL(id) + "/tep/" + strconv.Itoa(i+1)})
			}
		}
		for _, n := range d.Reading.Deviations {
			v.Notes = append(v.Notes, ui.T(ctx, n.Key(), "Path", n.Path, "Value", n.Value))
		}
		for _, e := range d.Reading.Extra {
			v.Extra = append(v.Extra, ui.Definition{Term: e.Path, Text: shortened(e.Text)})
		}
	}
	return v
}

// maxExtraShown is how much of an element that was not understood a page shows; the package itself has all of it.
const maxExtraShown = 1000

func shortened(text string) string {
	if runes := []rune(text); len(runes) > maxExtraShown {
		return string(runes[:maxExtraShown]) + "…"
	}
	return text
}

// partnerName is how the operator calls a partner; one that is no longer configured has only its identifier.
func (p *pages) partnerName(id string) string {
	for _, partner := range p.Exchange.Partners() {
		if partner.ID == id {
			return partner.Name
		}
	}
	return id
}

func namedOrgan(name, code string) string {
	if name == "" || code == "" {
		return name + code
	}
	return name + " (" + code + ")"
}

// exchangeParts lists the receivers with where their dispatches stand and what they reported.
func (p *pages) exchangeParts(ctx context.Context, d exchange.Detail, v *exchangeMessageView) {
	v.Parts = ui.TableProps{Caption: ui.T(ctx, "exchange.page.receivers"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "edxml.check.to"), Lead: true}, {Text: ui.T(ctx, "units.column.state")}, {Text: ui.T(ctx, "exchange.page.reports")},
	}}
	for _, part := range d.Parts {
		name := part.OrganName
		if u, err := p.Units.Unit(ctx, part.UnitID); err == nil {
			name = u.Organ()
		}
		row := []ui.Cell{{Text: namedOrgan(name, part.OrganCode)}, {Text: "–"}, {Text: "–"}}
		if part.DispatchID == "" && len(d.Told) > 0 { // a report that was sent up
			row[2].Text = toldText(ctx, d.Told)
		}
		if dispatch, ok := d.Dispatches[part.DispatchID]; ok {
			row[0].URL = dispatchURL(dispatch.ID)
			row[1] = ui.Cell{Value: ui.Status(ui.FamilyDispatch, dispatch.Status())}
			row[2].Text = cmp.Or(toldText(ctx, d.Reports[part.DispatchID]), "–")
		}
		v.Parts.Rows = append(v.Parts.Rows, row)
	}
}

// toldText lists what a receiver told, the oldest first.
func toldText(ctx context.Context, told []exchange.Report) string {
	var parts []string
	for _, report := range told {
		parts = append(parts, exchangeCode(ctx, string(report.Status), report.Status.Key()))
	}
	return strings.Join(parts, "; ")
}

func (p *pages) exchangeRaw(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	data, m, err := p.Exchange.Raw(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	return sendBytes(w, r, data, string(m.ID)+".edxml", m.CreatedAt)
}

func (p *pages) exchangeFile(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.PathValue("number"))
	if err != nil {
		return fault.NotFound.With("exchange.fault.notFound")
	}
	a, err := p.Exchange.Attachment(r.Context(), web.ActorOf(r.Context()), id, number)
	if err != nil {
		return err
	}
	return sendBytes(w, r, a.Body, a.Name, clock.Time{})
}

func (p *pages) exchangeRetry(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.Exchange.Retry(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return err
	}
	return web.Done(w, r, exchangeMessageURL(id), "exchange.page.retried")
}

// letterPackage sends a letter as a package, to be handed over by hand.
func (p *pages) letterPackage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	data, name, err := p.Exchange.Package(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	return sendBytes(w, r, data, name, p.now())
}

func sendBytes(w http.ResponseWriter, r *http.Request, data []byte, name string, at clock.Time) error {
	if len(data) == 0 { // there is nothing to tell a kind by
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", attachment(name))
		return nil
	}
	return sendFile(w, r, bytes.NewReader(data), name, at)
}
