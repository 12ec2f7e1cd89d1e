package web

import (
	"errors"
	"io"
	"net/http"

	"sachhon/internal/fault"
)

// body is what a client sends. A connection that breaks in the middle is the phone's weather and nobody's fault here:
// it is told apart from errors of our own, and the client sends again.
type body struct{ io.ReadCloser }

func (b body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return n, err
	}
	return n, fault.Interrupted.With("").Because(err)
}
