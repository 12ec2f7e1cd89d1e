package cascade

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"sachhon/internal/blob"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
)

// MaxFileBytes is how large one photo or PDF may be that proves something.
const MaxFileBytes = 25 << 20

// keepProof stores a photo or a PDF and returns its key, "" when there is none. One without a byte is none that anybody chose.
func (s *Service) keepProof(ctx context.Context, file io.Reader) (string, error) {
	if file == nil {
		return "", nil
	}
	key, err := blob.AddProof(ctx, s.blobs, file, MaxFileBytes)
	if err == nil && key == "" {
		err = fault.Invalid.With("cascade.fault.fileEmpty").At("file")
	}
	return key, err
}

// OpenProof opens a photo or a PDF that a unit brought for somebody who may read what it proves, and returns the name to save it
// under. The unit gets the file that it brought; others get a photo as its pixels alone: what the camera wrote, a position above
// all, is not their business. The caller asked permission, and closes it.
func (s *Service) OpenProof(ctx context.Context, actor person.Actor, unitID ident.ID, key, name string) (io.ReadSeekCloser, string, error) {
	file, _, err := s.blobs.Open(ctx, key)
	if err != nil {
		return nil, "", err
	}
	if slices.Contains(actor.UnitsOf(handlers...), unitID) {
		return file, name, nil
	}
	document, err := isPDF(file)
	if err == nil && document {
		return file, name, nil
	}
	defer file.Close()
	if err != nil {
		return nil, "", err
	}
	picture, err := s.pictures.Plain(ctx, file)
	if err != nil {
		return nil, "", err
	}
	if name != "" {
		name = strings.TrimSuffix(name, path.Ext(name)) + ".jpg"
	}
	return memory{bytes.NewReader(picture.JPEG)}, name, nil
}

// isPDF tells by the first bytes of a proof whether it is a document rather than a photo, and goes back to them.
func isPDF(file io.ReadSeeker) (bool, error) {
	head := make([]byte, len("%PDF-"))
	if _, err := io.ReadFull(file, head); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false, err
	}
	_, err := file.Seek(0, io.SeekStart)
	return string(head) == "%PDF-", err
}

// memory is a file that was made for one answer.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// baseName is a file's name without the folders that some browsers send along.
func baseName(name string) string {
	name = lang.Clean(name)
	return name[strings.LastIndexAny(name, `/\`)+1:]
}
