package reporting

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/paper/sheet"
	"sachhon/internal/progress"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

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
	web.Attach(w, kinds[format], fileName(d)+"."+format)
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
	return web.SendFile(w, r, file, kept.FileName, kept.At, "application/pdf")
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
