package units

import (
	"context"
	"io"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// paperFiles are what the receiver of a dispatch can have of its letter: the version in force or the file it came as, its
// words as text, and the packages of other systems with their enclosures.
func (p *pages) paperFiles(ctx context.Context, d cascade.Detail) ([]ui.StoredFile, error) {
	var files []ui.StoredFile
	add := func(l letter.Letter, query, name string) error {
		switch issue, err := p.Letters.LoadIssued(ctx, p.DB, l.ID); {
		case err == nil:
			files = append(files, ui.StoredFile{Name: name, URL: dispatchURL(d.ID) + "/tep" + query, Size: ui.FileSize(ctx, issue.Size)})
			return nil
		case fault.KindOf(err) != fault.NotFound:
			return err
		}
		if l.FileName != "" { // what was pasted is its text
			files = append(files, ui.StoredFile{Name: l.FileName, URL: dispatchURL(d.ID) + "/tep" + query})
		}
		return nil
	}
	if err := add(d.Paper(), "", ui.T(ctx, "units.paper.issued")); err != nil {
		return nil, err
	}
	if d.UnderID != "" {
		if err := add(d.Letter, "?goc=1", ui.T(ctx, "units.paper.first")); err != nil {
			return nil, err
		}
	}
	if p.Exchange == nil || !(may{actor: web.ActorOf(ctx)}).on(person.ActionExchangeRead, d.ReceiverID) {
		return files, nil
	}
	packages, err := p.Exchange.CameIn(ctx, d.Dispatch)
	if err != nil {
		return nil, err
	}
	for _, m := range packages {
		files = append(files, ui.StoredFile{Name: ui.T(ctx, "units.paper.package", "At", lang.From(ctx).DateTime(m.CreatedAt)), URL: exchangeMessageURL(m.ID)})
	}
	return files, nil
}

// paperFile sends the version in force of a dispatch's letter, or the file it came as, to whoever may read the dispatch.
func (p *pages) paperFile(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	l := d.Paper()
	if r.URL.Query().Get("goc") != "" {
		l = d.Letter
	}
	file, name, at, err := p.openPaper(ctx, l)
	if err != nil {
		return err
	}
	defer file.Close()
	return sendFile(w, r, file, name, at)
}

func (p *pages) openPaper(ctx context.Context, l letter.Letter) (file io.ReadSeekCloser, name string, at clock.Time, err error) {
	issue, err := p.Letters.LoadIssued(ctx, p.DB, l.ID)
	if err == nil {
		file, err = p.Letters.OpenIssue(ctx, issue)
		return file, issue.FileName, issue.At, err
	}
	if fault.KindOf(err) != fault.NotFound {
		return nil, "", at, err
	}
	file, err = p.Letters.Original(ctx, l)
	return file, l.FileName, l.CreatedAt, err
}
