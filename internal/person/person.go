package person

import (
	"log/slog"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
)

// Person is somebody with an account, or somebody whom a clerk entered.
type Person struct {
	ID        ident.ID   `db:"id"`
	Name      string     `db:"name"`
	Email     Email      `db:"email"` // may be empty
	Phone     Phone      `db:"phone"` // may be empty
	BirthDate clock.Day  `db:"birth_date"`
	Lang      string     `db:"lang"`
	HomeUnit  ident.ID   `db:"home_unit_id"`
	CreatedAt clock.Time `db:"created_at"`
	UpdatedAt clock.Time `db:"updated_at"`
}

// LogValue keeps everything but the identifier out of logs.
func (p Person) LogValue() slog.Value { return slog.StringValue(p.ID.String()) }

// Details is what is asked of a person. A client makes the ID, so that sending the form again is harmless.
type Details struct {
	ID        ident.ID
	Name      string
	Email     string
	Phone     string
	BirthDate string // as people write dates
	Lang      string
	HomeUnit  ident.ID
}

// LogValue keeps everything but the identifier out of logs.
func (d Details) LogValue() slog.Value { return slog.StringValue(d.ID.String()) }

const (
	maxName   = 150
	oldestAge = 120
)

// check tidies the details and reports all that is wrong with them.
func (d Details) check(today clock.Day, needEmail bool) (Person, error) {
	var f fault.Fields
	p := Person{ID: d.ID, Name: d.name(&f), Lang: d.Lang, HomeUnit: d.HomeUnit}
	var errEmail, errPhone error
	p.Email, errEmail = ParseEmail(d.Email)
	p.Phone, errPhone = ParsePhone(d.Phone)
	if needEmail && p.Email == "" && errEmail == nil {
		f.Add("email", "person.fault.emailMissing")
	}
	for name, err := range map[string]error{"email": errEmail, "phone": errPhone} {
		if err := f.AddError(name, err); err != nil {
			return Person{}, err
		}
	}
	if strings.TrimSpace(d.BirthDate) != "" {
		born, err := lang.ParseDate(d.BirthDate)
		p.BirthDate = clock.DayOf(born)
		if err := f.AddError("birth_date", err); err != nil {
			return Person{}, err
		}
		if age, ok := Age(p.BirthDate, today); err == nil && (!ok || age > oldestAge) {
			f.Add("birth_date", "person.fault.birthDate")
		}
	}
	if !slices.Contains(lang.Languages, p.Lang) {
		p.Lang = lang.Languages[0]
	}
	slices.SortFunc(f, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
	return p, f.Err()
}

func (d Details) name(f *fault.Fields) string {
	name := lang.Clean(d.Name)
	switch {
	case name == "":
		f.Add("name", "person.fault.nameMissing")
	case utf8.RuneCountInString(name) > maxName:
		f.Add("name", "person.fault.nameLong", "Limit", maxName)
	case strings.IndexFunc(name, oddSign) >= 0 || strings.IndexFunc(name, unicode.IsLetter) < 0:
		f.Add("name", "person.fault.nameSign")
	}
	return name
}

// oddSign tells whether no person's name has the sign.
func oddSign(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M) && !strings.ContainsRune(" .'’-", r)
}
