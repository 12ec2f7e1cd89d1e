package portal

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// responsesView is the list of the units that told people of a challenge.
type responsesView struct {
	Action, Clear string // of the search; Clear is empty when nothing is searched for
	Search        ui.Field
	Groups        []responseGroup
	Pager         ui.PagerProps
}

// responseGroup are the units of one area.
type responseGroup struct {
	Title string
	Units []responseCard
}

// responseCard is one unit with what it did.
type responseCard struct {
	Card ui.CardProps
	Did  []ui.Definition
}

const (
	responsesOnPage = 24
	// responsesShown is how many stand on the page of the challenge itself.
	responsesShown = 6
	maxSearch      = 80
)

func responsesURL(slug string) string { return publicity.ResponsesPath(slug) }

// responsesAt is the address of the page that begins with a unit of what was searched for.
func responsesAt(slug, search string, from int) string {
	values := url.Values{}
	if search != "" {
		values.Set("tim", search)
	}
	if from > 0 {
		values.Set("tu", strconv.Itoa(from))
	}
	if len(values) == 0 {
		return responsesURL(slug)
	}
	return responsesURL(slug) + "?" + values.Encode()
}

func (p *portal) responses(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	q := publicity.ResponseQuery{Search: lang.Clean(r.URL.Query().Get("tim")), Limit: responsesOnPage}
	if runes := []rune(q.Search); len(runes) > maxSearch {
		q.Search = string(runes[:maxSearch])
	}
	if from := r.URL.Query().Get("tu"); from != "" {
		if q.Offset, err = strconv.Atoi(from); err != nil || q.Offset < 0 || q.Offset > 1_000_000 {
			return fault.Malformed.With("")
		}
	}
	found, total, err := p.Publicity.Responses(ctx, ed.Challenge, q)
	if err != nil {
		return err
	}
	if len(found) == 0 && q.Offset > 0 { // there were more when the link was made
		return web.SeeOther(w, r, responsesAt(ed.Slug, q.Search, 0))
	}
	page := p.page(r, ed, "challenge", ui.T(ctx, "publicity.responses"))
	page.Description = ui.T(ctx, "publicity.responses.lead")
	return web.Render(w, r, http.StatusOK, responsesPage(page, viewResponses(ctx, ed, q, found, total)))
}

func viewResponses(ctx context.Context, ed *edition, q publicity.ResponseQuery, found []publicity.Response, total int) responsesView {
	v := responsesView{
		Action: responsesURL(ed.Slug), Groups: responseGroups(ctx, ed, found),
		Search: ui.Field{Name: "tim", Label: ui.T(ctx, "publicity.responses.search"), Value: q.Search, MaxLength: maxSearch},
	}
	if q.Search != "" {
		v.Clear = v.Action
	}
	if q.Offset > 0 {
		v.Pager.Previous = responsesAt(ed.Slug, q.Search, max(0, q.Offset-responsesOnPage))
	}
	if last := q.Offset + len(found); last < total {
		v.Pager.Next = responsesAt(ed.Slug, q.Search, last)
	}
	if v.Pager != (ui.PagerProps{}) && len(found) > 0 {
		v.Pager.Shown = ui.T(ctx, "portal.shown", "First", q.Offset+1, "Last", q.Offset+len(found), "All", ui.Number(ctx, total))
	}
	return v
}

// responseGroups puts the units, which come by their place in the tree, under the areas in which they lie.
func responseGroups(ctx context.Context, ed *edition, found []publicity.Response) []responseGroup {
	var groups []responseGroup
	last := ident.ID("")
	for _, r := range found {
		u, _ := ed.tree.ByID(r.UnitID)
		area := cmp.Or(u.AreaID, u.ID)
		if len(groups) == 0 || area != last {
			groups, last = append(groups, responseGroup{Title: areaTitle(ed.tree, area, ed.Area)}), area
		}
		group := &groups[len(groups)-1]
		group.Units = append(group.Units, viewResponse(ctx, ed, u, r))
	}
	return groups
}

// areaTitle names an area, with those around it as far as the challenge reaches: communes of two provinces may share a name.
func areaTitle(tree *unit.Tree, area, whole ident.ID) string {
	var names []string
	for _, u := range tree.AreaPath(area) {
		if u.ID == area || u.ID != whole && tree.Inside(u.ID, whole) {
			names = append([]string{u.FullName}, names...)
		}
	}
	return strings.Join(names, ", ")
}

// viewResponse is a unit's card. It leads to the unit's page, which goes by the names of the first day of the challenge.
func viewResponse(ctx context.Context, ed *edition, u unit.Unit, r publicity.Response) responseCard {
	c := responseCard{Card: ui.CardProps{Title: u.FullName}, Did: viewDid(ctx, r)}
	if named, ok := ed.tree.ByCode(u.Code); ok && named.ID == u.ID {
		c.Card.URL = publicity.ArticlePath(ed.Slug, u.Code)
	}
	return c
}

// viewDid says how a unit told people, and when.
func viewDid(ctx context.Context, r publicity.Response) []ui.Definition {
	var did []ui.Definition
	if !r.Published.IsZero() {
		did = append(did, ui.Definition{Term: ui.T(ctx, "publicity.responses.article"), Text: dayOf(ctx, r.Published)})
	}
	for _, t := range r.Told {
		d := ui.Definition{Term: ui.T(ctx, "letter.channel."+string(t.Channel)), Text: between(ctx, t.First, t.Last)}
		if t.People > 0 {
			d.Text += " · " + ui.T(ctx, "publicity.people", "Count", t.People)
		}
		did = append(did, d)
	}
	return did
}

// between writes the days from the first to the last.
func between(ctx context.Context, first, last clock.Day) string {
	l := lang.From(ctx)
	if first == last {
		return l.Date(first.Start())
	}
	return l.Date(first.Start()) + " – " + l.Date(last.Start())
}
