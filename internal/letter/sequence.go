package letter

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// sequence is where a number counts. An organ of the State has one sequence of all types in each year; an organ of the Party
// counts each type anew through a term of its committee, which begins with its congress and runs over several years.
type sequence struct {
	series string // the type, as symbols write it: "CV"; "" for all of them
	term   int    // the year, or the year in which the term began
}

// book is the name of the register that counts the sequence.
func (q sequence) book() string { return strings.TrimSpace(bookOutgoing + " " + q.series) }

func (q sequence) compare(o sequence) int {
	return cmp.Or(strings.Compare(q.series, o.series), q.term-o.term)
}

// taken says that the sequence has the number.
func (q sequence) taken(number string) error {
	if q.series != "" {
		return fault.Conflict.With("letter.fault.numberTakenInTerm", "Number", number, "Series", q.series, "Year", q.term).At("number")
	}
	return fault.Conflict.With("letter.fault.numberTaken", "Number", number, "Year", q.term).At("number")
}

// series is the type by which a letter of the Party is numbered, "" for one that is numbered with all others of its year. The
// symbol names it before the stroke, "406-CV/BTGTU"; where that is missing it follows from the type.
func (l Letter) series() string {
	f := l.Fields
	if !l.ofParty() {
		return ""
	}
	if rePartyNotation.MatchString(f.Notation) {
		kind, _, _ := strings.Cut(f.Notation, "/")
		return strings.ToUpper(kind)
	}
	if abbr := Abbreviation(f.Type); abbr != "" {
		return strings.ToUpper(abbr)
	}
	if f.Type == OfficialLetter {
		return "CV"
	}
	return strings.ToUpper(f.Type)
}

// ofParty tells whether the letter is numbered as the Party does: by its symbol, whoever its heading names, by its form or by its
// organ. The Youth Union writes such symbols, too.
func (l Letter) ofParty() bool {
	form, organ := l.Form(), FormOfOrgan(l.Fields.Organ)
	if form == YouthForm || organ == YouthForm {
		return false
	}
	bySymbol := l.Fields.Joint == PartyForm.Joint() && rePartyNotation.MatchString(l.Fields.Notation)
	return bySymbol || form == PartyForm || organ == PartyForm
}

// sequenceOf is where the letter's number counts by what its fields say.
func sequenceOf(ctx context.Context, q database.Querier, l Letter) (sequence, error) {
	series := l.series()
	if series == "" {
		return sequence{term: l.Fields.Date.Year}, nil
	}
	days, err := loadTerms(ctx, q, l.IssuerID)
	if err != nil {
		return sequence{}, err
	}
	return sequence{series, termOf(days, clock.Day(l.Fields.Date.String()))}, nil
}

// termYears is how long a term is, and termDay on which day of its first year one is taken to begin, where nobody has said
// when: the congresses of 2020 and 2025 were held from spring to autumn, and the organs of the communes of today began on this
// day of 2025.
const (
	termYears = 5
	termDay   = "-07-01"
)

// termOf is the year in which the term began that holds a day. A term runs on until the next one that is known; before the
// first that is known they are taken to be as long as usual.
func termOf(days []clock.Day, on clock.Day) int {
	for i := len(days) - 1; i >= 0; i-- {
		if days[i] <= on {
			return yearOf(days[i])
		}
	}
	year := yearOf(on)
	if on < clock.Day(strconv.Itoa(year)+termDay) {
		year--
	}
	year -= year % termYears
	if len(days) > 0 && year >= yearOf(days[0]) {
		year -= termYears
	}
	return year
}

// yearOf is the year of a day, 0 for none.
func yearOf(d clock.Day) int {
	text, _, _ := strings.Cut(string(d), "-")
	year, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return year
}

// number gives the letter its place in its sequence. Letters that already bear a number may be registered in any order; the
// sequence goes on after the highest.
func (s *Service) number(ctx context.Context, tx *database.Tx, l *Letter) error {
	if l.series() != "" { // its terms are not to change meanwhile
		if err := lockTerms(ctx, tx, l.IssuerID); err != nil {
			return err
		}
	}
	seq, err := sequenceOf(ctx, tx, *l)
	if err != nil {
		return err
	}
	l.Series, l.Term = seq.series, seq.term
	if l.Fields.Number == "" {
		n, err := nextNumber(ctx, tx, l.IssuerID, seq.term, seq.book())
		if err != nil {
			return err
		}
		l.Fields.Number = twoDigits(n)
		return nil
	}
	other, err := findNumber(ctx, tx, l.IssuerID, seq, numberKey(l.Fields.Number))
	if err != nil {
		return err
	}
	if other != "" {
		return seq.taken(l.Fields.Number)
	}
	return raiseTo(ctx, tx, l.IssuerID, seq, l.Fields.Number)
}

// raiseTo makes a sequence go on after a number that a letter brought; not after 12a, nor one out of any sequence.
func raiseTo(ctx context.Context, tx *database.Tx, unit ident.ID, seq sequence, number string) error {
	if n, err := strconv.ParseInt(numberKey(number), 10, 64); err == nil && n <= maxSequence {
		return raiseNumber(ctx, tx, unit, seq.term, seq.book(), n)
	}
	return nil
}

// twoDigits writes numbers below ten with a zero, as the guides on documents have it.
func twoDigits(n int64) string {
	if n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

// maxSequence keeps a slip of the finger from pushing a unit's sequence beyond any sense.
const maxSequence = 99_999

// numberKey is a number as it is compared: 07 and 7 are one.
func numberKey(number string) string {
	k := strings.TrimLeft(strings.ToLower(number), "0")
	if k == "" {
		return "0"
	}
	return k
}
