package units

import (
	"context"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// boardUrges is how many units the list of those to be urged names; the table marks them all.
const boardUrges = 8

// boardView is what became of a letter below the unit that sent it.
type boardView struct {
	Sender   string
	Lead     string
	At       clock.Time
	Figures  []ui.StatProps
	Late     []lateRow // those who are overdue longest
	More     int       // how many are overdue besides them
	Tiers    []tierRow
	Rows     []boardRow
	Entries  bool // figures of a linked challenge are shown
	SendURL  string
	StuckURL string
	LogURL   string
}

// lateRow is a unit that is overdue, for those who may urge it.
type lateRow struct {
	Unit   string
	URL    string
	What   []string
	Status ui.BadgeProps
}

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
	Duties       string
	Publicity    string
	Reached      string
	Entrants     string
	Participants string
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
	b, err := p.Cascade.Board(ctx, actor, id, sender.ID)
	if err != nil {
		return err
	}
	figures, err := p.challengeFigures(ctx, b.Letter)
	if err != nil {
		return err
	}
	v := viewBoard(ctx, b, figures)
	crumb := ui.Link{Text: ui.T(ctx, "units.letters.title"), URL: lettersURL(sender.ID)}
	if b.Letter.IssuerID == sender.ID {
		v.SendURL = letterURL(b.Letter.ID) + "/gui"
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

func viewBoard(ctx context.Context, b cascade.Board, figures map[ident.ID]insight.Unit) boardView {
	v := boardView{StuckURL: stuckURL(b.Sender.ID), LogURL: logURL(b.Letter.ID), Sender: b.Sender.Organ(), Lead: symbolOf(ctx, b.Letter) + " · " + b.Letter.Fields.Subject, At: b.At, Entries: figures != nil}
	received, publicised := 0, 0
	for _, row := range b.Rows {
		if !row.ReceivedAt.IsZero() {
			received++
		}
		if row.Publicity.Records > 0 {
			publicised++
		}
		v.Rows = append(v.Rows, viewRow(ctx, row, figures, b.At))
	}
	late := b.LateRows()
	v.More = max(0, len(late)-boardUrges)
	for _, row := range late[:len(late)-v.More] {
		one := lateRow{Unit: row.Unit.FullName, URL: dispatchURL(row.ID), Status: ui.StatusOf(ctx, ui.FamilyDispatch, row.Status())}
		for _, l := range row.Late {
			one.What = append(one.What, lateText(ctx, l, b.At))
		}
		v.Late = append(v.Late, one)
	}
	of := func(n int, icon ui.IconName, label string) ui.StatProps {
		return ui.StatProps{Value: ui.Number(ctx, n), Unit: ui.T(ctx, "units.board.of", "Count", len(b.Rows)), Icon: icon, Label: label}
	}
	v.Figures = []ui.StatProps{
		of(received, ui.IconLetter, ui.T(ctx, "units.board.received")),
		of(publicised, ui.IconHorn, ui.T(ctx, "units.board.publicised")),
		of(len(late), ui.IconWarning, ui.T(ctx, "units.board.late")),
	}
	for _, t := range b.Tiers {
		v.Tiers = append(v.Tiers, viewTier(ctx, t))
	}
	return v
}

func viewRow(ctx context.Context, row cascade.Row, figures map[ident.ID]insight.Unit, now clock.Time) boardRow {
	v := boardRow{
		Unit: row.Unit.FullName, URL: dispatchURL(row.ID), Tier: row.Tier, Status: ui.StatusOf(ctx, ui.FamilyDispatch, row.Status()),
		Late: lateBadge(ctx, row.Late, now), Duties: ui.Number(ctx, row.DutiesDone) + "/" + ui.Number(ctx, row.Duties),
		Publicity: ui.Number(ctx, row.Publicity.Records),
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

func viewTier(ctx context.Context, t cascade.Tier) tierRow {
	v := tierRow{
		Name: ui.T(ctx, "units.board.tier", "Number", t.Depth), Units: ui.Number(ctx, t.Units),
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
		{Text: ui.T(ctx, "units.duties"), Numeric: true},
		{Text: ui.T(ctx, "units.publicity"), Numeric: true},
	}}
	if v.Entries {
		t.Columns = append(t.Columns, ui.Column{Text: ui.T(ctx, "units.column.entrants"), Numeric: true},
			ui.Column{Text: ui.T(ctx, "units.column.participants"), Numeric: true})
	}
	for _, r := range v.Rows {
		cells := []ui.Cell{{Value: boardUnit(r)}, {Value: itemStatus(itemView{Status: r.Status, Late: r.Late})}, {Text: r.Duties}, {Value: boardPublicity(r)}}
		if v.Entries {
			cells = append(cells, ui.Cell{Text: r.Entrants}, ui.Cell{Text: r.Participants})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
