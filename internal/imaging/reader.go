package imaging

import (
	"context"
	"errors"
	"fmt"
	"io"

	"sachhon/internal/fault"
)

// reader feeds a decoder until the context ends. It remembers what the decoder cannot know: whether the bytes ran
// out, and whether reading failed, which is not the photo's fault.
type reader struct {
	ctx    context.Context
	r      io.Reader
	ended  bool
	failed error
}

func (r *reader) Read(p []byte) (n int, err error) {
	if err = r.ctx.Err(); err == nil {
		n, err = r.r.Read(p)
	}
	switch {
	case errors.Is(err, io.EOF):
		r.ended = true
	case err != nil:
		r.failed = err
	}
	return n, err
}

// explain turns a decoder's error into a message for the person who sent the photo: a decoder that wanted more
// bytes than there are has met a photo that was cut, any other a damaged one.
func (r *reader) explain(format Format, err error) error {
	switch {
	case r.failed != nil:
		return fmt.Errorf("imaging: read: %w", r.failed)
	case r.ended && format != HEIC: // whose decoder takes all bytes before it begins
		return fault.New(fault.Invalid, "imaging.fault.cut").Because(err)
	}
	return fault.New(fault.Invalid, "imaging.fault.broken").Because(err)
}

// brokenOnPanic makes a decoder that panics on a crafted file one more way of saying that the file is broken.
func brokenOnPanic(err *error) {
	if p := recover(); p != nil {
		*err = fault.New(fault.Invalid, "imaging.fault.broken").Because(fmt.Errorf("imaging: a decoder panicked: %v", p))
	}
}
