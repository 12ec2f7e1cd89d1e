package units

import (
	"context"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/a-h/templ"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// letterAccept are the forms a letter is taken in.
const letterAccept = packageEnd + ",.docx,.pdf,.txt,.html,.htm,.jpg,.jpeg,.png,.tif,.tiff,image/tiff,text/plain,text/html,application/pdf," +
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// packageEnd is how the names of packages end that systems exchange.
const packageEnd = ".edxml"

// newLetterView is the form that takes a letter in.
type newLetterView struct {
	Unit   string
	UnitID ident.ID
	ID     ident.ID
	Errors []ui.FieldError
	Text   ui.Field
	Pasted string // the HTML of what was pasted into the text, with script
	File   ui.FileField
}

// pastedText is the control that a letter is pasted into; the script keeps in "html" what the text alone does not show.
func pastedText(ctx context.Context) ui.Field {
	return ui.Field{
		Name: "text", Label: ui.T(ctx, "units.new.text"), Hint: ui.T(ctx, "units.new.textHint"), Rows: 14, Wide: true,
		Attrs: templ.Attributes{"data-paste": "html"},
	}
}

func (p *pages) newLetterPage(w http.ResponseWriter, r *http.Request) error {
	return p.showNewLetter(w, r, form.New(url.Values{
		"id": {string(p.IDs.New())}, "unit": {r.URL.Query().Get("don-vi")},
	}))
}

func (p *pages) showNewLetter(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	v := newLetterView{
		Unit: u.Organ(), UnitID: u.ID, ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Text: f.Field(ctx, pastedText(ctx)), Pasted: f.Value("html"),
		File: ui.FileField{
			Field:  f.Field(ctx, ui.Field{Name: "file", Label: ui.T(ctx, "units.new.file"), Hint: ui.T(ctx, "units.new.fileHint")}),
			Accept: letterAccept,
		},
	}
	page := p.page(r, ui.T(ctx, "units.new.title"), ui.Link{Text: ui.T(ctx, "units.letters.title"), URL: lettersURL(u.ID)})
	page.Path = newLetterURL(u.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), newLetterPage(page, v))
}

// newLetter reads a letter and keeps it as a draft, which somebody then looks through.
func (p *pages) newLetter(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(letter.MaxFile))
	if fault.KindOf(err) == fault.TooLarge { // the text itself: shown back it would only be too large again
		f = form.New(url.Values{"id": {string(p.IDs.New())}, "unit": {r.URL.Query().Get("don-vi")}})
		f.Alias("", "text")
		if err := f.Take(fault.TooLarge.With("letter.fault.tooLarge", "Limit", letter.MaxBytes>>10)); err != nil {
			return err
		}
		return p.showNewLetter(w, r, f)
	}
	if err != nil {
		return err
	}
	issuer, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	file, err := s.Open()
	if err != nil {
		return err
	}
	f.Alias("", "text")
	if file != nil && f.Lines("text") == "" {
		f.Alias("", "file")
	}
	in := letter.DraftInput{ID: id, Issuer: issuer.ID, Text: f.Value("text"), HTML: f.Value("html"), File: file, FileName: s.Name()}
	draft := p.Letters.Draft
	if file != nil && p.Exchange != nil && strings.EqualFold(path.Ext(s.Name()), packageEnd) {
		draft = p.Exchange.ByHand
	}
	l, err := draft(ctx, web.ActorOf(ctx), in)
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showNewLetter(w, r, f)
	}
	return web.Done(w, r, letterURL(l.ID), "units.new.done")
}
