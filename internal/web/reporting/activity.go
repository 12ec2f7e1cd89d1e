package reporting

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// activityRow is something that was done outside the system.
type activityRow struct {
	Kind     string
	Text     string
	Day      string
	Figures  string
	File     string
	Withdraw string
}

// activityView is the form of one.
type activityView struct {
	Unit    string
	UnitID  string
	Action  string
	Back    string
	ID      ident.ID
	Errors  []ui.FieldError
	Letter  ui.Field
	Letters []ui.Option
	Kind    ui.Field
	Kinds   []ui.Option
	Day     ui.Field
	Place   ui.Field
	People  ui.Field
	Kilos   ui.Field
	Note    ui.Field
	File    ui.FileField
	Lost    bool // a file was chosen and must be chosen again
}

func viewActivity(ctx context.Context, a progress.Activity, mine bool) activityRow {
	row := activityRow{Kind: ui.T(ctx, "reporting.kind."+string(a.Kind)), Text: a.Place, Day: dayText(ctx, a.Day)}
	if a.Note != "" {
		row.Text += ". " + a.Note
	}
	if a.People > 0 {
		row.Figures = ui.T(ctx, "reporting.people", "Count", a.People)
	}
	if a.Grams > 0 {
		if row.Figures != "" {
			row.Figures += ", "
		}
		row.Figures += ui.T(ctx, "reporting.about", "Weight", lang.From(ctx).Weight(a.Grams))
	}
	if a.FileKey != "" {
		row.File = fileURL(a.ID)
	}
	if mine {
		row.Withdraw = withdrawURL(a.ID)
	}
	return row
}

func (p *pages) activityPage(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unitOf(r)
	if err != nil {
		return err
	}
	subjects, err := p.choices(r.Context(), u)
	if err != nil {
		return err
	}
	id := r.URL.Query().Get("van-ban")
	if id == "" && len(subjects) > 0 {
		id = subjects[0].Value
	}
	values := url.Values{"id": {string(p.IDs.New())}, "day": {string(p.today())}, "van-ban": {id}, "kind": {string(progress.MeetingHeld)}}
	return p.showActivity(w, r, u, subjects, form.New(values), false)
}

func (p *pages) showActivity(w http.ResponseWriter, r *http.Request, u unit.Unit, subjects []ui.Option, f *form.Form, lost bool) error {
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "reporting.activity.title"), u)
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), activityFormPage(page, viewActivityForm(ctx, u, subjects, f, lost)))
}

func viewActivityForm(ctx context.Context, u unit.Unit, subjects []ui.Option, f *form.Form, lost bool) activityView {
	f.Alias("letter", "van-ban")
	v := activityView{
		Unit: u.FullName, UnitID: string(u.ID), Action: reportPath + "/hoat-dong", Back: listURL(u.ID), ID: ident.ID(f.Value("id")),
		Errors: f.Errors(ctx), Letters: subjects, Lost: lost,
		Letter: f.Field(ctx, ui.Field{Name: "van-ban", Label: ui.T(ctx, "reporting.field.for"), Required: true, Wide: true}),
		Kind:   f.Field(ctx, ui.Field{Name: "kind", Label: ui.T(ctx, "reporting.field.kind"), Required: true}),
		Day:    f.Field(ctx, ui.Field{Name: "day", Label: ui.T(ctx, "reporting.field.day"), Required: true}),
		Place:  f.Field(ctx, ui.Field{Name: "place", Label: ui.T(ctx, "reporting.field.place"), Required: true, MaxLength: 300, Wide: true}),
		People: f.Field(ctx, ui.Field{Name: "people", Label: ui.T(ctx, "reporting.field.people"), Unit: ui.T(ctx, "reporting.field.peopleUnit"), InputMode: "numeric"}),
		Kilos:  f.Field(ctx, ui.Field{Name: "kg", Label: ui.T(ctx, "reporting.field.kilos"), Hint: ui.T(ctx, "reporting.field.kilosHint")}),
		Note:   f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "reporting.field.note"), Rows: 2, Wide: true}),
		File:   f.ProofField(ctx, ui.Field{Label: ui.T(ctx, "reporting.field.file"), Hint: ui.T(ctx, "reporting.field.fileHint", "Limit", progress.MaxFileBytes>>20)}),
	}
	for _, k := range progress.Kinds() {
		v.Kinds = append(v.Kinds, ui.Option{Value: string(k), Label: ui.T(ctx, "reporting.kind."+string(k))})
	}
	return v
}

func (p *pages) addActivity(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(progress.MaxFileBytes))
	if err != nil {
		return err
	}
	id, err := ident.Parse(f.Value("don-vi"))
	if err != nil {
		return notFound()
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	in := progress.ActivityInput{
		Unit: u.ID, Kind: progress.Kind(f.Value("kind")), Day: f.Day("day"), Place: f.Value("place"), People: f.Count("people"),
		Grams: f.Weight("kg"), Note: f.Value("note"), FileName: s.Name(),
	}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if in.About, err = subjectOf(f.Value("van-ban")); err != nil {
		return err
	}
	if in.File, err = s.Open(); err != nil {
		return err
	}
	f.Alias("letter", "van-ban")
	f.Alias("at", "day")
	var noted progress.Noted
	if f.OK() {
		noted, err = p.Progress.Note(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		subjects, err := p.choices(ctx, u)
		if err != nil {
			return err
		}
		return p.showActivity(w, r, u, subjects, f, s.Name() != "")
	}
	if d := noted.Publicity.DispatchID; d != "" {
		return web.Done(w, r, dispatchURL(d), "reporting.activity.publicised")
	}
	return web.Done(w, r, listURL(u.ID)+"#hoat-dong", "reporting.activity.done")
}

func (p *pages) withdrawActivity(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	a, err := p.Progress.Withdraw(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	return web.Done(w, r, listURL(a.Unit)+"#hoat-dong", "reporting.activity.withdrawn")
}

func (p *pages) activityFile(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	file, a, err := p.Progress.ActivityFile(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	defer file.Close()
	return web.SendFile(w, r, file, a.FileName, a.CreatedAt, web.ProofKinds()...)
}
