package office

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// deliveryView is the form that records how a letter went out on paper.
type deliveryView struct {
	Lead, Action, Version string
	Errors                []ui.FieldError
	Sent, Receiver, Note  ui.Field
}

func viewDelivery(ctx context.Context, l letter.Letter, f *form.Form) deliveryView {
	return deliveryView{
		Lead: abstract(l.Fields), Action: deliveryURL(l.ID), Version: f.Value("version"), Errors: f.Errors(ctx),
		Sent: f.Field(ctx, ui.Field{Name: "sent", Label: ui.T(ctx, "office.delivery.sent"), Required: true}),
		Receiver: f.Field(ctx, ui.Field{
			Name: "receiver", Label: ui.T(ctx, "office.delivery.receiver"), Hint: ui.T(ctx, "office.delivery.receiverHint"), Required: true, Wide: true,
		}),
		Note: f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "office.delivery.note"), Wide: true}),
	}
}

func fillDelivery(d letter.Delivery) url.Values {
	return url.Values{
		"version": {strconv.FormatInt(d.Version, 10)}, "sent": {string(d.SentOn)}, "receiver": {d.Receiver}, "note": {d.Note},
	}
}

// delivered loads a letter of the register with what is recorded of its delivery, for those who may record it.
func (p *pages) delivered(r *http.Request) (letter.Letter, letter.Delivery, error) {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return l, letter.Delivery{}, err
	}
	if l.State != letter.Registered {
		return l, letter.Delivery{}, fault.NotFound.With("letter.fault.notFound")
	}
	all, err := p.Letters.DeliveriesOf(ctx, web.ActorOf(ctx), l.IssuerID, []ident.ID{l.ID})
	return l, all[l.ID], err
}

func (p *pages) delivery(w http.ResponseWriter, r *http.Request) error {
	l, d, err := p.delivered(r)
	if err != nil {
		return err
	}
	v := fillDelivery(d)
	if d.SentOn == "" {
		v.Set("sent", string(clock.DayOf(p.Clock.Now())))
	}
	return p.showDelivery(w, r, l, form.New(v))
}

func (p *pages) showDelivery(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, string(l.IssuerID))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	page := p.page(r, ui.T(ctx, "office.delivery.recordOf", "Symbol", l.Symbol()), ui.Link{Text: ui.T(ctx, "office.book.outgoing"), URL: bookOfYear(l)},
		ui.Link{Text: titleOf(ctx, l), URL: letterURL(l.ID)})
	page.Path, page.Narrow = deliveryURL(l.ID), true
	return web.Render(w, r, web.StatusOf(f.Err()), deliveryPage(page, viewDelivery(ctx, l, f)))
}

// bookOfYear is the register in which the letter stands.
func bookOfYear(l letter.Letter) string {
	return bookURL(outgoingName, l.IssuerID) + "&nam=" + strconv.Itoa(l.Fields.Date.Year)
}

func (p *pages) deliver(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, before, err := p.delivered(r)
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
	d := letter.Delivery{LetterID: l.ID, SentOn: f.Day("sent"), Receiver: f.Value("receiver"), Note: f.Value("note"), Version: version}
	if f.OK() {
		_, err = p.Letters.Deliver(ctx, web.ActorOf(ctx), d)
		if fault.KindOf(err) == fault.Conflict {
			f.Set("version", strconv.FormatInt(before.Version, 10)) // a second try replaces what the other one wrote
		}
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showDelivery(w, r, l, f)
	}
	return web.Done(w, r, bookOfYear(l), "office.delivery.saved")
}

// keepView is the form that says in which file an arrival is kept.
type keepView struct {
	Action string
	Errors []ui.FieldError
	File   ui.Field
}

func viewKeep(ctx context.Context, unitID, letterID ident.ID, f *form.Form) *keepView {
	return &keepView{
		Action: booksPath + "/den/" + string(letterID) + "/ho-so?don-vi=" + string(unitID), Errors: f.Errors(ctx),
		File: f.Field(ctx, ui.Field{Name: "file", Label: ui.T(ctx, "office.file.label"), Hint: ui.T(ctx, "office.file.hint")}),
	}
}

// keepIn records in which file an arrival is kept.
func (p *pages) keepIn(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, l, _, _, err := p.arrived(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	_, err = p.Letters.KeepIn(ctx, web.ActorOf(ctx), u.ID, l.ID, f.Value("file"))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showArrival(w, r, nil, f)
	}
	return web.Done(w, r, arrivalURL(l.ID, u.ID), "office.file.saved")
}
