package letter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// Sizes of the fields in the exchange format of official documents, in characters, and limits of our own for lists.
const (
	maxNumber    = 11
	maxNotation  = 30
	maxTypeName  = 100
	maxPlace     = 100
	maxPerson    = 100
	maxText      = 5000
	maxListItems = 200
)

var (
	reNumber   = regexp.MustCompile(`^\d+[a-zA-ZđĐ]?$`)
	reNotation = regexp.MustCompile(`^[\p{L}\d][\p{L}\d&./-]*$`)
)

// clean returns the fields with every text normalised as people's input is: NFC, no invisible characters, no spaces
// around, lists without empty entries, duties with their channels in order and once each.
func (f Fields) clean() Fields {
	for _, s := range []*string{
		&f.Type, &f.Number, &f.Notation, &f.Urgency, &f.Organ, &f.Place, &f.Subject, &f.Signer.Position, &f.Signer.Name,
	} {
		*s = lang.Clean(*s)
	}
	if f.Joint = lang.Clean(f.Joint); f.Joint == "" { // typed by hand, from a scan
		f.Joint = jointFor(f.Notation)
	}
	f.Addressees, f.Links, f.Recipients = cleanList(f.Addressees), cleanList(f.Links), cleanList(f.Recipients)
	f.Signer.Capacity = cleanList(f.Signer.Capacity)
	if f.Attachments = cleanList(f.Attachments); len(f.Attachments) == 0 {
		f.Attachments = nil
	}
	f.Bases, f.References, f.Duties = cleanBases(f.Bases), cleanBases(f.References), slices.Clone(f.Duties)
	for i := range f.Duties {
		f.Duties[i] = f.Duties[i].clean()
	}
	return f
}

func cleanBases(list []Basis) []Basis {
	list = slices.Clone(list)
	for i := range list {
		for _, s := range []*string{&list[i].Symbol, &list[i].Organ, &list[i].Type, &list[i].Subject} {
			*s = lang.Clean(*s)
		}
	}
	return list
}

// clean normalises the texts of a duty and drops what says nothing.
func (d Duty) clean() Duty {
	d.Text, d.Channels, d.Proof = lang.CleanLines(d.Text), once(d.Channels), lang.Clean(d.Proof)
	if d.For = cleanList(d.For); len(d.For) == 0 {
		d.For = nil
	}
	if d.Every != nil {
		every := d.Every.clean()
		every.Text = lang.Clean(every.Text)
		if d.Every = &every; every.Text == "" && every.Period == "" {
			d.Every = nil
		}
	}
	if d.Within != nil {
		within := *d.Within
		within.Text = lang.Clean(within.Text)
		if d.Within = &within; within == (Within{}) {
			d.Within = nil
		}
	}
	if d.Quota != nil {
		quota := *d.Quota
		quota.Of = lang.Clean(quota.Of)
		if d.Quota = &quota; quota == (Quota{}) {
			d.Quota = nil
		}
	}
	return d
}

func cleanList(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		if s = lang.Clean(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func once(channels []Channel) []Channel {
	out := make([]Channel, 0, len(channels))
	for _, c := range channels {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// check notes what is wrong with cleaned fields of a draft; a draft may still lack things.
func (f Fields) check() error {
	var bad fault.Fields
	for _, t := range []struct {
		name, text string
		max        int
	}{
		{"type", f.Type, maxTypeName},
		{"number", f.Number, maxNumber},
		{"notation", f.Notation, maxNotation},
		{"organ", f.Organ, maxOrgan},
		{"place", f.Place, maxPlace},
		{"subject", f.Subject, maxSubject},
		{"signer.position", f.Signer.Position, maxPerson},
		{"signer.name", f.Signer.Name, maxPerson},
	} {
		if n := utf8.RuneCountInString(t.text); n > t.max {
			bad.Add(t.name, "letter.fault.tooLong", "Length", n, "Limit", t.max)
		}
	}
	if f.Number != "" && !reNumber.MatchString(f.Number) {
		bad.Add("number", "letter.fault.number")
	}
	if f.Notation != "" && !reNotation.MatchString(f.Notation) {
		bad.Add("notation", "letter.fault.notation")
	}
	if f.Joint != "" && f.Joint != "-" && f.Joint != "/" {
		bad.Add("number", "letter.fault.number")
	}
	if f.Type != "" && !slices.Contains(Types(), strings.ToLower(f.Type)) {
		bad.Add("type", "letter.fault.type")
	}
	checkDate(&bad, "date", f.Date)
	checkDate(&bad, "period.from", f.Period.From)
	checkDate(&bad, "period.to", f.Period.To)
	if !f.Period.From.IsZero() && !f.Period.To.IsZero() && f.Period.To.Before(f.Period.From) {
		bad.Add("period.to", "letter.fault.periodReversed")
	}
	checkList(&bad, "addressees", f.Addressees)
	checkList(&bad, "attachments", f.Attachments)
	checkList(&bad, "links", f.Links)
	checkList(&bad, "recipients", f.Recipients)
	for i, link := range f.Links {
		if !isWebLink(link) {
			bad.Add(fmt.Sprintf("links.%d", i), "letter.fault.link")
		}
	}
	f.checkDuties(&bad)
	return bad.Err()
}

func (f Fields) checkDuties(bad *fault.Fields) {
	if len(f.Duties) > maxDuties {
		bad.Add("duties", "letter.fault.tooMany", "Limit", maxDuties)
		return
	}
	numbers := map[int]bool{}
	for i, d := range f.Duties {
		name := fmt.Sprintf("duties.%d", i)
		if d.Number < 1 || numbers[d.Number] {
			bad.Add(name+".number", "letter.fault.dutyNumber")
		}
		numbers[d.Number] = true
		switch n := utf8.RuneCountInString(d.Text); {
		case n == 0:
			bad.Add(name+".text", "letter.fault.dutyEmpty")
		case n > maxText:
			bad.Add(name+".text", "letter.fault.tooLong", "Length", n, "Limit", maxText)
		}
		for _, c := range d.Channels {
			if !c.Valid() {
				bad.Add(name+".channels", "letter.fault.channel")
			}
		}
		d.check(bad, name)
	}
}

// check notes what is wrong with the parts of a duty beside its text.
func (d Duty) check(bad *fault.Fields, name string) {
	checkDate(bad, name+".deadline", d.Deadline)
	checkList(bad, name+".for", d.For)
	if d.Force != "" && !slices.Contains(Forces(), d.Force) {
		bad.Add(name+".force", "letter.fault.force")
	}
	if n := utf8.RuneCountInString(d.Proof); n > maxSubject {
		bad.Add(name+".proof", "letter.fault.tooLong", "Length", n, "Limit", maxSubject)
	}
	if q := d.Quota; q != nil && (q.Count < 1 || q.Count > maxQuota || q.Of == "" || utf8.RuneCountInString(q.Of) > maxPlace) {
		bad.Add(name+".quota", "letter.fault.quota", "Limit", maxQuota)
	}
	if w := d.Within; w != nil && (!w.valid() || utf8.RuneCountInString(w.Text) > maxSubject) {
		bad.Add(name+".within", "letter.fault.within", "Limit", MaxWithin)
	}
	if e := d.Every; e != nil && (!e.valid() || utf8.RuneCountInString(e.Text) > maxSubject) {
		bad.Add(name+".every", "letter.fault.every")
	}
}

// maxQuota is the largest number of things a duty can ask for.
const maxQuota = 1_000_000

func checkDate(bad *fault.Fields, name string, d Date) {
	if !d.IsZero() && !d.exists() {
		bad.Add(name, "letter.fault.date")
	}
}

func checkList(bad *fault.Fields, name string, list []string) {
	if len(list) > maxListItems {
		bad.Add(name, "letter.fault.tooMany", "Limit", maxListItems)
		return
	}
	for i, s := range list {
		if n := utf8.RuneCountInString(s); n > maxText {
			bad.Add(fmt.Sprintf("%s.%d", name, i), "letter.fault.tooLong", "Length", n, "Limit", maxText)
		}
	}
}

// isWebLink tells whether a page may make a link of it: an http address, or a bare host as letters print it.
func isWebLink(s string) bool {
	return !strings.ContainsAny(s, " <>\"'") && reLink.MatchString(s) && reLink.FindString(s) == s
}

// checkComplete notes what a letter must have before it is registered. The number may be missing: then the register
// gives the next one.
func (f Fields) checkComplete() error {
	var bad fault.Fields
	for _, t := range []struct{ name, text string }{
		{"type", f.Type}, {"notation", f.Notation}, {"organ", f.Organ}, {"subject", f.Subject},
	} {
		if t.text == "" {
			bad.Add(t.name, "letter.fault.missing")
		}
	}
	if f.Date.IsZero() {
		bad.Add("date", "letter.fault.missing")
	}
	return bad.Err()
}

// ValidNotation tells whether a text may stand in a symbol: letters, figures and hyphens.
func ValidNotation(s string) bool { return reNotation.MatchString(s) }
