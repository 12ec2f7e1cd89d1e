package lang

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// source is a file of the tree that can use messages.
type source struct{ path, text string }

// sources reads the tree's own Go, templ and TypeScript: neither tests, nor generated code, nor dependencies.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the tree is not where this test expects it: %v", err)
	}
	var found []source
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if name == "node_modules" || name == "testdata" || name == "dist" || path != root && strings.HasPrefix(name, ".") && name != ".." {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(name) {
		case ".go", ".templ", ".ts":
		default:
			return nil
		}
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, ".test.ts") {
			return nil
		}
		text, err := os.ReadFile(path)
		found = append(found, source{filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator))), string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// literal is a string that looks like a key.
var literal = regexp.MustCompile("[\"'`]([a-z]\\w*(?:\\.\\w+)+)[\"'`]")

// A notification names the prefix of its messages.
var notificationParts = []string{".subject", ".body", ".short"}

func TestEveryKeyIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, found := range literal.FindAllStringSubmatch(s.text, -1) {
			used[found[1]] = true
			for _, part := range notificationParts {
				used[found[1]+part] = true
			}
		}
	}
	messages := embeddedCatalogue().messages["vi"]
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		inFamily := slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) })
		if !used[key] && !inFamily {
			t.Errorf("%s: %q is used nowhere; remove it, or list its family in families.go", messages[key].file, key)
		}
	}
}

// The places where a literal is certainly a key. A literal that ends in a dot is the prefix of a family.
var keyPlaces = []*regexp.Regexp{
	regexp.MustCompile(`\bT\(\s*(?:[\w.()]+,\s*)?"([a-z]\w*\.[\w.]*)"`),
	regexp.MustCompile(`\bfault\.\w+\.With\(\s*"([^"]+)"`),
	regexp.MustCompile(`\bfault\.New\(\s*[\w.]+,\s*"([^"]+)"`),
	regexp.MustCompile(`\.Add\([^,\n]+,\s*"([a-z]\w*\.fault\.\w[\w.]*)"`),
	regexp.MustCompile(`"([a-z]\w*\.fault\.\w+)"`),
}

func keysIn(text string) []string {
	var keys []string
	for _, place := range keyPlaces {
		for _, found := range place.FindAllStringSubmatch(text, -1) {
			keys = append(keys, found[1])
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func TestEveryUsedKeyExists(t *testing.T) {
	messages := embeddedCatalogue().messages["vi"]
	for _, s := range sources(t) {
		if strings.HasPrefix(s.path, "internal/fault/") {
			continue // builds its keys from the kinds
		}
		for _, key := range keysIn(withoutComments(s.text)) {
			if strings.HasSuffix(key, ".") {
				if !slices.ContainsFunc(families, func(f string) bool { return strings.HasPrefix(key, f) }) {
					t.Errorf("%s: the family %q is not listed in families.go", s.path, key)
				}
				continue
			}
			if _, ok := messages[key]; !ok {
				t.Errorf("%s: %q is in no catalogue", s.path, key)
			}
		}
	}
}

func TestKeysAreFoundInSources(t *testing.T) {
	for text, want := range map[string]string{
		`l.T("a.b")`:                              "a.b",
		`{ ui.T(ctx, "a.b.c", "Count", n) }`:      "a.b.c",
		`T(r.Context(), "waste." + string(t))`:    "waste.",
		`return fault.Conflict.With("a.fault.b")`: "a.fault.b",
		`fault.New(fault.Gone, "a.gone", "X", 1)`: "a.gone",
		`f.Add("plastic", "a.fault.c")`:           "a.fault.c",
		`key := "a.fault.d"`:                      "a.fault.d",
		`testing.T("x")`:                          "",
		`slog.With("a.b", 1)`:                     "",
		`ActionReview Action = "report.review"`:   "",
	} {
		if got := strings.Join(keysIn(text), " "); got != want {
			t.Errorf("in %s found %q, want %q", text, got, want)
		}
	}
}

func TestEveryFamilyHasMembers(t *testing.T) {
	messages := embeddedCatalogue().messages["vi"]
	for _, family := range families {
		if !strings.HasSuffix(family, ".") {
			t.Errorf("family %q does not end in a dot", family)
		}
		member := false
		for key := range messages {
			member = member || strings.HasPrefix(key, family)
		}
		if !member {
			t.Errorf("family %q has no message", family)
		}
	}
}

var lineComment = regexp.MustCompile(`(?m)^\s*//.*$`)

func withoutComments(text string) string { return lineComment.ReplaceAllString(text, "") }
