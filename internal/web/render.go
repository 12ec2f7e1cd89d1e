package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

// SignInPath is where people sign in; "return" names the page to come back to.
const SignInPath = "/dang-nhap"

// Render writes a page whole or not at all: into memory first, then status and body once.
func Render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var buf bytes.Buffer
	if err := c.Render(r.Context(), &buf); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache, private")
	}
	h.Add("Vary", "Cookie, Accept-Language")
	if _, err := r.Cookie(flashCookie); err == nil { // it was shown
		http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	// A failed write means that the reader went away.
	_, _ = w.Write(buf.Bytes())
	return nil
}

// SeeOther sends the browser on after a form did its work, so that reloading does not send it again.
func SeeOther(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// ReturnTo is a path of this site to go back to, or fallback: never another host.
func ReturnTo(path, fallback string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return fallback
	}
	return path
}

// flash is a message that the next page shows once.
type flash struct {
	Kind ui.AlertKind `json:"k"`
	Key  string       `json:"m"`
	Args []any        `json:"a,omitempty"`
}

const flashCookie = "flash"

// Flash lets the next page say what just happened.
func Flash(w http.ResponseWriter, kind ui.AlertKind, key string, args ...any) {
	raw, err := json.Marshal(flash{Kind: kind, Key: key, Args: args})
	if err != nil || len(raw) > 2000 {
		return // a message too long for a cookie is not worth failing for
	}
	http.SetCookie(w, &http.Cookie{
		Name: flashCookie, Value: base64.RawURLEncoding.EncodeToString(raw), Path: "/",
		MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// Done shows the next page with a message that the form did its work.
func Done(w http.ResponseWriter, r *http.Request, path, key string, args ...any) error {
	Flash(w, ui.AlertGood, key, args...)
	return SeeOther(w, r, path)
}

// takeFlash reads the message of the page before; Render clears it.
func takeFlash(r *http.Request) []ui.Flash {
	cookie, err := r.Cookie(flashCookie)
	if err != nil {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return nil
	}
	var f flash
	l := lang.From(r.Context())
	if json.Unmarshal(raw, &f) != nil || !l.Has(f.Key) {
		return nil
	}
	for i, arg := range f.Args {
		// JSON knows no integers, but a message's "Count" is one.
		if n, ok := arg.(float64); ok && n == math.Trunc(n) {
			f.Args[i] = int64(n)
		}
	}
	return []ui.Flash{{Kind: f.Kind, Text: l.T(f.Key, f.Args...)}}
}
