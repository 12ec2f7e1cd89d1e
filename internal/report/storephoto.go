package report

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

const photoColumns = `id, report_id, role, file_name, sha256, size, format, width, height, taken_at, lat, lon, hash,
	created_by, created_at, removed_at`

type photoRow struct {
	ID        ident.ID   `db:"id"`
	Report    ident.ID   `db:"report_id"`
	Role      Role       `db:"role"`
	FileName  string     `db:"file_name"`
	SHA256    string     `db:"sha256"`
	Size      int64      `db:"size"`
	Format    string     `db:"format"`
	Width     int        `db:"width"`
	Height    int        `db:"height"`
	TakenAt   clock.Time `db:"taken_at"`
	Lat       *float64   `db:"lat"`
	Lon       *float64   `db:"lon"`
	Hash      int64      `db:"hash"` // the bits of the unsigned one
	CreatedBy ident.ID   `db:"created_by"`
	CreatedAt clock.Time `db:"created_at"`
	RemovedAt clock.Time `db:"removed_at"`
}

func (r photoRow) photo() Photo {
	p := Photo{
		ID: r.ID, Report: r.Report, Role: r.Role, FileName: r.FileName, SHA256: r.SHA256, Size: r.Size,
		Format: r.Format, Width: r.Width, Height: r.Height, TakenAt: r.TakenAt, Hash: uint64(r.Hash),
		CreatedBy: r.CreatedBy, CreatedAt: r.CreatedAt, RemovedAt: r.RemovedAt,
	}
	if r.Lat != nil && r.Lon != nil {
		p.Point = &geo.Point{Lat: *r.Lat, Lon: *r.Lon}
	}
	return p
}

func photos(ctx context.Context, q database.Querier, where string, args ...any) ([]Photo, error) {
	var rows []photoRow
	err := q.Select(ctx, &rows, `SELECT `+photoColumns+` FROM report_photo WHERE `+where+` ORDER BY created_at, id`, args...)
	all := make([]Photo, 0, len(rows))
	for _, r := range rows {
		all = append(all, r.photo())
	}
	return all, err
}

// photosOf returns the photos that belong to the report.
func photosOf(ctx context.Context, q database.Querier, report ident.ID) ([]Photo, error) {
	return photos(ctx, q, `report_id = $1 AND removed_at IS NULL`, report)
}

// photosOfAll returns the photos that belong to any of the reports.
func photosOfAll(ctx context.Context, q database.Querier, reports []ident.ID) ([]Photo, error) {
	if len(reports) == 0 {
		return nil, nil
	}
	return photos(ctx, q, `removed_at IS NULL AND report_id IN (`+database.In(1, len(reports))+`)`, database.Args(reports)...)
}

// others returns the photos that those of the report may be compared with.
func others(ctx context.Context, q database.Querier, r Report) ([]Photo, error) {
	return photos(ctx, q, `removed_at IS NULL AND report_id <> $1
		AND (report_id IN (SELECT id FROM report WHERE challenge_id = $2)
			OR sha256 IN (SELECT sha256 FROM report_photo WHERE report_id = $1 AND removed_at IS NULL))`, r.ID, r.Challenge)
}

func getPhoto(ctx context.Context, q database.Querier, where string, args ...any) (Photo, error) {
	var r photoRow
	err := q.Get(ctx, &r, `SELECT `+photoColumns+` FROM report_photo WHERE `+where, args...)
	if errors.Is(err, database.ErrNotFound) {
		return Photo{}, fault.NotFound.With("report.fault.noPhoto").Because(err)
	}
	return r.photo(), err
}

func insertPhoto(ctx context.Context, tx *database.Tx, p Photo) error {
	var lat, lon *float64
	if p.Point != nil {
		lat, lon = &p.Point.Lat, &p.Point.Lon
	}
	_, err := tx.Exec(ctx, `INSERT INTO report_photo (`+photoColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL)`,
		p.ID, p.Report, p.Role, p.FileName, p.SHA256, p.Size, p.Format, p.Width, p.Height, p.TakenAt, lat, lon,
		int64(p.Hash), p.CreatedBy, tx.Now())
	return taken(err, "report.fault.photoTaken")
}

func removePhoto(ctx context.Context, tx *database.Tx, id ident.ID) error {
	return one(tx.Exec(ctx, `UPDATE report_photo SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL`, id, tx.Now()))
}

type expectedRow struct {
	ID       ident.ID `db:"id"`
	Role     Role     `db:"role"`
	FileName string   `db:"file_name"`
	SHA256   string   `db:"sha256"`
}

// expectedOf returns the announced photos that have not arrived.
func expectedOf(ctx context.Context, q database.Querier, report ident.ID) ([]Expected, error) {
	var rows []expectedRow
	err := q.Select(ctx, &rows, `SELECT id, role, file_name, sha256 FROM report_photo_expected
		WHERE report_id = $1 ORDER BY created_at, id`, report)
	all := make([]Expected, 0, len(rows))
	for _, r := range rows {
		all = append(all, Expected(r))
	}
	return all, err
}

// expect notes an announced photo; it is not there yet, and announcing it twice changes nothing.
func expect(ctx context.Context, tx *database.Tx, report ident.ID, e Expected) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_photo_expected (id, report_id, role, file_name, sha256, created_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, e.ID, report, e.Role, e.FileName, e.SHA256, tx.Now())
	return err
}

// unexpect forgets an announced photo, by its identifier or its content, and tells whether there was one.
func unexpect(ctx context.Context, tx *database.Tx, report, id ident.ID, sha256 string) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM report_photo_expected
		WHERE report_id = $1 AND (id = $2 OR sha256 <> '' AND sha256 = $3)`, report, id, sha256)
	return n > 0, err
}
