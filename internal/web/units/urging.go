package units

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// handView is the form by which somebody urges with words of their own.
type handView struct {
	Over   string
	Lead   string
	Action string
	Back   string
	ID     ident.ID
	UnitID ident.ID
	Units  []handUnit
	Errors []ui.FieldError
	Words  ui.Field
}

type handUnit struct {
	Dispatch ident.ID
	Unit     string
	Symbol   string
}

func (p *pages) urgePage(w http.ResponseWriter, r *http.Request) error {
	f := form.Query(r)
	return p.showUrge(w, r, form.New(url.Values{
		"don-vi": {f.Value("don-vi")}, "ban-gui": f.Values("ban-gui"), "id": {string(p.IDs.New())},
	}))
}

func (p *pages) showUrge(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, f.Value("don-vi"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionCascadeUrge, person.On{Unit: u.ID}); err != nil {
		return err
	}
	chosen, err := p.Urging.Chosen(ctx, web.ActorOf(ctx), dispatchesOf(f))
	if err != nil {
		return err
	}
	v := handView{
		Over: u.Organ(), Lead: ui.T(ctx, "stuck.hand.lead"), Action: stuckPath + "/don-doc", Back: stuckURL(u.ID), UnitID: u.ID,
		ID: ident.ID(f.Value("id")), Errors: f.Errors(ctx),
		Words: f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "stuck.hand.words"), Hint: ui.T(ctx, "stuck.hand.wordsHint"), Rows: 5, Required: true, Wide: true}),
	}
	for _, c := range chosen {
		v.Units = append(v.Units, handUnit{c.Dispatch.ID, c.Receiver.FullName, symbolOf(ctx, c.Letter)})
	}
	page := p.page(r, ui.T(ctx, "stuck.hand.title"), ui.Link{Text: ui.T(ctx, "stuck.short"), URL: stuckURL(u.ID)})
	page.Narrow, page.Path = true, urgeURL(u.ID, dispatchesOf(f)...)
	return web.Render(w, r, web.StatusOf(f.Err()), handPage(page, v))
}

func dispatchesOf(f *form.Form) []ident.ID {
	var ids []ident.ID
	for _, text := range f.Values("ban-gui") {
		ids = append(ids, ident.ID(text))
	}
	return ids
}

func (p *pages) urge(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	u, err := p.unitOf(ctx, f.Value("don-vi"))
	if err != nil {
		return err
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	f.Alias("dispatches", "")
	result, err := p.Urging.Urge(ctx, web.ActorOf(ctx), urging.UrgeInput{ID: id, Dispatches: dispatchesOf(f), Words: f.Value("words")})
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showUrge(w, r, f)
	}
	switch {
	case result.Told > 0 && result.Later:
		return web.Done(w, r, stuckURL(u.ID), "stuck.hand.later", "Count", result.Told)
	case result.Told > 0:
		return web.Done(w, r, stuckURL(u.ID), "stuck.hand.done", "Count", result.Told)
	case len(result.Nobody) > 0:
		return web.Done(w, r, stuckURL(u.ID), "stuck.hand.nobody")
	}
	return web.Done(w, r, stuckURL(u.ID), "stuck.hand.already")
}

// logView is everything that was sent by way of urging about a letter.
type logView struct {
	Over     string
	Lead     string
	RulesURL string
	Rules    urging.Rules // in force, for whoever may change them
	Rows     []logRow
	Drafts   []draftRow
}

type logRow struct {
	At   string
	Unit string
	URL  string
	Why  string
	Step string
	To   []string
}

func (r logRow) same(o logRow) bool {
	return r.At == o.At && r.URL == o.URL && r.Step == o.Step && slices.Equal(r.To, o.To)
}

func (p *pages) urgingLog(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	sent, err := p.Urging.Sent(ctx, actor, id)
	if err != nil {
		return err
	}
	v := viewLog(ctx, sent)
	page := p.page(r, ui.T(ctx, "stuck.log.title"))
	if actor.Can(person.ActionLetterRead, person.On{Unit: sent.Letter.IssuerID}) == nil {
		page.Crumbs = append(page.Crumbs, ui.Link{Text: symbolOf(ctx, sent.Letter), URL: letterURL(id)})
	}
	if actor.Can(person.ActionCascadeUrge, person.On{Unit: sent.Letter.IssuerID}) == nil {
		rules, err := p.Urging.Rules(ctx, actor, id)
		if err != nil {
			return err
		}
		v.RulesURL, v.Rules = rulesURL(id), rules.Rules
	}
	return web.Render(w, r, http.StatusOK, logPage(page, v))
}

func viewLog(ctx context.Context, sent urging.Sent) logView {
	l := lang.From(ctx)
	v := logView{Over: symbolOf(ctx, sent.Letter), Lead: ui.T(ctx, "stuck.log.lead")}
	for _, s := range sent.Steps {
		row := logRow{
			At: l.DateTime(s.At), Unit: s.Unit.FullName, URL: dispatchURL(s.Issue), Step: ui.T(ctx, "stuck.level."+strconv.Itoa(int(s.Step))),
		}
		if s.Cause == urging.ByHand {
			row.Why = ui.T(ctx, "stuck.log.by", "Name", s.By, "Words", s.Words)
		} else {
			row.Why = lang.Capital(ui.T(ctx, "stuck.log.rule", "What", urging.What(l, s.Cause, s.Number), "Date", l.Date(s.Since)))
		}
		for _, to := range s.To {
			name := ui.T(ctx, "urging.role."+to.Role, "Unit", to.Unit.FullName)
			if to.Name != "" {
				name = to.Name + ", " + name
			}
			row.To = append(row.To, name+": "+ui.T(ctx, "stuck.fate."+string(to.Fate)))
		}
		// What was said to the same people about the same unit at once is one row.
		if n := len(v.Rows); n > 0 && v.Rows[n-1].same(row) {
			v.Rows[n-1].Why += "; " + row.Why
			continue
		}
		v.Rows = append(v.Rows, row)
	}
	for _, d := range sent.Drafts {
		v.Drafts = append(v.Drafts, viewDraftRow(ctx, d))
	}
	return v
}

func logTable(ctx context.Context, rows []logRow) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "stuck.log.title"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "stuck.log.unit"), Lead: true},
		{Text: ui.T(ctx, "stuck.log.when")},
		{Text: ui.T(ctx, "stuck.log.why")},
		{Text: ui.T(ctx, "stuck.log.step")},
		{Text: ui.T(ctx, "stuck.log.to")},
	}}
	for _, r := range rows {
		t.Rows = append(t.Rows, []ui.Cell{{Text: r.Unit, URL: r.URL}, {Text: r.At}, {Text: r.Why}, {Text: r.Step}, {Value: logTo(r.To)}})
	}
	return t
}

// rulesTable shows the rules of a letter.
func rulesTable(ctx context.Context, rules urging.Rules) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "stuck.rules.now"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "stuck.rules.when"), Lead: true},
		{Text: ui.T(ctx, "stuck.rules.within")},
		{Text: ui.T(ctx, "stuck.rules.leader")},
		{Text: ui.T(ctx, "stuck.rules.superior")},
	}}
	for _, r := range rules {
		row := []ui.Cell{{Text: ui.T(ctx, "stuck.why."+string(r.Cause))}}
		for i, days := range []int{r.Within, r.Leader, r.Superior} {
			text := ui.T(ctx, "stuck.rules.days", "Count", days)
			switch {
			case !r.On:
				text = ui.T(ctx, "stuck.rules.off")
			case i > 0 && days == 0:
				text = "–"
			}
			row = append(row, ui.Cell{Text: text})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// rulesView is the form of a letter's rules.
type rulesView struct {
	Over   string
	Action string
	Back   string
	Errors []ui.FieldError
	Hidden [2]string
	Rules  []ruleView
}

type ruleView struct {
	Title, Hint string
	On          ui.Field
	Checked     bool
	Days        []ui.Field
}

// ruleDays are the fields of a rule.
var ruleDays = []string{"within", "leader", "superior"}

func (p *pages) rulesPage(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	lr, err := p.Urging.Rules(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	values := url.Values{"version": {strconv.FormatInt(lr.Version, 10)}}
	for _, rule := range lr.Rules {
		if rule.On {
			values.Set(string(rule.Cause)+".on", "1")
		}
		for i, days := range []int{rule.Within, rule.Leader, rule.Superior} {
			values.Set(string(rule.Cause)+"."+ruleDays[i], strconv.Itoa(days))
		}
	}
	return p.showRules(w, r, lr, form.New(values))
}

func (p *pages) showRules(w http.ResponseWriter, r *http.Request, lr urging.LetterRules, f *form.Form) error {
	ctx := r.Context()
	page := p.page(r, ui.T(ctx, "stuck.rules.title"), ui.Link{Text: ui.T(ctx, "stuck.log.title"), URL: logURL(lr.Letter.ID)})
	page.Narrow = true
	v := viewRules(ctx, f)
	v.Over, v.Action, v.Back = symbolOf(ctx, lr.Letter), rulesURL(lr.Letter.ID), logURL(lr.Letter.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), rulesFormPage(page, v))
}

func viewRules(ctx context.Context, f *form.Form) rulesView {
	v := rulesView{Errors: f.Errors(ctx), Hidden: [2]string{"version", f.Value("version")}}
	for _, c := range urging.Causes {
		what := urging.What(lang.From(ctx), c, 0)
		switch c {
		case urging.NotReported:
			what = ui.T(ctx, "stuck.rules.reportName")
		case urging.DutyLate:
			what = ui.T(ctx, "stuck.rules.dutyName")
		}
		one := ruleView{
			Title: ui.T(ctx, "stuck.why."+string(c)), Hint: ui.T(ctx, "stuck.rules.from."+string(c)),
			On:      ui.Field{Name: string(c) + ".on", Label: ui.T(ctx, "stuck.rules.on", "What", what), Value: "1", Required: false},
			Checked: f.Value(string(c)+".on") == "1",
		}
		for _, name := range ruleDays {
			one.Days = append(one.Days, f.Field(ctx, ui.Field{
				Name: string(c) + "." + name, Label: ui.T(ctx, map[string]string{
					"within": "stuck.rules.within", "leader": "stuck.rules.leader", "superior": "stuck.rules.superior",
				}[name]), Unit: ui.T(ctx, "stuck.rules.unit"), InputMode: "numeric", Required: true,
			}))
		}
		v.Rules = append(v.Rules, one)
	}
	return v
}

func (p *pages) setRules(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	lr, err := p.Urging.Rules(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return fault.Malformed.With("")
	}
	rules := readRules(f)
	if f.OK() {
		err := p.Urging.SetRules(ctx, web.ActorOf(ctx), id, version, rules)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		f.Set("version", strconv.FormatInt(lr.Version, 10)) // what somebody else did was told; saving again replaces it
		return p.showRules(w, r, lr, f)
	}
	return web.Done(w, r, logURL(id), "stuck.rules.saved")
}

// readRules reads the form; a number that is none is marked beside its field.
func readRules(f *form.Form) urging.Rules {
	var rules urging.Rules
	for _, c := range urging.Causes {
		rule := urging.Rule{Cause: c, On: f.Value(string(c)+".on") == "1"}
		for i, days := range []*int{&rule.Within, &rule.Leader, &rule.Superior} {
			name := fmt.Sprintf("%s.%s", c, ruleDays[i])
			n, err := strconv.Atoi(strings.TrimSpace(f.Value(name)))
			if err != nil {
				f.Add(name, "stuck.rules.number")
				continue
			}
			*days = n
		}
		rules = append(rules, rule)
	}
	return rules
}
