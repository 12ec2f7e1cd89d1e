package web

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// statuses is the one table from faults to HTTP.
var statuses = map[fault.Kind]int{
	fault.Malformed:       http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Interrupted:     http.StatusRequestTimeout,
	fault.Conflict:        http.StatusConflict,
	fault.Gone:            http.StatusGone,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.TooMany:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

var (
	errMethod      = errors.New("web: method not allowed")
	errCrossOrigin = fault.Forbidden.With("web.fault.crossOrigin")
)

// StatusOf returns the HTTP status of an error: 500 for one that is nobody's business.
func StatusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	if errors.Is(err, errMethod) {
		return http.StatusMethodNotAllowed
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return http.StatusRequestEntityTooLarge
	}
	if status, ok := statuses[fault.KindOf(err)]; ok {
		return status
	}
	return http.StatusInternalServerError
}

// ProblemBody is an RFC 9457 problem document; its texts are in the reader's language and say nothing internal.
type ProblemBody struct {
	Type    string         `json:"type" doc:"Kind of problem, e.g. about:blank#invalid"`
	Title   string         `json:"title" doc:"What is wrong, in words"`
	Status  int            `json:"status" doc:"HTTP status"`
	Detail  string         `json:"detail,omitempty" doc:"How to mend it"`
	Request string         `json:"request" doc:"Identifier of the request; it also stands in the server's log"`
	Errors  []ProblemField `json:"errors,omitempty" doc:"What is wrong with single fields"`
}

// ProblemField is what is wrong with one field.
type ProblemField struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Explain turns an error into words. Of an internal error only the request's ID is told.
func Explain(l *lang.Localizer, err error, request string) ProblemBody {
	status := StatusOf(err)
	kind := fault.KindOf(err)
	switch status {
	case http.StatusInternalServerError:
		kind = "internal"
	case http.StatusMethodNotAllowed:
		kind = "method"
	case http.StatusRequestEntityTooLarge:
		kind = fault.TooLarge
	}
	body := ProblemBody{
		Type: "about:blank#" + string(kind), Status: status, Request: request,
		Title: l.T("fault." + string(kind)), Detail: l.T("fault." + string(kind) + ".advice"),
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		body.Title = l.T(e.Key, e.Args...)
		for _, f := range e.Fields {
			body.Errors = append(body.Errors, ProblemField{Field: f.Name, Message: l.T(f.Key, f.Args...)})
		}
	}
	return body
}

// Problem answers a request that failed: as a page, or as a problem document for machines. It is the only place that
// logs the errors of requests.
func (s *Site) Problem(w http.ResponseWriter, r *http.Request, err error) {
	ctx := r.Context()
	v := visitOf(ctx)
	body := Explain(lang.From(ctx), err, v.id)
	level := slog.LevelInfo
	if body.Status >= 500 {
		level = slog.LevelError
	}
	s.log.LogAttrs(ctx, level, "request failed", slog.String("request", v.id), slog.String("route", v.route),
		slog.Int("status", body.Status), slog.String("error", err.Error()))

	w.Header().Set("Cache-Control", "no-store")
	if v.nonHTML {
		WriteProblem(w, body)
		return
	}
	if body.Status == http.StatusUnauthorized {
		back := "/"
		if r.Method == http.MethodGet {
			back = r.URL.RequestURI()
		}
		http.Redirect(w, r, SignInPath+"?"+url.Values{"return": {back}}.Encode(), http.StatusSeeOther)
		return
	}
	page := s.Page(r, lang.From(ctx).T(body.titleKey()))
	page.Narrow, page.NoIndex = true, true
	if err := Render(w, r, body.Status, problemPage(page, body)); err != nil {
		s.log.ErrorContext(ctx, "problem page not rendered", slog.String("request", v.id), slog.Any("error", err))
		http.Error(w, body.Title, body.Status)
	}
}

// titleKey is the headline of the kind of problem; the body's Title is the sentence below it.
func (b ProblemBody) titleKey() string {
	return "fault." + b.Type[len("about:blank#"):] + ".title"
}

// WriteProblem answers with a problem document.
func WriteProblem(w http.ResponseWriter, body ProblemBody) {
	w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	w.WriteHeader(body.Status)
	// A failed write means that the reader went away.
	_ = json.NewEncoder(w).Encode(body)
}
