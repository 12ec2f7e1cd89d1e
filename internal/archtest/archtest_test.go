// Package archtest holds the tree to the table in ARCHITECTURE.md: which package may import which, and that every
// package stands in the table. The document is the rule; this test only reads it.
package archtest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// row is one line of the table: | `internal/x` | what it owns | allowed imports |.
type row struct {
	pkg     string
	allowed []string // packages, or the groups named in the table's headings
	text    string
}

var (
	code    = regexp.MustCompile("`([^`]+)`")
	module  = "sachhon/"
	groupOf = regexp.MustCompile(`^### (\w+)`)
)

// table reads the packages of ARCHITECTURE.md, each with its group, in order.
func table(t *testing.T) (rows []row, groups map[string][]string) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	groups = map[string][]string{}
	group := ""
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		line := lines.Text()
		if m := groupOf.FindStringSubmatch(line); m != nil {
			group = strings.ToLower(m[1])
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) < 5 || !code.MatchString(cells[1]) {
			continue
		}
		pkg := code.FindStringSubmatch(cells[1])[1]
		if !strings.HasPrefix(pkg, "internal/") && !strings.HasPrefix(pkg, "cmd/") && pkg != "e2e" {
			continue
		}
		r := row{pkg: pkg, text: strings.TrimSpace(line)}
		for _, m := range code.FindAllStringSubmatch(cells[3], -1) {
			r.allowed = append(r.allowed, m[1])
		}
		words := strings.FieldsFunc(code.ReplaceAllString(cells[3], ""), func(r rune) bool { return r == ',' || r == ' ' })
		r.allowed = append(r.allowed, words...)
		rows = append(rows, r)
		groups[group] = append(groups[group], pkg)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if len(rows) < 10 {
		t.Fatalf("ARCHITECTURE.md names %d packages only; has the table moved?", len(rows))
	}
	return rows, groups
}

// covers tells whether a table name stands for the package: itself or a folder below it.
func covers(name, pkg string) bool { return pkg == name || strings.HasPrefix(pkg, name+"/") }

// find returns the most specific row of a package.
func find(rows []row, pkg string) (row, int, bool) {
	best, at := row{}, -1
	for i, r := range rows {
		if covers(r.pkg, pkg) && len(r.pkg) > len(best.pkg) {
			best, at = r, i
		}
	}
	return best, at, at >= 0
}

type listed struct {
	ImportPath                string
	Imports                   []string
	TestImports, XTestImports []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// onlyForTests are packages that only tests and other such packages may import.
func onlyForTests(pkg string) bool {
	return covers("internal/testkit", pkg) || covers("e2e", pkg) || strings.HasSuffix(pkg, "test")
}

func TestImportsFollowTheTable(t *testing.T) {
	rows, groups := table(t)
	seen := map[string]bool{}
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, module)
		r, at, ok := find(rows, pkg)
		if !ok {
			t.Errorf("%s stands in no row of ARCHITECTURE.md; say there what it owns and what it may import", pkg)
			continue
		}
		seen[r.pkg] = true
		for _, imported := range p.Imports {
			target, ours := strings.CutPrefix(imported, module)
			if !ours {
				if fault := foreign(pkg, imported, rows[at], groups); fault != "" {
					t.Error(fault)
				}
				continue
			}
			if onlyForTests(target) && !onlyForTests(pkg) {
				t.Errorf("%s imports %s, which only tests may import", pkg, target)
			}
			if !allowed(rows, groups, r, at, pkg, target) {
				t.Errorf("%s imports %s; ARCHITECTURE.md allows it only:\n\t%s", pkg, target, r.text)
			}
		}
	}
	for _, r := range rows {
		if !seen[r.pkg] {
			t.Errorf("ARCHITECTURE.md names %s, which does not exist", r.pkg)
		}
	}
}

// allowed tells whether the row lets pkg import target: its own folder, a named package, a named group, or with
// "above" the packages of its own group that stand above it.
func allowed(rows []row, groups map[string][]string, r row, at int, pkg, target string) bool {
	if covers(r.pkg, target) {
		return true
	}
	if onlyForTests(pkg) { // factories and kits use what they make
		return true
	}
	_, targetAt, ok := find(rows, target)
	if !ok {
		return false
	}
	for _, name := range r.allowed {
		switch {
		case name == "above":
			if group := groupHolding(groups, r.pkg); targetAt < at && slices.Contains(groups[group], rows[targetAt].pkg) {
				return true
			}
		case covers(name, target):
			return true
		case slices.Contains(groups[name], rows[targetAt].pkg):
			return true
		}
	}
	return false
}

func groupHolding(groups map[string][]string, pkg string) string {
	for name, members := range groups {
		if slices.Contains(members, pkg) {
			return name
		}
	}
	return ""
}

// foreign returns why a package of the kernel or a domain may not import something from outside, or "".
func foreign(pkg, imported string, r row, groups map[string][]string) string {
	if onlyForTests(pkg) {
		return ""
	}
	switch groupHolding(groups, r.pkg) {
	case "kernel":
		outside := strings.Contains(strings.SplitN(imported, "/", 2)[0], ".")
		if outside && !strings.HasPrefix(imported, "golang.org/x/") && !slices.Contains(r.allowed, imported) {
			return fmt.Sprintf("%s imports %s; the kernel uses the standard library, golang.org/x and what its row names:\n\t%s", pkg, imported, r.text)
		}
	case "domains":
		for _, forbidden := range []string{"net/http", "html/template", "github.com/a-h/templ"} {
			if imported == forbidden {
				return fmt.Sprintf("%s imports %s; a domain knows neither HTTP nor HTML", pkg, imported)
			}
		}
	}
	return ""
}

// TestOnlyStoresSpeakSQL keeps SQL in the store files of the domains.
func TestOnlyStoresSpeakSQL(t *testing.T) {
	_, groups := table(t)
	statement := regexp.MustCompile("(?:\"|`)\\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) [A-Za-z]")
	for _, pkg := range groups["domains"] {
		root := filepath.Join("..", "..", pkg)
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}
			base := filepath.Base(path)
			if strings.HasPrefix(base, "store") || strings.HasSuffix(base, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if m := statement.Find(text); m != nil {
				t.Errorf("%s speaks SQL (%s); in a domain only store*.go does", path, strings.TrimSpace(string(m)))
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
