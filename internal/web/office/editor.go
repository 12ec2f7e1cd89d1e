package office

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// open shows a letter where it stands: in the editor while somebody may change it, else on its way.
func (p *pages) open(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return web.SeeOther(w, r, letterURL(l.ID))
	}
	if l.State == letter.Draft && can(r.Context(), person.ActionLetterRegister, l.IssuerID) {
		return p.showEditor(w, r, l, form.New(fill(*l.Document, l.Version)), -1)
	}
	return p.showWay(w, r, l, form.New(nil))
}

func (p *pages) showEditor(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form, look int) error {
	ctx := r.Context()
	steps, err := p.Letters.Steps(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, l.IssuerID)
	if err != nil {
		return err
	}
	v := viewEditor(ctx, l, f, look)
	cite, err := p.viewCite(ctx, l, f, readBlocks(f, *l.Document))
	if err != nil {
		return err
	}
	if cite != nil {
		v.Blocks[cite.Block].Cite = cite
	}
	v.Unit = u.Organ()
	if v.Report, err = p.reportOf(ctx, l); err != nil {
		return err
	}
	if v.Report == "" {
		v.Discard = draftURL(l.ID) + "/bo"
	}
	if n := len(steps); n > 0 && steps[n-1].Event == letter.SendBack {
		v.SentBack = steps[n-1].Words
	}
	page := p.page(r, titleOf(ctx, l), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(l.IssuerID)})
	page.Path = draftURL(l.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), editorPage(page, v))
}

// edit takes what the buttons of the editor send: rearranging blocks and the preview show the form again as it was
// typed, the others save it first.
func (p *pages) edit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return fault.Conflict.With("letter.fault.readIn")
	}
	doc, act := readDocument(f, *l.Document), f.Value("do")
	if act == "enter" && f.Has("find") { // the Enter key in the search for what to cite
		act = "cite." + f.Value("citing")
	}
	blocks := readBlocks(f, *l.Document)
	if done, err := p.editCitation(w, r, l, f, doc, blocks, act); done {
		return err
	}
	if blocks, look, ok := rearrange(blocks, act); ok {
		return p.showEditor(w, r, l, p.refilled(f, doc, blocks), look)
	}
	if act == "preview" {
		return p.showEditor(w, r, l, f, -1)
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	if f.OK() {
		saved, err := p.Letters.Rewrite(ctx, web.ActorOf(ctx), l.ID, version, doc)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			l = saved
		}
	}
	switch {
	case act == "autosave":
		return answerAutosave(ctx, w, l, f)
	case !f.OK():
		if l.State != letter.Draft { // it went on meanwhile: there is nothing to edit any more
			return p.showWay(w, r, l, f)
		}
		if current, err := p.Letters.Get(ctx, web.ActorOf(ctx), l.ID); err == nil && current.Version != version {
			f.Set("version", strconv.FormatInt(current.Version, 10)) // a second try replaces the other's version
		}
		return p.showEditor(w, r, l, f, -1)
	case act == "submit":
		return p.submit(w, r, l, f)
	}
	return web.Done(w, r, draftURL(l.ID), "office.saved")
}

func (p *pages) submit(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	_, err := p.Letters.Submit(r.Context(), web.ActorOf(r.Context()), l.ID, f.Lines("words"))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		f.Set("version", strconv.FormatInt(l.Version, 10))
		return p.showEditor(w, r, l, f, -1)
	}
	return web.Done(w, r, draftURL(l.ID), "office.submitted")
}

// refilled is the form with its blocks in another order, everything else as it was typed.
func (p *pages) refilled(f *form.Form, doc letter.Document, blocks []letter.Block) *form.Form {
	values := fill(doc, 0)
	values.Set("version", f.Value("version"))
	values.Set("copies", f.Value("copies"))
	for name := range values {
		if strings.HasPrefix(name, "b.") {
			values.Del(name)
		}
	}
	fillBlocks(values, blocks)
	return form.New(values)
}

// answerAutosave tells the script whether the draft is kept, and under which version.
func answerAutosave(ctx context.Context, w http.ResponseWriter, l letter.Letter, f *form.Form) error {
	out := struct {
		Saved   bool   `json:"saved"`
		Version int64  `json:"version"`
		Message string `json:"message"`
	}{Saved: f.OK(), Version: l.Version}
	code := http.StatusOK
	if f.OK() {
		out.Message = ui.T(ctx, "office.autosaved", "Time", l.UpdatedAt.Local().Format("15:04"))
	} else {
		code = web.StatusOf(f.Err())
		out.Message = ui.T(ctx, "office.notSaved", "Why", f.Errors(ctx)[0].Text)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	return json.NewEncoder(w).Encode(out)
}

// preview answers the script with the page as it will look.
func (p *pages) preview(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if err := web.ActorOf(r.Context()).Can(person.ActionLetterRegister, person.On{Unit: l.IssuerID}); err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return fault.Conflict.With("letter.fault.readIn")
	}
	return web.Render(w, r, http.StatusOK, sheetPane(editSheet(r.Context(), readDocument(f, *l.Document))))
}
