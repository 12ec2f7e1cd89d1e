package letter

import (
	"context"
	"fmt"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// findNumber returns the registered letter under a number of a sequence, "" when there is none.
func findNumber(ctx context.Context, q database.Querier, issuer ident.ID, seq sequence, key string) (ident.ID, error) {
	var ids []ident.ID
	err := q.Select(ctx, &ids, `SELECT id FROM letter WHERE issuer_id = $1 AND series = $2 AND term = $3 AND number_key = $4`,
		issuer, seq.series, seq.term, key)
	if err != nil {
		return "", fmt.Errorf("letter: find a number: %w", err)
	}
	if len(ids) == 0 {
		return "", nil
	}
	return ids[0], nil
}

// numbersGiven returns the numbers of a sequence in order; those out of any are left out.
func numbersGiven(ctx context.Context, q database.Querier, unitID ident.ID, seq sequence) ([]int64, error) {
	var given []int64
	err := q.Select(ctx, &given, `SELECT DISTINCT number_order / $6 FROM letter WHERE issuer_id = $1 AND series = $2 AND term = $3 AND state = $4
		AND number_order / $6 BETWEEN 1 AND $5 ORDER BY 1`, unitID, seq.series, seq.term, Registered, maxSequence, orderOfOne)
	if err != nil {
		return nil, fmt.Errorf("letter: numbers that were given: %w", err)
	}
	return given, nil
}

// givenNumber is a number that was given, and whether it was in the year that was asked for.
type givenNumber struct {
	Series string `db:"series"`
	Term   int    `db:"term"`
	Number int64  `db:"number"`
	Within bool   `db:"within"`
}

// givenAround returns the numbers of the sequences from which a number was given in a year, by type and in order.
func givenAround(ctx context.Context, q database.Querier, unitID ident.ID, year BookFilter) ([]givenNumber, error) {
	var given []givenNumber
	from, to := year.days()
	err := q.Select(ctx, &given, `SELECT series, term, number_order / $4 AS number, max(CASE WHEN issued_on >= $5 AND issued_on <= $6 THEN 1 ELSE 0 END) = 1 AS within
		FROM letter WHERE issuer_id = $1 AND state = $2 AND number_order / $4 BETWEEN 1 AND $3
			AND (series, term) IN (SELECT series, term FROM letter WHERE issuer_id = $1 AND state = $2 AND issued_on >= $5 AND issued_on <= $6)
		GROUP BY series, term, number_order / $4 ORDER BY series, term, number_order / $4`,
		unitID, Registered, maxSequence, orderOfOne, from, to)
	if err != nil {
		return nil, fmt.Errorf("letter: numbers given in a year: %w", err)
	}
	return given, nil
}
