package exchange

import (
	"context"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

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
