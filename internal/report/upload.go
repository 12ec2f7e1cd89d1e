package report

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"sachhon/internal/blob"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// PhotoInput is one photo as it arrives.
type PhotoInput struct {
	ID       ident.ID // made by the client; the same photo may be sent again under it without harm
	Role     Role
	FileName string
	// ClaimedSHA256 is what the sender computed over the bytes it sends, or empty. What arrives damaged is refused,
	// and what is here already need not be read again.
	ClaimedSHA256 string
	Reader        io.Reader
}

// AddPhoto stores a photo of a report that the entrant may still change. The same photo again, told by its identifier
// or its content, is the one that is there.
//
// Everything slow happens outside the transaction: the bytes are stored first, under a name that holds their hash,
// and only a photo that is stored is acknowledged.
func (s *Service) AddPhoto(ctx context.Context, actor person.Actor, reportID ident.ID, in PhotoInput) (Photo, error) {
	sub, err := s.find(ctx, s.db, actor, person.ActionReportWrite, reportID)
	if err != nil {
		return Photo{}, err
	}
	if err := in.clean(s.ids); err != nil {
		return Photo{}, err
	}
	if known, ok, err := knownPhoto(ctx, s.db, reportID, in.ID, in.ClaimedSHA256); err != nil {
		return Photo{}, err
	} else if ok {
		return known, s.arrived(ctx, known, in.ID)
	}
	if err := sub.checkEditable(0); err != nil {
		return Photo{}, err
	}
	file, err := spool(in.Reader)
	if err != nil {
		return Photo{}, err
	}
	defer file.discard()
	if in.ClaimedSHA256 != "" && in.ClaimedSHA256 != file.sha256 {
		return Photo{}, fault.Invalid.With("report.fault.photoDamaged").At("photo")
	}
	// The same photo sent several times at once is decoded once. It has arrived, so whoever waits for the answer no
	// longer matters.
	stored, err, _ := s.uploads.Do(string(reportID)+file.sha256, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeWithin)
		defer cancel()
		return s.store(ctx, actor, sub, in, file)
	})
	if err != nil {
		return Photo{}, err
	}
	photo := stored.(Photo)
	return photo, s.arrived(ctx, photo, in.ID)
}

const storeWithin = 5 * time.Minute

// clean checks what describes the photo.
func (in *PhotoInput) clean(ids *ident.Generator) error {
	if in.ID == "" {
		in.ID = ids.New()
	}
	if _, err := ident.Parse(string(in.ID)); err != nil {
		return fault.Malformed.With("").Because(err)
	}
	if !in.Role.valid() {
		return fault.Invalid.With("report.fault.photoRole").At("role")
	}
	in.FileName = cleanFileName(in.FileName)
	in.ClaimedSHA256 = strings.ToLower(in.ClaimedSHA256)
	if in.ClaimedSHA256 == "" {
		return nil
	}
	if _, err := blob.ParseDigest(in.ClaimedSHA256); err != nil {
		return fault.Malformed.With("").Because(err)
	}
	return nil
}

// cleanFileName keeps the last part of a name that a browser sent, composed and not too long.
func cleanFileName(name string) string {
	name = path.Base(lang.Clean(strings.ReplaceAll(name, `\`, "/")))
	if name == "." || name == "/" {
		return ""
	}
	if letters := []rune(name); len(letters) > maxFileName {
		name = string(letters[len(letters)-maxFileName:]) // the end tells the kind
	}
	return name
}

// knownPhoto looks for the photo by its identifier and by its content in the report. An identifier that was used
// elsewhere, or for a photo that was removed, is refused.
func knownPhoto(ctx context.Context, q database.Querier, reportID, id ident.ID, sha256 string) (Photo, bool, error) {
	p, err := getPhoto(ctx, q, `id = $1`, id)
	switch {
	case err == nil && p.Report != reportID:
		return Photo{}, false, fault.Conflict.With("report.fault.photoTaken")
	case err == nil && !p.RemovedAt.IsZero():
		return Photo{}, false, fault.Gone.With("report.fault.photoRemoved")
	case err == nil && sha256 != "" && sha256 != p.SHA256:
		return Photo{}, false, fault.Conflict.With("report.fault.photoTaken")
	case err == nil:
		return p, true, nil
	case !errors.Is(err, fault.NotFound):
		return Photo{}, false, err
	}
	p, err = getPhoto(ctx, q, `report_id = $1 AND sha256 = $2 AND removed_at IS NULL`, reportID, sha256)
	if errors.Is(err, fault.NotFound) {
		return Photo{}, false, nil
	}
	return p, err == nil, err
}

// store makes the public copies, keeps all three forms and then the row.
func (s *Service) store(ctx context.Context, actor person.Actor, sub subject, in PhotoInput, file *spooled) (Photo, error) {
	if known, ok, err := knownPhoto(ctx, s.db, sub.ID, in.ID, file.sha256); ok || err != nil {
		return known, err
	}
	derived, err := s.pictures.Derive(ctx, file)
	if err != nil {
		return Photo{}, atPhoto(err)
	}
	p := Photo{
		ID: in.ID, Report: sub.ID, Role: in.Role, FileName: in.FileName, SHA256: file.sha256,
		Size: derived.Header.Bytes, Format: string(derived.Header.Format), TakenAt: derived.Facts.Taken,
		Hash: uint64(derived.Hash), CreatedBy: actor.Identity(),
	}
	p.Width, p.Height = derived.Header.Width, derived.Header.Height
	if (p.Width > p.Height) != (derived.Large.Width > derived.Large.Height) { // the stored pixels lie on their side
		p.Width, p.Height = p.Height, p.Width
	}
	if derived.Facts.PlaceKnown {
		p.Point = &derived.Facts.Place
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Photo{}, err
	}
	for _, form := range []struct {
		size Size
		r    io.Reader
	}{
		{Original, file}, {Large, bytes.NewReader(derived.Large.JPEG)}, {Thumb, bytes.NewReader(derived.Thumb.JPEG)},
	} {
		if _, err := s.blobs.PutIfAbsent(ctx, p.Key(form.size), form.r); err != nil {
			return Photo{}, err
		}
	}
	return s.keep(ctx, actor, sub, p)
}

// keep adds the row of a photo whose bytes are stored. What was asked before is asked again while nobody else can
// write to the report: whether it may still change, how many photos it has, and whether this one is among them.
func (s *Service) keep(ctx context.Context, actor person.Actor, sub subject, p Photo) (Photo, error) {
	err := s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := lock(ctx, tx, sub.ID)
		if err != nil {
			return err
		}
		if _, err := unexpect(ctx, tx, r.ID, p.ID, p.SHA256); err != nil {
			return err
		}
		if known, ok, err := knownPhoto(ctx, tx, r.ID, p.ID, p.SHA256); ok || err != nil {
			if ok {
				p = known
			}
			return err
		}
		if err := (subject{Report: r}).checkEditable(0); err != nil {
			return err
		}
		present, err := photosOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if most := sub.challenge.Parameters.PhotosAtMost; len(present) >= most {
			return fault.Invalid.With("report.fault.tooManyPhotos", "Most", most).At("photo")
		}
		if err := insertPhoto(ctx, tx, p); err != nil {
			return err
		}
		p.CreatedAt = tx.Now()
		return s.record(ctx, tx, actor, "report.photo.add", r, nil, loggedPhoto(p))
	})
	return p, err
}

// arrived forgets that the photo was announced under another identifier.
func (s *Service) arrived(ctx context.Context, p Photo, id ident.ID) error {
	if p.ID == id {
		return nil
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := unexpect(ctx, tx, p.Report, id, p.SHA256)
		return err
	})
}

// photoEntry is what the log keeps of a photo; the hash lets anybody prove later what was there.
type photoEntry struct {
	Photo  ident.ID `json:"photo"`
	Role   Role     `json:"role"`
	SHA256 string   `json:"sha256"`
}

func loggedPhoto(p Photo) photoEntry { return photoEntry{Photo: p.ID, Role: p.Role, SHA256: p.SHA256} }

// atPhoto puts the message about a photo beside the input it came from.
func atPhoto(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok && len(f.Fields) == 0 {
		return f.At("photo")
	}
	return err
}

// spooled is a photo on its way, in a temporary file: a slow sender holds no memory.
type spooled struct {
	*os.File
	sha256 string
}

// spool reads the photo to its end, or until it is too large.
func spool(r io.Reader) (_ *spooled, err error) {
	file, err := os.CreateTemp("", "sachhon-photo-*")
	if err != nil {
		return nil, fmt.Errorf("report: receive a photo: %w", err)
	}
	s := &spooled{File: file}
	defer func() {
		if err != nil {
			s.discard()
		}
	}()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(file, sum), io.LimitReader(r, imaging.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("report: receive a photo: %w", err)
	}
	if n > imaging.MaxBytes {
		return nil, fault.TooLarge.With("imaging.fault.tooManyBytes", "Limit", imaging.MaxBytes>>20).At("photo")
	}
	s.sha256 = hex.EncodeToString(sum.Sum(nil))
	return s, nil
}

// discard removes the file. That it fails harms nothing: the system clears its temporary files.
func (s *spooled) discard() {
	_ = s.Close()
	_ = os.Remove(s.Name())
}
