package challenge

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"sachhon/internal/blob"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// DocumentInput is a file to be added to a challenge. Sending the same ID again returns the one that exists.
type DocumentInput struct {
	ID       ident.ID
	Kind     DocumentKind
	Title    string
	Symbol   string
	FileName string
	Content  io.Reader
}

// AddDocument keeps a file with the challenge, for everybody who may see the challenge to download.
func (s *Service) AddDocument(ctx context.Context, actor person.Actor, id ident.ID, in DocumentInput) (Document, error) {
	c, err := s.Find(ctx, s.db, id)
	if err != nil {
		return Document{}, err
	}
	if err := actor.Can(person.ActionChallengeEdit, on(c)); err != nil {
		return Document{}, hide(c, actor, err)
	}
	d, content, err := in.read()
	if err != nil {
		return Document{}, err
	}
	// The file is kept before its row: a row never points at nothing, and a file without a row harms nobody.
	digest, size, err := blob.Add(ctx, s.files, bytes.NewReader(content))
	if err != nil {
		return Document{}, fmt.Errorf("challenge: keep a document: %w", err)
	}
	if d.ID == "" {
		d.ID = s.ids.New()
	}
	d.Challenge, d.Size, d.SHA256, d.CreatedBy = id, size, digest.String(), actor.Identity()
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		known, err := document(ctx, tx, d.ID)
		switch {
		case err == nil && known.Challenge != id:
			return fault.NotFound.With("challenge.fault.noDocument")
		case err == nil:
			d = known
			return nil
		case !errors.Is(err, fault.NotFound):
			return err
		}
		d.CreatedAt = tx.Now()
		if err := insertDocument(ctx, tx, d); err != nil {
			return err
		}
		return s.record(ctx, tx, actor, "challenge.document", id, nil, struct{ File, SHA256 string }{d.FileName, d.SHA256})
	})
	return d, err
}

// read checks the input and reads the file, up to its limit.
func (in DocumentInput) read() (Document, []byte, error) {
	var f fault.Fields
	d := Document{
		ID: in.ID, Kind: in.Kind, Title: lang.Clean(in.Title), Symbol: lang.Clean(in.Symbol),
		FileName: cleanFileName(in.FileName),
	}
	checkText(&f, "title", d.Title, maxTitle, true)
	checkText(&f, "symbol", d.Symbol, maxTitle, false)
	if !slices.Contains(DocumentKinds, d.Kind) {
		f.Add("kind", "challenge.fault.documentKind")
	}
	if d.FileName == "" || in.Content == nil {
		f.Add("file", "challenge.fault.noFile")
	}
	checkText(&f, "file", d.FileName, maxTitle, false)
	if err := f.Err(); err != nil {
		return d, nil, err
	}
	content, err := io.ReadAll(io.LimitReader(in.Content, MaxDocument+1))
	if err != nil {
		return d, nil, fault.Malformed.With("").Because(err)
	}
	if len(content) > MaxDocument {
		return d, nil, fault.TooLarge.With("challenge.fault.documentSize", "Megabytes", MaxDocument>>20).At("file")
	}
	if len(content) == 0 {
		return d, nil, fault.Invalid.With("challenge.fault.noFile").At("file")
	}
	mediaType, ok := mediaTypeOf(d.FileName, content)
	if !ok {
		return d, nil, fault.Unsupported.With("challenge.fault.documentType").At("file")
	}
	d.MediaType = mediaType
	return d, content, nil
}

// Documents returns the files of a challenge, in the order in which they were added.
func (s *Service) Documents(ctx context.Context, actor person.Actor, id ident.ID) ([]Document, error) {
	if _, err := s.ByID(ctx, actor, id); err != nil {
		return nil, err
	}
	return documents(ctx, s.db, id)
}

// OpenDocument returns a file for download; the caller closes it.
func (s *Service) OpenDocument(ctx context.Context, actor person.Actor, id ident.ID) (Document, io.ReadSeekCloser, error) {
	d, err := document(ctx, s.db, id)
	if err != nil {
		return Document{}, nil, err
	}
	if _, err := s.ByID(ctx, actor, d.Challenge); err != nil {
		return Document{}, nil, err
	}
	digest, err := blob.ParseDigest(d.SHA256)
	if err != nil {
		return Document{}, nil, err
	}
	file, _, err := s.files.Open(ctx, digest.Key())
	return d, file, err
}
