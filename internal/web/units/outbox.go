package units

import (
	"context"
	"net/http"
	"slices"
	"strconv"
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

// How many letters the list of a unit looks at, the newest first: as it stands, and in search of words.
const (
	lettersShown    = 200
	lettersSearched = 1000
)

// outboxView is the letters that a unit writes and sends.
type outboxView struct {
	Unit        string
	NewURL      string // empty for who may not
	OfficeURL   string // where letters are written
	ExchangeURL string // what went to other systems; empty for who may not
	Books       ui.Link
	AllURL      string // without any filter
	Tabs        []ui.Tab
	Filter      outboxFilter
	Letters     []letterRow
	Empty       bool   // it has none at all, as opposed to none that match
	Cut         string // that there are older ones, and how to find them
}

type outboxFilter struct {
	Action, Unit, Clear, View string
	Words, Year, Type         ui.Field
	Years, Types              []ui.Option
}

// The views of the letters of a unit, as they stand in the address.
const (
	viewDraft     = "ban-nhap"
	viewSubmitted = "cho-ky"
	viewSigned    = "cho-lay-so"
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
	case viewSubmitted:
		return o.State == letter.Submitted
	case viewSigned:
		return o.State == letter.Signed
	case viewUnsent:
		return o.State == letter.Registered && o.Handed.Units == 0 && o.Fields.Type != letter.Report // reports go up by their own way
	case viewWaiting:
		return o.Waiting > 0
	case viewDiscarded:
		return o.State == letter.Discarded
	}
	return o.State != letter.Discarded && o.State != letter.Entered // what was entered is another organ's
}

// outgoing returns the newest letters of a unit that a filter finds, and how many it finds.
func (p *pages) outgoing(ctx context.Context, actor person.Actor, unitID ident.ID, f letter.ListFilter) ([]outgoing, int, error) {
	letters, total, err := p.Letters.Search(ctx, actor, unitID, f)
	if err != nil {
		return nil, 0, err
	}
	ids := make([]ident.ID, len(letters))
	for i, l := range letters {
		ids[i] = l.ID
	}
	handed, err := p.Cascade.HandedOut(ctx, actor, unitID, ids)
	if err != nil {
		return nil, 0, err
	}
	out := make([]outgoing, len(letters))
	for i, l := range letters {
		out[i] = outgoing{l, handed[l.ID], 0}
		if h := handed[l.ID]; p.now().Sub(h.Last.Time) < waitsFor {
			out[i].Waiting = h.Waiting
		}
	}
	return out, total, nil
}

func (p *pages) outbox(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	f := form.Query(r)
	filter := letter.ListFilter{Type: f.Text("loai"), Words: f.Text("tim"), Limit: lettersShown}
	if year, err := strconv.Atoi(f.Value("nam")); err == nil && year >= 1945 && year <= 9998 { // the first letters of the State
		filter.Year = year
	}
	if filter.Words != "" {
		filter.Limit = lettersSearched
	}
	letters, total, err := p.outgoing(ctx, actor, u.ID, filter)
	if err != nil {
		return err
	}
	if words := lang.Fold(filter.Words); words != "" { // those that only mention it are not meant
		older := max(0, total-len(letters))
		letters = slices.DeleteFunc(letters, func(l outgoing) bool { return !matches(l.Letter, words) })
		total = len(letters) + older
	}
	choices, err := p.Letters.ChoicesOf(ctx, actor, u.ID)
	if err != nil {
		return err
	}
	v := viewOutbox(ctx, u.ID, letters, total, choices, filter, f)
	v.Unit, v.OfficeURL, v.Books = u.Organ(), officeURL(u.ID), ui.Link{Text: ui.T(ctx, "units.desk.books"), URL: departuresURL(u.ID)}
	if actor.Can(person.ActionLetterRegister, person.On{Unit: u.ID}) == nil {
		v.NewURL = newLetterURL(u.ID)
	}
	if p.Exchange != nil && actor.Can(person.ActionExchangeRead, person.On{Unit: u.ID}) == nil {
		v.ExchangeURL = exchangePath + "?don-vi=" + string(u.ID)
	}
	return web.Render(w, r, http.StatusOK, outboxPage(p.page(r, ui.T(ctx, "units.letters.title")), v))
}

func viewOutbox(ctx context.Context, unitID ident.ID, letters []outgoing, total int, choices letter.Choices, filter letter.ListFilter, f *form.Form) outboxView {
	view, year := f.Value("xem"), ""
	if filter.Year > 0 {
		year = strconv.Itoa(filter.Year)
	}
	f.Set("nam", year)
	here := func(view string) string {
		return address(lettersPath, "don-vi", string(unitID), "xem", view, "nam", year, "loai", filter.Type, "tim", filter.Words)
	}
	v := outboxView{Filter: viewOutboxFilter(ctx, choices, f), AllURL: lettersURL(unitID)}
	v.Filter.Unit, v.Filter.View = string(unitID), view
	narrowed := filter.Year > 0 || filter.Type != "" || filter.Words != ""
	if narrowed {
		v.Filter.Clear = address(lettersPath, "don-vi", string(unitID), "xem", view)
	}
	v.Empty = len(letters) == 0 && !narrowed
	if total > len(letters) {
		v.Cut = ui.T(ctx, "units.letters.cut", "Count", len(letters), "More", total-len(letters))
	}
	views := []struct{ view, key string }{
		{"", "units.inbox.all"},
		{viewDraft, "units.letters.drafts"},
		{viewSubmitted, "ui.status.letter.submitted"},
		{viewSigned, "ui.status.letter.signed"},
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
			v.Tabs = append(v.Tabs, ui.Tab{Text: ui.T(ctx, one.key), URL: here(one.view), Count: ui.Number(ctx, n), Current: view == one.view})
		}
	}
	for _, l := range letters {
		if l.in(view) {
			v.Letters = append(v.Letters, viewLetterRow(ctx, unitID, l))
		}
	}
	return v
}

func viewOutboxFilter(ctx context.Context, choices letter.Choices, f *form.Form) outboxFilter {
	field := func(name, key string) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, key), MaxLength: 200, Required: true, Attrs: mayBeEmpty})
	}
	v := outboxFilter{
		Action: lettersPath, Words: field("tim", "units.inbox.words"), Year: field("nam", "office.book.year"), Type: field("loai", "units.letter.type"),
		Years: []ui.Option{{Label: ui.T(ctx, "units.letters.everyYear")}}, Types: []ui.Option{{Label: ui.T(ctx, "units.letters.everyType")}},
	}
	for _, year := range choices.Years {
		v.Years = append(v.Years, ui.Option{Value: strconv.Itoa(year), Label: strconv.Itoa(year)})
	}
	for _, name := range choices.Types {
		v.Types = append(v.Types, ui.Option{Value: name, Label: lang.Capital(name)})
	}
	return v
}

// letterRow is one letter in the list of its issuer.
type letterRow struct {
	URL      string
	Symbol   string // with the type
	Subject  string
	Date     string
	Reached  string // how many units confirmed receipt
	BoardURL string // of those it was sent to
	Status   ui.BadgeProps
}

func viewLetterRow(ctx context.Context, unitID ident.ID, l outgoing) letterRow {
	row := letterRow{
		URL: letterURL(l.ID), Symbol: calledOf(ctx, l.Letter), Subject: l.Fields.Subject, Date: dateText(ctx, l.Fields.Date),
		Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)),
	}
	if l.State == letter.Submitted || l.State == letter.Signed { // its next step is taken beside the page as it is printed
		row.URL = editorURL(l.ID)
	}
	if l.Handed.Units > 0 {
		row.Reached = ui.T(ctx, "units.letters.reached", "Received", l.Handed.Received, "Count", l.Handed.Units)
		row.BoardURL = boardURL(l.Handed.With, unitID)
		row.Status = issuedBadge(ctx, row.Status)
	}
	return row
}

// issuedBadge is the state of a registered letter that was sent.
func issuedBadge(ctx context.Context, registered ui.BadgeProps) ui.BadgeProps {
	registered.Text, registered.Icon = ui.T(ctx, "units.letters.issued"), ui.IconSend
	return registered
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
