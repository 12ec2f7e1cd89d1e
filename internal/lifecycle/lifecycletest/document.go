package lifecycletest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/lifecycle"
)

// Documented fails unless docs/lifecycles/<name>.md contains the machine's diagram word for word. The calling
// package lies two folders below the project's root.
func Documented[S, E ~string](t *testing.T, name string, m lifecycle.Machine[S, E]) {
	t.Helper()
	path := filepath.Join("..", "..", "docs", "lifecycles", name+".md")
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("the life cycle has no page: %v; it should contain:\n```mermaid\n%s```", err, m.Mermaid())
	}
	if !strings.Contains(string(page), "```mermaid\n"+m.Mermaid()+"```") {
		t.Errorf("%s does not show the transition table; it should contain:\n```mermaid\n%s```", path, m.Mermaid())
	}
}
