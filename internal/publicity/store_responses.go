package publicity

import (
	"context"
	"fmt"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// toldAbout joins the records of publicity of letters about a challenge ($1) that were neither refused ($2) nor recalled ($3).
const toldAbout = `letter l JOIN dispatch d ON coalesce(d.under_id, d.letter_id) = l.id JOIN publicity p ON p.dispatch_id = d.id
	WHERE l.challenge_id = $1 AND d.state NOT IN ($2, $3)`

// listResponses returns the units that published an article or recorded publicity, and how many there are. A unit stands among
// those of its area, and areas in the order of those around them: three tiers are above the lowest.
func listResponses(ctx context.Context, q database.Querier, challenge ident.ID, query ResponseQuery) ([]Response, int, error) {
	order := `coalesce(a3.code, a2.code, a1.code, u.code),
		CASE WHEN a3.id IS NOT NULL THEN a2.code WHEN a2.id IS NOT NULL THEN a1.code ELSE '' END,
		CASE WHEN a3.id IS NOT NULL THEN a1.code ELSE '' END, u.level, u.code`
	if query.Newest {
		order = `r.newest DESC, u.code`
	}
	var rows []struct {
		UnitID    ident.ID   `db:"unit_id"`
		Published clock.Time `db:"published"`
		Total     int        `db:"total"`
	}
	err := q.Select(ctx, &rows, `WITH told AS (
			SELECT unit_id, published_at AS at, published_at AS published FROM publicity_article WHERE challenge_id = $1
			UNION ALL SELECT d.receiver_id, p.at, NULL FROM `+toldAbout+`),
		responding AS (SELECT unit_id, max(at) AS newest, max(published) AS published FROM told GROUP BY unit_id)
		SELECT r.unit_id, r.published, count(*) OVER () AS total FROM responding r JOIN unit u ON u.id = r.unit_id
			LEFT JOIN unit a1 ON a1.id = u.area_id LEFT JOIN unit a2 ON a2.id = a1.area_id LEFT JOIN unit a3 ON a3.id = a2.area_id
		WHERE u.folded LIKE $4 ESCAPE '\' OR a1.folded LIKE $4 ESCAPE '\'
		ORDER BY `+order+` LIMIT $5 OFFSET $6`,
		challenge, cascade.Refused, cascade.Recalled, "%"+escaped.Replace(query.Search)+"%", query.Limit, query.Offset)
	if err != nil {
		return nil, 0, fmt.Errorf("publicity: list responses: %w", err)
	}
	out, total := make([]Response, len(rows)), 0
	for i, r := range rows {
		out[i], total = Response{UnitID: r.UnitID, Published: r.Published}, r.Total
	}
	return out, total, nil
}

// escaped is a text in which LIKE finds no wildcards.
var escaped = strings.NewReplacer("%", `\%`, "_", `\_`, `\`, `\\`)

// sumTold returns what units told on each channel, by unit.
func sumTold(ctx context.Context, q database.Querier, challenge ident.ID, units []ident.ID) (map[ident.ID][]Told, error) {
	var rows []struct {
		UnitID  ident.ID       `db:"receiver_id"`
		Channel letter.Channel `db:"channel"`
		First   clock.Time     `db:"first"`
		Last    clock.Time     `db:"last"`
		People  int64          `db:"people"`
	}
	err := q.Select(ctx, &rows, `SELECT d.receiver_id, p.channel, min(p.at) AS first, max(p.at) AS last, cast(sum(p.people) AS bigint) AS people
		FROM `+toldAbout+` AND d.receiver_id IN (`+database.In(4, len(units))+`)
		GROUP BY d.receiver_id, p.channel ORDER BY last DESC, p.channel`,
		append([]any{challenge, cascade.Refused, cascade.Recalled}, database.Args(units)...)...)
	if err != nil {
		return nil, fmt.Errorf("publicity: sum what was told: %w", err)
	}
	by := make(map[ident.ID][]Told, len(units))
	for _, r := range rows {
		t := Told{Channel: r.Channel, First: clock.DayOf(r.First.Time), Last: clock.DayOf(r.Last.Time)}
		if r.Channel == letter.Meeting { // elsewhere it is how many may have seen it
			t.People = r.People
		}
		by[r.UnitID] = append(by[r.UnitID], t)
	}
	return by, nil
}

// listTold returns what one unit recorded about a challenge, as far as pages for everybody need it, the newest first.
func listTold(ctx context.Context, q database.Querier, challenge, unit ident.ID) ([]cascade.Publicity, error) {
	var rows []struct {
		Channel letter.Channel `db:"channel"`
		At      clock.Time     `db:"at"`
		Link    string         `db:"link"`
		People  int            `db:"people"`
	}
	err := q.Select(ctx, &rows, `SELECT p.channel, p.at, p.link, p.people FROM `+toldAbout+` AND d.receiver_id = $4 ORDER BY p.at DESC, p.id DESC`,
		challenge, cascade.Refused, cascade.Recalled, unit)
	if err != nil {
		return nil, fmt.Errorf("publicity: list what was told: %w", err)
	}
	out := make([]cascade.Publicity, len(rows))
	for i, r := range rows {
		out[i] = cascade.Publicity{Channel: r.Channel, At: r.At, Link: r.Link, People: r.People}
	}
	return out, nil
}
