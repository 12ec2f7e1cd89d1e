package report

import (
	"context"
	"errors"
	"io"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/person"
)

// Announce notes which photos are going to arrive and returns those that have not yet, so that a client knows what
// to send again. A report with photos on their way cannot be sent in.
func (s *Service) Announce(ctx context.Context, actor person.Actor, reportID ident.ID, coming []Expected) ([]Expected, error) {
	sub, err := s.find(ctx, s.db, actor, person.ActionReportWrite, reportID)
	if err != nil {
		return nil, err
	}
	most := sub.challenge.Parameters.PhotosAtMost
	for i := range coming {
		in := PhotoInput{ID: coming[i].ID, Role: coming[i].Role, FileName: coming[i].FileName, ClaimedSHA256: coming[i].SHA256}
		if err := in.clean(s.ids); err != nil {
			return nil, err
		}
		coming[i] = Expected{ID: in.ID, Role: in.Role, FileName: in.FileName, SHA256: in.ClaimedSHA256}
	}
	var missing []Expected
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := lock(ctx, tx, reportID)
		if err != nil {
			return err
		}
		if err := (subject{Report: r}).checkEditable(0); err != nil {
			return err
		}
		for _, e := range coming {
			_, known, err := knownPhoto(ctx, tx, reportID, e.ID, e.SHA256)
			if errors.Is(err, fault.Gone) || known {
				continue
			}
			if err != nil {
				return err
			}
			if err := expect(ctx, tx, reportID, e); err != nil {
				return err
			}
		}
		present, err := photosOf(ctx, tx, reportID)
		if err != nil {
			return err
		}
		if missing, err = expectedOf(ctx, tx, reportID); err != nil {
			return err
		}
		if len(present)+len(missing) > most {
			return fault.Invalid.With("report.fault.tooManyPhotos", "Most", most).At("photo")
		}
		return s.record(ctx, tx, actor, "report.photo.announce", r, nil, len(missing))
	})
	return missing, err
}

// RemovePhoto takes a photo out of a report that the entrant may still change, or gives up one that was announced.
// Before the first sending in its bytes are erased. Later they are kept for the board: they belong to a version that
// was sent in.
func (s *Service) RemovePhoto(ctx context.Context, actor person.Actor, reportID, photoID ident.ID) error {
	_, err := s.change(ctx, actor, person.ActionReportWrite, reportID, "", func(ctx context.Context, tx *database.Tx, sub subject) error {
		if err := sub.checkEditable(0); err != nil {
			return err
		}
		given, err := unexpect(ctx, tx, reportID, photoID, "")
		if err != nil || given {
			return err
		}
		p, err := getPhoto(ctx, tx, `id = $1 AND report_id = $2`, photoID, reportID)
		if err != nil || !p.RemovedAt.IsZero() {
			return err
		}
		if err := removePhoto(ctx, tx, photoID); err != nil {
			return err
		}
		if sub.SubmittedAt.IsZero() {
			if err := s.queue.Insert(ctx, tx, eraseJob{Photo: photoID}); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, actor, "report.photo.remove", sub.Report, loggedPhoto(p), nil)
	})
	return err
}

// eraseJob asks for the bytes of a removed photo to be erased.
type eraseJob struct {
	Photo ident.ID `json:"photo"`
}

// Kind implements jobs.Args.
func (eraseJob) Kind() string { return "report.erase_photo" }

// erase deletes all forms of a removed photo; doing it again harms nothing.
func (s *Service) erase(ctx context.Context, job eraseJob) error {
	p, err := getPhoto(ctx, s.db, `id = $1 AND removed_at IS NOT NULL`, job.Photo)
	if err != nil {
		return err
	}
	for _, size := range []Size{Original, Large, Thumb} {
		if err := s.blobs.Delete(ctx, p.Key(size)); err != nil {
			return err
		}
	}
	return nil
}

// File is a stored form of a photo; the caller closes it.
type File struct {
	io.ReadSeekCloser
	MediaType string
	Size      int64
	SHA256    string // of the original: with the size of the picture it never changes
	At        clock.Time
}

// OpenPhoto returns one form of a photo. Everybody may see the two derived sizes of a valid report's photos if the
// entrant agreed, slips excepted; everything else is for those who may read the report, and the original, with what the camera wrote, for
// the representatives and the board alone.
func (s *Service) OpenPhoto(ctx context.Context, actor person.Actor, photoID ident.ID, size Size) (File, error) {
	p, err := getPhoto(ctx, s.db, `id = $1`, photoID)
	if err != nil {
		return File{}, err
	}
	r, err := get(ctx, s.db, `id = $1`, p.Report)
	if err != nil {
		return File{}, err
	}
	sub, err := s.subject(ctx, s.db, r)
	if err != nil {
		return File{}, err
	}
	shown, err := s.entrants.Agreed(ctx, s.db, entrant.ShowPhotos, []ident.ID{sub.entrant.ID})
	if err != nil {
		return File{}, err
	}
	if err := sub.maySee(actor, p, size, shown[sub.entrant.ID]); err != nil {
		return File{}, err
	}
	body, info, err := s.blobs.Open(ctx, p.Key(size))
	if err != nil {
		return File{}, err
	}
	kind := imaging.JPEG
	if size == Original {
		kind = imaging.Format(p.Format)
	}
	return File{ReadSeekCloser: body, MediaType: kind.MediaType(), Size: info.Size, SHA256: p.SHA256, At: p.CreatedAt}, nil
}

func (sub subject) maySee(actor person.Actor, p Photo, size Size, agreed bool) error {
	switch size {
	case Original:
		if actor.Can(person.ActionReviewRead, sub.on()) == nil {
			return nil
		}
		// A clerk may write for a team, but the originals say where and with what they were taken.
		return sub.permit(actor, person.ActionReportAppeal)
	case Large, Thumb:
		if sub.State == Valid && agreed && p.Role != Slip && p.RemovedAt.IsZero() {
			return nil
		}
		return sub.permit(actor, person.ActionReportRead)
	}
	return fault.NotFound.With("report.fault.noPhoto")
}
