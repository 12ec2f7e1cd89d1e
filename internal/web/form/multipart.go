package form

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// The limits of the texts in a form with files.
const (
	maxTexts     = 1 << 20
	maxTextParts = 500
)

// Receive takes one file of a form while it arrives. The name of the file is as the browser sent it.
type Receive func(input, fileName string, body io.Reader) error

// ReadFiles reads a form with files as a stream: each file is handed on while it arrives, in the order of the form,
// and nothing of it stays in memory. A form sent without files is read as well. Inputs without a chosen file bring
// nothing.
func ReadFiles(r *http.Request, receive Receive) (*Form, error) {
	reader, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return Read(r)
	}
	if err != nil {
		return nil, fault.Malformed.With("").Because(err)
	}
	values, room := url.Values{}, int64(maxTexts)
	for parts := 0; ; {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return New(values), nil
		}
		if err != nil {
			return nil, broken(err)
		}
		switch {
		case part.FileName() != "":
			err = receive(part.FormName(), part.FileName(), part)
		case part.Header.Get("Content-Type") == "":
			if parts++; parts > maxTextParts {
				return nil, fault.TooLarge.With("")
			}
			room, err = readText(values, part, room)
		}
		if err != nil {
			return nil, broken(err)
		}
	}
}

func readText(values url.Values, part *multipart.Part, room int64) (left int64, err error) {
	text, err := io.ReadAll(io.LimitReader(part, room+1))
	if err != nil {
		return 0, err
	}
	if int64(len(text)) > room {
		return 0, fault.TooLarge.With("")
	}
	if !lang.Legible(part.FormName()) || !lang.Legible(string(text)) { // as web.Router asks of a form without files
		return 0, fault.Malformed.With("")
	}
	values.Add(part.FormName(), string(text))
	return room - int64(len(text)), nil
}

// broken tells a body that could not be read from an error of whoever received a file.
func broken(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	if fault.KindOf(err) != "" {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, multipart.ErrMessageTooLarge) || isSyntax(err) {
		return fault.Malformed.With("").Because(err)
	}
	return err
}

// isSyntax tells whether the multipart reader met something that is no form; it has a type for headers only.
func isSyntax(err error) bool {
	if _, ok := errors.AsType[textproto.ProtocolError](err); ok {
		return true
	}
	const prefix = "multipart: "
	return len(err.Error()) > len(prefix) && err.Error()[:len(prefix)] == prefix
}
