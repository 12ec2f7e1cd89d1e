package decree

import (
	"slices"

	"sachhon/internal/letter"
)

// Judge tells a letter.Service what a document lacks of its form, and where it is wrong otherwise.
func Judge(doc letter.Document) letter.Judgement {
	lacking := &findings{}
	checkParts(lacking, composed(doc))
	var j letter.Judgement
	for _, d := range CheckDocument(doc) {
		switch {
		case slices.ContainsFunc(lacking.list, func(l Deviation) bool { return l.Code == d.Code }):
			j.Lacks = append(j.Lacks, d.Field)
		case d.Severity == Wrong:
			j.Departs = append(j.Departs, letter.Departure{Code: d.Code, Field: d.Field, Args: d.Args})
		}
	}
	return j
}

// Departed is a departure that was judged before as a deviation, for its words.
func Departed(d letter.Departure) Deviation {
	r := rules[d.Code]
	return Deviation{Code: d.Code, Component: r.component, Severity: r.severity, Rule: r.where, Field: d.Field, Args: d.Args}
}
