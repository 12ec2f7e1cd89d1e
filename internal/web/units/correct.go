package units

import (
	"context"
	"net/http"
	"reflect"
	"strconv"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
)

// save stores the corrections of the posted form. Sending the same again is harmless; when somebody else was faster
// the form comes back with what was typed, and a second try replaces the other's version.
func (p *pages) save(w http.ResponseWriter, r *http.Request) (l letter.Letter, f *form.Form, err error) {
	ctx := r.Context()
	if l, err = p.letterOf(r); err != nil {
		return l, nil, err
	}
	if f, err = form.Read(r); err != nil {
		return l, nil, err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil {
		return l, nil, fault.Malformed.With("")
	}
	fields := read(f)
	if !f.OK() {
		return l, f, nil
	}
	saved, err := p.Letters.Correct(ctx, web.ActorOf(ctx), l.ID, version, fields)
	if fault.KindOf(err) == fault.Conflict {
		if reflect.DeepEqual(read(form.New(fill(l.Fields, 0))), fields) {
			return l, f, nil
		}
		f.Set("version", strconv.FormatInt(l.Version, 10))
	}
	if err := f.Take(err); err != nil {
		return l, nil, err
	}
	if f.OK() {
		l = saved
	}
	return l, f, nil
}

func (p *pages) correct(w http.ResponseWriter, r *http.Request) error {
	l, f, err := p.save(w, r)
	if err != nil {
		return err
	}
	if !f.OK() {
		return p.showLetter(w, r, l, f)
	}
	return web.Done(w, r, letterURL(l.ID), "units.letter.saved")
}

// register saves what stands in the form and enters the letter into the register of outgoing letters.
func (p *pages) register(w http.ResponseWriter, r *http.Request) error {
	return p.book(w, r, func(ctx context.Context, actor person.Actor, id ident.ID) (to, done string, pairs []any, err error) {
		l, err := p.Letters.Register(ctx, actor, id)
		return letterURL(id), "units.letter.registered", []any{"Symbol", l.Symbol()}, err
	})
}

// enter saves what stands in the form and enters another organ's letter into the register of arrivals.
func (p *pages) enter(w http.ResponseWriter, r *http.Request) error {
	return p.book(w, r, func(ctx context.Context, actor person.Actor, id ident.ID) (to, done string, pairs []any, err error) {
		_, d, err := p.Cascade.Enter(ctx, actor, id)
		return arrivalURL(id, d.ReceiverID), "units.letter.entered", []any{"Number", d.ArrivalNumber}, err
	})
}

// book saves what stands in the form and puts the letter into a register.
func (p *pages) book(w http.ResponseWriter, r *http.Request, enter func(context.Context, person.Actor, ident.ID) (to, done string, pairs []any, err error)) error {
	l, f, err := p.save(w, r)
	if err != nil {
		return err
	}
	if f.OK() {
		f.Set("version", strconv.FormatInt(l.Version, 10))
		to, done, pairs, err := enter(r.Context(), web.ActorOf(r.Context()), l.ID)
		if err := f.Take(err); err != nil {
			return err
		}
		if f.OK() {
			return web.Done(w, r, to, done, pairs...)
		}
	}
	return p.showLetter(w, r, l, f)
}
