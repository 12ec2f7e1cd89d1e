package office

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// listView is what a unit is writing.
type listView struct {
	Unit    string
	NewURL  string
	HeadURL string
	Books   []ui.Link
	Letters []draftRow
}

type draftRow struct {
	URL, Subject, Symbol string
	Type, To             string
	Status               ui.BadgeProps
	Changed              string
}

func (p *pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	letters, err := p.Letters.Waiting(ctx, web.ActorOf(ctx), u.ID, waitingShown)
	if err != nil {
		return err
	}
	v := listView{Unit: u.Organ(), Books: bookLinks(ctx, u.ID)}
	if can(ctx, person.ActionLetterRegister, u.ID) {
		v.NewURL = newURL(u.ID)
	}
	if can(ctx, person.ActionLetterHead, u.ID) {
		v.HeadURL = headURL(u.ID)
	}
	for _, l := range letters {
		v.Letters = append(v.Letters, viewDraft(ctx, l))
	}
	return web.Render(w, r, http.StatusOK, listPage(p.page(r, ui.T(ctx, "office.list.title")), v))
}

func viewDraft(ctx context.Context, l letter.Letter) draftRow {
	return draftRow{
		URL: draftURL(l.ID), Subject: cmp.Or(lang.Capital(l.Fields.Subject), ui.T(ctx, "office.list.noSubject")), Symbol: l.Symbol(),
		Type: lang.Capital(l.Fields.Type), To: addressees(ctx, l.Fields.Addressees),
		Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)), Changed: lang.From(ctx).DateTime(l.UpdatedAt),
	}
}

// addresseesNamed is how many addressees a list names.
const addresseesNamed = 2

func addressees(ctx context.Context, all []string) string {
	if len(all) <= addresseesNamed {
		return strings.Join(all, "; ")
	}
	return ui.T(ctx, "office.list.moreTo", "Names", strings.Join(all[:addresseesNamed], "; "), "Count", len(all)-addresseesNamed)
}

// bookLinks lead to the unit's registers.
func bookLinks(ctx context.Context, unitID ident.ID) []ui.Link {
	var out []ui.Link
	for _, b := range []string{"di", "den", "giai-quyet", "sao"} {
		out = append(out, ui.Link{Text: ui.T(ctx, "office.book."+bookKeys[b]), URL: bookURL(b, unitID)})
	}
	return out
}

var bookKeys = map[string]string{"di": "outgoing", "den": "incoming", "giai-quyet": "followUp", "sao": "copies"}
