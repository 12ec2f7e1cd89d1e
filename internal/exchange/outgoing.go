package exchange

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/blob"
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

// minEvery keeps a slip in the configuration from asking partners without a pause.
const minEvery = 10 * time.Second

// Carry implements cascade.Carrier: a dispatch to a unit outside joins the package of its letter to that partner. A
// dispatch that a package from outside makes is remembered, so that its receiver's steps are reported back.
func (s *Service) Carry(ctx context.Context, tx *database.Tx, d cascade.Dispatch) (bool, error) {
	came, err := partsOfLetter(ctx, tx, d.LetterID)
	if err != nil {
		return false, err
	}
	for _, p := range came {
		if p.UnitID == d.ReceiverID && p.DispatchID == "" {
			if err := setDispatch(ctx, tx, p, d.ID); err != nil {
				return false, err
			}
		}
	}
	code, ok, err := codeOf(ctx, tx, d.ReceiverID)
	if err != nil || !ok || !code.Outside() {
		return false, err
	}
	part := Part{OrganCode: code.OrganCode, UnitID: d.ReceiverID, DispatchID: d.ID}
	open, err := findOpen(ctx, tx, d.LetterID, d.SenderID, code.Partner)
	if err != nil {
		return false, err
	}
	if open != "" {
		part.MessageID = open
		return true, addPart(ctx, tx, part)
	}
	l, err := s.letters.Load(ctx, tx, d.LetterID)
	if err != nil {
		return false, err
	}
	m := s.outgoing(tx, LetterKind, code.Partner, d.SenderID)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Words = edxml.BusinessNew, l.ID, l.Symbol(), l.Fields.Subject, d.Words
	m.Dedup = "out|" + string(m.ID)
	return true, s.put(ctx, tx, m, []Part{part})
}

// outgoing is a new message of a unit to a partner.
func (s *Service) outgoing(tx *database.Tx, kind Kind, partner string, from ident.ID) Message {
	return Message{
		ID: s.ids.New(), Direction: Out, Kind: kind, State: Lifecycle.Start, Partner: partner, UnitID: from, Version: 1,
		CreatedAt: tx.Now(), UpdatedAt: tx.Now(), IssuedAt: tx.Now(),
	}
}

// put stores a message that goes out, with the job that sends it; one that is there already is left alone.
func (s *Service) put(ctx context.Context, tx *database.Tx, m Message, parts []Part) error {
	fresh, err := insert(ctx, tx, m, parts)
	if err != nil || !fresh {
		return err
	}
	return s.queue.Insert(ctx, tx, sendJob{m.ID})
}

// Changed implements cascade.Carrier: whoever sent a letter from outside is told how its receiver here deals with it, and a
// receiver outside is told of a recall.
func (s *Service) Changed(ctx context.Context, tx *database.Tx, before, after cascade.Dispatch) error {
	if before.State == after.State {
		return nil
	}
	came, err := partsOfDispatch(ctx, tx, after.ID, In)
	if err != nil {
		return err
	}
	if len(came) > 0 {
		status := edxml.Status(after.State.Code())
		if after.State == cascade.Recalled {
			status = edxml.StatusChangeAgreed // it was the sender outside who took it back
		}
		return s.tellBack(ctx, tx, came[0], after, status, after.Outcome)
	}
	if after.State != cascade.Recalled || before.State == cascade.Refused {
		return nil
	}
	went, err := partsOfDispatch(ctx, tx, after.ID, Out)
	if err != nil || len(went) == 0 {
		return err
	}
	first, err := load(ctx, tx, went[0].MessageID)
	if err != nil {
		return err
	}
	m := s.outgoing(tx, LetterKind, first.Partner, first.UnitID)
	m.Business, m.LetterID, m.Symbol, m.Subject, m.Words = edxml.BusinessRecall, first.LetterID, first.Symbol, first.Subject, after.Outcome
	m.Dedup = "out|recall|" + string(after.ID)
	part := went[0]
	return s.put(ctx, tx, m, []Part{{OrganCode: part.OrganCode, OrganName: part.OrganName, UnitID: part.UnitID, DispatchID: after.ID}})
}

// tellBack reports on a dispatch to the organ from which its letter came, once for each step.
func (s *Service) tellBack(ctx context.Context, tx *database.Tx, came Part, d cascade.Dispatch, status edxml.Status, words string) error {
	if status == "" {
		return nil
	}
	letter, err := load(ctx, tx, came.MessageID)
	if err != nil {
		return err
	}
	m := s.outgoing(tx, ReportKind, letter.Partner, d.ReceiverID)
	m.Status, m.About, m.Symbol, m.Subject, m.LetterID, m.Words = status, letter.DocumentID, letter.Symbol, letter.Subject, letter.LetterID, words
	m.Dedup = fmt.Sprintf("out|report|%s|%s|%d", d.ID, status, d.Version)
	return s.put(ctx, tx, m, []Part{{OrganCode: letter.FromOrgan, OrganName: letter.FromName, DispatchID: d.ID}})
}

// errGrown says that a receiver joined while the package was built.
var errGrown = errors.New("exchange: a receiver joined meanwhile")

// send builds a package where needed and hands it over. It may run more than once: the bytes stay the same, and the
// partner knows a package by what it holds.
func (s *Service) send(ctx context.Context, job sendJob) error {
	m, err := load(ctx, s.db, job.Message)
	if err != nil || m.State != Waiting {
		return err
	}
	for m.FileKey == "" {
		built, err := s.build(ctx, m)
		if errors.Is(err, errGrown) {
			continue
		}
		if err != nil {
			return s.settle(ctx, m.ID, err, nil)
		}
		m = built
	}
	way, ok := s.ways[m.Partner]
	if !ok {
		return s.settle(ctx, m.ID, fault.Conflict.With("exchange.fault.noWay", "Partner", m.Partner), nil)
	}
	body, err := s.file(ctx, m.FileKey)
	if err != nil {
		return err
	}
	remote, err := way.Send(ctx, Parcel{Name: string(m.ID) + ".edxml", Kind: m.Kind, Body: body})
	return s.settle(ctx, m.ID, err, func(m *Message) { m.Remote = cut(remote) })
}

// build writes the package of a message and keeps it; from then on it does not change.
func (s *Service) build(ctx context.Context, m Message) (Message, error) {
	parts, err := loadParts(ctx, s.db, m.ID)
	if err != nil {
		return m, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return m, err
	}
	var content edxml.Message
	if m.Kind == ReportKind {
		content.Report, err = s.reportOf(ctx, tree, &m, parts)
	} else {
		content.Letter, err = s.letterOf(ctx, tree, &m, parts)
	}
	if err != nil {
		return m, err
	}
	data, err := edxml.Write(content)
	if err != nil {
		return m, err
	}
	digest, size, err := blob.Add(ctx, s.blobs, bytes.NewReader(data))
	if err != nil {
		return m, fmt.Errorf("exchange: keep a package: %w", err)
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		now, err := lock(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		if now.FileKey != "" { // another node was faster
			m = now
			return nil
		}
		again, err := loadParts(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		if len(again) != len(parts) {
			return errGrown
		}
		m.FileKey, m.FileSize, m.Version, m.UpdatedAt, m.State, m.Tries = digest.Key(), size, now.Version+1, tx.Now(), now.State, now.Tries
		return update(ctx, tx, m)
	})
	return m, err
}

func (s *Service) reportOf(ctx context.Context, tree *unit.Tree, m *Message, parts []Part) (*edxml.Report, error) {
	from, err := s.ownOrgan(ctx, tree, m.UnitID)
	if err != nil {
		return nil, err
	}
	m.FromOrgan, m.FromName = from.ID, from.Name
	words := m.Words
	if words == "" {
		words = lang.New("vi").T(cmp.Or(m.Status.Key(), "exchange.status.unknown"))
	}
	r := &edxml.Report{
		For:  edxml.Reference{Code: m.Symbol, DocumentID: m.About},
		From: from, Status: m.Status, Words: words, At: m.IssuedAt, Staff: edxml.Staff{Department: "Văn thư"},
	}
	if len(parts) > 0 {
		r.For.OrganID = parts[0].OrganCode
	}
	if _, date, _, ok := m.About.Parts(); ok {
		r.For.Date = date
	}
	return r, nil
}

// letterOf maps a letter with its receivers to a package.
func (s *Service) letterOf(ctx context.Context, tree *unit.Tree, m *Message, parts []Part) (*edxml.Letter, error) {
	l, err := s.letters.Load(ctx, s.db, m.LetterID)
	if err != nil {
		return nil, err
	}
	out, err := s.envelope(ctx, tree, l, m.UnitID)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		out.To = append(out.To, organOf(tree, p.UnitID, p.OrganCode))
	}
	if len(parts) > 0 && parts[0].DispatchID != "" {
		d, err := s.cascade.Load(ctx, s.db, parts[0].DispatchID)
		if err != nil {
			return nil, err
		}
		if !d.DueAt.IsZero() {
			out.Due = clock.DayOf(d.DueAt.Time)
		}
	}
	out.Business = edxml.Task{Kind: m.Business, Reason: cmp.Or(m.Words, lang.New("vi").T(m.Business.Key())), Staff: edxml.Staff{Department: "Văn thư"}}
	out.Trace = edxml.Trace{ID: string(m.ID), Hops: []edxml.Hop{{OrganID: out.From.ID, At: m.IssuedAt}}}
	if m.Business != edxml.BusinessNew {
		out.Business.For = out.DocumentID
		out.Attachments = nil // the receiver has them
	}
	m.FromOrgan, m.FromName, m.DocumentID, m.Subject = out.From.ID, out.From.Name, out.DocumentID, out.Subject
	if m.Business != edxml.BusinessNew {
		m.About = out.DocumentID
	}
	return &out, nil
}

// envelope maps what a letter says, with its files, for a sender; without receivers.
func (s *Service) envelope(ctx context.Context, tree *unit.Tree, l letter.Letter, sender ident.ID) (edxml.Letter, error) {
	from, err := s.ownOrgan(ctx, tree, sender)
	if err != nil {
		return edxml.Letter{}, err
	}
	issuer := from.ID
	if l.IssuerID != sender { // it is passed on: the letter keeps the name that its issuer gave it
		if code, ok, err := codeOf(ctx, s.db, l.IssuerID); err != nil {
			return edxml.Letter{}, err
		} else if ok {
			issuer = code.OrganCode
		}
	}
	f := l.Fields
	day := clock.Day(f.Date.String())
	notation := f.Notation
	out := edxml.Letter{
		From: from, Number: f.Number, Notation: notation, Place: f.Place, Date: day,
		TypeName: capital(f.Type), Subject: f.Subject, ToPlaces: f.Recipients,
		Signer: edxml.Signer{Competence: strings.Join(f.Signer.Capacity, " "), Position: f.Signer.Position, Name: f.Signer.Name},
		Other:  edxml.Other{Priority: priorityOf(f.Urgency), Copies: 1}, Steering: edxml.SteeringUnsaid,
		DocumentID: edxml.NewDocumentID(issuer, day, l.Symbol()),
	}
	if len(f.Duties) > 0 {
		out.Steering = edxml.SteeringDirects
	}
	if !f.Period.To.IsZero() {
		out.Due = clock.Day(f.Period.To.String())
	}
	for _, b := range f.Bases {
		if b.Symbol != "" {
			out.ResponseFor = append(out.ResponseFor, edxml.Reference{Code: b.Symbol, Date: clock.Day(b.Date.String())})
		}
	}
	out.Attachments, err = s.attachments(ctx, l)
	return out, err
}

// attachments are the files of a letter: the version that was issued, or what it was read from. A letter that has
// neither goes as the text that was composed.
func (s *Service) attachments(ctx context.Context, l letter.Letter) ([]edxml.Attachment, error) {
	words := lang.New("vi").T("exchange.file.letter")
	issue, err := s.letters.LoadIssued(ctx, s.db, l.ID)
	switch {
	case err == nil:
		body, err := s.file(ctx, issue.FileKey)
		return []edxml.Attachment{{Name: cmp.Or(issue.FileName, fileNameOf(l)+".pdf"), Type: "application/pdf", Description: words, Body: body}}, err
	case fault.KindOf(err) != fault.NotFound:
		return nil, err
	case l.FileKey != "":
		body, err := s.file(ctx, l.FileKey)
		name := cmp.Or(l.FileName, fileNameOf(l)+".txt")
		return []edxml.Attachment{{Name: name, Type: mediaType(name), Description: words, Body: body}}, err
	}
	return []edxml.Attachment{{Name: fileNameOf(l) + ".txt", Type: "text/plain; charset=utf-8", Description: words, Body: []byte(l.Source)}}, nil
}

func fileNameOf(l letter.Letter) string {
	return cmp.Or(strings.NewReplacer("/", "-", `\`, "-").Replace(l.Symbol()), "van-ban")
}

func mediaType(name string) string {
	switch strings.ToLower(name[strings.LastIndexByte(name, '.')+1:]) {
	case "pdf":
		return "application/pdf"
	case "docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case "html", "htm":
		return "text/html; charset=utf-8"
	case "txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

// ownOrgan is a unit here as packages name it; without a code it cannot send any.
func (s *Service) ownOrgan(ctx context.Context, tree *unit.Tree, id ident.ID) (edxml.Organ, error) {
	code, ok, err := codeOf(ctx, s.db, id)
	if err != nil {
		return edxml.Organ{}, err
	}
	o := organOf(tree, id, code.OrganCode)
	if !ok {
		return edxml.Organ{}, fault.Conflict.With("exchange.fault.noOwnCode", "Unit", o.Name)
	}
	if u, ok := tree.ByID(id); ok {
		o.Email = u.Email
	}
	return o, nil
}

func organOf(tree *unit.Tree, id ident.ID, code string) edxml.Organ {
	o := edxml.Organ{ID: code}
	u, ok := tree.ByID(id)
	if !ok {
		return o
	}
	o.Name = u.Organ()
	if superior, ok := tree.ByID(u.SuperiorID); ok {
		o.InCharge = superior.Organ()
	}
	return o
}

func priorityOf(urgency string) edxml.Priority {
	switch u := lang.Fold(urgency); {
	case u == "":
		return edxml.PriorityOrdinary
	case strings.Contains(u, "hen gio"):
		return edxml.PriorityScheduled
	case strings.Contains(u, "hoa toc"):
		return edxml.PriorityExpress
	case strings.Contains(u, "thuong khan"):
		return edxml.PriorityVery
	case strings.Contains(u, "khan"):
		return edxml.PriorityUrgent
	}
	return edxml.PriorityOrdinary
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// file reads a whole file; packages and letters fit into memory by their limits.
func (s *Service) file(ctx context.Context, key string) ([]byte, error) {
	f, info, err := s.blobs.Open(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("exchange: open %s: %w", key, err)
	}
	data, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("exchange: read %s (%s bytes): %w", key, strconv.FormatInt(info.Size, 10), err)
	}
	return data, nil
}

// Package returns a letter as a package of its issuer, to be handed over by hand: it names the units outside to which
// the letter was sent, or the issuer itself where it was sent to none.
func (s *Service) Package(ctx context.Context, actor person.Actor, id ident.ID) (data []byte, name string, err error) {
	l, err := s.letters.Get(ctx, actor, id)
	if err != nil {
		return nil, "", err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return nil, "", err
	}
	out, err := s.envelope(ctx, tree, l, l.IssuerID)
	if err != nil {
		return nil, "", err
	}
	dispatches, err := s.cascade.OfLetter(ctx, s.db, id)
	if err != nil {
		return nil, "", err
	}
	for _, d := range dispatches {
		code, ok, err := codeOf(ctx, s.db, d.ReceiverID)
		if err != nil {
			return nil, "", err
		}
		if ok && d.SenderID == l.IssuerID {
			out.To = append(out.To, organOf(tree, d.ReceiverID, code.OrganCode))
		}
	}
	if len(out.To) == 0 {
		out.To = []edxml.Organ{out.From}
	}
	out.Business = edxml.Task{Kind: edxml.BusinessNew, Reason: lang.New("vi").T("edxml.business.0"), Staff: edxml.Staff{Department: "Văn thư"}}
	out.Trace = edxml.Trace{ID: string(l.ID), Hops: []edxml.Hop{{OrganID: out.From.ID, At: l.RegisteredAt}}}
	data, err = edxml.Write(edxml.Message{Letter: &out})
	return data, fileNameOf(l) + ".edxml", err
}

// HasCode tells whether the unit is known to other systems, so that its letters can be packed for them.
func (s *Service) HasCode(ctx context.Context, unit ident.ID) (bool, error) {
	_, ok, err := codeOf(ctx, s.db, unit)
	return ok, err
}
