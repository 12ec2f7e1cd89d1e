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
	Text       string                          `db:"text"`
	Channels   database.JSON[[]letter.Channel] `db:"channels"`
	DoneAt     clock.Time                      `db:"done_at"`
	DoneBy     ident.ID                        `db:"done_by"`
	Note       string                          `db:"note"`
}

func loadDuties(ctx context.Context, q database.Querier, dispatch ident.ID) ([]Duty, error) {
	var rows []dutyRow
	err := q.Select(ctx, &rows, `SELECT dispatch_id, number, text, channels, done_at, done_by, note
		FROM dispatch_duty WHERE dispatch_id = $1 ORDER BY number`, dispatch)
	if err != nil {
		return nil, fmt.Errorf("cascade: load duties: %w", err)
	}
	duties := make([]Duty, len(rows))
	for i, r := range rows {
		duties[i] = Duty{r.DispatchID, r.Number, r.Text, r.Channels.V, r.DoneAt, r.DoneBy, r.Note}
	}
	return duties, nil
}

func insertDuty(ctx context.Context, tx *database.Tx, d Duty) error {
	channels := d.Channels
	if channels == nil {
		channels = []letter.Channel{}
	}
	_, err := tx.Exec(ctx, `INSERT INTO dispatch_duty (dispatch_id, number, text, channels, done_at, done_by, note)
		VALUES ($1, $2, $3, $4, NULL, '', '')`, d.DispatchID, d.Number, d.Text, database.JSON[[]letter.Channel]{V: channels})
	if err != nil {
		return fmt.Errorf("cascade: insert duty: %w", err)
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

func sumPublicity(ctx context.Context, q database.Querier, letterID ident.ID) ([]channelSum, error) {
	var sums []channelSum
	err := q.Select(ctx, &sums, `SELECT p.dispatch_id, p.channel, count(*) AS records, cast(sum(p.people) AS bigint) AS people,
		min(p.at) AS first, max(p.at) AS last
		FROM publicity p JOIN dispatch d ON d.id = p.dispatch_id
		WHERE d.letter_id = $1 GROUP BY p.dispatch_id, p.channel ORDER BY p.dispatch_id, p.channel`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: sum publicity: %w", err)
	}
	return sums, nil
}

// firstPublicity returns when each dispatch of a receiver was first publicised.
func firstPublicity(ctx context.Context, q database.Querier, receiver ident.ID) (map[ident.ID]clock.Time, error) {
	var rows []struct {
		DispatchID ident.ID   `db:"dispatch_id"`
		First      clock.Time `db:"first"`
	}
	err := q.Select(ctx, &rows, `SELECT p.dispatch_id, min(p.at) AS first
		FROM publicity p JOIN dispatch d ON d.id = p.dispatch_id WHERE d.receiver_id = $1 GROUP BY p.dispatch_id`, receiver)
	if err != nil {
		return nil, fmt.Errorf("cascade: first publicity: %w", err)
	}
	first := make(map[ident.ID]clock.Time, len(rows))
	for _, r := range rows {
		first[r.DispatchID] = r.First
	}
	return first, nil
}

// dutyCount is how many duties of a dispatch there are and how many are done.
type dutyCount struct {
	DispatchID ident.ID `db:"dispatch_id"`
	Total      int      `db:"total"`
	Done       int      `db:"done"`
}

func countDuties(ctx context.Context, q database.Querier, letterID ident.ID) (map[ident.ID]dutyCount, error) {
	var rows []dutyCount
	err := q.Select(ctx, &rows, `SELECT u.dispatch_id, count(*) AS total, count(u.done_at) AS done
		FROM dispatch_duty u JOIN dispatch d ON d.id = u.dispatch_id WHERE d.letter_id = $1 GROUP BY u.dispatch_id`, letterID)
	if err != nil {
		return nil, fmt.Errorf("cascade: count duties: %w", err)
	}
	counts := make(map[ident.ID]dutyCount, len(rows))
	for _, r := range rows {
		counts[r.DispatchID] = r
	}
	return counts, nil
}
