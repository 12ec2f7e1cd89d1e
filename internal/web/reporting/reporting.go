package reporting

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// Deps are the services behind the pages.
type Deps struct {
	DB         *database.DB
	Clock      clock.Clock
	IDs        *ident.Generator
	Units      *unit.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Progress   *progress.Service
	Challenges *challenge.Service
	Exchange   *exchange.Service // nil sends no reports to other document systems
}

type pages struct {
	Deps
	site *web.Site
}

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	read, write := web.Need(person.ActionProgressRead), web.Need(person.ActionProgressDraft)
	note, receive := web.Need(person.ActionProgressActivity), web.Need(person.ActionProgressReceive)
	site.Handle("GET /don-vi/bao-cao", read, p.list)
	site.Form("/don-vi/bao-cao/moi", write, p.newPage, p.create)
	site.Handle("GET /don-vi/bao-cao/so-lieu", read, p.figures)
	site.Handle("GET /don-vi/bao-cao/so-lieu.json", read, p.figuresJSON)
	site.Handle("GET /don-vi/bao-cao/nhan", read, p.reception)
	site.Form("/don-vi/bao-cao/lich", web.Need(person.ActionProgressSchedule), p.planPage, p.plan)
	site.Form("/don-vi/bao-cao/hoat-dong", note, p.activityPage, p.addActivity, web.Upload(web.ProofBody))
	site.Handle("POST /don-vi/bao-cao/hoat-dong/{id}/rut", note, p.withdrawActivity)
	site.Handle("GET /don-vi/bao-cao/hoat-dong/{id}/tep", read, p.activityFile)
	site.Handle("GET /don-vi/bao-cao/{id}", read, p.report)
	site.Handle("GET /don-vi/bao-cao/{id}/tai-ve", read, p.download)
	site.Handle("POST /don-vi/bao-cao/{id}/lam-moi", write, p.refresh)
	site.Handle("POST /don-vi/bao-cao/{id}/gui", web.Need(person.ActionProgressSend), p.send)
	site.Handle("POST /don-vi/bao-cao/{id}/chap-nhan", receive, p.accept)
	site.Handle("POST /don-vi/bao-cao/{id}/tra-lai", receive, p.sendBack)
}

// The addresses of the pages.
const (
	deskPath   = "/don-vi"
	reportPath = "/don-vi/bao-cao"
)

func listURL(unit ident.ID) string   { return reportPath + "?don-vi=" + string(unit) }
func reportURL(id ident.ID) string   { return reportPath + "/" + string(id) }
func dispatchURL(id ident.ID) string { return deskPath + "/ban-gui/" + string(id) }
func composeURL(id ident.ID) string  { return deskPath + "/soan-thao/" + string(id) }
func fileURL(id ident.ID) string     { return reportPath + "/hoat-dong/" + string(id) + "/tep" }
func withdrawURL(id ident.ID) string { return reportPath + "/hoat-dong/" + string(id) + "/rut" }

// withSubject is the address of a page about a unit and a letter.
func withSubject(path string, unit, letter ident.ID) string {
	return path + "?" + url.Values{"don-vi": {string(unit)}, "van-ban": {string(letter)}}.Encode()
}

func newURL(unit, letter ident.ID) string { return withSubject(reportPath+"/moi", unit, letter) }
func figuresURL(unit, letter ident.ID) string {
	return withSubject(reportPath+"/so-lieu", unit, letter)
}

func receptionURL(unit, letter ident.ID) string { return withSubject(reportPath+"/nhan", unit, letter) }

func planURL(unit, letter ident.ID) string { return withSubject(reportPath+"/lich", unit, letter) }

func activityURL(unit, letter ident.ID) string {
	return withSubject(reportPath+"/hoat-dong", unit, letter)
}

// page is the frame of a page of officials.
func (p *pages) page(r *http.Request, title string, u unit.Unit) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.Tone, page.NoIndex = "units", ui.ToneOfficial, true
	page.Crumbs = []ui.Link{{Text: ui.T(r.Context(), "units.desk.title"), URL: deskPath}}
	if u.ID != "" {
		page.Crumbs = append(page.Crumbs, ui.Link{Text: ui.T(r.Context(), "reporting.list.title"), URL: listURL(u.ID)})
	}
	return page
}

func (p *pages) today() clock.Day { return clock.DayOf(p.Clock.Now()) }

// unitOf reads the unit from the address; without one it is the first in whose name the person handles letters.
func (p *pages) unitOf(r *http.Request) (unit.Unit, error) {
	return web.UnitNamed(r.Context(), p.Units, r.FormValue("don-vi"))
}

// withoutLetter stands before the identifier of a challenge that is reported on without a letter.
const withoutLetter = "cuoc-thi."

// subjectOf reads what a form says a report is about.
func subjectOf(text string) (progress.Subject, error) {
	if id, ok := strings.CutPrefix(text, withoutLetter); ok {
		challengeID, err := letterOf(id)
		return progress.Subject{Challenge: challengeID}, err
	}
	id, err := letterOf(text)
	return progress.Subject{Letter: id}, err
}

// withChallenges adds the challenges that everybody may see, to be reported on without a letter.
func (p *pages) withChallenges(ctx context.Context, subjects []ui.Option) ([]ui.Option, error) {
	list, err := p.Challenges.List(ctx, web.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	out := slices.Clone(subjects)
	for _, c := range list[:min(len(list), mostChallenges)] {
		out = append(out, ui.Option{Value: withoutLetter + string(c.ID), Label: ui.T(ctx, "reporting.new.challenge", "Title", c.Title)})
	}
	return out, nil
}

// mostChallenges keeps the choice short.
const mostChallenges = 10

// letterOf reads the letter from the address, "" when it names none.
func letterOf(text string) (ident.ID, error) {
	if text == "" {
		return "", nil
	}
	id, err := ident.Parse(text)
	if err != nil {
		return "", fault.NotFound.With("progress.fault.notFound")
	}
	return id, nil
}

// own tells whether somebody belongs to the unit, and so may write in its name.
func own(ctx context.Context, unitID ident.ID, action person.Action) bool {
	actor := web.ActorOf(ctx)
	return actor.Can(action, person.On{Unit: unitID}) == nil && slices.Contains(actor.UnitsOf(person.Clerk, person.Leader), unitID)
}

// subjects are the letters that a unit may report on: those it received, then its own. What came with the sender's own letter is
// reported on as the letter that travels; so is what the unit passed on.
func (p *pages) subjects(ctx context.Context, u unit.Unit) ([]ui.Option, error) {
	actor := web.ActorOf(ctx)
	inbox, err := p.Cascade.Inbox(ctx, actor, u.ID, 50)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	add := func(about ident.ID, l letter.Letter) {
		symbol := l.Symbol()
		if symbol == "" || slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == string(about) }) {
			return
		}
		out = append(out, ui.Option{Value: string(about), Label: symbol + " – " + lang.Short(l.Fields.Subject, 80)})
	}
	for _, it := range inbox.Items {
		if it.State != cascade.Recalled { // about what was taken back there is nothing to report
			add(it.LetterID, it.Letter)
		}
	}
	letters, err := p.Letters.List(ctx, actor, u.ID, 50)
	if err != nil {
		return nil, err
	}
	ids := make([]ident.ID, len(letters))
	for i, l := range letters {
		ids[i] = l.ID
	}
	handed, err := p.Cascade.HandedOut(ctx, actor, u.ID, ids)
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		if l.State == letter.Registered && l.Fields.Type != letter.Report {
			add(cmp.Or(handed[l.ID].With, l.ID), l)
		}
	}
	return out, nil
}
