package pdfjoin

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"sachhon/internal/paper/box"
)

// The library that takes a PDF apart cannot be told to stop, and its limits are those of one stream, not of all. So it works
// in a process of its own: this program once more, which does nothing but one job, within limits of the system.
const (
	seconds   = 5 * time.Second
	wall      = 20 * time.Second
	heap      = 512 << 20
	heapAim   = "384MiB" // below the limit, so that what is no longer needed goes first
	maxOutput = 128 << 20

	exitBroken = 3 // of a process that could do nothing with the file
)

// asked is set for such a process.
const asked = "SACHHON_PDFJOIN"

func init() {
	if os.Getenv(asked) != "" {
		os.Exit(serve(os.Stdin, os.Stdout, os.Stderr))
	}
}

// serve does the job that it is given.
func serve(in io.Reader, out, complaints io.Writer) int {
	var j job
	err := gob.NewDecoder(in).Decode(&j)
	if err == nil {
		err = j.do(out)
	}
	if err == nil {
		return 0
	}
	_, _ = fmt.Fprintln(complaints, err) // whoever asked is told by the code as well
	if errors.Is(err, ErrBroken) {
		return exitBroken
	}
	return 1
}

// elsewhere has a job done by another process.
func elsewhere(ctx context.Context, w io.Writer, j job) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("pdfjoin: %w", err)
	}
	var in bytes.Buffer
	if err := gob.NewEncoder(&in).Encode(j); err != nil {
		return fmt.Errorf("pdfjoin: %w", err)
	}
	out, _, err := box.Run(ctx, box.Program{
		Path: self, Input: &in, Env: []string{asked + "=1", "GOMAXPROCS=1", "GOMEMLIMIT=" + heapAim, "GOTRACEBACK=none"},
	}, box.Limits{CPU: seconds, Wall: wall, Heap: heap, Output: maxOutput})
	if err == nil {
		_, err = w.Write(out)
		return err
	}
	f, failed := errors.AsType[*box.Failure](err)
	switch {
	case failed && f.Code == exitBroken:
		return fmt.Errorf("%w: %s", ErrBroken, f.Said)
	case errors.Is(err, box.ErrLong), failed && f.Code != 1 && ctx.Err() == nil:
		return fmt.Errorf("%w: %w", ErrHard, err)
	}
	return fmt.Errorf("pdfjoin: %w", err)
}
