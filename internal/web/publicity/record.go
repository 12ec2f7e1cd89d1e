package publicity

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// record returns the record of the address.
func (p *pages) record(r *http.Request) (cascade.Publicity, error) {
	id, err := web.PathID(r, "record")
	if err != nil {
		return cascade.Publicity{}, err
	}
	record, err := p.Cascade.PublicityRecord(r.Context(), web.ActorOf(r.Context()), id)
	if err == nil && string(record.DispatchID) != r.PathValue("id") {
		err = fault.NotFound.With("cascade.fault.notFound")
	}
	return record, err
}

func (p *pages) removePage(w http.ResponseWriter, r *http.Request) error {
	record, err := p.record(r)
	if err != nil {
		return err
	}
	return p.showRemove(w, r, record, form.New(nil))
}

func (p *pages) showRemove(w http.ResponseWriter, r *http.Request, record cascade.Publicity, f *form.Form) error {
	ctx := r.Context()
	reason := f.Field(ctx, ui.Field{Name: "reason", Label: ui.T(ctx, "publicity.remove.reason"), Rows: 3, Required: true, Wide: true})
	v := fieldsView{
		Over: ui.T(ctx, "letter.channel."+string(record.Channel)) + " · " + lang.From(ctx).DateTime(record.At), Lead: ui.T(ctx, "publicity.remove.lead"),
		Action: dispatchURL(record.DispatchID) + "/minh-chung/" + string(record.ID) + "/go", Back: dispatchURL(record.DispatchID), Errors: f.Errors(ctx),
		Fields: []ui.Field{reason}, Danger: ui.T(ctx, "publicity.remove.button"),
	}
	page := p.page(r, ui.T(ctx, "publicity.remove.title"))
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), fieldsPage(page, v))
}

func (p *pages) remove(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "record")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	removed, err := p.Cascade.RemovePublicity(ctx, web.ActorOf(ctx), id, f.Value("reason"))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		record, err := p.record(r)
		if err != nil {
			return err
		}
		return p.showRemove(w, r, record, f)
	}
	return web.Done(w, r, dispatchURL(removed.Record.DispatchID), "publicity.remove.done")
}

// correctView is a record to be put right.
type correctView struct {
	confirmView
	Over, Back, Duty string
}

func (p *pages) correctPage(w http.ResponseWriter, r *http.Request) error {
	record, err := p.record(r)
	if err != nil {
		return err
	}
	f := form.New(url.Values{
		"at": {form.MomentInput(record.At)}, "channel": {string(record.Channel)}, "place": {record.Place}, "link": {record.Link}, "note": {record.Note},
		"duty": {strconv.Itoa(record.Duty)}, "times": {countInput(record.Times)}, "people": {countInput(record.People)},
	})
	return p.showCorrect(w, r, record, f, false)
}

// countInput leaves a number out that nobody gave.
func countInput(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (p *pages) showCorrect(w http.ResponseWriter, r *http.Request, record cascade.Publicity, f *form.Form, lost bool) error {
	ctx := r.Context()
	fixed, err := p.Publicity.Fixed(ctx, record.ID)
	if err != nil {
		return err
	}
	channels := letter.Channels()
	if fixed {
		channels = []letter.Channel{record.Channel}
	}
	page := p.page(r, ui.T(ctx, "publicity.correct.title"))
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), correctingPage(page, viewCorrect(ctx, record, channels, f, lost)))
}

func viewCorrect(ctx context.Context, record cascade.Publicity, channels []letter.Channel, f *form.Form, lost bool) correctView {
	v := correctView{
		confirmView: *recordForm(ctx, f, channels, true), Back: dispatchURL(record.DispatchID), Duty: f.Value("duty"),
		Over: ui.T(ctx, "letter.channel."+string(record.Channel)) + " · " + lang.From(ctx).DateTime(record.At),
	}
	v.Action, v.Lost = dispatchURL(record.DispatchID)+"/minh-chung/"+string(record.ID)+"/sua", lost
	v.Note = f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "publicity.field.note"), Rows: 2, Wide: true})
	if record.FileKey != "" {
		v.File.Hint = ui.T(ctx, "publicity.correct.file")
	}
	return v
}

func (p *pages) correct(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	record, err := p.record(r)
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	in := recordInput(f)
	in.Duty, in.Note, in.FileName = f.Int("duty"), f.Lines("note"), s.Name()
	if in.File, err = s.Open(); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.Correct(ctx, web.ActorOf(ctx), record.ID, in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showCorrect(w, r, record, f, s.Name() != "")
	}
	return web.Done(w, r, dispatchURL(record.DispatchID), "publicity.correct.done")
}
