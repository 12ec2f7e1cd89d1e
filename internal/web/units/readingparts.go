package units

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

// partRead is a part of a component with the words it was read from; nobody read what a person typed, and nothing leads there.
func partRead(name, label, value string, spans []letter.Span) ui.LetterField {
	f := ui.LetterField{Name: name, Label: label, Value: value}
	for _, s := range spans {
		if f.Words = append(f.Words, ui.LetterWords{Line: s[0], From: s[1], To: s[2]}); f.First == 0 || s[0] < f.First {
			f.First = s[0]
		}
		f.Last = max(f.Last, s[0])
	}
	return f
}

// dutySources are the duties as they stand now, each with its parts, and where each was read.
func dutySources(ctx context.Context, read []letter.Field[letter.Duty], now []letter.Duty) []ui.LetterField {
	var fields []ui.LetterField
	for _, d := range now {
		var was letter.Field[letter.Duty]
		if i := slices.IndexFunc(read, func(f letter.Field[letter.Duty]) bool { return f.Value.Number == d.Number }); i >= 0 {
			was = read[i]
		}
		name := dutyName(strconv.Itoa(d.Number))
		field := partRead(name, ui.T(ctx, "units.letter.duty", "Number", d.Number), d.Text, was.Spans)
		if field.First == 0 { // only the lines are known
			field.First, field.Last = was.Lines[0], was.Lines[1]
		}
		add := func(part, label, value string) {
			if value != "" {
				field.Parts = append(field.Parts, partRead(name+"."+part, ui.T(ctx, label), value, was.Parts[part]))
			}
		}
		add("for", "units.duty.for", strings.Join(d.For, "; "))
		if d.Force != "" {
			add("force", "units.duty.force", ui.T(ctx, "letter.force."+string(d.Force)))
		}
		add("deadline", "units.duty.deadline", dateText(ctx, d.Deadline))
		if d.Within != nil {
			add("within", "units.duty.within", d.Within.Text)
		}
		if d.Every != nil {
			add("every", "units.duty.every", d.Every.Text)
		}
		add("quota", "units.duty.count", quotaText(ctx, d.Quota))
		if len(d.Channels) > 0 {
			add("channels", "units.letter.channels", channelNames(ctx, d.Channels))
		}
		add("proof", "units.duty.proof", d.Proof)
		fields = append(fields, field)
	}
	return fields
}

func dutyName(number string) string { return "duties." + number }

// signerSources are the parts of the signature, and who signed minutes beside it.
func signerSources(ctx context.Context, read *letter.Field[letter.Signer], secretary *letter.Field[string], now letter.Signer) []ui.LetterField {
	var fields []ui.LetterField
	for _, one := range []struct{ part, label, value string }{
		{"capacity", "units.letter.capacity", lined(now.Capacity)},
		{"position", "units.letter.position", now.Position},
		{"name", "units.letter.signerName", now.Name},
	} {
		if one.value != "" && read != nil {
			fields = append(fields, partRead("signer."+one.part, ui.T(ctx, one.label), one.value, read.Parts[one.part]))
		}
	}
	if secretary != nil {
		fields = append(fields, partRead(signedBeside, ui.T(ctx, "units.letter.secretary"), secretary.Value, secretary.Spans))
	}
	return fields
}

const signedBeside = "signer.secretary"

// part is a part of a component, or of a duty, by its name; one that leads nowhere when it was not read.
func (s source) part(component, name string) ui.LetterField {
	for _, f := range s[component].Parts {
		if f.Name == name {
			return f
		}
		for _, one := range f.Parts {
			if one.Name == name {
				return one
			}
		}
	}
	return ui.LetterField{}
}

// dutyPart is a part of the duty of a number, the duty itself for no part.
func (s source) dutyPart(number, part string) ui.LetterField {
	name := dutyName(number)
	if part != "" {
		name += "." + part
	}
	return s.part("duties", name)
}
