package form

import (
	"errors"
	"io"
	"os"
)

// Spool keeps an uploaded file on the disk until the rest of its form has been read: its meaning may follow it.
type Spool struct {
	file *os.File
	name string
}

// Receive keeps the first file, one byte more than the limit at most so that the service sees that it is too large, and
// reads the rest to its end so that the form behind it is still read.
func (s *Spool) Receive(limit int64) Receive {
	return func(_, name string, body io.Reader) error {
		if s.file == nil {
			file, err := os.CreateTemp("", "sachhon-upload-")
			if err != nil {
				return err
			}
			s.file, s.name = file, name
			if _, err := io.Copy(file, io.LimitReader(body, limit+1)); err != nil {
				return err
			}
		}
		_, err := io.Copy(io.Discard, body)
		return err
	}
}

// Name is the file's as the browser sent it, "" when none came.
func (s *Spool) Name() string { return s.name }

// Open returns the file from its beginning, nil when none came.
func (s *Spool) Open() (io.Reader, error) {
	if s.file == nil {
		return nil, nil
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return s.file, err
}

// Close removes the file.
func (s *Spool) Close() {
	if s.file != nil {
		// Nothing depends on it any more; what stays behind is the temporary folder's to clean.
		_ = errors.Join(s.file.Close(), os.Remove(s.file.Name()))
	}
}
