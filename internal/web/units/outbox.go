package units

import (
	"context"
	"net/http"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// lettersShown is how many letters the list of a unit looks at, the newest first.
const lettersShown = 200

// outboxView is the letters that a unit writes and sends.
type outboxView struct {
	Unit        string
	NewURL      string // empty for who may not
	ExchangeURL string // what went to other systems; empty for who may not
	Books       ui.Link
	Tabs        []ui.Tab
	Filter      outboxFilter
	Letters     []letterRow
	Empty       bool // it has none at all, as opposed to none that match
}

type outboxFilter struct {
	Action, Unit, Clear, View string
	Words                     ui.Field
}

// The views of the letters of a unit, as they stand in the address.
const (
	viewDraft     = "ban-nhap"
	viewUnsent    = "chua-gui"
	viewWaiting   = "cho-tiep-nhan"
	viewDiscarded = "da-bo"
)

// waitsFor is how long a letter that some unit has not received is waited for. What is older is history: the list of all
// letters still tells it.
const waitsFor = 60 * 24 * time.Hour

// outgoing is a letter of a unit with what became of it.
type outgoing struct {
	letter.Letter
	Handed  cascade.Handed
	Waiting int // how many units have yet to receive it, while it is waited for
}

func (o outgoing) in(view string) bool {
	switch view {
	case viewDraft:
		return o.State == letter.Draft
	case viewUnsent:
		return o.State == letter.Registered && o.Handed.Units == 0 && o.Fields.Type != letter.Report // reports go up by their own way
	case viewWaiting:
		return o.Waiting > 0
	case viewDiscarded:
		return o.State == letter.Discarded
	}
	return o.State != letter.Discarded && o.State != letter.Entered // what was entered is another organ's
}

// outgoing returns the newest letters of a unit.
func (p *pages) outgoing(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) ([]outgoing, error) {
	letters, err := p.Letters.List(ctx, actor, unitID, limit)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.ID, len(letters))
	for i, l := range letters {
		ids[i] = l.ID
	}
	handed, err := p.Cascade.HandedOut(ctx, actor, unitID, ids)
	if err != nil {
		return nil, err
	}
	out := make([]outgoing, len(letters))
	for i, l := range letters {
		out[i] = outgoing{l, handed[l.ID], 0}
		if h := handed[l.ID]; p.now().Sub(h.Last.Time) < waitsFor {
			out[i].Waiting = h.Waiting
		}
	}
	return out, nil
}

func (p *pages) outbox(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	letters, err := p.outgoing(ctx, actor, u.ID, lettersShown)
	if err != nil {
		return err
	}
	v := viewOutbox(ctx, u.ID, letters, form.Query(r))
	v.Unit, v.Books = u.Organ(), ui.Link{Text: ui.T(ctx, "units.desk.books"), URL: departuresURL(u.ID)}
	if actor.Can(person.ActionLetterRegister, person.On{Unit: u.ID}) == nil {
		v.NewURL = newLetterURL(u.ID)
	}
	if p.Exchange != nil && actor.Can(person.ActionExchangeRead, person.On{Unit: u.ID}) == nil {
		v.ExchangeURL = exchangePath + "?don-vi=" + string(u.ID)
	}
	return web.Render(w, r, http.StatusOK, outboxPage(p.page(r, ui.T(ctx, "units.letters.title")), v))
}

func viewOutbox(ctx context.Context, unitID ident.ID, letters []outgoing, f *form.Form) outboxView {
	view, words := f.Value("xem"), f.Text("tim")
	here := func(view, words string) string {
		return address(lettersPath, "don-vi", string(unitID), "xem", view, "tim", words)
	}
	v := outboxView{Empty: len(letters) == 0, Filter: outboxFilter{
		Action: lettersPath, Unit: string(unitID), View: view,
		Words: f.Field(ctx, ui.Field{Name: "tim", Label: ui.T(ctx, "units.inbox.words"), MaxLength: 200, Required: true, Attrs: mayBeEmpty}),
	}}
	if words != "" {
		v.Filter.Clear = here(view, "")
	}
	views := []struct{ view, key string }{
		{"", "units.inbox.all"},
		{viewDraft, "units.letters.drafts"},
		{viewUnsent, "units.letters.unsent"},
		{viewWaiting, "units.letters.waiting"},
		{viewDiscarded, "units.letters.discarded"},
	}
	for _, one := range views {
		n := 0
		for _, l := range letters {
			if l.in(one.view) {
				n++
			}
		}
		if n > 0 || one.view == "" || one.view == view {
			v.Tabs = append(v.Tabs, ui.Tab{Text: ui.T(ctx, one.key), URL: here(one.view, words), Count: ui.Number(ctx, n), Current: view == one.view})
		}
	}
	folded := lang.Fold(words)
	for _, l := range letters {
		if l.in(view) && matches(l.Letter, folded) {
			v.Letters = append(v.Letters, viewLetterRow(ctx, unitID, l))
		}
	}
	return v
}

// letterRow is one letter in the list of its issuer.
type letterRow struct {
	URL      string
	Symbol   string
	Subject  string
	Date     string
	Reached  string // how many units confirmed receipt
	BoardURL string // of those it was sent to
	Status   ui.BadgeProps
}

func viewLetterRow(ctx context.Context, unitID ident.ID, l outgoing) letterRow {
	row := letterRow{
		URL: letterURL(l.ID), Symbol: symbolOf(ctx, l.Letter), Subject: l.Fields.Subject, Date: dateText(ctx, l.Fields.Date),
		Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)),
	}
	if l.Handed.Units > 0 {
		row.Reached = ui.T(ctx, "units.letters.reached", "Received", l.Handed.Received, "Count", l.Handed.Units)
		row.BoardURL = boardURL(l.Handed.With, unitID)
		row.Status.Text, row.Status.Icon = ui.T(ctx, "units.letters.issued"), ui.IconSend
	}
	return row
}

func letterTable(ctx context.Context, caption string, letters []letterRow) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.letter"), Lead: true},
		{Text: ui.T(ctx, "units.column.date")},
		{Text: ui.T(ctx, "units.column.reached")},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	for _, l := range letters {
		reached := ui.Cell{Text: l.Reached, URL: l.BoardURL}
		if l.Reached == "" {
			reached.Text = "–"
		}
		t.Rows = append(t.Rows, []ui.Cell{{Value: matter(l.URL, l.Symbol, l.Subject)}, {Text: l.Date}, reached, {Value: ui.Badge(l.Status)}})
	}
	return t
}
