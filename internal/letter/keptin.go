package letter

import (
	"context"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// maxFileSymbol is how long number and symbol of a file may be: the stamp has one line for them.
const maxFileSymbol = 50

// fileTrace is what the log keeps of where an arrival is kept.
type fileTrace struct {
	Unit ident.ID `json:"unit"`
	File string   `json:"file"`
}

// KeepIn says in which file a unit keeps a letter of its register of arrivals: the number and symbol that stand in its stamp. An
// empty one takes it back.
func (s *Service) KeepIn(ctx context.Context, actor person.Actor, unitID, letterID ident.ID, file string) (Arrival, error) {
	if err := actor.Can(person.ActionLetterRegister, person.On{Unit: unitID}); err != nil {
		return Arrival{}, err
	}
	file = lang.Clean(file)
	if n := utf8.RuneCountInString(file); n > maxFileSymbol {
		return Arrival{}, fault.Invalid.With("letter.fault.tooLong", "Length", n, "Limit", maxFileSymbol).At("file")
	}
	var a Arrival
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if a, err = loadArrival(ctx, tx, letterID, unitID); err != nil || a.File == file {
			return err
		}
		before := fileTrace{unitID, a.File}
		a.File = file
		if err := setFile(ctx, tx, a); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionLetterRegister), Kind: "letter_arrival", Object: letterID,
			Before: before, After: fileTrace{unitID, file},
		})
	})
	return a, err
}
