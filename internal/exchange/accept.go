package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"sachhon/internal/blob"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
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
	corrects, stays, err := s.corrects(ctx, m, in.Letter)
	if err != nil {
		return Answer{}, err
	}
	if stays != nil {
		refused, parts = stays, nil
		m.refuse(partner.ID, body, NotConforming, stays)
	}
	came := m
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		m = came // a transaction may run again, and begins with what came
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
