package office

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
)

// The kinds of files.
const (
	typePDF  = "application/pdf"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// pdf sends the letter as it would be printed now.
func (p *pages) pdf(w http.ResponseWriter, r *http.Request) error {
	return p.printed(w, r, ".pdf", typePDF, decree.PDF)
}

// docx sends it for a word processor.
func (p *pages) docx(w http.ResponseWriter, r *http.Request) error {
	return p.printed(w, r, ".docx", typeDOCX, decree.DOCX)
}

func (p *pages) printed(w http.ResponseWriter, r *http.Request, suffix, kind string, print func(io.Writer, letter.Document, decree.Options) error) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	if l.Document == nil {
		return fault.NotFound.With("letter.fault.readIn")
	}
	var buf bytes.Buffer
	if err := print(&buf, *l.Document, decree.Options{Made: l.UpdatedAt.Time}); err != nil {
		return err
	}
	return send(w, r, bytes.NewReader(buf.Bytes()), fileName(l)+suffix, kind, l.UpdatedAt)
}

// fileName is how people recognise the letter among files.
func fileName(l letter.Letter) string {
	name := l.Symbol()
	if name == "" {
		name = "du-thao-" + l.Fields.Notation
	}
	return strings.NewReplacer("/", "-", "&", "-").Replace(name)
}

// send sends a file to be saved.
func send(w http.ResponseWriter, r *http.Request, content io.ReadSeeker, name, kind string, at clock.Time) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", at.Time, content)
	return nil
}

// issued sends the version in force, or an earlier one, to both sides: those who handle the issuer's letters, and units that
// received it.
func (p *pages) issued(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	issues, err := p.Letters.Issues(ctx, web.ActorOf(ctx), id)
	if fault.KindOf(err) == fault.Forbidden {
		issues, err = p.issuedTo(ctx, r.URL.Query().Get("don-vi"), id, err)
	}
	if err != nil {
		return err
	}
	issue, err := letter.VersionOf(issues, r.URL.Query().Get(issueview.VersionQuery))
	if err != nil {
		return err
	}
	file, err := p.Letters.OpenIssue(ctx, issue)
	if err != nil {
		return err
	}
	defer file.Close()
	return send(w, r, file, issue.FileName, typePDF, issue.At)
}

// issuedTo are the versions of a letter that a unit received; refused says why the reader is no one of the issuer.
func (p *pages) issuedTo(ctx context.Context, unitText string, id ident.ID, refused error) ([]letter.Issue, error) {
	unitID, err := ident.Parse(unitText)
	if err != nil {
		return nil, refused
	}
	if l, err := p.readable(ctx, unitID, id); err != nil || l.ID != id {
		return nil, refused
	}
	return p.Letters.LoadIssues(ctx, p.DB, id)
}

// versionURL is the address of a version of a letter; unit is who received it, "" for its issuer.
func versionURL(id, unit ident.ID) func(string) string {
	return func(version string) string {
		q := url.Values{}
		if unit != "" {
			q.Set("don-vi", string(unit))
		}
		if version != "" {
			q.Set(issueview.VersionQuery, version)
		}
		if len(q) == 0 {
			return draftURL(id) + "/ban-phat-hanh"
		}
		return draftURL(id) + "/ban-phat-hanh?" + q.Encode()
	}
}

// upload takes a PDF that was signed elsewhere.
func (p *pages) upload(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, in, err := issueview.Read(r)
	if err != nil {
		return err
	}
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	_, err = p.Cascade.IssueSigned(ctx, web.ActorOf(ctx), l.ID, in)
	if err := f.Take(err); err != nil {
		return err
	}
	if f.OK() {
		return web.Done(w, r, draftURL(l.ID), "office.uploaded")
	}
	if l.Document == nil {
		return f.Err()
	}
	return p.showWay(w, r, l, f)
}
