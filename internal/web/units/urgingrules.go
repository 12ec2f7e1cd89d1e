package units

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

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
			case i == 0 && r.Cause.Ahead():
				text = ui.T(ctx, "stuck.rules.daysBefore", "Count", days)
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
	l := lang.From(ctx)
	for _, c := range urging.Causes {
		what := urging.What(l, c, 0, urging.About{})
		if name := "stuck.rules.name." + string(c); l.Has(name) {
			what = ui.T(ctx, name)
		}
		one := ruleView{
			Title: ui.T(ctx, "stuck.why."+string(c)), Hint: ui.T(ctx, "stuck.rules.from."+string(c)),
			On:      ui.Field{Name: string(c) + ".on", Label: ui.T(ctx, "stuck.rules.on", "What", what), Value: "1", Required: false},
			Checked: f.Value(string(c)+".on") == "1",
		}
		for _, name := range daysOf(c) {
			one.Days = append(one.Days, f.Field(ctx, ui.Field{
				Name: string(c) + "." + name, Label: ui.T(ctx, dayLabel(c, name)), Unit: ui.T(ctx, "stuck.rules.unit"), InputMode: "numeric", Required: true,
			}))
		}
		v.Rules = append(v.Rules, one)
	}
	return v
}

// daysOf are the fields of the rule for a cause: no letter urges about what stays inside a unit.
func daysOf(c urging.Cause) []string {
	if c.Inside() {
		return ruleDays[:2]
	}
	return ruleDays
}

func dayLabel(c urging.Cause, name string) string {
	switch {
	case name == "within" && c.Ahead():
		return "stuck.rules.before"
	case name == "within" && c.Inside():
		return "stuck.rules.withinPart"
	case name == "leader" && c.Ahead():
		return "stuck.rules.leaderAfter"
	}
	return map[string]string{"within": "stuck.rules.within", "leader": "stuck.rules.leader", "superior": "stuck.rules.superior"}[name]
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
		fields := []*int{&rule.Within, &rule.Leader, &rule.Superior}
		for i, day := range daysOf(c) {
			name, days := fmt.Sprintf("%s.%s", c, day), fields[i]
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
