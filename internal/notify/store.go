package notify

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// State is what became of a message.
type State string

const (
	queued    State = "queued"
	sending   State = "sending"
	sent      State = "sent"
	failed    State = "failed"
	uncertain State = "uncertain" // handed over when the connection or the process ended
)

// Sent tells whether the message is with the next one responsible.
func (s State) Sent() bool { return s == sent }

// Failed tells whether the message was refused, or nobody can know whether it arrived.
func (s State) Failed() bool { return s == failed || s == uncertain }

// Gone tells whether the message may have arrived.
func (s State) Gone() bool { return s == sent || s == uncertain }

// message is a row of the outbox.
type message struct {
	Key       string     `db:"key"`
	Person    ident.ID   `db:"person"`
	Email     string     `db:"email"`
	Lang      string     `db:"lang"`
	Template  string     `db:"template"`
	Subject   string     `db:"subject"`
	Body      string     `db:"body"`
	State     State      `db:"state"`
	Attempts  int        `db:"attempts"`
	CreatedAt clock.Time `db:"created_at"`
	Patient   bool       `db:"patient"`
}

// insertMessage adds the message unless its key was used before.
func insertMessage(ctx context.Context, tx *database.Tx, m message) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO notify_message
		(key, person, email, lang, template, subject, body, state, attempts, error, created_at, patient)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', $9, $10) ON CONFLICT (key) DO NOTHING`,
		m.Key, m.Person, m.Email, m.Lang, m.Template, m.Subject, m.Body, m.State, m.CreatedAt, m.Patient)
	return n == 1, err
}

func getMessage(ctx context.Context, q database.Querier, key string) (m message, err error) {
	err = q.Get(ctx, &m, `SELECT key, person, email, lang, template, subject, body, state, attempts, created_at, patient
		FROM notify_message WHERE key = $1`, key)
	return m, err
}

// claimMessage marks the message as being sent, unless somebody else did since m was read.
func claimMessage(ctx context.Context, tx *database.Tx, m message) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE notify_message SET state = $1, attempts = attempts + 1
		WHERE key = $2 AND state = $3 AND attempts = $4`, sending, m.Key, m.State, m.Attempts)
	return n == 1, err
}

// endMessage notes how sending ended, and forgets address and text when it ended for good.
func endMessage(ctx context.Context, tx *database.Tx, key string, state State, failure error, final bool) error {
	reason := ""
	if failure != nil {
		reason = failure.Error()
	}
	if !final {
		_, err := tx.Exec(ctx, "UPDATE notify_message SET state = $1, error = $2 WHERE key = $3", state, reason, key)
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE notify_message SET state = $1, error = $2, email = '', body = '', ended_at = $3 WHERE key = $4",
		state, reason, tx.Now(), key)
	return err
}

const outcomeColumns = `key, person, state, created_at, ended_at`

func outcomesOf(ctx context.Context, q database.Querier, keys []string) ([]Outcome, error) {
	var rows []Outcome
	err := q.Select(ctx, &rows, "SELECT "+outcomeColumns+" FROM notify_message WHERE key IN ("+database.In(1, len(keys))+")", database.Args(keys)...)
	return rows, err
}

func undelivered(ctx context.Context, q database.Querier, limit int) ([]Outcome, error) {
	var rows []Outcome
	err := q.Select(ctx, &rows, "SELECT "+outcomeColumns+` FROM notify_message WHERE state IN ($1, $2) ORDER BY created_at DESC, key LIMIT $3`,
		failed, uncertain, limit)
	return rows, err
}

// lastSent are the newest messages that went out to people, one for each; the other columns are left out.
func lastSent(ctx context.Context, q database.Querier, people []ident.ID) ([]Outcome, error) {
	var rows []Outcome
	err := q.Select(ctx, &rows, `SELECT person, max(created_at) AS created_at FROM notify_message
		WHERE state = $1 AND person IN (`+database.In(2, len(people))+`) GROUP BY person`, append([]any{sent}, database.Args(people)...)...)
	return rows, err
}
