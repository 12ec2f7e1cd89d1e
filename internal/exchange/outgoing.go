package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"sachhon/internal/blob"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// minEvery keeps a slip in the configuration from asking partners without a pause.
const minEvery = 10 * time.Second

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
