package units

import (
	"cmp"
	"context"
	"net/http"
	"path"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// letterView is one letter of a unit: its text, and beside it what was read, to be corrected while it is a draft.
type letterView struct {
	Issuer     string
	Lead       string
	Status     ui.BadgeProps
	Doubtful   int
	Notes      []string // what the reader says about the letter as a whole
	Sheet      ui.LetterProps
	Judged     formView // against the form of the decree
	Scan       bool     // there is only a picture of it
	File       ui.StoredFile
	Files      []ui.StoredFile  // what it can be had as
	Fields     []ui.LetterField // read only
	Errors     []ui.FieldError  // why a correction came too late
	Form       *letterForm      // nil when nobody may correct it (any more)
	DraftURL   string           // drafts the unit's own letter from this one
	EditURL    string           // of a letter that was composed here
	EditButton ui.ButtonProps
	Sent       int
	SendURL    string
	BoardURL   string
	Ways       []ui.Link // to those who got it in another way than those of the board
	AmendURL   string    // puts right what the register says
	Amended    []ui.Event
	ChangeURL  string // takes the letter back, mends or replaces it
	DiscardURL string // puts a draft aside
	RestoreURL string // fetches it back
	Issue      *issueview.Props
	Same       *sameView             // the letter is in the register of arrivals as another copy
	Upload     issueview.UploadProps // of the file as it was signed
	Challenge  *challengeForm
}

// sameView says under which number a letter was entered before.
type sameView struct{ Text, URL string }

// challengeForm links the letter to a challenge.
type challengeForm struct {
	Action  string
	Public  ui.Field
	Shown   bool
	Field   ui.Field
	Options []ui.Option
}

func (p *pages) letter(w http.ResponseWriter, r *http.Request) error {
	l, err := p.letterOf(r)
	if err != nil {
		return err
	}
	return p.showLetter(w, r, l, form.New(fill(l.Fields, l.Version)))
}

func (p *pages) letterOf(r *http.Request) (letter.Letter, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return letter.Letter{}, err
	}
	return p.Letters.Get(r.Context(), web.ActorOf(r.Context()), id)
}

func (p *pages) showLetter(w http.ResponseWriter, r *http.Request, l letter.Letter, f *form.Form) error {
	ctx := r.Context()
	v, err := p.letterView(ctx, web.ActorOf(ctx), l, f)
	if err != nil {
		return err
	}
	page := p.page(r, symbolOf(ctx, l), ui.Link{Text: ui.T(ctx, "units.letters.title"), URL: lettersURL(l.IssuerID)})
	if v.Form != nil && v.Form.Foreign || l.State == letter.Entered {
		page.Crumbs[len(page.Crumbs)-1] = ui.Link{Text: ui.T(ctx, "office.book.incoming"), URL: arrivalsURL(l.IssuerID)}
	}
	page.Path = letterURL(l.ID)
	return web.Render(w, r, web.StatusOf(f.Err()), letterPage(page, v))
}

func (p *pages) letterView(ctx context.Context, actor person.Actor, l letter.Letter, f *form.Form) (letterView, error) {
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return letterView{}, err
	}
	packed := "" // where the package of the exchange is
	s, can := sourceOf(ctx, l), func(a person.Action) bool { return actor.Can(a, person.On{Unit: l.IssuerID}) == nil }
	v := letterView{
		Lead: lang.Capital(l.Fields.Subject), Status: ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)), Doubtful: s.doubtful(),
		Sheet: ui.LetterProps{Lines: sheetLines(l), Fields: s.list(ctx, l.Fields)},
	}
	if l.FileKey != "" { // what was composed here did not come as a file
		v.File = ui.StoredFile{Name: ui.T(ctx, "units.letter.file"), URL: letterURL(l.ID) + "/tep"}
	}
	if v.Judged, err = p.formOf(ctx, actor, l); err != nil {
		return letterView{}, err
	}
	if v.Scan = l.Document == nil && l.Reading.Scanned(); v.Scan && showable(l.FileName) {
		v.Sheet.Picture = v.File.URL
	}
	if u, ok := tree.ByID(l.IssuerID); ok {
		v.Issuer = u.Organ()
	}
	if l.FileName != "" {
		v.File.Name = l.FileName
	}
	for _, warning := range l.Reading.Warnings {
		if _, known := s[warning.Value.Field]; !known {
			v.Notes = append(v.Notes, ui.T(ctx, warning.Value.Key(), warning.Value.Pairs()...))
		}
	}
	if l.State == letter.Draft && can(person.ActionLetterRegister) {
		v.Form = viewLetterForm(ctx, l, f, s)
		v.Form.Foreign = foreign(tree, l)
		a, entered, err := p.Letters.EnteredAs(ctx, actor, l)
		if err != nil {
			return letterView{}, err
		}
		if entered {
			v.Same = &sameView{ui.T(ctx, "units.letter.same", "Number", a.Number, "Year", a.Year), arrivalURL(a.LetterID, a.UnitID)}
		}
		if l.Document == nil { // what was composed is put aside in the editor
			v.DiscardURL = editorURL(l.ID) + "/bo"
		}
	} else {
		v.Fields, v.Errors = v.Sheet.Fields, f.Errors(ctx)
	}
	if l.State == letter.Discarded && can(person.ActionLetterRegister) {
		v.RestoreURL = editorURL(l.ID) + "/khoi-phuc"
	}
	if l.State == letter.Registered {
		if p.Exchange != nil {
			coded, err := p.Exchange.HasCode(ctx, l.IssuerID)
			if err != nil {
				return letterView{}, err
			}
			if coded {
				packed = letterURL(l.ID) + "/edxml"
			}
		}
		if can(person.ActionCascadeSend) {
			v.SendURL = letterURL(l.ID) + "/gui"
		}
		if can(person.ActionCascadeWatch) {
			handed, err := p.handed(ctx, actor, l)
			if err != nil {
				return letterView{}, err
			}
			with := handed.With
			b, err := p.Cascade.BoardPage(ctx, actor, cascade.BoardQuery{Letter: with, Sender: l.IssuerID})
			if err != nil {
				return letterView{}, err
			}
			v.Sent, v.BoardURL = b.All.Units, boardURL(with, l.IssuerID)
			if v.Sent > 0 {
				v.Status = issuedBadge(ctx, v.Status)
			}
			for _, way := range handed.Ways {
				switch way.With {
				case with:
				case l.ID:
					v.Ways = append(v.Ways, ui.Link{Text: ui.T(ctx, "units.letter.apart", "Count", way.Units), URL: boardURL(way.With, l.IssuerID)})
				default:
					v.Ways = append(v.Ways, ui.Link{Text: ui.T(ctx, "units.letter.along", "Count", way.Units), URL: boardURL(way.With, l.IssuerID)})
				}
			}
			if can(person.ActionCascadeSend) && v.Sent > 0 && with == l.ID {
				v.ChangeURL = letterURL(l.ID) + "/thay-doi"
			}
		}
	}
	if l.Amends() && can(person.ActionLetterRegister) {
		v.AmendURL = letterURL(l.ID) + amendPath
	}
	if v.Amended, err = p.amended(ctx, l); err != nil {
		return letterView{}, err
	}
	if can(person.ActionLetterRegister) {
		v.DraftURL = draftFromURL(l.IssuerID, l.ID)
	}
	if l.Document != nil {
		v.EditURL, v.Form = editorURL(l.ID), nil
		v.EditButton = ui.ButtonProps{Text: ui.T(ctx, "units.letter.page"), Icon: ui.IconLetter}
		if l.State == letter.Draft {
			v.EditButton = ui.ButtonProps{Text: ui.T(ctx, "units.letter.write"), Icon: ui.IconPen}
		}
		v.Fields = v.Sheet.Fields
	}
	v.Files = letterFiles(ctx, l, v.File, packed)
	if l.Document == nil { // what was composed has a page for this
		if v.Issue, err = issueview.OfLetter(ctx, p.Letters, p.DB, l, versionURL(l.ID)); err != nil {
			return letterView{}, err
		}
		if l.State == letter.Registered && can(person.ActionLetterIssue) {
			v.Upload = issueview.Upload(ctx, f, letterURL(l.ID)+issuePath)
			v.Upload.Change = v.ChangeURL
			if err = v.Upload.Sent(ctx, p.Cascade, p.Units, l); err != nil {
				return letterView{}, err
			}
		}
	}
	if can(person.ActionLetterLink) {
		v.Challenge, err = p.challengeForm(ctx, actor, l)
	}
	return v, err
}

// handed is what became of a letter that was sent: with itself, or with those that its issuer passed on with it.
func (p *pages) handed(ctx context.Context, actor person.Actor, l letter.Letter) (cascade.Handed, error) {
	if !(may{actor: actor}).on(person.ActionLetterRead, l.IssuerID) {
		return cascade.Handed{With: l.ID}, nil
	}
	all, err := p.Cascade.HandedOut(ctx, actor, l.IssuerID, []ident.ID{l.ID})
	h := all[l.ID]
	h.With = cmp.Or(h.With, l.ID)
	return h, err
}

// letterFiles are what a letter can be had as: its pages, the file it came as, the package of the exchange.
func letterFiles(ctx context.Context, l letter.Letter, came ui.StoredFile, packed string) []ui.StoredFile {
	var files []ui.StoredFile
	if l.Document != nil {
		files = append(files, ui.StoredFile{Name: ui.T(ctx, "office.pdf"), URL: editorURL(l.ID) + "/pdf"},
			ui.StoredFile{Name: ui.T(ctx, "office.docx"), URL: editorURL(l.ID) + "/docx"})
	}
	if came.URL != "" {
		files = append(files, came)
	}
	if packed != "" {
		files = append(files, ui.StoredFile{Name: ui.T(ctx, "exchange.page.download"), URL: packed})
	}
	return files
}

// challengeForm offers the challenges there are; of one that is not linked, the newest is proposed.
func (p *pages) challengeForm(ctx context.Context, actor person.Actor, l letter.Letter) (*challengeForm, error) {
	list, err := p.Challenges.List(ctx, actor)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	c := &challengeForm{
		Action:  letterURL(l.ID) + "/lien-ket",
		Field:   ui.Field{Name: "challenge", Label: ui.T(ctx, "units.challenge"), Hint: ui.T(ctx, "units.challenge.hint"), Value: string(l.ChallengeID), Wide: true},
		Options: []ui.Option{{Label: ui.T(ctx, "units.challenge.none")}},
		Public:  ui.Field{Name: "public", Label: ui.T(ctx, "units.challenge.public"), Hint: ui.T(ctx, "units.challenge.publicHint")},
		Shown:   l.Public || l.ChallengeID == "" && l.Document == nil, // a letter that was read in is mostly one to be known
	}
	for _, one := range list {
		c.Options = append(c.Options, ui.Option{Value: string(one.ID), Label: one.Title})
	}
	return c, nil
}

// foreign tells whether the letter seems to be another organ's, which is entered as arrival, and not one of the unit's own,
// which is registered and sent.
func foreign(tree *unit.Tree, l letter.Letter) bool {
	if l.Fields.Organ == "" {
		return false
	}
	organ, known := tree.Organ(l.Fields.Organ)
	return !known || organ.ID != l.IssuerID
}

func (p *pages) link(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	var to ident.ID
	if f.Has("challenge") {
		if to, err = f.ID("challenge"); err != nil {
			return fault.NotFound.With("letter.fault.noChallenge")
		}
		if _, err := p.Challenges.ByID(ctx, web.ActorOf(ctx), to); err != nil {
			return err
		}
	}
	if _, err := p.Letters.Link(ctx, web.ActorOf(ctx), id, letter.Link{Challenge: to, Public: f.Has("public")}); err != nil {
		return err
	}
	return web.Done(w, r, letterURL(id), "units.challenge.linked")
}

// sheetLines are the lines of the letter as places in it are counted, none for a scan.
func sheetLines(l letter.Letter) []string {
	if l.Source == "" {
		return nil
	}
	return letter.SplitLines(letter.Normal(l.Source))
}

// treeDay is the day on which the addressees of a letter are meant.
func treeDay(l letter.Letter, now clock.Time) clock.Day {
	if l.Fields.Date.IsZero() {
		return clock.DayOf(now.Time)
	}
	return clock.Day(l.Fields.Date.String())
}

// showable tells whether browsers show the picture that a letter came as; others are opened by other programs.
func showable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png":
		return true
	}
	return false
}
