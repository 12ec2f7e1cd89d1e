package poppler

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sachhon/internal/testkit/program"
)

// script is a program that is run in place of one of poppler's.
func script(t *testing.T, text string) Tool {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return Tool{path, heap}
}

func file(t *testing.T) *File {
	t.Helper()
	f, err := NewFile([]byte("%PDF-1.4"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// A file that every program finds hard is given up after its budget, not after that of each of them.
func TestTheProgramsOfOneFileShareItsTime(t *testing.T) {
	program.Need(t, "prlimit", "util-linux")
	f, busy := file(t), script(t, "while :; do :; done")
	for runs := 0; ; runs++ {
		left, _ := f.rest()
		_, err := busy.Run(t.Context(), f, 1<<10)
		failure, ok := errors.AsType[*Failure](err)
		if !ok || failure.Code > 0 {
			t.Fatalf("run %d was not ended: %v", runs, err)
		}
		after, _ := f.rest()
		if left <= 0 {
			if !errors.Is(err, errSpent) || !failure.Late || after != left {
				t.Errorf("a program was run when nothing was left: %v", err)
			}
			break
		}
		if used := left - after; used <= 0 || used > second+second/2 {
			t.Errorf("run %d took %v", runs, used)
		}
	}
	if _, err := script(t, "echo x").Run(t.Context(), file(t), 1<<10); err != nil {
		t.Errorf("another file has a budget of its own: %v", err)
	}
}

func TestTheProgramsOfOneFileShareItsOutput(t *testing.T) {
	f := file(t)
	writes := script(t, "head -c 5000000 /dev/zero")
	for range MaxOutput / 5_000_000 {
		if out, err := writes.Run(t.Context(), f, 8<<20); err != nil || len(out) != 5_000_000 {
			t.Fatalf("%d bytes, %v", len(out), err)
		}
	}
	if _, err := writes.Run(t.Context(), f, 8<<20); !errors.Is(err, ErrLong) {
		t.Errorf("there is no room left: %v", err)
	}
}

// The limits are those of the system: what asks for more memory than it may have ends, and nothing is written to the disk.
func TestAProgramIsHeldToItsLimits(t *testing.T) {
	program.Need(t, "prlimit", "util-linux")
	program.Need(t, "perl", "perl-base")
	for name, text := range map[string]string{
		"memory": `exec perl -e '$x = "a" x (200 << 20); print length $x'`,
		"disk":   `exec perl -e 'open(F, ">", $ARGV[0]) or die; syswrite(F, "a") or die "cannot write"; print "written"' "` + filepath.Join(t.TempDir(), "x") + `"`,
	} {
		out, err := script(t, text).Run(t.Context(), file(t), 1<<10)
		if failure, ok := errors.AsType[*Failure](err); !ok || bytes.Contains(out, []byte("written")) || failure.Code == 0 {
			t.Errorf("%s: %q, %v", name, out, err)
		}
	}
}
