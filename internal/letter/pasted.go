package letter

import (
	"context"
	"errors"
	"maps"
	"strings"
	"unicode"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// A program gives what is copied from it twice: as words, which the person sees in the form, and as HTML, which still has the
// tables, the columns and the numbers of lists. The HTML is read in place of the words as long as it says the same.

// pastedName is the name of the file that is kept of pasted HTML.
const pastedName = "van-ban-dan.html"

// readInput reads what somebody brought, and returns the bytes that were read.
func (s *Service) readInput(ctx context.Context, in *DraftInput) (content []byte, source string, reading Reading, err error) {
	if content, err = in.content(); err != nil {
		return nil, "", Reading{}, err
	}
	if source, reading, err = s.read(ctx, content); err != nil {
		return nil, "", Reading{}, err
	}
	if strings.TrimSpace(in.Text) == "" || strings.TrimSpace(in.HTML) == "" {
		return content, source, reading, nil
	}
	page := []byte("<!DOCTYPE html>\n" + in.HTML)
	text, laidOut, err := s.read(ctx, page)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Key != SecretFault {
		return content, source, reading, nil // there are the words
	}
	if err != nil {
		return nil, "", Reading{}, err
	}
	if len(laidOut.Warnings) > len(reading.Warnings) || !maps.Equal(wordsOf(source), wordsOf(text)) {
		return content, source, reading, nil
	}
	in.FileName = pastedName
	return page, text, laidOut, nil
}

// wordsOf counts the words of a text. Figures are not counted: programs write the numbers of a list into one form and not into
// the other.
func wordsOf(text string) map[string]int {
	words := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(lang.NFC(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		words[w]++
	}
	return words
}
