package publicity

import (
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/publicity"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// confirm records that a product was used, with a proof when there is one.
func (p *pages) confirm(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	in := recordInput(f)
	if in.ID, err = f.ID("id"); err != nil {
		return err
	}
	if in.File, err = s.Open(); err != nil {
		return err
	}
	in.FileName = s.Name()
	if f.OK() {
		_, err = p.Publicity.Confirm(ctx, web.ActorOf(ctx), pack.Unit.ID, pack.Challenge.Slug, product, in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showProduct(w, r, pack, product, forms{confirm: f, lost: s.Name() != ""})
	}
	return p.done(w, r, pack, product, "publicity.confirmed")
}

// recordInput reads what is common to all records.
func recordInput(f *form.Form) cascade.PublicityInput {
	return cascade.PublicityInput{
		Channel: channelOf(f), At: f.Moment("at"), Place: f.Value("place"), Link: f.Value("link"), Times: f.Int("times"), People: f.Int("people"),
	}
}

func (p *pages) logPlay(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	play := publicity.Play{
		UnitID: pack.Unit.ID, Device: f.Value("device"), Started: f.Moment("started"), Ended: f.Moment("ended"), Times: f.Int("times"),
		Result: publicity.Result(f.Value("result")), Note: f.Value("note"), Proof: publicity.Proof{Name: s.Name()},
	}
	if play.ID, err = f.ID("id"); err != nil {
		return err
	}
	if play.Proof.File, err = s.Open(); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.LogPlay(ctx, web.ActorOf(ctx), pack.Challenge.Slug, play)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() || product != publicity.Bulletin {
		return p.showProduct(w, r, pack, publicity.Bulletin, forms{play: f, lost: s.Name() != "" && play.Result != publicity.Silent})
	}
	return p.done(w, r, pack, product, "publicity.play.saved")
}

func (p *pages) holdMeeting(w http.ResponseWriter, r *http.Request) error {
	pack, product, err := p.target(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	var s form.Spool
	defer s.Close()
	f, err := form.ReadFiles(r, s.Receive(cascade.MaxFileBytes))
	if err != nil {
		return err
	}
	held := publicity.Held{
		Name: f.Value("name"), Place: f.Value("place"), Begin: f.Moment("begin"), End: f.Moment("end"), Chair: f.Value("chair"),
		Secretary: f.Value("secretary"), Present: f.Int("present"), Points: f.Value("points"), Discussion: f.Value("discussion"),
		Conclusion: f.Value("conclusion"), Proof: publicity.Proof{Name: s.Name()},
	}
	id, err := f.ID("id")
	if err != nil {
		return err
	}
	if held.Proof.File, err = s.Open(); err != nil {
		return err
	}
	if f.OK() {
		_, err = p.Publicity.HoldMeeting(ctx, web.ActorOf(ctx), pack.Unit.ID, pack.Challenge.Slug, id, held)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() || product != publicity.Meeting {
		return p.showProduct(w, r, pack, publicity.Meeting, forms{held: f, lost: s.Name() != ""})
	}
	return p.done(w, r, pack, product, "publicity.held.saved")
}
