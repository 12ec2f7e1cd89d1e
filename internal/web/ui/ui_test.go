package ui_test

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

var (
	unwanted = regexp.MustCompile(`\sstyle="|\son[a-z]+="|javascript:|<style|<script>`)
	ids      = regexp.MustCompile(`\sid="([^"]*)"`)
	refs     = regexp.MustCompile(`\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"`)
)

func TestSamples(t *testing.T) {
	for _, code := range lang.Languages {
		ctx := lang.With(context.Background(), lang.New(code))
		for _, s := range gallery.Components() {
			t.Run(code+"/"+s.Name, func(t *testing.T) {
				var b bytes.Buffer
				if err := s.Page(ctx).Render(ctx, &b); err != nil {
					t.Fatal(err)
				}
				page := b.String()
				if i := strings.IndexRune(page, '⟦'); i >= 0 {
					t.Errorf("a message is missing: %.60s", page[i:])
				}
				if bad := unwanted.FindString(page); bad != "" {
					t.Errorf("the content security policy forbids %q", bad)
				}
				if !strings.Contains(page, `<html lang="`+code+`"`) {
					t.Error("the page does not say its language")
				}
				checkIDs(t, page)
			})
		}
	}
}

// checkIDs holds that IDs are unique and that what labels and descriptions refer to exists.
func checkIDs(t *testing.T, page string) {
	t.Helper()
	known := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(page, -1) {
		if known[m[1]] {
			t.Errorf("the ID %q stands twice", m[1])
		}
		known[m[1]] = true
	}
	for _, m := range refs.FindAllStringSubmatch(page, -1) {
		for ref := range strings.FieldsSeq(m[1]) {
			if !known[ref] {
				t.Errorf("nothing has the ID %q", ref)
			}
		}
	}
}

func TestStatuses(t *testing.T) {
	for _, code := range lang.Languages {
		ctx := lang.With(context.Background(), lang.New(code))
		for _, f := range ui.Families() {
			seen := map[string]string{}
			for _, state := range ui.StatesOf(f) {
				b := ui.StatusOf(ctx, f, state)
				if strings.ContainsRune(b.Text, '⟦') || b.Icon == "" || b.Tone == "" {
					t.Errorf("%s %s.%s lacks a word, a shape or a colour: %+v", code, f, state, b)
				}
				if other, ok := seen[b.Text]; ok {
					t.Errorf("%s %s: %s and %s share the word %q", code, f, state, other, b.Text)
				}
				seen[b.Text] = state
			}
		}
	}
}

func TestTextIsEscaped(t *testing.T) {
	var b bytes.Buffer
	evil := `<script>alert(1)</script>"'`
	ctx := context.Background()
	for _, err := range []error{
		ui.TextField(ui.Field{Name: "n", Label: evil, Value: evil, Hint: evil, Error: evil}).Render(ctx, &b),
		ui.MapBox(ui.MapProps{Label: evil, Points: []ui.MapPoint{{Text: evil, Note: evil, URL: "javascript:x"}}}).Render(ctx, &b),
		ui.LetterView(ui.LetterProps{Lines: []string{evil}}).Render(ctx, &b),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(b.String(), "<script>") {
		t.Error("text became markup")
	}
}
