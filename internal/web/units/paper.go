package units

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// paperFiles are what the receiver of a dispatch can have of its letter: the version in force or the file it came as, its
// words as text, and the packages of other systems with their enclosures.
func (p *pages) paperFiles(ctx context.Context, d cascade.Detail) ([]ui.StoredFile, error) {
	var files []ui.StoredFile
	add := func(l letter.Letter, query, name string) error {
		kept, err := p.Letters.Kept(ctx, p.DB, l)
		switch {
		case err != nil:
			return err
		case kept.Issued:
			files = append(files, ui.StoredFile{Name: name, URL: dispatchURL(d.ID) + "/tep" + query, Size: ui.FileSize(ctx, kept.Size)})
		case kept.Name != "": // what was pasted is its text
			files = append(files, ui.StoredFile{Name: kept.Name, URL: dispatchURL(d.ID) + "/tep" + query})
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
	for _, c := range mended(d) {
		by, err := p.Letters.Load(ctx, p.DB, c.ByID)
		if err != nil {
			return nil, err
		}
		query := mendedQuery + string(c.ID)
		name := ui.T(ctx, "units.paper.mends", "Symbol", symbolOf(ctx, by))
		before := len(files)
		if err := add(by, query, name); err != nil {
			return nil, err
		}
		if len(files) == before {
			files = append(files, ui.StoredFile{Name: name, URL: dispatchURL(d.ID) + "/van-ban" + query})
		} else {
			files[before].Name = name
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

// paperURL is the address of a version of the letter that a dispatch brought, "" for the one in force.
func paperURL(id ident.ID, version string) string {
	if version == "" {
		return dispatchURL(id) + "/tep"
	}
	return dispatchURL(id) + "/tep?" + issueview.VersionQuery + "=" + version
}

// mendedQuery names a change by another letter in an address.
const mendedQuery = "?sua="

// mended are the changes of a dispatch that a letter of their own tells.
func mended(d cascade.Detail) []cascade.Change {
	return slices.DeleteFunc(slices.Clone(d.Changes), func(c cascade.Change) bool { return c.Kind != cascade.ChangeUpdate || c.ByID == "" })
}

// paperOf is the letter that a dispatch brought; with goc in the address the one that travels, with sua one that mends it.
func (p *pages) paperOf(r *http.Request) (letter.Letter, error) {
	d, err := p.detail(r)
	if err != nil {
		return letter.Letter{}, err
	}
	if r.URL.Query().Get("goc") != "" {
		return d.Letter, nil
	}
	if id := r.URL.Query().Get("sua"); id != "" {
		for _, c := range mended(d) {
			if string(c.ID) == id {
				return p.Letters.Load(r.Context(), p.DB, c.ByID)
			}
		}
		return letter.Letter{}, fault.NotFound.With("cascade.fault.notFound")
	}
	return d.Paper(), nil
}

// paperFile sends the version in force, or an earlier one that is asked for, of a dispatch's letter, or the file it came as, to whoever may read the dispatch.
func (p *pages) paperFile(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l, err := p.paperOf(r)
	if err != nil {
		return err
	}
	kept, err := p.keptOf(ctx, l, r.URL.Query().Get(issueview.VersionQuery))
	if err != nil {
		return err
	}
	file, err := p.Letters.OpenKept(ctx, kept)
	if err != nil {
		return err
	}
	defer file.Close()
	return sendFile(w, r, file, cmp.Or(kept.Name, fileNameOf(l)+".txt"), kept.At)
}

// keptOf is the file of a letter: the version that was asked for, or else what is kept of it.
func (p *pages) keptOf(ctx context.Context, l letter.Letter, version string) (letter.Kept, error) {
	if version == "" {
		return p.Letters.Kept(ctx, p.DB, l)
	}
	issues, err := p.Letters.LoadIssues(ctx, p.DB, l.ID)
	if err != nil {
		return letter.Kept{}, err
	}
	i, err := letter.VersionOf(issues, version)
	return i.Kept(), err
}
