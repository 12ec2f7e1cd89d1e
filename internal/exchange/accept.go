package exchange

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/blob"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Accept takes a package from a partner. When it answers, the package is kept whatever it holds: one that cannot be read
// or is not for us as failed, with the reason; a good one once, with the job that deals with it. Of one with a secret document
// nothing is kept. An error means that nothing was kept, and the partner sends it again.
func (s *Service) Accept(ctx context.Context, partner Partner, body []byte) (Answer, error) {
	if len(body) > s.limits.Bytes {
		f := fault.TooLarge.With("edxml.fault.large", "Limit", s.limits.Bytes>>20)
		return Answer{Code: BadFile, Fault: f}, nil
	}
	in := s.unpack(body)
	if why, secret := secretIn(ctx, in.Reading); secret {
		return Answer{Code: Unprocessed, Fault: why}, nil
	}
	digest, size, err := blob.Add(ctx, s.blobs, bytes.NewReader(body))
	if err != nil {
		return Answer{}, fmt.Errorf("exchange: keep a package: %w", err)
	}
	m, parts, refused, err := s.examine(ctx, partner.ID, body, in)
	if err != nil {
		return Answer{}, err
	}
	m.FileKey, m.FileSize = digest.Key(), size
	corrects, err := s.corrects(ctx, m)
	if err != nil {
		return Answer{}, err
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		m.ID, m.CreatedAt, m.UpdatedAt, m.Version = s.ids.New(), tx.Now(), tx.Now(), 1
		if m.Kind == LetterKind {
			m.LetterID = m.ID // the letter bears the message's name, so that making it twice makes one
		}
		if m.IssuedAt.IsZero() {
			m.IssuedAt = tx.Now()
		}
		if refused != nil {
			m.EndedAt = tx.Now()
		}
		fresh, err := insert(ctx, tx, m, parts)
		if err != nil {
			return err
		}
		if !fresh {
			same, err := loadSame(ctx, tx, m.Dedup)
			if err != nil {
				return err
			}
			if !corrects {
				m = same
				return nil
			}
			if err := s.supersede(ctx, tx, same.ID); err != nil {
				return err
			}
			if fresh, err = insert(ctx, tx, m, parts); err != nil {
				return err
			}
			if !fresh { // two corrections at once
				m, err = loadSame(ctx, tx, m.Dedup)
				return err
			}
		}
		if err := s.record(ctx, tx, person.SystemActor, actionAccept, m); err != nil || refused != nil {
			return err
		}
		return s.again(ctx, tx, m)
	})
	if err != nil {
		return Answer{}, err
	}
	return Answer{Code: m.Code, Message: m, Fault: refused}, nil
}

// corrects tells whether a package is another try at one that had to be given up before a letter came of it. What it left
// half done is put aside. Of a letter that was registered only its sender's update or replacement tells something else.
func (s *Service) corrects(ctx context.Context, m Message) (bool, error) {
	if m.Kind != LetterKind {
		return false, nil
	}
	same, err := loadSame(ctx, s.db, m.Dedup)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	if err != nil || same.State != Failed || same.FileKey == m.FileKey {
		return false, err
	}
	switch l, err := s.letters.Load(ctx, s.db, same.LetterID); {
	case fault.KindOf(err) == fault.NotFound:
		return true, nil
	case err != nil || l.State != letter.Draft && l.State != letter.Discarded:
		return false, err
	}
	_, err = s.letters.Discard(ctx, person.SystemActor, same.LetterID)
	return err == nil, err
}

// superseded begins the name of a message after its sender has sent the same again, corrected.
const superseded = "superseded|"

// supersede lets another package take the place of one that failed.
func (s *Service) supersede(ctx context.Context, tx *database.Tx, id ident.ID) error {
	old, err := lock(ctx, tx, id)
	if err != nil || old.State != Failed || strings.HasPrefix(old.Dedup, superseded) {
		return err
	}
	old.Dedup, old.Version, old.UpdatedAt = superseded+string(old.ID), old.Version+1, tx.Now()
	return update(ctx, tx, old)
}

// unpacked is what was read of a package, or why it could not be.
type unpacked struct {
	edxml.Reading
	err error
}

func (s *Service) unpack(body []byte) (in unpacked) {
	in.Reading, in.err = edxml.Read(bytes.NewReader(body), s.limits)
	return in
}

// secretIn tells why a package may not be kept: a document in it that can be read bears a mark of secrecy.
func secretIn(ctx context.Context, reading edxml.Reading) (why *fault.Error, secret bool) {
	if reading.Letter == nil {
		return nil, false
	}
	for _, a := range reading.Letter.Attachments {
		_, _, err := letter.ReadFile(ctx, a.Body, letter.Options{})
		if f, ok := errors.AsType[*fault.Error](err); ok && f.Key == letter.SecretFault {
			return f, true
		}
	}
	return nil, false
}

// examine reads a package and finds out whether it is for us and whether who sends it may. refused is why it is not
// taken; the message then says so.
func (s *Service) examine(ctx context.Context, partner string, body []byte, in unpacked) (m Message, parts []Part, refused *fault.Error, err error) {
	m = Message{Direction: In, Kind: UnreadKind, State: Lifecycle.Start, Partner: partner}
	refuse := func(code Code, f *fault.Error) (Message, []Part, *fault.Error, error) {
		sum := sha256.Sum256(body)
		m.explain(f)
		m.State, m.Code, m.Dedup = Failed, code, "in|unread|"+partner+"|"+hex.EncodeToString(sum[:])
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

// dedupOf is what makes two packages with a letter the same: the letter and to whom it goes, over whichever partner and
// however it is packed. A change of a letter may come more than once with the same name, so its content counts too.
func dedupOf(m Message, parts []Part, body []byte) string {
	var to []string
	for _, p := range parts {
		if p.UnitID != "" {
			to = append(to, p.OrganCode)
		}
	}
	slices.Sort(to)
	key := []string{"in|letter", m.FromOrgan, string(m.Business), string(m.DocumentID), m.Symbol, strings.Join(to, ",")}
	if m.Business == edxml.BusinessUpdate {
		sum := sha256.Sum256(body)
		key = append(key, hex.EncodeToString(sum[:]))
	}
	return short(strings.Join(key, "|"))
}

// short keeps a key within what an index takes, whatever stands in a package.
func short(key string) string {
	if len(key) <= 500 {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return strings.ToValidUTF8(key[:400], "") + "|" + hex.EncodeToString(sum[:])
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

// fetch asks all partners for what waits; one that does not answer does not keep the others waiting.
func (s *Service) fetch(ctx context.Context, _ fetchJob) error {
	var errs []error
	for _, p := range s.Partners() {
		way, ok := s.ways[p.ID]
		if !ok {
			continue
		}
		err := way.Fetch(ctx, func(ctx context.Context, body []byte) (Answer, error) { return s.Accept(ctx, p, body) })
		if err != nil {
			errs = append(errs, fmt.Errorf("exchange: fetch from %s: %w", p.ID, err))
		}
	}
	return errors.Join(errs...)
}

// Retry has a message tried again that was given up. What could not be read before is looked at anew: the units may be
// known by now.
func (s *Service) Retry(ctx context.Context, actor person.Actor, id ident.ID) (Message, error) {
	m, err := load(ctx, s.db, id)
	if err != nil {
		return Message{}, err
	}
	if err := s.may(ctx, actor, person.ActionExchangeRetry, m); err != nil {
		return Message{}, err
	}
	fresh, parts := m, []Part(nil)
	if m.Kind == UnreadKind {
		body, err := s.file(ctx, m.FileKey)
		if err != nil {
			return Message{}, err
		}
		var refused *fault.Error
		if fresh, parts, refused, err = s.examine(ctx, m.Partner, body, s.unpack(body)); err != nil {
			return Message{}, err
		}
		if refused != nil {
			return Message{}, refused
		}
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		now, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if now.State == Waiting {
			m = now
			return nil
		}
		if strings.HasPrefix(now.Dedup, superseded) {
			return fault.Conflict.With("exchange.fault.cameOtherwise")
		}
		next, err := Lifecycle.Next(now.State, Retry)
		if err != nil {
			return fault.Conflict.With("exchange.fault.notFailed").Because(err)
		}
		if now.Kind == UnreadKind {
			same, err := loadSame(ctx, tx, fresh.Dedup)
			if err == nil && same.ID != now.ID {
				return fault.Conflict.With("exchange.fault.cameOtherwise")
			}
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return err
			}
			fresh.ID, fresh.FileKey, fresh.FileSize, fresh.CreatedAt, fresh.Tries = now.ID, now.FileKey, now.FileSize, now.CreatedAt, now.Tries
			if fresh.Kind == LetterKind {
				fresh.LetterID = now.ID
			}
			if fresh.IssuedAt.IsZero() {
				fresh.IssuedAt = now.CreatedAt
			}
			if err := dropParts(ctx, tx, now.ID); err != nil {
				return err
			}
			if err := insertParts(ctx, tx, now.ID, parts); err != nil {
				return err
			}
			version := now.Version
			now, now.Version = fresh, version
		}
		now.State, now.Tries, now.Version, now.UpdatedAt, now.EndedAt = next, 0, now.Version+1, tx.Now(), zero
		now.ErrorKey, now.Code = "", OK
		now.ErrorArgs = database.JSON[map[string]any]{}
		if err := update(ctx, tx, now); err != nil {
			return err
		}
		m = now
		if err := s.record(ctx, tx, actor, string(person.ActionExchangeRetry), now); err != nil {
			return err
		}
		return s.again(ctx, tx, now)
	})
	return m, err
}
