package edxml

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// pack returns the content of an attachment as it travels: a zip archive of one file, in base64.
func pack(a Attachment) (string, error) {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	// The day from which the regulation holds, so that the same file always makes the same bytes.
	entry, err := z.CreateHeader(&zip.FileHeader{
		Name: a.Name, Method: zip.Deflate, Modified: time.Date(2016, time.October, 1, 0, 0, 0, 0, clock.Zone),
	})
	if err != nil {
		return "", err
	}
	if _, err := entry.Write(a.Body); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(archive.Bytes()), nil
}

var errTooLarge = errors.New("edxml: an attachment unpacks to more than allowed")

// unpack returns the file that travelled as text: base64, mostly of a zip archive with one file, at times of the file
// itself or of gzip. No more than room bytes come out. packed is false when it was not a zip archive.
func unpack(text, name string, room int, ratio int64) (body []byte, packed bool, err error) {
	raw, err := decodeBase64(text)
	if err != nil {
		return nil, false, err
	}
	limit := min(int64(room), int64(len(raw))*ratio+64<<10)
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		if f := onlyFile(raw, name); f != nil {
			r, err := f.Open()
			if err != nil {
				return nil, true, err
			}
			body, err = readUpTo(r, limit)
			return body, true, errors.Join(err, r.Close())
		}
	case bytes.HasPrefix(raw, []byte("\x1f\x8b")) && !isArchive(name):
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, false, err
		}
		body, err = readUpTo(r, limit)
		return body, false, errors.Join(err, r.Close())
	}
	if len(raw) > room {
		return nil, false, errTooLarge
	}
	return raw, false, nil
}

// decodeBase64 takes the standard alphabet and that of addresses, with or without padding, with any white space.
func decodeBase64(text string) ([]byte, error) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n':
			return -1
		case '-':
			return '+'
		case '_':
			return '/'
		}
		return r
	}, text)
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}

// onlyFile returns the file of an archive that was made for the journey: there is one, and it is what the attachment is
// called or the attachment itself is no archive. A DOCX is an archive too, but of many files.
func onlyFile(raw []byte, name string) *zip.File {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(z.File) != 1 || z.File[0].FileInfo().IsDir() {
		return nil
	}
	f := z.File[0]
	if !isArchive(name) || fileName(f.Name) == fileName(name) {
		return f
	}
	return nil
}

// isArchive tells whether files of this name are archives by themselves.
func isArchive(name string) bool {
	return slices.Contains([]string{
		".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".jar", ".epub", ".gz", ".tgz",
	}, strings.ToLower(path.Ext(name)))
}

func readUpTo(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, errTooLarge
	}
	return body, nil
}

// attachmentFault says which attachment cannot be read, and whether it is too large.
func attachmentFault(name string, err error) error {
	if errors.Is(err, errTooLarge) {
		return fault.TooLarge.With("edxml.fault.attachmentLarge", "Name", name).Because(err)
	}
	return fault.Invalid.With("edxml.fault.attachment", "Name", name).Because(err)
}
