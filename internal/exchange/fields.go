package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// together are the components as the letter itself was read, with what its package says in their place.
func together(read, said letter.Fields, answers []edxml.Reference) letter.Fields {
	f := read
	f.Type, f.Organ, f.Date, f.Subject = said.Type, said.Organ, said.Date, said.Subject
	if said.Joint == "" && strings.EqualFold(read.Notation, said.Notation) {
		said.Joint = read.Joint
	}
	f.Number, f.Notation, f.Joint = said.Number, said.Notation, said.Joint
	f.Place, f.Urgency = cmp.Or(said.Place, read.Place), cmp.Or(said.Urgency, read.Urgency)
	if len(said.Addressees) > 0 {
		f.Addressees = said.Addressees
	}
	if len(said.Recipients) > 0 {
		f.Recipients = said.Recipients
	}
	if len(said.Signer.Capacity) > 0 {
		f.Signer.Capacity = said.Signer.Capacity
	}
	f.Signer.Position, f.Signer.Name = cmp.Or(said.Signer.Position, read.Signer.Position), cmp.Or(said.Signer.Name, read.Signer.Name)
	f.References = slices.Clone(read.References)
	for _, r := range answers {
		known := func(b letter.Basis) bool { return strings.EqualFold(b.Symbol, r.Code) }
		if r.Code == "" || slices.ContainsFunc(f.Bases, known) || slices.ContainsFunc(f.References, known) {
			continue
		}
		b := letter.Basis{Symbol: r.Code}
		if day, err := letter.ParseDate(string(r.Date)); err == nil {
			b.Date = day
		}
		f.References = append(f.References, b)
	}
	return f
}

// fieldsOf are the components of a letter as its package names them.
func fieldsOf(in edxml.Letter, issuer unit.Unit) (letter.Fields, error) {
	f := letter.Fields{
		Type: strings.ToLower(in.TypeName), Number: in.Number, Notation: in.Notation, Organ: cmp.Or(issuer.Organ(), in.From.Name),
		Place: in.Place, Subject: strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(in.Subject, "V/v"), "Về việc")),
		Recipients: in.ToPlaces, Urgency: urgencies[in.Other.Priority],
		Signer: letter.Signer{Position: in.Signer.Position, Name: in.Signer.Name},
	}
	if _, _, symbol, ok := in.DocumentID.Parts(); ok && symbol == in.Number+"-"+in.Notation { // its parts do not say by what they are joined
		f.Joint = "-"
	}
	if form := letter.FormOfOrgan(f.Organ); !form.OfState() && strings.Contains(f.Notation, "/") { // "12-CV/TĐTN"
		f.Joint = form.Joint()
	}
	if in.Signer.Competence != "" {
		f.Signer.Capacity = []string{in.Signer.Competence}
	}
	if _, err := fmt.Sscanf(string(in.Date), "%d-%d-%d", &f.Date.Year, &f.Date.Month, &f.Date.Day); err != nil {
		return f, fault.Invalid.With("exchange.fault.letterIncomplete").Because(err)
	}
	for _, o := range in.To {
		if o.Name != "" {
			f.Addressees = append(f.Addressees, o.Name)
		}
	}
	known := false
	for _, t := range letter.Types() {
		known = known || t == f.Type
	}
	if !known { // types of the regulation that the Decree does not have, or a misspelt one
		f.Type = letter.OfficialLetter
	}
	return f, nil
}

var urgencies = map[edxml.Priority]string{
	edxml.PriorityUrgent: "khẩn", edxml.PriorityVery: "thượng khẩn", edxml.PriorityExpress: "hỏa tốc", edxml.PriorityScheduled: "hỏa tốc hẹn giờ",
}
