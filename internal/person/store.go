package person

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// columns are those of Person, in a form that reads "no home unit" as the empty identifier.
const columns = `p.id, p.name, p.email, p.phone, p.birth_date, p.lang, coalesce(p.home_unit_id, '') AS home_unit_id,
	p.created_at, p.updated_at`

func readPerson(ctx context.Context, q database.Querier, id ident.ID) (Person, error) {
	var p Person
	err := q.Get(ctx, &p, `SELECT `+columns+` FROM person p WHERE p.id = $1`, id)
	return p, orNobody(err)
}

func readPersonByEmail(ctx context.Context, q database.Querier, key string) (Person, error) {
	var p Person
	err := q.Get(ctx, &p, `SELECT `+columns+` FROM person p WHERE p.email_key = $1`, key)
	return p, orNobody(err)
}

func orNobody(err error) error {
	if errors.Is(err, database.ErrNotFound) {
		return fault.NotFound.With("person.fault.unknown")
	}
	return err
}

func readPeople(ctx context.Context, q database.Querier, ids []ident.ID) ([]Person, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var people []Person
	err := q.Select(ctx, &people, `SELECT `+columns+` FROM person p WHERE p.id IN (`+database.In(1, len(ids))+`) ORDER BY p.id`, database.Args(ids)...)
	return people, err
}

// insertPerson reports false when the identifier or the address is taken.
func insertPerson(ctx context.Context, tx *database.Tx, p Person) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO person (id, name, folded, email, email_key, phone, birth_date, lang, home_unit_id,
			created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT DO NOTHING`,
		p.ID, p.Name, lang.Fold(p.Name), string(p.Email), orNull(p.Email.Key()), string(p.Phone), p.BirthDate, p.Lang,
		orNull(string(p.HomeUnit)), tx.Now())
	return n == 1, err
}

func updatePerson(ctx context.Context, tx *database.Tx, p Person) error {
	_, err := tx.Exec(ctx, `UPDATE person SET name = $2, folded = $3, phone = $4, birth_date = $5, lang = $6, home_unit_id = $7,
			updated_at = $8
		WHERE id = $1`,
		p.ID, p.Name, lang.Fold(p.Name), string(p.Phone), p.BirthDate, p.Lang, orNull(string(p.HomeUnit)), tx.Now())
	return err
}

const holdingColumns = `id, person_id, role, coalesce(unit_id, '') AS unit_id, valid_from, valid_to, granted_by, granted_at,
	revoked_by, revoked_at`

func readGrants(ctx context.Context, q database.Querier, person ident.ID, day clock.Day) ([]Grant, error) {
	var rows []struct {
		Role   Role     `db:"role"`
		UnitID ident.ID `db:"unit_id"`
	}
	err := q.Select(ctx, &rows, `SELECT role, coalesce(unit_id, '') AS unit_id FROM person_role
		WHERE person_id = $1 AND revoked_at IS NULL AND valid_from <= $2 AND (valid_to = '' OR valid_to >= $2)
		ORDER BY granted_at, id`, person, day)
	grants := make([]Grant, 0, len(rows))
	for _, r := range rows {
		grants = append(grants, Grant(r))
	}
	return grants, err
}

func readHolding(ctx context.Context, q database.Querier, id ident.ID) (Holding, error) {
	var h Holding
	err := q.Get(ctx, &h, `SELECT `+holdingColumns+` FROM person_role WHERE id = $1`, id)
	if errors.Is(err, database.ErrNotFound) {
		return h, fault.NotFound.With("person.fault.roleUnknown")
	}
	return h, err
}

func readHoldings(ctx context.Context, q database.Querier, unitID ident.ID) ([]Holding, error) {
	var holdings []Holding
	err := q.Select(ctx, &holdings, `SELECT `+holdingColumns+` FROM person_role WHERE coalesce(unit_id, '') = $1
		ORDER BY granted_at DESC, id DESC`, unitID)
	return holdings, err
}

func readHolders(ctx context.Context, q database.Querier, unitID ident.ID, day clock.Day, roles []Role) ([]Person, error) {
	args := []any{unitID, day}
	for _, r := range roles {
		args = append(args, string(r))
	}
	var people []Person
	err := q.Select(ctx, &people, `SELECT `+columns+` FROM person p WHERE p.id IN (
			SELECT person_id FROM person_role
			WHERE unit_id = $1 AND revoked_at IS NULL AND valid_from <= $2 AND (valid_to = '' OR valid_to >= $2)
				AND role IN (`+database.In(3, len(roles))+`))
		ORDER BY p.id`, args...)
	return people, err
}

func readAllHolders(ctx context.Context, q database.Querier, day clock.Day, roles []Role) (map[ident.ID]map[Role][]Person, error) {
	args := []any{day}
	for _, r := range roles {
		args = append(args, string(r))
	}
	var rows []struct {
		Person
		In   ident.ID `db:"in_unit"`
		Role Role     `db:"role"`
	}
	err := q.Select(ctx, &rows, `SELECT `+columns+`, h.in_unit, h.role FROM (
			SELECT DISTINCT person_id, unit_id AS in_unit, role FROM person_role
			WHERE unit_id IS NOT NULL AND revoked_at IS NULL AND valid_from <= $1 AND (valid_to = '' OR valid_to >= $1)
				AND role IN (`+database.In(2, len(roles))+`)) h
		JOIN person p ON p.id = h.person_id ORDER BY p.id`, args...)
	if err != nil {
		return nil, err
	}
	found := map[ident.ID]map[Role][]Person{}
	for _, r := range rows {
		if found[r.In] == nil {
			found[r.In] = map[Role][]Person{}
		}
		found[r.In][r.Role] = append(found[r.In][r.Role], r.Person)
	}
	return found, nil
}

func insertHolding(ctx context.Context, tx *database.Tx, h Holding) error {
	_, err := tx.Exec(ctx, `INSERT INTO person_role (id, person_id, role, unit_id, valid_from, valid_to, granted_by, granted_at,
			revoked_by, revoked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', NULL)`,
		h.ID, h.PersonID, string(h.Role), orNull(string(h.UnitID)), h.ValidFrom, h.ValidTo, h.GrantedBy, tx.Now())
	return err
}

func endHolding(ctx context.Context, tx *database.Tx, id, by ident.ID) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE person_role SET revoked_by = $2, revoked_at = $3 WHERE id = $1 AND revoked_at IS NULL`,
		id, by, tx.Now())
	return n == 1, err
}

const consentColumns = `id, person_id, purpose, text_version, text_sha256, guardian_name, guardian_phone, child_agreed,
	given_at, withdrawn_at`

func readConsents(ctx context.Context, q database.Querier, person ident.ID) ([]Consent, error) {
	var consents []Consent
	err := q.Select(ctx, &consents, `SELECT `+consentColumns+` FROM person_consent WHERE person_id = $1
		ORDER BY given_at DESC, id DESC`, person)
	return consents, err
}

// insertConsent reports false when the identifier is taken.
func insertConsent(ctx context.Context, tx *database.Tx, c Consent) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO person_consent (`+consentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL) ON CONFLICT DO NOTHING`,
		c.ID, c.PersonID, string(c.Purpose), c.TextVersion, c.TextSHA256, c.GuardianName, string(c.GuardianPhone),
		c.ChildAgreed, tx.Now())
	return n == 1, err
}

// withdrawConsent ends what is in force for the purpose and returns it as it was.
func withdrawConsent(ctx context.Context, tx *database.Tx, person ident.ID, purpose Purpose) ([]Consent, error) {
	var ended []Consent
	if err := tx.Select(ctx, &ended, `SELECT `+consentColumns+` FROM person_consent
		WHERE person_id = $1 AND purpose = $2 AND withdrawn_at IS NULL ORDER BY id`, person, string(purpose)); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, `UPDATE person_consent SET withdrawn_at = $3
		WHERE person_id = $1 AND purpose = $2 AND withdrawn_at IS NULL`, person, string(purpose), tx.Now())
	return ended, err
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
