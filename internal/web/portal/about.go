package portal

import (
	"net/http"

	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

func (p *portal) about(w http.ResponseWriter, r *http.Request) error {
	page := p.site.Page(r, ui.T(r.Context(), "portal.about.title"))
	page.Narrow = true
	return web.Render(w, r, http.StatusOK, aboutPage(page))
}
