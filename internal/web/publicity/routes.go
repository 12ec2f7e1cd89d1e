package publicity

import (
	"context"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// Deps are the services behind the pages.
type Deps struct {
	Clock      clock.Clock
	IDs        *ident.Generator
	Units      *unit.Service
	People     *person.Service
	Challenges *challenge.Service
	Letters    *letter.Service
	Cascade    *cascade.Service
	Publicity  *publicity.Service
	Speech     *speech.Service
}

type pages struct {
	Deps
	site     *web.Site
	pictures pictures
}

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	p := &pages{Deps: deps, site: site}
	read, edit := web.Need(person.ActionPublicityRead), web.Need(person.ActionPublicityEdit)
	campaign, confirm := web.Need(person.ActionPublicityCampaign), web.Need(person.ActionCascadePublicise)
	const root, pack = "/don-vi/tuyen-truyen/{unit}", "/don-vi/tuyen-truyen/{unit}/{slug}"
	site.Handle("GET "+root, read, p.offers)
	site.Form(root+"/khung-gio", edit, p.hoursPage, p.saveHours)
	site.Handle("GET "+root+"/chuong-trinh", read, p.programme)
	site.Handle("GET "+pack, read, p.pack)
	site.Form(pack+"/noi-dung", campaign, p.campaignPage, p.saveCampaign)
	site.Form(pack+"/noi-dung/bo", campaign, p.dropPage, p.dropCampaign)
	site.Handle("GET "+pack+"/{product}", read, p.product)
	site.Form(pack+"/{product}/sua", edit, p.editPage, p.saveText)
	site.Handle("POST "+pack+"/{product}/soan-lai", edit, p.draftAgain)
	site.Handle("POST "+pack+"/{product}/xac-nhan", confirm, p.confirm, web.Upload(web.ProofBody))
	site.Handle("POST "+pack+"/{product}/cong-khai", edit, p.publish)
	site.Handle("POST "+pack+"/{product}/am-thanh", read, p.speak)
	site.Handle("POST "+pack+"/{product}/nhat-ky", confirm, p.logPlay, web.Upload(web.ProofBody))
	site.Handle("POST "+pack+"/{product}/cuoc-hop", confirm, p.holdMeeting, web.Upload(web.ProofBody))
	site.Handle("GET "+pack+"/{product}/tep/{file}", read, p.file)
	site.Handle("GET "+pack+"/{product}/bien-ban/{record}", read, p.minutes)
	site.Handle("POST "+pack+"/{product}/bien-ban/{record}/van-ban", web.Need(person.ActionLetterRegister), p.minutesLetter)
	site.Form("/don-vi/ban-gui/{id}/minh-chung/{record}/sua", web.Need(person.ActionCascadeCorrect), p.correctPage, p.correct, web.Upload(web.ProofBody))
	site.Form("/don-vi/ban-gui/{id}/minh-chung/{record}/go", web.Need(person.ActionCascadeCorrect), p.removePage, p.remove)

	const public = "/cuoc-thi/{slug}/tin/{code}"
	site.Handle("GET "+public, web.Public, p.article)
	site.Handle("GET "+public+"/nhung", web.Public, p.embed)
	site.Handle("GET "+public+"/tin.atom", web.Public, p.feed)
	site.Handle("GET "+public+"/anh.png", web.Public, p.picture)
}

// slugs are the products in addresses.
var slugs = map[publicity.Product]string{
	publicity.Article: "bai-viet", publicity.Sheet: "bang-tin", publicity.Meeting: "cuoc-hop", publicity.Bulletin: "phat-thanh",
	publicity.Message: "tin-nhan",
}

var icons = map[publicity.Product]ui.IconName{
	publicity.Article: ui.IconLetter, publicity.Sheet: ui.IconPhoto, publicity.Meeting: ui.IconPeople, publicity.Bulletin: ui.IconHorn,
	publicity.Message: ui.IconSend,
}

func productOf(r *http.Request) (publicity.Product, error) {
	for product, slug := range slugs {
		if slug == r.PathValue("product") {
			return product, nil
		}
	}
	return "", fault.NotFound.With("publicity.fault.none")
}

func offersURL(unit ident.ID) string            { return "/don-vi/tuyen-truyen/" + string(unit) }
func packURL(unit ident.ID, slug string) string { return offersURL(unit) + "/" + slug }
func productURL(unit ident.ID, slug string, p publicity.Product) string {
	return packURL(unit, slug) + "/" + slugs[p]
}
func dispatchURL(id ident.ID) string { return "/don-vi/ban-gui/" + string(id) }
func draftURL(id ident.ID) string    { return "/don-vi/soan-thao/" + string(id) }

// load returns the package of the address.
func (p *pages) load(r *http.Request) (*publicity.Package, error) {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return nil, err
	}
	return p.Publicity.Package(r.Context(), web.ActorOf(r.Context()), id, r.PathValue("slug"))
}

// page is the frame of an officials' page.
func (p *pages) page(r *http.Request, title string, crumbs ...ui.Link) ui.Page {
	page := p.site.Page(r, title)
	page.Section, page.Tone, page.NoIndex = "units", ui.ToneOfficial, true
	page.Crumbs = append([]ui.Link{{Text: ui.T(r.Context(), "units.desk.title"), URL: "/don-vi"}}, crumbs...)
	return page
}

func (p *pages) now() clock.Time { return clock.At(p.Clock.Now()) }

// packCrumbs lead from the desk to the package.
func packCrumbs(ctx context.Context, pack *publicity.Package) []ui.Link {
	return []ui.Link{
		{Text: pack.Unit.FullName, URL: "/don-vi/" + string(pack.Unit.ID)},
		{Text: ui.T(ctx, "publicity.title"), URL: packURL(pack.Unit.ID, pack.Challenge.Slug)},
	}
}

func can(ctx context.Context, action person.Action, unit ident.ID) bool {
	return web.ActorOf(ctx).Can(action, person.On{Unit: unit}) == nil
}
