package publicity

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/lang/spoken"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// productView is the page of one product.
type productView struct {
	Product         publicity.Product
	Unit, Lead, URL string
	Status          ui.BadgeProps
	Own             bool
	EditedAt        clock.Time
	Earlier         *earlierView // where the unit's words were written from an earlier campaign
	EditURL         string       // empty for who may not change it
	Version         int64
	Texts           []textView
	Files           []ui.ButtonProps // downloads; the address stands in Value
	Previews        []string
	Blocked         string
	BlockedURL      string
	Confirm         *confirmView // nil for who may not confirm
	Held            *heldView    // of a meeting
	Play            *playView    // of a bulletin
	Audio           audioView
	Next            string // when a bulletin is played
	ProgrammeURL    string
	Article         articleControls
	Records         []recordView
}

type textView struct {
	Label, Text, Note string
	Copy              bool
	ID                string
	Share             []ui.Link
}

// earlierView is what the drafts would say now in the place of the unit's own words.
type earlierView struct {
	Text  string
	Draft []textView
}

func viewEarlier(ctx context.Context, pack *publicity.Package, product publicity.Product) *earlierView {
	t := pack.Texts[product]
	if !t.Earlier {
		return nil
	}
	v := &earlierView{Text: ui.T(ctx, "publicity.earlier.text", "Unit", pack.Owner.Organ(), "Time", lang.From(ctx).DateTime(pack.Campaign.UpdatedAt))}
	for _, part := range product.Parts() {
		one := textView{Label: ui.T(ctx, "publicity.part."+string(product)+"."+part.Name), Text: t.Draft[part.Name], ID: "draft-" + part.Name}
		if part.Name == "priority" {
			one.Text = ui.T(ctx, "publicity.priority."+one.Text)
		}
		v.Draft = append(v.Draft, one)
	}
	return v
}

type confirmView struct {
	Form     *form.Form
	Action   string
	ID       ident.ID
	Errors   []ui.FieldError
	Channel  ui.Field
	Channels []ui.Option
	At       ui.Field
	Place    ui.Field
	Link     ui.Field
	Times    ui.Field
	People   ui.Field
	Note     ui.Field // only where a record is corrected
	File     ui.FileField
	Lost     bool
}

type articleControls struct {
	Public     string // address when it is public
	Action     string
	Snippet    string
	FeedURL    string
	PictureURL string
	Possible   bool
}

func (p *pages) product(w http.ResponseWriter, r *http.Request) error {
	pack, err := p.load(r)
	if err != nil {
		return err
	}
	product, err := productOf(r)
	if err != nil {
		return err
	}
	return p.showProduct(w, r, pack, product, forms{})
}

// forms are those of the page that were sent and must be mended.
type forms struct {
	confirm, play, held *form.Form
	lost                bool
}

func (p *pages) showProduct(w http.ResponseWriter, r *http.Request, pack *publicity.Package, product publicity.Product, f forms) error {
	ctx := r.Context()
	status := http.StatusOK
	for _, one := range []*form.Form{f.confirm, f.play, f.held} {
		if one != nil {
			status = web.StatusOf(one.Err())
		}
	}
	page := p.page(r, ui.T(ctx, "publicity.product."+string(product)), packCrumbs(ctx, pack)...)
	v := p.viewProduct(ctx, pack, product, f)
	if product == publicity.Bulletin {
		var err error
		if v.Audio, err = p.audio(ctx, pack); err != nil {
			return err
		}
		if v.Audio.Waiting() {
			page.Await = 20
		}
		if v.Next, err = p.next(ctx, pack); err != nil {
			return err
		}
	}
	return web.Render(w, r, status, productPage(page, v))
}

func (p *pages) viewProduct(ctx context.Context, pack *publicity.Package, product publicity.Product, f forms) productView {
	at := productURL(pack.Unit.ID, pack.Challenge.Slug, product)
	text := pack.Texts[product]
	v := productView{
		Product: product, Unit: pack.Unit.Organ(), Lead: ui.T(ctx, "publicity.about."+string(product)), URL: at,
		Status: statusOf(ctx, len(pack.Done(product))), Own: text.Own, EditedAt: text.EditedAt, Version: text.Version,
		Texts: viewTexts(ctx, pack, product), Earlier: viewEarlier(ctx, pack, product),
	}
	if can(ctx, person.ActionPublicityEdit, pack.Unit.ID) {
		v.EditURL = at + "/sua"
	}
	file := func(name, key string, icon ui.IconName) {
		v.Files = append(v.Files, ui.ButtonProps{Text: ui.T(ctx, key), Icon: icon, Value: at + "/tep/" + name})
	}
	switch product {
	case publicity.Sheet:
		file("a4.pdf", "publicity.file.a4", ui.IconDownload)
		file("a3.pdf", "publicity.file.a3", ui.IconDownload)
	case publicity.Meeting:
		file("trinh-chieu.pdf", "publicity.file.slides", ui.IconDownload)
	case publicity.Bulletin:
		file("kich-ban.txt", "publicity.file.script", ui.IconDownload)
		v.ProgrammeURL = programmeURL(pack.Unit.ID)
	case publicity.Article, publicity.Message:
	}
	if product == publicity.Article {
		v.Article = p.articleControls(ctx, pack)
	}
	if key := pack.Reportable(); key != "" {
		v.Blocked = ui.T(ctx, key)
		if pack.Dispatch.ID != "" {
			v.BlockedURL = dispatchURL(pack.Dispatch.ID)
		}
	} else if pack.Dispatch.MayHandle(web.ActorOf(ctx), person.ActionCascadePublicise) == nil {
		switch product {
		case publicity.Meeting:
			v.Held = viewHeld(ctx, pack, cmp.Or(f.held, p.newHeld(ctx, pack)), f.lost)
		case publicity.Bulletin:
			v.Play = viewPlay(ctx, pack, cmp.Or(f.play, p.newPlay(ctx, pack)), f.lost)
		default:
			v.Confirm = p.viewConfirm(ctx, pack, product, f.confirm, f.lost)
		}
	}
	if product == publicity.Bulletin && v.Play == nil {
		v.Play = &playView{Rows: playRows(ctx, pack), Form: nil}
	}
	for _, record := range pack.Done(product) {
		v.Records = append(v.Records, viewRecord(ctx, pack, product, record))
	}
	return v
}

func viewTexts(ctx context.Context, pack *publicity.Package, product publicity.Product) []textView {
	var out []textView
	for _, part := range product.Parts() {
		text := pack.Texts[product].Parts[part.Name]
		v := textView{
			Label: ui.T(ctx, "publicity.part."+string(product)+"."+part.Name), Text: text, ID: "text-" + part.Name,
			Copy: product == publicity.Message || product == publicity.Article,
		}
		switch {
		case part.Name == "priority":
			v.Text, v.Note = ui.T(ctx, "publicity.priority."+text), ui.T(ctx, "publicity.priorityHint."+text)
		case part.Name == "script":
			said := spoken.Text(text)
			v.Text = said
			v.Note = ui.T(ctx, "publicity.script.note", "Count", spoken.Syllables(said), "Time", seconds(ctx, speech.ReadingTime(text)))
		case part.Name == "sms":
			m := publicity.Measure(text)
			alphabet := "GSM-7"
			if m.Unicode {
				alphabet = "Unicode"
			}
			v.Note = ui.T(ctx, "publicity.sms.note", "Units", m.Units, "Count", m.Parts, "Alphabet", alphabet)
			v.Share = []ui.Link{{Text: ui.T(ctx, "publicity.share.sms"), URL: "sms:?&body=" + url.PathEscape(text)}}
		case product == publicity.Message:
			v.Note = ui.T(ctx, "publicity.letters", "Count", len([]rune(text)), "Limit", part.Limit)
			if part.Name == "facebook" {
				v.Share = []ui.Link{{Text: ui.T(ctx, "publicity.share.facebook"), URL: "https://www.facebook.com/sharer/sharer.php?" + url.Values{"u": {pack.ArticlePage}}.Encode()}}
			} else {
				v.Share = []ui.Link{{Text: ui.T(ctx, "publicity.share.mail"), URL: "mailto:?" + strings.ReplaceAll(url.Values{"subject": {pack.Challenge.Title}, "body": {text}}.Encode(), "+", "%20")}}
			}
		}
		out = append(out, v)
	}
	return out
}

// seconds writes a length of sound: "1:47".
func seconds(_ context.Context, d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	text := strconv.Itoa(s % 60)
	if s%60 < 10 {
		text = "0" + text
	}
	return strconv.Itoa(s/60) + ":" + text
}

// viewConfirm is the form by which a use is confirmed: filled in so far that one press is enough.
func (p *pages) viewConfirm(ctx context.Context, pack *publicity.Package, product publicity.Product, f *form.Form, lost bool) *confirmView {
	online := product == publicity.Article || product == publicity.Message
	if f == nil {
		f = form.New(url.Values{"id": {string(p.IDs.New())}, "at": {form.MomentInput(p.now())}, "channel": {string(product.Channels()[0])}, "times": {"1"}})
		switch product {
		case publicity.Sheet:
			f.Set("place", ui.T(ctx, "publicity.confirm.board", "Unit", pack.Unit.Lower()))
		case publicity.Article:
			if !pack.Published.IsZero() {
				f.Set("link", pack.ArticlePage)
			}
		case publicity.Message:
			f.Set("link", pack.ChallengePage)
			f.Set("place", pack.Unit.FullName)
		case publicity.Meeting, publicity.Bulletin:
		}
	}
	v := recordForm(ctx, f, product.Channels(), online)
	v.Action, v.ID, v.Lost = productURL(pack.Unit.ID, pack.Challenge.Slug, product)+"/xac-nhan", ident.ID(f.Value("id")), lost
	return v
}

// recordForm has the inputs of a record.
func recordForm(ctx context.Context, f *form.Form, channels []letter.Channel, online bool) *confirmView {
	v := &confirmView{
		Form: f, Errors: f.Errors(ctx),
		Channel: f.Field(ctx, ui.Field{Name: "channel", Label: ui.T(ctx, "publicity.field.channel"), Required: true}),
		At:      f.Field(ctx, ui.Field{Name: "at", Label: ui.T(ctx, "publicity.field.at"), Required: true}),
		Place:   f.Field(ctx, ui.Field{Name: "place", Label: ui.T(ctx, "publicity.field.place"), MaxLength: 300, Wide: true}),
		Times:   f.Field(ctx, ui.Field{Name: "times", Label: ui.T(ctx, "publicity.field.times"), InputMode: "numeric"}),
		People:  f.Field(ctx, ui.Field{Name: "people", Label: ui.T(ctx, "publicity.field.people"), InputMode: "numeric"}),
		File:    proofInput(ctx, f),
	}
	if online {
		v.Link = f.Field(ctx, ui.Field{Name: "link", Label: ui.T(ctx, "publicity.field.link"), InputMode: "url", MaxLength: 2000, Wide: true})
	}
	for _, c := range channels {
		v.Channels = append(v.Channels, ui.Option{Value: string(c), Label: ui.T(ctx, "letter.channel."+string(c))})
	}
	return v
}

// proofInput takes what every record may have: a photo from the phone, or a document.
func proofInput(ctx context.Context, f *form.Form) ui.FileField {
	return f.ProofField(ctx, ui.Field{
		Label: ui.T(ctx, "publicity.field.file"), Hint: ui.T(ctx, "publicity.field.fileHint", "Limit", cascade.MaxFileBytes>>20),
	})
}

// began guesses when something began that is over now: never before the letter came that asks for it.
func began(pack *publicity.Package, now clock.Time, length time.Duration) clock.Time {
	at := now.Add(-length)
	if at.Before(pack.Dispatch.SentAt.Time) {
		return pack.Dispatch.SentAt
	}
	return at
}

func (p *pages) articleControls(ctx context.Context, pack *publicity.Package) articleControls {
	at := publicity.ArticlePath(pack.Challenge.Slug, pack.Unit.Code)
	c := articleControls{
		Action:  productURL(pack.Unit.ID, pack.Challenge.Slug, publicity.Article) + "/cong-khai",
		FeedURL: pack.ArticlePage + "/tin.atom", PictureURL: at + "/anh.png",
		Snippet:  `<iframe src="` + pack.ArticlePage + `/nhung" title="` + strings.ReplaceAll(pack.Challenge.Title, `"`, "&quot;") + `" width="100%" height="440" loading="lazy" style="border:0"></iframe>`,
		Possible: can(ctx, person.ActionPublicityEdit, pack.Unit.ID) && pack.Challenge.Public(),
	}
	if !pack.Published.IsZero() {
		c.Public = at
	}
	return c
}

// channels of the form of a product.
func channelOf(f *form.Form) letter.Channel { return letter.Channel(f.Value("channel")) }
