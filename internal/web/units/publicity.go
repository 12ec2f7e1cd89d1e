package units

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// publiciseView is the form of one record of publicity.
type publiciseView struct {
	Over     string
	Action   string
	Back     string
	ID       ident.ID
	Errors   []ui.FieldError
	Duty     ui.Field
	Duties   []ui.Option
	Channel  ui.Field
	Channels []ui.OptionGroup
	At       ui.Field
	Place    ui.Field
	Link     ui.Field
	Times    ui.Field
	People   ui.Field
	Note     ui.Field
	File     ui.FileField
	Lost     bool // a file was chosen and must be chosen again
}

func (p *pages) publicisePage(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if err := mayOpen(r.Context(), d, person.ActionCascadePublicise, false); err != nil {
		return err
	}
	if !(may{web.ActorOf(r.Context()), d.Dispatch}).publicise() {
		return p.told(w, r, d.ID, fault.Conflict.With("cascade.fault.notReceived"))
	}
	values := url.Values{"id": {string(p.IDs.New())}, "at": {form.MomentInput(p.now())}}
	for _, duty := range d.Duties {
		if len(duty.Channels) > 0 && !duty.Done() {
			values.Set("duty", strconv.Itoa(duty.Number))
			break
		}
	}
	return p.showPublicise(w, r, d, form.New(values), false)
}

func (p *pages) showPublicise(w http.ResponseWriter, r *http.Request, d cascade.Detail, f *form.Form, lost bool) error {
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "units.publicity.title"), ui.Link{Text: symbolOf(ctx, d.Letter), URL: dispatchURL(d.ID)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), publicisePage(page, viewPublicise(ctx, d, f, lost)))
}

func viewPublicise(ctx context.Context, d cascade.Detail, f *form.Form, lost bool) publiciseView {
	v := publiciseView{
		Over: symbolOf(ctx, d.Letter), Action: dispatchURL(d.ID) + "/tuyen-truyen", Back: dispatchURL(d.ID),
		ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx), Lost: lost,
		Duty:    f.Field(ctx, ui.Field{Name: "duty", Label: ui.T(ctx, "units.field.duty"), Required: true, Wide: true}),
		Duties:  []ui.Option{{Value: "0", Label: ui.T(ctx, "units.publicity.whole")}},
		Channel: f.Field(ctx, ui.Field{Name: "channel", Label: ui.T(ctx, "units.field.channel"), Required: true}),
		At:      f.Field(ctx, ui.Field{Name: "at", Label: ui.T(ctx, "units.field.at"), Required: true}),
		Place:   f.Field(ctx, ui.Field{Name: "place", Label: ui.T(ctx, "units.field.place"), Hint: ui.T(ctx, "units.publicity.placeHint"), MaxLength: 300, Wide: true}),
		Link:    f.Field(ctx, ui.Field{Name: "link", Label: ui.T(ctx, "units.field.link"), Hint: ui.T(ctx, "units.publicity.linkHint"), InputMode: "url", MaxLength: 2000, Wide: true}),
		Times:   f.Field(ctx, ui.Field{Name: "times", Label: ui.T(ctx, "units.field.times"), Unit: ui.T(ctx, "units.publicity.timesUnit"), InputMode: "numeric"}),
		People:  f.Field(ctx, ui.Field{Name: "people", Label: ui.T(ctx, "units.field.people"), Unit: ui.T(ctx, "units.publicity.peopleUnit"), InputMode: "numeric"}),
		Note:    f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "units.field.note"), Rows: 2, Wide: true}),
		File:    f.ProofField(ctx, ui.Field{Label: ui.T(ctx, "units.field.file"), Hint: ui.T(ctx, "units.publicity.fileHint", "Limit", cascade.MaxFileBytes>>20)}),
	}
	for _, duty := range d.Duties {
		v.Duties = append(v.Duties, ui.Option{Value: strconv.Itoa(duty.Number), Label: ui.T(ctx, "units.publicity.duty", "Number", duty.Number, "Text", lang.Short(duty.Text, 70))})
	}
	v.Channels = channelGroups(ctx, d.Duties)
	return v
}

// channelGroups offers first the channels that the letter names.
func channelGroups(ctx context.Context, duties []cascade.Duty) []ui.OptionGroup {
	named := map[letter.Channel]bool{}
	for _, d := range duties {
		for _, c := range d.Channels {
			named[c] = true
		}
	}
	asked, others := ui.OptionGroup{Label: ui.T(ctx, "units.publicity.asked")}, ui.OptionGroup{Label: ui.T(ctx, "units.publicity.others")}
	for _, c := range letter.Channels() {
		o := ui.Option{Value: string(c), Label: ui.T(ctx, "letter.channel."+string(c))}
		if named[c] {
			asked.Options = append(asked.Options, o)
		} else {
			others.Options = append(others.Options, o)
		}
	}
	if len(asked.Options) == 0 {
		return []ui.OptionGroup{others}
	}
	return []ui.OptionGroup{asked, others}
}

func (p *pages) publicise(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	in := cascade.PublicityInput{
		Dispatch: d.ID, Duty: f.Int("duty"), Channel: letter.Channel(f.Value("channel")), At: f.Moment("at"),
		Place: f.Value("place"), Link: f.Value("link"), Times: f.Int("times"), People: f.Int("people"), Note: f.Value("note"),
	}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if in.File, err = s.Open(); err != nil {
		return err
	}
	in.FileName = s.Name()
	if f.OK() {
		_, err = p.Cascade.Publicise(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showPublicise(w, r, d, f, s.Name() != "")
	}
	return web.Done(w, r, dispatchURL(d.ID), "units.publicity.saved")
}
