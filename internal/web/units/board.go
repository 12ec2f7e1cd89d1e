package units

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// boardView is what became of a letter below the unit that sent it.
type boardView struct {
	Sender      string
	Lead        string
	At          clock.Time
	Figures     []ui.StatProps
	Late        []lateRow // those who are overdue longest
	More        int       // how many are overdue besides them
	Tiers       []tierRow
	Rows        []boardRow
	Entries     bool // figures of a linked challenge are shown
	SendURL     string
	CampaignURL string // writes of what the units below make their publicity
	StuckURL    string
	LogURL      string
	FileURL     string     // all of it as a sheet
	Duties      []ui.Link  // of the letter, each with everybody who has it
	Days        []tierDays // where the challenge's days went, tier by tier
	Path        []ui.Link  // from the sender down to whose receivers are shown
	Filter      boardFilter
	Pager       ui.PagerProps
}

// lateRow is a unit that is overdue, for those who may urge it.
type lateRow struct {
	Unit   string
	URL    string
	What   []string
	Status ui.BadgeProps
}

// tierDays is the clock of the challenge for the unit in the middle of a tier.
type tierDays struct {
	Chart ui.ChartProps
	Parts []ui.Datum
}

func (p *pages) board(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	actor := web.ActorOf(ctx)
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	sender, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	f := form.New(r.URL.Query())
	if f.Value("dang") == "xlsx" {
		return p.boardFile(w, r, id, sender.ID)
	}
	q := cascade.BoardQuery{
		Letter: id, Sender: sender.ID, Below: ident.ID(f.Value("duoi")), Filter: cascade.BoardFilter(f.Value("loc")), Area: ident.ID(f.Value("khu-vuc")),
		Search: lang.Clean(f.Value("tim")), Limit: boardRows,
	}
	if n, err := strconv.Atoi(f.Value("tu")); err == nil && n > 0 {
		q.Offset = n
	}
	b, err := p.Cascade.BoardPage(ctx, actor, q)
	if err != nil {
		return err
	}
	figures, err := p.challengeFigures(ctx, b.Letter)
	if err != nil {
		return err
	}
	issuer, err := p.Units.Unit(ctx, b.Letter.IssuerID)
	if err != nil {
		return err
	}
	v := viewBoard(ctx, b, issuer, figures, q)
	crumb := ui.Link{Text: ui.T(ctx, "units.letters.title"), URL: lettersURL(sender.ID)}
	if b.Letter.IssuerID == sender.ID {
		if b.Letter.State == letter.Registered { // another organ's is passed on
			v.SendURL = letterURL(b.Letter.ID) + "/gui"
		}
		if b.Letter.ChallengeID != "" && actor.Can(person.ActionPublicityCampaign, person.On{Unit: sender.ID}) == nil {
			v.CampaignURL = packageAboutURL(sender.ID, b.Letter.ChallengeID)
		}
		crumb = ui.Link{Text: symbolOf(ctx, b.Letter), URL: letterURL(b.Letter.ID)}
	} else if len(b.Papers) == 1 {
		crumb = ui.Link{Text: symbolOf(ctx, b.Papers[0]), URL: letterURL(b.Papers[0].ID)}
	}
	return web.Render(w, r, http.StatusOK, boardPage(p.page(r, ui.T(ctx, "units.board.title"), crumb), v))
}

// challengeFigures are the totals by unit of the challenge that the letter is about; nil when there is none to see.
func (p *pages) challengeFigures(ctx context.Context, l letter.Letter) (map[ident.ID]insight.Unit, error) {
	if p.Insight == nil || l.ChallengeID == "" {
		return nil, nil
	}
	snapshot, err := p.Insight.Get(ctx, web.ActorOf(ctx), l.ChallengeID)
	switch fault.KindOf(err) {
	case fault.NotFound, fault.Forbidden:
		return nil, nil // still a draft of its board
	default:
	}
	if err != nil {
		return nil, err
	}
	figures := map[ident.ID]insight.Unit{}
	for _, u := range snapshot.Units.Units {
		figures[u.Unit] = u
	}
	return figures, nil
}

func viewBoard(ctx context.Context, b cascade.BoardPage, issuer unit.Unit, figures map[ident.ID]insight.Unit, q cascade.BoardQuery) boardView {
	v := boardView{Sender: b.Sender.Organ(), Lead: boardLead(ctx, b.Board, issuer) + " · " + lang.Capital(b.Letter.Fields.Subject), At: b.At, Entries: figures != nil}
	here := boardURL(b.Letter.ID, b.Sender.ID)
	for _, row := range b.Rows {
		one := viewRow(ctx, row, figures, b.At)
		if row.Below.Units > 0 {
			one.BelowURL = here + "&duoi=" + string(row.ReceiverID)
			one.Below = ui.T(ctx, "units.board.below", "Count", row.Below.Units, "Received", row.Below.Received, "Late", row.Below.Late)
		}
		v.Rows = append(v.Rows, one)
	}
	v.More = max(0, b.All.Late-len(b.Late))
	for _, row := range b.Late {
		one := lateRow{Unit: row.Unit.FullName, URL: dispatchURL(row.ID), Status: ui.StatusOf(ctx, ui.FamilyDispatch, row.Status())}
		for _, l := range row.Late {
			one.What = append(one.What, lateText(ctx, l, b.At))
		}
		v.Late = append(v.Late, one)
	}
	of := func(n, units int, icon ui.IconName, label string) ui.StatProps {
		key := "units.board.of"
		if len(b.Tiers) > 1 {
			key = "units.board.ofTiers"
		}
		return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, key, "Count", units), Icon: icon, Label: label}
	}
	v.Figures = []ui.StatProps{
		of(b.All.Received, b.All.Units, ui.IconLetter, ui.T(ctx, "units.board.received")),
		of(b.All.Publicised, max(b.All.Units-b.All.Outside, b.All.Publicised), ui.IconHorn, ui.T(ctx, "units.board.publicised")),
		of(b.All.Late, b.All.Units, ui.IconWarning, ui.T(ctx, "units.board.late")),
	}
	for _, t := range b.Tiers {
		v.Tiers = append(v.Tiers, viewTier(ctx, t))
		if b.Days > 0 {
			v.Days = append(v.Days, viewDays(ctx, t, b.Days))
		}
	}
	if len(b.Path) > 0 {
		v.Path = []ui.Link{{Text: b.Sender.FullName, URL: here}}
		for _, row := range b.Path {
			v.Path = append(v.Path, ui.Link{Text: row.Unit.FullName, URL: here + "&duoi=" + string(row.ReceiverID)})
		}
	}
	v.FileURL = here + "&dang=xlsx"
	v.StuckURL, v.LogURL = stuckURL(b.Sender.ID), logURL(b.Letter.ID)
	if b.Letter.IssuerID == b.Sender.ID {
		for _, d := range b.Letter.Fields.Duties {
			v.Duties = append(v.Duties, ui.Link{Text: strconv.Itoa(d.Number) + ". " + d.Text, URL: letterDutyURL(b.Letter.ID, d.Number)})
		}
	}
	v.Filter, v.Pager = viewFilter(ctx, b, q), pagerOf(ctx, b.Total, q)
	return v
}

// boardLead names the letter that travels, and for a unit that passed it on also whose it is and the unit's own letter with
// which it did.
func boardLead(ctx context.Context, b cascade.Board, issuer unit.Unit) string {
	name := calledOf(ctx, b.Letter)
	if b.Letter.IssuerID == b.Sender.ID {
		return name
	}
	if len(b.Papers) == 0 {
		return ui.T(ctx, "units.board.passed", "Letter", name, "Issuer", issuer.Organ(), "Sender", b.Sender.Organ())
	}
	own := make([]string, len(b.Papers))
	for i, l := range b.Papers {
		own[i] = calledOf(ctx, l)
	}
	return ui.T(ctx, "units.board.passedWith", "Letter", name, "Issuer", issuer.Organ(), "Own", strings.Join(own, ", "), "Sender", b.Sender.Organ())
}

// viewDays says where the days of the challenge went in one tier.
func viewDays(ctx context.Context, t cascade.Tier, days int) tierDays {
	var parts []ui.Datum
	for _, part := range lostParts(t.Lost) {
		parts = append(parts, ui.Datum{
			Label: ui.T(ctx, part.key), Value: int64(part.days), Text: ui.T(ctx, "units.board.days", "Count", part.days), Color: part.color,
		})
	}
	return tierDays{
		Chart: ui.ChartProps{
			ID: "days-" + strconv.Itoa(t.Depth), Title: tierName(ctx, t.Depth),
			Summary: ui.T(ctx, "units.board.lost", "Lost", t.Lost.Total(), "Days", days, "Worst", t.Worst.Total()),
			Label:   ui.T(ctx, "units.board.step"), Unit: ui.T(ctx, "units.board.dayUnit"), Amounts: true,
		},
		Parts: parts,
	}
}

// lostPart is where some of the days went: the key of its name, and its colour in charts.
type lostPart struct {
	key   string
	days  int
	color int
}

// lostParts are all of them, in the order of the way.
func lostParts(l cascade.Lost) []lostPart {
	return []lostPart{
		{"units.board.before", l.Before, 8},
		{"units.column.toReceive", l.Receive, 2},
		{"units.column.toAssign", l.Assign, 3},
		{"units.column.toPublicise", l.Publicise, 4},
		{"units.board.left", l.Left, 1},
	}
}
