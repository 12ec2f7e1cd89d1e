package units

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

const exchangeCodesPath = exchangePath + "/ma"

// codesView is under which codes units are known to other systems, with the form that sets those of one unit.
type codesView struct {
	For            string // the unit whose codes the form shows
	Table          ui.TableProps
	Partners       []ui.Definition
	Errors         []ui.FieldError
	Unit, Codes    ui.Field
	Partner        ui.Field
	PartnerOptions []ui.Option
}

func (p *pages) exchangeCodes(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	values := url.Values{}
	if id := q.Get("don-vi"); id != "" {
		u, err := p.unitOf(ctx, id)
		if err != nil {
			return err
		}
		values.Set("unit", p.calledBy(ctx, u))
		values.Set("for", string(u.ID))
		codes, err := p.Exchange.Codes(ctx, web.ActorOf(ctx))
		if err != nil {
			return err
		}
		var lines []string
		for _, c := range codes {
			if c.UnitID == u.ID {
				lines = append(lines, c.OrganCode)
				values.Set("partner", c.Partner)
			}
		}
		if more := q.Get("ma"); more != "" && !slices.Contains(lines, more) {
			lines = append(lines, more)
		}
		values.Set("codes", strings.Join(lines, "\n"))
	} else {
		values.Set("codes", q.Get("ma"))
	}
	return p.showExchangeCodes(w, r, form.New(values))
}

func (p *pages) showExchangeCodes(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	codes, err := p.Exchange.Codes(ctx, web.ActorOf(ctx))
	if err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	page := p.page(r, ui.T(ctx, "exchange.codes.title"), ui.Link{Text: ui.T(ctx, "exchange.page.title"), URL: exchangePath})
	page.Path = exchangeCodesPath
	return web.Render(w, r, web.StatusOf(f.Err()), exchangeCodesPage(page, viewCodes(ctx, tree, codes, p.Exchange.Partners(), f)))
}

func viewCodes(ctx context.Context, tree *unit.Tree, codes []exchange.UnitCode, partners []exchange.Partner, f *form.Form) codesView {
	inside := ui.T(ctx, "exchange.codes.inside")
	v := codesView{
		Errors:         f.Errors(ctx),
		For:            f.Value("for"),
		PartnerOptions: []ui.Option{{Label: inside}},
		Unit:           f.Field(ctx, ui.Field{Name: "unit", Label: ui.T(ctx, "exchange.codes.unit"), Hint: ui.T(ctx, "exchange.codes.unitHint"), Required: true, Wide: true}),
		Codes:          f.Field(ctx, ui.Field{Name: "codes", Label: ui.T(ctx, "exchange.codes.codes"), Hint: ui.T(ctx, "exchange.codes.codesHint"), Rows: 3}),
		Partner:        f.Field(ctx, ui.Field{Name: "partner", Label: ui.T(ctx, "exchange.page.partner"), Hint: ui.T(ctx, "exchange.codes.partnerHint"), Required: true}),
	}
	names := map[string]string{"": inside}
	for _, one := range partners {
		names[one.ID] = one.Name
		v.PartnerOptions = append(v.PartnerOptions, ui.Option{Value: one.ID, Label: one.Name})
		v.Partners = append(v.Partners, ui.Definition{Term: one.Name, Text: ui.T(ctx, "exchange.codes.way."+string(one.Way))})
	}
	v.Table = ui.TableProps{Caption: ui.T(ctx, "exchange.codes.title"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "exchange.codes.unit"), Lead: true}, {Text: ui.T(ctx, "exchange.codes.codes")}, {Text: ui.T(ctx, "exchange.page.partner")},
	}}
	for i := 0; i < len(codes); {
		first, organs := codes[i], []string{}
		for ; i < len(codes) && codes[i].UnitID == first.UnitID; i++ {
			organs = append(organs, codes[i].OrganCode)
		}
		v.Table.Rows = append(v.Table.Rows, []ui.Cell{
			{Text: tree.Name(first.UnitID), URL: exchangeCodesURL(first.UnitID, "")},
			{Text: strings.Join(organs, ", ")},
			{Text: cmp.Or(names[first.Partner], first.Partner)},
		})
	}
	return v
}

func (p *pages) setExchangeCodes(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitCalled(ctx, f.Text("unit"))
	if err == nil && f.Value("for") != string(u.ID) {
		err = p.review(ctx, f, u)
	}
	if err == nil {
		organs := strings.FieldsFunc(f.Value("codes"), func(r rune) bool { return strings.ContainsRune(" \t\r\n,;", r) })
		err = p.Exchange.SetCodes(ctx, web.ActorOf(ctx), u.ID, f.Value("partner"), organs)
	}
	if errors.Is(err, errReview) {
		return p.showExchangeCodes(w, r, f)
	}
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showExchangeCodes(w, r, f)
	}
	return web.Done(w, r, exchangeCodesPath, "exchange.codes.saved")
}

// errReview shows the form again: what is saved would take codes away that it did not show.
var errReview = errors.New("units: the codes of the unit are to be looked at")

// review puts the codes that a unit has already before those that were typed.
func (p *pages) review(ctx context.Context, f *form.Form, u unit.Unit) error {
	codes, err := p.Exchange.Codes(ctx, web.ActorOf(ctx))
	if err != nil {
		return err
	}
	var lines []string
	for _, c := range codes {
		if c.UnitID == u.ID {
			lines = append(lines, c.OrganCode)
			f.Set("partner", c.Partner)
		}
	}
	f.Set("for", string(u.ID))
	if len(lines) == 0 {
		return nil
	}
	f.Set("codes", strings.Join(append(lines, f.Value("codes")), "\n"))
	f.Add("codes", "exchange.codes.review")
	return errReview
}

// calledBy is the unit's name where only one bears it, else its code.
func (p *pages) calledBy(ctx context.Context, u unit.Unit) string {
	if tree, err := p.Units.Today(ctx); err == nil && len(tree.Named(u.FullName)) == 1 {
		return u.FullName
	}
	return u.Code
}

// unitCalled finds the unit that somebody wrote, by its name or its code.
func (p *pages) unitCalled(ctx context.Context, text string) (unit.Unit, error) {
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return unit.Unit{}, err
	}
	if u, ok := tree.ByCode(text); ok {
		return u, nil
	}
	if named := tree.Named(text); len(named) == 1 {
		return named[0], nil
	}
	return unit.Unit{}, fault.NotFound.With("exchange.fault.codeUnit", "Code", text).At("unit")
}

func exchangeCodesURL(unitID ident.ID, organ string) string {
	return address(exchangeCodesPath, "don-vi", string(unitID), "ma", organ)
}

// codesForFault leads whoever may to where a code is given that a package failed for; "" where none is missing.
func (p *pages) codesForFault(ctx context.Context, m exchange.Message) string {
	if web.ActorOf(ctx).Can(person.ActionExchangeCodes, person.On{}) != nil {
		return ""
	}
	switch m.ErrorKey {
	case "exchange.fault.noOwnCode":
		return exchangeCodesURL(m.UnitID, "")
	case "exchange.fault.organNamed":
		name, _ := m.ErrorArgs.V["Unit"].(string)
		u, err := p.unitCalled(ctx, name)
		if err != nil { // several units of the name: the administrator chooses
			return exchangeCodesURL("", m.FromOrgan)
		}
		return exchangeCodesURL(u.ID, m.FromOrgan)
	case "exchange.fault.senderUnknown":
		return exchangeCodesURL("", m.FromOrgan)
	case "exchange.fault.receiverUnknown":
		return exchangeCodesPath
	}
	return ""
}
