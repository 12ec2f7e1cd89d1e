package units

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
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

// boardFilter is the form that chooses units.
type boardFilter struct {
	Action, Clear, Sender string
	State, Area, Search   ui.Field
	States, Areas         []ui.Option
	Used                  bool
}

// boardRows is how many units a page of a board shows.
const boardRows = 50

// tierRow is where the units of one tier lost time.
type tierRow struct {
	Name       string
	Units      string
	Received   string
	Publicised string
	Late       string
	Steps      [3]string // median time to receive, to assign, to publicise
}

// boardRow is one unit.
type boardRow struct {
	Unit         string
	URL          string
	Tier         int
	Status       ui.BadgeProps
	Late         ui.BadgeProps
	Due          clock.Time // zero when nothing is left to do
	Duties       string
	Publicity    string
	Reached      string
	Entrants     string
	Participants string
	BelowURL     string // shows those it passed the letter on to
	Below        string // how they stand
	Receipt      string // when the sender was told that it arrived, or that only its status will be known
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
	v := viewBoard(ctx, b, figures, q)
	crumb := ui.Link{Text: ui.T(ctx, "units.letters.title"), URL: lettersURL(sender.ID)}
	if b.Letter.IssuerID == sender.ID {
		v.SendURL = letterURL(b.Letter.ID) + "/gui"
		if b.Letter.ChallengeID != "" && actor.Can(person.ActionPublicityCampaign, person.On{Unit: sender.ID}) == nil {
			v.CampaignURL = packageAboutURL(sender.ID, b.Letter.ChallengeID)
		}
		crumb = ui.Link{Text: symbolOf(ctx, b.Letter), URL: letterURL(b.Letter.ID)}
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

func viewBoard(ctx context.Context, b cascade.BoardPage, figures map[ident.ID]insight.Unit, q cascade.BoardQuery) boardView {
	v := boardView{Sender: b.Sender.Organ(), Lead: symbolOf(ctx, b.Letter) + " · " + lang.Capital(b.Letter.Fields.Subject), At: b.At, Entries: figures != nil}
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

// viewDays says where the days of the challenge went in one tier.
func viewDays(ctx context.Context, t cascade.Tier, days int) tierDays {
	part := func(key string, n, color int) ui.Datum {
		return ui.Datum{Label: ui.T(ctx, key), Value: int64(n), Text: ui.T(ctx, "units.board.days", "Count", n), Color: color}
	}
	return tierDays{
		Chart: ui.ChartProps{
			ID: "days-" + strconv.Itoa(t.Depth), Title: tierName(ctx, t.Depth),
			Summary: ui.T(ctx, "units.board.lost", "Lost", t.Lost.Total(), "Days", days, "Worst", t.Worst.Total()),
			Label:   ui.T(ctx, "units.board.step"), Unit: ui.T(ctx, "units.board.dayUnit"), Amounts: true,
		},
		Parts: []ui.Datum{
			part("units.board.before", t.Lost.Before, 8), part("units.column.toReceive", t.Lost.Receive, 2), part("units.column.toAssign", t.Lost.Assign, 3),
			part("units.column.toPublicise", t.Lost.Publicise, 4), part("units.board.left", t.Lost.Left, 1),
		},
	}
}

func viewFilter(ctx context.Context, b cascade.BoardPage, q cascade.BoardQuery) boardFilter {
	v := boardFilter{
		Action: letterURL(b.Letter.ID) + "/theo-doi", Sender: string(b.Sender.ID), Used: q.Filter != "" || q.Area != "" || q.Search != "",
		State:  ui.Field{Name: "loc", Label: ui.T(ctx, "units.column.state"), Value: string(q.Filter)},
		Area:   ui.Field{Name: "khu-vuc", Label: ui.T(ctx, "units.board.area"), Value: string(q.Area)},
		Search: ui.Field{Name: "tim", Label: ui.T(ctx, "units.board.search"), Value: q.Search, MaxLength: 100},
		States: []ui.Option{
			{Label: ui.T(ctx, "units.board.every")},
			{Value: string(cascade.FilterLate), Label: ui.T(ctx, "units.board.late")},
			{Value: string(cascade.FilterNotReceived), Label: ui.T(ctx, "units.board.notReceived")},
			{Value: string(cascade.FilterRefused), Label: ui.T(ctx, "units.stands.refused")},
			{Value: string(cascade.FilterUnconfirmed), Label: ui.T(ctx, "units.board.unconfirmed")},
		},
		Areas: []ui.Option{{Label: ui.T(ctx, "units.board.every")}},
	}
	if v.Used {
		v.Clear = boardURL(b.Letter.ID, b.Sender.ID)
	}
	for _, u := range b.Areas {
		v.Areas = append(v.Areas, ui.Option{Value: string(u.ID), Label: u.FullName})
	}
	return v
}

func pagerOf(ctx context.Context, total int, q cascade.BoardQuery) ui.PagerProps {
	if total <= boardRows && q.Offset == 0 {
		return ui.PagerProps{}
	}
	at := func(offset int) string {
		return address(letterURL(q.Letter)+"/theo-doi", "don-vi", string(q.Sender), "tu", strconv.Itoa(offset),
			"duoi", string(q.Below), "loc", string(q.Filter), "khu-vuc", string(q.Area), "tim", q.Search)
	}
	p := ui.PagerProps{Shown: ui.T(ctx, "units.board.shown", "From", min(q.Offset+1, total), "To", min(q.Offset+boardRows, total), "Total", total)}
	if q.Offset > 0 {
		p.Previous = at(max(0, q.Offset-boardRows))
	}
	if q.Offset+boardRows < total {
		p.Next = at(q.Offset + boardRows)
	}
	return p
}

func viewRow(ctx context.Context, row cascade.Row, figures map[ident.ID]insight.Unit, now clock.Time) boardRow {
	v := boardRow{
		Unit: row.Unit.FullName, URL: dispatchURL(row.ID), Tier: row.Tier, Status: ui.StatusOf(ctx, ui.FamilyDispatch, row.Status()),
		Late: lateBadge(ctx, row.Late, now), Duties: ui.Number(ctx, row.DutiesDone) + "/" + ui.Number(ctx, row.Duties),
		Publicity: ui.Number(ctx, row.Publicity.Records), Receipt: cmp.Or(outsideText(ctx, row.Dispatch), receiptText(ctx, row.Dispatch)),
	}
	if !row.ExpectsRecords() {
		if v.Publicity == "0" {
			v.Publicity = "–"
		}
		if row.DutiesDone == 0 {
			v.Duties = "–"
		}
	}
	if row.State.Open() {
		v.Due = row.FinishBy()
	}
	if row.Publicity.People > 0 {
		v.Reached = ui.T(ctx, "units.publicity.people", "Count", row.Publicity.People)
	}
	if figures != nil {
		u := figures[row.ReceiverID]
		v.Entrants, v.Participants = ui.Number(ctx, u.Registrations), ui.Number(ctx, u.Participants)
	}
	return v
}

func tierName(ctx context.Context, depth int) string {
	if depth == 1 {
		return ui.T(ctx, "units.board.tierFirst")
	}
	return ui.T(ctx, "units.board.tier", "Number", depth)
}

func viewTier(ctx context.Context, t cascade.Tier) tierRow {
	v := tierRow{
		Name: tierName(ctx, t.Depth), Units: ui.Number(ctx, t.Units),
		Publicised: ui.Number(ctx, t.Publicised), Late: ui.Number(ctx, t.Late),
	}
	for i, step := range []cascade.Step{cascade.StepReceive, cascade.StepAssign, cascade.StepPublicise} {
		v.Steps[i] = "–"
		if took, ok := t.Median[step]; ok {
			v.Steps[i] = roughly(ctx, took)
		}
	}
	return v
}

func tierTable(ctx context.Context, tiers []tierRow) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "units.board.time"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.tier"), Lead: true},
		{Text: ui.T(ctx, "units.column.units"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toReceive"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toAssign"), Numeric: true},
		{Text: ui.T(ctx, "units.column.toPublicise"), Numeric: true},
		{Text: ui.T(ctx, "units.board.publicised"), Numeric: true},
		{Text: ui.T(ctx, "units.board.late"), Numeric: true},
	}}
	for _, r := range tiers {
		t.Rows = append(t.Rows, []ui.Cell{
			{Text: r.Name}, {Text: r.Units}, {Text: r.Steps[0]}, {Text: r.Steps[1]}, {Text: r.Steps[2]}, {Text: r.Publicised}, {Text: r.Late},
		})
	}
	return t
}

func boardTable(ctx context.Context, v boardView) ui.TableProps {
	t := ui.TableProps{Caption: ui.T(ctx, "units.board.units"), Hidden: true, Columns: []ui.Column{
		{Text: ui.T(ctx, "units.column.unit"), Lead: true},
		{Text: ui.T(ctx, "units.column.state")},
	}}
	due := slices.ContainsFunc(v.Rows, func(r boardRow) bool { return !r.Due.IsZero() })
	if due {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.column.due")})
	}
	t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.duties"), Numeric: true}, ui.Column{Text: ui.T(ctx, "units.publicity"), Numeric: true})
	if v.Entries {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.column.entrants"), Numeric: true},
			ui.Column{Text: ui.T(ctx, "units.column.participants"), Numeric: true})
	}
	for _, r := range v.Rows {
		cells := []ui.Cell{{Value: boardUnit(r)}, {Value: boardStatus(r)}}
		if due {
			cells = append(cells, ui.Cell{Value: moment(r.Due)})
		}
		cells = append(cells, ui.Cell{Text: r.Duties}, ui.Cell{Value: boardPublicity(r)})
		if v.Entries {
			cells = append(cells, ui.Cell{Text: r.Entrants}, ui.Cell{Text: r.Participants})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
