package publicity

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// packView is the page of a unit's package.
type packView struct {
	Unit, Challenge string
	Figures         []ui.StatProps
	AsOf            clock.Time
	Blocked         string // why nothing can be confirmed yet
	BlockedURL      string
	Products        []productCard
	Records         []recordView
	Campaign        []ui.Definition
	CampaignURL     string
	CampaignText    string
	Suggested       string // said where nobody has written a campaign
	HoursURL        string
	ProgrammeURL    string
}

type productCard struct {
	Title, Text, URL string
	Icon             ui.IconName
	Status           ui.BadgeProps
	Earlier          bool // the unit's own words were written from an earlier campaign
}

// recordView is one thing that was done.
type recordView struct {
	Channel, Place, Link, Count, Note string
	At                                clock.Time
	FileURL                           string
	RemoveURL, CorrectURL             string
	MinutesPDF, MinutesDOCX           string
	LetterURL, LetterText             string // the letter that was made of the minutes
	MakeLetter                        string // where one is made
}

func (p *pages) pack(w http.ResponseWriter, r *http.Request) error {
	pack, err := p.load(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "publicity.title"), packCrumbs(ctx, pack)[:1]...)
	return web.Render(w, r, http.StatusOK, packPage(page, viewPack(ctx, pack)))
}

func viewPack(ctx context.Context, pack *publicity.Package) packView {
	v := packView{
		Unit: pack.Unit.Organ(), Challenge: pack.Challenge.Title, Figures: figures(ctx, pack.Numbers), AsOf: pack.Numbers.AsOf,
		Campaign: campaignFacts(ctx, pack), ProgrammeURL: programmeURL(pack.Unit.ID),
	}
	if key := pack.Reportable(); key != "" {
		v.Blocked = ui.T(ctx, key)
		if pack.Dispatch.ID != "" {
			v.BlockedURL = dispatchURL(pack.Dispatch.ID)
		}
	}
	if pack.Campaign.Suggested() {
		v.Suggested = ui.T(ctx, "publicity.suggested.text")
	}
	for _, product := range publicity.Products() {
		card := productCard{
			Title: ui.T(ctx, "publicity.product."+string(product)), Text: ui.T(ctx, "publicity.about."+string(product)),
			URL: productURL(pack.Unit.ID, pack.Challenge.Slug, product), Icon: icons[product], Status: statusOf(ctx, len(pack.Done(product))),
			Earlier: pack.Texts[product].Earlier,
		}
		v.Products = append(v.Products, card)
		for _, record := range pack.Done(product) {
			v.Records = append(v.Records, viewRecord(ctx, pack, product, record))
		}
	}
	if can(ctx, person.ActionPublicityCampaign, pack.Unit.ID) {
		v.CampaignURL, v.CampaignText = packURL(pack.Unit.ID, pack.Challenge.Slug)+"/noi-dung", ui.T(ctx, "publicity.campaign.own")
		if pack.Campaign.OwnerID == pack.Unit.ID && !pack.Campaign.Suggested() {
			v.CampaignText = ui.T(ctx, "publicity.campaign.edit")
		}
	}
	if can(ctx, person.ActionPublicityEdit, pack.Unit.ID) {
		v.HoursURL = offersURL(pack.Unit.ID) + "/khung-gio"
	}
	return v
}

func statusOf(ctx context.Context, done int) ui.BadgeProps {
	if done == 0 {
		return ui.BadgeProps{Text: ui.T(ctx, "publicity.notYet"), Icon: ui.IconCircle, Tone: ui.BadgeWait}
	}
	return ui.BadgeProps{Text: ui.T(ctx, "publicity.doneTimes", "Count", done), Icon: ui.IconDone, Tone: ui.BadgeGood}
}

func figures(ctx context.Context, n publicity.Numbers) []ui.StatProps {
	stat := func(value int64, icon ui.IconName, key string) ui.StatProps {
		return ui.StatProps{Value: ui.Number(ctx, value), Unit: ui.T(ctx, "publicity.unit."+key, "Count", value), Label: ui.T(ctx, "publicity.figure."+key), Icon: icon}
	}
	return []ui.StatProps{
		stat(n.Entrants, ui.IconPeople, "entrants"), stat(n.Cleanups, ui.IconBroom, "cleanups"), stat(n.People, ui.IconPerson, "people"),
		stat(n.Grams/1000, ui.IconScale, "kilos"),
	}
}

func campaignFacts(ctx context.Context, pack *publicity.Package) []ui.Definition {
	c := pack.Campaign
	l := lang.From(ctx)
	owner := pack.Owner.Organ()
	if c.Suggested() {
		owner = ui.T(ctx, "publicity.suggested.owner")
	}
	list := []ui.Definition{
		{Term: ui.T(ctx, "publicity.field.owner"), Text: owner},
		{Term: ui.T(ctx, "publicity.field.message"), Text: c.Message},
		{Term: ui.T(ctx, "publicity.field.period"), Text: l.Date(c.First.Start()) + " – " + l.Date(c.Last.Start())},
	}
	add := func(key, text string) {
		if text != "" {
			list = append(list, ui.Definition{Term: ui.T(ctx, key), Text: text})
		}
	}
	add("publicity.field.priority", ui.T(ctx, "publicity.priority."+c.Priority))
	add("publicity.field.facts", strings.Join(c.Facts, " · "))
	add("publicity.field.contact", c.Contact)
	add("publicity.field.phone", c.Phone)
	return list
}

func viewRecord(ctx context.Context, pack *publicity.Package, product publicity.Product, r cascade.Publicity) recordView {
	v := recordView{Channel: ui.T(ctx, "letter.channel."+string(r.Channel)), Place: r.Place, Link: r.Link, Note: r.Note, At: r.At}
	var counts []string
	if r.Times > 0 {
		counts = append(counts, ui.T(ctx, "publicity.times", "Count", r.Times))
	}
	if r.People > 0 {
		counts = append(counts, ui.T(ctx, "publicity.people", "Count", r.People))
	}
	v.Count = strings.Join(counts, " · ")
	at := dispatchURL(r.DispatchID) + "/minh-chung/" + string(r.ID)
	if r.FileKey != "" {
		v.FileURL = at
	}
	if pack.Dispatch.MayHandle(web.ActorOf(ctx), person.ActionCascadeCorrect) == nil {
		v.RemoveURL, v.CorrectURL = at+"/go", at+"/sua"
	}
	if made, ok := pack.Minutes[r.ID]; ok {
		minutes := productURL(pack.Unit.ID, pack.Challenge.Slug, product) + "/bien-ban/" + string(r.ID)
		if made.ID == "" || made.State == letter.Discarded { // afterwards the letter's own files are in force
			v.MinutesPDF, v.MinutesDOCX = minutes, minutes+"?dang=docx"
		}
		switch {
		case made.Symbol() != "" && made.State == letter.Registered:
			v.LetterURL, v.LetterText = draftURL(made.ID), ui.T(ctx, "publicity.minutes.issued", "Symbol", made.Symbol())
		case made.ID != "":
			v.LetterURL, v.LetterText = draftURL(made.ID), ui.T(ctx, "publicity.minutes.drafted")
		case can(ctx, person.ActionLetterRegister, pack.Unit.ID):
			v.MakeLetter = minutes + "/van-ban"
		}
	}
	return v
}

// offers leads to the one package of a unit, or lists them.
func (p *pages) offers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	offers, err := p.Publicity.Offers(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	if about := r.URL.Query().Get("cuoc-thi"); about != "" {
		to, err := p.packAbout(ctx, id, about, offers)
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, to)
	}
	if len(offers) == 1 {
		return web.SeeOther(w, r, packURL(id, offers[0].Slug))
	}
	v := offersView{Unit: u.Organ()}
	for _, o := range offers {
		v.Cards = append(v.Cards, ui.CardProps{Title: o.Title, URL: packURL(id, o.Slug), Text: ui.T(ctx, "publicity.offer"), Tone: ui.ToneOfficial})
	}
	if can(ctx, person.ActionPublicityCampaign, id) {
		all, err := p.Challenges.List(ctx, web.ActorOf(ctx))
		if err != nil {
			return err
		}
		for i, c := range all {
			if i < 5 {
				v.New = append(v.New, ui.Link{Text: ui.T(ctx, "publicity.campaign.make", "Title", c.Title), URL: packURL(id, c.Slug) + "/noi-dung"})
			}
		}
	}
	page := p.page(r, ui.T(ctx, "publicity.title"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	return web.Render(w, r, http.StatusOK, offersPage(page, v))
}

// packAbout is where a letter about a challenge leads to: to the package, or to the campaign where no letter came: for its sender.
func (p *pages) packAbout(ctx context.Context, unitID ident.ID, about string, offers []publicity.Offer) (string, error) {
	challengeID, err := ident.Parse(about)
	if err != nil {
		return "", fault.NotFound.With("letter.fault.noChallenge")
	}
	c, err := p.Challenges.ByID(ctx, web.ActorOf(ctx), challengeID)
	if err != nil {
		return "", err
	}
	ready := slices.ContainsFunc(offers, func(o publicity.Offer) bool { return o.Slug == c.Slug })
	if !ready && can(ctx, person.ActionPublicityCampaign, unitID) {
		return packURL(unitID, c.Slug) + "/noi-dung", nil
	}
	return packURL(unitID, c.Slug), nil
}

type offersView struct {
	Unit  string
	Cards []ui.CardProps
	New   []ui.Link
}
