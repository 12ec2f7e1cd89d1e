package papertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A program that is begun counts what held the memory before it, which is the test, as its own: what it needs itself is only
// told by a test that holds little.

const aloneEnv = "PAPERTEST_FILES"

// EachAlone calls f with each file in a process of its own, in which nothing but this test is done.
func EachAlone(t *testing.T, files map[string][]byte, f func(t *testing.T, name string, file []byte)) {
	t.Helper()
	if dir := os.Getenv(aloneEnv); dir != "" {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			file, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			f(t, e.Name(), file)
		}
		return
	}
	dir := t.TempDir()
	for name, file := range files {
		if err := os.WriteFile(filepath.Join(dir, name), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), aloneEnv+"="+dir)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// Alone tells whether this is such a process.
func Alone() bool { return os.Getenv(aloneEnv) != "" }

// Spent is what the programs that ended have used: time of the processor, and the memory of the largest of them.
func Spent(t testing.TB) (processor time.Duration, largest int64) {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), used.Maxrss << 10
}
