package entrant

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

const columns = `id, challenge_id, number, division, name, unit_id, representative_id, assisted, members, name_hidden,
	duplicate_of, rules, state, reason, decided_by, decided_at, created_at, updated_at`

func get(ctx context.Context, q database.Querier, id ident.ID) (Entrant, error) {
	var e Entrant
	err := q.Get(ctx, &e, `SELECT `+columns+` FROM entrant WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return Entrant{}, fault.NotFound.With("entrant.fault.none").Because(err)
	}
	return e, err
}

func byIDs(ctx context.Context, q database.Querier, ids []ident.ID) ([]Entrant, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []Entrant
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM entrant WHERE id IN (`+database.In(1, len(ids))+`)`, anys(ids)...)
	return found, err
}

func byRepresentative(ctx context.Context, q database.Querier, person ident.ID) ([]Entrant, error) {
	var found []Entrant
	err := q.Select(ctx, &found, `SELECT `+columns+` FROM entrant WHERE representative_id = $1
		ORDER BY created_at DESC, id`, person)
	return found, err
}

// nextNumber takes the next number of the challenge. The row stays locked until the transaction ends, so that two
// registrations of one challenge come after each other.
func nextNumber(ctx context.Context, tx *database.Tx, challengeID ident.ID) (int, error) {
	var n int
	err := tx.Get(ctx, &n, `INSERT INTO entrant_number (challenge_id, last) VALUES ($1, 1)
		ON CONFLICT (challenge_id) DO UPDATE SET last = entrant_number.last + 1 RETURNING last`, challengeID)
	return n, err
}

// takingPart returns the first entrant that takes part, or may yet, under the name in the unit; none is "".
func takingPart(ctx context.Context, q database.Querier, challengeID ident.ID, name string, unit ident.ID) (found []Entrant, err error) {
	err = q.Select(ctx, &found, `SELECT `+columns+` FROM entrant WHERE challenge_id = $1 AND folded = $2 AND unit_id = $3
		AND state IN ($4, $5) ORDER BY number`, challengeID, lang.Fold(name), unit, Submitted, Approved)
	return found, err
}

// individualOf counts how often a person takes part, or may yet, as an individual for themselves.
func individualOf(ctx context.Context, q database.Querier, challengeID, person ident.ID) (int, error) {
	var n int
	err := q.Get(ctx, &n, `SELECT count(*) FROM entrant WHERE challenge_id = $1 AND representative_id = $2 AND division = $3
		AND assisted = $4 AND state IN ($5, $6)`, challengeID, person, challenge.Individual, false, Submitted, Approved)
	return n, err
}

func insert(ctx context.Context, tx *database.Tx, e Entrant) error {
	_, err := tx.Exec(ctx, `INSERT INTO entrant (id, challenge_id, number, division, name, folded, unit_id,
			representative_id, assisted, members, name_hidden, duplicate_of, rules, state, reason, decided_by, created_at,
			updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', $15, $15)`,
		e.ID, e.Challenge, e.Number, e.Division, e.Name, lang.Fold(e.Name), e.Unit, e.Representative, e.Assisted, e.Members,
		e.NameHidden, e.DuplicateOf, e.Rules, e.State, tx.Now())
	return err
}

func setState(ctx context.Context, tx *database.Tx, id ident.ID, from, to State, reason string, by ident.ID) error {
	n, err := tx.Exec(ctx, `UPDATE entrant SET state = $3, reason = $4, decided_by = $5, decided_at = $6, updated_at = $6
		WHERE id = $1 AND state = $2`, id, from, to, reason, by, tx.Now())
	if err == nil && n != 1 {
		return fault.Conflict.With("")
	}
	return err
}

func insertContact(ctx context.Context, tx *database.Tx, c Contact) error {
	_, err := tx.Exec(ctx, `INSERT INTO entrant_contact (entrant_id, full_name, birth_date, phone, email, lang,
		guardian_name, guardian_phone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, c.Entrant, c.FullName, c.BirthDate, c.Phone,
		c.Email, c.Lang, c.GuardianName, c.GuardianPhone)
	return err
}

func contact(ctx context.Context, q database.Querier, id ident.ID) (Contact, error) {
	var c Contact
	err := q.Get(ctx, &c, `SELECT entrant_id, full_name, birth_date, phone, email, lang, guardian_name, guardian_phone
		FROM entrant_contact WHERE entrant_id = $1`, id)
	if errors.Is(err, database.ErrNotFound) { // erased when the challenge no longer needed it
		return Contact{Entrant: id}, nil
	}
	return c, err
}

func insertConsent(ctx context.Context, tx *database.Tx, c Consent) error {
	_, err := tx.Exec(ctx, `INSERT INTO entrant_consent (entrant_id, purpose, giver, rules, given_at)
		VALUES ($1, $2, $3, $4, $5)`, c.Entrant, c.Purpose, c.Giver, c.Rules, c.GivenAt)
	return err
}

func consents(ctx context.Context, q database.Querier, id ident.ID) ([]Consent, error) {
	var found []Consent
	err := q.Select(ctx, &found, `SELECT entrant_id, purpose, giver, rules, given_at FROM entrant_consent
		WHERE entrant_id = $1 ORDER BY giver, purpose`, id)
	return found, err
}

// query is what a list asks for, resolved to rows.
type query struct {
	challenge ident.ID
	states    []State
	division  challenge.DivisionCode
	units     []ident.ID // nil for all
	folded    string
	after     int // number of the last one seen; newest first, 0 from the start
	limit     int
}

func (query query) rows(ctx context.Context, q database.Querier) ([]Entrant, error) {
	where, args := []string{"challenge_id = $1"}, []any{query.challenge}
	add := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		where = append(where, condition)
	}
	if len(query.states) > 0 {
		add("state IN ("+marks(len(query.states))+")", anys(query.states)...)
	}
	if query.division != "" {
		add("division = ?", query.division)
	}
	if query.units != nil {
		if len(query.units) == 0 {
			return nil, nil
		}
		add("unit_id IN ("+marks(len(query.units))+")", anys(query.units)...)
	}
	if query.folded != "" {
		add(`folded LIKE ? ESCAPE '\'`, "%"+escapeLike(query.folded)+"%")
	}
	if query.after > 0 {
		add("number < ?", query.after)
	}
	args = append(args, query.limit)
	var found []Entrant
	err := q.Select(ctx, &found, fmt.Sprintf(`SELECT %s FROM entrant WHERE %s ORDER BY number DESC LIMIT $%d`,
		columns, strings.Join(where, " AND "), len(args)), args...)
	return found, err
}

// Count is how many entrants of a division are in a state.
type Count struct {
	Division challenge.DivisionCode `db:"division"`
	State    State                  `db:"state"`
	Entrants int                    `db:"entrants"`
	Latest   clock.Time             `db:"latest"`
}

func counts(ctx context.Context, q database.Querier, challengeID ident.ID) ([]Count, error) {
	var found []Count
	err := q.Select(ctx, &found, `SELECT division, state, count(*) AS entrants, max(updated_at) AS latest FROM entrant
		WHERE challenge_id = $1 GROUP BY division, state ORDER BY division, state`, challengeID)
	return found, err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
