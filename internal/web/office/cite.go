package office

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// citedShown is how many documents are offered at once; who looks for another one types more of it.
const citedShown = 12

// citeView offers documents that a block can cite.
type citeView struct {
	Block int
	Find  ui.Field
	Found []citedView
}

// citedView is one of them with the words that would be written.
type citedView struct {
	Value string // of the button
	Words string
	Short bool // it is cited further up
}

// citable is a document that can be cited: a letter, or one that is known by what another letter or a challenge says of it.
type citable struct {
	ID ident.ID // of the letter, empty for another document
	drafting.Cited
}

// name tells it apart in what a button sends.
func (c citable) name() string {
	if c.ID != "" {
		return string(c.ID)
	}
	return c.Symbol
}

// citing is what a button asks about a citation: "cite.3" offers documents for the block at 3, "insert.3.x" writes one into it.
func citing(act string, blocks []letter.Block) (i int, name string, ok bool) {
	parts := strings.SplitN(act, ".", 3)
	if parts[0] != "cite" && parts[0] != "insert" || len(parts) < 2 {
		return 0, "", false
	}
	i, err := strconv.Atoi(parts[1])
	if err != nil || i < 0 || i >= len(blocks) || !cites(blocks[i].Kind) {
		return 0, "", false
	}
	if parts[0] == "insert" {
		if len(parts) < 3 || parts[2] == "" {
			return 0, "", false
		}
		name = parts[2]
	}
	return i, name, true
}

// cites tells whether a block holds sentences.
func cites(kind letter.BlockKind) bool { return kind != letter.TableBlock && kind != appendixBlock }

// viewCite offers documents for the block that the form names, nil when it names none.
func (p *pages) viewCite(ctx context.Context, l letter.Letter, f *form.Form, blocks []letter.Block) (*citeView, error) {
	i, _, ok := citing("cite."+f.Value("citing"), blocks)
	if !ok {
		return nil, nil
	}
	list, err := p.citable(ctx, l, f.Text("find"))
	if err != nil {
		return nil, err
	}
	return offered(ctx, f, i, blocks, list), nil
}

func offered(ctx context.Context, f *form.Form, i int, blocks []letter.Block, list []citable) *citeView {
	v := &citeView{
		Block: i,
		Find:  f.Field(ctx, ui.Field{Name: "find", Label: ui.T(ctx, "office.cite.find"), Hint: ui.T(ctx, "office.cite.hint"), Part: true, Wide: true, Autocomplete: "off"}),
	}
	v.Find.Attrs = map[string]any{"autofocus": true}
	above := citedAbove(f, i, blocks)
	for _, c := range list {
		before := above // each is offered as if it were cited next
		v.Found = append(v.Found, citedView{Value: "insert." + strconv.Itoa(i) + "." + c.name(), Short: before.Has(c.Cited), Words: before.Of(c.Cited)})
	}
	return v
}

// citedAbove is what the letter cites up to the place in a block at which it goes on.
func citedAbove(f *form.Form, i int, blocks []letter.Block) drafting.Citations {
	var cites drafting.Citations
	for _, b := range blocks[:i] {
		cites.Read(b.Text)
	}
	before, _ := atCaret(f, i)
	cites.Read(before)
	return cites
}

// atCaret parts the text of a block where the person last stood in it; without a script that is its end.
func atCaret(f *form.Form, i int) (before, after string) {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(f.Value(at(i, "text")))
	block, place, _ := strings.Cut(f.Value("caret"), ".")
	units := utf16.Encode([]rune(text)) // as scripts count
	n, err := strconv.Atoi(place)
	if block != strconv.Itoa(i) || err != nil || n < 0 || n > len(units) {
		return text, ""
	}
	return string(utf16.Decode(units[:n])), string(utf16.Decode(units[n:]))
}

// cite writes a document into a block: in full where it is cited first, else short.
func (p *pages) cite(ctx context.Context, l letter.Letter, f *form.Form, blocks []letter.Block, i int, name string) ([]letter.Block, error) {
	c, err := p.named(ctx, l, name)
	if err != nil {
		return nil, err
	}
	above := citedAbove(f, i, blocks)
	before, after := atCaret(f, i)
	words := above.Of(c.Cited)
	if blocks[i].Kind == letter.BasisBlock && strings.TrimSpace(before+after) == "" {
		words = c.Rests() + words
	}
	blocks = slices.Clone(blocks)
	blocks[i].Text = lang.Clean(spaced(before, words) + spaced("", after))
	return blocks, nil
}

// spaced joins two texts with a space where words meet.
func spaced(before, after string) string {
	if after == "" || strings.ContainsRune(",.;:)”", []rune(after)[0]) || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "“") {
		return before + after
	}
	return before + " " + after
}

// citable are the documents that the draft has to do with, or those of the unit's registers that words find.
func (p *pages) citable(ctx context.Context, l letter.Letter, words string) ([]citable, error) {
	var list []citable
	if words == "" {
		var err error
		if list, err = p.related(ctx, l); err != nil {
			return nil, err
		}
	}
	found, err := p.Letters.Citable(ctx, web.ActorOf(ctx), l.IssuerID, words, citedShown)
	if err != nil {
		return nil, err
	}
	for _, other := range found {
		list = withCitable(list, citable{other.ID, drafting.CitedOf(other)})
	}
	return list[:min(len(list), citedShown)], nil
}

func withCitable(list []citable, c citable) []citable {
	if c.Symbol == "" || slices.ContainsFunc(list, func(o citable) bool {
		return o.name() == c.name() || o.Same(c.Cited)
	}) {
		return list
	}
	return append(list, c)
}

// related are the letter that the draft carries out, what that rests on, and the plan and the letters of its challenge.
func (p *pages) related(ctx context.Context, l letter.Letter) ([]citable, error) {
	var list []citable
	if l.AnswersID != "" {
		answered, err := p.readable(ctx, l.IssuerID, l.AnswersID)
		switch fault.KindOf(err) {
		case fault.NotFound, fault.Forbidden: // it was taken back, or is no longer this unit's
		default:
			if err != nil {
				return nil, err
			}
			list = withCitable(list, citable{answered.ID, drafting.CitedOf(answered)})
			for _, b := range answered.Fields.Bases {
				list = withCitable(list, citable{"", drafting.CitedAs(b)})
			}
		}
	}
	if l.ChallengeID == "" {
		return list, nil
	}
	letters, err := p.Letters.Published(ctx, l.ChallengeID)
	if err != nil {
		return nil, err
	}
	documents, err := p.Challenges.Documents(ctx, web.ActorOf(ctx), l.ChallengeID)
	if err != nil && fault.KindOf(err) != fault.NotFound && fault.KindOf(err) != fault.Forbidden {
		return nil, err
	}
	for _, other := range letters {
		list = withCitable(list, citable{other.ID, drafting.CitedOf(other)})
	}
	if plan, ok := drafting.PlanOf(letters, documents); ok {
		list = withCitable(list, citable{"", plan})
	}
	return list, nil
}

// named finds the document of a button: one that the draft has to do with, or a letter that the unit may read.
func (p *pages) named(ctx context.Context, l letter.Letter, name string) (citable, error) {
	list, err := p.related(ctx, l)
	if err != nil {
		return citable{}, err
	}
	if i := slices.IndexFunc(list, func(c citable) bool { return c.name() == name }); i >= 0 {
		return list[i], nil
	}
	id, err := ident.Parse(name)
	if err != nil {
		return citable{}, fault.NotFound.With("letter.fault.notFound")
	}
	other, err := p.readable(ctx, l.IssuerID, id)
	if err == nil && other.Symbol() == "" { // a draft, which nobody can look up
		err = fault.NotFound.With("letter.fault.notFound")
	}
	return citable{other.ID, drafting.CitedOf(other)}, err
}

// editCitation carries out what a button asks about a citation, and tells whether it was one of these.
func (p *pages) editCitation(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form, doc letter.Document, blocks []letter.Block, act string) (bool, error) {
	i, name, ok := citing(act, blocks)
	switch {
	case !ok:
		return false, nil
	case name == "":
		f.Set("citing", strconv.Itoa(i))
		return true, p.showEditor(w, r, l, f, -1)
	}
	blocks, err := p.cite(r.Context(), l, f, blocks, i, name)
	if err != nil {
		return true, err
	}
	return true, p.showEditor(w, r, l, p.refilled(f, doc, blocks), i)
}
