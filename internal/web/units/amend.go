package units

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// amendView is the form that puts right what was mistyped when a letter was registered.
type amendView struct {
	Over, Action, Back, Version string
	Errors                      []ui.FieldError
	Sent                        string // what its receivers are told of it, "" when it went to nobody
	Type                        ui.Field
	Types                       []ui.Option
	Number, Notation, Organ     ui.Field
	Place, Date, Subject        ui.Field
	Signer, Reason              ui.Field
}

const amendPath = "/sua-so"

func (p *pages) amendPage(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: l.IssuerID}); err != nil {
		u, unknown := p.Units.Unit(ctx, l.IssuerID)
		if unknown != nil {
			return unknown
		}
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	if !l.Amends() {
		return fault.Conflict.With("letter.fault.notAmended")
	}
	a := letter.AmendmentOf(l)
	return p.showAmend(w, r, l, form.New(url.Values{
		"version": {strconv.FormatInt(l.Version, 10)}, "type": {a.Type}, "number": {a.Number}, "notation": {a.Notation}, "organ": {a.Organ},
		"place": {a.Place}, "date": {a.Date.String()}, "subject": {a.Subject}, "signer.name": {a.Signer},
	}))
}

func (p *pages) showAmend(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	ctx := r.Context()
	v := viewAmend(ctx, l, f)
	if l.State == letter.Registered {
		handed, err := p.handed(ctx, web.ActorOf(ctx), l)
		switch {
		case err != nil:
			return err
		case handed.Units > 0 && handed.With == l.ID:
			v.Sent = ui.T(ctx, "units.amend.sent")
		case handed.Units > 0:
			v.Sent = ui.T(ctx, "units.amend.along")
		}
	}
	page := p.page(r, ui.T(ctx, "units.amend.title"), ui.Link{Text: symbolOf(ctx, l), URL: letterURL(l.ID)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), amendFormPage(page, v))
}

func viewAmend(ctx context.Context, l letter.Letter, f *form.Form) amendView {
	field := func(name, key string, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, key), Required: required})
	}
	out := l.State == letter.Registered // an arrival may lack what its sender left out
	v := amendView{
		Over: calledOf(ctx, l), Action: letterURL(l.ID) + amendPath, Back: bookedURL(l), Version: f.Value("version"), Errors: f.Errors(ctx),
		Type: field("type", "units.letter.type", out), Number: field("number", "units.letter.number", out), Notation: field("notation", "units.letter.notation", out),
		Place: field("place", "units.letter.place", false), Date: field("date", "units.letter.date", out), Signer: field("signer.name", "units.letter.signerName", false),
		Organ:   f.Field(ctx, ui.Field{Name: "organ", Label: ui.T(ctx, "units.letter.organ"), Required: true, Wide: true}),
		Subject: f.Field(ctx, ui.Field{Name: "subject", Label: ui.T(ctx, "units.letter.subject"), Required: true, Wide: true, Rows: 3}),
		Reason:  f.Field(ctx, ui.Field{Name: "reason", Label: ui.T(ctx, "units.amend.reason"), Required: true, Wide: true, Rows: 2}),
		Types:   typeOptions(ctx),
	}
	return v
}

func (p *pages) amend(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	a := letter.Amendment{
		Type: f.Text("type"), Number: f.Text("number"), Notation: f.Text("notation"), Organ: f.Text("organ"), Place: f.Text("place"),
		Subject: f.Text("subject"), Signer: f.Text("signer.name"), Reason: f.Lines("reason"),
	}
	if a.Notation == l.Fields.Notation {
		a.Joint = l.Fields.Joint // what goes with another notation follows from that
	}
	if a.Date, err = letter.ParseDate(string(f.Day("date"))); err != nil {
		f.Add("date", "letter.fault.date")
	}
	if f.OK() {
		_, err := p.Letters.Amend(ctx, web.ActorOf(ctx), l.ID, version, a)
		if fault.KindOf(err) == fault.Conflict {
			f.Set("version", strconv.FormatInt(l.Version, 10)) // what somebody else did meanwhile was told; sending again replaces it
		}
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showAmend(w, r, l, f)
	}
	return web.Done(w, r, bookedURL(l), "units.amend.done")
}

// bookedURL leads to a letter as the register that it stands in shows it.
func bookedURL(l letter.Letter) string {
	if l.State == letter.Entered {
		return arrivalURL(l.ID, l.IssuerID)
	}
	return letterURL(l.ID)
}

// amended tells when and why a letter's line in the register was put right.
func (p *pages) amended(ctx context.Context, l letter.Letter) ([]ui.Event, error) {
	if !l.Amends() {
		return nil, nil
	}
	steps, err := p.Letters.Steps(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return nil, err
	}
	var events []ui.Event
	for _, s := range steps {
		if s.Event == letter.Amend {
			events = append(events, ui.Event{Title: ui.T(ctx, "units.amend.past"), At: s.At, Text: s.Words, Icon: ui.IconPen})
		}
	}
	return events, nil
}
