package letter

import (
	"context"
	"strconv"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// ListFilter narrows the list of the letters that a unit writes and sends: not of those that it entered as arrivals.
type ListFilter struct {
	Year  int    // of the letter's date, or in which it was begun while it has none; 0 is every year
	Type  string // one of Types; empty is every type
	Words string // in symbol, subject, names and content, with or without accents
	Limit int
}

// Search returns the newest letters of a unit that a filter finds, without their source text, and how many it finds.
func (s *Service) Search(ctx context.Context, actor person.Actor, issuer ident.ID, f ListFilter) ([]Letter, int, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: issuer}); err != nil {
		return nil, 0, err
	}
	return search(ctx, s.db, issuer, f)
}

// Citable returns the newest letters of a unit's registers, sent and received, that are found by words; all for none. They come
// without their source text.
func (s *Service) Citable(ctx context.Context, actor person.Actor, unitID ident.ID, words string, limit int) ([]Letter, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: unitID}); err != nil {
		return nil, err
	}
	return listCitable(ctx, s.db, unitID, BookFilter{Words: words}.pattern(), limit)
}

// Choices are the years and the types that the letters of a unit have, the newest year first.
type Choices struct {
	Years []int
	Types []string
}

// ChoicesOf returns by what that list can be narrowed.
func (s *Service) ChoicesOf(ctx context.Context, actor person.Actor, issuer ident.ID) (Choices, error) {
	if err := actor.Can(person.ActionLetterRead, person.On{Unit: issuer}); err != nil {
		return Choices{}, err
	}
	return loadChoices(ctx, s.db, issuer)
}

// days are the first and the last day of the filter's year.
func (f ListFilter) days() (from, to string) {
	if f.Year == 0 {
		return "", last
	}
	year := strconv.Itoa(f.Year)
	return year + "-01-01", year + "-12-31"
}

// moments are when a letter without a date was begun.
func (f ListFilter) moments() (from, to clock.Time) {
	if f.Year == 0 {
		return clock.Date(1970, 1, 1, 0, 0), clock.Date(9999, 1, 1, 0, 0)
	}
	return clock.Date(f.Year, 1, 1, 0, 0), clock.Date(f.Year+1, 1, 1, 0, 0)
}

// typed is what the type must be like, empty for any.
func (f ListFilter) typed() string {
	if f.Type == "" {
		return ""
	}
	return like(f.Type)
}

// worded is what the text must be like.
func (f ListFilter) worded() string { return Worded(f.Words) }

// Worded is what the folded text of a letter must be like that has the words, "" for none, for other stores that look for letters.
func Worded(words string) string {
	words = lang.Fold(words)
	if words == "" {
		return ""
	}
	return "%" + like(words) + "%"
}
