package office

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// spareSigners is how many empty lines the form offers.
const (
	spareSigners = 1
	maxSigners   = 20
)

// headView is the form of a unit's letterhead.
type headView struct {
	Unit    string
	Action  string
	Version string
	Count   string
	Errors  []ui.FieldError
	Form    ui.Field
	Forms   []ui.Option
	Fields  []ui.Field // superior, mark, desk, place, contact
	Signers []signerControls
	Example string // the notation that follows
	Terms   string // where the terms are entered by which the Party counts, "" for others
}

type signerControls struct {
	Title                    string
	Capacity, Position, Name ui.Field
}

func signerAt(i int, part string) string { return fmt.Sprintf("signers.%d.%s", i, part) }

func (p *pages) headPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, r.URL.Query().Get("don-vi"))
	if err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	h, version, err := p.Drafting.HeadOf(ctx, tree, u)
	if err != nil {
		return err
	}
	v := fillHead(h, version)
	v.Set("unit", string(u.ID))
	return p.showHead(w, r, form.New(v))
}

// fillHead writes a letterhead into the inputs of its form.
func fillHead(h drafting.Letterhead, version int64) url.Values {
	v := url.Values{
		"version": {strconv.FormatInt(version, 10)}, "form": {string(h.Form)}, "superior": {h.Superior}, "mark": {h.Mark}, "desk": {h.Desk},
		"place": {h.Place}, "contact": {h.Contact}, "n": {strconv.Itoa(len(h.Signers))},
	}
	for i, s := range h.Signers {
		for j, c := range s.Capacity {
			if j > 0 {
				c = v.Get(signerAt(i, "capacity")) + "\n" + c
			}
			v.Set(signerAt(i, "capacity"), c)
		}
		v.Set(signerAt(i, "position"), s.Position)
		v.Set(signerAt(i, "name"), s.Name)
	}
	return v
}

func (p *pages) showHead(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	ctx := r.Context()
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	if err := web.ActorOf(ctx).Can(person.ActionLetterHead, person.On{Unit: u.ID}); err != nil {
		return web.WhoMay(ctx, err, person.ActionLetterHead, u)
	}
	page := p.page(r, ui.T(ctx, "office.head.title"), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(u.ID)})
	page.Path, page.Narrow = headURL(u.ID), true
	return web.Render(w, r, web.StatusOf(f.Err()), headPage(page, viewHead(ctx, u, f)))
}

func viewHead(ctx context.Context, u unit.Unit, f *form.Form) headView {
	h := readHead(f)
	v := headView{
		Unit: u.Organ(), Action: headURL(u.ID), Version: f.Value("version"), Errors: f.Errors(ctx),
		Example: ui.T(ctx, "office.head.example", "Letter", "12"+h.Form.Joint()+h.Notation(letter.OfficialLetter), "Plan", "12"+h.Form.Joint()+h.Notation("kế hoạch"), "Archive", h.Archive()),
	}
	if h.Form == letter.PartyForm {
		v.Terms = termsURL(u.ID)
	}
	v.Form = f.Field(ctx, ui.Field{Name: "form", Label: ui.T(ctx, "office.head.form"), Hint: ui.T(ctx, "office.head.formHint"), Required: true, Wide: true})
	for _, one := range letter.Forms() {
		v.Forms = append(v.Forms, ui.Option{Value: string(one), Label: ui.T(ctx, "office.form."+string(one))})
	}
	for _, name := range []string{"superior", "mark", "desk", "place", "contact"} {
		v.Fields = append(v.Fields, f.Field(ctx, ui.Field{
			Name: name, Label: ui.T(ctx, "office.head."+name), Hint: ui.T(ctx, "office.head."+name+"Hint"), Required: name == "mark" || name == "place",
			Wide: name == "superior" || name == "contact",
		}))
	}
	n := min(len(h.Signers)+spareSigners, maxSigners)
	v.Count = strconv.Itoa(n)
	for i := range n {
		one := signerControls{Title: ui.T(ctx, "office.head.signer", "Number", i+1)}
		if i >= len(h.Signers) {
			one.Title = ui.T(ctx, "office.head.newSigner")
		}
		one.Capacity = f.Field(ctx, ui.Field{Name: signerAt(i, "capacity"), Label: ui.T(ctx, "office.field.capacity"), Rows: 2, Wide: true})
		one.Position = f.Field(ctx, ui.Field{Name: signerAt(i, "position"), Label: ui.T(ctx, "office.field.position")})
		one.Name = f.Field(ctx, ui.Field{Name: signerAt(i, "name"), Label: ui.T(ctx, "office.field.name")})
		v.Signers = append(v.Signers, one)
	}
	return v
}

func readHead(f *form.Form) drafting.Letterhead {
	h := drafting.Letterhead{
		Form: letter.Form(f.Value("form")), Superior: f.Text("superior"), Mark: f.Text("mark"), Desk: f.Text("desk"), Place: f.Text("place"), Contact: f.Text("contact"),
	}
	for i := range min(f.Int("n"), maxSigners) {
		s := letter.Signer{Capacity: lines(f, signerAt(i, "capacity")), Position: f.Text(signerAt(i, "position")), Name: f.Text(signerAt(i, "name"))}
		if len(s.Capacity) > 0 || s.Position != "" || s.Name != "" {
			h.Signers = append(h.Signers, s)
		}
	}
	f.Alias("signers", signerAt(0, "name"))
	return h
}

func (p *pages) setHead(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	f.Set("unit", r.URL.Query().Get("don-vi"))
	u, err := p.unitOf(ctx, f.Value("unit"))
	if err != nil {
		return err
	}
	version, err := strconv.ParseInt(f.Value("version"), 10, 64)
	if err != nil || version < 0 {
		return fault.Malformed.With("")
	}
	err = p.Drafting.SetHead(ctx, web.ActorOf(ctx), u.ID, version, readHead(f))
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showHead(w, r, f)
	}
	return web.Done(w, r, headURL(u.ID), "office.head.saved")
}
