package units

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// sendView is the form that sends or forwards a letter.
type sendView struct {
	Over       string
	Lead       string
	Action     string
	Back       string
	Errors     []ui.FieldError
	Groups     ui.Field
	GroupList  []ui.Option
	GroupNow   []string
	Units      ui.Field
	UnitList   []ui.Option
	UnitNow    []string
	UnitsOpen  bool
	Asked      []askControls // addressees of the letter of whom it is not known who they are
	Tasked     []askControls // others whom its duties name, likewise
	Otherwise  []string      // addressees that are nobody here, as was said before: they get the letter by other means
	Kept       []askControls // names whose meaning was said before
	Words      ui.Field
	Due        ui.Field
	SendButton ui.ButtonProps
	Under      ui.Field
	Shown      *string     // the letter by which recipients were chosen on the page, nil where there is none to choose
	Letters    []ui.Option // the unit's own, with which it can pass the letter on
	Draft      *draftView  // writes one
	PassURL    string      // passes on what came, with this letter
	Pass       string      // what came
	After      *afterView  // those who have an earlier letter about the same challenge
}

// afterView offers to send a letter to everybody who was sent an earlier one, such as new rules of a challenge that runs.
type afterView struct {
	URL, Symbol string
	Units       int
}

func (p *pages) sendPage(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	a, err := p.addressed(r.Context(), l)
	if err != nil {
		return err
	}
	values := url.Values{}
	a.tick(values)
	return p.showSend(w, r, l, a, form.New(values))
}

func (p *pages) showSend(w http.ResponseWriter, r *http.Request, l letter.Letter, a addressed, f *form.Form) error {
	ctx := r.Context()
	if err := web.ActorOf(ctx).Can(person.ActionCascadeSend, person.On{Unit: l.IssuerID}); err != nil {
		return err
	}
	if l.State != letter.Registered {
		return fault.Conflict.With("cascade.fault.notRegistered")
	}
	issuer, _ := a.tree.ByID(l.IssuerID)
	groups, units := a.offer(issuer)
	v := viewSend(ctx, a.tree, groups, units, f)
	v.Over, v.Action, v.Back = symbolOf(ctx, l), letterURL(l.ID)+"/gui", letterURL(l.ID)
	v.Asked, v.Tasked, v.Otherwise, v.Kept = viewAsked(ctx, f, a, groups, units)
	v.Lead = ui.T(ctx, "units.send.lead", "Unit", issuer.Organ())
	v.SendButton = ui.ButtonProps{Kind: ui.ButtonPrimary, Text: ui.T(ctx, "units.send.now"), Icon: ui.IconSend}
	var err error
	if v.PassURL, v.Pass, err = p.passURL(ctx, l); err != nil {
		return err
	}
	if v.After, err = p.after(ctx, l); err != nil {
		return err
	}
	page := p.page(r, ui.T(ctx, "units.send.title"), ui.Link{Text: symbolOf(ctx, l), URL: letterURL(l.ID)})
	page.Narrow = true
	return web.Render(w, r, web.StatusOf(f.Err()), sendPage(page, v))
}

// after finds the first letter about the same challenge that the issuer sent, while this one has gone to nobody. Letters that
// follow the issuer's own, such as those that urge, are none of them.
func (p *pages) after(ctx context.Context, l letter.Letter) (*afterView, error) {
	actor := web.ActorOf(ctx)
	if l.ChallengeID == "" || actor.Can(person.ActionCascadeWatch, person.On{Unit: l.IssuerID}) != nil || actor.Can(person.ActionLetterRead, person.On{Unit: l.IssuerID}) != nil {
		return nil, nil
	}
	sent := func(id ident.ID) (int, error) {
		b, err := p.Cascade.BoardPage(ctx, actor, cascade.BoardQuery{Letter: id, Sender: l.IssuerID})
		return b.All.Units, err
	}
	letters, err := p.Letters.List(ctx, actor, l.IssuerID, changeListed)
	if err != nil {
		return nil, err
	}
	follows := func(o letter.Letter) bool {
		return o.AnswersID != "" && slices.ContainsFunc(letters, func(own letter.Letter) bool { return own.ID == o.AnswersID })
	}
	if n, err := sent(l.ID); err != nil || n > 0 || follows(l) {
		return nil, err
	}
	for _, o := range slices.Backward(letters) {
		if o.ID == l.ID || o.State != letter.Registered || o.ChallengeID != l.ChallengeID || follows(o) {
			continue
		}
		n, err := sent(o.ID)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			return &afterView{letterURL(o.ID) + "/thay-doi?bang=" + string(l.ID), symbolOf(ctx, o), n}, nil
		}
	}
	return nil, nil
}

// passURL passes on what a letter was written to carry out; empty when nothing came.
func (p *pages) passURL(ctx context.Context, l letter.Letter) (address, symbol string, err error) {
	actor := web.ActorOf(ctx)
	if l.AnswersID == "" || !(may{actor: actor}).on(person.ActionLetterRead, l.IssuerID) {
		return "", "", nil
	}
	d, ok, err := p.Cascade.Came(ctx, actor, l.IssuerID, l.AnswersID)
	if err != nil || !ok || d.Entered() { // of what came on paper the way begins here
		return "", "", err
	}
	came, err := p.Cascade.Get(ctx, actor, d.ID)
	return dispatchURL(d.ID) + "/chuyen-tiep?kem=" + string(l.ID), symbolOf(ctx, came.Paper()), err
}

// around are the units a letter is mostly sent to one by one: those in the area, and those that answer to the unit.
func around(tree *unit.Tree, id ident.ID) []unit.Unit {
	units := slices.Clone(tree.Children(id))
	for _, u := range tree.Subordinates(id) {
		if !slices.ContainsFunc(units, func(o unit.Unit) bool { return o.ID == u.ID }) {
			units = append(units, u)
		}
	}
	return slices.DeleteFunc(units, func(u unit.Unit) bool { return u.ID == id })
}

func viewSend(ctx context.Context, tree *unit.Tree, groups []unit.Group, units []unit.Unit, f *form.Form) sendView {
	v := sendView{
		Errors: f.Errors(ctx), GroupNow: f.Values("groups"), UnitNow: f.Values("units"),
		Groups: f.Field(ctx, ui.Field{Name: "groups", Label: ui.T(ctx, "units.send.groups"), Required: true, Attrs: mayBeEmpty}),
		Units:  f.Field(ctx, ui.Field{Name: "units", Label: ui.T(ctx, "units.send.units"), Required: true, Attrs: mayBeEmpty}),
		Words:  f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "units.field.words"), Hint: ui.T(ctx, "units.send.wordsHint"), Rows: 3, Wide: true}),
		Due:    f.Field(ctx, ui.Field{Name: "due", Label: ui.T(ctx, "units.field.due"), Hint: ui.T(ctx, "units.send.dueHint")}),
	}
	for _, g := range groups {
		members := tree.Expand(g)
		v.GroupList = append(v.GroupList, ui.Option{
			Value: string(g.ID), Label: g.Name,
			Hint: ui.T(ctx, "units.send.members", "Count", len(members), "Names", unitNames(members)),
		})
	}
	for _, u := range units {
		v.UnitList = append(v.UnitList, ui.Option{Value: string(u.ID), Label: u.FullName})
	}
	v.UnitsOpen = len(groups) == 0 || len(v.UnitNow) > 0 || v.Units.Error != ""
	return v
}

// recipients reads who was chosen.
func recipients(f *form.Form) cascade.Recipients {
	var to cascade.Recipients
	for _, one := range []struct {
		name string
		list *[]ident.ID
	}{{"groups", &to.Groups}, {"units", &to.Units}} {
		for _, text := range f.Values(one.name) {
			*one.list = append(*one.list, ident.ID(text))
		}
	}
	return to
}

func (p *pages) send(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	a, err := p.addressed(ctx, l)
	if err != nil {
		return err
	}
	in := cascade.SendInput{Letter: l.ID, Words: f.Value("words"), DueAt: f.Moment("due")}
	in.To, in.Said = chosen(f, l, a)
	if f.OK() {
		result, err := p.Cascade.Send(ctx, web.ActorOf(ctx), in)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			return sentTo(w, r, boardURL(l.ID, l.IssuerID), result)
		}
	}
	return p.showSend(w, r, l, a, f)
}

// sentTo says to how many units something was sent, and of each of the others why not.
func sentTo(w http.ResponseWriter, r *http.Request, to string, result cascade.SendResult) error {
	kind, text := sentText(r.Context(), result)
	web.Flash(w, kind, "units.send.result", "Text", text)
	return web.SeeOther(w, r, to)
}

func sentText(ctx context.Context, result cascade.SendResult) (ui.AlertKind, string) {
	var parts []string
	say := func(key string, n int) {
		if n > 0 {
			parts = append(parts, ui.T(ctx, key, "Count", n))
		}
	}
	kind := ui.AlertGood
	if len(result.Dispatches)+len(result.Apart) == 0 {
		kind, parts = ui.AlertInfo, append(parts, ui.T(ctx, "units.send.nothing"))
	}
	say("units.send.done", len(result.Dispatches))
	say("units.send.apart", len(result.Apart))
	say("units.send.already", len(result.Already))
	if say("units.send.ended", len(result.Ended)); len(result.Ended) > 0 {
		kind = ui.AlertWarning
	}
	return kind, strings.Join(parts, " ")
}
