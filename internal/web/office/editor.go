package office

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// editorView is a draft in its editor, with the page as it will look beside it.
type editorView struct {
	Unit      string
	Action    string
	Preview   string // address of the live preview
	PDF, DOCX string
	Discard   string // empty for a draft that a report needs
	Version   string
	Errors    []ui.FieldError
	Report    string // address of the figures that the letter reports
	Form      string // whose form it has, in words; empty for the State's
	OrganOpen bool   // something in the closed part of the head is to be mended
	SentBack  string // the words of the leader who wants it changed
	Type      ui.Field
	Types     []ui.Option
	Urgency   ui.Field
	Urgencies []ui.Option
	DeliverBy ui.Field
	Superior  ui.Field
	Organ     ui.Field
	Notation  ui.Field
	Place     ui.Field
	Subject   ui.Field
	To        ui.Field
	Blocks    []blockView
	Kinds     []ui.Option
	Copies    ui.Field
	Capacity  ui.Field
	Position  ui.Field
	Name      ui.Field
	Contact   ui.Field
	Drafter   ui.Field
	Printed   ui.Field
	Sheet     sheetView
}

// blockView is one block with its inputs.
type blockView struct {
	Index    int
	ID       string
	Label    string // "1.", "I."
	Kind     letter.BlockKind
	From     string // of a duty: which one of the received letter it passes on
	Name     string // of the kind, in words
	First    bool
	Last     bool
	Look     bool // the focus goes here: it was just moved or added
	Text     ui.Field
	Table    ui.Field
	Total    ui.Field
	HasTotal bool
	For      ui.Field
	Force    ui.Field
	Forces   []ui.Option
	Deadline ui.Field
	Within   ui.Field
	Every    ui.Field
	Period   ui.Field
	Periods  []ui.Option
	Count    ui.Field
	Of       ui.Field
	Least    ui.Field
	AtLeast  bool
	Proof    ui.Field
	Channels ui.Field
	Choice   []ui.Option
	Chosen   []string
	Open     bool   // something in it is to be mended
	Details  string // what the closed part of a duty holds, in words
}

// open shows a letter where it stands: in the editor while somebody may change it, else on its way.
func (p *pages) open(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return web.SeeOther(w, r, letterURL(l.ID))
	}
	if l.State == letter.Draft && can(r.Context(), person.ActionLetterRegister, l.IssuerID) {
		return p.showEditor(w, r, l, form.New(fill(*l.Document, l.Version)), -1)
	}
	return p.showWay(w, r, l, form.New(nil))
}

func (p *pages) showEditor(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form, look int) error {
	ctx := r.Context()
	steps, err := p.Letters.Steps(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, l.IssuerID)
	if err != nil {
		return err
	}
	v := viewEditor(ctx, l, f, look)
	v.Unit = u.Organ()
	if v.Report, err = p.reportOf(ctx, l); err != nil {
		return err
	}
	if v.Report == "" {
		v.Discard = draftURL(l.ID) + "/bo"
	}
	if n := len(steps); n > 0 && steps[n-1].Event == letter.SendBack {
		v.SentBack = steps[n-1].Words
	}
	page := p.page(r, titleOf(ctx, l), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(l.IssuerID)})
	page.Path = draftURL(l.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), editorPage(page, v))
}

func viewEditor(ctx context.Context, l letter.Letter, f *form.Form, look int) editorView {
	doc := readDocument(f, *l.Document)
	v := editorView{
		Action: draftURL(l.ID), Preview: draftURL(l.ID) + "/xem-truoc", PDF: draftURL(l.ID) + "/pdf", DOCX: draftURL(l.ID) + "/docx",
		Version: f.Value("version"), Errors: f.Errors(ctx), Sheet: editSheet(ctx, doc),
	}
	if !doc.Form.OfState() {
		v.Form = ui.T(ctx, "office.form."+string(doc.Form))
	}
	v.OrganOpen = slices.ContainsFunc(v.Sheet.Deviations, func(d deviationView) bool {
		return slices.Contains([]string{"#f-organ", "#f-notation", "#f-place"}, d.URL)
	})
	needed := map[string]bool{}
	for _, part := range decree.Needs(doc.Type) {
		needed[cmp.Or(inputs[part], part)] = true
	}
	field := func(name string, change func(*ui.Field)) ui.Field {
		control := ui.Field{Name: name, Label: ui.T(ctx, "office.field."+name), Needed: needed[name]}
		if change != nil {
			change(&control)
		}
		return f.Field(ctx, control)
	}
	wide := func(rows int, hint string) func(*ui.Field) {
		return func(c *ui.Field) {
			c.Wide, c.Rows = true, rows
			if hint != "" {
				c.Hint = ui.T(ctx, hint)
			}
		}
	}
	v.Type, v.Urgency = field("type", func(c *ui.Field) { c.Required = true }), field("urgency", nil)
	for _, t := range letter.Types() {
		v.Types = append(v.Types, ui.Option{Value: t, Label: t})
	}
	v.Urgencies = []ui.Option{{Label: ui.T(ctx, "office.urgency.none")}}
	for _, u := range letter.Urgencies() {
		v.Urgencies = append(v.Urgencies, ui.Option{Value: u, Label: u})
	}
	v.DeliverBy = field("deliverBy", func(c *ui.Field) { c.Hint = ui.T(ctx, "office.hint.deliverBy") })
	v.Superior, v.Organ = field("superior", wide(0, "office.hint.superior")), field("organ", func(c *ui.Field) { c.Wide = true })
	v.Notation, v.Place = field("notation", nil), field("place", nil)
	v.Subject = field("subject", func(c *ui.Field) { c.Wide, c.Rows, c.Hint = true, 2, ui.T(ctx, "office.hint.subject") })
	v.To, v.Copies = field("addressees", wide(3, "office.hint.perLine")), field("recipients", wide(4, "office.hint.recipients"))
	v.Capacity = field("capacity", wide(2, "office.hint.capacity"))
	v.Position, v.Name = field("position", nil), field("name", nil)
	v.Contact, v.Drafter, v.Printed = field("contact", wide(0, "office.hint.contact")), field("drafter", nil), field("copies", nil)
	for _, k := range letter.BlockKinds() {
		v.Kinds = append(v.Kinds, ui.Option{Value: string(k), Label: ui.T(ctx, "office.kind."+string(k))})
	}
	list := readBlocks(f, *l.Document)
	labels, names := headings(ctx, list)
	for i := range list {
		b := viewBlock(ctx, f, i, list[i])
		b.Label, b.First, b.Last, b.Look = labels[i], i == 0, i == len(list)-1, i == look
		if b.Kind == appendixBlock {
			_, above := moveAppendix(list, i)
			b.Name, b.First, b.Last = names[i], above == i, nextAppendix(list, i) < 0
		}
		v.Blocks = append(v.Blocks, b)
	}
	return v
}

func viewBlock(ctx context.Context, f *form.Form, i int, block letter.Block) blockView {
	field := func(part string, change func(*ui.Field)) ui.Field {
		control := ui.Field{Name: at(i, part), Label: ui.T(ctx, "office.block."+part)}
		if change != nil {
			change(&control)
		}
		return f.Field(ctx, control)
	}
	rows := 2 + len([]rune(block.Text))/90
	b := blockView{
		Index: i, ID: "block-" + strconv.Itoa(i), Kind: block.Kind, Name: ui.T(ctx, "office.kind."+string(block.Kind)),
		Text: field("text", func(c *ui.Field) { c.Required, c.Wide, c.Rows = true, true, min(rows, 8) }),
	}
	switch block.Kind {
	case letter.TableBlock:
		b.Text.Label, b.Text.Required, b.Text.Rows = ui.T(ctx, "office.block.caption"), false, 1
		b.Table = field("table", func(c *ui.Field) { c.Wide, c.Rows, c.Hint, c.Required = true, 6, ui.T(ctx, "office.hint.table"), true })
		b.Total, b.HasTotal = ui.Field{Name: at(i, "total"), Label: ui.T(ctx, "office.block.total"), Required: true}, f.Checked(at(i, "total"))
	case letter.DutyBlock:
		b.viewDuty(ctx, f, field)
	case appendixBlock:
		b.Text.Label, b.Text.Rows = ui.T(ctx, "office.block.title"), 1
	case letter.BasisBlock, letter.ParagraphBlock, letter.SectionBlock, letter.ItemBlock, letter.BulletBlock, letter.ArticleBlock:
	}
	return b
}

func (b *blockView) viewDuty(ctx context.Context, f *form.Form, field func(string, func(*ui.Field)) ui.Field) {
	i := b.Index
	b.From = f.Value(at(i, "from"))
	b.For = field("for", func(c *ui.Field) { c.Wide, c.Rows, c.Hint = true, 2, ui.T(ctx, "office.hint.for") })
	b.Force, b.Deadline, b.Every, b.Period = field("force", nil), field("deadline", nil), field("every", nil), field("period", nil)
	b.Within = field("within", func(c *ui.Field) { c.Wide, c.Hint = true, ui.T(ctx, "office.hint.within") })
	b.Count, b.Of, b.Proof = field("count", nil), field("of", nil), field("proof", func(c *ui.Field) { c.Wide = true })
	b.Least, b.AtLeast = ui.Field{Name: at(i, "least"), Label: ui.T(ctx, "office.block.least"), Required: true}, f.Checked(at(i, "least"))
	b.Channels, b.Chosen = field("channels", nil), f.Values(at(i, "channels"))
	b.Forces = []ui.Option{{Label: ui.T(ctx, "office.force.none")}}
	for _, force := range []letter.Force{letter.Requests, letter.Requires, letter.Assigns, letter.Invites, letter.Informs} {
		b.Forces = append(b.Forces, ui.Option{Value: string(force), Label: ui.T(ctx, "office.force."+string(force))})
	}
	for _, period := range []string{"", "day", "week", "month", "quarter", "year"} {
		key := "office.period." + period
		if period == "" {
			key = "office.period.none"
		}
		b.Periods = append(b.Periods, ui.Option{Value: period, Label: ui.T(ctx, key)})
	}
	for _, one := range []ui.Field{b.For, b.Force, b.Deadline, b.Within, b.Every, b.Period, b.Count, b.Of, b.Proof, b.Channels} {
		b.Open = b.Open || one.Error != ""
	}
	var details []string
	for _, c := range letter.Channels() {
		name := ui.T(ctx, "letter.channel."+string(c))
		b.Choice = append(b.Choice, ui.Option{Value: string(c), Label: name})
		for _, chosen := range b.Chosen {
			if chosen == string(c) {
				details = append(details, name)
			}
		}
	}
	for _, text := range []string{shownDay(b.Deadline.Value), b.Within.Value, b.Every.Value, b.Proof.Value} {
		if text != "" {
			details = append(details, text)
		}
	}
	if b.Details = strings.Join(details, " · "); b.Details == "" {
		b.Details = ui.T(ctx, "office.block.noDetails")
	}
}

// shownDay writes the day of an input as people do; what is none stays as it was typed.
func shownDay(text string) string {
	if d, err := letter.ParseDate(text); err == nil {
		return dayOf(d)
	}
	return text
}

// edit takes what the buttons of the editor send: rearranging blocks and the preview show the form again as it was
// typed, the others save it first.
func (p *pages) edit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return fault.Conflict.With("letter.fault.readIn")
	}
	doc, act := readDocument(f, *l.Document), f.Value("do")
	if blocks, look, ok := rearrange(readBlocks(f, *l.Document), act); ok {
		return p.showEditor(w, r, l, p.refilled(f, doc, blocks), look)
	}
	if act == "preview" {
		return p.showEditor(w, r, l, f, -1)
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	if f.OK() {
		saved, err := p.Letters.Rewrite(ctx, web.ActorOf(ctx), l.ID, version, doc)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			l = saved
		}
	}
	switch {
	case act == "autosave":
		return answerAutosave(ctx, w, l, f)
	case !f.OK():
		if l.State != letter.Draft { // it went on meanwhile: there is nothing to edit any more
			return p.showWay(w, r, l, f)
		}
		if current, err := p.Letters.Get(ctx, web.ActorOf(ctx), l.ID); err == nil && current.Version != version {
			f.Set("version", strconv.FormatInt(current.Version, 10)) // a second try replaces the other's version
		}
		return p.showEditor(w, r, l, f, -1)
	case act == "submit":
		return p.submit(w, r, l, f)
	}
	return web.Done(w, r, draftURL(l.ID), "office.saved")
}

func (p *pages) submit(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	_, err := p.Letters.Submit(r.Context(), web.ActorOf(r.Context()), l.ID, f.Lines("words"))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		f.Set("version", strconv.FormatInt(l.Version, 10))
		return p.showEditor(w, r, l, f, -1)
	}
	return web.Done(w, r, draftURL(l.ID), "office.submitted")
}

// refilled is the form with its blocks in another order, everything else as it was typed.
func (p *pages) refilled(f *form.Form, doc letter.Document, blocks []letter.Block) *form.Form {
	values := fill(doc, 0)
	values.Set("version", f.Value("version"))
	values.Set("copies", f.Value("copies"))
	for name := range values {
		if strings.HasPrefix(name, "b.") {
			values.Del(name)
		}
	}
	fillBlocks(values, blocks)
	return form.New(values)
}

// answerAutosave tells the script whether the draft is kept, and under which version.
func answerAutosave(ctx context.Context, w http.ResponseWriter, l letter.Letter, f *form.Form) error {
	out := struct {
		Saved   bool   `json:"saved"`
		Version int64  `json:"version"`
		Message string `json:"message"`
	}{Saved: f.OK(), Version: l.Version}
	code := http.StatusOK
	if f.OK() {
		out.Message = ui.T(ctx, "office.autosaved", "Time", l.UpdatedAt.Local().Format("15:04"))
	} else {
		code = web.StatusOf(f.Err())
		out.Message = ui.T(ctx, "office.notSaved", "Why", f.Errors(ctx)[0].Text)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	return json.NewEncoder(w).Encode(out)
}

// preview answers the script with the page as it will look.
func (p *pages) preview(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if err := web.ActorOf(r.Context()).Can(person.ActionLetterRegister, person.On{Unit: l.IssuerID}); err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return fault.Conflict.With("letter.fault.readIn")
	}
	return web.Render(w, r, http.StatusOK, sheetPane(editSheet(r.Context(), readDocument(f, *l.Document))))
}
