package cascade

import (
	"context"
	"errors"
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

type dutyRow struct {
	DispatchID ident.ID                        `db:"dispatch_id"`
	Number     int                             `db:"number"`
	From       int                             `db:"from_number"`
	Text       string                          `db:"text"`
	Channels   database.JSON[[]letter.Channel] `db:"channels"`
	Deadline   clock.Time                      `db:"deadline"`
	Quota      int                             `db:"quota"`
	Terms      database.JSON[terms]            `db:"terms"`
	DoneAt     clock.Time                      `db:"done_at"`
	DoneBy     ident.ID                        `db:"done_by"`
	Note       string                          `db:"note"`
}

// terms is what a letter says about a duty and nothing is searched by.
type terms struct {
	For     []string           `json:"for,omitempty"`
	Force   letter.Force       `json:"force,omitempty"`
	Within  *letter.Within     `json:"within,omitempty"`
	Latest  clock.Time         `json:"latest,omitzero"`
	GivenAt clock.Time         `json:"given,omitzero"`
	Asked   clock.Time         `json:"asked,omitzero"`
	Every   *letter.Recurrence `json:"every,omitempty"`
	Of      string             `json:"of,omitempty"` // of the quota
	AtLeast bool               `json:"at_least,omitempty"`
	Proof   string             `json:"proof,omitempty"`
}

func (r dutyRow) duty() Duty {
	t := r.Terms.V
	d := Duty{
		DispatchID: r.DispatchID, Number: r.Number, From: r.From, Text: r.Text, Channels: r.Channels.V, For: t.For, Force: t.Force,
		Deadline: r.Deadline, Within: t.Within, Latest: t.Latest, GivenAt: t.GivenAt, Asked: t.Asked, Every: t.Every, Proof: t.Proof, DoneAt: r.DoneAt, DoneBy: r.DoneBy, Note: r.Note,
	}
	if r.Quota > 0 {
		d.Quota = &letter.Quota{Count: r.Quota, Of: t.Of, AtLeast: t.AtLeast}
	}
	return d
}

const dutyColumns = `u.dispatch_id, u.number, u.from_number, u.text, u.channels, u.deadline, u.quota, u.terms, u.done_at, u.done_by, u.note`

func loadDuties(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Duty, error) {
	return listDuties(ctx, q, `FROM dispatch_duty u WHERE u.dispatch_id = $1 ORDER BY u.number`, dispatch)
}

// loadAllDuties returns the duties of all dispatches of a letter.
func loadAllDuties(ctx context.Context, q database.Querier, letterID ident.ID) ([]Duty, error) {
	return listDuties(ctx, q, `FROM dispatch_duty u JOIN dispatch d ON d.id = u.dispatch_id WHERE d.letter_id = $1
		ORDER BY u.dispatch_id, u.number`, letterID)
}

func listDuties(ctx context.Context, q database.Querier, from string, args ...any) ([]Duty, error) {
	var rows []dutyRow
	if err := q.Select(ctx, &rows, `SELECT `+dutyColumns+` `+from, args...); err != nil {
		return nil, fmt.Errorf("cascade: load duties: %w", err)
	}
	duties := make([]Duty, len(rows))
	for i, r := range rows {
		duties[i] = r.duty()
	}
	return duties, nil
}

// insertDuty stores a new duty, unless the dispatch has one under its number.
func insertDuty(ctx context.Context, tx *database.Tx, d Duty) (fresh bool, err error) {
	channels := d.Channels
	if channels == nil {
		channels = []letter.Channel{}
	}
	t := terms{For: d.For, Force: d.Force, Within: d.Within, Latest: d.Latest, GivenAt: d.GivenAt, Asked: d.Asked, Every: d.Every, Proof: d.Proof}
	if d.Quota != nil {
		t.Of, t.AtLeast = d.Quota.Of, d.Quota.AtLeast
	}
	n, err := tx.Exec(ctx, `INSERT INTO dispatch_duty (dispatch_id, number, from_number, text, channels, deadline, quota, terms,
		done_at, done_by, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', '') ON CONFLICT (dispatch_id, number) DO NOTHING`,
		d.DispatchID, d.Number, d.From, d.Text, database.JSON[[]letter.Channel]{V: channels}, d.Deadline, d.quota(),
		database.JSON[terms]{V: t})
	if err != nil {
		return false, fmt.Errorf("cascade: insert duty: %w", err)
	}
	return n == 1, nil
}

func updateDeadline(ctx context.Context, tx *database.Tx, d Duty) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_duty SET deadline = $1 WHERE dispatch_id = $2 AND number = $3`, d.Deadline, d.DispatchID, d.Number)
	if err != nil {
		return fmt.Errorf("cascade: update the deadline of a duty: %w", err)
	}
	return nil
}

func updateDuty(ctx context.Context, tx *database.Tx, d Duty) error {
	_, err := tx.Exec(ctx, `UPDATE dispatch_duty SET done_at = $1, done_by = $2, note = $3 WHERE dispatch_id = $4 AND number = $5`,
		d.DoneAt, d.DoneBy, d.Note, d.DispatchID, d.Number)
	if err != nil {
		return fmt.Errorf("cascade: update duty: %w", err)
	}
	return nil
}

const publicityColumns = `id, dispatch_id, duty_number, channel, at, place, link, times, people, note, file_key, file_name,
	created_by, created_at`

func loadPublicity(ctx context.Context, q database.Querier, id ident.ID) (Publicity, error) {
	var p Publicity
	err := q.Get(ctx, &p, `SELECT `+publicityColumns+` FROM publicity WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Publicity{}, fault.NotFound.With("cascade.fault.notFound")
	}
	if err != nil {
		return Publicity{}, fmt.Errorf("cascade: load publicity: %w", err)
	}
	return p, nil
}

func listPublicity(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Publicity, error) {
	var all []Publicity
	err := q.Select(ctx, &all, `SELECT `+publicityColumns+` FROM publicity WHERE dispatch_id = $1 ORDER BY at, id`, dispatch)
	if err != nil {
		return nil, fmt.Errorf("cascade: list publicity: %w", err)
	}
	return all, nil
}

// insertPublicity stores a new record, unless there is one under its ID.
func insertPublicity(ctx context.Context, tx *database.Tx, p Publicity) (fresh bool, err error) {
	n, err := tx.Exec(ctx, `INSERT INTO publicity (`+publicityColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO NOTHING`,
		p.ID, p.DispatchID, p.Duty, p.Channel, p.At, p.Place, p.Link, p.Times, p.People, p.Note, p.FileKey, p.FileName,
		p.CreatedBy, p.CreatedAt)
	if err != nil {
		return false, fmt.Errorf("cascade: insert publicity: %w", err)
	}
	return n == 1, nil
}

// channelSum is what one dispatch's receiver did over one channel.
type channelSum struct {
	DispatchID ident.ID       `db:"dispatch_id"`
	Channel    letter.Channel `db:"channel"`
	Records    int            `db:"records"`
	People     int            `db:"people"`
	First      clock.Time     `db:"first"`
	Last       clock.Time     `db:"last"`
}

func sumPublicity(ctx context.Context, q database.Querier, letterID ident.ID, since int64) ([]channelSum, error) {
	var sums []channelSum
	err := q.Select(ctx, &sums, `SELECT p.dispatch_id, p.channel, count(*) AS records, cast(sum(p.people) AS bigint) AS people,
		min(p.at) AS first, max(p.at) AS last
		FROM publicity p JOIN dispatch d ON d.id = p.dispatch_id
		WHERE d.letter_id = $1 AND d.seq > $2 GROUP BY p.dispatch_id, p.channel ORDER BY p.dispatch_id, p.channel`, letterID, since)
	if err != nil {
		return nil, fmt.Errorf("cascade: sum publicity: %w", err)
	}
	return sums, nil
}

// owed is what the duties of a dispatch ask for and is not done.
type owed struct {
	Publicising
	DutyBy clock.Time // the first day of a duty that is not done
}

// loadOwed returns for each dispatch of a receiver whether it asks for publicity, when it was first publicised, and by when
// its duties are to be done.
func loadOwed(ctx context.Context, q database.Querier, receiver ident.ID) (map[ident.ID]owed, error) {
	var rows []struct {
		DispatchID ident.ID   `db:"id"`
		Asked      bool       `db:"asked"`
		First      clock.Time `db:"first"`
		By         clock.Time `db:"duty_by"`
	}
	err := q.Select(ctx, &rows, `SELECT d.id, EXISTS (SELECT 1 FROM dispatch_duty u WHERE u.dispatch_id = d.id AND u.channels <> '[]') AS asked,
		(SELECT min(p.at) FROM publicity p WHERE p.dispatch_id = d.id) AS first,
		(SELECT min(u.deadline) FROM dispatch_duty u WHERE u.dispatch_id = d.id AND u.done_at IS NULL) AS duty_by
		FROM dispatch d WHERE d.receiver_id = $1`, receiver)
	if err != nil {
		return nil, fmt.Errorf("cascade: what is owed: %w", err)
	}
	all := make(map[ident.ID]owed, len(rows))
	for _, r := range rows {
		all[r.DispatchID] = owed{Publicising{r.Asked, r.First}, r.By}
	}
	return all, nil
}

// dutyCount is how many duties of a dispatch there are and how many are done.
type dutyCount struct {
	DispatchID ident.ID `db:"dispatch_id"`
	Total      int      `db:"total"`
	Done       int      `db:"done"`
	Publicise  int      `db:"publicise"` // that name a channel

	By clock.Time `db:"duty_by"` // the first day of one that is not done
}

func countDuties(ctx context.Context, q database.Querier, letterID ident.ID, since int64) (map[ident.ID]dutyCount, error) {
	var rows []dutyCount
	err := q.Select(ctx, &rows, `SELECT u.dispatch_id, count(*) AS total, count(u.done_at) AS done,
			count(CASE WHEN u.channels <> '[]' THEN 1 END) AS publicise, min(CASE WHEN u.done_at IS NULL THEN u.deadline END) AS duty_by
		FROM dispatch_duty u JOIN dispatch d ON d.id = u.dispatch_id WHERE d.letter_id = $1 AND d.seq > $2
		GROUP BY u.dispatch_id`, letterID, since)
	if err != nil {
		return nil, fmt.Errorf("cascade: count duties: %w", err)
	}
	counts := make(map[ident.ID]dutyCount, len(rows))
	for _, r := range rows {
		counts[r.DispatchID] = r
	}
	return counts, nil
}
