package office

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/lang"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
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
	b.Total = total
	for _, l := range letters {
		copies, h := "", handed[l.ID]
		if l.Document != nil && l.Document.Copies > 0 {
			copies = strconv.Itoa(l.Document.Copies)
		}
		receipt := ""
		if h.Units > 0 {
			receipt = ui.T(ctx, "office.receipts", "Received", h.Received, "Units", h.Units)
		}
		note := ""
		if l.Fields.Urgency != "" {
			note = lang.Capital(l.Fields.Urgency)
		}
		b.Lines = append(b.Lines, bookLine{URL: letterURL(l.ID), Cells: []string{
			l.Symbol(), dayOf(l.Fields.Date), abstract(l.Fields), l.Fields.Signer.Name, strings.Join(recipientsOf(l.Fields), "; "),
			keeper(l.Fields), copies, momentDay(h.First), receipt, note,
		}})
	}
	return b, nil
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
			note = strings.Join(append(nonEmpty(note), nonEmpty(d.Note)...), "; ")
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
			number(a.Number), document, d.who(), d.deadline(), d.progress(ctx), strings.Join(answers[a.LetterID], "; "), d.note(),
		}})
	}
	return b, nil
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
