package exchange

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
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

// takeReport adds what a receiver outside told, and sets the dispatches to the sum of all it told.
func (s *Service) takeReport(ctx context.Context, m Message) error {
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	ids, err := toldAbout(ctx, s.db, m.About, m.Symbol, m.FromOrgan, m.Partner)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return fault.NotFound.With("exchange.fault.notSent", "Document", cut(cmp.Or(string(m.About), m.Symbol)))
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
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
	_, err = s.takeBack(ctx, m, parts, lang.New("vi").T("exchange.words.replaced", "Symbol", m.Symbol))
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
	if _, err := s.cascade.Send(ctx, person.SystemActor, send); err != nil {
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
				if p.UnitID == "" || p.DispatchID != "" || d.ReceiverID != p.UnitID {
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
	before, err := s.letters.ByNumber(ctx, s.db, issuer.ID, fields.Date.Year, in.Number)
	switch {
	case err == nil && before.Symbol() == fields.Symbol() && before.Fields.Date == fields.Date:
		return before, nil
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return letter.Letter{}, err
	}
	l, err := s.draft(ctx, m, issuer, in, fields)
	if err != nil || l.State == letter.Registered {
		return l, err
	}
	read := l.Reading.Fields()
	fields.Duties, fields.Bases, fields.Period, fields.Links = read.Duties, read.Bases, read.Period, read.Links
	if l, err = s.letters.Correct(ctx, person.SystemActor, l.ID, l.Version, fields); err != nil {
		return letter.Letter{}, err
	}
	return s.letters.Register(ctx, person.SystemActor, l.ID)
}

// draft reads the first attachment that can be read as a letter; where none can, such as a scan, what the package itself
// says is the text.
func (s *Service) draft(ctx context.Context, m Message, issuer unit.Unit, in edxml.Letter, fields letter.Fields) (letter.Letter, error) {
	for _, a := range in.Attachments {
		l, err := s.letters.Draft(ctx, person.SystemActor, letter.DraftInput{
			ID: m.LetterID, Issuer: issuer.ID, File: bytes.NewReader(a.Body), FileName: a.Name,
		})
		if err == nil || fault.KindOf(err) == "" || fault.KindOf(err) == fault.Conflict {
			return l, err
		}
	}
	return s.letters.Draft(ctx, person.SystemActor, letter.DraftInput{ID: m.LetterID, Issuer: issuer.ID, Text: summary(in, fields)})
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

// fieldsOf are the components of a letter as its package names them.
func fieldsOf(in edxml.Letter, issuer unit.Unit) (letter.Fields, error) {
	f := letter.Fields{
		Type: strings.ToLower(in.TypeName), Number: in.Number, Notation: in.Notation, Organ: cmp.Or(issuer.Organ(), in.From.Name),
		Place: in.Place, Subject: strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(in.Subject, "V/v"), "Về việc")),
		Recipients: in.ToPlaces, Urgency: urgencies[in.Other.Priority],
		Signer: letter.Signer{Position: in.Signer.Position, Name: in.Signer.Name},
	}
	if in.Signer.Competence != "" {
		f.Signer.Capacity = []string{in.Signer.Competence}
	}
	if _, err := fmt.Sscanf(string(in.Date), "%d-%d-%d", &f.Date.Year, &f.Date.Month, &f.Date.Day); err != nil {
		return f, fault.Invalid.With("exchange.fault.letterIncomplete").Because(err)
	}
	for _, o := range in.To {
		if o.Name != "" {
			f.Addressees = append(f.Addressees, o.Name)
		}
	}
	known := false
	for _, t := range letter.Types() {
		known = known || t == f.Type
	}
	if !known { // types of the regulation that the Decree does not have, or a misspelt one
		f.Type = letter.OfficialLetter
	}
	return f, nil
}

var urgencies = map[edxml.Priority]string{
	edxml.PriorityUrgent: "khẩn", edxml.PriorityVery: "thượng khẩn", edxml.PriorityExpress: "hỏa tốc", edxml.PriorityScheduled: "hỏa tốc hẹn giờ",
}

// issuer returns the unit in whose name a letter from outside is registered. An organ that is not known yet becomes a unit of
// its own kind, under a code that no unit of the State's list has.
func (s *Service) issuer(ctx context.Context, m Message) (unit.Unit, error) {
	code, ok, err := unitOf(ctx, s.db, m.FromOrgan)
	if err != nil {
		return unit.Unit{}, err
	}
	if ok {
		return s.units.Unit(ctx, code.UnitID)
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return unit.Unit{}, err
	}
	name := outsideCode(m.FromOrgan)
	u, known := tree.ByCode(name)
	if !known {
		if err := s.addOutside(ctx, tree, name, m); err != nil {
			return unit.Unit{}, err
		}
		if tree, err = s.units.Today(ctx); err != nil {
			return unit.Unit{}, err
		}
		if u, known = tree.ByCode(name); !known {
			return unit.Unit{}, fmt.Errorf("exchange: %s was imported and is not there", name)
		}
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := addCode(ctx, tx, UnitCode{UnitID: u.ID, OrganCode: m.FromOrgan, Partner: m.Partner, UpdatedAt: tx.Now(), UpdatedBy: person.SystemActor.ID})
		return err
	})
	return u, err
}

// addOutside imports an organ that wrote for the first time.
func (s *Service) addOutside(ctx context.Context, tree *unit.Tree, code string, m Message) error {
	roots := tree.Roots()
	name := nameOf(cmp.Or(m.FromName, m.FromOrgan))
	if len(roots) == 0 || name == "" {
		return fault.Invalid.With("exchange.fault.senderUnknown", "Organ", m.FromOrgan)
	}
	file, err := json.Marshal(map[string]any{"organisations": []map[string]any{{
		"code": code, "name": name, "full_name": name, "kind": string(unit.Other), "area": roots[0].Code, "superior": nil,
	}}})
	if err != nil {
		return err
	}
	_, err = s.units.Import(ctx, person.SystemActor, bytes.NewReader(file), unit.ImportOptions{ValidFrom: tree.Day()})
	return err
}

// outsideCode is the code of a unit that is known only from its packages.
func outsideCode(organ string) string {
	kept := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_') {
			return r
		}
		return -1
	}, organ)
	return "X." + kept[:min(len(kept), 30)]
}

// nameOf leaves out of a name what the list of units does not take.
func nameOf(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.M, unicode.Nd) || strings.ContainsRune(" .,;:-–'’\"“”()/&+", r) {
			return r
		}
		return -1
	}, s)
	if runes := []rune(lang.Clean(s)); len(runes) > 150 {
		return string(runes[:150])
	}
	if s = lang.Clean(s); strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return ""
	}
	return s
}

// takeBack recalls what came before from the same organ; what can no longer be recalled is told back with the reason.
func (s *Service) takeBack(ctx context.Context, m Message, parts []Part, reason string) (ident.ID, error) {
	letterID, targets, err := s.targets(ctx, m, parts)
	if err != nil {
		return "", err
	}
	for _, p := range targets {
		_, err := s.cascade.Recall(ctx, person.SystemActor, p.DispatchID, reason)
		if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Conflict {
			err = s.answer(ctx, p, edxml.StatusChangeRefused, lang.New("vi").T("exchange.words.notRecalled"))
		}
		if err != nil {
			return "", err
		}
	}
	return letterID, nil
}

// takeUpdate keeps a new version of a letter beside the first and agrees to it: the files are on the page of the message.
func (s *Service) takeUpdate(ctx context.Context, m Message, parts []Part) (ident.ID, error) {
	letterID, targets, err := s.targets(ctx, m, parts)
	if err != nil {
		return "", err
	}
	for _, p := range targets {
		if err := s.answer(ctx, p, edxml.StatusChangeAgreed, lang.New("vi").T("exchange.words.updated")); err != nil {
			return "", err
		}
	}
	return letterID, nil
}

// answer reports something about a dispatch that is no step of it.
func (s *Service) answer(ctx context.Context, p Part, status edxml.Status, words string) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.cascade.Load(ctx, tx, p.DispatchID)
		if err != nil {
			return err
		}
		return s.tellBack(ctx, tx, p, d, status, words)
	})
}

// targets are the dispatches that a change is about: of the letter it names, from the same organ, to the units it names.
func (s *Service) targets(ctx context.Context, m Message, parts []Part) (ident.ID, []Part, error) {
	came, err := cameAs(ctx, s.db, cmp.Or(m.About, m.DocumentID), m.FromOrgan)
	if err != nil {
		return "", nil, err
	}
	var letterID ident.ID
	var found []Part
	for _, before := range came {
		if before.ID == m.ID {
			continue
		}
		if before.State == Waiting { // it comes first
			return "", nil, fault.Unavailable.With("exchange.fault.firstWaiting")
		}
		all, err := loadParts(ctx, s.db, before.ID)
		if err != nil {
			return "", nil, err
		}
		for _, p := range all {
			for _, q := range parts {
				if p.DispatchID != "" && p.UnitID == q.UnitID {
					found, letterID = append(found, p), before.LetterID
				}
			}
		}
	}
	if len(found) == 0 {
		return "", nil, fault.Unavailable.With("exchange.fault.notCome", "Document", cut(cmp.Or(string(m.About), string(m.DocumentID))))
	}
	return letterID, found, nil
}

// isNotCome tells whether a change is about a letter that is not here, or not yet.
func isNotCome(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && f.Key == "exchange.fault.notCome"
}
