package letter

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// BookFilter narrows a register.
type BookFilter struct {
	Year  int
	Words string    // in symbol, subject, names and content, with or without accents
	From  clock.Day // of the letter's date in the outgoing register, of the arrival in the incoming one
	To    clock.Day
	Skip  int
	Limit int // 0 is MaxBook
}

// MaxBook is how many lines a register shows or prints at once.
const MaxBook = 10_000

func (f BookFilter) limit() int {
	if f.Limit <= 0 || f.Limit > MaxBook {
		return MaxBook
	}
	return f.Limit
}

// pattern is what the folded text must be like; everything when no words were given.
func (f BookFilter) pattern() string {
	return "%" + like(lang.Fold(f.Words)) + "%"
}

// like writes a text so that LIKE takes it for itself.
func like(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}

// Outgoing returns a part of a unit's register of outgoing letters, by number, and how many lines the filter finds.
// The letters come without their source text.
func (s *Service) Outgoing(ctx context.Context, actor person.Actor, unitID ident.ID, f BookFilter) ([]Letter, int, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, 0, err
	}
	return listOutgoing(ctx, s.db, unitID, f)
}

// Arrived is a line of the register of arrivals with its letter.
type Arrived struct {
	Arrival
	Letter Letter
}

// Incoming returns a part of a unit's register of arrivals, by number, and how many lines the filter finds.
func (s *Service) Incoming(ctx context.Context, actor person.Actor, unitID ident.ID, f BookFilter) ([]Arrived, int, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, 0, err
	}
	arrivals, n, err := findArrivals(ctx, s.db, unitID, f)
	if err != nil {
		return nil, 0, err
	}
	ids := make([]ident.ID, len(arrivals))
	for i, a := range arrivals {
		ids[i] = a.LetterID
	}
	letters, err := loadAll(ctx, s.db, ids)
	if err != nil {
		return nil, 0, err
	}
	out := make([]Arrived, len(arrivals))
	for i, a := range arrivals {
		out[i] = Arrived{a, letters[a.LetterID]}
	}
	return out, n, nil
}

// ArrivalOf returns a unit's line about one letter.
func (s *Service) ArrivalOf(ctx context.Context, actor person.Actor, unitID, letterID ident.ID) (Arrival, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return Arrival{}, err
	}
	return loadArrival(ctx, s.db, letterID, unitID)
}

// Received returns a letter that the unit has entered as arrival, to those who handle the unit's letters.
func (s *Service) Received(ctx context.Context, actor person.Actor, unitID, letterID ident.ID) (Letter, error) {
	if _, err := s.ArrivalOf(ctx, actor, unitID, letterID); err != nil {
		return Letter{}, err
	}
	return load(ctx, s.db, letterID)
}

// AnswersTo returns the symbols of the unit's registered letters that answer each of the letters.
func (s *Service) AnswersTo(ctx context.Context, actor person.Actor, unitID ident.ID, letters []ident.ID) (map[ident.ID][]string, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listAnswers(ctx, s.db, unitID, letters)
}

// Waiting returns the composed letters of a unit that are not registered yet, those changed last first.
func (s *Service) Waiting(ctx context.Context, actor person.Actor, unitID ident.ID, limit int) ([]Letter, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listWaiting(ctx, s.db, unitID, limit)
}

// folded is the text by which the letter is found.
func (l Letter) folded() string {
	f := l.Fields
	parts := []string{l.Symbol(), f.Type, f.Subject, f.Organ, f.Signer.Name}
	parts = append(append(parts, f.Addressees...), f.Recipients...)
	text := strings.Join(parts, "\n") + "\n" + l.Source
	return " " + lang.Fold(text) // never empty: that is how Reindex knows what it has to do
}

// orderOfOne is how far apart numbers lie: between them is place for letters behind a number.
const orderOfOne = 1 << 20

// numberOrder sorts numbers as the register has them: 12, 12a, 13.
func numberOrder(number string) int64 {
	digits := strings.TrimRightFunc(number, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	order := n * orderOfOne
	if rest := number[len(digits):]; rest != "" {
		r, _ := utf8.DecodeRuneInString(strings.ToLower(rest))
		order |= int64(r)
	}
	return order
}

// Reindex fills in what letters of an older release are found and sorted by. It may run any number of times.
func Reindex(ctx context.Context, db *database.DB) error {
	for {
		n, err := reindex(ctx, db, 200)
		if err != nil || n == 0 {
			return err
		}
	}
}
