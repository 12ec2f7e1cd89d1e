package office

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

func (p *pages) outgoingBook(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error) {
	b := book{Title: ui.T(ctx, "office.book.outgoing"), Columns: columnsOf(ctx, outgoingColumns)}
	letters, total, err := p.Letters.Outgoing(ctx, web.ActorOf(ctx), u.ID, f)
	if err != nil {
		return b, err
	}
	ids := make([]ident.ID, len(letters))
	for i, l := range letters {
		ids[i] = l.ID
	}
	handed, err := p.Cascade.HandedOut(ctx, web.ActorOf(ctx), u.ID, ids)
	if err != nil {
		return b, err
	}
	paper, err := p.Letters.DeliveriesOf(ctx, web.ActorOf(ctx), u.ID, ids)
	if err != nil {
		return b, err
	}
	reports, err := p.sentUp(ctx, u.ID, ids)
	if err != nil {
		return b, err
	}
	b.Total = total
	records := can(ctx, person.ActionLetterRegister, u.ID)
	for _, l := range letters {
		copies, h := "", handed[l.ID]
		if l.Document != nil && l.Document.Copies > 0 {
			copies = strconv.Itoa(l.Document.Copies)
		}
		receipt := ""
		if h.Units > 0 {
			receipt = ui.T(ctx, "office.receipts", "Received", h.Received, "Units", h.Units)
		}
		up, by := reports[l.ID], paper[l.ID]
		line := bookLine{URL: letterURL(l.ID), Cells: []string{
			l.Symbol(), dayOf(l.Fields.Date), abstract(l.Fields), l.Fields.Signer.Name, strings.Join(recipientsOf(l.Fields), "; "),
			keeper(l.Fields), copies, joined(momentDay(h.First), up.sent, dayText(by.SentOn)), joined(receipt, up.receipt, by.Receiver),
			joined(lang.Capital(l.Fields.Urgency), up.note, by.Note),
		}}
		if records {
			line.Do = ui.Link{Text: l.Symbol(), URL: deliveryURL(l.ID)}
		}
		b.Lines = append(b.Lines, line)
	}
	return b, nil
}

// joined writes what several sources say into one cell, each thing once.
func joined(parts ...string) string {
	var out []string
	for _, part := range parts {
		if part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	return strings.Join(out, "; ")
}

// upLine is what the register says of a report that went up.
type upLine struct{ sent, receipt, note string }

// sentUp are the lines of a unit's letters that are reports: when each was sent, and who took it in when.
func (p *pages) sentUp(ctx context.Context, unitID ident.ID, letters []ident.ID) (map[ident.ID]upLine, error) {
	reports, err := p.Progress.SentUp(ctx, web.ActorOf(ctx), unitID, letters)
	if err != nil || len(reports) == 0 {
		return nil, err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return nil, err
	}
	out := map[ident.ID]upLine{}
	for id, r := range reports {
		line, day := upLine{sent: momentDay(r.SentAt)}, momentDay(r.DecidedAt)
		if above, ok := tree.ByID(r.Above); ok && day != "" {
			line.receipt = ui.T(ctx, "office.sentUp.received", "Unit", above.Organ(), "Day", day)
		}
		if r.State == progress.Returned {
			line.note = ui.T(ctx, "office.sentUp.returned", "Day", day)
		}
		out[id] = line
	}
	return out, nil
}

// recipientsOf are those the letter goes to, without the archive.
func recipientsOf(f letter.Fields) []string {
	out := append([]string{}, f.Addressees...)
	for _, r := range f.Recipients {
		if !strings.HasPrefix(r, "Lưu") && !strings.HasPrefix(r, "Như ") {
			out = append(out, r)
		}
	}
	return out
}

// keeper is who keeps the file copy: what stands after "Lưu:".
func keeper(f letter.Fields) string {
	for _, r := range f.Recipients {
		if rest, ok := strings.CutPrefix(r, "Lưu"); ok {
			return strings.TrimSpace(strings.TrimPrefix(rest, ":"))
		}
	}
	return ""
}

func abstract(f letter.Fields) string {
	return strings.TrimSpace(lang.Capital(f.Type) + " " + f.Subject)
}

func (p *pages) incomingBook(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error) {
	b := book{Title: ui.T(ctx, "office.book.incoming"), Columns: columnsOf(ctx, incomingColumns), Lead: 3}
	arrived, dealt, total, err := p.arrivals(ctx, u, f)
	if err != nil {
		return b, err
	}
	b.Total = total
	for _, a := range arrived {
		d := dealt[a.LetterID]
		receipt := ""
		if d.Dispatch.ID != "" {
			receipt = d.progress(ctx)
		}
		note := lang.Capital(a.Letter.Fields.Urgency)
		if d.Dispatch.ID == "" {
			note = joined(note, d.Note)
		}
		b.Lines = append(b.Lines, bookLine{URL: arrivalURL(a.LetterID, u.ID), Cells: []string{
			momentDay(a.At), number(a.Number), a.Letter.Fields.Organ, a.Letter.Symbol(), dayOf(a.Letter.Fields.Date), abstract(a.Letter.Fields),
			d.who(), d.handed(), receipt, note,
		}})
	}
	return b, nil
}

// arrivals are the lines of the register with how the letters are dealt with.
func (p *pages) arrivals(ctx context.Context, u unit.Unit, f letter.BookFilter) ([]letter.Arrived, map[ident.ID]handling, int, error) {
	arrived, total, err := p.Letters.Incoming(ctx, web.ActorOf(ctx), u.ID, f)
	if err != nil {
		return nil, nil, 0, err
	}
	ids := make([]ident.ID, len(arrived))
	for i, a := range arrived {
		ids[i] = a.LetterID
	}
	dealt, err := p.handlings(ctx, u.ID, ids)
	return arrived, dealt, total, err
}

func (p *pages) followBook(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error) {
	b := book{Title: ui.T(ctx, "office.book.followUp"), Columns: columnsOf(ctx, followColumns), Lead: 1}
	arrived, dealt, total, err := p.arrivals(ctx, u, f)
	if err != nil {
		return b, err
	}
	ids := make([]ident.ID, len(arrived))
	for i, a := range arrived {
		ids[i] = a.LetterID
	}
	answers, err := p.Letters.AnswersTo(ctx, web.ActorOf(ctx), u.ID, ids)
	if err != nil {
		return b, err
	}
	b.Total = total
	for _, a := range arrived {
		d := dealt[a.LetterID]
		f := a.Letter.Fields
		document := abstractless(f) + ", " + dayOf(f.Date) + ", " + f.Organ
		b.Lines = append(b.Lines, bookLine{URL: arrivalURL(a.LetterID, u.ID), Cells: []string{
			number(a.Number), document, d.who(), d.deadline(), d.progress(ctx), strings.Join(answers[a.LetterID], "; "),
			joined(d.note(), fileNote(ctx, a.Arrival)),
		}})
	}
	return b, nil
}

// fileNote names the file in which an arrival is kept: the follow-up book of the decree has no column for it.
func fileNote(ctx context.Context, a letter.Arrival) string {
	if a.File == "" {
		return ""
	}
	return ui.T(ctx, "office.file.note", "File", a.File)
}

// abstractless is type, number and symbol.
func abstractless(f letter.Fields) string {
	return strings.TrimSpace(lang.Capital(f.Type) + " " + f.Symbol())
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	if len(s) == 1 {
		s = "0" + s
	}
	return s
}

func dayOf(d letter.Date) string {
	if d.IsZero() {
		return ""
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Format("02/01/2006")
}

func dayText(d clock.Day) string {
	if d == "" {
		return ""
	}
	return momentDay(d.Start())
}

func momentDay(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("02/01/2006")
}
