package units

import (
	"net/http"

	"sachhon/internal/ident"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
)

// issuePath stands behind the address of a letter for its signed file.
const issuePath = "/ban-phat-hanh"

// versionURL is the address of a version of a letter, "" for the one in force.
func versionURL(id ident.ID) func(string) string {
	return func(version string) string {
		if version == "" {
			return editorURL(id) + issuePath
		}
		return editorURL(id) + issuePath + "?" + issueview.VersionQuery + "=" + version
	}
}

// issue takes the file of a letter that was read in, as it was signed elsewhere.
func (p *pages) issue(w http.ResponseWriter, r *http.Request) error {
	f, in, err := issueview.Read(r)
	if err != nil {
		return err
	}
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	_, err = p.Cascade.IssueSigned(r.Context(), web.ActorOf(r.Context()), l.ID, in)
	if err := f.Take(err); err != nil {
		return err
	}
	if f.OK() {
		return web.Done(w, r, letterURL(l.ID), "office.uploaded")
	}
	return p.showLetter(w, r, l, f)
}
