package units

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

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
			v.Extra = append(v.Extra, ui.Definition{Term: e.Path, Text: lang.Short(e.Text, maxExtraShown)})
		}
	}
	return v
}

// maxExtraShown is how much of an element that was not understood a page shows; the package itself has all of it.
const maxExtraShown = 1000

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
