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
		"bases": {strconv.Itoa(len(f.Bases))}, "duties": {strconv.Itoa(len(f.Duties))},
	}
	for i, b := range f.Bases {
		v.Set(at("bases", i, "symbol"), b.Symbol)
		v.Set(at("bases", i, "date"), b.Date.String())
		v.Set(at("bases", i, "organ"), b.Organ)
	}
	for i, d := range f.Duties {
		v.Set(at("duties", i, "number"), strconv.Itoa(d.Number))
		v.Set(at("duties", i, "text"), d.Text)
		for _, c := range d.Channels {
			v.Add(at("duties", i, "channels"), string(c))
		}
	}
	return v
}

func at(list string, i int, part string) string { return fmt.Sprintf("%s.%d.%s", list, i, part) }

// read makes fields of what was posted; dates that do not exist are noted at their inputs.
func read(f *form.Form) letter.Fields {
	out := letter.Fields{
		Type: f.Text("type"), Number: f.Text("number"), Notation: f.Text("notation"), Joint: f.Text("joint"), Urgency: f.Text("urgency"),
		Organ: f.Text("organ"), Place: f.Text("place"), Date: day(f, "date"), Subject: lang.Clean(f.Lines("subject")),
		Addressees: rows(f, "addressees"), Links: rows(f, "links"), Recipients: rows(f, "recipients"),
		Period: letter.Period{From: day(f, "period.from"), To: day(f, "period.to")},
		Signer: letter.Signer{Capacity: rows(f, "signer.capacity"), Position: f.Text("signer.position"), Name: f.Text("signer.name")},
	}
	for _, name := range []string{"addressees", "links", "recipients", "signer.capacity"} {
		aliasRows(f, name, len(rows(f, name)))
	}
	readBases(f, &out)
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

func readBases(f *form.Form, out *letter.Fields) {
	for i := range count(f, "bases") {
		b := letter.Basis{Symbol: f.Text(at("bases", i, "symbol")), Date: day(f, at("bases", i, "date")), Organ: f.Text(at("bases", i, "organ"))}
		if b != (letter.Basis{}) {
			f.Alias(at("bases", len(out.Bases), "symbol"), at("bases", i, "symbol"))
			out.Bases = append(out.Bases, b)
		}
	}
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
		for _, part := range []string{"number", "text", "channels"} {
			f.Alias(at("duties", len(out.Duties), part), at("duties", i, "text"))
		}
		out.Duties = append(out.Duties, d)
	}
}
