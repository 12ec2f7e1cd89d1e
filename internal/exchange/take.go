package exchange

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

var zero clock.Time

// take deals with a package that came. It may run again after a node died in the middle: each of its steps finds its own
// work done.
func (s *Service) take(ctx context.Context, job takeJob) error {
	m, err := load(ctx, s.db, job.Message)
	if err != nil || m.State != Waiting {
		return err
	}
	if m.Kind == ReportKind {
		return s.settle(ctx, m.ID, s.takeReport(ctx, m), nil)
	}
	letterID, err := s.takeLetter(ctx, m)
	return s.settle(ctx, m.ID, err, func(m *Message) {
		if letterID != "" {
			m.LetterID = letterID
		}
	})
}

// takeReport adds what a receiver outside told, and sets the dispatches, and what was reported up to it, to the sum of all
// it told.
func (s *Service) takeReport(ctx context.Context, m Message) error {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	ids, err := toldAbout(ctx, s.db, m.About, m.Symbol, m.FromOrgan, m.Partner)
	if err != nil {
		return err
	}
	upward, err := toldAboutReports(ctx, s.db, m)
	if err != nil {
		return err
	}
	if len(ids)+len(upward) == 0 {
		return fault.NotFound.With("exchange.fault.notSent", "Document", cut(cmp.Or(string(m.About), m.Symbol)))
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		for _, report := range upward {
			if err := s.tellReport(ctx, tx, m, report); err != nil {
				return err
			}
		}
		for _, id := range ids {
			if err := insertReport(ctx, tx, m.ID, id, Report{m.Status, m.IssuedAt, m.Words}); err != nil {
				return err
			}
			// The row of the dispatch is what several reports wait for, so that each sees those before it.
			if err := s.cascade.Hold(ctx, tx, id); err != nil {
				return err
			}
			reports, err := loadReports(ctx, tx, id)
			if err != nil {
				return err
			}
			if err := s.cascade.Tell(ctx, tx, tree, id, Sum(reports)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || m.Status != edxml.StatusChangeAgreed && m.Status != edxml.StatusChangeRefused {
		return err
	}
	for _, id := range ids {
		if err := s.takeAnswer(ctx, m, id); err != nil {
			return err
		}
	}
	return nil
}

// takeLetter makes a letter of a package, or changes one that came before, and returns the letter.
func (s *Service) takeLetter(ctx context.Context, m Message) (ident.ID, error) {
	body, err := s.file(ctx, m.FileKey)
	if err != nil {
		return "", err
	}
	reading, err := edxml.Read(bytes.NewReader(body), s.limits)
	if err != nil {
		return "", err
	}
	if reading.Letter == nil {
		return "", fault.Invalid.With("exchange.fault.letterIncomplete")
	}
	parts, err := loadParts(ctx, s.db, m.ID)
	if err != nil {
		return "", err
	}
	switch m.Business {
	case edxml.BusinessRecall:
		return s.takeBack(ctx, m, parts, cmp.Or(m.Words, lang.New("vi").T("edxml.business.1")))
	case edxml.BusinessUpdate:
		return s.takeUpdate(ctx, m, parts)
	}
	id, err := s.takeNew(ctx, m, parts, *reading.Letter)
	if err != nil || m.Business != edxml.BusinessReplace || m.About == "" || m.About == m.DocumentID {
		return id, err
	}
	err = s.takeReplacement(ctx, m, parts, id)
	if isNotCome(err) { // what it replaces never came here
		err = nil
	}
	return id, err
}

// takeNew registers a letter in its issuer's name and sends it to the units that the package names.
func (s *Service) takeNew(ctx context.Context, m Message, parts []Part, in edxml.Letter) (ident.ID, error) {
	issuer, err := s.issuer(ctx, m)
	if err != nil {
		return "", err
	}
	l, err := s.register(ctx, m, issuer, in)
	if err != nil {
		return "", err
	}
	// The hook Carry finds the message by its letter, in the transaction that makes the dispatches.
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		now, err := lock(ctx, tx, m.ID)
		if err != nil || now.LetterID == l.ID {
			return err
		}
		now.LetterID, now.Version, now.UpdatedAt = l.ID, now.Version+1, tx.Now()
		return update(ctx, tx, now)
	})
	if err != nil {
		return "", err
	}
	send := cascade.SendInput{Letter: l.ID, Words: lang.CleanLines(in.Content)}
	for _, p := range parts {
		if p.UnitID != "" {
			send.To.Units = append(send.To.Units, p.UnitID)
		}
	}
	if due := in.Due.Next().Start(); in.Due != "" && due.After(s.db.Clock().Now()) {
		send.DueAt = due.Add(-1)
	}
	if utf8.RuneCountInString(send.Words) > 2000 { // the letter itself says more
		send.Words = ""
	}
	result, err := s.cascade.Send(ctx, person.SystemActor, send)
	if err != nil {
		return "", err
	}
	if err := s.sendAgain(ctx, m, send, result.Ended); err != nil {
		return "", err
	}
	return l.ID, s.join(ctx, m, l.ID)
}

// join remembers which dispatches a package stands for that were there before it, because somebody had typed the letter
// in, and tells its sender where they stand.
func (s *Service) join(ctx context.Context, m Message, letterID ident.ID) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		parts, err := loadParts(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		dispatches, err := s.cascade.OfLetter(ctx, tx, letterID)
		if err != nil {
			return err
		}
		for _, p := range parts {
			for _, d := range dispatches {
				if p.UnitID == "" || p.DispatchID != "" || d.ReceiverID != p.UnitID || d.AgainID != "" {
					continue
				}
				if err := setDispatch(ctx, tx, p, d.ID); err != nil {
					return err
				}
				p.MessageID = m.ID
				if err := s.tellBack(ctx, tx, p, d, edxml.Status(d.State.Code()), d.Outcome); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// register makes the letter of a package, unless it is here already under its number.
func (s *Service) register(ctx context.Context, m Message, issuer unit.Unit, in edxml.Letter) (letter.Letter, error) {
	fields, err := fieldsOf(in, issuer)
	if err != nil {
		return letter.Letter{}, err
	}
	before, err := s.letters.ByNumber(ctx, s.db, issuer.ID, fields)
	switch {
	case err == nil && strings.EqualFold(before.Fields.Notation, fields.Notation) && before.Fields.Date == fields.Date: // whatever joins the two
		return before, nil
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return letter.Letter{}, err
	}
	l, err := s.draft(ctx, person.SystemActor, letter.DraftInput{ID: m.LetterID, Issuer: issuer.ID}, in, fields)
	if err != nil || l.State == letter.Registered {
		return l, err
	}
	fields = together(l.Reading.Fields(), fields, in.ResponseFor)
	if l, err = s.letters.Correct(ctx, person.SystemActor, l.ID, l.Version, fields); err != nil {
		return letter.Letter{}, err
	}
	return s.letters.Register(ctx, person.SystemActor, l.ID)
}

// draft reads the first attachment that can be read as a letter; where none can, such as a scan, what the package itself
// says is the text.
func (s *Service) draft(ctx context.Context, actor person.Actor, draft letter.DraftInput, in edxml.Letter, fields letter.Fields,
) (letter.Letter, error) {
	for _, a := range in.Attachments {
		draft.File, draft.FileName = bytes.NewReader(a.Body), a.Name
		l, err := s.letters.Draft(ctx, actor, draft)
		if err == nil || fault.KindOf(err) == "" || fault.KindOf(err) == fault.Conflict {
			return l, err
		}
	}
	draft.File, draft.FileName, draft.Text = nil, "", summary(in, fields)
	return s.letters.Draft(ctx, actor, draft)
}

// summary is the text of a letter of which only the package speaks.
func summary(in edxml.Letter, f letter.Fields) string {
	var to []string
	for _, o := range in.To {
		to = append(to, "- "+cmp.Or(o.Name, o.ID)+";")
	}
	d := f.Date
	lines := []string{
		strings.ToUpper(f.Organ), "Số: " + f.Symbol(), fmt.Sprintf("%s, ngày %02d tháng %d năm %d", cmp.Or(f.Place, "…"), d.Day, d.Month, d.Year),
		"V/v " + f.Subject, "", "Kính gửi:", strings.Join(to, "\n"), "", in.Content, "", f.Signer.Position, f.Signer.Name,
	}
	return strings.Join(lines, "\n")
}
