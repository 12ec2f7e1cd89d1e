// Package poppler runs the programs of poppler-utils on a file of somebody else's within limits: a second of processor time
// and a heap for each call, a bound on what is written, no shell, no network, no file but the one that is read; and a budget
// for all calls on one file together, so that a file that is hard for each of them is not hard for all.
package poppler

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"sachhon/internal/paper/box"
)

// What a call may use.
const (
	second = time.Second
	wall   = 5 * time.Second
	heap   = 48 << 20
	little = 8 << 20 // for what only lists
)

// What all calls on one file may use. By the clock, whoever has several of them gives them one context that ends after
// Patience.
const (
	Budget    = 2 * time.Second // of the processor; two hundred pages of a letter take half a second
	Patience  = 12 * time.Second
	MaxOutput = 12 << 20
)

// ErrLong is returned for a program that writes more than it may.
var ErrLong = box.ErrLong

// Failure is a program that did not end well.
type Failure = box.Failure

// errSpent ends a call on a file for which no time is left.
var errSpent = errors.New("poppler: the time for this file is spent")

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

// File keeps bytes where the programs can read them, until it is closed, and counts what they use.
type File struct {
	file *os.File

	mu   sync.Mutex
	left time.Duration // of the processor's time
	room int64         // bytes of output
}

// NewFile writes a temporary file.
func NewFile(b []byte) (*File, error) {
	file, err := os.CreateTemp("", "sachhon-*.pdf")
	if err != nil {
		return nil, fmt.Errorf("poppler: temporary file: %w", err)
	}
	f := &File{file: file, left: Budget, room: MaxOutput}
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

// Run returns what the program writes about the file, at most limit bytes.
func (t Tool) Run(ctx context.Context, f *File, limit int64, args ...string) ([]byte, error) {
	left, room := f.rest()
	if left <= 0 {
		return nil, &Failure{Late: true, Err: errSpent}
	}
	out, took, err := box.Run(ctx, box.Program{Path: t.path, Args: args}, box.Limits{
		CPU: min(second, left), Wall: wall, Heap: t.heap, Output: min(limit, room), Only: true,
	})
	f.spend(took, int64(len(out)))
	return out, err
}

func (f *File) rest() (time.Duration, int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.left, f.room
}

func (f *File) spend(took time.Duration, size int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left -= took
	f.room -= size
}
