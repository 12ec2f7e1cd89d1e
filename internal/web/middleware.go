package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
)

// now is the machine's time: durations and deadlines of requests have nothing to do with the challenge's clock.
func now() time.Time { return clock.System{}.Now() }

// wrap puts the middleware around the router, the first to see a request outermost.
func (s *Site) wrap(h http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(origin(s.config.BaseURL)); err != nil {
		return nil, fmt.Errorf("web: base-url: %w", err)
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Problem(w, r, errCrossOrigin)
	}))
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(1024))
	if err != nil {
		return nil, err
	}
	h = s.speak(h)
	h = protection.Handler(h)
	h = s.recover(h)
	h = s.headers(h)
	h = zip(h)
	return s.observe(h), nil
}

// observe gives the request its ID, and logs and counts the answer.
func (s *Site) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := now()
		v := &visit{id: s.ids.Code(10), addr: client(r, s.proxies), nonHTML: wantsJSON(r)}
		w.Header().Set("X-Request-Id", v.id)
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), visitKey{}, v)))
		took := now().Sub(begin)
		s.metrics.observe(r.Method, v.route, rec.status, took)
		level := slog.LevelInfo
		if rec.status >= 500 {
			level = slog.LevelError
		}
		s.log.LogAttrs(r.Context(), level, "request",
			slog.String("request", v.id), slog.String("method", r.Method), slog.String("route", v.route),
			slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes), slog.Duration("took", took),
			slog.String("person", string(v.visitor.Actor.ID)))
	})
}

// recover turns a panic into an answer with an ID; http.ErrAbortHandler keeps its meaning.
func (s *Site) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(reason)
			}
			s.Problem(w, r, fmt.Errorf("panic: %v\n%s", reason, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}

// headers of every answer. The policy allows nothing from other hosts, no inline script and no inline style.
func (s *Site) headers(next http.Handler) http.Handler {
	images := "'self' blob: data:"
	if s.config.Tiles != "" {
		images += " " + origin(s.config.Tiles)
	}
	policy := strings.Join([]string{
		"default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src " + images,
		"connect-src 'self'", "media-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
	}, "; ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if s.config.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// languageCookie keeps the chosen language for a year.
const languageCookie = "lang"

// speak finds the person and the language. Assets need neither.
func (s *Site) speak(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/assets/") {
			next.ServeHTTP(w, r)
			return
		}
		chosen := ""
		if c, err := r.Cookie(languageCookie); err == nil {
			chosen = c.Value
		}
		query := r.URL.Query().Get("lang")
		localizer := lang.New(lang.Pick(r.Header.Get("Accept-Language"), chosen, query))
		if query != "" && query == localizer.Code() && query != chosen {
			http.SetCookie(w, &http.Cookie{
				Name: languageCookie, Value: query, Path: "/", MaxAge: 365 * 24 * 60 * 60,
				SameSite: http.SameSiteLaxMode, Secure: s.config.Secure(), HttpOnly: true,
			})
		}
		v := visitOf(r.Context())
		v.visitor = s.identify(r)
		next.ServeHTTP(w, r.WithContext(lang.With(r.Context(), localizer)))
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func wantsJSON(r *http.Request) bool {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		return true
	}
	accept := r.Header.Get("Accept")
	return strings.Contains(accept, "json") && !strings.Contains(accept, "text/html")
}

// splitList reads a header whose values are comma-separated lists.
func splitList(values []string) (out []string) {
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
