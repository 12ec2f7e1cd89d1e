package lang

import (
	"context"
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// Localizer speaks one language. It may be shared by goroutines.
type Localizer struct {
	code     string
	messages map[string]message
	i18n     *i18n.Localizer
	style    style
}

// New returns the localizer of a language; an unknown one is answered in Vietnamese.
func New(code string) *Localizer { return newLocalizer(embeddedCatalogue(), code) }

func newLocalizer(c *catalogue, code string) *Localizer {
	st, ok := styles[code]
	if !ok {
		code, st = "vi", styles["vi"]
	}
	return &Localizer{code: code, messages: c.messages[code], i18n: i18n.NewLocalizer(c.bundle, code), style: st}
}

// Code returns "vi" or "en", for the lang attribute of a page.
func (l *Localizer) Code() string { return l.code }

// strict makes a message fail that names a placeholder for which no argument was given.
var strict = &template.TextParser{Option: "missingkey=error"}

// T returns the message of a key. args are name, value pairs for its placeholders {{.Name}}; "Count", a number,
// also selects the plural form and is written with the language's digit groups; an instant is written as time and
// day, and any other value as it is. The text is not escaped: that is the page's business. A key without a message
// comes back marked ⟦key⟧, so that it is seen.
func (l *Localizer) T(key string, args ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return marked(key)
	}
	if m.plain() {
		return m.Other
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateParser: strict}
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		name, value := fmt.Sprint(args[i]), args[i+1]
		if name == "Count" {
			config.PluralCount = value
			value = l.Number(value)
		}
		if at, ok := value.(Instant); ok {
			value = l.DateTime(at)
		}
		data[name] = value
	}
	config.TemplateData = data
	text, err := l.i18n.Localize(config)
	if err != nil {
		return marked(key)
	}
	return text
}

// Has tells whether the key has a message, for callers that fall back to a more general one.
func (l *Localizer) Has(key string) bool {
	_, ok := l.messages[key]
	return ok
}

func marked(key string) string { return "⟦" + key + "⟧" }

type contextKey struct{}

// With returns a context that speaks l's language.
func With(ctx context.Context, l *Localizer) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From returns the context's localizer, Vietnamese when none was set.
func From(ctx context.Context) *Localizer {
	if l, ok := ctx.Value(contextKey{}).(*Localizer); ok {
		return l
	}
	return New("vi")
}

var matcher = language.NewMatcher([]language.Tag{language.Vietnamese, language.English})

// Pick chooses a language: the one asked for in the query, else the one kept in the cookie, else the best of the
// Accept-Language header, else Vietnamese.
func Pick(acceptLanguage, cookie, query string) string {
	for _, code := range []string{query, cookie} {
		if _, ok := styles[code]; ok {
			return code
		}
	}
	// A longer header is not a preference anybody set by hand.
	if len(acceptLanguage) > 500 {
		return "vi"
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return "vi"
	}
	_, i, _ := matcher.Match(wanted...)
	return Languages[i]
}
