// Package poppler runs the programs of poppler-utils on a file of somebody else's within limits: a second of processor time
// and a heap for each call, a bound on what is written, no shell, no network, no file but the one that is read.
package poppler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// What a call may use.
const (
	seconds = 1
	wall    = 5 * time.Second // a machine that is busy gives a second of its time later
	heap    = 48 << 20
	little  = 8 << 20 // for what only lists
	words   = 8 << 10 // of complaints
)

// ErrLong is returned for a program that writes more than it may.
var ErrLong = errors.New("poppler: the program writes more than it may")

// Failure is a program that did not end well.
type Failure struct {
	Said string // what it complained about
	Code int    // its exit code, negative when it was ended
	Late bool   // it took too long
	Err  error
}

func (f *Failure) Error() string { return fmt.Sprintf("poppler: %v: %.300s", f.Err, f.Said) }

// Unwrap returns what the operating system said.
func (f *Failure) Unwrap() error { return f.Err }

// Tool is a program that is installed.
type Tool struct {
	path string
	heap int
}

// Light is the program with a small heap, for what only looks a file over, beside another program that reads it.
func (t Tool) Light() Tool { return Tool{t.path, little} }

// Find looks a program up.
func Find(name string) (Tool, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return Tool{}, fmt.Errorf("poppler: poppler-utils is not installed: %w", err)
	}
	return Tool{path, heap}, nil
}

// File keeps bytes where the programs can read them, until it is closed.
type File struct{ file *os.File }

// NewFile writes a temporary file.
func NewFile(b []byte) (*File, error) {
	file, err := os.CreateTemp("", "sachhon-*.pdf")
	if err != nil {
		return nil, fmt.Errorf("poppler: temporary file: %w", err)
	}
	f := &File{file}
	if _, err := file.Write(b); err != nil {
		f.Close()
		return nil, fmt.Errorf("poppler: temporary file: %w", err)
	}
	return f, nil
}

// Name is the path of the file.
func (f *File) Name() string { return f.file.Name() }

// Close removes the file. Nothing can be done about one that will not go; the operating system clears its folder.
func (f *File) Close() {
	_ = f.file.Close()
	_ = os.Remove(f.file.Name())
}

// Run returns what the program writes, at most limit bytes.
func (t Tool) Run(ctx context.Context, limit int64, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, wall)
	defer cancel()
	cmd := exec.CommandContext(ctx, t.path, args...)
	if prlimit, err := exec.LookPath("prlimit"); err == nil { // Linux
		limits := []string{
			"--cpu=" + strconv.Itoa(seconds), "--data=" + strconv.Itoa(t.heap), "--fsize=0", "--core=0", "--nproc=64", "--nofile=32", t.path,
		}
		cmd = exec.CommandContext(ctx, prlimit, append(limits, args...)...)
	}
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"}
	var said head
	cmd.Stderr = &said
	cmd.WaitDelay = time.Second
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("poppler: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("poppler: %w", err)
	}
	out, readErr := io.ReadAll(io.LimitReader(pipe, limit+1))
	if int64(len(out)) > limit {
		cancel()
		_ = cmd.Wait() // it was told to end; why it did is known
		return nil, ErrLong
	}
	if err := errors.Join(readErr, cmd.Wait()); err != nil {
		f := &Failure{Said: said.String(), Late: ctx.Err() != nil, Err: err}
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			f.Code = exit.ExitCode()
		}
		return nil, f
	}
	return out, nil
}

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	if room := words - h.Len(); room > 0 {
		_, _ = h.Buffer.Write(p[:min(len(p), room)]) // a buffer in memory does not fail
	}
	return len(p), nil
}
