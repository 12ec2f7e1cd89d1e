package reporting

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/progress"
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

var formats = []string{"pdf", "docx", "xlsx"}

// kinds are the types of the files.
var kinds = map[string]string{
	"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": sheet.MediaType,
}

func (p *pages) download(w http.ResponseWriter, r *http.Request) error {
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	format := r.URL.Query().Get("dang")
	if kinds[format] == "" || d.Document.Document == nil {
		return notFound()
	}
	var file bytes.Buffer
	switch format {
	case "pdf":
		err = decree.PDF(&file, *d.Document.Document, decree.Options{Made: d.Document.UpdatedAt.Local()})
	case "docx":
		err = decree.DOCX(&file, *d.Document.Document, decree.Options{Made: d.Document.UpdatedAt.Local()})
	default:
		err = progress.Workbook(&file, d.Figures)
	}
	if err != nil {
		return err
	}
	attach(w, kinds[format], fileName(d)+"."+format)
	_, err = file.WriteTo(w)
	return err
}

// fileName is how people recognise the file: "bao-cao-12-BC-UBND".
func fileName(d progress.Detail) string {
	if symbol := d.Document.Symbol(); symbol != "" {
		return "bao-cao-" + strings.NewReplacer("/", "-", "&", "-").Replace(symbol)
	}
	return "bao-cao-" + string(d.From) + "-" + string(d.To)
}

func current(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}
