package session

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
)

// Accounts finds the account of an e-mail address.
type Accounts interface {
	ByEmail(ctx context.Context, email string) (id ident.ID, lang string, ok bool, err error)
}

// Needs are what the service works with.
type Needs struct {
	DB       *database.DB
	Log      *audit.Log
	Queue    *jobs.Queue
	Mail     *notify.Service
	IDs      *ident.Generator
	Accounts Accounts
	// Link returns the address of the page with the button for a link's token.
	Link func(token string) string
}

// Service signs people in and out.
type Service struct {
	db       *database.DB
	log      *audit.Log
	queue    *jobs.Queue
	mail     *notify.Service
	ids      *ident.Generator
	accounts Accounts
	link     func(token string) string
	key      []byte
}

// Open returns the service, registers its jobs with the queue and reads the key of its hashes, which is made at the
// first start and kept in the database.
func Open(ctx context.Context, n Needs) (*Service, error) {
	key, err := openKey(ctx, n.DB)
	if err != nil {
		return nil, err
	}
	s := &Service{
		db: n.DB, log: n.Log, queue: n.Queue, mail: n.Mail, ids: n.IDs, accounts: n.Accounts, link: n.Link, key: key,
	}
	jobs.Handle(n.Queue, s.sendCode)
	jobs.Handle(n.Queue, s.purge)
	n.Queue.Every("session.purge", 24*time.Hour, purgeJob{})
	return s, nil
}

func openKey(ctx context.Context, db *database.DB) ([]byte, error) {
	stored, err := readKey(ctx, db)
	if errors.Is(err, database.ErrNotFound) {
		var fresh [32]byte
		_, _ = rand.Read(fresh[:]) // never fails; the program ends instead
		if err := db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			return keepKey(ctx, tx, base64.StdEncoding.EncodeToString(fresh[:]))
		}); err != nil {
			return nil, err
		}
		stored, err = readKey(ctx, db) // another node may have been first
	}
	if err != nil {
		return nil, fmt.Errorf("session: read the key: %w", err)
	}
	key, err := base64.StdEncoding.DecodeString(stored)
	if err != nil || len(key) != 32 {
		return nil, errors.New("session: the key in the database is damaged")
	}
	return key, nil
}

// mac is how what people could guess is stored. The purpose keeps the kinds of values apart.
func (s *Service) mac(purpose, value string) string {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(purpose + "\x00" + value))
	return hex.EncodeToString(h.Sum(nil))
}

// purgeJob forgets what is of no more use.
type purgeJob struct{}

// Kind implements jobs.Args.
func (purgeJob) Kind() string { return "session.purge" }

func (s *Service) purge(ctx context.Context, _ purgeJob) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return forget(ctx, tx, tx.Now().Add(-24*time.Hour), tx.Now().Add(-Lifetime))
	})
}
