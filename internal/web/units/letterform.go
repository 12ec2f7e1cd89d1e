package units

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
)

// maxRows is how many duties or bases a posted form may have.
const maxRows = 200

// fill puts the fields of a letter into inputs.
func fill(f letter.Fields, version int64) url.Values {
	v := url.Values{
		"version": {strconv.FormatInt(version, 10)},
		"type":    {f.Type}, "number": {f.Number}, "notation": {f.Notation}, "joint": {f.Joint}, "urgency": {f.Urgency},
		"organ": {f.Organ}, "place": {f.Place}, "date": {f.Date.String()}, "subject": {f.Subject},
		"addressees": {strings.Join(f.Addressees, "\n")}, "links": {strings.Join(f.Links, "\n")},
		"recipients":  {strings.Join(f.Recipients, "\n")},
		"period.from": {f.Period.From.String()}, "period.to": {f.Period.To.String()},
		"signer.capacity": {strings.Join(f.Signer.Capacity, "\n")}, "signer.position": {f.Signer.Position}, "signer.name": {f.Signer.Name},
		"bases": {strconv.Itoa(len(f.Bases))}, "references": {strconv.Itoa(len(f.References))}, "attachments": {strings.Join(f.Attachments, "\n")}, "duties": {strconv.Itoa(len(f.Duties))},
	}
	fillBases(v, "bases", f.Bases)
	fillBases(v, "references", f.References)
	for i, d := range f.Duties {
		fillDuty(v, i, d)
		v.Set(at("duties", i, "number"), strconv.Itoa(d.Number))
		v.Set(at("duties", i, "text"), d.Text)
		for _, c := range d.Channels {
			v.Add(at("duties", i, "channels"), string(c))
		}
	}
	return v
}

func fillBases(v url.Values, list string, bases []letter.Basis) {
	for i, b := range bases {
		v.Set(at(list, i, "symbol"), b.Symbol)
		v.Set(at(list, i, "date"), b.Date.String())
		v.Set(at(list, i, "organ"), b.Organ)
		v.Set(at(list, i, "type"), b.Type)
		v.Set(at(list, i, "subject"), b.Subject)
	}
}

// fillDuty puts what a duty says beside its text into inputs.
func fillDuty(v url.Values, i int, d letter.Duty) {
	v.Set(at("duties", i, "for"), strings.Join(d.For, "; "))
	v.Set(at("duties", i, "force"), string(d.Force))
	v.Set(at("duties", i, "deadline"), d.Deadline.String())
	v.Set(at("duties", i, "proof"), d.Proof)
	if d.Within != nil {
		v.Set(at("duties", i, "within"), d.Within.Text)
	}
	if d.Every != nil {
		v.Set(at("duties", i, "every"), d.Every.Text)
	}
	if d.Quota != nil {
		v.Set(at("duties", i, "count"), strconv.Itoa(d.Quota.Count))
		v.Set(at("duties", i, "of"), d.Quota.Of)
		if d.Quota.AtLeast {
			v.Set(at("duties", i, "atleast"), "1")
		}
	}
}

func at(list string, i int, part string) string { return fmt.Sprintf("%s.%d.%s", list, i, part) }

// read makes fields of what was posted; dates that do not exist are noted at their inputs.
func read(f *form.Form) letter.Fields {
	out := letter.Fields{
		Type: f.Text("type"), Number: f.Text("number"), Notation: f.Text("notation"), Joint: f.Text("joint"), Urgency: f.Text("urgency"),
		Organ: f.Text("organ"), Place: f.Text("place"), Date: day(f, "date"), Subject: lang.Clean(f.Lines("subject")),
		Addressees: rows(f, "addressees"), Attachments: rows(f, "attachments"), Links: rows(f, "links"), Recipients: rows(f, "recipients"),
		Period: letter.Period{From: day(f, "period.from"), To: day(f, "period.to")},
		Signer: letter.Signer{Capacity: rows(f, "signer.capacity"), Position: f.Text("signer.position"), Name: f.Text("signer.name")},
	}
	for _, name := range []string{"addressees", "attachments", "links", "recipients", "signer.capacity"} {
		aliasRows(f, name, len(rows(f, name)))
	}
	out.Bases, out.References = readBases(f, "bases"), readBases(f, "references")
	readDuties(f, &out)
	return out
}

func day(f *form.Form, name string) letter.Date {
	d, err := letter.ParseDate(string(f.Day(name)))
	if err != nil {
		f.Add(name, "letter.fault.date")
	}
	return d
}

// count is how many rows the form had; one more may have been filled in.
func count(f *form.Form, name string) int { return min(f.Int(name)+1, maxRows) }

func readBases(f *form.Form, list string) []letter.Basis {
	var out []letter.Basis
	for i := range count(f, list) {
		b := letter.Basis{
			Symbol: f.Text(at(list, i, "symbol")), Date: day(f, at(list, i, "date")), Organ: f.Text(at(list, i, "organ")),
			Type: f.Text(at(list, i, "type")), Subject: f.Text(at(list, i, "subject")),
		}
		if b != (letter.Basis{}) {
			f.Alias(at(list, len(out), "symbol"), at(list, i, "symbol"))
			out = append(out, b)
		}
	}
	return out
}

// readDuties drops a duty whose text was deleted, and numbers a new one on.
func readDuties(f *form.Form, out *letter.Fields) {
	highest := 0
	for i := range count(f, "duties") {
		text := f.Lines(at("duties", i, "text"))
		if text == "" {
			continue
		}
		d := letter.Duty{Number: f.Int(at("duties", i, "number")), Text: text, Channels: []letter.Channel{}}
		if d.Number == 0 {
			d.Number = highest + 1
		}
		highest = max(highest, d.Number)
		for _, c := range f.Values(at("duties", i, "channels")) {
			if !slices.Contains(d.Channels, letter.Channel(c)) {
				d.Channels = append(d.Channels, letter.Channel(c))
			}
		}
		readParts(f, i, &d)
		for _, part := range []string{"number", "text", "channels", "force"} {
			f.Alias(at("duties", len(out.Duties), part), at("duties", i, "text"))
		}
		for part, input := range map[string]string{"for.0": "for", "deadline": "deadline", "within": "within", "every": "every", "quota": "count", "proof": "proof"} {
			f.Alias(at("duties", len(out.Duties), part), at("duties", i, input))
		}
		out.Duties = append(out.Duties, d)
	}
}

// readParts reads what a duty says beside its text.
func readParts(f *form.Form, i int, d *letter.Duty) {
	for part := range strings.SplitSeq(f.Text(at("duties", i, "for")), ";") {
		if part = strings.TrimSpace(part); part != "" {
			d.For = append(d.For, part)
		}
	}
	d.Force = letter.Force(f.Value(at("duties", i, "force")))
	d.Deadline, d.Proof = day(f, at("duties", i, "deadline")), f.Text(at("duties", i, "proof"))
	if text := f.Text(at("duties", i, "within")); text != "" {
		if d.Within = letter.ParseWithin(text); d.Within == nil {
			f.Add(at("duties", i, "within"), "letter.fault.within", "Limit", letter.MaxWithin)
		}
	}
	if text := f.Text(at("duties", i, "every")); text != "" {
		if d.Every = letter.ParseRecurrence(text); d.Every == nil {
			f.Add(at("duties", i, "every"), "letter.fault.every")
		} else {
			d.Every.Text = text
		}
	}
	if f.Has(at("duties", i, "count")) || f.Has(at("duties", i, "of")) {
		d.Quota = &letter.Quota{
			Count: f.Int(at("duties", i, "count")), Of: f.Text(at("duties", i, "of")), AtLeast: f.Has(at("duties", i, "atleast")),
		}
	}
}
