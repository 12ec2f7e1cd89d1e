package publicity

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// story is the public article of the address.
func (p *pages) story(r *http.Request) (*publicity.Story, error) {
	story, err := p.Publicity.Public(r.Context(), r.PathValue("slug"), r.PathValue("code"))
	if err == nil && story.Published.IsZero() {
		return nil, fault.NotFound.With("publicity.fault.none")
	}
	return story, err
}

type articleView struct {
	Over, Lead string
	Paragraphs []paragraph
	Figures    []ui.StatProps
	AsOf       clock.Time
	Published  clock.Time
	Challenge  ui.Link
	Picture    string
	Done       []deedView
}

// deedView is something that the unit has done to tell people.
type deedView struct{ Channel, Day, People, Link string }

// paragraph is running text, or a list under a line.
type paragraph struct {
	Text  string
	Items []string
}

// paragraphs cuts a text at its empty lines; lines with a dash are a list.
func paragraphs(body string) []paragraph {
	var out []paragraph
	for _, block := range strings.Split(body, "\n\n") {
		var p paragraph
		for line := range strings.Lines(block) {
			line = strings.TrimSpace(line)
			if item, ok := strings.CutPrefix(line, "- "); ok {
				p.Items = append(p.Items, item)
				continue
			}
			p.Text = strings.TrimSpace(p.Text + " " + line)
		}
		out = append(out, p)
	}
	return out
}

func (p *pages) article(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	story, err := p.Publicity.Public(ctx, r.PathValue("slug"), r.PathValue("code"))
	if err != nil {
		return err
	}
	parts := story.Article.Parts
	at := publicity.ArticlePath(story.Challenge.Slug, story.Unit.Code)
	page := p.site.Page(r, cmp.Or(parts["title"], story.Unit.Organ()))
	page.Section = "challenge"
	page.Crumbs = []ui.Link{
		{Text: story.Challenge.Title, URL: publicity.ChallengePath(story.Challenge.Slug)},
		{Text: ui.T(ctx, "publicity.responses"), URL: publicity.ResponsesPath(story.Challenge.Slug)},
	}
	if story.Published.IsZero() { // it has nothing to share or to follow yet
		return web.Render(w, r, http.StatusOK, articlePage(page, viewTold(ctx, story)))
	}
	page.Description, page.FeedURL = parts["lead"], at+"/tin.atom"
	page.Share = &ui.Share{Type: "article", URL: story.ArticlePage, Image: story.ArticlePage + "/anh.png", Width: pictureWidth, Height: pictureHeight}
	return web.Render(w, r, http.StatusOK, articlePage(page, viewArticle(ctx, story, at)))
}

func viewArticle(ctx context.Context, story *publicity.Story, at string) articleView {
	v := articleView{
		Over: story.Unit.Organ(), Lead: story.Article.Parts["lead"], Paragraphs: paragraphs(story.Article.Parts["body"]),
		Figures: told(figures(ctx, story.Numbers)), AsOf: story.Numbers.AsOf, Published: story.Published, Picture: at + "/anh.png",
		Challenge: ui.Link{Text: story.Challenge.Title, URL: publicity.ChallengePath(story.Challenge.Slug)},
	}
	v.Done = viewDeeds(ctx, story.Done)
	return v
}

// viewTold is the page of a unit that has no public article: what it recorded.
func viewTold(ctx context.Context, story *publicity.Story) articleView {
	return articleView{
		Over: story.Challenge.Title, Lead: ui.T(ctx, "publicity.responses.told"), Done: viewDeeds(ctx, story.Done),
		Challenge: ui.Link{Text: story.Challenge.Title, URL: publicity.ChallengePath(story.Challenge.Slug)},
	}
}

func viewDeeds(ctx context.Context, deeds []publicity.Deed) []deedView {
	var out []deedView
	for _, d := range deeds {
		v := deedView{Channel: ui.T(ctx, "letter.channel."+string(d.Channel)), Day: lang.From(ctx).Date(d.Day.Start()), Link: d.Link}
		if d.People > 0 {
			v.People = ui.T(ctx, "publicity.people", "Count", d.People)
		}
		out = append(out, v)
	}
	return out
}

// told leaves noughts out: no public page says what a unit has not done.
func told(list []ui.StatProps) []ui.StatProps {
	return slices.DeleteFunc(list, func(s ui.StatProps) bool { return s.Value == "0" })
}

// embedStyle is all that the framed page looks like; it is named by its digest in that page's own policy.
const embedStyle = `*{box-sizing:border-box;margin:0}body{font:16px/1.5 system-ui,sans-serif;color:#1c231a;background:#fbf9f4}` +
	`a{color:inherit;text-decoration:none;display:block}.c{border-radius:12px;overflow:hidden;border:1px solid #e0d9ca;background:#fff}` +
	`.h{background:#184d27;color:#fff;padding:20px}.o{font-size:13px;opacity:.85}h1{font-size:21px;line-height:1.3;margin-top:4px}` +
	`.n{display:grid;grid-template-columns:1fr 1fr;gap:14px;padding:18px 20px}.n b{display:block;font-size:30px;line-height:1.15;color:#26733a}` +
	`.n span{font-size:13px;color:#545b4d}.f{padding:0 20px 18px;font-size:13px;color:#545b4d}.b{display:inline-block;margin-top:10px;padding:10px 18px;` +
	`border-radius:8px;background:#26733a;color:#fff;font-size:16px;font-weight:700}`

// embedPolicy lets any site frame this one page, which has nothing to press but a link, runs no script and knows nobody.
var embedPolicy = func() string {
	sum := sha256.Sum256([]byte(embedStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors *"
}()

// embed is the page that a unit's own site shows in a frame. It is Vietnamese, sets no cookie, and asks for nothing else.
func (p *pages) embed(w http.ResponseWriter, r *http.Request) error {
	story, err := p.story(r)
	if err != nil {
		return err
	}
	ctx := lang.With(r.Context(), lang.New("vi"))
	var b bytes.Buffer
	if err := embedPage(embedView{
		Style: "<style>" + embedStyle + "</style>", Title: story.Article.Parts["title"], Unit: story.Unit.Organ(), URL: story.ArticlePage,
		Figures: told(figures(ctx, story.Numbers)), Until: ui.T(ctx, "publicity.embed.asOf", "Date", lang.New("vi").Date(story.Numbers.AsOf)),
		Button: ui.T(ctx, "publicity.embed.more"),
	}).Render(ctx, &b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", embedPolicy)
	h.Del("Cross-Origin-Opener-Policy")
	h.Del("Set-Cookie")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(b.Bytes()) // a failed write means that the reader went away
	return nil
}

type embedView struct {
	Style, Title, Unit, URL, Until, Button string
	Figures                                []ui.StatProps
}

// Atom 1.0, as far as a feed of one story needs it.
type atomFeed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string    `xml:"xml:lang,attr"`
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated string    `xml:"updated"`
	Author  atomName  `xml:"author"`
	Links   []atomRef `xml:"link"`
	Entry   atomEntry `xml:"entry"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomRef struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomEntry struct {
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Published string    `xml:"published"`
	Updated   string    `xml:"updated"`
	Links     []atomRef `xml:"link"`
	Summary   atomText  `xml:"summary"`
	Content   atomText  `xml:"content"`
}

// feed lets the unit's own site fetch its story; it is renewed when the numbers or the words change.
func (p *pages) feed(w http.ResponseWriter, r *http.Request) error {
	story, err := p.story(r)
	if err != nil {
		return err
	}
	updated := story.Published
	worded := story.Campaign.UpdatedAt // what is drafted changes with the campaign
	if story.Article.Own {
		worded = story.Article.EditedAt
	}
	for _, t := range []clock.Time{story.Numbers.AsOf, worded} {
		if t.After(updated.Time) {
			updated = t
		}
	}
	stamp := updated.Local().Format(time.RFC3339)
	parts := story.Article.Parts
	feed := atomFeed{
		Lang: "vi", ID: story.ArticlePage + "/tin.atom", Title: story.Unit.Organ() + ": " + story.Challenge.Title, Updated: stamp,
		Author: atomName{story.Unit.Organ()},
		Links: []atomRef{
			{Rel: "self", Type: "application/atom+xml", Href: story.ArticlePage + "/tin.atom"}, {Rel: "alternate", Type: "text/html", Href: story.ArticlePage},
		},
		Entry: atomEntry{
			ID: story.ArticlePage, Title: parts["title"], Published: story.Published.Local().Format(time.RFC3339), Updated: stamp,
			Links:   []atomRef{{Rel: "alternate", Type: "text/html", Href: story.ArticlePage}, {Rel: "enclosure", Type: "image/png", Href: story.ArticlePage + "/anh.png"}},
			Summary: atomText{"text", parts["lead"]}, Content: atomText{"text", parts["body"]},
		},
	}
	body, err := xml.MarshalIndent(feed, "", "  ")
	if err != nil {
		return err
	}
	body = append([]byte(xml.Header), body...)
	h := w.Header()
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=300")
	// No time of the last change: another campaign that takes the place of this one may be older.
	h.Set("ETag", fmt.Sprintf(`"%.16x"`, sha256.Sum256(body)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// The size that social networks ask of a share picture.
const (
	pictureWidth  = 1200
	pictureHeight = 630
)

// pictures keeps the last share pictures that were drawn, by what stands on them.
type pictures struct {
	mu    sync.Mutex
	drawn map[string][]byte
}

const keptPictures = 200

func (c *pictures) of(key string, draw func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock() // one at a time: drawing costs more than waiting
	if b, ok := c.drawn[key]; ok {
		return b, nil
	}
	b, err := draw()
	if err != nil {
		return nil, err
	}
	if len(c.drawn) >= keptPictures || c.drawn == nil {
		c.drawn = map[string][]byte{}
	}
	c.drawn[key] = b
	return b, nil
}

func (p *pages) picture(w http.ResponseWriter, r *http.Request) error {
	story, err := p.story(r)
	if err != nil {
		return err
	}
	key := publicity.PictureKey(story)
	b, err := p.pictures.of(key, func() ([]byte, error) { return publicity.SharePicture(story) })
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/png")
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("ETag", `"`+key[:32]+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
	return nil
}
