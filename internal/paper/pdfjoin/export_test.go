package pdfjoin

import (
	"io"
	"time"
)

// Here does in this process what the package does in another: for a fuzzer, which tries thousands of files.
func Here(w io.Writer, theirs, ours []byte, made time.Time) []error {
	var errs []error
	for _, j := range []job{{How: behind}, {How: before}, {How: onto, Where: "pos:tr, off:-50 -30, scale:1 abs, rot:0"}} {
		j.Theirs, j.Ours, j.Made = theirs, ours, made
		errs = append(errs, j.do(w))
	}
	return errs
}
