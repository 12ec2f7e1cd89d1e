package session

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const keySetting = "session.key"

func readKey(ctx context.Context, q database.Querier) (key string, err error) {
	err = q.Get(ctx, &key, `SELECT value FROM setting WHERE name = $1`, keySetting)
	return key, err
}

// keepKey stores the key unless another node did so first.
func keepKey(ctx context.Context, tx *database.Tx, key string) error {
	_, err := tx.Exec(ctx, `INSERT INTO setting (name, value, updated_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`,
		keySetting, key, tx.Now())
	return err
}

const sessionColumns = `id, person_id, device, created_at, seen_at, ended_at`

func insertSession(ctx context.Context, tx *database.Tx, in SignedIn, hash, device string) error {
	_, err := tx.Exec(ctx, `INSERT INTO session (id, person_id, token_hash, device, created_at, seen_at, ended_at)
		VALUES ($1, $2, $3, $4, $5, $5, NULL)`, in.SessionID, in.PersonID, hash, device, tx.Now())
	return err
}

func readSession(ctx context.Context, q database.Querier, hash string) (Session, error) {
	var s Session
	err := q.Get(ctx, &s, `SELECT `+sessionColumns+` FROM session WHERE token_hash = $1`, hash)
	if errors.Is(err, database.ErrNotFound) {
		return s, fault.Unauthenticated.With("")
	}
	return s, err
}

func readSessions(ctx context.Context, q database.Querier, person ident.ID) ([]Session, error) {
	var sessions []Session
	err := q.Select(ctx, &sessions, `SELECT `+sessionColumns+` FROM session WHERE person_id = $1 AND ended_at IS NULL
		ORDER BY seen_at DESC, id DESC`, person)
	return sessions, err
}

func readOwner(ctx context.Context, q database.Querier, session ident.ID) (owner ident.ID, err error) {
	err = q.Get(ctx, &owner, `SELECT person_id FROM session WHERE id = $1`, session)
	if errors.Is(err, database.ErrNotFound) {
		return "", fault.NotFound.With("session.fault.unknown")
	}
	return owner, err
}

func touchSession(ctx context.Context, tx *database.Tx, id ident.ID) error {
	_, err := tx.Exec(ctx, `UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, id, tx.Now())
	return err
}

func endSession(ctx context.Context, tx *database.Tx, id ident.ID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, id, tx.Now())
	return n == 1, err
}

const requestColumns = `id, person_id, code_mac, tries, expires_at, used_at`

func insertRequest(ctx context.Context, tx *database.Tx, id ident.ID, account string, expires clock.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO session_request (id, account, person_id, code_mac, link_mac, tries, requested_at, expires_at, used_at)
		VALUES ($1, $2, '', '', NULL, 0, $3, $4, NULL)`, id, account, tx.Now(), expires)
	return err
}

// armRequest gives the request its person, code and link, once and only while it could still be used.
func armRequest(ctx context.Context, tx *database.Tx, id, person ident.ID, code, link string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE session_request SET person_id = $2, code_mac = $3, link_mac = $4
		WHERE id = $1 AND code_mac = '' AND expires_at > $5`, id, person, code, link, tx.Now())
	return n == 1, err
}

// readRequests returns the latest requests for the account; older ones were purged or are long expired.
func readRequests(ctx context.Context, q database.Querier, account string) ([]request, error) {
	var requests []request
	err := q.Select(ctx, &requests, `SELECT `+requestColumns+` FROM session_request WHERE account = $1
		ORDER BY requested_at DESC, id DESC LIMIT 20`, account)
	return requests, err
}

func readLinked(ctx context.Context, q database.Querier, mac string) (request, error) {
	var r request
	err := q.Get(ctx, &r, `SELECT `+requestColumns+` FROM session_request WHERE link_mac = $1`, mac)
	if errors.Is(err, database.ErrNotFound) {
		return r, fault.Gone.With("session.fault.link")
	}
	return r, err
}

// useRequest claims the request for one session.
func useRequest(ctx context.Context, tx *database.Tx, id ident.ID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE session_request SET used_at = $2
		WHERE id = $1 AND used_at IS NULL AND code_mac <> '' AND expires_at > $2`, id, tx.Now())
	return n == 1, err
}

// countWrong takes one guess from every code of the account that still works.
func countWrong(ctx context.Context, tx *database.Tx, account string) error {
	_, err := tx.Exec(ctx, `UPDATE session_request SET tries = tries + 1
		WHERE account = $1 AND used_at IS NULL AND expires_at > $2`, account, tx.Now())
	return err
}

// countTry counts one try, in a new window when the old one opened at or before the given time.
func countTry(ctx context.Context, tx *database.Tx, name, subject string, old clock.Time) (tries int, opened clock.Time, err error) {
	var row struct {
		Tries  int        `db:"tries"`
		Opened clock.Time `db:"opened_at"`
	}
	err = tx.Get(ctx, &row, `INSERT INTO session_limit AS l (name, subject, opened_at, tries) VALUES ($1, $2, $3, 1)
		ON CONFLICT (name, subject) DO UPDATE SET
			tries = CASE WHEN l.opened_at <= $4 THEN 1 ELSE l.tries + 1 END,
			opened_at = CASE WHEN l.opened_at <= $4 THEN excluded.opened_at ELSE l.opened_at END
		RETURNING tries, opened_at`, name, subject, tx.Now(), old)
	return row.Tries, row.Opened, err
}

// uncount takes a try back.
func uncount(ctx context.Context, tx *database.Tx, name, subject string) error {
	_, err := tx.Exec(ctx, `UPDATE session_limit SET tries = tries - 1 WHERE name = $1 AND subject = $2 AND tries > 0`, name, subject)
	return err
}

// forget deletes requests and limits from before a time, and sessions that began or ended before another.
func forget(ctx context.Context, tx *database.Tx, requests, sessions clock.Time) error {
	if _, err := tx.Exec(ctx, `DELETE FROM session_request WHERE expires_at < $1`, requests); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM session_limit WHERE opened_at < $1`, requests); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM session WHERE created_at < $1 OR ended_at < $1`, sessions)
	return err
}
