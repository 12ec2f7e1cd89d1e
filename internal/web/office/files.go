package office

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
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

// issued sends the version in force to both sides: those who handle the issuer's letters, and units that received it.
func (p *pages) issued(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	issue, err := p.Letters.Issued(ctx, web.ActorOf(ctx), id)
	if fault.KindOf(err) == fault.Forbidden {
		issue, err = p.issuedTo(ctx, r.URL.Query().Get("don-vi"), id, err)
	}
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

// issuedTo is the version in force of a letter that a unit received; refused says why the reader is no one of the issuer.
func (p *pages) issuedTo(ctx context.Context, unitText string, id ident.ID, refused error) (letter.Issue, error) {
	unitID, err := ident.Parse(unitText)
	if err != nil {
		return letter.Issue{}, refused
	}
	if l, err := p.readable(ctx, unitID, id); err != nil || l.ID != id {
		return letter.Issue{}, refused
	}
	return p.Letters.LoadIssued(ctx, p.DB, id)
}

// upload takes a PDF that was signed elsewhere.
func (p *pages) upload(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, in, err := readSigned(r)
	if err != nil {
		return err
	}
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	_, err = p.Letters.IssueUploaded(ctx, web.ActorOf(ctx), l.ID, in)
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

// readSigned reads a form with a signed file.
func readSigned(r *http.Request) (*form.Form, letter.UploadInput, error) {
	var content bytes.Buffer
	var in letter.UploadInput
	f, err := form.ReadFiles(r, func(input, fileName string, body io.Reader) error {
		if input != "file" || in.Name != "" {
			return nil
		}
		in.Name = fileName
		_, err := io.Copy(&content, io.LimitReader(body, letter.MaxIssueBytes+1))
		return err
	})
	if err != nil {
		return nil, in, err
	}
	in.Scanned = f.Checked("scanned")
	if in.Name != "" {
		in.File = &content
	}
	return f, in, nil
}
