package office

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// How many letters the pages offer.
const (
	waitingShown = 100
	basesShown   = 80
	fewBases     = 12
)

// chooseView is the page that begins a letter.
type chooseView struct {
	Unit      string
	Action    string
	ID        ident.ID
	Errors    []ui.FieldError
	Template  ui.Field
	Templates []ui.Option
	Find      ui.Field
	Search    string    // the address of the search
	Many      bool      // whether there is anything to look for: a short list shows what it has
	Clear     string    // without its words, "" when there are none
	Kept      []ui.Link // what the search keeps: names and values
	Shown     string    // how much of what there is stands in the list
	On        ui.Field
	Letters   []ui.Option
	Challenge ui.Field
	Contests  []ui.Option
	Signer    ui.Field
	Signers   []ui.Option
	ReportBy  ui.Field
}

func (p *pages) choosePage(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	template := q.Get("mau")
	if template == "" {
		template = string(drafting.Letter)
	}
	return p.showChoose(w, r, form.New(url.Values{
		"id": {string(p.IDs.New())}, "unit": {q.Get("don-vi")}, "template": {template}, "on": {q.Get("tu")}, "challenge": {q.Get("cuoc-thi")},
		"tim": {q.Get("tim")},
	}))
}

func (p *pages) showChoose(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	in, err := p.Drafting.Input(ctx, u.ID)
	if err != nil {
		return err
	}
	v := viewChoose(ctx, u, f)
	if err := p.bases(ctx, u.ID, f, &v); err != nil {
		return err
	}
	if v.Contests, err = p.challengeOptions(ctx); err != nil {
		return err
	}
	for i, s := range in.Head.Signers {
		v.Signers = append(v.Signers, ui.Option{Value: strconv.Itoa(i), Label: signerLine(s)})
	}
	page := p.page(r, ui.T(ctx, "office.new.title"), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(u.ID)})
	page.Path, page.Narrow = newURL(u.ID), true
	return web.Render(w, r, web.StatusOf(f.Err()), choosePage(page, v))
}

func viewChoose(ctx context.Context, u unit.Unit, f *form.Form) chooseView {
	v := chooseView{
		Unit: u.Organ(), Action: newURL(u.ID), ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Template:  f.Field(ctx, ui.Field{Name: "template", Label: ui.T(ctx, "office.new.template"), Required: true}),
		On:        f.Field(ctx, ui.Field{Name: "on", Label: ui.T(ctx, "office.new.on"), Hint: ui.T(ctx, "office.new.onHint"), Wide: true}),
		Challenge: f.Field(ctx, ui.Field{Name: "challenge", Label: ui.T(ctx, "office.new.challenge"), Wide: true}),
		Signer:    f.Field(ctx, ui.Field{Name: "signer", Label: ui.T(ctx, "office.new.signer"), Required: true, Wide: true}),
		ReportBy:  f.Field(ctx, ui.Field{Name: "report_by", Label: ui.T(ctx, "office.new.reportBy"), Hint: ui.T(ctx, "office.new.reportByHint")}),
	}
	v.Find = f.Field(ctx, ui.Field{Name: "tim", Label: ui.T(ctx, "office.new.find"), Hint: ui.T(ctx, "office.new.findHint"), Required: true, Wide: true})
	v.Search = draftsPath + "/moi"
	clear := url.Values{}
	for _, one := range []struct{ name, value string }{
		{"don-vi", string(u.ID)}, {"mau", f.Value("template")}, {"tu", f.Value("on")}, {"cuoc-thi", f.Value("challenge")},
	} {
		if one.value != "" {
			v.Kept = append(v.Kept, ui.Link{Text: one.name, URL: one.value})
			clear.Set(one.name, one.value)
		}
	}
	if f.Has("tim") {
		v.Clear = v.Search + "?" + clear.Encode()
	}
	for _, t := range drafting.Templates() {
		v.Templates = append(v.Templates, ui.Option{
			Value: string(t), Label: ui.T(ctx, "office.template."+string(t)), Hint: ui.T(ctx, "office.template."+string(t)+".hint"),
		})
	}
	return v
}

// signerLine is a signer in one line: "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH, Nguyễn Văn Mẫu".
func signerLine(s letter.Signer) string {
	line := ""
	for _, part := range append(slices.Clone(s.Capacity), s.Position, s.Name) {
		if part == "" {
			continue
		}
		if line != "" {
			line += " – "
		}
		line += part
	}
	return line
}

// bases offers letters to rest on: plans and what is about the challenge, then the newest, as far as the words find them; and the
// one that was chosen before.
func (p *pages) bases(ctx context.Context, unitID ident.ID, f *form.Form, v *chooseView) error {
	v.Letters = []ui.Option{{Label: ui.T(ctx, "office.new.nothing")}}
	add := func(l letter.Letter) {
		one := ui.Option{Value: string(l.ID), Label: basisLabel(ctx, l)}
		if !slices.ContainsFunc(v.Letters, func(o ui.Option) bool { return o.Value == one.Value }) {
			v.Letters = append(v.Letters, one)
		}
	}
	if id, err := ident.Parse(f.Value("on")); err == nil {
		l, err := p.readable(ctx, unitID, id)
		if err != nil {
			return err
		}
		add(l)
	}
	filter := cascade.BasisFilter{Words: f.Text("tim"), Limit: basesShown}
	if id, err := ident.Parse(f.Value("challenge")); err == nil {
		filter.Challenge = id
	}
	if len([]rune(filter.Words)) > 200 {
		return fault.Invalid.With("office.fault.search")
	}
	letters, n, err := p.Cascade.Bases(ctx, web.ActorOf(ctx), unitID, filter)
	if err != nil {
		return err
	}
	for _, l := range letters {
		add(l)
	}
	v.Many = n > fewBases || filter.Words != ""
	v.Shown = basesText(ctx, filter.Words, len(letters), n)
	return nil
}

// basesText says how much of what there is the list offers, "" when it is all and nothing was looked for.
func basesText(ctx context.Context, words string, shown, total int) string {
	switch {
	case words != "" && total == 0:
		return ui.T(ctx, "office.new.notFound", "Words", words)
	case shown < total:
		return ui.T(ctx, "office.new.cut", "Shown", shown, "Total", total)
	case words != "":
		return ui.T(ctx, "office.new.found", "Total", total)
	}
	return ""
}

func basisLabel(ctx context.Context, l letter.Letter) string {
	label := titleOf(ctx, l)
	if l.Fields.Organ != "" {
		label += " – " + l.Fields.Organ
	}
	if l.Fields.Subject != "" {
		label += ": " + l.Fields.Subject
	}
	return label
}

func (p *pages) challengeOptions(ctx context.Context) ([]ui.Option, error) {
	list, err := p.Challenges.List(ctx, web.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	options := []ui.Option{{Label: ui.T(ctx, "office.new.noChallenge")}}
	for _, c := range list {
		options = append(options, ui.Option{Value: string(c.ID), Label: c.Title})
	}
	return options, nil
}

// create drafts a letter by its template and opens the editor. Its form may stand on other pages as a single button.
func (p *pages) create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterRegister, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterRegister, u)
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	template := drafting.Template(f.Value("template"))
	if !slices.Contains(drafting.Templates(), template) {
		f.Add("template", "office.fault.template")
	}
	compose, in, err := p.inputs(ctx, u.ID, template, f)
	if err != nil {
		return err
	}
	if f.OK() && template == drafting.Report {
		to, err := p.figures(ctx, u.ID, compose)
		if err != nil {
			return err
		}
		if to != "" {
			return web.Done(w, r, to, "office.new.figures")
		}
	}
	if f.OK() {
		compose.ID, compose.Document = id, drafting.Draft(template, in)
		l, err := p.Letters.Compose(ctx, web.ActorOf(ctx), compose)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			return web.Done(w, r, draftURL(l.ID), "office.new.done")
		}
	}
	return p.showChoose(w, r, f)
}
