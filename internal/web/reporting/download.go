package reporting

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/web/ui"
)

// patience is how long somebody with a slow connection may take for a file.
const patience = 10 * time.Minute

func attach(w http.ResponseWriter, kind, name string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "private, no-cache")
	// A server without deadlines, in a test, has nothing to extend.
	_ = http.NewResponseController(w).SetWriteDeadline(clock.System{}.Now().Add(patience))
}

// files are what a report can be taken along as.
func files(ctx context.Context, id ident.ID) []ui.Link {
	var links []ui.Link
	for _, kind := range formats {
		links = append(links, ui.Link{Text: ui.T(ctx, "reporting.file."+kind), URL: reportURL(id) + "/tai-ve?dang=" + kind})
	}
	return links
}

var formats = []string{"txt"}

func (p *pages) download(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("dang") != "txt" {
		return fault.NotFound.With("progress.fault.notFound")
	}
	attach(w, "text/plain; charset=utf-8", "bao-cao.txt")
	_, err = w.Write([]byte(d.Document.Source))
	return err
}

func current(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
