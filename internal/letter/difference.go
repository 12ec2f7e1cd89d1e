package letter

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"sachhon/internal/lang"
)

// Difference is in what an uploaded file departs from the letter it is said to be. It is a warning to whoever looks, because
// a file from another program may be read with faults.
type Difference struct {
	Code  DifferenceCode `json:"code"`
	Found string         `json:"found,omitempty"` // what stands in the file instead
}

// DifferenceCode says what departs.
type DifferenceCode string

// The differences.
const (
	OtherNumber DifferenceCode = "number"
	OtherDate   DifferenceCode = "date"
	OtherText   DifferenceCode = "text"    // much of the letter's text is not in it
	ChangedText DifferenceCode = "changed" // a line of the file that it was made of is not in it as it was
	NotCompared DifferenceCode = "unread"  // there is no text in it that could be compared
)

// mostWords is which part of the words of a letter a file must have to pass as its text: signatures and stamps cover some,
// and some are read wrongly.
const mostWords = 0.8

// compared compares a file with a letter. made is the file that was kept of the letter, if any: one that begins with it, as a
// file does that was signed, must have the same text, because another program may have saved changed pages behind it. A secret
// file is refused.
func (s *Service) compared(ctx context.Context, file []byte, l Letter, made []byte) ([]Difference, error) {
	text, r, err := s.read(ctx, file)
	if isSecret(err) {
		return nil, err
	}
	readable := err == nil && !r.Scanned() && strings.TrimSpace(text) != ""
	var own string
	grown := len(made) > 0 && bytes.HasPrefix(file, made)
	if grown {
		if was, r, err := s.read(ctx, made); err == nil && !r.Scanned() {
			own = was
		}
		if strings.TrimSpace(own) == "" { // there were pictures of the letter only, and they are in it
			return []Difference{}, nil
		}
	}
	if !readable {
		return []Difference{{Code: NotCompared}}, nil // what cannot be read cannot be compared, which is said
	}
	found, out := r.Fields(), []Difference{}
	if !sameSymbol(found, l.Fields) {
		out = append(out, Difference{OtherNumber, found.Symbol()})
	}
	if found.Date != l.Fields.Date {
		out = append(out, Difference{OtherDate, found.Date.ShortDate()})
	}
	switch {
	case shareOfWords(l.Source, text) < mostWords:
		out = append(out, Difference{Code: OtherText})
	case grown && !holds(text, own):
		out = append(out, Difference{Code: ChangedText})
	}
	return out, nil
}

// mostAdded is how many words the boxes of signatures may add to a letter.
const mostAdded = 60

// otherWords tells whether a file says something else than the version in force, or the text of a letter without one. A file
// that grew out of it must have its lines as they were; one that was set by another program, its words. What is only a
// picture says nothing that could be compared.
func (s *Service) otherWords(ctx context.Context, file []byte, l Letter) (bool, error) {
	held, err := s.pages(ctx, s.db, l)
	if err != nil {
		return false, err
	}
	text, r, err := s.read(ctx, file)
	if err != nil || r.Scanned() || strings.TrimSpace(text) == "" {
		return false, ctx.Err()
	}
	own := l.Source
	if was, r, err := s.read(ctx, held); len(held) > 0 && err == nil && !r.Scanned() && !r.recognised() && strings.TrimSpace(was) != "" {
		own = was
		if bytes.HasPrefix(file, held) {
			return !holds(text, own), nil
		}
	}
	if r.recognised() { // a scan is read with faults
		return shareOfWords(own, text) < mostWords, nil
	}
	return shareOfWords(own, text) < 1 || len(foldedWords(text))-len(foldedWords(own)) > mostAdded, nil
}

func sameSymbol(a, b Fields) bool {
	return numberKey(a.Number) == numberKey(b.Number) && key(a.Notation) == key(b.Notation)
}

// shareOfWords is which part of the words of a text another one has.
func shareOfWords(text, other string) float64 {
	want, have := foldedWords(text), foldedWords(other)
	if len(want) == 0 {
		return 1
	}
	slices.Sort(want)
	slices.Sort(have)
	all, found := len(want), 0
	for len(want) > 0 && len(have) > 0 {
		switch c := strings.Compare(want[0], have[0]); {
		case c == 0:
			found, want, have = found+1, want[1:], have[1:]
		case c < 0:
			want = want[1:]
		default:
			have = have[1:]
		}
	}
	return float64(found) / float64(all)
}

func foldedWords(s string) []string {
	return strings.FieldsFunc(lang.Fold(s), func(r rune) bool { return !isWordRune(r) })
}

func isWordRune(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
