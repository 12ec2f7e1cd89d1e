// Package shareddir finds the material that is handed to the project beside its tree, for tests that read it. The
// tree itself works without: such a test then skips and says so, and fails where CI promises the material.
package shareddir

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns the path of a file, such as "data/province.geojson", in the directory named by SHARED_DIR, or in
// "shared" beside the project's tree when that is not set.
func Path(t testing.TB, file string) string {
	t.Helper()
	dir := os.Getenv("SHARED_DIR")
	if dir == "" {
		dir = filepath.Join(root(t), "..", "shared")
	}
	path := filepath.Join(dir, filepath.FromSlash(file))
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%v; set SHARED_DIR to the directory of shared material", err)
		}
		t.Skipf("SKIPPED, NOT CHECKED: %v; set SHARED_DIR to the directory of shared material", err)
	}
	return path
}

// root returns the directory of go.mod, above the tested package.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test's directory")
		}
		dir = parent
	}
}
