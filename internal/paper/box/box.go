// Package box runs a program on bytes of somebody else's within limits that the operating system holds: processor time, time
// by the clock, memory, and how much it writes. No shell, nothing of our environment, no file that it could write.
package box

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"time"
)

// Limits are what one run may use.
type Limits struct {
	CPU    time.Duration // rounded up to seconds, which is how the system counts
	Wall   time.Duration // a machine that is busy gives a second of its time later
	Heap   int           // bytes
	Output int64         // bytes
	Only   bool          // it starts no other programs, and few threads
}

const complaints = 8 << 10 // bytes of what a program says that are kept

// ErrLong is returned for a program that writes more than it may.
var ErrLong = errors.New("box: the program writes more than it may")

// Failure is a program that did not end well.
type Failure struct {
	Said string // what it complained about
	Code int    // its exit code, negative when it was ended
	Late bool   // it took too long
	Err  error
}

func (f *Failure) Error() string { return fmt.Sprintf("box: %v: %.300s", f.Err, f.Said) }

// Unwrap returns what the operating system said.
func (f *Failure) Unwrap() error { return f.Err }

// Program is what is run.
type Program struct {
	Path  string
	Args  []string
	Env   []string  // beside the language
	Input io.Reader // nil for none
}

// Run returns what the program writes, and how much of the processor's time it took.
func Run(ctx context.Context, p Program, l Limits) (out []byte, took time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, l.Wall)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.Path, p.Args...)
	if prlimit, err := exec.LookPath("prlimit"); err == nil { // Linux
		cmd = exec.CommandContext(ctx, prlimit, append(append(l.flags(), p.Path), p.Args...)...)
	}
	cmd.Env = append([]string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"}, p.Env...)
	cmd.Stdin = p.Input
	var said head
	cmd.Stderr = &said
	cmd.WaitDelay = time.Second
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, fmt.Errorf("box: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, 0, fmt.Errorf("box: %w", err)
	}
	out, readErr := io.ReadAll(io.LimitReader(pipe, l.Output+1))
	long := int64(len(out)) > l.Output
	if long {
		cancel()
	}
	err = errors.Join(readErr, cmd.Wait())
	if state := cmd.ProcessState; state != nil {
		took = state.UserTime() + state.SystemTime()
	}
	switch {
	case long: // it was told to end; why it did is known
		return nil, took, ErrLong
	case err == nil:
		return out, took, nil
	}
	f := &Failure{Said: said.String(), Late: ctx.Err() != nil, Err: err}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		f.Code = exit.ExitCode()
	}
	return nil, took, f
}

func (l Limits) flags() []string {
	flags := []string{
		"--cpu=" + strconv.Itoa(int((l.CPU+time.Second-1)/time.Second)), "--data=" + strconv.Itoa(l.Heap), "--fsize=0", "--core=0", "--nofile=32",
	}
	if l.Only {
		flags = append(flags, "--nproc=64")
	}
	return flags
}

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	if room := complaints - h.Len(); room > 0 {
		_, _ = h.Buffer.Write(p[:min(len(p), room)]) // a buffer in memory does not fail
	}
	return len(p), nil
}
