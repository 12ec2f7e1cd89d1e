package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// letterRow is an official letter of a challenge in the list of its documents.
type letterRow struct {
	Kind, Title, Subject string
	Link                 ui.Link
}

// letters are the registered letters about the challenge, for everybody to read.
func (p *portal) letters(ctx context.Context, ed *edition) ([]letterRow, error) {
	letters, err := p.Letters.Published(ctx, ed.ID)
	if err != nil {
		return nil, err
	}
	var rows []letterRow
	for _, l := range letters {
		rows = append(rows, letterRow{
			Kind: ui.T(ctx, "portal.letter"), Title: letterTitle(ctx, l), Subject: l.Fields.Subject,
			Link: ui.Link{Text: ui.T(ctx, "portal.letter.read"), URL: challengeURL(ed.Slug) + "/cong-van/" + string(l.ID)},
		})
	}
	return rows, nil
}

// letterTitle cites a letter as offices do.
func letterTitle(ctx context.Context, l letter.Letter) string {
	return ui.T(ctx, "portal.letter.title", "Symbol", l.Symbol(),
		"Date", lang.From(ctx).Date(l.Fields.Date.In(clock.Zone)), "Organ", l.Fields.Organ)
}

func (p *portal) letter(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ed, err := p.edition(r)
	if err != nil {
		return err
	}
	letters, err := p.Letters.Published(ctx, ed.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(letters, func(l letter.Letter) bool { return l.ID == ident.ID(r.PathValue("id")) })
	if i < 0 {
		return fault.NotFound.With("")
	}
	l := letters[i]
	page := p.page(r, ed, "challenge", letterTitle(ctx, l))
	page.Tone, page.Description = ui.ToneOfficial, l.Fields.Subject
	return web.Render(w, r, http.StatusOK, letterPage(page, l.Fields.Subject, ui.LetterProps{
		Lines: letter.SplitLines(l.Source), Fields: letterFields(ctx, l),
	}))
}

// letterFields are what the reader found, each with its lines; a person has corrected the values.
func letterFields(ctx context.Context, l letter.Letter) []ui.LetterField {
	var fields []ui.LetterField
	add := func(key, value string, lines letter.Lines) {
		if value != "" {
			fields = append(fields, ui.LetterField{Label: ui.T(ctx, key), Value: value, First: lines[0], Last: lines[1]})
		}
	}
	read, now := l.Reading, l.Fields
	if read.Organ != nil {
		add("portal.letter.organ", now.Organ, read.Organ.Lines)
	}
	for i, a := range now.Addressees {
		if i < len(read.Addressees) {
			add("portal.letter.addressee", a, read.Addressees[i].Lines)
		}
	}
	for i, b := range now.Bases {
		if i < len(read.Bases) {
			add("portal.letter.basis", strings.TrimSpace(b.Symbol+" "+b.Organ), read.Bases[i].Lines)
		}
	}
	for i, d := range now.Duties {
		if i < len(read.Duties) {
			add("portal.letter.duty", dutyText(ctx, d), read.Duties[i].Lines)
		}
	}
	return fields
}

// dutyText is what a duty asks for, in short: its channels when it names any.
func dutyText(ctx context.Context, d letter.Duty) string {
	if len(d.Channels) == 0 {
		return d.Text
	}
	var channels []string
	for _, c := range d.Channels {
		channels = append(channels, ui.T(ctx, "letter.channel."+string(c)))
	}
	return ui.T(ctx, "portal.letter.publicise", "Channels", strings.Join(channels, ", "))
}
