package urging

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// letterRow is what is kept of a letter: the rules, none for the defaults.
type letterRow struct {
	LetterID  ident.ID             `db:"letter_id"`
	Rules     database.JSON[Rules] `db:"rules"`
	Version   int64                `db:"version"`
	UpdatedBy ident.ID             `db:"updated_by"`
	UpdatedAt clock.Time           `db:"updated_at"`
}

func loadLetter(ctx context.Context, q database.Querier, id ident.ID) (letterRow, error) {
	var r letterRow
	err := q.Get(ctx, &r, `SELECT letter_id, rules, version, updated_by, updated_at FROM urging_letter WHERE letter_id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return letterRow{LetterID: id}, nil
	}
	if err != nil {
		return r, fmt.Errorf("urging: rules of %s: %w", id, err)
	}
	return r, nil
}

// loadRules returns the rules of those of the letters that have their own.
func loadRules(ctx context.Context, q database.Querier, letters []ident.ID) (map[ident.ID]Rules, error) {
	all := map[ident.ID]Rules{}
	for some := range slices.Chunk(letters, keysAtOnce) {
		var rows []letterRow
		err := q.Select(ctx, &rows, `SELECT letter_id, rules, version, updated_by, updated_at FROM urging_letter
			WHERE version > 0 AND letter_id IN (`+database.In(1, len(some))+`)`, database.Args(some)...)
		if err != nil {
			return nil, fmt.Errorf("urging: rules of letters: %w", err)
		}
		for _, r := range rows {
			all[r.LetterID] = r.Rules.V
		}
	}
	return all, nil
}

// lockLetter makes everybody else who urges about the letter wait until the transaction ends.
func lockLetter(ctx context.Context, tx *database.Tx, id ident.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO urging_letter (letter_id, rules, version, updated_by) VALUES ($1, 'null', 0, '')
		ON CONFLICT (letter_id) DO NOTHING`, id)
	if err == nil {
		_, err = tx.Exec(ctx, `UPDATE urging_letter SET version = version WHERE letter_id = $1`, id)
	}
	if err != nil {
		return fmt.Errorf("urging: lock %s: %w", id, err)
	}
	return nil
}

func updateRules(ctx context.Context, tx *database.Tx, r letterRow) error {
	_, err := tx.Exec(ctx, `UPDATE urging_letter SET rules = $1, version = $2, updated_by = $3, updated_at = $4 WHERE letter_id = $5`,
		r.Rules, r.Version, r.UpdatedBy, tx.Now(), r.LetterID)
	if err != nil {
		return fmt.Errorf("urging: keep rules: %w", err)
	}
	return nil
}

// stepRow is a step that was taken.
type stepRow struct {
	ID         ident.ID   `db:"id"`
	LetterID   ident.ID   `db:"letter_id"`
	DispatchID ident.ID   `db:"dispatch_id"`
	Cause      Cause      `db:"cause"`
	Number     int        `db:"number"`
	Step       Step       `db:"step"`
	Since      clock.Time `db:"since"`
	Due        clock.Time `db:"due"`
	At         clock.Time `db:"at"`
	By         ident.ID   `db:"by_person"`
	Words      string     `db:"words"`
	DraftID    ident.ID   `db:"draft_id"`
	DraftTurn  int64      `db:"draft_turn"` // what the draft was wanted as when the step was put into it

	About database.JSON[About] `db:"about"`
}

func (r stepRow) key() Key { return keyOf(r.DispatchID, r.Cause, r.Number) }

func (r stepRow) topic() Key { return topic(r.key(), r.About.V) }

const stepColumns = `id, letter_id, dispatch_id, cause, number, step, since, due, at, by_person, words, coalesce(draft_id, '') AS draft_id, draft_turn, about`

// insertStep takes a step, unless it was taken before.
func insertStep(ctx context.Context, tx *database.Tx, r stepRow) (fresh bool, err error) {
	var draft *ident.ID
	if r.DraftID != "" {
		draft = &r.DraftID
	}
	n, err := tx.Exec(ctx, `INSERT INTO urging_step (id, letter_id, dispatch_id, cause, number, step, since, due, at, by_person, words, draft_id,
		draft_turn, about) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (dispatch_id, cause, number, step) DO NOTHING`,
		r.ID, r.LetterID, r.DispatchID, r.Cause, r.Number, r.Step, r.Since, r.Due, r.At, r.By, r.Words, draft, r.DraftTurn, r.About)
	if err != nil {
		return false, fmt.Errorf("urging: take a step: %w", err)
	}
	return n == 1, nil
}

func stepsOfLetter(ctx context.Context, q database.Querier, id ident.ID) ([]stepRow, error) {
	return steps(ctx, q, `letter_id = $1`, id)
}

func stepsOfDraft(ctx context.Context, q database.Querier, ids ...ident.ID) ([]stepRow, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return steps(ctx, q, `draft_id IN (`+database.In(1, len(ids))+`)`, database.Args(ids)...)
}

// receiver is the unit to which a dispatch went, with the letter that it got.
type receiver struct {
	ID    ident.ID `db:"id"`
	Unit  ident.ID `db:"receiver_id"`
	Paper ident.ID `db:"paper"`
}

// receiversOf returns to whom the dispatches in drafts went, by dispatch.
func receiversOf(ctx context.Context, q database.Querier, drafts []ident.ID) (map[ident.ID]receiver, error) {
	if len(drafts) == 0 {
		return nil, nil
	}
	var rows []receiver
	err := q.Select(ctx, &rows, `SELECT id, receiver_id, coalesce(nullif(under_id, ''), letter_id) AS paper FROM dispatch
		WHERE id IN (SELECT dispatch_id FROM urging_step WHERE draft_id IN (`+database.In(1, len(drafts))+`))`, database.Args(drafts)...)
	if err != nil {
		return nil, fmt.Errorf("urging: receivers in drafts: %w", err)
	}
	by := make(map[ident.ID]receiver, len(rows))
	for _, r := range rows {
		by[r.ID] = r
	}
	return by, nil
}

// stepsAbout returns the steps of one cause about dispatches, and about those with which their units had the same letters
// before; the oldest first.
func stepsAbout(ctx context.Context, q database.Querier, c Cause, dispatches []ident.ID) ([]stepRow, error) {
	var all []stepRow
	for some := range slices.Chunk(dispatches, keysAtOnce) {
		rows, err := steps(ctx, q, `cause = $1 AND dispatch_id IN (SELECT b.id FROM dispatch d
			JOIN dispatch b ON b.letter_id = d.letter_id AND b.receiver_id = d.receiver_id WHERE d.id IN (`+database.In(2, len(some))+`))`, append([]any{c}, database.Args(some)...)...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

func steps(ctx context.Context, q database.Querier, where string, args ...any) ([]stepRow, error) {
	var rows []stepRow
	err := q.Select(ctx, &rows, `SELECT `+stepColumns+` FROM urging_step WHERE `+where+` ORDER BY at, id`, args...)
	if err != nil {
		return nil, fmt.Errorf("urging: steps: %w", err)
	}
	return rows, nil
}

// noticeRow is one step to be told to one recipient.
type noticeRow struct {
	StepID     ident.ID   `db:"step_id"`
	Recipient  string     `db:"recipient"`
	UnitID     ident.ID   `db:"unit_id"`
	Role       string     `db:"role"`
	MessageKey string     `db:"message_key"`
	ToldAt     clock.Time `db:"told_at"`
	DroppedAt  clock.Time `db:"dropped_at"`
}

func insertNotice(ctx context.Context, tx *database.Tx, r noticeRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO urging_notice (step_id, recipient, unit_id, role, message_key, told_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (step_id, recipient) DO NOTHING`,
		r.StepID, r.Recipient, r.UnitID, r.Role, r.MessageKey, r.ToldAt)
	if err != nil {
		return fmt.Errorf("urging: note whom to tell: %w", err)
	}
	return nil
}

// told is a notice with its step.
type told struct {
	noticeRow
	stepRow
}

const toldColumns = `n.step_id, n.recipient, n.unit_id, n.role, n.message_key, n.told_at, n.dropped_at,
	s.id, s.letter_id, s.dispatch_id, s.cause, s.number, s.step, s.since, s.due, s.at, s.by_person, s.words, coalesce(s.draft_id, '') AS draft_id, s.draft_turn, s.about`

func noticesOf(ctx context.Context, q database.Querier, where string, arg any) ([]told, error) {
	var rows []told
	err := q.Select(ctx, &rows, `SELECT `+toldColumns+` FROM urging_notice n JOIN urging_step s ON s.id = n.step_id
		WHERE `+where+` ORDER BY s.letter_id, s.at, s.id, n.recipient`, arg)
	if err != nil {
		return nil, fmt.Errorf("urging: notices: %w", err)
	}
	return rows, nil
}

func noticesOfLetter(ctx context.Context, q database.Querier, id ident.ID) ([]told, error) {
	return noticesOf(ctx, q, `s.letter_id = $1`, id)
}

func noticesTo(ctx context.Context, q database.Querier, recipient string) ([]told, error) {
	return noticesOf(ctx, q, `n.recipient = $1 AND n.dropped_at IS NULL`, recipient)
}

// waiting returns the recipients to whom something is still to be said, in a fixed order.
func waiting(ctx context.Context, q database.Querier) ([]string, error) {
	var all []string
	err := q.Select(ctx, &all, `SELECT DISTINCT recipient FROM urging_notice WHERE message_key = '' AND dropped_at IS NULL ORDER BY recipient`)
	if err != nil {
		return nil, fmt.Errorf("urging: who waits: %w", err)
	}
	return all, nil
}

func tellNotice(ctx context.Context, tx *database.Tx, n noticeRow, key string) error {
	_, err := tx.Exec(ctx, `UPDATE urging_notice SET message_key = $1, told_at = $2 WHERE step_id = $3 AND recipient = $4 AND message_key = ''`,
		key, tx.Now(), n.StepID, n.Recipient)
	if err != nil {
		return fmt.Errorf("urging: note what was told: %w", err)
	}
	return nil
}

func dropNotice(ctx context.Context, tx *database.Tx, n noticeRow) error {
	_, err := tx.Exec(ctx, `UPDATE urging_notice SET dropped_at = $1 WHERE step_id = $2 AND recipient = $3 AND message_key = ''`,
		tx.Now(), n.StepID, n.Recipient)
	if err != nil {
		return fmt.Errorf("urging: drop a notice: %w", err)
	}
	return nil
}

// insertDigest claims the one digest of a person and a day.
func insertDigest(ctx context.Context, tx *database.Tx, recipient string, day clock.Day, key string) (mine bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO urging_digest (recipient, day, message_key, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (recipient, day) DO NOTHING`, recipient, day, key, tx.Now())
	if err != nil {
		return false, fmt.Errorf("urging: claim a digest: %w", err)
	}
	return n == 1, nil
}

// lastDigest is the message of somebody's newest digest, empty when there is none.
func lastDigest(ctx context.Context, q database.Querier, recipient string) (key string, err error) {
	err = q.Get(ctx, &key, `SELECT message_key FROM urging_digest WHERE recipient = $1 ORDER BY day DESC LIMIT 1`, recipient)
	if errors.Is(err, database.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("urging: the last digest: %w", err)
	}
	return key, nil
}

// keysAtOnce bounds the parameters of one statement.
const keysAtOnce = 500

// toldOf is when a unit was told about a dispatch.
type toldOf struct {
	Dispatch ident.ID   `db:"dispatch_id"`
	At       clock.Time `db:"told_at"`
}

// dispatchesOfMessages returns the dispatches about which messages were sent to their receivers.
func dispatchesOfMessages(ctx context.Context, q database.Querier, keys []string) ([]toldOf, error) {
	var all []toldOf
	for some := range slices.Chunk(keys, keysAtOnce) {
		var rows []toldOf
		err := q.Select(ctx, &rows, `SELECT s.dispatch_id, max(n.told_at) AS told_at FROM urging_notice n JOIN urging_step s ON s.id = n.step_id
			JOIN dispatch d ON d.id = s.dispatch_id WHERE n.unit_id = d.receiver_id AND n.message_key IN (`+database.In(1, len(some))+`)
			GROUP BY s.dispatch_id`, database.Args(some)...)
		if err != nil {
			return nil, fmt.Errorf("urging: dispatches of messages: %w", err)
		}
		all = append(all, rows...)
	}
	return all, nil
}

// messagesTo returns the keys of what was told to recipients.
func messagesTo(ctx context.Context, q database.Querier, recipients []string) (map[string][]string, error) {
	all := map[string][]string{}
	for some := range slices.Chunk(recipients, keysAtOnce) {
		var rows []noticeRow
		err := q.Select(ctx, &rows, `SELECT DISTINCT recipient, message_key FROM urging_notice
			WHERE message_key <> '' AND recipient IN (`+database.In(1, len(some))+`)`, database.Args(some)...)
		if err != nil {
			return nil, fmt.Errorf("urging: what somebody was told: %w", err)
		}
		for _, r := range rows {
			all[r.Recipient] = append(all[r.Recipient], r.MessageKey)
		}
	}
	return all, nil
}
