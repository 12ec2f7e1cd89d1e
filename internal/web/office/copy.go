package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// copyView is the form that makes a copy.
type copyView struct {
	Unit      string
	Lead      string
	Action    string
	ID        ident.ID
	Errors    []ui.FieldError
	Kind      ui.Field
	Kinds     []ui.Option
	Digital   ui.Field // an electronic copy
	IsDigital bool
	Coarse    *ui.Field // once the original was found to be blurred
	IsCoarse  bool
	Original  *ui.FileField // where no original is kept that a true copy could repeat, or a true copy may be copied
	Notation  ui.Field
	Place     ui.Field
	Excerpt   ui.Field
	To        ui.Field
	Capacity  ui.Field
	Position  ui.Field
	Name      ui.Field
}

func (p *pages) copyPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	in, err := p.Drafting.Input(ctx, u.ID)
	if err != nil {
		return err
	}
	s := in.Head.Signer(len(in.Head.Signers) - 1)
	return p.showCopy(w, r, form.New(url.Values{
		"id": {string(p.IDs.New())}, "unit": {string(u.ID)}, "kind": {string(letter.TrueCopy)}, "notation": {in.Head.Mark}, "place": {in.Head.Place},
		"recipients": {"Như trên\n" + in.Head.Archive()}, "capacity": {strings.Join(s.Capacity, "\n")}, "position": {s.Position}, "name": {s.Name},
	}))
}

func (p *pages) showCopy(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	l, err := p.readable(ctx, u.ID, id)
	if err != nil {
		return err
	}
	v := viewCopy(ctx, f)
	v.Unit, v.Lead, v.ID = u.Organ(), titleOf(ctx, l)+" – "+l.Fields.Subject, ident.ID(f.Value("id"))
	v.Action = draftURL(l.ID) + "/sao?don-vi=" + string(u.ID)
	whole, err := p.Letters.HasPages(ctx, l)
	if err != nil {
		return err
	}
	own := l.IssuedBy(u.ID)
	if own { // a copy of a copy is for those who have no original
		v.Kinds = slices.DeleteFunc(v.Kinds, func(o ui.Option) bool { return o.Value == string(letter.RelayTo) })
	}
	v.Original = originalField(ctx, f, whole, own)
	page := p.page(r, ui.T(ctx, "office.copy.title"), ui.Link{Text: ui.T(ctx, "office.book.copies"), URL: bookURL("sao", u.ID)})
	page.Narrow, page.Path = true, v.Action
	return web.Render(w, r, web.StatusOf(f.Err()), copyFormPage(page, v))
}

func viewCopy(ctx context.Context, f *form.Form) copyView {
	field := func(name, label string, rows int, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, label), Rows: rows, Wide: rows > 0, Required: required})
	}
	v := copyView{
		Errors: f.Errors(ctx),
		Kind:   field("kind", "office.copy.kind", 0, true), Notation: field("notation", "office.head.mark", 0, true), Place: field("place", "office.field.place", 0, true),
		To:       field("recipients", "office.field.recipients", 3, false),
		Capacity: field("capacity", "office.field.capacity", 2, false), Position: field("position", "office.field.position", 0, false), Name: field("name", "office.field.name", 0, true),
	}
	v.Excerpt = f.Field(ctx, ui.Field{Name: "excerpt", Label: ui.T(ctx, "office.copy.excerpt"), Hint: ui.T(ctx, "office.copy.excerptHint"), Rows: 5, Wide: true})
	v.Digital, v.IsDigital = ui.Field{Name: "electronic", Label: ui.T(ctx, "office.copy.electronic"), Hint: ui.T(ctx, "office.copy.electronicHint"), Required: true}, f.Checked("electronic")
	if v.IsCoarse = f.Checked("coarse"); v.IsCoarse || f.Faulty("coarse") {
		coarse := f.Field(ctx, ui.Field{Name: "coarse", Label: ui.T(ctx, "office.copy.coarse"), Hint: ui.T(ctx, "office.copy.coarseHint"), Required: true})
		v.Coarse = &coarse
	}
	for _, k := range letter.CopyKinds() {
		v.Kinds = append(v.Kinds, ui.Option{Value: string(k), Label: ui.T(ctx, "office.copy."+string(k)), Hint: ui.T(ctx, "office.copy."+string(k)+".hint")})
	}
	return v
}

// originalField asks for the original that is not kept as pages, and for the true copy of which a letter of others is copied; nil
// where a unit's own letter is kept whole.
func originalField(ctx context.Context, f *form.Form, whole, own bool) *ui.FileField {
	label, hint := "office.copy.original", "office.copy.originalHint"
	switch {
	case whole && own:
		return nil
	case whole:
		label, hint = "office.copy.received", "office.copy.receivedHint"
	case !own:
		label = "office.copy.originalOrCopy"
	}
	return &ui.FileField{
		Field:  f.Field(ctx, ui.Field{Name: "original", Label: ui.T(ctx, label), Hint: ui.T(ctx, hint), Wide: true}),
		Accept: "application/pdf,image/jpeg,image/png,image/tiff,.tif,.tiff",
	}
}

func (p *pages) makeCopy(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	letterID, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(letter.MaxIssueBytes))
	if err != nil {
		return err
	}
	original, err := s.Open()
	if err != nil {
		return err
	}
	f.Set("unit", r.URL.Query().Get("don-vi"))
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	f.Alias("signer.name", "name")
	f.Alias("signer.position", "position")
	c, err := p.Letters.Copy(ctx, web.ActorOf(ctx), letter.CopyInput{
		ID: id, Unit: u.ID, Letter: letterID, Kind: letter.CopyKind(f.Value("kind")), Notation: f.Text("notation"), Place: f.Text("place"),
		Excerpt: f.Lines("excerpt"), Recipients: lines(f, "recipients"), Original: original, Electronic: f.Checked("electronic"), Coarse: f.Checked("coarse"),
		Signer: letter.Signer{Capacity: lines(f, "capacity"), Position: f.Text("position"), Name: f.Text("name")},
	})
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showCopy(w, r, f)
	}
	if c.Electronic || c.Kind == letter.Extract { // of an extract the page says whether it was compared
		return web.Done(w, r, copyURL(c.ID), "office.copy.done", "Symbol", c.Symbol)
	}
	return web.Done(w, r, bookURL("sao", u.ID), "office.copy.done", "Symbol", c.Symbol)
}
