package exchange

import (
	"bytes"
	"context"
	"fmt"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/progress"
)

// CarryReport implements progress.Carrier: a report to a unit outside becomes the package of its letter, with the figures
// beside it. It stands for no dispatch: nobody here waits for what its receiver does with it.
func (s *Service) CarryReport(ctx context.Context, tx *database.Tx, r progress.Report) (carried bool, err error) {
	code, ok, err := codeOf(ctx, tx, r.Above)
	if err != nil || !ok || !code.Outside() {
		return false, err
	}
	l, err := s.letters.Load(ctx, tx, r.ID)
	if err != nil {
		return false, err
	}
	m := s.outgoing(tx, LetterKind, code.Partner, r.Unit)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Dedup = edxml.BusinessNew, l.ID, l.Symbol(), l.Fields.Subject, upwardName(r.ID)
	return true, s.put(ctx, tx, m, []Part{{OrganCode: code.OrganCode, UnitID: r.Above}})
}

// upwardName is what makes the package of a report one.
func upwardName(report ident.ID) string { return "out|upward|" + string(report) }

// annex are the figures of a report that was sent, of whose document a letter is; reports is false for any other letter.
func (s *Service) annex(ctx context.Context, l letter.Letter) (a edxml.Attachment, reports bool, err error) {
	if s.progress == nil {
		return a, false, nil
	}
	r, ok, err := s.progress.Sent(ctx, s.db, l.ID)
	if err != nil || !ok {
		return a, false, err
	}
	var book bytes.Buffer
	if err := progress.Workbook(&book, r.Figures); err != nil {
		return a, false, fmt.Errorf("exchange: set the figures of %s: %w", l.ID, err)
	}
	name := fileNameOf(l) + "-phu-luc.xlsx"
	return edxml.Attachment{Name: name, Type: mediaType(name), Description: lang.New("vi").T("exchange.file.annex"), Body: book.Bytes()}, true, nil
}

// tellReport adds what the receiver of a report told, and sets the report to the sum of all it told.
func (s *Service) tellReport(ctx context.Context, tx *database.Tx, m, report Message) error {
	if err := insertTold(ctx, tx, m.ID, report.ID, Report{m.Status, m.IssuedAt, m.Words}); err != nil || s.progress == nil {
		return err
	}
	if _, err := lock(ctx, tx, report.ID); err != nil { // several wait for it, so that each sees those before it
		return err
	}
	all, err := loadTold(ctx, tx, report.ID)
	if err != nil {
		return err
	}
	return s.progress.Tell(ctx, tx, report.LetterID, decided(Sum(all)))
}

// decided is what the statuses of a report's receiver mean for the report: it was taken in once it was received, whatever
// was done with it then, or it was sent back.
func decided(told cascade.Told) progress.Told {
	switch {
	case told.State == cascade.Refused:
		return progress.Told{State: progress.Returned, At: told.EndedAt, Words: told.Outcome}
	case !told.ReceivedAt.IsZero():
		return progress.Told{State: progress.Accepted, At: told.ReceivedAt}
	}
	return progress.Told{State: progress.Submitted}
}

// Delivery is how a report went to a unit outside.
type Delivery struct {
	Message
	Told []Report // by the receiver, the oldest first
}

// Delivered returns how a report went out; ok is false for one that did not. It asks no permission: the page of the report
// does.
func (s *Service) Delivered(ctx context.Context, report ident.ID) (d Delivery, ok bool, err error) {
	d.Message, ok, err = findSame(ctx, s.db, upwardName(report))
	if err != nil || !ok {
		return Delivery{}, false, err
	}
	d.Told, err = loadTold(ctx, s.db, d.ID)
	return d, true, err
}

// Reaches returns the partner over which a unit is reached; ok is false for a unit here.
func (s *Service) Reaches(ctx context.Context, unitID ident.ID) (p Partner, ok bool, err error) {
	code, ok, err := codeOf(ctx, s.db, unitID)
	if err != nil || !ok || !code.Outside() {
		return Partner{}, false, err
	}
	p, known := s.partners[code.Partner]
	if !known {
		p = Partner{ID: code.Partner, Name: code.Partner}
	}
	return p, true, nil
}
