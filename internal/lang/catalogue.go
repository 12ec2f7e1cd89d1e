package lang

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Languages are the languages people can choose, the default first.
var Languages = []string{"vi", "en"}

//go:embed catalog/*.json
var embedded embed.FS

// catalogue is every message in every language.
type catalogue struct {
	bundle   *i18n.Bundle
	messages map[string]map[string]message // language, key
}

// message is a text with one form for every number, or with a singular beside it. Vietnamese nouns need no singular.
type message struct {
	One, Other string
	file       string
}

// plain tells that the message is its own text, with nothing to fill in.
func (m message) plain() bool { return m.One == "" && !strings.Contains(m.Other, "{{") }

// embeddedCatalogue loads the catalogues that were compiled in. They are checked by the tests, so a fault in them
// is a programming error.
var embeddedCatalogue = sync.OnceValue(func() *catalogue {
	c, err := loadCatalogue(embedded, "catalog/*.json")
	if err != nil {
		panic(err)
	}
	return c
})

// loadCatalogue reads every file that matches pattern, and reports all faults it finds at once.
func loadCatalogue(files fs.FS, pattern string) (*catalogue, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, fmt.Errorf("lang: catalogue files: %w", err)
	}
	c := &catalogue{bundle: i18n.NewBundle(language.Vietnamese), messages: map[string]map[string]message{}}
	for _, code := range Languages {
		c.messages[code] = map[string]message{}
	}
	var faults []error
	for _, name := range names {
		if err := c.addFile(files, name); err != nil {
			faults = append(faults, fmt.Errorf("lang: %s: %w", name, err))
		}
	}
	return c, errors.Join(faults...)
}

// addFile adds the messages of one file, whose name ends in .<language>.json.
func (c *catalogue) addFile(files fs.FS, name string) error {
	subject, code, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".json"), ".")
	known, ok := c.messages[code]
	if !ok || subject == "" {
		return fmt.Errorf("the name is not <subject>.<language>.json with one of the languages %v", Languages)
	}
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	tag := language.MustParse(code)
	return eachMessage(data, func(key string, m message) error {
		if !strings.HasPrefix(key, subject+".") {
			return fmt.Errorf("key %q does not start with %q", key, subject+".")
		}
		if first, taken := known[key]; taken {
			return fmt.Errorf("key %q is already in %s", key, first.file)
		}
		m.file = name
		known[key] = m
		// The plural rules know a singular in both languages; a message with one form uses it for every number.
		return c.bundle.AddMessages(tag, &i18n.Message{ID: key, One: cmp.Or(m.One, m.Other), Other: m.Other})
	})
}

// reHalfPlace is a place that would be shown as it is written.
var reHalfPlace = regexp.MustCompile(`(?:^|[^{]){\.?\w+}`)

// eachMessage walks a flat JSON object in order. The decoder is read token by token because json.Unmarshal would
// let the second of two equal keys win in silence.
func eachMessage(data []byte, add func(key string, m message) error) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("%v is not a key", t)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		m, err := decodeMessage(raw)
		if err == nil && reHalfPlace.MatchString(m.One+" "+m.Other) {
			err = errors.New("a place is not written {{.Name}}")
		}
		if err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
		if err := add(key, m); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON object")
	}
	return nil
}

// decodeMessage reads "text" or {"one": "text", "other": "text"}.
func decodeMessage(raw json.RawMessage) (message, error) {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		if strings.TrimSpace(text) == "" {
			return message{}, errors.New("the text is empty")
		}
		return message{Other: text}, nil
	}
	var forms struct{ One, Other string }
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&forms); err != nil {
		return message{}, fmt.Errorf(`neither a text nor {"one": …, "other": …}: %w`, err)
	}
	if forms.Other == "" {
		return message{}, errors.New(`the form "other" is missing`)
	}
	return message{One: forms.One, Other: forms.Other}, nil
}
