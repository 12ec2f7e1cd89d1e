package units

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// inboxLooks is how many dispatches an inbox shows, the newest first.
const inboxLooks = 500

// itemView is one dispatch in a list of a unit.
type itemView struct {
	URL     string
	Symbol  string
	Subject string
	Sender  string
	Arrived clock.Time
	Number  string // arrival number, when it was received
	Status  ui.BadgeProps
	Late    ui.BadgeProps
	Asked   ui.BadgeProps // the sender changed the letter and waits for an answer
	Due     clock.Time
}

// inboxView is what has arrived at a unit.
type inboxView struct {
	Unit       string
	LettersURL string
	Tabs       []ui.Tab
	Filter     inboxFilter
	Items      []itemView
	Empty      bool // nothing ever arrived, as opposed to nothing matching
	Cut        bool // there are older ones that are not shown
}

type inboxFilter struct {
	Action string
	Clear  string
	View   string
	Words  ui.Field
	Sender ui.Field
	From   []ui.Option
}

// mayBeEmpty is for the controls of a filter: nobody needs to be told that they are optional.
var mayBeEmpty = templ.Attributes{"required": false}

// The views of an inbox, as they stand in the address.
const (
	viewOpen = "dang-lam"
	viewNew  = "can-nhan"
	viewLate = "qua-han"
	viewDone = "da-xong"
)

func inView(it cascade.Item, view string) bool {
	switch view {
	case viewNew:
		return it.State == cascade.Arrived
	case viewOpen:
		return it.State.Open() && it.State != cascade.Arrived
	case viewLate:
		return len(it.Late) > 0
	case viewDone:
		return !it.State.Open()
	}
	return true
}

func (p *pages) inbox(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	u, err := p.unitOf(ctx, r.PathValue("unit"))
	if err != nil {
		return err
	}
	in, err := p.Cascade.Inbox(ctx, actor, u.ID, inboxLooks)
	if err != nil {
		return err
	}
	v := viewInbox(ctx, in, form.Query(r), p.now())
	if actor.Can(person.ActionLetterRead, person.On{Unit: u.ID}) == nil {
		v.LettersURL = lettersURL(u.ID)
	}
	return web.Render(w, r, http.StatusOK, inboxPage(p.page(r, ui.T(ctx, "units.inbox.title")), v))
}

func viewInbox(ctx context.Context, in cascade.Inbox, f *form.Form, now clock.Time) inboxView {
	view, sender, words := f.Value("xem"), f.Value("tu"), lang.Fold(f.Text("tim"))
	here := inboxURL(in.Unit.ID)
	v := inboxView{Unit: in.Unit.Organ(), Empty: len(in.Items) == 0}
	total, senders := 0, map[string]bool{}
	for _, n := range in.Count {
		total += n
	}
	v.Cut = total > len(in.Items)
	address := func(view, sender, words string) string { return address(here, "xem", view, "tu", sender, "tim", words) }
	v.Filter = inboxFilter{
		Action: here, View: view,
		Words:  f.Field(ctx, ui.Field{Name: "tim", Label: ui.T(ctx, "units.inbox.words"), MaxLength: 200, Required: true, Attrs: mayBeEmpty}),
		Sender: f.Field(ctx, ui.Field{Name: "tu", Label: ui.T(ctx, "units.inbox.from"), Required: true, Attrs: mayBeEmpty}),
		From:   []ui.Option{{Label: ui.T(ctx, "units.inbox.anyone")}},
	}
	if sender != "" || words != "" {
		v.Filter.Clear = address(view, "", "")
	}
	count := map[string]int{}
	for _, it := range in.Items {
		if id := senderKey(it); !senders[id] {
			senders[id] = true
			v.Filter.From = append(v.Filter.From, ui.Option{Value: id, Label: it.Sender.Organ()})
		}
		for _, one := range []string{"", viewNew, viewOpen, viewLate, viewDone} {
			if inView(it, one) {
				count[one]++
			}
		}
		if inView(it, view) && (sender == "" || sender == senderKey(it)) && matches(it.Letter, words) {
			v.Items = append(v.Items, viewItem(ctx, it, now))
		}
	}
	tab := func(one, text string) {
		v.Tabs = append(v.Tabs, ui.Tab{
			Text: text, URL: address(one, sender, f.Text("tim")), Count: ui.Number(ctx, count[one]), Current: view == one,
		})
	}
	tab("", ui.T(ctx, "units.inbox.all"))
	tab(viewNew, ui.T(ctx, "units.desk.toReceive"))
	tab(viewOpen, ui.T(ctx, "units.desk.underWay"))
	tab(viewLate, ui.T(ctx, "units.desk.late"))
	tab(viewDone, ui.T(ctx, "units.inbox.done"))
	return v
}

// senderKey tells senders apart; those of letters on paper by their names.
func senderKey(it cascade.Item) string {
	if it.Entered() {
		return lang.Fold(it.Sender.Organ())
	}
	return string(it.SenderID)
}

// matches compares without accents: somebody who types "huong ung" finds "hưởng ứng".
func matches(l letter.Letter, folded string) bool {
	return folded == "" || strings.Contains(lang.Fold(l.Symbol()+" "+l.Fields.Subject), folded)
}

func viewItem(ctx context.Context, it cascade.Item, now clock.Time) itemView {
	v := itemView{
		URL: dispatchURL(it.ID), Symbol: symbolOf(ctx, it.Letter), Subject: it.Letter.Fields.Subject, Sender: it.Sender.Organ(),
		Arrived: it.ArrivedAt, Number: arrivalNumber(ctx, it.Dispatch),
		Status: ui.StatusOf(ctx, ui.FamilyDispatch, it.Status()), Late: lateBadge(ctx, it.Late, now),
	}
	if it.State.Open() {
		v.Due = it.FinishBy()
	}
	switch {
	case it.Asked == "":
	case it.Frozen():
		v.Asked = ui.BadgeProps{Text: ui.T(ctx, "units.asked.recallWaits"), Icon: ui.IconReturn, Tone: ui.BadgeBad}
	default:
		v.Asked = ui.BadgeProps{Text: ui.T(ctx, "units.asked.updateWaits"), Icon: ui.IconWarning, Tone: ui.BadgeWait}
	}
	return v
}

func itemTable(ctx context.Context, caption string, items []itemView) ui.TableProps {
	t := ui.TableProps{Caption: caption, Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.letter"), Lead: true},
		{Text: ui.T(ctx, "units.column.sender")},
		{Text: ui.T(ctx, "units.column.arrived")},
		{Text: ui.T(ctx, "units.column.due")},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	for _, it := range items {
		t.Rows = append(t.Rows, []ui.Cell{
			{Value: matter(it.URL, it.Symbol, it.Subject)},
			{Value: itemSender(it)},
			{Value: moment(it.Arrived)},
			{Value: moment(it.Due)},
			{Value: itemStatus(it)},
		})
	}
	return t
}
