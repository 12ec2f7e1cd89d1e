package office

import (
	"context"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
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
	People     *person.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Challenges *challenge.Service
	Drafting   *drafting.Service
	Progress   *progress.Service
	Urging     *urging.Service
	Pictures   *imaging.Processor
}

type pages struct {
	Deps
	site *web.Site
}

// Bodies of forms: the editor's many inputs, and a signed PDF. A file larger than the service accepts still arrives, so
// that the form can be shown again with the reason.
const (
	editorBody = 4 << 20
	signedBody = issueview.MaxBody
)

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	read, write := web.Need(person.ActionLetterRead), web.Need(person.ActionLetterRegister)
	site.Handle("GET /don-vi/soan-thao", read, p.list)
	site.Form("/don-vi/soan-thao/moi", write, p.choosePage, p.create)
	site.Form("/don-vi/soan-thao/the-thuc", web.Need(person.ActionLetterHead), p.headPage, p.setHead)
	site.Form("/don-vi/soan-thao/nhiem-ky", web.Need(person.ActionLetterHead), p.termsPage, p.setTerms)
	site.Handle("GET /don-vi/soan-thao/{id}", read, p.open)
	site.Handle("POST /don-vi/soan-thao/{id}", write, p.edit, web.Upload(editorBody))
	site.Handle("POST /don-vi/soan-thao/{id}/xem-truoc", write, p.preview, web.Upload(editorBody))
	site.Handle("GET /don-vi/soan-thao/{id}/pdf", read, p.pdf)
	site.Handle("GET /don-vi/soan-thao/{id}/docx", read, p.docx)
	site.Handle("GET /don-vi/soan-thao/{id}/ban-phat-hanh", read, p.issued)
	site.Handle("POST /don-vi/soan-thao/{id}/ban-phat-hanh", web.Need(person.ActionLetterIssue), p.upload, web.Upload(signedBody))
	site.Handle("POST /don-vi/soan-thao/{id}/rut-lai", write, p.withdraw)
	site.Handle("POST /don-vi/soan-thao/{id}/bo", write, p.discard)
	site.Handle("POST /don-vi/soan-thao/{id}/khoi-phuc", write, p.restore)
	site.Handle("POST /don-vi/soan-thao/{id}/ky", web.Need(person.ActionLetterSign), p.sign)
	site.Handle("POST /don-vi/soan-thao/{id}/ky-giay", write, p.signPaper)
	site.Handle("POST /don-vi/soan-thao/{id}/tra-lai", web.Need(person.ActionLetterSign), p.sendBack)
	site.Handle("POST /don-vi/soan-thao/{id}/lay-so", write, p.number)
	site.Form("/don-vi/soan-thao/{id}/sao", write, p.copyPage, p.makeCopy, web.Upload(signedBody))

	site.Handle("GET /don-vi/so-van-ban/di", read, p.outgoing)
	site.Handle("GET /don-vi/so-van-ban/di/{id}", read, p.delivery)
	site.Handle("POST /don-vi/so-van-ban/di/{id}", write, p.deliver)
	site.Handle("GET /don-vi/so-van-ban/den", read, p.incoming)
	site.Handle("GET /don-vi/so-van-ban/giai-quyet", read, p.followUp)
	site.Handle("GET /don-vi/so-van-ban/sao", read, p.copies)
	site.Handle("GET /don-vi/so-van-ban/sao/{id}", read, p.copyOf)
	site.Handle("GET /don-vi/so-van-ban/sao/{id}/pdf", read, p.copyFile)
	site.Handle("GET /don-vi/so-van-ban/sao/{id}/ban-ky", read, p.signedCopy)
	site.Handle("POST /don-vi/so-van-ban/sao/{id}/ban-ky", web.Need(person.ActionLetterIssue), p.signCopy, web.Upload(signedBody))
	site.Handle("GET /don-vi/so-van-ban/den/{id}", read, p.arrival)
	site.Handle("POST /don-vi/so-van-ban/den/{id}", write, p.hand)
	site.Handle("POST /don-vi/so-van-ban/den/{id}/ho-so", write, p.keepIn)
	site.Handle("GET /don-vi/so-van-ban/den/{id}/pdf", read, p.arrivalPDF)
}

// The addresses of the pages.
const (
	draftsPath = "/don-vi/soan-thao"
	booksPath  = "/don-vi/so-van-ban"
)

func draftsURL(unit ident.ID) string { return draftsPath + "?don-vi=" + string(unit) }
func draftURL(id ident.ID) string    { return draftsPath + "/" + string(id) }
func newURL(unit ident.ID) string    { return draftsPath + "/moi?don-vi=" + string(unit) }
func headURL(unit ident.ID) string   { return draftsPath + "/the-thuc?don-vi=" + string(unit) }
func reportURL(id ident.ID) string   { return "/don-vi/bao-cao/" + string(id) }

// figuresURL drafts a report from the records about a letter, or about a challenge.
func figuresURL(unit, letterID, challengeID ident.ID) string {
	about := string(letterID)
	if about == "" {
		about = "cuoc-thi." + string(challengeID)
	}
	return "/don-vi/bao-cao/moi?don-vi=" + string(unit) + "&van-ban=" + about
}
func deliveryURL(id ident.ID) string { return booksPath + "/di/" + string(id) }
func letterURL(id ident.ID) string   { return "/don-vi/cong-van/" + string(id) }
func bookURL(book string, unit ident.ID) string {
	return booksPath + "/" + book + "?don-vi=" + string(unit)
}

// page is the frame of a page of officials.
func (p *pages) page(r *http.Request, title string, crumbs ...ui.Link) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.Tone, page.NoIndex = "units", ui.ToneOfficial, true
	page.Crumbs = append([]ui.Link{{Text: ui.T(r.Context(), "units.desk.title"), URL: "/don-vi"}}, crumbs...)
	page.Scripts = []ui.Script{ui.ScriptOffice}
	return page
}

// unitOf reads the unit from the address.
func (p *pages) unitOf(ctx context.Context, text string) (unit.Unit, error) {
	return web.UnitNamed(ctx, p.Units, text)
}

// letterOf loads the letter of the address for those who handle its issuer's letters.
func (p *pages) letterOf(r *http.Request) (letter.Letter, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return letter.Letter{}, err
	}
	return p.Letters.Get(r.Context(), web.ActorOf(r.Context()), id)
}

// readable loads a letter for a unit: its own, one it has entered as arrival, or one that was sent to it.
func (p *pages) readable(ctx context.Context, unitID, id ident.ID) (letter.Letter, error) {
	actor := web.ActorOf(ctx)
	if l, err := p.Letters.Get(ctx, actor, id); err == nil && l.IssuerID == unitID {
		return l, nil
	}
	if l, err := p.Letters.Received(ctx, actor, unitID, id); err == nil || fault.KindOf(err) != fault.NotFound {
		return l, err
	}
	came, err := p.Cascade.CameBy(ctx, actor, unitID, []ident.ID{id})
	if err != nil {
		return letter.Letter{}, err
	}
	d, ok := came[id]
	if !ok { // the one that travels, where it came with the sender's own
		if d, ok, err = p.Cascade.Came(ctx, actor, unitID, id); err != nil {
			return letter.Letter{}, err
		}
	}
	if !ok || d.State == cascade.Sent || d.State == cascade.Recalled {
		return letter.Letter{}, fault.NotFound.With("letter.fault.notFound")
	}
	detail, err := p.Cascade.Get(ctx, actor, d.ID)
	if id == d.PaperID() {
		return detail.Paper(), err
	}
	return detail.Letter, err
}

// reportOf is the address of the report that a letter is the paper of, "" for any other letter.
func (p *pages) reportOf(ctx context.Context, l letter.Letter) (string, error) {
	if l.Document == nil || l.Document.Type != letter.Report {
		return "", nil
	}
	switch _, err := p.Progress.Get(ctx, web.ActorOf(ctx), l.ID); fault.KindOf(err) {
	case fault.NotFound, fault.Forbidden:
		return "", nil
	default:
		return reportURL(l.ID), err
	}
}

// can tells whether somebody may do it in the name of the unit.
func can(ctx context.Context, action person.Action, unitID ident.ID) bool {
	return web.ActorOf(ctx).Can(action, person.On{Unit: unitID}) == nil
}

func titleOf(ctx context.Context, l letter.Letter) string {
	if s := l.Symbol(); s != "" {
		return s
	}
	if l.Fields.Type == "" {
		return ui.T(ctx, "office.untitled")
	}
	return ui.T(ctx, "office.draftOf", "Type", l.Fields.Type)
}
