package api

import (
	"net/http"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/person"
	"sachhon/internal/web"
)

// registerLog serves the audit log as C2SP tlog-tiles asks for it: signed checkpoints and tiles of hashes and entries.
func (a *api) registerLog() {
	a.site.Handle("GET /log/checkpoint", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		checkpoint, err := a.Log.Checkpoint(r.Context())
		if err != nil {
			return err
		}
		h := w.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		_, _ = w.Write(checkpoint) // a failed write means that the reader went away
		return nil
	})
	a.site.Handle("GET /log/key", web.Public, func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(a.Log.VerifierKey() + "\n")) // a failed write means that the reader went away
		return nil
	})
	// The entries join names of entrants to what single people did and when; whoever may read the log reads them. The
	// hashes alone let everybody see that nothing was changed.
	a.site.Handle("GET /log/tile/entries/{path...}", web.Need(person.ActionAuditRead), a.tile("tile/entries/"))
	a.site.Handle("GET /log/tile/{path...}", web.Public, a.tile("tile/"))
}

// tile serves what lies in a folder of the log.
func (a *api) tile(folder string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		path := r.PathValue("path")
		if folder == "tile/" && strings.HasPrefix(path, "entries") {
			return fault.NotFound.With("")
		}
		tile, err := a.Log.Tile(r.Context(), folder+path)
		if err != nil {
			return err
		}
		scope := "public"
		if folder != "tile/" {
			scope = "private"
		}
		h := w.Header()
		h.Set("Content-Type", "application/octet-stream")
		// A full tile is final. A partial one is too, but it is soon replaced by a longer one under another name.
		if strings.Contains(path, ".p/") {
			h.Set("Cache-Control", scope+", max-age=60")
		} else {
			h.Set("Cache-Control", scope+", max-age=31536000, immutable")
		}
		_, _ = w.Write(tile)
		return nil
	}
}
