package imaging

import (
	"context"
	"errors"
	"fmt"
	"io"

	"sachhon/internal/fault"
)

// untilDone reads until the context ends: decoding a large photo takes seconds, and asks nothing but for more bytes.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// reader feeds a decoder. It remembers what the decoder cannot know: whether the bytes ran out, and whether reading
// failed, which is not the photo's fault.
type reader struct {
	r      io.Reader
	ended  bool
	failed error
}

func (r *reader) Read(p []byte) (n int, err error) {
	n, err = r.r.Read(p)
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
