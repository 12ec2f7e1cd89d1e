package publicity

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/publicity"
	"sachhon/internal/speech"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples shows the package of an invented ward, partly used.
func Samples() []gallery.Sample {
	page := func(ctx context.Context, title string) ui.Page {
		p := gallery.Frame(ctx, title)
		p.Tone, p.Crumbs = ui.ToneOfficial, []ui.Link{{Text: ui.T(ctx, "units.desk.title"), URL: "#desk"}}
		return p
	}
	show := func(name string, f func(ctx context.Context) templ.Component) gallery.Sample {
		return gallery.Sample{Name: "publicity-" + name, Page: f}
	}
	product := func(name string, product publicity.Product, change func(context.Context, *productView)) gallery.Sample {
		return show(name, func(ctx context.Context) templ.Component {
			v := sampleProduct(ctx, product)
			change(ctx, &v)
			return productPage(page(ctx, ui.T(ctx, "publicity.product."+string(product))), v)
		})
	}
	return []gallery.Sample{
		show("pack", func(ctx context.Context) templ.Component {
			v := viewPack(ctx, samplePack())
			v.HoursURL, v.CampaignURL, v.CampaignText = "#hours", "#campaign", ui.T(ctx, "publicity.campaign.own")
			v.Products[1].Earlier = true
			return packPage(page(ctx, ui.T(ctx, "publicity.title")), v)
		}),
		show("programme", func(ctx context.Context) templ.Component {
			v := viewProgramme(ctx, "w", sampleProgramme(), sampleNow)
			v.Unit, v.HoursURL = "Ủy ban nhân dân phường Tứ Hạ", "#hours"
			v.Days = []ui.Link{{Text: ui.T(ctx, "publicity.programme.today")}, {Text: ui.T(ctx, "publicity.programme.tomorrow"), URL: "#tomorrow"}}
			return programmePage(page(ctx, ui.T(ctx, "publicity.programme.title", "Day", lang.From(ctx).Date(sampleNow))), v)
		}),
		product("article", publicity.Article, func(_ context.Context, v *productView) {
			v.Article = articleControls{
				Public: "#public", Action: "#publish", Snippet: `<iframe src="https://example.org/nhung" title="Thử thách"></iframe>`,
				FeedURL: "https://example.org/tin.atom", PictureURL: "/sample/river-after.jpg", Possible: true,
			}
		}),
		product("sheet", publicity.Sheet, func(_ context.Context, v *productView) {
			v.Files = []ui.ButtonProps{{Text: "A4", Icon: ui.IconDownload, Value: "#a4"}, {Text: "A3", Icon: ui.IconDownload, Value: "#a3"}}
		}),
		product("bulletin", publicity.Bulletin, func(ctx context.Context, v *productView) {
			v.Next, v.ProgrammeURL = ui.T(ctx, "publicity.script.next", "Time", lang.From(ctx).DateTime(clock.Date(2024, 6, 13, 17, 2))), "#programme"
			v.Audio = audioView{Can: true, State: string(speech.Ready), WAVURL: "#wav", MP3URL: "#mp3", Length: "1:31", Compressed: true}
			f := form.New(url.Values{"id": {"n"}, "device": {"Cụm loa nhà văn hóa"}, "started": {"2024-06-13T17:05"}, "ended": {"2024-06-13T17:07"}, "times": {"1"}, "result": {"played"}})
			f.Add("file", "blob.fault.proofKind")
			v.Play = viewPlay(ctx, samplePack(), f, true)
			v.Play.Action = "#play"
			v.Play.Rows = [][]ui.Cell{{
				{Text: "Cụm loa nhà văn hóa"}, {Text: "17h05 ngày 13/6/2024"}, {Text: "17h07 ngày 13/6/2024"}, {Text: "1"}, {Text: "✓"},
			}}
		}),
		product("meeting", publicity.Meeting, func(ctx context.Context, v *productView) {
			pack := samplePack()
			texts := pack.Texts[publicity.Meeting].Parts
			f := form.New(url.Values{
				"id": {"n"}, "place": {"Phường Tứ Hạ"}, "begin": {"2024-06-13T19:00"}, "end": {"2024-06-13T20:00"}, "name": {ui.T(ctx, "publicity.held.name")},
				"points": {texts["points"]}, "conclusion": {texts["conclusion"]},
			})
			v.Held = viewHeld(ctx, pack, f, false)
			v.Held.Action = "#held"
		}),
		product("recording", publicity.Bulletin, func(_ context.Context, v *productView) {
			v.Audio = audioView{Can: true, State: string(speech.Waiting), Page: "#again"}
			v.Play = &playView{}
		}),
		product("message", publicity.Message, func(context.Context, *productView) {}),
		product("reworded", publicity.Sheet, func(ctx context.Context, v *productView) {
			pack := samplePack()
			text := pack.Texts[publicity.Sheet]
			text.Own, text.Earlier, text.Draft, text.EditedAt = true, true, text.Parts, sampleNow
			pack.Texts[publicity.Sheet], pack.Campaign.UpdatedAt = text, sampleNow
			v.Own, v.EditedAt, v.Earlier = true, sampleNow, viewEarlier(ctx, pack, publicity.Sheet)
		}),
		show("campaign", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"first": {"2024-06-02"}, "last": {"2024-06-30"}})
			first := f.Field(ctx, ui.Field{Name: "first", Label: ui.T(ctx, "publicity.field.first"), Required: true})
			last := f.Field(ctx, ui.Field{Name: "last", Label: ui.T(ctx, "publicity.field.last"), Required: true})
			p := page(ctx, ui.T(ctx, "publicity.campaign.title"))
			p.Narrow = true
			f.Set("priority", publicity.Ordinary)
			priority, levels := priorityInput(ctx, f, ui.T(ctx, "publicity.field.priority"), ui.T(ctx, "publicity.hint.priority"))
			return fieldsPage(p, fieldsView{
				Over: "Ủy ban nhân dân thị xã Hương Trà", Lead: ui.T(ctx, "publicity.campaign.lead"), Action: "#save", Back: "#back", ID: "n",
				Fields: []ui.Field{f.Field(ctx, ui.Field{Name: "message", Label: ui.T(ctx, "publicity.field.message"), Rows: 3, Required: true, Wide: true})},
				First:  &first, Last: &last, Priority: priority, Priorities: levels, Drop: "#drop",
			})
		}),
		show("campaign-removed", func(ctx context.Context) templ.Component {
			f := form.New(nil)
			p := page(ctx, ui.T(ctx, "publicity.campaign.title"))
			p.Narrow = true
			return fieldsPage(p, fieldsView{
				Over: "Ủy ban nhân dân thị xã Hương Trà", Lead: ui.T(ctx, "publicity.campaign.lead"), Action: "#save", Back: "#back", ID: "n",
				Notice: viewRemoval(ctx, publicity.Campaign{RemovedAt: sampleNow, Reason: "Sai ngày hết hạn đăng ký."}, "Trần Thị Mẫu"),
				Fields: []ui.Field{f.Field(ctx, ui.Field{Name: "message", Label: ui.T(ctx, "publicity.field.message"), Rows: 3, Required: true, Wide: true})},
			})
		}),
		show("campaign-drop", func(ctx context.Context) templ.Component {
			f := form.New(nil)
			f.Add("reason", "publicity.fault.reasonMissing")
			v := viewDrop(ctx, f, "", false)
			v.Over, v.Action, v.Back = "Ủy ban nhân dân thị xã Hương Trà", "#drop", "#back"
			p := page(ctx, ui.T(ctx, "publicity.campaign.drop"))
			p.Narrow = true
			return fieldsPage(p, v)
		}),
		show("correct", func(ctx context.Context) templ.Component {
			record := samplePack().Dispatch.Publicity[0]
			f := form.New(url.Values{"at": {"2024-06-13T17:05"}, "channel": {"notice_board"}, "people": {"mười"}})
			f.Add("place", "cascade.fault.placeMissing")
			p := page(ctx, ui.T(ctx, "publicity.correct.title"))
			p.Narrow = true
			return correctingPage(p, viewCorrect(ctx, record, letter.Channels(), f, true))
		}),
		show("public", func(ctx context.Context) templ.Component {
			pack := samplePack()
			p := gallery.Frame(ctx, pack.Texts[publicity.Article].Parts["title"])
			v := viewArticle(ctx, &publicity.Story{Matter: pack.Matter, Article: pack.Texts[publicity.Article], Published: sampleNow, Done: []publicity.Deed{
				{Channel: letter.Portal, Day: "2024-06-13", Link: "https://example.org/tin/ra-quan-sach-hon"},
				{Channel: letter.Loudspeaker, Day: "2024-06-13"},
				{Channel: letter.NoticeBoard, Day: "2024-06-10"},
			}}, "")
			v.Picture = "/sample/river-after.jpg"
			return articlePage(p, v)
		}),
		show("public-told", func(ctx context.Context) templ.Component {
			return articlePage(gallery.Frame(ctx, "Ủy ban nhân dân phường Tứ Hạ"), viewTold(ctx, &publicity.Story{Matter: samplePack().Matter, Done: []publicity.Deed{
				{Channel: letter.Meeting, Day: "2024-06-13", People: 45}, {Channel: letter.NoticeBoard, Day: "2024-06-10"},
			}}))
		}),
	}
}

var sampleNow = clock.Date(2024, 6, 14, 9, 0)

func samplePack() *publicity.Package {
	c := challenge.Challenge{ID: "c"}
	c.Slug, c.Title, c.Period = "sach-hon", "Thử thách làm cho thế giới sạch hơn", challenge.Days(clock.Date(2024, 6, 2, 0, 0).Time, clock.Date(2024, 6, 30, 0, 0).Time)
	campaign := publicity.Suggest(c, "t")
	campaign.Contact = "Phòng Văn hóa và Thông tin thị xã Hương Trà"
	p := &publicity.Package{
		Matter: publicity.Matter{
			Campaign: campaign, Challenge: c, Unit: unit.Unit{ID: "w", Code: "19996", Name: "Tứ Hạ", FullName: "Phường Tứ Hạ", Kind: unit.Ward},
			Organiser: "Sở Thông tin và Truyền thông", Basis: "Công văn số 1903/UBND-VH của Ủy ban nhân dân thị xã Hương Trà", Now: sampleNow,
			Numbers:       publicity.Numbers{Entrants: 4, Cleanups: 2, Planned: 3, People: 86, Grams: 1_284_500, AsOf: sampleNow},
			ChallengePage: "https://example.org/cuoc-thi/sach-hon", ArticlePage: "https://example.org/cuoc-thi/sach-hon/tin/19996",
		},
		Owner: unit.Unit{ID: "t", FullName: "Thị xã Hương Trà", Name: "Hương Trà", Kind: unit.Town}, Hours: publicity.DefaultHours(), Texts: map[publicity.Product]publicity.Text{},
	}
	for _, product := range publicity.Products() {
		p.Texts[product] = publicity.Text{Product: product, Parts: publicity.Draft(product, p.Matter)}
	}
	p.Dispatch.ID, p.Dispatch.State = "d", cascade.InProgress
	p.Dispatch.Publicity = []cascade.Publicity{
		{ID: "a", DispatchID: "d", Channel: letter.NoticeBoard, At: clock.Date(2024, 6, 10, 6, 36), Place: "Bảng tin phường Tứ Hạ", Times: 1, People: 284, FileKey: "k"},
		{ID: "b", DispatchID: "d", Channel: letter.Loudspeaker, At: clock.Date(2024, 6, 13, 17, 5), Place: "Cụm loa nhà văn hóa", Times: 1},
		{ID: "m", DispatchID: "d", Channel: letter.Meeting, At: clock.Date(2024, 6, 13, 19, 30), Place: "Nhà văn hóa tổ dân phố 3", People: 45},
		{ID: "n", DispatchID: "d", Channel: letter.Meeting, At: clock.Date(2024, 6, 14, 7, 30), Place: "Hội trường phường", People: 32},
	}
	p.Minutes = map[ident.ID]letter.Letter{
		"m": {}, "n": {ID: "l", State: letter.Registered, Fields: letter.Fields{Number: "12", Notation: "BB-UBND"}},
	}
	return p
}

// sampleProgramme is of a day with an urgent bulletin, one that was played, two that wait and one that is too long.
func sampleProgramme() publicity.Programme {
	item := func(slug, title, priority string, minutes int, plays ...clock.Time) publicity.Item {
		return publicity.Item{Slug: slug, Title: title, Priority: priority, Length: time.Duration(minutes) * time.Minute, Since: sampleNow, Plays: plays}
	}
	day := clock.DayOf(sampleNow.Time)
	return publicity.DefaultHours().Programme(day, sampleNow, []publicity.Item{
		item("sach-hon", "Thử thách làm cho thế giới sạch hơn", publicity.Priority, 2, day.Start().Add(5*time.Hour)),
		item("chu-nhat-xanh", "Chủ nhật xanh", publicity.Ordinary, 2), item("song-huong", "Vì dòng Hương trong xanh", publicity.Ordinary, 18),
		item("lu", "Thông báo khẩn về mưa lũ", publicity.Urgent, 1),
	})
}

func sampleProduct(ctx context.Context, product publicity.Product) productView {
	pack := samplePack()
	v := productView{
		Product: product, Unit: pack.Unit.Organ(), Lead: ui.T(ctx, "publicity.about."+string(product)), URL: "#product", EditURL: "#edit",
		Status: statusOf(ctx, len(pack.Done(product))), Texts: viewTexts(ctx, pack, product),
	}
	for _, record := range pack.Done(product) {
		one := viewRecord(ctx, pack, product, record)
		one.RemoveURL, one.CorrectURL = "#remove", "#correct"
		if one.MinutesPDF != "" {
			one.MakeLetter = "#letter"
		}
		v.Records = append(v.Records, one)
	}
	if product == publicity.Sheet || product == publicity.Message {
		f := form.New(url.Values{"id": {"n"}, "at": {form.MomentInput(sampleNow)}, "channel": {string(product.Channels()[0])}})
		v.Confirm = recordForm(ctx, f, product.Channels(), product == publicity.Message)
		v.Confirm.Action, v.Confirm.ID = "#confirm", "n"
	}
	return v
}
