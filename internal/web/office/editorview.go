package office

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
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
	Caret     string // where the person last stood in a block, as "3.120"
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
	Cites    bool // it can cite other documents
	Cite     *citeView
	Open     bool   // something in it is to be mended
	Details  string // what the closed part of a duty holds, in words
}

func viewEditor(ctx context.Context, l letter.Letter, f *form.Form, look int) editorView {
	doc := readDocument(f, *l.Document)
	v := editorView{
		Action: draftURL(l.ID), Preview: draftURL(l.ID) + "/xem-truoc", PDF: draftURL(l.ID) + "/pdf", DOCX: draftURL(l.ID) + "/docx",
		Version: f.Value("version"), Caret: f.Value("caret"), Errors: f.Errors(ctx), Sheet: editSheet(ctx, doc),
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
		Index: i, ID: "block-" + strconv.Itoa(i), Kind: block.Kind, Cites: cites(block.Kind), Name: ui.T(ctx, "office.kind."+string(block.Kind)),
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
