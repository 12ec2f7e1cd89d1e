package person

import (
	"context"
	"errors"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// Holding is a role that somebody was granted, with its history.
type Holding struct {
	ID        ident.ID   `db:"id"`
	PersonID  ident.ID   `db:"person_id"`
	Role      Role       `db:"role"`
	UnitID    ident.ID   `db:"unit_id"` // none is the whole installation
	ValidFrom clock.Day  `db:"valid_from"`
	ValidTo   clock.Day  `db:"valid_to"` // the last day, open when empty
	GrantedBy ident.ID   `db:"granted_by"`
	GrantedAt clock.Time `db:"granted_at"`
	RevokedBy ident.ID   `db:"revoked_by"`
	RevokedAt clock.Time `db:"revoked_at"`
}

// InForce tells whether the role is held on the day.
func (h Holding) InForce(day clock.Day) bool {
	return h.RevokedAt.IsZero() && day.Within(h.ValidFrom, h.ValidTo)
}

// GrantInput asks for a role to be granted. ValidFrom is today when empty.
type GrantInput struct {
	ID                 ident.ID
	PersonID           ident.ID
	Role               Role
	UnitID             ident.ID
	ValidFrom, ValidTo clock.Day
}

// actionFor is what granting or revoking the role takes: a leader may appoint clerks.
func actionFor(role Role) Action {
	if role == Clerk {
		return ActionPersonAppoint
	}
	return ActionPersonGrant
}

// Grant gives somebody a role in a unit; sending the same ID again returns the role that was granted.
func (s *Service) Grant(ctx context.Context, actor Actor, in GrantInput) (Holding, error) {
	if err := actor.Can(actionFor(in.Role), On{Unit: in.UnitID}); err != nil {
		return Holding{}, err
	}
	h := Holding{
		ID: in.ID, PersonID: in.PersonID, Role: in.Role, UnitID: in.UnitID,
		ValidFrom: in.ValidFrom, ValidTo: in.ValidTo, GrantedBy: actor.ID,
	}
	if h.ID == "" {
		h.ID = s.ids.New()
	}
	if h.ValidFrom == "" {
		h.ValidFrom = s.today()
	}
	if err := s.checkHolding(ctx, h); err != nil {
		return Holding{}, err
	}
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		h.GrantedAt = tx.Now()
		known, err := readHolding(ctx, tx, h.ID)
		switch {
		case err == nil && known.PersonID == h.PersonID && known.Role == h.Role && known.UnitID == h.UnitID:
			h = known
			return nil
		case err == nil:
			return fault.Conflict.With("")
		case !errors.Is(err, fault.NotFound):
			return err
		}
		if err := insertHolding(ctx, tx, h); err != nil {
			return err
		}
		return s.record(ctx, tx, actor.ID, actionFor(h.Role), "person_role", h.ID, nil, stateOf(h))
	})
	return h, err
}

func (s *Service) checkHolding(ctx context.Context, h Holding) error {
	var f fault.Fields
	if !h.Role.grantable() {
		f.Add("role", "person.fault.role")
	}
	if h.UnitID == "" && h.Role != Administrator {
		f.Add("unit", "person.fault.roleUnit")
	}
	if h.ValidTo != "" && h.ValidTo < h.ValidFrom {
		f.Add("valid_to", "person.fault.roleRange")
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return err
	}
	if _, ok := tree.ByID(h.UnitID); h.UnitID != "" && !ok {
		f.Add("unit", "person.fault.unit")
	}
	if _, err := readPerson(ctx, s.db, h.PersonID); errors.Is(err, fault.NotFound) {
		f.Add("person", "person.fault.unknown")
	} else if err != nil {
		return err
	}
	return f.Err()
}

// Revoke ends a role at once; ending it again does nothing.
func (s *Service) Revoke(ctx context.Context, actor Actor, id ident.ID) error {
	h, err := readHolding(ctx, s.db, id)
	if err != nil {
		return err
	}
	if err := actor.Can(actionFor(h.Role), On{Unit: h.UnitID}); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := endHolding(ctx, tx, id, actor.ID)
		if err != nil || !ended {
			return err
		}
		return s.record(ctx, tx, actor.ID, actionFor(h.Role), "person_role", h.ID, stateOf(h), nil)
	})
}

// RolesIn returns who holds or held a role in exactly this unit, the newest first.
func (s *Service) RolesIn(ctx context.Context, actor Actor, unitID ident.ID) ([]Holding, error) {
	if err := actor.Can(ActionPersonRoles, On{Unit: unitID}); err != nil {
		return nil, err
	}
	return readHoldings(ctx, s.db, unitID)
}

// Holders returns who holds one of the roles in exactly this unit today, for services that write to officials.
func (s *Service) Holders(ctx context.Context, q database.Querier, unitID ident.ID, roles ...Role) ([]Person, error) {
	if len(roles) == 0 {
		return nil, nil
	}
	return readHolders(ctx, q, unitID, s.today(), roles)
}

// HoldersAnywhere is Holders for all units at once, for pages about very many of them: by unit and role.
func (s *Service) HoldersAnywhere(ctx context.Context, q database.Querier, roles ...Role) (map[ident.ID]map[Role][]Person, error) {
	if len(roles) == 0 {
		return nil, nil
	}
	return readAllHolders(ctx, q, s.today(), roles)
}

// holdingState is what the audit log keeps of a granted role.
type holdingState struct {
	Person    ident.ID  `json:"person"`
	Role      Role      `json:"role"`
	Unit      ident.ID  `json:"unit,omitempty"`
	ValidFrom clock.Day `json:"valid_from"`
	ValidTo   clock.Day `json:"valid_to,omitempty"`
}

func stateOf(h Holding) holdingState {
	return holdingState{Person: h.PersonID, Role: h.Role, Unit: h.UnitID, ValidFrom: h.ValidFrom, ValidTo: h.ValidTo}
}
