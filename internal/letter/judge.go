package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Judgement is how a composed document stands to the form that it should have.
type Judgement struct {
	Lacks   []string    // the parts that it cannot do without, as its JSON names them
	Departs []Departure // where it is wrong otherwise; what is only advice is not among them
}

// Departure is one place where a document is wrong by its form. Whoever judged it has the words for its code.
type Departure struct {
	Code  string            `json:"code"`
	Field string            `json:"field,omitempty"` // the part of the document that it is about
	Args  map[string]string `json:"args,omitempty"`
}

// Mark is what a page sends back of a departure that somebody saw: another one of the same code has another mark.
func (d Departure) Mark() string {
	b, err := json.Marshal(d)
	if err != nil { // of texts there is none
		return d.Code
	}
	sum := sha256.Sum256(b)
	return d.Code + "." + hex.EncodeToString(sum[:6])
}

// JudgeWith gives the service what judges documents; the form stands below letters. Without it only the parts that every letter
// has are asked for.
func (s *Service) JudgeWith(judge func(Document) Judgement) { s.judge = judge }

// Judged is how a letter stands to its form; one that was read in bears its signature already and is not judged.
func (s *Service) Judged(l Letter) Judgement {
	var j Judgement
	if l.Document == nil {
		return j
	}
	if s.judge != nil {
		j = s.judge(*l.Document)
	}
	f := l.Fields
	for _, t := range []struct{ name, text string }{
		{"type", f.Type}, {"notation", f.Notation}, {"organ", f.Organ}, {"place", f.Place}, {"subject", f.Subject}, {"signer.name", f.Signer.Name},
	} {
		if t.text == "" && !slices.Contains(j.Lacks, t.name) {
			j.Lacks = append(j.Lacks, t.name)
		}
	}
	for _, t := range []struct{ name, text string }{{"signer.name", f.Signer.Name}, {"secretary", l.Document.Secretary}} {
		if unfilled.MatchString(t.text) && !slices.Contains(j.Lacks, t.name) {
			j.Lacks = append(j.Lacks, t.name)
		}
	}
	return j
}

// checkReady notes what a composed letter must have before somebody signs it.
func (s *Service) checkReady(l Letter) error {
	var bad fault.Fields
	for _, name := range s.Judged(l).Lacks {
		bad.Add(name, "letter.fault.lacks."+name)
	}
	if l.Document != nil {
		l.Document.checkHour(&bad, clock.At(s.db.Clock().Now()))
		l.Document.checkFilled(&bad)
	}
	return bad.Err()
}

// checkSeen notes where whoever signs has not said that the letter is to be signed although it departs from its form there: seen
// are the marks of what stood on the page. What has changed since is asked for again.
func checkSeen(departs []Departure, seen []string) error {
	unseen := slices.ContainsFunc(departs, func(d Departure) bool { return !slices.Contains(seen, d.Mark()) })
	switch {
	case unseen && len(seen) > 0:
		return fault.Invalid.With("letter.fault.departsOtherwise").At("departs")
	case unseen:
		return fault.Invalid.With("letter.fault.departs", "Count", len(departs)).At("departs")
	}
	return nil
}
