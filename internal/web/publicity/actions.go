package publicity

import (
	"net/http"

	"sachhon/internal/fault"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// target is the package and the product of an address.
func (p *pages) target(r *http.Request) (*publicity.Package, publicity.Product, error) {
	product, err := productOf(r)
	if err != nil {
		return nil, "", err
	}
	pack, err := p.load(r)
	return pack, product, err
}

func (p *pages) done(w http.ResponseWriter, r *http.Request, pack *publicity.Package, product publicity.Product, key string) error {
	return web.Done(w, r, productURL(pack.Unit.ID, pack.Challenge.Slug, product), key)
}

func (p *pages) publish(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	if product != publicity.Article {
		return fault.NotFound.With("publicity.fault.none")
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	public := f.Value("public") == "1"
	if err := p.Publicity.Publish(r.Context(), web.ActorOf(r.Context()), pack.Unit.ID, pack.Challenge.Slug, public); err != nil {
		return err
	}
	key := "publicity.article.hidden"
	if public {
		key = "publicity.article.published"
	}
	return p.done(w, r, pack, product, key)
}
