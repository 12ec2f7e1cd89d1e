package exchange

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/unit"
)

// unpacked is what was read of a package, or why it could not be.
type unpacked struct {
	edxml.Reading
	err error
}

func (s *Service) unpack(body []byte) (in unpacked) {
	in.Reading, in.err = edxml.Read(bytes.NewReader(body), s.limits)
	if in.Report != nil {
		in.Report.From.ID = organKey(in.Report.From.ID)
	}
	if in.Letter != nil {
		in.Letter.From.ID = organKey(in.Letter.From.ID)
		for i := range in.Letter.To {
			in.Letter.To[i].ID = organKey(in.Letter.To[i].ID)
		}
	}
	return in
}

// organKey is a code as it is kept and compared: systems write "h57.01" for H57.01.
func organKey(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

// examine reads a package and finds out whether it is for us and whether who sends it may. refused is why it is not
// taken; the message then says so.
func (s *Service) examine(ctx context.Context, partner string, body []byte, in unpacked) (m Message, parts []Part, refused *fault.Error, err error) {
	m = Message{Direction: In, Kind: UnreadKind, State: Lifecycle.Start, Partner: partner}
	refuse := func(code Code, f *fault.Error) (Message, []Part, *fault.Error, error) {
		m.refuse(partner, body, code, f)
		return m, parts, f, nil
	}
	if in.err != nil {
		f, ok := errors.AsType[*fault.Error](in.err)
		if !ok {
			return m, nil, nil, in.err
		}
		return refuse(codeFor(f), f)
	}
	if r := in.Report; r != nil {
		m.Status, m.About, m.Symbol, m.FromOrgan, m.FromName, m.Words, m.IssuedAt = r.Status, r.For.DocumentID, r.For.Code, r.From.ID, r.From.Name, r.Words, r.At
		if m.FromOrgan == "" || m.Status == "" || m.About == "" && m.Symbol == "" {
			return refuse(NotConforming, fault.Invalid.With("exchange.fault.reportIncomplete"))
		}
		if f, err := s.maySpeak(ctx, partner, m.FromOrgan, false); err != nil {
			return m, nil, nil, err
		} else if f != nil {
			return refuse(UnknownSender, f)
		}
		m.Kind = ReportKind
		m.Dedup = strings.Join([]string{"in|report", partner, m.FromOrgan, string(m.About), m.Symbol, string(m.Status), r.At.UTC().String(), m.Words}, "|")
		m.Dedup = short(m.Dedup)
		return m, nil, nil, nil
	}
	l := in.Letter
	m.Business, m.DocumentID, m.Symbol, m.Subject, m.FromOrgan, m.FromName = l.Business.Kind, l.DocumentID, l.Symbol(), l.Subject, l.From.ID, l.From.Name
	m.Words, m.About = l.Business.Reason, l.Business.For
	if m.About == "" && m.Business != edxml.BusinessNew && len(l.ResponseFor) > 0 {
		m.About = l.ResponseFor[0].DocumentID
	}
	if len(l.Trace.Hops) > 0 {
		m.IssuedAt = l.Trace.Hops[0].At
	}
	if m.FromOrgan == "" || l.Number == "" || l.Date == "" || l.Subject == "" && m.Business != edxml.BusinessRecall {
		return refuse(NotConforming, fault.Invalid.With("exchange.fault.letterIncomplete"))
	}
	if !m.Business.Known() && l.Business.For != "" { // what it would do to that letter nobody can say; without one it brings a letter
		return refuse(NotConforming, fault.Unsupported.With("exchange.fault.businessUnknown", "Code", cut(string(m.Business))))
	}
	f, err := s.maySpeak(ctx, partner, m.FromOrgan, true)
	if err != nil {
		return m, nil, nil, err
	}
	if f != nil {
		return refuse(UnknownSender, f)
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return m, nil, nil, err
	}
	var locked bool
	if parts, locked, err = s.receivers(ctx, tree, l.To); err != nil {
		return m, nil, nil, err
	}
	ours := slices.ContainsFunc(parts, func(p Part) bool { return p.UnitID != "" })
	switch {
	case !ours && locked:
		return refuse(ReceiverLocked, fault.Conflict.With("exchange.fault.receiverLocked"))
	case !ours:
		return refuse(UnknownReceiver, fault.NotFound.With("exchange.fault.receiverUnknown", "Organs", organs(l.To)))
	}
	m.Kind = LetterKind
	m.Dedup = dedupOf(m, parts, body)
	return m, parts, nil, nil
}

// refuse keeps a package as one that is not taken: each is another one, and may be looked at anew.
func (m *Message) refuse(partner string, body []byte, code Code, why *fault.Error) {
	sum := sha256.Sum256(body)
	m.explain(why)
	m.Kind, m.State, m.Code, m.Dedup = UnreadKind, Failed, code, "in|unread|"+partner+"|"+hex.EncodeToString(sum[:])
}

// maySpeak returns why a partner may not bring what an organ says: the organ is a unit here, or reached over another
// partner. A letter may come from an organ that is not known yet; a report may not, since nothing was sent to it.
func (s *Service) maySpeak(ctx context.Context, partner, organ string, unknown bool) (*fault.Error, error) {
	code, ok, err := unitOf(ctx, s.db, organ)
	if err != nil || !ok && unknown {
		return nil, err
	}
	if !ok || code.Partner != partner {
		return fault.Forbidden.With("exchange.fault.senderUnknown", "Organ", cut(organ)), nil
	}
	return nil, nil
}

// receivers finds the units here that a package names; locked tells whether one of them is no longer in force.
func (s *Service) receivers(ctx context.Context, tree *unit.Tree, to []edxml.Organ) (parts []Part, locked bool, err error) {
	for _, o := range to {
		p := Part{OrganCode: o.ID, OrganName: o.Name}
		code, ok, err := unitOf(ctx, s.db, o.ID)
		if err != nil {
			return nil, false, err
		}
		if ok && !code.Outside() {
			u, _ := tree.ByID(code.UnitID)
			if u.InForce(tree.Day()) {
				p.UnitID = code.UnitID
			} else {
				locked = true
			}
		}
		if p.UnitID != "" && slices.ContainsFunc(parts, func(q Part) bool { return q.UnitID == p.UnitID }) {
			continue
		}
		parts = append(parts, p)
	}
	return parts, locked, nil
}

func organs(list []edxml.Organ) string {
	var names []string
	for _, o := range list {
		names = append(names, cmp.Or(o.ID, o.Name))
	}
	return cut(strings.Join(names, ", "))
}

// codeFor is the answer to a package that cannot be read.
func codeFor(f *fault.Error) Code {
	switch f.Key {
	case "edxml.fault.noHeader":
		return NotConforming
	case "edxml.fault.attachment", "edxml.fault.attachmentLarge", "edxml.fault.attachments":
		return Unprocessed
	}
	return BadFile
}
