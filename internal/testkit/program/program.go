// Package program finds the programs outside of Go that a test needs.
package program

import (
	"os"
	"os/exec"
	"testing"
)

// Need returns the path of a program of a Debian package. Without it the test is skipped and says so, and fails where CI
// promises that everything is checked.
func Need(t testing.TB, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing; install Debian's package %s", name, debian)
		}
		t.Skipf("SKIPPED, NOT CHECKED: %s is missing; install Debian's package %s", name, debian)
	}
	return path
}
