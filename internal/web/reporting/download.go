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
	"sachhon/internal/letter"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/progress"
	"sachhon/internal/web/issueview"
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
	if format == "pdf" {
		if kept, err := p.issued(r, d); err != nil || kept != nil {
			return p.sendIssue(w, r, kept, err)
		}
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

// issued is the version of a report's document that is asked for, or the one in force: what was signed and numbered no longer
// changes, and may have been signed elsewhere. nil for one that is not issued yet, which is set as it stands.
func (p *pages) issued(r *http.Request, d progress.Detail) (*letter.Issue, error) {
	issues, err := p.Letters.LoadIssues(r.Context(), p.DB, d.ID)
	version := r.URL.Query().Get(issueview.VersionQuery)
	if err != nil || len(issues) == 0 && version == "" {
		return nil, err
	}
	i, err := letter.VersionOf(issues, version)
	return &i, err
}

func (p *pages) sendIssue(w http.ResponseWriter, r *http.Request, kept *letter.Issue, err error) error {
	if err != nil {
		return err
	}
	file, err := p.Letters.OpenIssue(r.Context(), *kept)
	if err != nil {
		return err
	}
	defer file.Close()
	return sendFile(w, r, file, kept.FileName, kept.At)
}

// versionURL is the address of a version of a report's document, "" for the one in force.
func versionURL(id ident.ID) func(string) string {
	return func(version string) string {
		url := reportURL(id) + "/tai-ve?dang=pdf"
		if version != "" {
			url += "&" + issueview.VersionQuery + "=" + version
		}
		return url
	}
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
