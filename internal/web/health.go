package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// Health adds /healthz (the process lives) and /readyz (it can serve: each check answers within two seconds).
func (s *Site) Health(checks map[string]func(context.Context) error) {
	s.HandleRaw("GET /healthz", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusOK, "ok\n")
	}))
	s.HandleRaw("GET /readyz", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		for name, check := range checks {
			if err := check(ctx); err != nil {
				s.log.ErrorContext(ctx, "not ready", slog.String("check", name), slog.Any("error", err))
				plain(w, http.StatusServiceUnavailable, name+": not ready\n")
				return
			}
		}
		plain(w, http.StatusOK, "ready\n")
	}))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text)) // a failed write means that the reader went away
}
