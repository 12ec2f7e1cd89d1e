package units

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// logView is everything that was sent by way of urging about a letter.
type logView struct {
	Over     string
	Lead     string
	RulesURL string
	Rules    urging.Rules // in force, for whoever may change them
	Rows     []logRow
	Pager    ui.PagerProps
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
	offset, err := strconv.Atoi(r.URL.Query().Get("tu"))
	if err != nil || offset < 0 {
		offset = 0
	}
	v.page(ctx, id, offset)
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

// logRows is how many rows a page of the log shows.
const logRows = 50

// page keeps the rows of one page.
func (v *logView) page(ctx context.Context, letter ident.ID, offset int) {
	total := len(v.Rows)
	if total <= logRows && offset == 0 {
		return
	}
	at := func(offset int) string { return address(logURL(letter), "tu", strconv.Itoa(offset)) }
	from := min(offset, total)
	to := min(from+logRows, total)
	v.Pager = ui.PagerProps{Shown: ui.T(ctx, "stuck.log.shown", "From", min(from+1, total), "To", to, "Total", total)}
	if from > 0 {
		v.Pager.Previous = at(max(0, from-logRows))
	}
	if to < total {
		v.Pager.Next = at(to)
	}
	v.Rows = v.Rows[from:to]
}

func viewLog(ctx context.Context, sent urging.Sent) logView {
	l := lang.From(ctx)
	v := logView{Over: symbolOf(ctx, sent.Letter), Lead: ui.T(ctx, "stuck.log.lead")}
	for _, s := range sent.Steps {
		row := logRow{
			At: l.DateTime(s.At), Unit: s.Unit.FullName, Step: ui.T(ctx, "stuck.level."+strconv.Itoa(int(s.Step))),
		}
		if s.Opens {
			row.URL = dispatchURL(s.Issue)
		}
		if s.Cause == urging.ByHand && s.By == "" {
			row.Why = ui.T(ctx, "stuck.log.byHand", "Words", s.Words)
		} else if s.Cause == urging.ByHand {
			row.Why = ui.T(ctx, "stuck.log.by", "Name", s.By, "Words", s.Words)
		} else if row.Why = urging.What(l, s.Cause, s.Number, s.About); !s.Cause.Dated() {
			row.Why = ui.T(ctx, "stuck.log.rule", "What", row.Why, "Date", l.Date(s.Since))
		}
		row.Why = lang.Capital(row.Why)
		for _, to := range s.To {
			name := ui.T(ctx, "urging.role."+to.Role, "Unit", to.Unit.FullName)
			if to.Name != "" {
				name = to.Name + ", " + name
			}
			row.To = append(row.To, name+": "+ui.T(ctx, "stuck.fate."+string(to.Fate)))
		}
		// What was said to the same people about the same unit at once is one row.
		if n := len(v.Rows); n > 0 && v.Rows[n-1].same(row) {
			if !slices.Contains(strings.Split(v.Rows[n-1].Why, "; "), row.Why) { // turns of a duty that went by say the same
				v.Rows[n-1].Why += "; " + row.Why
			}
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
