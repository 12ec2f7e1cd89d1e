package insight

import (
	"context"

	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/report"
)

type entrantRow struct {
	ID        ident.ID               `db:"id"`
	Number    int                    `db:"number"`
	Division  challenge.DivisionCode `db:"division"`
	Name      string                 `db:"name"`
	Unit      ident.ID               `db:"unit_id"`
	State     entrant.State          `db:"state"`
	CreatedAt clock.Time             `db:"created_at"`
	Photos    bool                   `db:"photos"` // those in its photos agreed to be shown
}

// selectEntrants returns everybody who ever registered. A hidden name is not even read. Photos may be shown when
// everybody who had to consent to taking part consented to that as well, as entrant.Service.Agreed tells.
func selectEntrants(ctx context.Context, q database.Querier, challenge ident.ID) ([]entrantRow, error) {
	var rows []entrantRow
	err := q.Select(ctx, &rows, `SELECT e.id, e.number, e.division, CASE WHEN e.name_hidden THEN '' ELSE e.name END AS name,
			e.unit_id, e.state, e.created_at, COALESCE(a.photos > 0 AND a.photos >= a.needed, $4) AS photos
		FROM entrant e LEFT JOIN (
			SELECT c.entrant_id, count(CASE WHEN c.purpose = $2 THEN 1 END) AS photos,
				count(CASE WHEN c.purpose = $3 THEN 1 END) AS needed
			FROM entrant_consent c JOIN entrant o ON o.id = c.entrant_id WHERE o.challenge_id = $1 GROUP BY c.entrant_id
		) a ON a.entrant_id = e.id
		WHERE e.challenge_id = $1 ORDER BY e.number`, challenge, entrant.ShowPhotos, entrant.Participation, false)
	return rows, err
}

// cleanupRow is a clean-up that was announced, with its report if there is one.
type cleanupRow struct {
	ID       ident.ID      `db:"id"`
	Entrant  ident.ID      `db:"entrant_id"`
	Unit     ident.ID      `db:"unit_id"`
	Place    string        `db:"place"`
	Lat      *float64      `db:"lat"`
	Lon      *float64      `db:"lon"`
	State    cleanup.State `db:"state"`
	StartsAt clock.Time    `db:"starts_at"`
	EndsAt   clock.Time    `db:"ends_at"`

	Report      report.State                   `db:"report_state"` // empty without a report
	ReportID    ident.ID                       `db:"report_id"`
	Figures     database.JSON[*report.Figures] `db:"figures"` // the effective ones of a valid report
	SendBacks   int64                          `db:"send_backs"`
	SubmittedAt clock.Time                     `db:"submitted_at"`
	Thumb       ident.ID                       `db:"thumb"` // a photo of how it looked afterwards
}

func selectCleanups(ctx context.Context, q database.Querier, challenge ident.ID) ([]cleanupRow, error) {
	var rows []cleanupRow
	err := q.Select(ctx, &rows, `SELECT c.id, c.entrant_id, c.unit_id, c.place, c.lat, c.lon, c.state, c.starts_at, c.ends_at,
			COALESCE(r.state, '') AS report_state, COALESCE(r.id, '') AS report_id,
			COALESCE(r.send_backs, 0) AS send_backs, r.submitted_at,
			CASE WHEN r.state = $2 THEN COALESCE(r.adjusted, r.figures) END AS figures,
			CASE WHEN r.state = $2 THEN COALESCE((SELECT p.id FROM report_photo p
				WHERE p.report_id = r.id AND p.role = $3 AND p.removed_at IS NULL
				ORDER BY p.created_at, p.id LIMIT 1), '') ELSE '' END AS thumb
		FROM cleanup c LEFT JOIN report r ON r.cleanup_id = c.id
		WHERE c.challenge_id = $1 AND c.announced_at IS NOT NULL
		ORDER BY c.starts_at, c.id`, challenge, report.Valid, report.After)
	return rows, err
}
