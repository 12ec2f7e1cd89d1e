package web

import (
	"errors"
	"mime"
	"net/http"
	"net/url"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

var errIllegible = errors.New("web: not UTF-8, or with a NUL")

// legible refuses a request whose address or form is no text, before any handler meets it. No browser sends such a
// thing, SQLite would keep it and PostgreSQL would fail on it. A form with files is read as a stream, by web/form.
func legible(r *http.Request) error {
	if !lang.Legible(r.URL.Path) || !legibleValues(r.URL.Query()) {
		return fault.Malformed.With("").Because(errIllegible)
	}
	if !plainForm(r) {
		return nil
	}
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return err
		}
		return fault.Malformed.With("").Because(err)
	}
	if !legibleValues(r.PostForm) {
		return fault.Malformed.With("").Because(errIllegible)
	}
	return nil
}

// plainForm tells whether the request carries a form without files.
func plainForm(r *http.Request) bool {
	switch r.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
	default:
		return false
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded"
}

func legibleValues(values url.Values) bool {
	for name, all := range values {
		if !lang.Legible(name) {
			return false
		}
		for _, v := range all {
			if !lang.Legible(v) {
				return false
			}
		}
	}
	return true
}
