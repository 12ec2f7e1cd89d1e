package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

const columns = `id, letter_id, coalesce(parent_id, '') AS parent_id, coalesce(sender_id, '') AS sender_id, receiver_id, state, words, due_at, sent_by, sent_at,
	arrived_at, received_at, arrival_year, arrival_number, presented_at, assigned_at, lead, cooperators, instruction, deadline,
	started_at, ended_at, outcome, version, updated_at, coalesce(under_id, '') AS under_id, receipt_at, asked, asked_kind,
	replaced_by, again_id, objected_at, lead_id, seq, outside, grace_until`

type row struct {
	Dispatch
	Others database.JSON[[]string] `db:"cooperators"`
}

func (r row) dispatch() Dispatch {
	d := r.Dispatch
	d.Cooperators = r.Others.V
	return d
}

func dispatches(rows []row) []Dispatch {
	out := make([]Dispatch, len(rows))
	for i, r := range rows {
		out[i] = r.dispatch()
	}
	return out
}

func load(ctx context.Context, q database.Querier, id ident.ID) (Dispatch, error) {
	var r row
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM dispatch WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Dispatch{}, fault.NotFound.With("cascade.fault.notFound")
	}
	if err != nil {
		return Dispatch{}, fmt.Errorf("cascade: load %s: %w", id, err)
	}
	return r.dispatch(), nil
}

// lock loads a dispatch and makes everybody else who wants to change it wait until the transaction ends, so that the same
// button pressed twice finds its work done.
func lock(ctx context.Context, tx *database.Tx, id ident.ID) (Dispatch, error) {
	if _, err := tx.Exec(ctx, `UPDATE dispatch SET version = version WHERE id = $1`, id); err != nil {
		return Dispatch{}, fmt.Errorf("cascade: lock %s: %w", id, err)
	}
	return load(ctx, tx, id)
}

func loadChildren(ctx context.Context, q database.Querier, parent ident.ID) ([]Dispatch, error) {
	return list(ctx, q, `WHERE parent_id = $1 ORDER BY sent_at, id`, parent)
}

func loadByLetter(ctx context.Context, q database.Querier, letter ident.ID) ([]Dispatch, error) {
	return list(ctx, q, `WHERE letter_id = $1 ORDER BY sent_at, id`, letter)
}

// loadInbox returns what has arrived at a unit, the newest first; what is still on its way is nobody's business yet.
func loadInbox(ctx context.Context, q database.Querier, receiver ident.ID, limit int) ([]Dispatch, error) {
	return list(ctx, q, `WHERE receiver_id = $1 AND state <> $2 ORDER BY sent_at DESC, id DESC LIMIT $3`, receiver, Sent, limit)
}

func list(ctx context.Context, q database.Querier, where string, args ...any) ([]Dispatch, error) {
	var rows []row
	if err := q.Select(ctx, &rows, `SELECT `+columns+` FROM dispatch `+where, args...); err != nil {
		return nil, fmt.Errorf("cascade: list: %w", err)
	}
	return dispatches(rows), nil
}

func countInbox(ctx context.Context, q database.Querier, receiver ident.ID) (map[State]int, error) {
	var rows []struct {
		State State `db:"state"`
		N     int   `db:"n"`
	}
	err := q.Select(ctx, &rows, `SELECT state, count(*) AS n FROM dispatch WHERE receiver_id = $1 AND state <> $2 GROUP BY state`,
		receiver, Sent)
	if err != nil {
		return nil, fmt.Errorf("cascade: count the inbox: %w", err)
	}
	counts := make(map[State]int, len(rows))
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, nil
}

// insert stores a new dispatch, unless its unit has the letter already.
func insert(ctx context.Context, tx *database.Tx, d Dispatch) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO dispatch (id, letter_id, parent_id, sender_id, receiver_id, state, words, due_at, sent_by,
		sent_at, arrived_at, received_at, arrival_year, arrival_number, lead, cooperators, instruction, outcome, version, updated_at,
		under_id, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '[]', '', '', $15, $16, $17, $18)
		ON CONFLICT (letter_id, receiver_id) WHERE again_id = '' DO NOTHING`,
		d.ID, d.LetterID, orNull(d.ParentID), orNull(d.SenderID), d.ReceiverID, d.State, d.Words, d.DueAt, d.SentBy, d.SentAt,
		d.ArrivedAt, d.ReceivedAt, d.ArrivalYear, d.ArrivalNumber, d.Version, d.UpdatedAt, orNull(d.UnderID), d.Seq)
	if err != nil {
		return false, fmt.Errorf("cascade: insert: %w", err)
	}
	return n == 1, nil
}

// setOutside remembers that a dispatch went to another document system.
func setOutside(ctx context.Context, tx *database.Tx, id ident.ID) error {
	if _, err := tx.Exec(ctx, `UPDATE dispatch SET outside = $1 WHERE id = $2`, true, id); err != nil {
		return fmt.Errorf("cascade: note that %s is outside: %w", id, err)
	}
	return nil
}

// orNull is NULL for no identifier.
func orNull(id ident.ID) *ident.ID {
	if id == "" {
		return nil
	}
	return &id
}

// nextSeq takes the letter's next number. Whoever changes another dispatch of the letter waits until this transaction ends,
// so that numbers become visible in their order.
func nextSeq(ctx context.Context, tx *database.Tx, letterID ident.ID) (int64, error) {
	_, err := tx.Exec(ctx, `INSERT INTO cascade_seq (letter_id, seq) VALUES ($1, 1)
		ON CONFLICT (letter_id) DO UPDATE SET seq = cascade_seq.seq + 1`, letterID)
	if err != nil {
		return 0, fmt.Errorf("cascade: take a number: %w", err)
	}
	return readSeq(ctx, tx, letterID)
}

// readSeq returns the number of the newest change about a letter, 0 when it was never sent.
func readSeq(ctx context.Context, q database.Querier, letterID ident.ID) (int64, error) {
	var seq int64
	err := q.Get(ctx, &seq, `SELECT seq FROM cascade_seq WHERE letter_id = $1`, letterID)
	if errors.Is(err, database.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("cascade: read the number: %w", err)
	}
	return seq, nil
}

// touch leaves the number of a change on the dispatch it belongs to.
func touch(ctx context.Context, tx *database.Tx, id ident.ID, seq int64) error {
	if _, err := tx.Exec(ctx, `UPDATE dispatch SET seq = $1 WHERE id = $2`, seq, id); err != nil {
		return fmt.Errorf("cascade: touch %s: %w", id, err)
	}
	return nil
}

// lockAll is lock for all dispatches of a letter, in the order of their identifiers.
func lockAll(ctx context.Context, tx *database.Tx, letterID ident.ID) ([]Dispatch, error) {
	if _, err := tx.Exec(ctx, `UPDATE dispatch SET version = version WHERE letter_id = $1`, letterID); err != nil {
		return nil, fmt.Errorf("cascade: lock the dispatches of %s: %w", letterID, err)
	}
	return list(ctx, tx, `WHERE letter_id = $1 ORDER BY id`, letterID)
}

// update stores what may change, guarded by the state and version that were loaded.
func update(ctx context.Context, tx *database.Tx, d, before Dispatch) error {
	cooperators := d.Cooperators
	if cooperators == nil {
		cooperators = []string{}
	}
	n, err := tx.Exec(ctx, `UPDATE dispatch SET state = $1, arrived_at = $2, received_at = $3, arrival_year = $4, arrival_number = $5,
		presented_at = $6, assigned_at = $7, lead = $8, cooperators = $9, instruction = $10, deadline = $11, started_at = $12,
		ended_at = $13, outcome = $14, version = $15, updated_at = $16, receipt_at = $17, asked = $18, asked_kind = $19,
		replaced_by = $20, again_id = $21, seq = $22, objected_at = $23, lead_id = $24, grace_until = $25
		WHERE id = $26 AND state = $27 AND version = $28`,
		d.State, d.ArrivedAt, d.ReceivedAt, d.ArrivalYear, d.ArrivalNumber, d.PresentedAt, d.AssignedAt, d.Lead,
		database.JSON[[]string]{V: cooperators}, d.Text, d.Deadline, d.StartedAt, d.EndedAt, d.Outcome, d.Version, d.UpdatedAt,
		d.ReceiptAt, d.Asked, d.AskedKind, d.ReplacedBy, d.AgainID, d.Seq, d.ObjectedAt, d.LeadID, d.Grace,
		d.ID, before.State, before.Version)
	if err != nil {
		return fmt.Errorf("cascade: update %s: %w", d.ID, err)
	}
	if n != 1 {
		return fault.Conflict.With("cascade.fault.changed")
	}
	return nil
}

// boardColumns are those of a dispatch that a board needs; its long texts are left out.
const boardColumns = `id, letter_id, coalesce(parent_id, '') AS parent_id, coalesce(sender_id, '') AS sender_id, receiver_id, state, due_at, sent_at, arrived_at,
	received_at, arrival_year, arrival_number, presented_at, assigned_at, lead, deadline, started_at, ended_at, outcome, version,
	updated_at, coalesce(under_id, '') AS under_id, receipt_at, asked, asked_kind, replaced_by, again_id, objected_at, lead_id, seq,
	outside, grace_until`

// loadMoved returns the dispatches of a letter that have changed since a number, by their identifiers.
func loadMoved(ctx context.Context, q database.Querier, letterID ident.ID, since int64) ([]Dispatch, error) {
	var rows []Dispatch
	err := q.Select(ctx, &rows, `SELECT `+boardColumns+` FROM dispatch WHERE letter_id = $1 AND seq > $2 ORDER BY id`, letterID, since)
	if err != nil {
		return nil, fmt.Errorf("cascade: read what moved: %w", err)
	}
	return rows, nil
}

// loadBefore returns the dispatch in whose place this one stands: the letter was sent again, or it replaced another one.
func loadBefore(ctx context.Context, q database.Querier, id ident.ID) (Dispatch, error) {
	found, err := list(ctx, q, `WHERE again_id = $1 OR replaced_by = $1 ORDER BY sent_at`, id)
	if err != nil {
		return Dispatch{}, err
	}
	if len(found) == 0 {
		return Dispatch{}, fault.NotFound.With("cascade.fault.notFound")
	}
	return found[0], nil
}

// workTables are those in which a unit's work for a dispatch stands, by duty.
var workTables = []string{"publicity", "duty_part", "duty_tick", "duty_file"}

// moveDuty gives what was noted of a duty to one of another dispatch.
func moveDuty(ctx context.Context, tx *database.Tx, from, to ident.ID, number, as int) error {
	for _, table := range workTables {
		_, err := tx.Exec(ctx, `UPDATE `+table+` SET dispatch_id = $1, duty_number = $2 WHERE dispatch_id = $3 AND duty_number = $4`, to, as, from, number)
		if err != nil {
			return fmt.Errorf("cascade: move duty %d of %s: %w", number, from, err)
		}
	}
	return nil
}

// movePublicity gives the records that are left to another dispatch, as records of the letter as a whole.
func movePublicity(ctx context.Context, tx *database.Tx, from, to ident.ID) error {
	if _, err := tx.Exec(ctx, `UPDATE publicity SET dispatch_id = $1, duty_number = 0 WHERE dispatch_id = $2`, to, from); err != nil {
		return fmt.Errorf("cascade: move the publicity of %s: %w", from, err)
	}
	return nil
}

// moveWork gives what was done for a dispatch to another one that asks the same.
func moveWork(ctx context.Context, tx *database.Tx, from, to ident.ID) error {
	for _, table := range workTables {
		if _, err := tx.Exec(ctx, `UPDATE `+table+` SET dispatch_id = $1 WHERE dispatch_id = $2`, to, from); err != nil {
			return fmt.Errorf("cascade: move the work of %s: %w", from, err)
		}
	}
	return nil
}

func setParent(ctx context.Context, tx *database.Tx, id, parent ident.ID) error {
	if _, err := tx.Exec(ctx, `UPDATE dispatch SET parent_id = $1 WHERE id = $2`, parent, id); err != nil {
		return fmt.Errorf("cascade: move %s: %w", id, err)
	}
	return nil
}
