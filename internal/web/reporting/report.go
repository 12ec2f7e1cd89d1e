package reporting

import (
	"context"
	"net/http"
	"strconv"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// reportView is one report with its figures, its document and what may be done.
type reportView struct {
	Unit     string
	Lead     string
	Status   ui.BadgeProps
	Facts    []ui.Definition
	Reason   string // why it was sent back
	Again    *againForm
	Next     string // the address of what came in its place
	Instead  string // of the one in whose place it came
	Words    string // with which that one was sent back
	Edited   []string
	Changes  []changeRow
	Figures  figuresView
	Document []blockRow
	HandMade int // blocks that people wrote or changed
	Delivery *deliveryView
	Issue    *issueview.Props // the file as it was issued, with what its signatures are worth

	EditURL    string
	EditText   string
	Files      []ui.Link
	RefreshURL string
	Version    string
	SendURL    string
	SendText   string // why it cannot be sent yet
	AcceptURL  string
	ReturnURL  string
	Asked      ui.Field // what is to be done better
	Errors     []ui.FieldError
}

// againForm is what a report that was sent back is written again with, by one press.
type againForm struct {
	Action, UnitID, About, Round, From, To, Due string

	ID ident.ID
}

// againOf is the form in whose place the report can be written again.
func againOf(r progress.Report, id ident.ID) *againForm {
	about := string(r.Letter)
	if about == "" {
		about = withoutLetter + string(r.Challenge)
	}
	return &againForm{
		Action: reportPath + "/moi", UnitID: string(r.Unit), About: about, Round: string(r.Round), From: string(r.From), To: string(r.To), Due: string(r.Due), ID: id,
	}
}

// changeRow is a figure that the report and the records say differently.
type changeRow struct {
	Name     string
	Reported string
	Recorded string
}

// blockRow is a block of the document, marked when people wrote it.
type blockRow struct {
	Kind  string
	Label string
	Text  string
	Hand  bool
}

func (p *pages) report(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	return p.showReport(w, r, d, form.New(nil))
}

func (p *pages) detail(r *http.Request) (progress.Detail, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return progress.Detail{}, err
	}
	return p.Progress.Get(r.Context(), web.ActorOf(r.Context()), id)
}

func (p *pages) showReport(w http.ResponseWriter, r *http.Request, d progress.Detail, f *form.Form) error {
	ctx := r.Context()
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	u, _ := tree.ByID(d.Unit)
	above, _ := tree.ByID(d.Above)
	v := p.viewReport(ctx, d, f)
	v.Unit = u.FullName
	if v.Delivery, err = p.delivery(ctx, d.Report); err != nil {
		return err
	}
	issues, err := p.Letters.LoadIssues(ctx, p.DB, d.ID)
	if err != nil {
		return err
	}
	v.Issue = issueview.Versions(ctx, issues, versionURL(d.ID), nil)
	v.Facts = append([]ui.Definition{{Term: ui.T(ctx, "reporting.fact.to"), Text: above.Organ()}}, v.Facts...)
	from := u
	if !own(ctx, d.Unit, person.ActionProgressRead) {
		from = above // whoever reads what came from below goes back to the reports of the own unit
	}
	page := p.page(r, ui.T(ctx, "reporting.round."+string(d.Round)), from)
	page.Path = reportURL(d.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), reportPageView(page, v))
}

func (p *pages) viewReport(ctx context.Context, d progress.Detail, f *form.Form) reportView {
	v := reportView{
		Lead: d.Document.Fields.Subject, Status: stateBadge(ctx, d.State), Reason: d.Reason, Edited: d.Edited, Figures: viewFigures(ctx, d.Figures),
		Errors: f.Errors(ctx), Files: files(ctx, d.ID),
	}
	fact := func(key, text string) {
		if text != "" {
			v.Facts = append(v.Facts, ui.Definition{Term: ui.T(ctx, key), Text: text})
		}
	}
	fact("reporting.fact.letter", d.About.Symbol())
	fact("reporting.fact.period", periodText(ctx, d.Period))
	if d.Due != "" {
		fact("reporting.fact.due", dayText(ctx, d.Due))
	}
	fact("reporting.fact.symbol", d.Document.Symbol())
	if !d.SubmittedAt.IsZero() {
		fact("reporting.fact.sent", lang.From(ctx).DateTime(d.SubmittedAt))
	}
	for _, c := range d.Changes {
		v.Changes = append(v.Changes, viewChange(ctx, c))
	}
	v.Document, v.HandMade = viewDocument(d)
	if own(ctx, d.Unit, person.ActionProgressDraft) && d.State == progress.Draft && d.Document.State == letter.Draft {
		v.RefreshURL, v.Version = reportURL(d.ID)+"/lam-moi", strconv.FormatInt(d.Document.Version, 10)
	}
	if own(ctx, d.Unit, person.ActionProgressRead) {
		v.EditURL, v.EditText = composeURL(d.ID), ui.T(ctx, "reporting.open")
		if v.RefreshURL != "" {
			v.EditText = ui.T(ctx, "reporting.edit")
		}
	}
	if d.State == progress.Draft && own(ctx, d.Unit, person.ActionProgressSend) {
		if d.Document.State == letter.Registered {
			v.SendURL = reportURL(d.ID) + "/gui"
		} else {
			v.SendText = ui.T(ctx, "reporting.send.unsigned")
		}
	}
	switch {
	case d.Next != nil:
		v.Next = reportURL(d.Next.ID)
	case d.State == progress.Returned && own(ctx, d.Unit, person.ActionProgressDraft):
		v.Again = againOf(d.Report, p.IDs.New())
	}
	if d.Instead != nil {
		v.Instead, v.Words = reportURL(d.Instead.ID), d.Instead.Reason
	}
	receives := web.ActorOf(ctx).Can(person.ActionProgressReceive, person.On{Unit: d.Above}) == nil
	if receives && d.State == progress.Submitted {
		v.AcceptURL, v.ReturnURL = reportURL(d.ID)+"/chap-nhan", reportURL(d.ID)+"/tra-lai"
		v.Asked = f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "reporting.field.words"), Rows: 3, Wide: true, Required: true})
	}
	return v
}

func viewChange(ctx context.Context, c progress.Difference) changeRow {
	write := func(n int64) string { return ui.Number(ctx, n) }
	if c.Grams {
		write = lang.From(ctx).Weight
	}
	return changeRow{ui.T(ctx, c.Key), write(c.Reported), write(c.Recorded)}
}

func changeTable(ctx context.Context, rows []changeRow) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "reporting.changes"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "reporting.column.figure"), Lead: true},
		{Text: ui.T(ctx, "reporting.column.reported"), Numeric: true},
		{Text: ui.T(ctx, "reporting.column.recorded"), Numeric: true},
	}}
	for _, c := range rows {
		t.Rows = append(t.Rows, []ui.Cell{{Text: c.Name}, {Text: c.Reported}, {Text: c.Recorded}})
	}
	return t
}

func viewDocument(d progress.Detail) ([]blockRow, int) {
	if d.Document.Document == nil {
		return nil, 0
	}
	doc := *d.Document.Document
	labels, generated := doc.Labels(), progress.Generated(d.Generated, doc)
	var rows []blockRow
	hand := 0
	for i, b := range doc.Blocks {
		if !generated[i] {
			hand++
		}
		rows = append(rows, blockRow{Kind: string(b.Kind), Label: labels[i], Text: b.Text, Hand: !generated[i]})
	}
	return rows, hand
}

func (p *pages) refresh(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	out, err := p.Progress.Refresh(ctx, web.ActorOf(ctx), id, f.Count("version"), f.Checked("replace"))
	if err != nil {
		return p.outrun(w, r, f, err)
	}
	return web.Done(w, r, reportURL(id), "reporting.refresh.done", "Count", out.Kept)
}

func (p *pages) send(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if _, err := p.Progress.Send(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return p.outrun(w, r, form.New(nil), err)
	}
	return web.Done(w, r, reportURL(id), "reporting.send.done")
}

func (p *pages) accept(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, p.Progress.Accept, "reporting.accept.done")
}

func (p *pages) sendBack(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, p.Progress.SendBack, "reporting.return.done")
}

func (p *pages) decide(w http.ResponseWriter, r *http.Request,
	do func(context.Context, person.Actor, ident.ID, string) (progress.Report, error), done string,
) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if _, err := do(r.Context(), web.ActorOf(r.Context()), id, f.Value("words")); err != nil {
		return p.outrun(w, r, f, err)
	}
	return web.Done(w, r, reportURL(id), done)
}

// outrun shows the report as it stands now, with what was wrong.
func (p *pages) outrun(w http.ResponseWriter, r *http.Request, f *form.Form, err error) error {
	switch fault.KindOf(err) {
	case fault.Conflict, fault.Invalid:
	default:
		return err
	}
	d, gone := p.detail(r)
	if gone != nil {
		return err
	}
	if err := f.Take(err); err != nil {
		return err
	}
	return p.showReport(w, r, d, f)
}
