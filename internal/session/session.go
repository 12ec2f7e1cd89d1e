package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// How long a session lives, and how exactly its last use is kept: a page should not cost a write.
const (
	Lifetime  = 30 * 24 * time.Hour
	IdleTime  = 7 * 24 * time.Hour
	seenEvery = 5 * time.Minute
	maxDevice = 80
)

// Session is one browser in which somebody is signed in.
type Session struct {
	ID        ident.ID   `db:"id"`
	PersonID  ident.ID   `db:"person_id"`
	Device    string     `db:"device"`
	CreatedAt clock.Time `db:"created_at"`
	SeenAt    clock.Time `db:"seen_at"`
	EndedAt   clock.Time `db:"ended_at"`
}

// live tells whether the session still counts.
func (s Session) live(now clock.Time) bool {
	return s.EndedAt.IsZero() && now.Sub(s.CreatedAt.Time) < Lifetime && now.Sub(s.SeenAt.Time) < IdleTime
}

// SignedIn is a fresh session with its token, which is shown to the browser once and kept nowhere.
type SignedIn struct {
	Token     string
	SessionID ident.ID
	PersonID  ident.ID
}

// Create signs somebody in whose identity was proved elsewhere.
func (s *Service) Create(ctx context.Context, person ident.ID, device string) (in SignedIn, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		in, err = s.create(ctx, tx, person, device)
		return err
	})
	return in, err
}

func (s *Service) create(ctx context.Context, tx *database.Tx, person ident.ID, device string) (SignedIn, error) {
	in := SignedIn{Token: newToken(), SessionID: s.ids.New(), PersonID: person}
	if runes := []rune(lang.Clean(device)); len(runes) > maxDevice {
		device = string(runes[:maxDevice])
	} else {
		device = string(runes)
	}
	if err := insertSession(ctx, tx, in, hashToken(in.Token), device); err != nil {
		return SignedIn{}, err
	}
	return in, s.record(ctx, tx, person, "session.begin", in.SessionID)
}

// Resolve returns who holds the token, and notes that they were seen. A token that is unknown, ended or expired is
// Unauthenticated.
func (s *Service) Resolve(ctx context.Context, token string) (person, session ident.ID, err error) {
	if len(token) != tokenLength {
		return "", "", fault.Unauthenticated.With("")
	}
	found, err := readSession(ctx, s.db, hashToken(token))
	if err != nil {
		return "", "", err
	}
	now := clock.At(s.db.Clock().Now())
	if !found.live(now) {
		return "", "", fault.Unauthenticated.With("")
	}
	if now.Sub(found.SeenAt.Time) >= seenEvery {
		if err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
			return touchSession(ctx, tx, found.ID)
		}); err != nil {
			return "", "", err
		}
	}
	return found.PersonID, found.ID, nil
}

// List returns the person's live sessions, the one used last first.
func (s *Service) List(ctx context.Context, person ident.ID) ([]Session, error) {
	all, err := readSessions(ctx, s.db, person)
	if err != nil {
		return nil, err
	}
	now := clock.At(s.db.Clock().Now())
	var live []Session
	for _, one := range all {
		if one.live(now) {
			live = append(live, one)
		}
	}
	return live, nil
}

// End ends one of the person's sessions; ending it again does nothing. Somebody else's is not found.
func (s *Service) End(ctx context.Context, person, session ident.ID) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		owner, err := readOwner(ctx, tx, session)
		if err != nil {
			return err
		}
		if owner != person {
			return fault.NotFound.With("session.fault.unknown")
		}
		return s.end(ctx, tx, person, session)
	})
}

// EndOthers ends all of the person's sessions but one, or all when keep is empty, and returns how many.
func (s *Service) EndOthers(ctx context.Context, person, keep ident.ID) (n int, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		n = 0
		all, err := readSessions(ctx, tx, person)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ID == keep || !one.live(tx.Now()) {
				continue
			}
			if err := s.end(ctx, tx, person, one.ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (s *Service) end(ctx context.Context, tx *database.Tx, person, session ident.ID) error {
	ended, err := endSession(ctx, tx, session)
	if err != nil || !ended {
		return err
	}
	return s.record(ctx, tx, person, "session.end", session)
}

func (s *Service) record(ctx context.Context, tx *database.Tx, person ident.ID, action string, session ident.ID) error {
	return s.log.Record(ctx, tx, audit.Entry{Actor: person, Action: action, Kind: "session", Object: session})
}

// tokenLength is that of 256 random bits in URL-safe base64.
const tokenLength = 43

func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails; the program ends instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashToken is how a token is stored. It has 256 random bits, so a plain hash cannot be searched.
func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
