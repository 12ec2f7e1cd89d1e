package letter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"sachhon/internal/audit"
	"sachhon/internal/blob"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// SignedFile is an electronic copy as its organ signed it.
type SignedFile struct {
	FileKey     string
	FileName    string
	Size        int64
	Signatures  []Signature
	Differences []Difference // from what was made here
	By          ident.ID
	At          clock.Time // when it was uploaded
}

// Hash is the SHA-256 of the file.
func (f SignedFile) Hash() string { return hashOf(f.FileKey) }

// SignCopy keeps the file of an electronic copy that was signed elsewhere. What is not intact is refused; the time of signing
// is the one that the signature says. Another file replaces it, which the log tells.
func (s *Service) SignCopy(ctx context.Context, actor person.Actor, id ident.ID, in UploadInput) (Copy, error) {
	c, err := loadCopy(ctx, s.db, id)
	if err != nil {
		return Copy{}, err
	}
	if err := actor.Can(person.ActionLetterIssue, person.On{Unit: c.UnitID}); err != nil {
		return Copy{}, err
	}
	switch {
	case !c.Electronic:
		return Copy{}, fault.Conflict.With("letter.fault.paperCopy")
	case in.File == nil:
		return Copy{}, fault.Invalid.With("letter.fault.noFile").At("file")
	}
	pdf, err := in.receive()
	if err != nil {
		return Copy{}, err
	}
	signed := SignedFile{FileName: fileName(in.Name), Size: int64(len(pdf)), By: actor.ID}
	if signed.Signatures, err = s.signatures(ctx, pdf, false); err != nil {
		return Copy{}, err
	}
	made, err := s.readCopy(ctx, c)
	if err != nil {
		return Copy{}, err
	}
	if signed.Differences, err = s.comparedCopy(ctx, pdf, made); err != nil {
		return Copy{}, err
	}
	digest, _, err := blob.Add(ctx, s.blobs, bytes.NewReader(pdf))
	if err != nil {
		return Copy{}, fmt.Errorf("letter: keep the signed copy %s: %w", c.Symbol, err)
	}
	signed.FileKey = digest.Key()
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if c, err = loadCopy(ctx, tx, id); err != nil {
			return err
		}
		if c.Signed.FileKey == signed.FileKey {
			return errUnchanged
		}
		signed.At = tx.Now()
		c.Signed, c.SignedAt = signed, signedAt(signed.Signatures)
		if err := storeSigned(ctx, tx, c); err != nil {
			return err
		}
		return s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionLetterIssue), Kind: "letter_copy", Object: c.ID,
			After: map[string]any{"symbol": c.Symbol, "sha256": digest.String(), "size": signed.Size, "signatures": len(signed.Signatures), "signed": c.SignedAt},
		})
	})
	return c, dropUnchanged(err)
}

func (s *Service) readCopy(ctx context.Context, c Copy) (file []byte, err error) {
	f, err := s.openCopy(ctx, c.FileKey)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if file, err = io.ReadAll(f); err != nil {
		return nil, fmt.Errorf("letter: read copy %s: %w", c.Symbol, err)
	}
	return file, nil
}

// comparedCopy compares a signed file with the one that was made to be signed.
func (s *Service) comparedCopy(ctx context.Context, file, made []byte) ([]Difference, error) {
	var l Letter
	if text, r, err := s.read(ctx, made); err == nil {
		l.Source, l.Fields = text, r.Fields()
	}
	return s.compared(ctx, file, l, made)
}

// SignedCopy opens the signed file of a copy. The caller closes it.
func (s *Service) SignedCopy(ctx context.Context, actor person.Actor, id ident.ID) (io.ReadSeekCloser, Copy, error) {
	c, err := s.CopyOf(ctx, actor, id)
	if err != nil {
		return nil, Copy{}, err
	}
	f, err := s.openCopy(ctx, c.Signed.FileKey)
	return f, c, err
}
