package units

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/urging"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// stuckShown is how many rows of one cause the page shows: who urges a hundred units does not read them one by one.
const stuckShown = 100

// stuckView is what does not go on below a unit, and why.
type stuckView struct {
	Unit    string
	Lead    string
	UnitID  ident.ID
	Figures []ui.StatProps
	Drafts  []draftRow
	Parts   []stuckRow // of people of the unit itself
	Groups  []stuckGroup
	Chooses bool // some rows can be urged about
	At      urging.Stuck
}

type stuckGroup struct {
	ID, Title, Hint string
	Rows            []stuckRow
	More            int
}

// stuckRow is one unit with the one thing to do about it.
type stuckRow struct {
	Unit, URL, Symbol string
	What              []string
	Note              string
	Who               string
	Done              string
	Choose            ident.ID // a checkbox sends it; empty for what cannot be urged about
	Button            ui.ButtonProps
	ButtonURL         string         // empty: the button's text is only said
	Other             ui.ButtonProps // beside the one thing; without text there is none
	OtherURL          string
}

// draftRow is a letter of urging that waits for its sign-off.
type draftRow struct {
	URL, Title, Units string // without a URL the letter is for others to open
	Status            ui.BadgeProps
}

func stuckURL(unit ident.ID) string { return stuckPath + "?don-vi=" + string(unit) }

func urgeURL(unit ident.ID, dispatches ...ident.ID) string {
	q := url.Values{"don-vi": {string(unit)}}
	for _, id := range dispatches {
		q.Add("ban-gui", string(id))
	}
	return stuckPath + "/don-doc?" + q.Encode()
}

func logURL(letterID ident.ID) string   { return letterURL(letterID) + "/don-doc" }
func rulesURL(letterID ident.ID) string { return logURL(letterID) + "/quy-tac" }

const stuckPath = "/don-vi/vuong-mac"

func (p *pages) stuck(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	st, err := p.Urging.Stuck(ctx, actor, u.ID)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, stuckPage(p.page(r, ui.T(ctx, "stuck.title")), viewStuck(ctx, st, actor, p.Exchange != nil)))
}

func viewStuck(ctx context.Context, st urging.Stuck, actor person.Actor, exchanges bool) stuckView {
	v := stuckView{Unit: st.Unit.Organ(), UnitID: st.Unit.ID, Lead: ui.T(ctx, "stuck.lead", "Unit", st.Unit.Organ()), At: st}
	out := map[ident.ID]bool{}
	for _, g := range st.Groups {
		one := stuckGroup{ID: "nhom-" + string(g.Why), Title: ui.T(ctx, "stuck.why."+string(g.Why)), Hint: ui.T(ctx, "stuck.hint."+string(g.Why))}
		one.More = max(0, len(g.Rows)-stuckShown)
		for i, row := range g.Rows {
			if slices.Contains([]urging.Why{urging.NobodyToTell, urging.MailFailed, urging.Why(urging.NotDelivered)}, g.Why) {
				out[row.Receiver.ID] = true
			}
			if i >= stuckShown {
				continue
			}
			r := viewStuckRow(ctx, st.Unit.ID, row, actor, exchanges)
			v.Chooses = v.Chooses || r.Choose != ""
			one.Rows = append(one.Rows, r)
		}
		v.Groups = append(v.Groups, one)
	}
	for _, part := range st.Parts[:min(len(st.Parts), stuckShown)] {
		v.Parts = append(v.Parts, viewStuckPart(ctx, part))
	}
	for _, d := range st.Drafts {
		v.Drafts = append(v.Drafts, viewDraftRow(ctx, d))
	}
	figure := func(n int, unit string, icon ui.IconName, label string) ui.StatProps {
		return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, unit, "Count", n), Icon: icon, Label: ui.T(ctx, label)}
	}
	v.Figures = []ui.StatProps{
		figure(st.Units, "stuck.units", ui.IconHourglass, "stuck.figure.units"),
		figure(len(out), "stuck.units", ui.IconWarning, "stuck.figure.unreachable"),
		figure(len(st.Drafts), "stuck.letters", ui.IconPen, "stuck.figure.drafts"),
	}
	return v
}

func viewStuckRow(ctx context.Context, unitID ident.ID, row urging.StuckRow, actor person.Actor, exchanges bool) stuckRow {
	l := lang.From(ctx)
	r := stuckRow{Unit: row.Receiver.FullName, URL: dispatchURL(row.Dispatch.ID), Symbol: symbolOf(ctx, row.Letter)}
	days := ui.T(ctx, "stuck.today")
	switch {
	case row.Soon && row.Days > 0:
		days = ui.T(ctx, "stuck.left", "Count", row.Days)
	case row.Days > 0:
		days = ui.T(ctx, "stuck.days", "Count", row.Days, "Date", l.Date(row.Matter.Overdue()))
	}
	first := whatOf(l, row.Matter)
	if row.Refused != "" {
		first = ui.T(ctx, "stuck.refusedChange")
	}
	r.What = []string{lang.Capital(ui.T(ctx, "stuck.what", "What", first, "Days", days))}
	for _, m := range row.Also { // turns of a duty that went by say the same
		if one := whatOf(l, m); one != first && !slices.Contains(r.What, lang.Capital(one)) {
			r.What = append(r.What, lang.Capital(one))
		}
	}
	switch {
	case row.Matter.Cause == urging.Objected:
		r.Note = ui.T(ctx, "stuck.reason", "Reason", row.Reason)
		if row.Action == urging.Refer {
			r.Note += " " + ui.T(ctx, "stuck.answers", "Unit", row.Sender.FullName)
		}
	case row.SuperiorOut && row.Superior.ID == "":
		r.Note = ui.T(ctx, "stuck.noSuperior")
	case row.SuperiorOut:
		r.Note = ui.T(ctx, "stuck.superiorOut", "Unit", row.Superior.FullName)
	case row.Waits.ID != "":
		r.Note = ui.T(ctx, "stuck.waits", "Unit", row.Waits.FullName)
	case row.Action == urging.UrgeAbove:
		r.Note = ui.T(ctx, "stuck.aboveNote", "Unit", row.Through.Unit.FullName)
	case row.Action == urging.Refer && (row.Superior.ID == "" || row.Superior.ID == row.Sender.ID):
		r.Note = ui.T(ctx, "stuck.refer", "Unit", row.Sender.FullName)
	case row.Action == urging.Refer:
		r.Note = ui.T(ctx, "stuck.referEither", "Unit", row.Sender.FullName, "Superior", row.Superior.FullName)
	}
	for _, o := range row.Responsible {
		r.Who = listed(r.Who, ui.T(ctx, "stuck.official", "Name", o.Name, "Role", ui.T(ctx, "person.role."+o.Role)))
	}
	switch {
	case r.Who != "" || row.Matter.Cause == urging.NotDelivered:
	case row.Dispatch.Outside:
		r.Who = outsideText(ctx, row.Dispatch)
	default:
		r.Who = ui.T(ctx, "stuck.nobody")
	}
	if row.Matter.Cause != urging.Objected { // nobody is urged about it
		r.Done = doneText(ctx, row.Done)
	}
	r.act(ctx, unitID, row, actor, exchanges)
	return r
}

func whatOf(l *lang.Localizer, m urging.Matter) string {
	return urging.What(l, m.Cause, m.Number, m.About)
}

// viewStuckPart is the overdue part of a person of the unit. It cannot be urged about by hand: who sees it can speak to them.
func viewStuckPart(ctx context.Context, part urging.StuckPart) stuckRow {
	l := lang.From(ctx)
	at := dutyURL(part.Dispatch.ID, part.Matter.About.Duty)
	days := ui.T(ctx, "stuck.today")
	if part.Days > 0 {
		days = ui.T(ctx, "stuck.days", "Count", part.Days, "Date", l.Date(part.Matter.Due))
	}
	return stuckRow{
		Unit: part.Matter.About.Name, URL: at, Symbol: symbolOf(ctx, part.Letter), Done: doneText(ctx, part.Done),
		What:   []string{lang.Capital(ui.T(ctx, "stuck.what", "What", whatOf(l, part.Matter), "Days", days))},
		Button: ui.ButtonProps{Text: ui.T(ctx, "stuck.partOpen"), Icon: ui.IconHalf, Small: true}, ButtonURL: at,
	}
}

// act sets the one button of a row, and whether it can be chosen for urging together with others.
func (r *stuckRow) act(ctx context.Context, unitID ident.ID, row urging.StuckRow, actor person.Actor, exchanges bool) {
	if row.Choose {
		r.Choose = row.Dispatch.ID
	}
	r.Button = ui.ButtonProps{Text: ui.T(ctx, "stuck.action.urge"), Icon: ui.IconHorn, Small: true}
	switch row.Action {
	case urging.UrgeNow:
		r.ButtonURL = urgeURL(unitID, row.Dispatch.ID)
	case urging.UrgeAbove:
		r.Button.Text, r.ButtonURL = ui.T(ctx, "stuck.action.above", "Unit", row.Through.Unit.FullName), urgeURL(unitID, row.Through.Dispatch)
	case urging.Refer:
		r.Button = ui.ButtonProps{}
	case urging.OpenDraft:
		r.Button.Text, r.Button.Icon, r.ButtonURL = ui.T(ctx, "stuck.action.draft"), ui.IconPen, editorURL(row.Draft)
	case urging.Call:
		for _, o := range row.Responsible {
			if o.Phone != "" {
				r.Button.Text, r.Button.Icon, r.ButtonURL = ui.T(ctx, "stuck.action.call", "Phone", lang.FormatPhone(o.Phone)), ui.IconPerson, "tel:"+o.Phone
				break
			}
		}
	case urging.TakeBack:
		if actor.Can(person.ActionCascadeSend, person.On{Unit: row.Dispatch.SenderID}) == nil {
			r.Button.Text, r.Button.Icon, r.ButtonURL = ui.T(ctx, "stuck.action.recall"), ui.IconReturn, r.URL+"/thu-hoi"
		} else {
			r.Button = ui.ButtonProps{}
		}
	case urging.Trace:
		r.Button = ui.ButtonProps{}
		if sender := row.Dispatch.SenderID; exchanges && actor.Can(person.ActionExchangeRead, person.On{Unit: sender}) == nil {
			r.Button = ui.ButtonProps{Text: ui.T(ctx, "stuck.action.trace"), Icon: ui.IconHourglass, Small: true}
			r.ButtonURL = exchangePath + "?don-vi=" + string(sender)
		}
	case urging.SendAgain:
		r.Button, r.ButtonURL = ui.ButtonProps{Text: ui.T(ctx, "units.again.title"), Icon: ui.IconSend, Small: true}, r.URL+againPath
		r.settle(ctx)
	case urging.Settle:
		r.settle(ctx)
		r.Button, r.ButtonURL, r.Other, r.OtherURL = r.Other, r.OtherURL, ui.ButtonProps{}, ""
	case urging.Wait:
		r.Button = ui.ButtonProps{Text: ui.T(ctx, "stuck.action.wait")}
	}
}

// settle adds that the sender may leave it at what was refused.
func (r *stuckRow) settle(ctx context.Context) {
	r.Other, r.OtherURL = ui.ButtonProps{Kind: ui.ButtonQuiet, Text: ui.T(ctx, "units.settle.title"), Icon: ui.IconCheck, Small: true}, r.URL+settlePath
}

// doneText says what was sent already, the newest first; a step is said once for each day.
func doneText(ctx context.Context, done []urging.StepDone) string {
	keys := map[urging.Step]string{
		urging.Hand: "stuck.step.hand", urging.Remind: "stuck.step.remind", urging.Escalate: "stuck.step.leader", urging.Draft: "stuck.step.draft",
	}
	text, seen := "", map[string]bool{}
	for _, d := range done {
		one := ui.T(ctx, keys[d.Step], "Date", lang.From(ctx).Date(d.At))
		if !seen[one] {
			seen[one] = true
			text = listed(text, one)
		}
	}
	if text == "" {
		return ui.T(ctx, "stuck.notYet")
	}
	return text
}

func viewDraftRow(ctx context.Context, d urging.DraftLetter) draftRow {
	row := draftRow{
		Title:  ui.T(ctx, "stuck.draftFor", "Symbol", symbolOf(ctx, d.Urged)),
		Units:  ui.T(ctx, "stuck.draftUnits", "Count", len(d.Units), "Names", unitNames(d.Units)),
		Status: ui.StatusOf(ctx, ui.FamilyLetter, string(d.Letter.State)),
	}
	switch {
	case d.Readable:
		row.URL = editorURL(d.Letter.ID)
	case d.Open():
		row.Units += ". " + ui.T(ctx, "stuck.waits", "Unit", d.Superior.FullName)
	}
	return row
}

// listed adds to a list in one line.
func listed(list, one string) string {
	if list == "" {
		return one
	}
	return list + " · " + one
}
