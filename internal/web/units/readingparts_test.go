package units

import (
	"context"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/a-h/templ"

	"sachhon/internal/letter"
	"sachhon/internal/testkit/program"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

var (
	markOf   = regexp.MustCompile(`<mark class="[^"]*" data-of="([^"]*)"(?: id="([^"]*)")?>([^<]*)</mark>`)
	sourceTo = regexp.MustCompile(`<a class="source" href="#([^"]*)"[^>]* data-field="([^"]*)"`)
)

// saidBy are the parts of a duty that say something.
func saidBy(d letter.Duty) []string {
	var parts []string
	for part, said := range map[string]bool{
		"": true, "for": len(d.For) > 0, "force": d.Force != "", "deadline": !d.Deadline.IsZero(), "within": d.Within != nil,
		"every": d.Every != nil, "quota": d.Quota != nil, "channels": len(d.Channels) > 0, "proof": d.Proof != "",
	} {
		if said {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return parts
}

// wordsAt are the words at spans of a text, without their spaces.
func wordsAt(t *testing.T, lines []string, spans []letter.Span) string {
	var words strings.Builder
	for _, s := range spans {
		if s[0] < 1 || s[0] > len(lines) || s[2] > len([]rune(lines[s[0]-1])) {
			t.Fatalf("%v is outside of the text", s)
		}
		words.WriteString(string([]rune(lines[s[0]-1])[s[1]:s[2]]))
	}
	return unspaced(words.String())
}

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// Everything that a duty of a test letter says leads to its words, which are marked on the page, in the form that corrects it and
// in the list beside a letter that is registered.
func TestEveryPartOfADutyLeadsToItsWords(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	files, err := filepath.Glob("../../letter/testdata/letters/*")
	if err != nil {
		t.Fatal(err)
	}
	plain, err := filepath.Glob("../../letter/testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen, letters := map[string]int{}, 0
	for _, file := range append(files, plain...) {
		if ext := filepath.Ext(file); ext == ".json" || ext == ".dx" || ext == ".pdx" || strings.Contains(filepath.Base(file), ".u.") {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, reading, err := letter.ReadFile(t.Context(), b, letter.Options{})
		if err != nil {
			continue // of a secret one nothing is shown
		}
		letters++
		l := letter.Letter{ID: sampleID(1), State: letter.Draft, Source: text, Reading: reading, Fields: reading.Fields()}
		s := sourceOf(t.Context(), l)
		sheet := ui.LetterProps{Lines: letter.SplitLines(text), Fields: s.list(t.Context(), l.Fields)}
		for name, side := range map[string]templ.Component{
			"form": correction(viewLetterForm(t.Context(), l, form.New(fill(l.Fields, 1)), s)), "list": ui.LetterFields(sheet.Fields),
		} {
			var page strings.Builder
			whole := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				return ui.LetterView(sheet).Render(templ.WithChildren(ctx, side), w)
			})
			if err := whole.Render(t.Context(), &page); err != nil {
				t.Fatal(err)
			}
			marked, ids, leads := marksOn(page.String())
			for _, f := range reading.Duties {
				for _, part := range saidBy(f.Value) {
					spans, field := f.Parts[part], dutyName(strconv.Itoa(f.Value.Number))
					if part == "" {
						spans = f.Spans
					} else {
						field += "." + part
					}
					seen[part]++
					want := wordsAt(t, sheet.Lines, spans)
					switch to := leads[field]; {
					case want == "":
						t.Errorf("%s: %s has no words", file, field)
					case marked[field] != want:
						t.Errorf("%s, %s: marked for %s is %q, want %q", file, name, field, marked[field], want)
					case to == "" || !slices.Contains(ids, to):
						t.Errorf("%s, %s: %s leads to %q, which is not on the page", file, name, field, to)
					}
				}
			}
		}
	}
	if letters < 40 {
		t.Errorf("%d letters", letters)
	}
	for _, part := range []string{"", "for", "force", "deadline", "within", "every", "quota", "channels", "proof"} {
		if seen[part] < 4 {
			t.Errorf("%q was looked at %d times", part, seen[part])
		}
	}
}

// marksOn returns the words marked for each field without their spaces, the places that links can lead to, and where the link of
// each field leads.
func marksOn(page string) (marked map[string]string, ids []string, leads map[string]string) {
	marked, leads = map[string]string{}, map[string]string{}
	for _, m := range markOf.FindAllStringSubmatch(page, -1) {
		for name := range strings.FieldsSeq(m[1]) {
			marked[name] += unspaced(html.UnescapeString(m[3]))
		}
		if m[2] != "" {
			ids = append(ids, m[2])
		}
	}
	for _, m := range sourceTo.FindAllStringSubmatch(page, -1) {
		leads[m[2]] = m[1]
	}
	return marked, ids, leads
}
