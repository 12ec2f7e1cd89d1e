package units

import (
	"context"
	"net/http"
	"net/url"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// Deps are the services behind the pages.
type Deps struct {
	DB         database.Querier
	Clock      clock.Clock
	IDs        *ident.Generator
	Units      *unit.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Urging     *urging.Service
	Challenges *challenge.Service
	Insight    *insight.Service  // of the linked challenge; nil leaves its figures out
	Exchange   *exchange.Service // nil leaves its pages out
	Calendar   *calendar.Service // likewise
	Progress   *progress.Service // nil leaves reports off the desk
}

type pages struct {
	Deps
	site   *web.Site
	judged judgements
}

// letterBody is the largest form with a letter. What is larger than the services accept still arrives, so that the form can be
// shown again with the reason.
const letterBody = 24 << 20

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	p.registerExchange()
	p.registerCalendar()
	read, work := web.Need(person.ActionCascadeRead), web.Need(person.ActionCascadeWork)
	site.Handle("GET /don-vi", read, p.desk)
	site.Handle("GET /don-vi/{unit}", read, p.inbox)

	site.Handle("GET /don-vi/ban-gui/{id}", read, p.dispatch)
	site.Handle("GET /don-vi/ban-gui/{id}/van-ban", read, p.dispatchText)
	site.Handle("GET /don-vi/ban-gui/{id}/tep", read, p.paperFile)
	site.Handle("GET /don-vi/ban-gui/{id}/minh-chung/{record}", read, p.proof)
	site.Handle("POST /don-vi/ban-gui/{id}/tiep-nhan", web.Need(person.ActionCascadeReceive), p.receive)
	site.Handle("POST /don-vi/ban-gui/{id}/trinh", web.Need(person.ActionCascadePresent), p.present)
	site.Handle("POST /don-vi/ban-gui/{id}/bat-dau", work, p.start)
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}", work, p.finishDuty, web.Upload(filesBody))
	site.Handle("POST /don-vi/ban-gui/{id}/tra-loi", web.Need(person.ActionCascadeReceive), p.answer)
	site.Handle("GET /don-vi/ban-gui/{id}/nhiem-vu/{number}", read, p.duty)
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/ket-qua", work, p.tick, web.Upload(filesBody))
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/ket-qua/{tick}/xoa", work, p.untick)
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/phan/{part}", read, p.part, web.Upload(filesBody)) // also whoever was given it, whatever their role
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/minh-chung", read, p.addFiles, web.Upload(filesBody))
	site.Handle("GET /don-vi/ban-gui/{id}/nhiem-vu/{number}/minh-chung/{file}", read, p.dutyFile)
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/minh-chung/{file}/xoa", read, p.removeFile)
	site.Handle("POST /don-vi/ban-gui/{id}/nhiem-vu/{number}/chia", web.Need(person.ActionCascadeAssign), p.split)
	site.Form("/don-vi/ban-gui/{id}/tu-choi", web.Need(person.ActionCascadeReceive), p.refusePage, p.refuse)
	site.Form("/don-vi/ban-gui/{id}/phan-cong", web.Need(person.ActionCascadeAssign), p.assignPage, p.assign)
	site.Form("/don-vi/ban-gui/{id}/hoan-thanh", work, p.completePage, p.complete)
	site.Form("/don-vi/ban-gui/{id}"+reopenPath, work, p.reopenPage, p.reopen)
	site.Form("/don-vi/ban-gui/{id}/thu-hoi", web.Need(person.ActionCascadeSend), p.recallPage, p.recall)
	site.Form("/don-vi/ban-gui/{id}"+againPath, web.Need(person.ActionCascadeSend), p.againPage, p.again)
	site.Form("/don-vi/ban-gui/{id}"+settlePath, web.Need(person.ActionCascadeSend), p.settlePage, p.settle)
	site.Form("/don-vi/ban-gui/{id}/chuyen-tiep", web.Need(person.ActionCascadeSend), p.forwardPage, p.forward)
	site.Form("/don-vi/ban-gui/{id}/tuyen-truyen", web.Need(person.ActionCascadePublicise), p.publicisePage, p.publicise, web.Upload(web.ProofBody))

	register, send := web.Need(person.ActionLetterRegister), web.Need(person.ActionCascadeSend)
	site.Handle("GET /don-vi/cong-van", web.Need(person.ActionLetterRead), p.outbox)
	site.Form("/don-vi/cong-van/moi", register, p.newLetterPage, p.newLetter, web.Upload(letterBody))
	site.Handle("GET /don-vi/cong-van/{id}", web.Need(person.ActionLetterRead), p.letter)
	site.Handle("POST /don-vi/cong-van/{id}", register, p.correct)
	site.Handle("POST /don-vi/cong-van/{id}/dang-ky", register, p.register)
	site.Handle("POST /don-vi/cong-van/{id}/vao-so-den", register, p.enter)
	site.Handle("POST /don-vi/cong-van/{id}/lien-ket", web.Need(person.ActionLetterLink), p.link)
	site.Handle("POST /don-vi/cong-van/{id}/ban-phat-hanh", web.Need(person.ActionLetterIssue), p.issue, web.Upload(issueview.MaxBody))
	site.Handle("GET /don-vi/cong-van/{id}/tep", web.Need(person.ActionLetterRead), p.letterFile)
	site.Form("/don-vi/cong-van/{id}"+amendPath, register, p.amendPage, p.amend)
	site.Form("/don-vi/cong-van/{id}/thay-doi", send, p.changePage, p.change)
	site.Form("/don-vi/cong-van/{id}/gui", send, p.sendPage, p.send)
	site.Handle("GET /don-vi/cong-van/{id}/theo-doi", web.Need(person.ActionCascadeWatch), p.board)
	site.Handle("GET /don-vi/cong-van/{id}/nhiem-vu/{number}", web.Need(person.ActionCascadeWatch), p.letterDuty)

	urge := web.Need(person.ActionCascadeUrge)
	site.Handle("GET /don-vi/vuong-mac", web.Need(person.ActionCascadeWatch), p.stuck)
	site.Form("/don-vi/vuong-mac/don-doc", urge, p.urgePage, p.urge)
	site.Handle("GET /don-vi/cong-van/{id}/don-doc", read, p.urgingLog)
	site.Form("/don-vi/cong-van/{id}/don-doc/quy-tac", urge, p.rulesPage, p.setRules)
}

// The addresses of the pages.
const (
	deskPath    = "/don-vi"
	lettersPath = "/don-vi/cong-van"
)

func inboxURL(unit ident.ID) string  { return deskPath + "/" + string(unit) }
func dispatchURL(id ident.ID) string { return deskPath + "/ban-gui/" + string(id) }

// The pages on which a unit writes letters are those of web/office.
const (
	officePath = "/don-vi/soan-thao"
	draftPath  = officePath + "/moi" // drafts a letter by a template
)

func officeURL(unit ident.ID) string { return officePath + "?don-vi=" + string(unit) }

// draftFromURL drafts a letter from one that the unit has.
func draftFromURL(unit, letter ident.ID) string {
	return draftPath + "?don-vi=" + string(unit) + "&tu=" + string(letter)
}

// editorURL is where a letter is written that was drafted here.
func editorURL(id ident.ID) string { return officePath + "/" + string(id) }

func letterURL(id ident.ID) string     { return lettersPath + "/" + string(id) }
func lettersURL(unit ident.ID) string  { return lettersPath + "?don-vi=" + string(unit) }
func arrivalsURL(unit ident.ID) string { return deskPath + "/so-van-ban/den?don-vi=" + string(unit) }

func departuresURL(unit ident.ID) string { return deskPath + "/so-van-ban/di?don-vi=" + string(unit) }

func arrivalURL(letter, unit ident.ID) string {
	return deskPath + "/so-van-ban/den/" + string(letter) + "?don-vi=" + string(unit)
}
func reportsURL(unit ident.ID) string   { return deskPath + "/bao-cao?don-vi=" + string(unit) }
func newLetterURL(unit ident.ID) string { return lettersPath + "/moi?don-vi=" + string(unit) }
func boardURL(letterID, sender ident.ID) string {
	return letterURL(letterID) + "/theo-doi?don-vi=" + string(sender)
}

// packageURL leads to a unit's publicity package, which web/publicity shows.
func packageURL(unit ident.ID) string { return deskPath + "/tuyen-truyen/" + string(unit) }

// packageAboutURL leads to the package about a challenge, or to writing its campaign.
func packageAboutURL(unit, challenge ident.ID) string {
	return packageURL(unit) + "?cuoc-thi=" + string(challenge)
}

func proofURL(dispatch, record ident.ID) string {
	return dispatchURL(dispatch) + "/minh-chung/" + string(record)
}

// address writes a query of names and values behind a path; what is empty is left out.
func address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// page is the frame of a page of officials.
func (p *pages) page(r *http.Request, title string, crumbs ...ui.Link) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.Tone, page.NoIndex = "units", ui.ToneOfficial, true
	page.Crumbs = append([]ui.Link{{Text: ui.T(r.Context(), "units.desk.title"), URL: deskPath}}, crumbs...)
	return page
}

func (p *pages) now() clock.Time { return clock.At(p.Clock.Now()) }

// unitOf reads a unit from the address, from its path or its query.
func (p *pages) unitOf(ctx context.Context, text string) (unit.Unit, error) {
	return web.UnitNamed(ctx, p.Units, text)
}
