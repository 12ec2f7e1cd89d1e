package units

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web"
	"sachhon/internal/web/issueview"
	"sachhon/internal/web/ui"
)

// dispatchView is one dispatch with what may be done about it.
type dispatchView struct {
	URL       string
	Receiver  string
	Lead      string // what it is about
	Status    ui.BadgeProps
	Late      []string
	Next      nextStep
	Facts     []ui.Definition
	Words     string // the sender's
	Letter    ui.LetterProps
	Files     []ui.StoredFile // as which the letter can be had
	Issue     *issueview.Props
	Scan      bool     // there is only a picture of it
	Judged    formView // the letter against the form of the decree
	TextURL   string
	Working   bool // the unit is at work: duties and publicity come before the letter
	Duties    []dutyView
	Others    string // which duties of the letter are not the unit's
	Publicity []publicityView
	AddURL    string // records another publicity; empty for who may not
	Timeline  []ui.Event
	Children  []childView
	Apart     []ui.Link // own letters that went by themselves to who had this one already
	BoardURL  string
	Asked     *askedView // a change of the letter that waits for an answer
	HeirURL   string     // the dispatch of the letter that replaced this one
	AgainURL  string     // the dispatch with which the letter was sent again
	RecallURL string
	UrgeURL   string
	LogURL    string
	FirstURL  string // the text of the first letter, where it came with another one
	Draft     *draftView
}

// draftView writes the unit's own letter that carries out what came: one click, or the letter that is there already.
type draftView struct {
	Action, ID, Unit, Dispatch string
	Open                       []ui.Link // those that were begun
}

// nextStep is the one thing to do now, and what else is possible.
type nextStep struct {
	Title  string
	Text   string
	Post   string // the address of a single act, or
	Link   string // of the form it takes
	Button ui.ButtonProps
	Others []otherStep
}

type otherStep struct {
	ui.ButtonProps
	URL string
}

// dutyView is one duty of the letter as this unit stands to it.
type dutyView struct {
	Number   int
	Text     string
	Progress string
	Facts    string // what it asks beside its text: deadline, how often, how much, what is to be handed in
	Unclear  string // that nobody knows whose it is
	Page     string // of the duty, with those who do parts of it
	Channels string
	Done     bool
	DoneAt   clock.Time
	Note     string
	URL      string // posts whether it is done; empty for who may not
	Proof    proofView
	Attach   *attachView // with the word that it is done; nil for who may not
}

// publicityView is one record of publicity.
type publicityView struct {
	Channel string
	At      clock.Time
	Place   string
	Link    string
	Count   string // times and people
	Note    string
	File    ui.StoredFile
	MendURL string // empty for who may not
	DropURL string
}

// childView is a unit to which the letter was passed on.
type childView struct {
	Unit   string
	URL    string
	With   string // the unit's own letter
	Note   string // when it arrived
	Status ui.BadgeProps
}

func (p *pages) dispatch(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.detail(r)
	if err != nil {
		return err
	}
	tree, err := p.Units.Today(ctx)
	if err != nil {
		return err
	}
	v, err := p.dispatchView(ctx, d, tree)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, dispatchPage(p.page(r, symbolOf(ctx, d.Paper()), dispatchCrumb(ctx, d)), v))
}

// dispatchCrumb leads back to where whoever looks came from: the receiver's letters, or the sender's board.
func dispatchCrumb(ctx context.Context, d cascade.Detail) ui.Link {
	if web.ActorOf(ctx).Can(person.ActionCascadeRead, person.On{Unit: d.ReceiverID}) == nil {
		return ui.Link{Text: ui.T(ctx, "units.inbox.title"), URL: inboxURL(d.ReceiverID)}
	}
	return ui.Link{Text: ui.T(ctx, "units.board.title"), URL: boardURL(d.LetterID, d.SenderID)}
}

// dispatchView adds to what a dispatch says the letters of the unit that carry it out.
func (p *pages) dispatchView(ctx context.Context, d cascade.Detail, tree *unit.Tree) (dispatchView, error) {
	actor := web.ActorOf(ctx)
	v := viewDispatch(ctx, d, actor, tree, p.now())
	m := may{actor, d.Dispatch}
	var err error
	if v.Issue, err = issueview.OfLetter(ctx, p.Letters, p.DB, d.Paper(), func(version string) string { return paperURL(d.ID, version) }); err != nil {
		return v, err
	}
	outside, err := p.outsideEvents(ctx, d)
	if err != nil {
		return v, err
	}
	v.Timeline = withEvents(v.Timeline, outside)
	v.Files, err = p.paperFiles(ctx, d)
	if v.Issue != nil { // which shows the file with what was found about it
		v.Files = slices.DeleteFunc(v.Files, func(f ui.StoredFile) bool { return f.URL == v.Issue.File.URL })
	}
	if err != nil || !m.on(person.ActionLetterRead, d.ReceiverID) {
		return v, err
	}
	own, err := p.Letters.Answering(ctx, actor, d.ReceiverID, d.PaperID())
	if err != nil {
		return v, err
	}
	if m.forward() && m.on(person.ActionLetterRegister, d.ReceiverID) && len(tree.Subordinates(d.ReceiverID)) > 0 {
		v.Draft = &draftView{Action: draftPath, ID: string(p.IDs.New()), Unit: string(d.ReceiverID), Dispatch: string(d.ID)}
		for _, l := range own {
			v.Draft.Open = append(v.Draft.Open, ui.Link{Text: draftName(ctx, l), URL: editorURL(l.ID)})
		}
	}
	for i, c := range d.Children {
		if c.UnderID == "" {
			continue
		}
		n := slices.IndexFunc(own, func(l letter.Letter) bool { return l.ID == c.UnderID })
		if n >= 0 {
			v.Children[i].With = symbolOf(ctx, own[n])
			continue
		}
		l, err := p.Letters.Get(ctx, actor, c.UnderID)
		if err != nil {
			return v, err
		}
		own, v.Children[i].With = append(own, l), symbolOf(ctx, l)
	}
	if m.on(person.ActionCascadeWatch, d.ReceiverID) {
		v.Apart, err = p.apart(ctx, actor, d.ReceiverID, own)
	}
	return v, err
}

// apart leads to those to whom letters of a unit went by themselves.
func (p *pages) apart(ctx context.Context, actor person.Actor, unitID ident.ID, own []letter.Letter) ([]ui.Link, error) {
	ids := make([]ident.ID, len(own))
	for i, l := range own {
		ids[i] = l.ID
	}
	handed, err := p.Cascade.HandedOut(ctx, actor, unitID, ids)
	var links []ui.Link
	for _, l := range own {
		for _, way := range handed[l.ID].Ways {
			if way.With == l.ID {
				links = append(links, ui.Link{Text: ui.T(ctx, "units.children.apart", "Symbol", symbolOf(ctx, l), "Count", way.Units), URL: boardURL(l.ID, unitID)})
			}
		}
	}
	return links, err
}

// draftName tells a letter that was begun from one that is issued.
func draftName(ctx context.Context, l letter.Letter) string {
	state := ui.StatusOf(ctx, ui.FamilyLetter, string(l.State)).Text
	if s := l.Symbol(); s != "" {
		return ui.T(ctx, "units.draft.open", "Symbol", s, "State", state)
	}
	return ui.T(ctx, "units.draft.openUnnumbered", "State", state)
}

// detail loads the dispatch of the address.
func (p *pages) detail(r *http.Request) (cascade.Detail, error) {
	id, err := web.PathID(r, "id")
	if err != nil {
		return cascade.Detail{}, err
	}
	return p.Cascade.Get(r.Context(), web.ActorOf(r.Context()), id)
}

func viewDispatch(ctx context.Context, d cascade.Detail, actor person.Actor, tree *unit.Tree, now clock.Time) dispatchView {
	v := dispatchView{
		URL: dispatchURL(d.ID), Receiver: d.Receiver.Organ(), Lead: lang.Capital(d.Paper().Fields.Subject), Words: d.Words,
		Status: ui.StatusOf(ctx, ui.FamilyDispatch, d.Status()), Next: next(ctx, d, actor), Facts: facts(ctx, d),
		Letter: ui.LetterProps{Lines: letter.SplitLines(d.Paper().Source)},
		LogURL: logURL(d.LetterID), TextURL: dispatchURL(d.ID) + "/van-ban", Timeline: timeline(ctx, d),
	}
	paper := d.Paper()
	v.Scan = paper.Document == nil && paper.Reading.Scanned()
	if paper.Document == nil && paper.Source != "" {
		v.Judged = textForm(ctx, paper.Source, paper.Reading)
	}
	if d.UnderID != "" {
		v.FirstURL = v.TextURL + "?goc=1"
	}
	v.Working = d.State == cascade.Assigned || d.State == cascade.InProgress || d.State == cascade.Completed
	for _, l := range d.Late {
		v.Late = append(v.Late, lateText(ctx, l, now))
	}
	may := may{actor, d.Dispatch}
	for _, duty := range d.Duties {
		one := dutyView{
			Number: duty.Number, Text: duty.Text, Progress: progressText(ctx, duty.Progress, duty.Quota), Facts: askedText(ctx, duty), Page: dutyURL(d.ID, duty.Number), Channels: channelNames(ctx, duty.Channels),
			Done: duty.Done(), DoneAt: duty.DoneAt, Note: duty.Note, Proof: viewFiles(ctx, duty.Files, filesShown, false),
		}
		if d.Meant.Unclear[duty.Number] {
			one.Unclear = ui.T(ctx, "units.duties.unclear", "For", strings.Join(duty.For, "; "))
		}
		one.Proof.Missing = duty.Unproven()
		if may.prove("") {
			one.Attach = attach(ctx, duty, "duty-file-"+strconv.Itoa(duty.Number), nil)
			one.Attach.Open = duty.Proof != ""
		}
		if may.work() {
			one.URL = v.URL + "/nhiem-vu/" + strconv.Itoa(duty.Number)
		}
		v.Duties = append(v.Duties, one)
	}
	v.Others = othersText(ctx, d.Meant.Others)
	v.Asked = askedOf(ctx, d, may)
	if d.ReplacedBy != "" {
		v.HeirURL = dispatchURL(d.ReplacedBy)
	}
	if d.AgainID != "" {
		v.AgainURL = dispatchURL(d.AgainID)
	}
	for _, record := range d.Publicity {
		one := viewPublicity(ctx, record)
		if may.correct() {
			at := v.URL + "/minh-chung/" + string(record.ID)
			one.MendURL, one.DropURL = at+"/sua", at+"/go"
		}
		v.Publicity = append(v.Publicity, one)
	}
	if may.publicise() {
		v.AddURL = v.URL + "/tuyen-truyen"
	}
	for _, c := range d.Children {
		v.Children = append(v.Children, childView{
			Unit: tree.Name(c.ReceiverID), URL: dispatchURL(c.ID), Status: ui.StatusOf(ctx, ui.FamilyDispatch, c.Status()), Note: receiptText(ctx, c),
		})
	}
	if len(d.Children) > 0 && actor.Can(person.ActionCascadeWatch, person.On{Unit: d.ReceiverID}) == nil {
		v.BoardURL = boardURL(d.LetterID, d.ReceiverID)
	}
	if may.urge() {
		v.UrgeURL = urgeURL(d.SenderID, d.ID)
	}
	if may.recall() {
		v.RecallURL = v.URL + "/thu-hoi"
	}
	return v
}

func viewPublicity(ctx context.Context, record cascade.Publicity) publicityView {
	v := publicityView{
		Channel: ui.T(ctx, "letter.channel."+string(record.Channel)), At: record.At, Place: record.Place, Link: record.Link, Note: record.Note,
	}
	if record.Times > 0 {
		v.Count = ui.T(ctx, "units.publicity.times", "Count", record.Times)
	}
	if record.People > 0 {
		if v.Count != "" {
			v.Count += " · "
		}
		v.Count += ui.T(ctx, "units.publicity.people", "Count", record.People)
	}
	if record.FileKey != "" {
		v.File = ui.StoredFile{Name: record.FileName, URL: proofURL(record.DispatchID, record.ID)}
		if v.File.Name == "" {
			v.File.Name = ui.T(ctx, "units.publicity.file")
		}
	}
	return v
}

// dispatchText sends the letter's text to whoever may read the dispatch.
func (p *pages) dispatchText(w http.ResponseWriter, r *http.Request) error {
	l, err := p.paperOf(r)
	if err != nil {
		return err
	}
	sendText(w, fileNameOf(l)+".txt", l.Source)
	return nil
}

func fileNameOf(l letter.Letter) string {
	return safeName(l.Symbol(), string(l.ID[max(0, len(l.ID)-8):]))
}
