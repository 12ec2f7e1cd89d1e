package office

import (
	"context"
	"io"
	"net/http"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// copyPageView is a copy: what it is of, its files, and for an electronic one how it was signed.
type copyPageView struct {
	Unit   string
	Lead   string
	Badge  *ui.BadgeProps // of an electronic copy
	Next   string         // what is to be done with an electronic copy that nobody signed
	Mark   string         // the line that its signature shows
	Facts  []ui.LetterField
	Files  []ui.StoredFile
	Signed *issueview.Props
	Unseen bool   // an extract that could not be compared with its original
	Upload string // empty for who may not
	Errors []ui.FieldError
	File   ui.FileField
}

func copyURL(id ident.ID) string { return booksPath + "/sao/" + string(id) }

func (p *pages) copyOf(w http.ResponseWriter, r *http.Request) error {
	return p.showCopyOf(w, r, form.New(nil))
}

func (p *pages) showCopyOf(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.Letters.CopyOf(ctx, web.ActorOf(ctx), id)
	if err != nil {
		return err
	}
	l, err := p.Letters.Load(ctx, p.DB, c.LetterID)
	if err != nil {
		return err
	}
	u, err := p.Units.Unit(ctx, c.UnitID)
	if err != nil {
		return err
	}
	c.Organ = u.Organ()
	page := p.page(r, c.Symbol, ui.Link{Text: ui.T(ctx, "office.book.copies"), URL: bookURL("sao", c.UnitID)})
	page.Path, page.Narrow = copyURL(c.ID), true
	return web.Render(w, r, web.StatusOf(f.Err()), copyOfPage(page, viewCopyOf(ctx, c, l, f)))
}

func viewCopyOf(ctx context.Context, c letter.Copy, l letter.Letter, f *form.Form) copyPageView {
	v := copyPageView{Unit: c.Organ, Lead: ui.T(ctx, "office.copy."+string(c.Kind)), Errors: f.Errors(ctx), Unseen: !c.Compared(l)}
	for i, cell := range copyLine(ctx, c, l).Cells {
		if cell != "" {
			v.Facts = append(v.Facts, ui.LetterField{Label: ui.T(ctx, "office.column."+copyColumns[i]), Value: cell})
		}
	}
	if c.FileKey != "" {
		name := ui.T(ctx, "office.copy.file")
		if c.Electronic {
			name = ui.T(ctx, "office.copy.toSign")
		}
		v.Files = []ui.StoredFile{{Name: name, URL: copyURL(c.ID) + "/pdf"}}
	}
	if !c.Electronic {
		return v
	}
	v.Badge = &ui.BadgeProps{Text: ui.T(ctx, "office.copy.signed"), Icon: ui.IconDone, Tone: ui.BadgeGood}
	if c.Signed.FileKey == "" {
		v.Badge = &ui.BadgeProps{Text: ui.T(ctx, "office.copy.unsigned"), Icon: ui.IconPen, Tone: ui.BadgeWait}
		v.Next = ui.T(ctx, "office.copy.next")
		v.Mark = ui.T(ctx, "office.copy."+string(c.Kind)) + "; " + c.Organ + "; " + ui.T(ctx, "office.copy.time")
	} else {
		v.Signed = &issueview.Props{
			Title: ui.T(ctx, "office.copy.signedFile"), File: ui.StoredFile{Name: c.Signed.FileName, URL: copyURL(c.ID) + "/ban-ky", Size: ui.FileSize(ctx, c.Signed.Size)},
			Origin: ui.T(ctx, "office.issue.uploaded", "At", lang.From(ctx).DateTime(c.Signed.At)), Hash: c.Signed.Hash(),
			Signatures: issueview.Signatures(ctx, c.Signed.Signatures), Differences: issueview.Differences(ctx, c.Signed.Differences),
		}
	}
	if can(ctx, person.ActionLetterIssue, c.UnitID) {
		v.Upload, v.File = copyURL(c.ID)+"/ban-ky", signedField(ctx, f)
	}
	return v
}

func signedField(ctx context.Context, f *form.Form) ui.FileField {
	return ui.FileField{
		Field:  f.Field(ctx, ui.Field{Name: "file", Label: ui.T(ctx, "office.upload.file"), Hint: ui.T(ctx, "office.copy.uploadHint"), Required: true}),
		Accept: "application/pdf",
	}
}

func (p *pages) copyFile(w http.ResponseWriter, r *http.Request) error {
	return p.sendCopy(w, r, p.Letters.CopyFile, "")
}

func (p *pages) signedCopy(w http.ResponseWriter, r *http.Request) error {
	return p.sendCopy(w, r, p.Letters.SignedCopy, "-da-ky")
}

func (p *pages) sendCopy(w http.ResponseWriter, r *http.Request, open func(context.Context, person.Actor, ident.ID) (io.ReadSeekCloser, letter.Copy, error), suffix string) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	file, c, err := open(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	defer file.Close()
	at := c.CreatedAt
	if suffix != "" {
		at = c.Signed.At
	}
	return send(w, r, file, strings.ReplaceAll(c.Symbol, "/", "-")+suffix+".pdf", typePDF, at)
}

// signCopy takes an electronic copy that was signed elsewhere.
func (p *pages) signCopy(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, in, err := issueview.Read(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	_, err = p.Letters.SignCopy(ctx, web.ActorOf(ctx), id, in)
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showCopyOf(w, r, f)
	}
	return web.Done(w, r, copyURL(id), "office.copy.uploaded")
}
