package audit

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"sachhon/internal/database"
)

// Signer signs checkpoints under the log's origin name.
type Signer struct {
	note.Signer
	// VerifierKey is published, so that anybody can check a checkpoint: name+hash+key.
	VerifierKey string
}

// algorithm marks an Ed25519 key in a note key.
const algorithm = 1

// NewSigner makes the signer whose key comes from the seed. origin names the log: a host name or a host name and
// path, without spaces or plus.
func NewSigner(origin string, seed [ed25519.SeedSize]byte) (Signer, error) {
	key := ed25519.NewKeyFromSeed(seed[:])
	verifier, err := note.NewEd25519VerifierKey(origin, key.Public().(ed25519.PublicKey))
	if err != nil {
		return Signer{}, fmt.Errorf("audit: signer: %w", err)
	}
	if _, err := note.NewVerifier(verifier); err != nil {
		return Signer{}, fmt.Errorf("audit: %q is no name for a log: want a host name without spaces or plus", origin)
	}
	rest := strings.TrimPrefix(verifier, origin+"+")
	hash, _, _ := strings.Cut(rest, "+")
	secret := base64.StdEncoding.EncodeToString(append([]byte{algorithm}, seed[:]...))
	s, err := note.NewSigner(fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", origin, hash, secret))
	if err != nil {
		return Signer{}, fmt.Errorf("audit: signer: %w", err)
	}
	return Signer{s, verifier}, nil
}

// OpenSigner returns the installation's signer. Its seed is kept in the database and drawn from random at the first
// start; nodes that start at once agree on one.
func OpenSigner(ctx context.Context, db *database.DB, origin string, random io.Reader) (Signer, error) {
	stored, err := readSeed(ctx, db)
	if errors.Is(err, database.ErrNotFound) {
		var fresh [ed25519.SeedSize]byte
		if _, err := io.ReadFull(random, fresh[:]); err != nil {
			return Signer{}, fmt.Errorf("audit: draw a key: %w", err)
		}
		err = db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			return keepSeed(ctx, tx, base64.StdEncoding.EncodeToString(fresh[:]), tx.Now())
		})
		if err != nil {
			return Signer{}, err
		}
		stored, err = readSeed(ctx, db)
	}
	if err != nil {
		return Signer{}, err
	}
	seed, err := base64.StdEncoding.DecodeString(stored)
	if err != nil || len(seed) != ed25519.SeedSize {
		return Signer{}, errors.New("audit: the stored signing key is damaged")
	}
	return NewSigner(origin, [ed25519.SeedSize]byte(seed))
}
