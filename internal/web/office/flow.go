package office

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// wayView is a letter that is no longer edited: where it stands, what may follow, how it came here.
type wayView struct {
	Unit      string
	Lead      string
	Status    ui.BadgeProps
	Errors    []ui.FieldError
	Do        string // what is to be done next, in words
	Sign      string // addresses of what this person may do; empty for what not
	Version   string // what this person reads, and signs
	SignPaper string
	SendBack  string
	Withdraw  string
	Restore   string
	Number    string
	Send      string
	Report    string // of the figures that the letter reports
	Pass      string // passes what came on, with this letter
	Upload    issueview.UploadProps
	Copy      string
	Deliver   string // where it is recorded that the letter went out on paper
	Words     ui.Field
	Signer    ui.Field
	SignWords ui.Field
	Depart    departView
	Other     string // that another person's name stands below the letter than that of who is to sign it
	Files     []ui.StoredFile
	Issue     *issueview.Props
	Events    []ui.Event
	Sheet     sheetView
}

func (p *pages) showWay(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	ctx := r.Context()
	u, err := p.Units.Unit(ctx, l.IssuerID)
	if err != nil {
		return err
	}
	steps, err := p.Letters.Steps(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return err
	}
	issues, err := p.Letters.Issues(ctx, web.ActorOf(ctx), l.ID)
	if err != nil {
		return err
	}
	names, err := p.People.Names(ctx, whoDid(l, steps, issues)...)
	if err != nil {
		return err
	}
	v := viewWay(ctx, l, steps, names, p.Letters.Judged(l), f)
	v.Unit = u.Organ()
	if v.Report, err = p.reportOf(ctx, l); err != nil {
		return err
	}
	if v.Report != "" { // it goes the way of reports
		if v.Send = ""; l.State == letter.Registered {
			v.Do = ui.T(ctx, "office.next.report")
		}
	}
	if v.Pass, err = p.passURL(ctx, l); err != nil {
		return err
	}
	v.Issue = issueview.Versions(ctx, issues, versionURL(l.ID, ""), names)
	if v.Upload.Action != "" {
		if err = v.Upload.Sent(ctx, p.Cascade, p.Units, l); err != nil {
			return err
		}
		if v.Upload.Gone && v.Send != "" {
			v.Upload.Change = letterURL(l.ID) + "/thay-doi"
		}
	}
	page := p.page(r, titleOf(ctx, l), ui.Link{Text: ui.T(ctx, "office.list.title"), URL: draftsURL(l.IssuerID)})
	page.Path = draftURL(l.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), wayPage(page, v))
}

// passURL passes on what a letter carries out, so that the way to the first issuer is kept; empty when nothing came.
func (p *pages) passURL(ctx context.Context, l letter.Letter) (string, error) {
	if l.State != letter.Registered || l.AnswersID == "" || l.Fields.Type == letter.Report || !can(ctx, person.ActionCascadeSend, l.IssuerID) {
		return "", nil
	}
	d, ok, err := p.Cascade.Came(ctx, web.ActorOf(ctx), l.IssuerID, l.AnswersID)
	if err != nil || !ok || d.Entered() { // of what came from outside the way begins here
		return "", err
	}
	return "/don-vi/ban-gui/" + string(d.ID) + "/chuyen-tiep?kem=" + string(l.ID), nil
}

func whoDid(l letter.Letter, steps []letter.Step, issues []letter.Issue) []ident.ID {
	ids := []ident.ID{l.CreatedBy}
	if l.RegisteredBy != "" {
		ids = append(ids, l.RegisteredBy)
	}
	for _, s := range steps {
		ids = append(ids, s.By)
	}
	for _, i := range issues {
		ids = append(ids, i.By)
	}
	return ids
}

func viewWay(ctx context.Context, l letter.Letter, steps []letter.Step, names map[ident.ID]string, judged letter.Judgement, f *form.Form) wayView {
	at := draftURL(l.ID)
	v := wayView{
		Version: strconv.FormatInt(l.Version, 10),
		Lead:    lang.Capital(l.Fields.Subject), Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)), Errors: f.Errors(ctx), Do: ui.T(ctx, "office.next."+string(l.State)),
		Files:     []ui.StoredFile{{Name: ui.T(ctx, "office.pdf"), URL: at + "/pdf"}, {Name: ui.T(ctx, "office.docx"), URL: at + "/docx"}},
		Words:     f.Field(ctx, ui.Field{Name: "words", Label: ui.T(ctx, "office.way.words"), Required: true, Rows: 3, Wide: true}),
		SignWords: ui.Field{Name: "words", ID: "f-sign-words", Label: ui.T(ctx, "office.way.signWords"), Rows: 2, Wide: true},
		Signer:    f.Field(ctx, ui.Field{Name: "signer", Label: ui.T(ctx, "office.way.signer"), Hint: ui.T(ctx, "office.way.signerHint"), Required: true}),
		Sheet:     viewSheet(ctx, *l.Document), Events: viewEvents(ctx, l, steps, names),
	}
	if v.Signer.Value == "" {
		v.Signer.Value = l.Fields.Signer.Name
	}
	sign, write := can(ctx, person.ActionLetterSign, l.IssuerID), can(ctx, person.ActionLetterRegister, l.IssuerID)
	allow := func(ok bool, event letter.Event, path string) string {
		if ok && letter.Lifecycle.Can(l.State, event) {
			return at + path
		}
		return ""
	}
	v.Sign, v.SendBack = allow(sign && l.State == letter.Submitted, letter.Sign, "/ky"), allow(sign, letter.SendBack, "/tra-lai")
	if a := web.ActorOf(ctx); v.Sign != "" && lang.Fold(a.Name) != lang.Fold(l.Fields.Signer.Name) {
		v.Other = ui.T(ctx, "office.way.otherSigner", "Name", l.Fields.Signer.Name)
	}
	v.SignPaper, v.Withdraw = allow(write && l.State == letter.Submitted, letter.Sign, "/ky-giay"), allow(write, letter.Withdraw, "/rut-lai")
	if l.State == letter.Submitted {
		v.judged(ctx, l.Document.Form, judged, f)
	}
	v.Restore = allow(write, letter.Restore, "/khoi-phuc")
	v.Number = allow(write && l.State == letter.Signed, letter.Register, "/lay-so")
	if l.State == letter.Registered {
		if can(ctx, person.ActionCascadeSend, l.IssuerID) {
			v.Send = letterURL(l.ID) + "/gui"
		}
		if write {
			v.Copy = at + "/sao?don-vi=" + string(l.IssuerID)
			v.Deliver = deliveryURL(l.ID)
		}
		if can(ctx, person.ActionLetterIssue, l.IssuerID) {
			v.Upload = issueview.Upload(ctx, f, at+"/ban-phat-hanh")
		}
	}
	return v
}

// judged says what whoever signs must know of the form; what lacks a part of it cannot be signed.
func (v *wayView) judged(ctx context.Context, form letter.Form, judged letter.Judgement, f *form.Form) {
	v.Depart = viewDepart(ctx, form, judged, f)
	if v.Words.Value == "" {
		v.Words.Value = v.Depart.toMend()
	}
	if len(v.Depart.Lacks) > 0 {
		v.Sign, v.SignPaper, v.Other = "", "", ""
		v.Do = ui.T(ctx, "office.next.lacks")
	}
	for i, e := range v.Errors { // parts of the document have no inputs here
		if name := strings.TrimPrefix(e.ID, "f-"); name != "words" && name != "signer" && name != "departs" {
			v.Errors[i].ID = ""
		} else if name == "departs" && v.Sign == "" {
			v.Errors[i].ID = v.Depart.Paper.ID
		}
	}
}

func viewEvents(ctx context.Context, l letter.Letter, steps []letter.Step, names map[ident.ID]string) []ui.Event {
	icons := map[letter.Event]ui.IconName{
		letter.Submit: ui.IconSend, letter.Withdraw: ui.IconReturn, letter.SendBack: ui.IconReturn, letter.Sign: ui.IconPen,
		letter.Discard: ui.IconRefuse, letter.Restore: ui.IconReturn,
	}
	events := []ui.Event{{Title: ui.T(ctx, "office.step.composed"), At: l.CreatedAt, Who: names[l.CreatedBy], Icon: ui.IconPen}}
	for _, s := range steps {
		e := ui.Event{Title: ui.T(ctx, "office.step."+string(s.Event)), At: s.At, Who: names[s.By], Text: departText(ctx, s), Icon: icons[s.Event]}
		switch {
		case s.OnPaper:
			e.Title = ui.T(ctx, "office.step.signPaper", "Name", s.Signer)
			e.Tone = ui.BadgeGood
		case s.Event == letter.Sign:
			e.Tone = ui.BadgeGood
		case s.Event == letter.SendBack:
			e.Tone = ui.BadgeBad
		}
		events = append(events, e)
	}
	if !l.RegisteredAt.IsZero() {
		events = append(events, ui.Event{
			Title: ui.T(ctx, "office.step.register", "Symbol", l.Symbol()), At: l.RegisteredAt, Who: names[l.RegisteredBy], Icon: ui.IconLetter, Tone: ui.BadgeOfficial,
		})
	}
	return events
}

// step takes one step of the way; what is wrong is shown on the letter's page.
func (p *pages) step(w http.ResponseWriter, r *http.Request, done string, do func(context.Context, person.Actor, ident.ID, *form.Form) (letter.Letter, error)) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	l, err := do(ctx, web.ActorOf(ctx), id, f)
	if err := f.Take(err); err != nil {
		return err
	}
	if f.OK() {
		return web.Done(w, r, draftURL(id), done, "Symbol", l.Symbol())
	}
	if l, err = p.Letters.Get(ctx, web.ActorOf(ctx), id); err != nil {
		return err
	}
	if l.Document == nil {
		return f.Err()
	}
	return p.showWay(w, r, l, f)
}

func (p *pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.withdrawn", func(ctx context.Context, actor person.Actor, id ident.ID, _ *form.Form) (letter.Letter, error) {
		return p.Letters.Withdraw(ctx, actor, id)
	})
}

func (p *pages) discard(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.discarded", func(ctx context.Context, actor person.Actor, id ident.ID, _ *form.Form) (letter.Letter, error) {
		return p.Letters.Discard(ctx, actor, id)
	})
}

func (p *pages) restore(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.restored", func(ctx context.Context, actor person.Actor, id ident.ID, _ *form.Form) (letter.Letter, error) {
		return p.Letters.Restore(ctx, actor, id)
	})
}

func (p *pages) sign(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.signed", func(ctx context.Context, actor person.Actor, id ident.ID, f *form.Form) (letter.Letter, error) {
		return p.Letters.Sign(ctx, actor, id, letter.SignInput{Words: f.Lines("words"), Seen: seen(f), Departs: departed(f)})
	})
}

func (p *pages) signPaper(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.signed", func(ctx context.Context, actor person.Actor, id ident.ID, f *form.Form) (letter.Letter, error) {
		return p.Letters.Sign(ctx, actor, id, letter.SignInput{OnPaper: true, Signer: f.Text("signer"), Seen: seen(f), Departs: departed(f)})
	})
}

// seen is the version that stood on the page; one that no letter has when a request does not say.
func seen(f *form.Form) int64 {
	if n, err := strconv.ParseInt(f.Value("version"), 10, 64); err == nil && n > 0 {
		return n
	}
	return -1
}

func (p *pages) sendBack(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.sentBack", func(ctx context.Context, actor person.Actor, id ident.ID, f *form.Form) (letter.Letter, error) {
		return p.Letters.SendBack(ctx, actor, id, f.Lines("words"))
	})
}

func (p *pages) number(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, "office.numbered", func(ctx context.Context, actor person.Actor, id ident.ID, _ *form.Form) (letter.Letter, error) {
		return p.Letters.Register(ctx, actor, id)
	})
}
