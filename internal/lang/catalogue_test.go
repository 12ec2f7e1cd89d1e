package lang

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
)

func TestCatalogueRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a key in two files": {
			map[string]string{"a.vi.json": `{"a.x":"một"}`, "b/../a.x.vi.json": `{}`},
			"the name is not <subject>.<language>.json",
		},
		"a key twice":              {map[string]string{"a.vi.json": `{"a.x":"một","a.x":"hai"}`}, `key "a.x" is already in c/a.vi.json`},
		"a foreign subject":        {map[string]string{"a.vi.json": `{"b.x":"một"}`}, `does not start with "a."`},
		"an unknown language":      {map[string]string{"a.fr.json": `{"a.x":"un"}`}, "one of the languages"},
		"an unknown plural form":   {map[string]string{"a.en.json": `{"a.x":{"few":"x","other":"y"}}`}, `unknown field "few"`},
		"a plural without other":   {map[string]string{"a.en.json": `{"a.x":{"one":"x"}}`}, `"other" is missing`},
		"a place in one brace":     {map[string]string{"a.en.json": `{"a.x":"code {Code}"}`}, "a place is not written"},
		"an empty text":            {map[string]string{"a.en.json": `{"a.x":" "}`}, "the text is empty"},
		"a number":                 {map[string]string{"a.en.json": `{"a.x":5}`}, "neither a text nor"},
		"half a file":              {map[string]string{"a.en.json": `{"a.x":"y"`}, "EOF"},
		"two objects":              {map[string]string{"a.en.json": `{"a.x":"y"}{}`}, "something follows"},
		"a list instead of object": {map[string]string{"a.en.json": `["a.x"]`}, "not a JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{}
			for file, text := range tt.files {
				files["c/"+strings.TrimPrefix(file, "b/../")] = &fstest.MapFile{Data: []byte(text)}
			}
			_, err := loadCatalogue(files, "c/*.json")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestT(t *testing.T) {
	c, err := loadCatalogue(fstest.MapFS{
		"c/a.vi.json": {Data: []byte(`{"a.plain":"Chào","a.name":"Chào {{.Name}}","a.teams":"{{.Count}} đội ở {{.Place}}","a.until":"đến {{.At}}, năm {{.Year}}","a.vi":"chỉ có tiếng Việt"}`)},
		"c/a.en.json": {Data: []byte(`{"a.plain":"Hello","a.name":"Hello {{.Name}}","a.until":"until {{.At}}, {{.Year}}","a.teams":{"one":"{{.Count}} team in {{.Place}}","other":"{{.Count}} teams in {{.Place}}"}}`)},
	}, "c/*.json")
	if err != nil {
		t.Fatal(err)
	}
	vi, en := newLocalizer(c, "vi"), newLocalizer(c, "en")
	for _, tt := range []struct {
		l    *Localizer
		key  string
		args []any
		want string
	}{
		{vi, "a.plain", nil, "Chào"},
		{en, "a.plain", nil, "Hello"},
		{vi, "a.name", []any{"Name", "<An & Bình>"}, "Chào <An & Bình>"},
		{vi, "a.teams", []any{"Count", 1200, "Place", "Huế"}, "1.200 đội ở Huế"},
		{en, "a.teams", []any{"Count", 1, "Place", "Hue"}, "1 team in Hue"},
		{en, "a.teams", []any{"Count", int64(1200), "Place", "Hue"}, "1,200 teams in Hue"},
		{en, "a.teams", []any{"Count", 0, "Place", "Hue"}, "0 teams in Hue"},
		{vi, "a.until", []any{"At", clock.Date(2024, time.June, 6, 7, 30), "Year", 2024}, "đến 07h30 ngày 06/6/2024, năm 2024"},
		{en, "a.until", []any{"At", clock.Date(2024, time.June, 6, 7, 30), "Year", 2024}, "until 07:30, 6 Jun 2024, 2024"},
		{vi, "a.none", nil, "⟦a.none⟧"},
		{en, "a.vi", nil, "⟦a.vi⟧"},
		{vi, "a.name", nil, "⟦a.name⟧"},
		{vi, "a.name", []any{"Name"}, "⟦a.name⟧"},
	} {
		if got := tt.l.T(tt.key, tt.args...); got != tt.want {
			t.Errorf("%s T(%q, %v) = %q, want %q", tt.l.Code(), tt.key, tt.args, got, tt.want)
		}
	}
}

func TestLanguagesHaveTheSameKeysAndPlaceholders(t *testing.T) {
	messages := embeddedCatalogue().messages
	for key, vi := range messages["vi"] {
		en, ok := messages["en"][key]
		if !ok {
			t.Errorf("%s: %q has no English", vi.file, key)
			continue
		}
		if diff := cmp.Diff(placeholders(vi), placeholders(en)); diff != "" {
			t.Errorf("%q: the placeholders differ (- vi, + en):\n%s", key, diff)
		}
		if vi.One != "" {
			t.Errorf("%s: %q has a singular, which Vietnamese does not need", vi.file, key)
		}
		if en.Other == "" || vi.Other == "" {
			t.Errorf("%q has an empty form", key)
		}
		for _, text := range []string{vi.Other, en.One, en.Other} {
			if text != NFC(text) {
				t.Errorf("%q is not composed (NFC): %q", key, text)
			}
		}
	}
	for key, en := range messages["en"] {
		if _, ok := messages["vi"][key]; !ok {
			t.Errorf("%s: %q has no Vietnamese", en.file, key)
		}
	}
}

func TestEveryMessageCanBeWritten(t *testing.T) {
	for _, code := range Languages {
		l := New(code)
		for key, m := range l.messages {
			var args []any
			for _, name := range placeholders(m) {
				args = append(args, name, 2)
			}
			if got := l.T(key, args...); got == marked(key) || strings.Contains(got, "{{") {
				t.Errorf("%s: %q is written as %q", m.file, key, got)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{-?\s*[^}]*?\.([A-Z]\w*)`)

// placeholders returns the names that the forms of a message use together, sorted.
func placeholders(m message) []string {
	names := map[string]bool{}
	for _, found := range placeholder.FindAllStringSubmatch(m.One+m.Other, -1) {
		names[found[1]] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func BenchmarkT(b *testing.B) {
	l := New("vi")
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			l.T("fault.notFound")
		}
	})
	b.Run("filled", func(b *testing.B) {
		for b.Loop() {
			l.T("lang.duration.hours", "Count", 3)
		}
	})
}
