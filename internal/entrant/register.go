package entrant

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// RegisterInput is what somebody writes to take part. Sending the same ID again returns the entrant that exists.
type RegisterInput struct {
	ID        ident.ID
	Challenge ident.ID
	Division  challenge.DivisionCode
	Name      string // public; an individual may leave it empty and is called by the full name
	Unit      ident.ID
	Members   int // of a collective

	FullName      string // of the representative or the individual
	BirthDate     clock.Day
	Phone         string
	Email         string
	Lang          string
	GuardianName  string
	GuardianPhone string

	Consents []ConsentInput
	Rules    int  // the version of the rules that was read and accepted
	Assisted bool // a clerk enters it for somebody who has no phone
}

// ConsentInput is one box that was ticked.
type ConsentInput struct {
	Giver   Giver
	Purpose Purpose
}

// The limits of texts, in characters, and of a collective.
const (
	maxName    = 150
	maxMembers = 10_000
	oldest     = 120
)

// Givers returns who must consent for somebody of the age: the person, or the guardian, and a child from seven on
// beside the guardian.
func Givers(age int, p challenge.Parameters) []Giver {
	switch {
	case age >= p.GuardianUnder:
		return []Giver{Self}
	case age >= p.ConsentFrom:
		return []Giver{Guardian, Child}
	}
	return []Giver{Guardian}
}

// registration is an input that was checked.
type registration struct {
	entrant  Entrant
	contact  Contact
	consents []ConsentInput
}

// check tidies the input and reports everything that is wrong with it on the given day.
func (in RegisterInput) check(c challenge.Challenge, today clock.Day) (registration, error) {
	var f fault.Fields
	var r registration
	in.tidy()
	if _, ok := c.Divisions.Find(in.Division); !ok {
		f.Add("division", "entrant.fault.division")
	}
	checkName(&f, "full_name", in.FullName)
	if in.Name != "" || in.Division != challenge.Individual {
		checkName(&f, "name", in.Name)
	}
	if in.Unit == "" {
		f.Add("unit", "entrant.fault.unit")
	}
	if in.Division == challenge.Collective && (in.Members < 1 || in.Members > maxMembers) {
		f.Add("members", "entrant.fault.members", "Most", maxMembers)
	}
	phone := in.checkPhone(&f, "phone", in.Phone, !in.Assisted)
	checkEmail(&f, in.Email, !in.Assisted)
	age, ok := in.checkBirth(&f, today)
	guardianPhone := ""
	if ok && age < c.Parameters.GuardianUnder {
		checkName(&f, "guardian_name", in.GuardianName)
		guardianPhone = in.checkPhone(&f, "guardian_phone", in.GuardianPhone, !in.Assisted)
	} else {
		in.GuardianName = "" // not needed, so not kept
	}
	if ok {
		r.consents = in.checkConsents(&f, Givers(age, c.Parameters))
	}
	if err := f.Err(); err != nil {
		return r, err
	}
	r.entrant = Entrant{
		ID: in.ID, Challenge: c.ID, Division: in.Division, Name: in.Name, Unit: in.Unit, Members: in.Members,
		Assisted: in.Assisted, Rules: in.Rules, State: Lifecycle.Start,
	}
	if in.Division == challenge.Individual {
		r.entrant.Members = 1
		r.entrant.NameHidden = age < c.Parameters.NameHiddenUnder || !in.agreed(ShowName, Givers(age, c.Parameters))
		if in.Name == "" {
			r.entrant.Name = in.FullName
		}
	}
	r.contact = Contact{
		Entrant: in.ID, FullName: in.FullName, BirthDate: in.BirthDate, Phone: phone, Email: in.Email,
		Lang: in.Lang, GuardianName: in.GuardianName, GuardianPhone: guardianPhone,
	}
	return r, nil
}

func (in *RegisterInput) tidy() {
	in.Name, in.FullName, in.GuardianName = lang.Clean(in.Name), lang.Clean(in.FullName), lang.Clean(in.GuardianName)
	in.Email = lang.Clean(in.Email)
	if !slices.Contains(lang.Languages, in.Lang) {
		in.Lang = lang.Languages[0]
	}
}

func checkName(f *fault.Fields, field, name string) {
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		f.Add(field, "entrant.fault.empty")
	case n > maxName:
		f.Add(field, "entrant.fault.long", "Count", n, "Limit", maxName)
	case !strings.ContainsFunc(name, unicode.IsLetter):
		f.Add(field, "entrant.fault.noLetter")
	}
}

func (in RegisterInput) checkPhone(f *fault.Fields, field, text string, required bool) string {
	if strings.TrimSpace(text) == "" {
		if required {
			f.Add(field, "entrant.fault.empty")
		}
		return ""
	}
	number, err := lang.ParsePhone(text)
	if err != nil {
		f.Add(field, "lang.fault.phone")
	}
	return number
}

func checkEmail(f *fault.Fields, email string, required bool) {
	if email == "" && required {
		f.Add("email", "entrant.fault.empty")
	} else if _, err := person.ParseEmail(email); err != nil {
		f.Add("email", "entrant.fault.email")
	}
}

// checkBirth returns the age; it is not ok when the date is missing or makes no sense.
func (in RegisterInput) checkBirth(f *fault.Fields, today clock.Day) (age int, ok bool) {
	if in.BirthDate == "" {
		f.Add("birth_date", "entrant.fault.empty")
		return 0, false
	}
	if _, err := clock.ParseDay(string(in.BirthDate)); err != nil {
		f.Add("birth_date", "lang.fault.date")
		return 0, false
	}
	if age, ok = person.Age(in.BirthDate, today); !ok || age > oldest {
		f.Add("birth_date", "entrant.fault.birthDate")
		return 0, false
	}
	return age, true
}

// checkConsents keeps the consents of those who may give them, each once, and notes the required ones that are
// missing. Silence is no consent.
func (in RegisterInput) checkConsents(f *fault.Fields, givers []Giver) []ConsentInput {
	for _, purpose := range Purposes {
		if !purpose.Required() {
			continue
		}
		for _, giver := range givers {
			if !slices.Contains(in.Consents, ConsentInput{giver, purpose}) {
				f.Add("consent."+string(giver)+"."+string(purpose), "entrant.fault.consent")
			}
		}
	}
	var kept []ConsentInput
	for _, giver := range givers {
		for _, purpose := range Purposes {
			if slices.Contains(in.Consents, ConsentInput{giver, purpose}) {
				kept = append(kept, ConsentInput{giver, purpose})
			}
		}
	}
	return kept
}

// agreed tells whether everybody who must consent has consented to the purpose.
func (in RegisterInput) agreed(p Purpose, givers []Giver) bool {
	return !slices.ContainsFunc(givers, func(g Giver) bool { return !slices.Contains(in.Consents, ConsentInput{g, p}) })
}
