package publicity

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func statusCode(f *form.Form) int {
	if f.OK() {
		return http.StatusOK
	}
	return web.StatusOf(f.Err())
}

// target is the package and the product of an address.
func (p *pages) target(r *http.Request) (*publicity.Package, publicity.Product, error) {
	product, err := productOf(r)
	if err != nil {
		return nil, "", err
	}
	pack, err := p.load(r)
	return pack, product, err
}

func (p *pages) done(w http.ResponseWriter, r *http.Request, pack *publicity.Package, product publicity.Product, key string) error {
	return web.Done(w, r, productURL(pack.Unit.ID, pack.Challenge.Slug, product), key)
}

// confirm records that a product was used, with a proof when there is one.
func (p *pages) confirm(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	in := cascade.PublicityInput{
		Channel: channelOf(f), At: f.Moment("at"), Place: f.Value("place"), Link: f.Value("link"), Times: f.Int("times"), People: f.Int("people"),
	}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if in.File, err = s.Open(); err != nil {
		return err
	}
	in.FileName = s.Name()
	if f.OK() {
		_, err = p.Publicity.Confirm(ctx, web.ActorOf(ctx), pack.Unit.ID, pack.Challenge.Slug, product, in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showProduct(w, r, pack, product, forms{confirm: f, lost: s.Name() != ""})
	}
	return p.done(w, r, pack, product, "publicity.confirmed")
}

func (p *pages) logPlay(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	play := publicity.Play{
		UnitID: pack.Unit.ID, Device: f.Value("device"), Started: f.Moment("started"), Ended: f.Moment("ended"), Times: f.Int("times"),
		Result: publicity.Result(f.Value("result")), Note: f.Value("note"),
	}
	if play.ID, err = f.ID("id"); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.LogPlay(ctx, web.ActorOf(ctx), pack.Challenge.Slug, play)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() || product != publicity.Bulletin {
		return p.showProduct(w, r, pack, publicity.Bulletin, forms{play: f})
	}
	return p.done(w, r, pack, product, "publicity.play.saved")
}

func (p *pages) holdMeeting(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	held := publicity.Held{
		Name: f.Value("name"), Place: f.Value("place"), Begin: f.Moment("begin"), End: f.Moment("end"), Chair: f.Value("chair"),
		Secretary: f.Value("secretary"), Present: f.Int("present"), Points: f.Value("points"), Discussion: f.Value("discussion"),
		Conclusion: f.Value("conclusion"),
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.HoldMeeting(ctx, web.ActorOf(ctx), pack.Unit.ID, pack.Challenge.Slug, id, held)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() || product != publicity.Meeting {
		return p.showProduct(w, r, pack, publicity.Meeting, forms{held: f})
	}
	return p.done(w, r, pack, product, "publicity.held.saved")
}

func (p *pages) publish(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	if product != publicity.Article {
		return fault.NotFound.With("publicity.fault.none")
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	public := f.Value("public") == "1"
	if err := p.Publicity.Publish(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, public); err != nil {
		return err
	}
	key := "publicity.article.hidden"
	if public {
		key = "publicity.article.published"
	}
	return p.done(w, r, pack, product, key)
}

func (p *pages) draftAgain(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	version := f.Count("version")
	if err := p.Publicity.DraftAgain(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, product, version); err != nil {
		return err
	}
	return p.done(w, r, pack, product, "publicity.drafted")
}

// fieldsView is a form that is only fields.
type fieldsView struct {
	Over, Lead, Action, Back string
	Errors                   []ui.FieldError
	Version                  int64
	ID                       ident.ID
	Fields                   []ui.Field
	Priority                 *ui.Field
	Priorities               []ui.Option
	Days                     *ui.Field
	DayOptions               []ui.Option
	DaysChosen               []string
	First, Last              *ui.Field
	Danger                   string // the text of the button when it takes something away
}

func (p *pages) editPage(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	values := url.Values{"version": {strconv.FormatInt(pack.Texts[product].Version, 10)}}
	for name, text := range pack.Texts[product].Parts {
		values.Set(name, text)
	}
	return p.showEdit(w, r, pack, product, form.New(values))
}

func (p *pages) showEdit(w http.ResponseWriter, r *http.Request, pack *publicity.Package, product publicity.Product, f *form.Form) error {
	ctx := r.Context()
	at := productURL(pack.Unit.ID, pack.Challenge.Slug, product)
	v := fieldsView{
		Over: pack.Unit.Organ(), Lead: ui.T(ctx, "publicity.edit.lead"), Action: at + "/sua", Back: at, Errors: f.Errors(ctx), Version: f.Count("version"),
	}
	for _, part := range product.Parts() {
		field := f.Field(ctx, ui.Field{
			Name: part.Name, Label: ui.T(ctx, "publicity.part."+string(product)+"."+part.Name), Rows: part.Lines, MaxLength: part.Limit, Required: true, Wide: true,
		})
		if part.Name == "priority" {
			v.Priority = &field
			for _, one := range publicity.Priorities() {
				v.Priorities = append(v.Priorities, ui.Option{Value: one, Label: ui.T(ctx, "publicity.priority."+one), Hint: ui.T(ctx, "publicity.priorityHint."+one)})
			}
			continue
		}
		if part.Name == "script" {
			field.Hint = ui.T(ctx, "publicity.script.hint", "Least", publicity.LeastWords, "Most", publicity.MostWords)
		}
		v.Fields = append(v.Fields, field)
	}
	crumbs := append(packCrumbs(ctx, pack), ui.Link{Text: ui.T(ctx, "publicity.product."+string(product)), URL: at})
	page := p.page(r, ui.T(ctx, "publicity.edit.title"), crumbs...)
	page.Narrow = true
	return web.Render(w, r, statusCode(f), fieldsPage(page, v))
}

func (p *pages) saveText(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	parts := publicity.Texts{}
	for _, part := range product.Parts() {
		parts[part.Name] = f.Value(part.Name)
	}
	version := f.Count("version")
	if f.OK() {
		_, err = p.Publicity.SaveText(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, product, parts, version)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showEdit(w, r, pack, product, f)
	}
	return p.done(w, r, pack, product, "publicity.saved")
}

func (p *pages) campaignPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	c, _, err := p.Publicity.CampaignOf(r.Context(), web.ActorOf(r.Context()), id, r.PathValue("slug"))
	if err != nil {
		return err
	}
	campaignID := c.ID
	if campaignID == "" {
		campaignID = p.IDs.New()
	}
	return p.showCampaign(w, r, form.New(url.Values{
		"id": {string(campaignID)}, "version": {strconv.FormatInt(c.Version, 10)}, "message": {c.Message}, "facts": {strings.Join(c.Facts, "\n")},
		"contact": {c.Contact}, "phone": {c.Phone}, "hashtags": {strings.Join(c.Hashtags, " ")}, "first": {string(c.First)}, "last": {string(c.Last)},
	}))
}

func (p *pages) showCampaign(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	field := func(name string, rows, limit int, required bool) ui.Field {
		return f.Field(ctx, ui.Field{Name: name, Label: ui.T(ctx, "publicity.field."+name), Hint: ui.T(ctx, "publicity.hint."+name), Rows: rows, MaxLength: limit, Required: required, Wide: true})
	}
	first := f.Field(ctx, ui.Field{Name: "first", Label: ui.T(ctx, "publicity.field.first"), Required: true})
	last := f.Field(ctx, ui.Field{Name: "last", Label: ui.T(ctx, "publicity.field.last"), Required: true})
	v := fieldsView{
		Over: u.Organ(), Lead: ui.T(ctx, "publicity.campaign.lead"), Action: packURL(id, r.PathValue("slug")) + "/noi-dung", Back: offersURL(id),
		Errors: f.Errors(ctx), Version: f.Count("version"), ID: ident.ID(f.Value("id")),
		Fields: []ui.Field{
			field("message", 3, 300, true), field("facts", 6, 1000, false), field("contact", 1, 120, false), field("phone", 1, 20, false),
			field("hashtags", 1, 200, false),
		},
		First: &first, Last: &last,
	}
	page := p.page(r, ui.T(ctx, "publicity.campaign.title"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	page.Narrow = true
	return web.Render(w, r, statusCode(f), fieldsPage(page, v))
}

func (p *pages) saveCampaign(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	_, c, err := p.Publicity.CampaignOf(ctx, web.ActorOf(ctx), id, r.PathValue("slug"))
	if err != nil {
		return err
	}
	in := publicity.Campaign{
		ChallengeID: c.ID, OwnerID: id, Message: f.Value("message"), Facts: strings.Split(f.Lines("facts"), "\n"), Contact: f.Value("contact"),
		Phone: f.Value("phone"), Hashtags: strings.Fields(f.Value("hashtags")), First: f.Day("first"), Last: f.Day("last"), Version: f.Count("version"),
	}
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.SaveCampaign(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showCampaign(w, r, f)
	}
	return web.Done(w, r, packURL(id, c.Slug), "publicity.campaign.saved")
}

func (p *pages) hoursPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	h, err := p.Publicity.HoursOf(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	var slots []string
	for _, s := range h.Slots {
		slots = append(slots, s.String())
	}
	values := url.Values{"slots": {strings.Join(slots, "\n")}, "minutes": {strconv.Itoa(h.MaxMinutes)}, "version": {strconv.FormatInt(h.Version, 10)}}
	for _, d := range h.Days {
		values.Add("days", strconv.Itoa(int(d)))
	}
	return p.showHours(w, r, form.New(values))
}

func (p *pages) showHours(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, id)
	if err != nil {
		return err
	}
	days := f.Field(ctx, ui.Field{Name: "days", Label: ui.T(ctx, "publicity.hours.days"), Required: true})
	v := fieldsView{
		Over: u.Organ(), Lead: ui.T(ctx, "publicity.hours.lead"), Action: offersURL(id) + "/khung-gio", Back: offersURL(id), Errors: f.Errors(ctx),
		Version: f.Count("version"), Days: &days, DaysChosen: f.Values("days"),
		Fields: []ui.Field{
			f.Field(ctx, ui.Field{Name: "slots", Label: ui.T(ctx, "publicity.hours.slots"), Hint: ui.T(ctx, "publicity.hours.slotsHint"), Rows: 3, Required: true}),
			f.Field(ctx, ui.Field{Name: "minutes", Label: ui.T(ctx, "publicity.hours.minutes"), InputMode: "numeric", Rows: 1, Required: true}),
		},
	}
	for _, d := range []int{1, 2, 3, 4, 5, 6, 0} {
		v.DayOptions = append(v.DayOptions, ui.Option{Value: strconv.Itoa(d), Label: ui.T(ctx, "publicity.day."+strconv.Itoa(d))})
	}
	page := p.page(r, ui.T(ctx, "publicity.hours.title"), ui.Link{Text: u.FullName, URL: "/don-vi/" + string(id)})
	page.Narrow = true
	return web.Render(w, r, statusCode(f), fieldsPage(page, v))
}

func (p *pages) saveHours(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "unit")
	if err != nil {
		return err
	}
	if _, err := p.Publicity.HoursOf(ctx, web.ActorOf(ctx), id); err != nil { // who may not read it gets no form back
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	h := publicity.Hours{UnitID: id, MaxMinutes: f.Int("minutes"), Version: f.Count("version")}
	for _, d := range []int{1, 2, 3, 4, 5, 6, 0} {
		for _, chosen := range f.Values("days") {
			if chosen == strconv.Itoa(d) {
				h.Days = append(h.Days, time.Weekday(d))
				break
			}
		}
	}
	h.Slots, err = publicity.ParseSlots(f.Value("slots"))
	if err := f.Take(err); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.SaveHours(ctx, web.ActorOf(ctx), h)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showHours(w, r, f)
	}
	return web.Done(w, r, offersURL(id), "publicity.hours.saved")
}

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
	return web.Render(w, r, statusCode(f), fieldsPage(page, v))
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

// audioView is the bulletin as sound.
type audioView struct {
	Can            bool // a voice is installed
	State          string
	Failure        string
	Action         string
	WAVURL, MP3URL string
	Length         string
	Compressed     bool // an encoder is installed
}

func (p *pages) audio(ctx context.Context, pack *publicity.Package) (audioView, error) {
	at := productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Bulletin)
	v := audioView{Can: p.Speech.CanSpeak(), Action: at + "/am-thanh", Compressed: p.Speech.CanEncode()}
	rec, ok, err := p.Speech.Find(ctx, pack.Texts[publicity.Bulletin].Parts["script"])
	if err != nil || !ok {
		return v, err
	}
	v.State = string(rec.State)
	if rec.Failure != "" {
		v.Failure = ui.T(ctx, rec.Failure)
	}
	if rec.WAVKey != "" {
		v.WAVURL, v.Length = at+"/tep/ban-tin.wav", seconds(ctx, rec.Duration())
	}
	if rec.MP3Key != "" {
		v.MP3URL = at + "/tep/ban-tin.mp3"
	}
	return v, nil
}

func (p *pages) speak(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	if product != publicity.Bulletin {
		return fault.NotFound.With("publicity.fault.none")
	}
	if _, err := p.Speech.Ask(r.Context(), pack.Texts[product].Parts["script"]); err != nil {
		return err
	}
	return p.done(w, r, pack, product, "publicity.audio.asked")
}
