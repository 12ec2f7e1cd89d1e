package form

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"sachhon/internal/web/ui"
)

// Spool keeps uploaded files on the disk until the rest of their form has been read: their meaning may follow them.
type Spool struct {
	files []Spooled
}

// Spooled is one of the files.
type Spooled struct {
	Name    string // as the browser sent it
	Content io.Reader
	kept    *os.File
}

// Receive keeps the first file, one byte more than the limit at most so that the service sees that it is too large, and
// reads the rest to its end so that the form behind it is still read.
func (s *Spool) Receive(limit int64) Receive { return s.ReceiveAll(1, limit) }

// ReceiveAll is Receive for the first so many files.
func (s *Spool) ReceiveAll(most int, limit int64) Receive {
	return func(_, name string, body io.Reader) error {
		if len(s.files) < most {
			file, err := os.CreateTemp("", "sachhon-upload-")
			if err != nil {
				return err
			}
			s.files = append(s.files, Spooled{name, file, file})
			if _, err := io.Copy(file, io.LimitReader(body, limit+1)); err != nil {
				return err
			}
		}
		_, err := io.Copy(io.Discard, body)
		return err
	}
}

// Name is the first file's as the browser sent it, "" when none came.
func (s *Spool) Name() string {
	if len(s.files) == 0 {
		return ""
	}
	return s.files[0].Name
}

// Open returns the first file from its beginning, nil when none came.
func (s *Spool) Open() (io.Reader, error) {
	files, err := s.Files()
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return files[0].Content, nil
}

// Files returns the files from their beginnings, in the order of the form.
func (s *Spool) Files() ([]Spooled, error) {
	for _, f := range s.files {
		if _, err := f.kept.Seek(0, io.SeekStart); err != nil {
			return nil, fmt.Errorf("form: read an upload again: %w", err)
		}
	}
	return s.files, nil
}

// Close removes the files.
func (s *Spool) Close() {
	for _, f := range s.files {
		// Nothing depends on it any more; what stays behind is the temporary folder's to clean.
		_ = errors.Join(f.kept.Close(), os.Remove(f.kept.Name()))
	}
}

// ProofField completes a control that takes a photo from the phone, or a document, that proves something.
func (f *Form) ProofField(ctx context.Context, control ui.Field) ui.FileField {
	control.Name = "file"
	return ui.FileField{Field: f.Field(ctx, control), Accept: "image/jpeg,image/png,image/webp,application/pdf"}
}
