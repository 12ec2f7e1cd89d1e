package letter

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sachhon/internal/lang"
)

// Every warning that the reader can give has words in both languages.
func TestWarningsHaveWords(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`rd\.warn\("(\w+)"`)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			found++
			for _, l := range lang.Languages {
				if key := (Warning{Code: m[1]}).Key(); !lang.New(l).Has(key) {
					t.Errorf("%s: no words for %s in %s", file, key, l)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d warnings found in the sources; the pattern no longer fits", found)
	}
}

func TestWriteJSONSpeaks(t *testing.T) {
	r := mustRead(t, string(readFile(t, "missing-subject.txt")))
	var out bytes.Buffer
	if err := WriteJSON(&out, r, lang.New("vi").T); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Không có ngày này trên lịch: ngày 31 tháng 02 năm 2025.") || strings.Contains(out.String(), "⟦") {
		t.Error(out.String())
	}
	if r.Warnings[0].Value.Message != "" {
		t.Error("writing changed the reading")
	}
}
