package office

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// arrivalView is a letter as it arrived at a unit, with the stamp.
type arrivalView struct {
	Unit   string
	UnitID ident.ID
	NewID  ident.ID // of the letter that may be drafted from it
	Lead   string
	Stamp  stampView
	Facts  []ui.LetterField
	Lines  []string
	Files  []ui.StoredFile
	// Stamped says where the stamp stands in the first of them.
	Stamped string
	Draft   bool // this person may draft from it
	Letter  ident.ID
	Copy    string
	Work    string // the dispatch, to hand its duties out and to report what was done; empty for a letter without one
	Read    string // the letter with what was read of it, for those of the unit that typed it in
	Back    string
	Amend   string // puts right what was entered; empty for who may not, and for what others issued here
	Issue   *issueview.Props
	Hand    *handlingView // nil for a letter that a dispatch brought, and for who may not
	Keep    *keepView     // nil for who may not
}

// stampView is the stamp "ĐẾN" of Appendix IV.
type stampView struct{ Organ, Number, Day, To, File string }

func arrivalURL(id, unitID ident.ID) string {
	return booksPath + "/den/" + string(id) + "?don-vi=" + string(unitID)
}

// arrived loads an arrival with its letter and how it is dealt with.
func (p *pages) arrived(r *http.Request) (unit.Unit, letter.Letter, letter.Arrival, handling, error) {
	ctx := r.Context()
	var d handling
	id, err := web.PathID(r, "id")
	if err != nil {
		return unit.Unit{}, letter.Letter{}, letter.Arrival{}, d, err
	}
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return u, letter.Letter{}, letter.Arrival{}, d, err
	}
	l, err := p.Letters.Received(ctx, web.ActorOf(ctx), u.ID, id)
	if err != nil {
		return u, l, letter.Arrival{}, d, err
	}
	a, err := p.Letters.ArrivalOf(ctx, web.ActorOf(ctx), u.ID, id)
	if err != nil {
		return u, l, a, d, err
	}
	all, err := p.handlings(ctx, u.ID, []ident.ID{id})
	return u, l, a, all[id], err
}

func viewStamp(u unit.Unit, a letter.Arrival, d handling) stampView {
	return stampView{Organ: strings.ToUpper(u.Organ()), Number: number(a.Number), Day: momentDay(a.At), To: d.to(), File: a.File}
}

func (p *pages) arrival(w http.ResponseWriter, r *http.Request) error {
	return p.showArrival(w, r, nil, nil)
}

// showArrival shows a received letter; f is the form of its handling when it comes back, kept the one about its file.
func (p *pages) showArrival(w http.ResponseWriter, r *http.Request, f, kept *form.Form) error {
	ctx := r.Context()
	u, l, a, d, err := p.arrived(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if f != nil {
		status = web.StatusOf(f.Err())
	} else {
		f = form.New(fillHandling(d.Handling))
	}
	if kept != nil {
		status = web.StatusOf(kept.Err())
	} else {
		kept = form.New(url.Values{"file": {a.File}})
	}
	at := booksPath + "/den/" + string(l.ID)
	v := arrivalView{
		Unit: u.Organ(), UnitID: u.ID, NewID: p.IDs.New(), Lead: lang.Capital(l.Fields.Subject), Stamp: viewStamp(u, a, d), Letter: l.ID,
		Draft: can(ctx, person.ActionLetterRegister, u.ID), Back: bookURL("den", u.ID), Lines: letter.SplitLines(l.Source),
		Files: []ui.StoredFile{{Name: ui.T(ctx, "office.arrival.pdf"), URL: at + "/pdf?don-vi=" + string(u.ID)}},
	}
	how, err := p.stampForeseen(ctx, l)
	if err != nil {
		return err
	}
	v.Stamped = how.words(ctx)
	if v.Draft {
		v.Copy = draftURL(l.ID) + "/sao?don-vi=" + string(u.ID)
		v.Keep = viewKeep(ctx, u.ID, l.ID, kept)
	}
	if v.Issue, err = issueview.OfLetter(ctx, p.Letters, p.DB, l, versionURL(l.ID, u.ID)); err != nil {
		return err
	}
	if v.Draft && l.IssuerID == u.ID && l.Amends() {
		v.Amend = letterURL(l.ID) + "/sua-so"
	}
	if l.IssuerID == u.ID {
		v.Read = letterURL(l.ID)
		if l.FileKey != "" {
			v.Files = append(v.Files, ui.StoredFile{Name: cmp.Or(l.FileName, ui.T(ctx, "units.letter.file")), URL: v.Read + "/tep"})
		}
	}
	fact := func(key, value string) {
		v.Facts = append(v.Facts, ui.LetterField{Label: ui.T(ctx, "office.column."+key), Value: value})
	}
	fact("author", l.Fields.Organ)
	fact("symbol", l.Symbol())
	fact("docDate", dayOf(l.Fields.Date))
	fact("abstract", abstract(l.Fields))
	if d.Dispatch.ID != "" {
		v.Work = "/don-vi/ban-gui/" + string(d.Dispatch.ID)
		fact("unit", d.who())
		fact("progress", d.progress(ctx))
	} else if v.Draft {
		v.Hand = viewHandling(ctx, u.ID, l.ID, f)
	}
	page := p.page(r, titleOf(ctx, l), ui.Link{Text: ui.T(ctx, "office.book.incoming"), URL: v.Back})
	page.Path = arrivalURL(l.ID, u.ID)
	return web.Render(w, r, status, arrivalPage(page, v))
}

// arrivalPDF sends the letter with the stamp: on it, before it, or alone when it came as text or on paper.
func (p *pages) arrivalPDF(w http.ResponseWriter, r *http.Request) error {
	u, l, a, d, err := p.arrived(r)
	if err != nil {
		return err
	}
	at, err := p.stampOf(r.Context(), l)
	if err != nil {
		return err
	}
	stamp := decree.Arrival{Organ: u.Organ(), Number: number(a.Number), Date: a.At.Time, To: d.to(), File: a.File}
	var buf bytes.Buffer
	if err := stamped(r.Context(), &buf, l, stamp, at, a.At.Time); err != nil {
		return err
	}
	return send(w, r, bytes.NewReader(buf.Bytes()), "den-"+number(a.Number)+"-"+fileName(l)+".pdf", typePDF, a.At)
}
