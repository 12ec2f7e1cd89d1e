package units

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// splitView is the form that divides the duty.
type splitView struct {
	Action, ID            string
	Open                  bool // something was wrong with it
	Errors                []ui.FieldError
	Person                ui.Field
	People                []ui.Option
	Name, Text            ui.Field
	Quota, Deadline, Unit ui.Field
	Leads                 ui.Field
	LeadsNow              bool
	Units                 []ui.Option
	UnitsNow              []string
	Under                 ui.Field
	Letters               []ui.Option // the unit's own, with which units below get it
}

// viewSplit is nil for who may not divide it.
func viewSplit(ctx context.Context, t cascade.DutyTree, m may, below []unit.Unit, hands []person.Person, own []letter.Letter, f *form.Form) *splitView {
	if !m.split() {
		return nil
	}
	s := &splitView{
		Action: dutyURL(t.Dispatch.ID, t.Duty.Number) + "/chia", ID: f.Value("id"), Errors: f.Errors(ctx), Open: !f.OK(),
		Person:   f.Field(ctx, ui.Field{Name: "person", Label: ui.T(ctx, "units.split.person"), Wide: true}),
		People:   []ui.Option{{Label: ui.T(ctx, "units.split.nobody")}},
		Name:     f.Field(ctx, ui.Field{Name: "name", Label: ui.T(ctx, "units.split.name"), Hint: ui.T(ctx, "units.split.nameHint"), MaxLength: 200, Wide: true}),
		Text:     f.Field(ctx, ui.Field{Name: "text", Label: ui.T(ctx, "units.split.text"), Hint: ui.T(ctx, "units.split.textHint"), Rows: 2, Wide: true}),
		Quota:    f.Field(ctx, ui.Field{Name: "quota", Label: ui.T(ctx, "units.split.quota"), Hint: ui.T(ctx, "units.split.quotaHint")}),
		Deadline: f.Field(ctx, ui.Field{Name: "deadline", Label: ui.T(ctx, "units.field.deadline")}),
		Unit:     f.Field(ctx, ui.Field{Name: "units", Label: ui.T(ctx, "units.split.units")}),
		Leads:    f.Field(ctx, ui.Field{Name: "leads", Label: ui.T(ctx, "units.split.leads")}), LeadsNow: f.Checked("leads"),
		Under:    underField(ctx, f),
		UnitsNow: f.Values("units"),
	}
	if t.Duty.Quota != nil {
		s.Quota.Unit = t.Duty.Quota.Of
	}
	for _, h := range hands {
		s.People = append(s.People, ui.Option{Value: string(h.ID), Label: h.Name})
	}
	if m.forward() {
		s.Units = namesOf(below)
		s.Letters = underOptions(ctx, own)
	}
	return s
}

func underField(ctx context.Context, f *form.Form) ui.Field {
	return f.Field(ctx, ui.Field{Name: "under", Label: ui.T(ctx, "units.forward.under"), Hint: ui.T(ctx, "units.forward.underHint"), Wide: true})
}

// underOptions are the unit's own letters with which another one can be passed on.
func underOptions(ctx context.Context, own []letter.Letter) []ui.Option {
	options := []ui.Option{{Label: ui.T(ctx, "units.forward.mere")}}
	for _, l := range own {
		options = append(options, ui.Option{Value: string(l.ID), Label: symbolOf(ctx, l) + " · " + l.Fields.Subject})
	}
	return options
}

// ownListed is how many of a unit's letters are offered.
const ownListed = 50

// ownLetters are the registered letters of a unit with which it can pass a dispatch on, those that answer it first.
func (p *pages) ownLetters(ctx context.Context, d cascade.Dispatch) ([]letter.Letter, error) {
	actor := web.ActorOf(ctx)
	if !(may{actor, d}).on(person.ActionLetterRead, d.ReceiverID) {
		return nil, nil
	}
	all, err := p.Letters.List(ctx, actor, d.ReceiverID, ownListed)
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(all, func(l letter.Letter) bool { return l.State != letter.Registered || l.ID == d.LetterID })
	slices.SortStableFunc(own, func(a, b letter.Letter) int {
		switch x, y := carriesOut(a, d), carriesOut(b, d); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	return own, nil
}

// carriesOut tells whether a letter was written to carry out what a dispatch brought.
func carriesOut(l letter.Letter, d cascade.Dispatch) bool {
	return l.AnswersID != "" && (l.AnswersID == d.LetterID || l.AnswersID == d.UnderID)
}

func (p *pages) split(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	part, err := f.ID("id")
	if err != nil {
		return err
	}
	in := cascade.SplitInput{Dispatch: id, Duty: number, Under: ident.ID(f.Value("under"))}
	quota, text, deadline := 0, f.Lines("text"), f.Moment("deadline")
	if f.Has("quota") {
		quota = f.Int("quota")
	}
	if f.Has("name") || f.Has("person") {
		in.People = []cascade.PersonPart{{
			ID: part, Person: ident.ID(f.Value("person")), Name: f.Value("name"), Leads: f.Checked("leads"), Text: text, Deadline: deadline, Quota: quota,
		}}
	}
	for _, u := range f.Values("units") {
		in.Units = append(in.Units, cascade.UnitPart{Unit: ident.ID(u), Text: text, Deadline: deadline, Quota: quota})
	}
	f.Alias("people", "person")
	f.Alias("people.0", "person")
	f.Alias("units.0", "units")
	var result cascade.SendResult
	if f.OK() {
		result, err = p.Cascade.Split(r.Context(), web.ActorOf(r.Context()), in)
		if err := f.Take(err); err != nil {
			return err
		}
	}
	if !f.OK() {
		return p.showDuty(w, r, f, nil)
	}
	if n := len(result.Apart); n > 0 { // their parts do not stand on this page
		return web.Done(w, r, dutyURL(id, number), "units.split.apart", "Count", n)
	}
	return web.Done(w, r, dutyURL(id, number), "units.split.done")
}

// part notes a person's part as done, or open again, or takes it back.
func (p *pages) part(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	part, err := web.PathID(r, "part")
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, files, err := readProof(r, &s)
	if err != nil {
		return err
	}
	done := "units.part.done"
	switch f.Value("do") {
	case "remove":
		done = "units.part.removed"
		err = p.Cascade.RemovePart(ctx, web.ActorOf(ctx), part)
	case "open":
		done = "units.part.reopened"
		_, err = p.Cascade.FinishPart(ctx, web.ActorOf(ctx), part, false, f.Value("note"))
	default:
		_, err = p.Cascade.FinishPart(ctx, web.ActorOf(ctx), part, true, f.Value("note"), files...)
	}
	return p.doneWithDuty(w, r, id, number, f, err, done)
}

func viewPart(ctx context.Context, p cascade.Part, d cascade.Duty, m may, here string, small *form.Form) partView {
	v := partView{
		Name: p.Name, Role: ui.T(ctx, "units.dutyPage.cooperates"), Text: p.Text, Note: p.Note, Status: doneBadge(ctx, p.Done()), Done: p.Done(),
	}
	if p.Leads {
		v.Role = ui.T(ctx, "units.field.lead")
	}
	var facts []string
	done, begun := 0, p.Done()
	for _, tick := range d.Ticks {
		if tick.Part == p.ID {
			done, begun = done+tick.Count, true
		}
	}
	switch {
	case p.Quota > 0 && d.Every == nil:
		facts = append(facts, countText(ctx, done, p.Quota, d.Quota))
	case done > 0:
		facts = append(facts, ui.T(ctx, "units.dutyPage.counted", "Count", done))
	}
	if p.Quota > 0 && d.Every != nil {
		facts = append(facts, ui.T(ctx, "units.dutyPage.each", "Quota", p.Quota))
	}
	if !p.Deadline.IsZero() {
		facts = append(facts, ui.T(ctx, "units.field.deadline")+" "+lang.From(ctx).DateTime(p.Deadline))
	}
	v.Facts = strings.Join(facts, " · ")
	if m.work() || m.taken() && p.Person != "" && p.Person == m.actor.ID {
		v.URL, v.Removable = here+"/phan/"+string(p.ID), !begun && len(d.FilesOf(p.ID, "")) == 0 && m.split()
	}
	v.Proof = viewProof(ctx, d, m, proofOf{Part: p.ID, Person: p.Person, Done: p.Done()}, small)
	if !p.Done() && v.Proof.Add != nil { // the files come with the word that it is done
		v.Attach, v.Proof.Add = v.Proof.Add, nil
	}
	return v
}

// doneWithDuty comes back to the duty, with what was wrong if anything was.
func (p *pages) doneWithDuty(w http.ResponseWriter, r *http.Request, id ident.ID, number int, f *form.Form, err error, done string) error {
	if err := f.Take(err); err != nil {
		return err
	}
	if !f.OK() {
		return p.showDuty(w, r, form.New(map[string][]string{"id": {string(p.IDs.New())}}), f)
	}
	return web.Done(w, r, dutyURL(id, number), done)
}
