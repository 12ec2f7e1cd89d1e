package office

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// handling is how a letter of the register is dealt with: by the dispatch that brought it, or as the clerk recorded.
type handling struct {
	cascade.Dispatch
	letter.Handling
}

func (h handling) who() string {
	if h.Dispatch.ID != "" {
		return strings.Join(append(nonEmpty(h.Lead), h.Cooperators...), "; ")
	}
	return h.Receiver
}

// to is whom the stamp names.
func (h handling) to() string {
	if h.Dispatch.ID != "" {
		return h.Lead
	}
	return h.Receiver
}

func (h handling) handed() string {
	if h.Dispatch.ID != "" {
		return momentDay(h.AssignedAt)
	}
	return dayText(h.HandedOn)
}

func (h handling) deadline() string {
	if h.Dispatch.ID != "" {
		return momentDay(h.FinishBy())
	}
	return dayText(h.Handling.Deadline)
}

func (h handling) progress(ctx context.Context) string {
	if h.Dispatch.ID != "" {
		return ui.T(ctx, "ui.status.dispatch."+h.Status())
	}
	return h.Progress
}

func (h handling) note() string {
	if h.Dispatch.ID != "" {
		return h.Outcome
	}
	return h.Note
}

// handlings are those of letters that a unit received.
func (p *pages) handlings(ctx context.Context, unitID ident.ID, letters []ident.ID) (map[ident.ID]handling, error) {
	came, err := p.Cascade.CameBy(ctx, web.ActorOf(ctx), unitID, letters)
	if err != nil {
		return nil, err
	}
	handed, err := p.Letters.HandlingsOf(ctx, web.ActorOf(ctx), unitID, letters)
	if err != nil {
		return nil, err
	}
	out := map[ident.ID]handling{}
	for _, id := range letters {
		out[id] = handling{came[id], handed[id]}
	}
	return out, nil
}

// handlingView is the form that records to whom a letter of the register was handed.
type handlingView struct {
	Action, Version  string
	Errors           []ui.FieldError
	Receiver         ui.Field
	Handed, Deadline ui.Field
	Progress, Note   ui.Field
}

func viewHandling(ctx context.Context, unitID, letterID ident.ID, f *form.Form) *handlingView {
	field := func(name string, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, "office.handling."+name), Required: required})
	}
	note := f.Field(ctx, ui.Field{Name: "note", Label: ui.T(ctx, "office.handling.note"), Hint: ui.T(ctx, "office.handling.noteHint"), Wide: true})
	return &handlingView{
		Action: arrivalURL(letterID, unitID), Version: f.Value("version"), Errors: f.Errors(ctx), Receiver: field("receiver", true),
		Handed: field("handed", false), Deadline: field("deadline", false), Progress: field("progress", false), Note: note,
	}
}

func fillHandling(h letter.Handling) url.Values {
	return url.Values{
		"version": {strconv.FormatInt(h.Version, 10)}, "receiver": {h.Receiver}, "handed": {string(h.HandedOn)},
		"deadline": {string(h.Deadline)}, "progress": {h.Progress}, "note": {h.Note},
	}
}

// hand records it.
func (p *pages) hand(w http.ResponseWriter, r *http.Request) error {
	u, l, _, d, err := p.arrived(r)
	if err != nil {
		return err
	}
	if d.Dispatch.ID != "" {
		return fault.Conflict.With("letter.fault.dispatched")
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	h := letter.Handling{
		UnitID: u.ID, LetterID: l.ID, Receiver: f.Value("receiver"), HandedOn: f.Day("handed"), Deadline: f.Day("deadline"),
		Progress: f.Value("progress"), Note: f.Value("note"), Version: version,
	}
	if f.OK() {
		_, err = p.Letters.Hand(r.Context(), web.ActorOf(r.Context()), h)
		if fault.KindOf(err) == fault.Conflict {
			f.Set("version", strconv.FormatInt(d.Handling.Version, 10)) // a second try replaces what the other one wrote
		}
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showArrival(w, r, f, nil)
	}
	return web.Done(w, r, arrivalURL(l.ID, u.ID), "office.handling.saved")
}
