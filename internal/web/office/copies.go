package office

import (
	"context"
	"net/http"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// copyColumns are those of the register of copies: one series for all three kinds.
var copyColumns = []string{"copySymbol", "copyDate", "copyKind", "copied", "recipients", "signer", "copySigned"}

func (p *pages) copies(w http.ResponseWriter, r *http.Request) error {
	return p.showBook(w, r, "sao", p.copyBook)
}

// copyBook has the copies of a year, the newest first as they are kept. There are never many, so that they are searched here.
func (p *pages) copyBook(ctx context.Context, u unit.Unit, f letter.BookFilter) (book, error) {
	b := book{Title: ui.T(ctx, "office.book.copies"), Columns: columnsOf(ctx, copyColumns)}
	copies, err := p.Letters.Copies(ctx, web.ActorOf(ctx), u.ID, f.Year)
	if err != nil {
		return b, err
	}
	copied := map[ident.ID]letter.Letter{}
	for _, c := range copies {
		l, known := copied[c.LetterID]
		if !known {
			if l, err = p.Letters.Load(ctx, p.DB, c.LetterID); err != nil {
				return b, err
			}
			copied[c.LetterID] = l
		}
		if line := copyLine(ctx, c, l); found(c, line, f) {
			b.Lines = append(b.Lines, line)
		}
	}
	b.Total = len(b.Lines)
	b.Lines = b.Lines[min(f.Skip, len(b.Lines)):]
	if f.Limit > 0 {
		b.Lines = b.Lines[:min(f.Limit, len(b.Lines))]
	}
	return b, nil
}

func copyLine(ctx context.Context, c letter.Copy, l letter.Letter) bookLine {
	line := bookLine{Cells: []string{
		c.Symbol, dayOf(c.Date), ui.T(ctx, "office.copy."+string(c.Kind)), abstractless(l.Fields) + ", " + dayOf(l.Fields.Date) + ", " + l.Fields.Organ,
		strings.Join(c.Recipients, "; "), c.Signer.Name, copySigned(ctx, c),
	}, URL: copyURL(c.ID)}
	return line
}

// found tells whether a line is one of those that were asked for.
func found(c letter.Copy, line bookLine, f letter.BookFilter) bool {
	day := c.Date.String()
	if f.From != "" && day < string(f.From) || f.To != "" && day > string(f.To) {
		return false
	}
	return f.Words == "" || strings.Contains(lang.Fold(strings.Join(line.Cells, " ")), lang.Fold(f.Words))
}

// copySigned says how far an electronic copy is: who signed when, or that nobody did.
func copySigned(ctx context.Context, c letter.Copy) string {
	switch {
	case !c.Electronic:
		return ""
	case c.Signed.FileKey == "":
		return ui.T(ctx, "office.copy.unsigned")
	case c.SignedAt.IsZero():
		return ui.T(ctx, "office.copy.signedSometime")
	}
	return lang.From(ctx).DateTime(c.SignedAt)
}
