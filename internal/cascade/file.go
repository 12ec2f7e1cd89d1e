package cascade

import (
	"context"
	"io"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// MaxFiles is how many photos and PDFs prove one thing: a duty, one time that it was done, or somebody's part of it.
const MaxFiles = 10

// File is a photo or a PDF that proves that a duty was done.
type File struct {
	ID         ident.ID   `db:"id"`
	DispatchID ident.ID   `db:"dispatch_id"`
	Duty       int        `db:"duty_number"`
	Part       ident.ID   `db:"part_id"` // whose part it proves, or
	Tick       ident.ID   `db:"tick_id"` // which time; empty for the duty itself
	Key        string     `db:"file_key"`
	Name       string     `db:"file_name"`
	CreatedBy  ident.ID   `db:"created_by"`
	CreatedAt  clock.Time `db:"created_at"`
}

// FileInput is a photo or a PDF as somebody brings it.
type FileInput struct {
	Name    string
	Content io.Reader
}

// FilesInput is what is brought after the work, or before it is said to be done.
type FilesInput struct {
	Dispatch ident.ID
	Duty     int
	Part     ident.ID // of whose part, or
	Tick     ident.ID // of which time; both empty for the duty itself
	Files    []FileInput
}

// AddFiles brings the proof of a duty, of one time that it was done or of somebody's part, until the unit reports the letter as
// done. Bringing the same file again changes nothing.
func (s *Service) AddFiles(ctx context.Context, actor person.Actor, in FilesInput) error {
	if len(in.Files) == 0 {
		return fault.Invalid.With("cascade.fault.fileMissing").At("file")
	}
	kept, err := s.keepFiles(ctx, actor, in.Dispatch, in.Part, in.Files)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		d, err := s.proveOn(ctx, tx, actor, in.Dispatch, in.Part)
		if err != nil {
			return err
		}
		of := File{DispatchID: d.ID, Duty: in.Duty, Part: in.Part, Tick: in.Tick}
		if err := checkTarget(ctx, tx, of); err != nil {
			return err
		}
		return s.attach(ctx, tx, actor, d, of, kept)
	})
}

// RemoveFile takes a file back that was brought by mistake. Taking it back twice changes nothing.
func (s *Service) RemoveFile(ctx context.Context, actor person.Actor, dispatch ident.ID, number int, id ident.ID) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		files, err := listFiles(ctx, tx, dispatch)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(files, func(f File) bool { return f.ID == id && f.Duty == number })
		var part ident.ID
		if i >= 0 {
			part = files[i].Part
		} else if parts, err := listParts(ctx, tx, dispatch); err != nil {
			return err
		} else if n := slices.IndexFunc(parts, func(p Part) bool { return p.Duty == number && p.Person == actor.ID }); n >= 0 {
			part = parts[n].ID // it may have been of their own part
		}
		d, err := s.proveOn(ctx, tx, actor, dispatch, part)
		if err != nil || i < 0 {
			return err
		}
		if err := d.unreported(); err != nil {
			return err
		}
		if err := deleteFile(ctx, tx, id); err != nil {
			return err
		}
		return s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_file", id, files[i].trace(), nil)
	})
}

// DutyFile opens a file of a duty to those who see the duty: the unit itself, and those above it on the letter's way. The
// caller closes it.
func (s *Service) DutyFile(ctx context.Context, actor person.Actor, dispatch ident.ID, number int, id ident.ID) (io.ReadSeekCloser, File, error) {
	d, _, err := s.seen(ctx, actor, dispatch)
	if err != nil {
		return nil, File{}, err
	}
	f, err := loadFile(ctx, s.db, id)
	if err != nil {
		return nil, File{}, err
	}
	if f.DispatchID != dispatch || f.Duty != number {
		return nil, File{}, fault.NotFound.With("cascade.fault.file")
	}
	file, name, err := s.OpenProof(ctx, actor, d.ReceiverID, f.Key, f.Name)
	f.Name = name
	return file, f, err
}

// keepFiles stores what was brought, once it is known that the actor may bring it; it belongs to nothing until attach.
func (s *Service) keepFiles(ctx context.Context, actor person.Actor, dispatch, part ident.ID, in []FileInput) ([]File, error) {
	if len(in) == 0 {
		return nil, nil
	}
	d, err := load(ctx, s.db, dispatch)
	if err != nil {
		return nil, err
	}
	if err := mayProve(ctx, s.db, actor, d, part); err != nil {
		return nil, err
	}
	if err := d.unreported(); err != nil {
		return nil, err
	}
	if len(in) > MaxFiles {
		return nil, fault.Invalid.With("cascade.fault.fileCount", "Limit", MaxFiles).At("file")
	}
	kept := make([]File, len(in))
	for i, one := range in {
		var bad fault.Fields
		kept[i].Name = baseName(one.Name)
		tooLong(&bad, "file", kept[i].Name, maxPlace)
		if err := bad.Err(); err != nil {
			return nil, err
		}
		if kept[i].Key, err = s.keepProof(ctx, one.Content); err != nil {
			return nil, ofFile(err, kept[i].Name)
		}
	}
	return kept, nil
}

// ofFile says of which of several files a fault is.
func ofFile(err error, name string) error {
	var key string
	switch fault.KindOf(err) {
	case fault.TooLarge:
		key = "cascade.fault.fileSize"
	case fault.Unsupported:
		key = "cascade.fault.fileKind"
	case fault.Invalid:
		key = "cascade.fault.fileNamedEmpty"
	default:
		return err
	}
	return fault.New(fault.KindOf(err), key, "Name", name, "Limit", MaxFileBytes>>20).At("file").Because(err)
}

// mayProve asks whether the actor may bring files: whoever does the unit's work, and for a part also whoever was given it,
// whatever their role.
func mayProve(ctx context.Context, q database.Querier, actor person.Actor, d Dispatch, part ident.ID) error {
	if part != "" {
		p, err := loadPart(ctx, q, part)
		if err != nil {
			return err
		}
		if p.DispatchID == d.ID && p.Person != "" && p.Person == actor.ID {
			return nil
		}
	}
	return d.MayHandle(actor, person.ActionCascadeWork)
}

// proveOn locks a dispatch to which the actor may bring files; the first one begins the work of an assigned letter.
func (s *Service) proveOn(ctx context.Context, tx *database.Tx, actor person.Actor, id, part ident.ID) (Dispatch, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Dispatch{}, err
	}
	if err := mayProve(ctx, tx, actor, d, part); err != nil {
		return Dispatch{}, err
	}
	return s.begun(ctx, tx, actor, d)
}

// unreported refuses to change what the unit has reported as done.
func (d Dispatch) unreported() error {
	if d.State == Completed {
		return fault.Conflict.With("cascade.fault.fileReported")
	}
	return nil
}

// checkTarget asks whether what is proved belongs to the duty.
func checkTarget(ctx context.Context, tx *database.Tx, of File) error {
	if _, err := findDuty(ctx, tx, of.DispatchID, of.Duty); err != nil {
		return err
	}
	if of.Part != "" {
		p, err := loadPart(ctx, tx, of.Part)
		if err != nil {
			return err
		}
		if p.DispatchID != of.DispatchID || p.Duty != of.Duty {
			return fault.NotFound.With("cascade.fault.part")
		}
	}
	if of.Tick == "" {
		return nil
	}
	ticks, err := listTicks(ctx, tx, of.DispatchID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(ticks, func(t Tick) bool { return t.ID == of.Tick && t.Duty == of.Duty }) {
		return fault.NotFound.With("cascade.fault.tick")
	}
	return nil
}

// attach makes kept files the proof of something, in the transaction that locked its dispatch.
func (s *Service) attach(ctx context.Context, tx *database.Tx, actor person.Actor, d Dispatch, of File, kept []File) error {
	if len(kept) == 0 {
		return nil
	}
	if err := d.unreported(); err != nil {
		return err
	}
	for _, f := range kept {
		one := of
		one.ID, one.Key, one.Name, one.CreatedBy, one.CreatedAt = s.ids.New(), f.Key, f.Name, actor.ID, tx.Now()
		fresh, err := insertFile(ctx, tx, one)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		if err := s.note(ctx, tx, actor, d, person.ActionCascadeWork, "duty_file", one.ID, nil, one.trace()); err != nil {
			return err
		}
	}
	n, err := countFiles(ctx, tx, of)
	if err == nil && n > MaxFiles {
		err = fault.Invalid.With("cascade.fault.fileCount", "Limit", MaxFiles).At("file")
	}
	return err
}

// trace is what the log keeps of a file: no names.
func (f File) trace() map[string]any {
	return map[string]any{"dispatch": f.DispatchID, "duty": f.Duty, "part": f.Part, "tick": f.Tick, "key": f.Key}
}
