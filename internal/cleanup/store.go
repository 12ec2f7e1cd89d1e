package cleanup

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

const columns = `id, challenge_id, entrant_id, unit_id, place, description, lat, lon, expected, starts_at, ends_at, state,
	reason, announced_at, reported_at, cancelled_at, created_by, created_at, updated_at, version`

type row struct {
	ID          ident.ID   `db:"id"`
	Challenge   ident.ID   `db:"challenge_id"`
	Entrant     ident.ID   `db:"entrant_id"`
	Unit        ident.ID   `db:"unit_id"`
	Place       string     `db:"place"`
	Description string     `db:"description"`
	Lat         *float64   `db:"lat"`
	Lon         *float64   `db:"lon"`
	Expected    int        `db:"expected"`
	StartsAt    clock.Time `db:"starts_at"`
	EndsAt      clock.Time `db:"ends_at"`
	State       State      `db:"state"`
	Reason      string     `db:"reason"`
	AnnouncedAt clock.Time `db:"announced_at"`
	ReportedAt  clock.Time `db:"reported_at"`
	CancelledAt clock.Time `db:"cancelled_at"`
	CreatedBy   ident.ID   `db:"created_by"`
	CreatedAt   clock.Time `db:"created_at"`
	UpdatedAt   clock.Time `db:"updated_at"`
	Version     int64      `db:"version"`
}

func (r row) cleanup() Cleanup {
	c := Cleanup{
		ID: r.ID, Challenge: r.Challenge, Entrant: r.Entrant, Unit: r.Unit, Place: r.Place, Description: r.Description,
		Expected: r.Expected, StartsAt: r.StartsAt, EndsAt: r.EndsAt, State: r.State, Reason: r.Reason,
		AnnouncedAt: r.AnnouncedAt, ReportedAt: r.ReportedAt, CancelledAt: r.CancelledAt, CreatedBy: r.CreatedBy,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
	if r.Lat != nil && r.Lon != nil {
		c.Point = &geo.Point{Lat: *r.Lat, Lon: *r.Lon}
	}
	return c
}

func all(rows []row) []Cleanup {
	cleanups := make([]Cleanup, len(rows))
	for i, r := range rows {
		cleanups[i] = r.cleanup()
	}
	return cleanups
}

func get(ctx context.Context, q database.Querier, id ident.ID) (Cleanup, error) {
	var r row
	err := q.Get(ctx, &r, `SELECT `+columns+` FROM cleanup WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Cleanup{}, fault.NotFound.With("cleanup.fault.none").Because(err)
	}
	return r.cleanup(), err
}

func entrantOf(ctx context.Context, q database.Querier, id ident.ID) (ident.ID, error) {
	var entrantID ident.ID
	err := q.Get(ctx, &entrantID, `SELECT entrant_id FROM cleanup WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return "", fault.NotFound.With("cleanup.fault.none").Because(err)
	}
	return entrantID, err
}

func ofEntrant(ctx context.Context, q database.Querier, entrantID ident.ID) ([]Cleanup, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM cleanup WHERE entrant_id = $1 ORDER BY starts_at DESC, id DESC`, entrantID)
	return all(rows), err
}

func publicOf(ctx context.Context, q database.Querier, challengeID ident.ID) ([]Cleanup, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM cleanup WHERE challenge_id = $1 AND announced_at IS NOT NULL
		ORDER BY starts_at DESC, id DESC`, challengeID)
	return all(rows), err
}

// atTheTime returns the clean-ups of the same entrant that stand at the hours of c.
func atTheTime(ctx context.Context, q database.Querier, c Cleanup) ([]Cleanup, error) {
	var rows []row
	err := q.Select(ctx, &rows, `SELECT `+columns+` FROM cleanup WHERE entrant_id = $1 AND state IN ($2, $3)
		AND starts_at < $4 AND ends_at > $5 ORDER BY starts_at, id`, c.Entrant, Announced, Reported, c.EndsAt, c.StartsAt)
	return all(rows), err
}

// lockAgenda makes changes to the clean-ups of one entrant come after each other, on both engines.
func lockAgenda(ctx context.Context, tx *database.Tx, entrantID ident.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO cleanup_agenda (entrant_id, changes) VALUES ($1, 1)
		ON CONFLICT (entrant_id) DO UPDATE SET changes = cleanup_agenda.changes + 1`, entrantID)
	return err
}

// place returns the three columns of a point.
func place(p *geo.Point) (lat, lon *float64, cell *int64) {
	if p == nil {
		return nil, nil, nil
	}
	n := geo.Cell(*p)
	return &p.Lat, &p.Lon, &n
}

func insert(ctx context.Context, tx *database.Tx, c Cleanup) error {
	lat, lon, cell := place(c.Point)
	_, err := tx.Exec(ctx, `INSERT INTO cleanup (id, challenge_id, entrant_id, unit_id, place, description, lat, lon, cell,
			expected, starts_at, ends_at, state, reason, created_by, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', $14, $15, $15, 1)`,
		c.ID, c.Challenge, c.Entrant, c.Unit, c.Place, c.Description, lat, lon, cell, c.Expected, c.StartsAt, c.EndsAt,
		c.State, c.CreatedBy, tx.Now())
	return err
}

func update(ctx context.Context, tx *database.Tx, c Cleanup) error {
	lat, lon, cell := place(c.Point)
	return one(tx.Exec(ctx, `UPDATE cleanup SET unit_id = $3, place = $4, description = $5, lat = $6, lon = $7, cell = $8,
			expected = $9, starts_at = $10, ends_at = $11, updated_at = $12, version = version + 1
		WHERE id = $1 AND version = $2 AND state = $13`,
		c.ID, c.Version, c.Unit, c.Place, c.Description, lat, lon, cell, c.Expected, c.StartsAt, c.EndsAt, tx.Now(), c.State))
}

func setAnnounced(ctx context.Context, tx *database.Tx, id ident.ID, from, to State) error {
	return one(tx.Exec(ctx, `UPDATE cleanup SET state = $3, announced_at = $4, updated_at = $4, version = version + 1
		WHERE id = $1 AND state = $2`, id, from, to, tx.Now()))
}

func setCancelled(ctx context.Context, tx *database.Tx, id ident.ID, from, to State, reason string) error {
	return one(tx.Exec(ctx, `UPDATE cleanup SET state = $3, reason = $5, cancelled_at = $4, updated_at = $4,
		version = version + 1 WHERE id = $1 AND state = $2`, id, from, to, tx.Now(), reason))
}

func setReported(ctx context.Context, tx *database.Tx, id ident.ID, from, to State) error {
	return one(tx.Exec(ctx, `UPDATE cleanup SET state = $3, reported_at = $4, updated_at = $4, version = version + 1
		WHERE id = $1 AND state = $2`, id, from, to, tx.Now()))
}

func one(n int64, err error) error {
	if err == nil && n != 1 {
		return fault.Conflict.With("")
	}
	return err
}

func attendance(ctx context.Context, q database.Querier, id ident.ID) (Attendance, bool, error) {
	var r struct {
		Kind      AttendanceKind `db:"kind"`
		HeadCount int            `db:"head_count"`
		UpdatedBy ident.ID       `db:"updated_by"`
		UpdatedAt clock.Time     `db:"updated_at"`
	}
	err := q.Get(ctx, &r, `SELECT kind, head_count, updated_by, updated_at FROM cleanup_attendance WHERE cleanup_id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Attendance{Cleanup: id}, false, nil
	}
	if err != nil {
		return Attendance{}, false, err
	}
	a := Attendance{Cleanup: id, Kind: r.Kind, HeadCount: r.HeadCount, UpdatedBy: r.UpdatedBy, UpdatedAt: r.UpdatedAt}
	err = q.Select(ctx, &a.Attendees, `SELECT name, guardian FROM cleanup_attendee WHERE cleanup_id = $1 ORDER BY position`, id)
	return a, true, err
}

func putAttendance(ctx context.Context, tx *database.Tx, a Attendance) error {
	_, err := tx.Exec(ctx, `INSERT INTO cleanup_attendance (cleanup_id, kind, head_count, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5) ON CONFLICT (cleanup_id) DO UPDATE SET kind = excluded.kind,
		head_count = excluded.head_count, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
		a.Cleanup, a.Kind, a.HeadCount, a.UpdatedBy, a.UpdatedAt)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM cleanup_attendee WHERE cleanup_id = $1`, a.Cleanup); err != nil {
		return err
	}
	for i, who := range a.Attendees {
		_, err := tx.Exec(ctx, `INSERT INTO cleanup_attendee (cleanup_id, position, name, guardian) VALUES ($1, $2, $3, $4)`,
			a.Cleanup, i+1, who.Name, who.Guardian)
		if err != nil {
			return err
		}
	}
	return nil
}
