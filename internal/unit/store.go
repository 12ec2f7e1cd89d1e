package unit

import (
	"context"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/geo"
	"sachhon/internal/ident"
)

const treeVersion = "tree"

// readVersion returns how often the tree has changed.
func readVersion(ctx context.Context, q database.Querier) (int64, error) {
	var version int64
	err := q.Get(ctx, &version, `SELECT version FROM unit_version WHERE name = $1`, treeVersion)
	return version, err
}

// lockTree makes a second change wait for this one, on the engine where it could overtake.
func lockTree(ctx context.Context, tx *database.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE unit_version SET version = version WHERE name = $1`, treeVersion)
	return err
}

// raiseVersion makes every cached tree old.
func raiseVersion(ctx context.Context, tx *database.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE unit_version SET version = version + 1 WHERE name = $1`, treeVersion)
	return err
}

// unitRow is a unit as it is stored.
type unitRow struct {
	ID         ident.ID  `db:"id"`
	Code       string    `db:"code"`
	Name       string    `db:"name"`
	FullName   string    `db:"full_name"`
	Kind       Kind      `db:"kind"`
	Level      int       `db:"level"`
	AreaID     *ident.ID `db:"area_id"`
	SuperiorID *ident.ID `db:"superior_id"`
	ValidFrom  clock.Day `db:"valid_from"`
	ValidTo    clock.Day `db:"valid_to"`
	Email      string    `db:"email"`
	Folded     string    `db:"folded"`
}

func readUnits(ctx context.Context, q database.Querier) ([]Unit, error) {
	var rows []unitRow
	err := q.Select(ctx, &rows, `SELECT id, code, name, full_name, kind, level, area_id, superior_id,
			valid_from, valid_to, email, folded
		FROM unit ORDER BY code, valid_from`)
	units := make([]Unit, 0, len(rows))
	for _, r := range rows {
		units = append(units, Unit{
			ID: r.ID, Code: r.Code, Name: r.Name, FullName: r.FullName, Kind: r.Kind, Level: r.Level,
			AreaID: orNone(r.AreaID), SuperiorID: orNone(r.SuperiorID),
			ValidFrom: r.ValidFrom, ValidTo: r.ValidTo, Email: r.Email, Folded: r.Folded,
		})
	}
	return units, err
}

func insertUnit(ctx context.Context, tx *database.Tx, u Unit) error {
	_, err := tx.Exec(ctx, `INSERT INTO unit (id, code, name, full_name, kind, level, area_id, superior_id,
			valid_from, valid_to, email, folded, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
		u.ID, u.Code, u.Name, u.FullName, u.Kind, u.Level, orNull(u.AreaID), orNull(u.SuperiorID),
		u.ValidFrom, u.ValidTo, u.Email, u.Folded, tx.Now())
	return err
}

func updateUnit(ctx context.Context, tx *database.Tx, u Unit) error {
	_, err := tx.Exec(ctx, `UPDATE unit SET name = $2, full_name = $3, kind = $4, level = $5, area_id = $6,
			superior_id = $7, valid_to = $8, email = $9, folded = $10, updated_at = $11
		WHERE id = $1`,
		u.ID, u.Name, u.FullName, u.Kind, u.Level, orNull(u.AreaID), orNull(u.SuperiorID),
		u.ValidTo, u.Email, u.Folded, tx.Now())
	return err
}

// definition is what a group means, as it is stored.
type definition struct {
	Aliases []string `json:"aliases,omitempty"`
	Owner   string   `json:"owner"`
	Members []string `json:"members,omitempty"`
	Except  []string `json:"except,omitempty"`
	Rules   []Rule   `json:"rules,omitempty"`
}

func readGroups(ctx context.Context, q database.Querier) ([]Group, error) {
	var rows []struct {
		ID         ident.ID                  `db:"id"`
		Code       string                    `db:"code"`
		Name       string                    `db:"name"`
		Definition database.JSON[definition] `db:"definition"`
	}
	err := q.Select(ctx, &rows, `SELECT id, code, name, definition FROM unit_group ORDER BY code`)
	groups := make([]Group, 0, len(rows))
	for _, r := range rows {
		d := r.Definition.V
		groups = append(groups, Group{
			ID: r.ID, Code: r.Code, Name: r.Name, Aliases: d.Aliases, Owner: d.Owner,
			Members: d.Members, Except: d.Except, Rules: d.Rules,
		})
	}
	return groups, err
}

// saveGroup stores the group under its code.
func saveGroup(ctx context.Context, tx *database.Tx, g Group) error {
	d := definition{Aliases: g.Aliases, Owner: g.Owner, Members: g.Members, Except: g.Except, Rules: g.Rules}
	_, err := tx.Exec(ctx, `INSERT INTO unit_group (id, code, name, definition, updated_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, definition = excluded.definition,
			updated_at = excluded.updated_at`,
		g.ID, g.Code, g.Name, database.JSON[definition]{V: d}, tx.Now())
	return err
}

func readBoundaries(ctx context.Context, q database.Querier) (map[ident.ID]geo.Area, error) {
	var rows []struct {
		UnitID   ident.ID                `db:"unit_id"`
		Geometry database.JSON[geo.Area] `db:"geometry"`
	}
	err := q.Select(ctx, &rows, `SELECT unit_id, geometry FROM unit_boundary`)
	boundaries := make(map[ident.ID]geo.Area, len(rows))
	for _, r := range rows {
		boundaries[r.UnitID] = r.Geometry.V
	}
	return boundaries, err
}

func saveBoundary(ctx context.Context, tx *database.Tx, id ident.ID, area geo.Area) error {
	_, err := tx.Exec(ctx, `INSERT INTO unit_boundary (unit_id, geometry, updated_at) VALUES ($1, $2, $3)
		ON CONFLICT (unit_id) DO UPDATE SET geometry = excluded.geometry, updated_at = excluded.updated_at`,
		id, database.JSON[geo.Area]{V: area}, tx.Now())
	return err
}

// equalGroups compares what is stored of two groups.
func equalGroups(a, b Group) bool {
	return a.Name == b.Name && a.Owner == b.Owner && slices.Equal(a.Aliases, b.Aliases) &&
		slices.Equal(a.Members, b.Members) && slices.Equal(a.Except, b.Except) &&
		slices.EqualFunc(a.Rules, b.Rules, func(x, y Rule) bool {
			return x.Of == y.Of && x.By == y.By && x.Deep == y.Deep && slices.Equal(x.Kinds, y.Kinds)
		})
}

func orNone(id *ident.ID) ident.ID {
	if id == nil {
		return ""
	}
	return *id
}

func orNull(id ident.ID) *ident.ID {
	if id == "" {
		return nil
	}
	return &id
}
