package units

import (
	"cmp"
	"context"
	"net/http"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/web"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// filesBody is the largest form with the proof of a duty: one file more than the service accepts still arrives, so that the
// form can be shown again with the reason.
const filesBody = (cascade.MaxFiles+1)*cascade.MaxFileBytes + 1<<20

// filesShown is how many files of one thing a list shows; all of them stand on the page of the duty.
const filesShown = 5

// proofView is what proves a duty, one time of it or somebody's part, and how more comes.
type proofView struct {
	Missing bool // it was said to be done, and the proof that is asked for is not there
	Files   []proofFile
	More    string      // files that are not among them
	Add     *attachView // nil for who may not
}

// proofFile is one file, and where to take it back; empty for who may not.
type proofFile struct {
	ui.StoredFile
	Remove string
}

// attachView is the control that takes files, in the form of what they prove or alone.
type attachView struct {
	Action     string // of the form of its own
	Part, Tick string // what the files prove there
	File       ui.FileField
	Summary    string // behind which the control waits
	Open, Lost bool   // something was wrong; files were chosen and must be chosen again
}

// From tells which of the small forms of a page was sent.
func (a attachView) From() string { return a.File.ID }

func missingProof(ctx context.Context) ui.BadgeProps {
	return ui.BadgeProps{Text: ui.T(ctx, "units.proof.missing"), Icon: ui.IconWarning, Tone: ui.BadgeWait}
}

func fileURL(f cascade.File) string {
	return dutyURL(f.DispatchID, f.Duty) + "/minh-chung/" + string(f.ID)
}

// prove tells whether files may be added to what somebody was given, or to anything of the unit when they do its work.
func (m may) prove(given ident.ID) bool {
	if m.d.State == cascade.Completed || m.d.Frozen() {
		return false
	}
	return m.work() || m.taken() && given != "" && given == m.actor.ID
}

// viewFiles shows up to limit files; may says whether they can be taken back.
func viewFiles(ctx context.Context, files []cascade.File, limit int, may bool) proofView {
	var v proofView
	for _, f := range files[:min(limit, len(files))] {
		one := proofFile{StoredFile: ui.StoredFile{Name: f.Name, URL: fileURL(f)}}
		if one.Name == "" {
			one.Name = ui.T(ctx, "units.publicity.file")
		}
		if may {
			one.Remove = one.URL + "/xoa"
		}
		v.Files = append(v.Files, one)
	}
	if n := len(files) - len(v.Files); n > 0 {
		v.More = ui.T(ctx, "units.proof.more", "Count", n)
	}
	return v
}

// proofOf is what files of a duty prove: somebody's part or a time of it, with neither the duty itself.
type proofOf struct {
	Part, Tick, Person ident.ID
	Done               bool
}

// viewProof shows the files of one thing, and takes more from who may bring them.
func viewProof(ctx context.Context, d cascade.Duty, m may, of proofOf, small *form.Form) proofView {
	files, may := d.FilesOf(of.Part, of.Tick), m.prove(of.Person)
	v := viewFiles(ctx, files, len(files), may)
	v.Missing = of.Done && d.Proof != "" && len(files) == 0
	if may && len(files) < cascade.MaxFiles {
		v.Add = attach(ctx, d, "file-"+cmp.Or(string(of.Part), string(of.Tick), "duty"), small)
		v.Add.Action, v.Add.Part, v.Add.Tick = dutyURL(d.DispatchID, d.Number)+"/minh-chung", string(of.Part), string(of.Tick)
	}
	return v
}

// attach is the control under the identifier id, with what was wrong when it was sent in the form f.
func attach(ctx context.Context, d cascade.Duty, id string, f *form.Form) *attachView {
	label, summary := ui.T(ctx, "units.field.file"), ui.T(ctx, "units.proof.attach")
	hint := ui.T(ctx, "units.proof.hint", "Limit", cascade.MaxFileBytes>>20, "Files", cascade.MaxFiles)
	if d.Proof != "" {
		summary = ui.T(ctx, "units.proof.attachWanted")
		hint = ui.T(ctx, "units.proof.wanted", "Proof", d.Proof) + " " + hint
	}
	held := heldBy(f, id)
	v := &attachView{Summary: summary, Open: !held.OK(), Lost: held.Value("chosen") != ""}
	v.File = held.ProofField(ctx, ui.Field{ID: id, Label: label, Hint: hint, Wide: true})
	v.File.Multiple = true
	return v
}

// heldBy returns the form that was sent when it was the one with this control, else an empty one.
func heldBy(f *form.Form, id string) *form.Form {
	if f != nil && f.Value("from") == id {
		return f
	}
	return form.New(nil)
}

// readProof reads a form with the files that prove something. The caller closes the spool.
func readProof(r *http.Request, s *form.Spool) (*form.Form, []cascade.FileInput, error) {
	f, err := form.ReadFiles(r, s.ReceiveAll(cascade.MaxFiles+1, cascade.MaxFileBytes))
	if err != nil {
		return nil, nil, err
	}
	spooled, err := s.Files()
	if err != nil {
		return nil, nil, err
	}
	files := make([]cascade.FileInput, len(spooled))
	for i, one := range spooled {
		files[i] = cascade.FileInput{Name: one.Name, Content: one.Content}
		f.Set("chosen", "1")
	}
	return f, files, nil
}

// addFiles takes the files that prove a duty, a part or a time of it after it was said to be done, or before.
func (p *pages) addFiles(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	var s form.Spool
	defer s.Close()
	f, files, err := readProof(r, &s)
	if err != nil {
		return err
	}
	err = p.Cascade.AddFiles(r.Context(), web.ActorOf(r.Context()), cascade.FilesInput{
		Dispatch: id, Duty: number, Part: ident.ID(f.Value("part")), Tick: ident.ID(f.Value("tick")), Files: files,
	})
	return p.doneWithDuty(w, r, id, number, f, err, "units.proof.added")
}

func (p *pages) removeFile(w http.ResponseWriter, r *http.Request) error {
	return p.takeBack(w, r, "file", "units.proof.removed", p.Cascade.RemoveFile)
}

// takeBack removes something of a duty that was noted by mistake, which the address names.
func (p *pages) takeBack(w http.ResponseWriter, r *http.Request, name, done string,
	remove func(ctx context.Context, actor person.Actor, dispatch ident.ID, number int, id ident.ID) error,
) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	what, err := web.PathID(r, name)
	if err != nil {
		return err
	}
	f, err := form.Read(r)
	if err != nil {
		return err
	}
	return p.doneWithDuty(w, r, id, number, f, remove(r.Context(), web.ActorOf(r.Context()), id, number, what), done)
}

// dutyFile sends one of the files that prove a duty.
func (p *pages) dutyFile(w http.ResponseWriter, r *http.Request) error {
	id, number, err := dutyOf(r)
	if err != nil {
		return err
	}
	file, err := web.PathID(r, "file")
	if err != nil {
		return err
	}
	content, f, err := p.Cascade.DutyFile(r.Context(), web.ActorOf(r.Context()), id, number, file)
	if err != nil {
		return err
	}
	defer content.Close()
	return sendFile(w, r, content, f.Name, f.CreatedAt)
}
