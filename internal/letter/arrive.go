package letter

import (
	"context"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// A letter comes to a unit on paper, as a file and by dispatch, sometimes in all these ways. It has one line in the register of
// arrivals: what bears the same symbol and date and the name of the same organ is the same letter.

// Arrive enters a letter into a unit's register of arrivals of the year and returns its line; a letter that the unit has
// entered before keeps its number, also when it came as another copy, whose line is returned then. The caller asked permission
// and keeps its own audit entry in the same transaction.
func (s *Service) Arrive(ctx context.Context, tx *database.Tx, letterID, unitID ident.ID) (Arrival, error) {
	l, err := load(ctx, tx, letterID)
	if err != nil {
		return Arrival{}, err
	}
	return s.arrive(ctx, tx, l, unitID)
}

func (s *Service) arrive(ctx context.Context, tx *database.Tx, l Letter, unitID ident.ID) (Arrival, error) {
	year := tx.Now().Local().Year()
	// Raising by nothing takes the register's lock, so that whoever enters the same letter at the same time is seen.
	if err := raiseNumber(ctx, tx, unitID, year, bookArrival, 0); err != nil {
		return Arrival{}, err
	}
	if a, err := loadArrival(ctx, tx, l.ID, unitID); err == nil || fault.KindOf(err) != fault.NotFound {
		return a, err
	}
	if a, found, err := sameArrival(ctx, tx, l, unitID); err != nil || found {
		return a, err
	}
	a := Arrival{UnitID: unitID, LetterID: l.ID, Year: year, At: tx.Now()}
	var err error
	if a.Number, err = nextNumber(ctx, tx, unitID, a.Year, bookArrival); err != nil {
		return Arrival{}, err
	}
	return a, insertArrival(ctx, tx, a)
}

// EnteredAs returns the line under which the issuer of a draft has entered the same letter as another copy; false for none.
func (s *Service) EnteredAs(ctx context.Context, actor person.Actor, l Letter) (Arrival, bool, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: l.IssuerID}); err != nil {
		return Arrival{}, false, err
	}
	return sameArrival(ctx, s.db, l, l.IssuerID)
}

// notEntered refuses a letter that its unit has entered as another copy.
func notEntered(ctx context.Context, q database.Querier, l Letter) error {
	a, found, err := sameArrival(ctx, q, l, l.IssuerID)
	if err != nil || !found {
		return err
	}
	return enteredBefore(l, a)
}

func enteredBefore(l Letter, a Arrival) error {
	return fault.Conflict.With("letter.fault.enteredBefore", "Symbol", l.Symbol(), "Number", a.Number, "Year", a.Year).At("number")
}

// sameArrival looks for another copy of a letter in a unit's register of arrivals.
func sameArrival(ctx context.Context, q database.Querier, l Letter, unitID ident.ID) (Arrival, bool, error) {
	same, err := listSame(ctx, q, l, unitID)
	if err != nil {
		return Arrival{}, false, err
	}
	for _, other := range same {
		if organKey(other.Fields.Organ) == organKey(l.Fields.Organ) {
			a, err := loadArrival(ctx, q, other.ID, unitID)
			return a, err == nil, err
		}
	}
	return Arrival{}, false, nil
}
