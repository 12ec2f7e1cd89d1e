package notify

import (
	"fmt"
	"strings"
)

// TestTexts makes the service speak the texts of the tests, which are no business of the catalogue.
func (s *Service) TestTexts(texts map[string]string) {
	s.speak = func(language string) testSpeaker { return testTexts{language, texts} }
}

type testSpeaker = texts

type testTexts struct {
	code  string
	texts map[string]string
}

func (t testTexts) Code() string {
	if t.code == "" {
		return "vi"
	}
	return t.code
}

func (t testTexts) Has(key string) bool { return t.texts[key] != "" }

// T marks a text that lacks an argument as lang.Localizer does.
func (t testTexts) T(key string, args ...any) string {
	text := t.texts[key]
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{{.%v}}", args[i]), fmt.Sprint(args[i+1]))
	}
	if strings.Contains(text, "{{") {
		return "⟦" + key + "⟧"
	}
	return text
}
