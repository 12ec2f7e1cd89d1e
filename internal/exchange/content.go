package exchange

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/unit"
)

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
		d, err := s.cascade.Find(ctx, s.db, parts[0].DispatchID)
		if err != nil {
			return nil, err
		}
		if !d.DueAt.IsZero() {
			out.Due = clock.DayOf(d.DueAt.Time)
		}
	}
	out.Business = edxml.Task{Kind: m.Business, Reason: cmp.Or(m.Words, lang.New("vi").T(m.Business.Key())), Staff: edxml.Staff{Department: "Văn thư"}}
	out.Trace = edxml.Trace{ID: string(m.ID), Hops: []edxml.Hop{{OrganID: out.From.ID, At: m.IssuedAt}}}
	switch {
	case m.About != "": // another letter, which mends or replaces that one
		out.Business.For = m.About
	case m.Business != edxml.BusinessNew:
		out.Business.For = out.DocumentID
		out.Attachments = nil // the receiver has them
	}
	m.FromOrgan, m.FromName, m.DocumentID, m.Subject = out.From.ID, out.From.Name, out.DocumentID, out.Subject
	if m.Business != edxml.BusinessNew && m.About == "" {
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
	issuer, err := s.issuerCode(ctx, s.db, l, sender)
	if err != nil {
		return edxml.Letter{}, err
	}
	f := l.Fields
	day := clock.Day(f.Date.String())
	notation := f.Notation
	out := edxml.Letter{
		From: from, Number: f.Number, Notation: notation, Place: f.Place, Date: day,
		TypeName: lang.Capital(f.Type), Subject: f.Subject, ToPlaces: f.Recipients,
		Signer: edxml.Signer{Competence: strings.Join(f.Signer.Capacity, " "), Position: f.Signer.Position, Name: f.Signer.Name},
		Other:  edxml.Other{Priority: priorityOf(f.Urgency), Copies: 1}, Steering: edxml.SteeringUnsaid,
		DocumentID: nameOfDocument(l, issuer),
	}
	if len(f.Duties) > 0 {
		out.Steering = edxml.SteeringDirects
	}
	for _, d := range f.Duties { // the first deadline; that the matter itself lasts until then is none
		if due := clock.Day(d.Deadline.String()); due != "" && (out.Due == "" || due < out.Due) {
			out.Due = due
		}
	}
	if out.ResponseFor, err = s.references(ctx, l); err != nil {
		return edxml.Letter{}, err
	}
	if out.Attachments, err = s.attachments(ctx, l); err != nil {
		return edxml.Letter{}, err
	}
	annex, reports, err := s.annex(ctx, l)
	if reports {
		out.Steering, out.Attachments = edxml.SteeringReportsOn, append(out.Attachments, annex)
	}
	return out, err
}

// references are the letters that a letter answers or rests on, the one it answers first and by the name that it has in
// packages.
func (s *Service) references(ctx context.Context, l letter.Letter) ([]edxml.Reference, error) {
	var refs []edxml.Reference
	if l.AnswersID != "" {
		r, err := s.answered(ctx, l.AnswersID)
		if err != nil {
			return nil, err
		}
		refs = append(refs, r)
	}
	for _, b := range l.Fields.Bases {
		if b.Symbol != "" && !slices.ContainsFunc(refs, func(r edxml.Reference) bool { return r.Code == b.Symbol }) {
			refs = append(refs, edxml.Reference{Code: b.Symbol, Date: clock.Day(b.Date.String())})
		}
	}
	return refs, nil
}

// answered refers to a letter as the system knows it from which it came, else as ours know it.
func (s *Service) answered(ctx context.Context, id ident.ID) (edxml.Reference, error) {
	l, err := s.letters.Load(ctx, s.db, id)
	if err != nil {
		return edxml.Reference{}, err
	}
	r := edxml.Reference{Code: l.Symbol(), Date: clock.Day(l.Fields.Date.String())}
	came, err := cameFor(ctx, s.db, id)
	if err != nil {
		return r, err
	}
	if len(came) > 0 {
		r.OrganID, r.DocumentID = came[0].FromOrgan, came[0].DocumentID
		return r, nil
	}
	code, ok, err := codeOf(ctx, s.db, l.IssuerID)
	if ok {
		r.OrganID, r.DocumentID = code.OrganCode, nameOfDocument(l, code.OrganCode)
	}
	return r, err
}

func nameOfDocument(l letter.Letter, issuer string) edxml.DocumentID {
	return edxml.NewDocumentID(issuer, clock.Day(l.Fields.Date.String()), l.Symbol())
}

// attachments are the files of a letter: the version that was issued, or what it was read from; of one that was composed
// here the same as DOCX beside it, to be worked with. A letter that has no file goes as its text.
func (s *Service) attachments(ctx context.Context, l letter.Letter) ([]edxml.Attachment, error) {
	words := lang.New("vi").T("exchange.file.letter")
	kept, err := s.letters.Kept(ctx, s.db, l)
	if err != nil {
		return nil, err
	}
	files := []edxml.Attachment{{Name: fileNameOf(l) + ".txt", Body: []byte(l.Source)}}
	if kept.Key != "" {
		end := ".txt"
		if kept.Issued {
			end = ".pdf"
		}
		files[0].Name = cmp.Or(kept.Name, fileNameOf(l)+end)
		if files[0].Body, err = s.file(ctx, kept.Key); err != nil {
			return nil, err
		}
	}
	files[0].Type, files[0].Description = mediaType(files[0].Name), words
	if l.Document == nil {
		return files, nil
	}
	var docx bytes.Buffer
	if err := decree.DOCX(&docx, *l.Document, decree.Options{Made: l.UpdatedAt.Local()}); err != nil {
		return nil, fmt.Errorf("exchange: set %s as DOCX: %w", l.ID, err)
	}
	name := fileNameOf(l) + ".docx"
	return append(files, edxml.Attachment{
		Name: name, Type: mediaType(name), Description: lang.New("vi").T("exchange.file.docx"), Body: docx.Bytes(),
	}), nil
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
	case "xlsx":
		return sheet.MediaType
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
