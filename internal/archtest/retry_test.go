package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// A transaction that lost a race runs again, so its closure may not build on what its first try left in a variable outside:
// a version raised twice is a false "somebody else was faster". It may set such a variable anew first.
func TestTransactionsBeginAnew(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.FuncLit); ok && takesTx(lit) {
				found++
				for _, bad := range builtOn(lit) {
					t.Errorf("%s: %s builds on what another try left there; work on a copy", files.Position(bad.Pos()), types.ExprString(bad))
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 50 {
		t.Errorf("%d closures of transactions only; has the type moved?", found)
	}
}

func TestWhatBuildsOnAnotherTry(t *testing.T) {
	for body, want := range map[string]string{
		`c.Version++`:                                 `[c.Version]`,
		`c.Version = c.Version + 1`:                   `[c.Version]`,
		`n += 2`:                                      `[n]`,
		`all = append(all, 1)`:                        `[all]`,
		`n = 0; n += 2`:                               `[]`,
		`c = sent; c.Version++`:                       `[]`,
		`c.Version = 0; c.Version++`:                  `[]`,
		`c.Version = before.Version + 1`:              `[]`,
		`if m, err := load(tx); true { m.Version++ }`: `[]`,
		`var m row; m.Version++`:                      `[]`,
		`for i := range all { all[i].N++ }`:           `[all[i].N]`,
	} {
		e, err := parser.ParseExpr(`func(tx *database.Tx) error { ` + body + `; return nil }`)
		if err != nil {
			t.Fatal(err)
		}
		lit := e.(*ast.FuncLit)
		names := []string{}
		for _, bad := range builtOn(lit) {
			names = append(names, types.ExprString(bad))
		}
		if got := fmt.Sprint(names); got != want || !takesTx(lit) {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

func takesTx(lit *ast.FuncLit) bool {
	for _, p := range lit.Type.Params.List {
		if kind := types.ExprString(p.Type); kind == "*database.Tx" || kind == "*Tx" {
			return true
		}
	}
	return false
}

// builtOn returns the variables from outside that the closure changes by what they hold, before it has set them.
func builtOn(lit *ast.FuncLit) (bad []ast.Expr) {
	own, set := map[string]bool{}, map[string]bool{}
	define := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := e.(*ast.Ident); ok {
				own[id.Name] = true
			}
		}
	}
	ast.Inspect(lit, func(n ast.Node) bool { // names are not used for two things in one closure
		switch s := n.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				define(s.Lhs...)
			}
		case *ast.RangeStmt:
			define(s.Key, s.Value)
		case *ast.ValueSpec:
			for _, id := range s.Names {
				define(id)
			}
		case *ast.FuncType:
			for _, list := range []*ast.FieldList{s.Params, s.Results} {
				if list == nil {
					continue
				}
				for _, field := range list.List {
					for _, id := range field.Names {
						define(id)
					}
				}
			}
		}
		return true
	})
	check := func(e ast.Expr) {
		if root := rootOf(e); root != "" && !own[root] && !set[root] && !set[types.ExprString(e)] {
			bad = append(bad, e)
		}
	}
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.IncDecStmt:
			check(s.X)
		case *ast.AssignStmt:
			for i, left := range s.Lhs {
				switch {
				case s.Tok == token.DEFINE:
				case s.Tok != token.ASSIGN:
					check(left)
				case len(s.Lhs) == len(s.Rhs) && mentions(s.Rhs[i], left):
					check(left)
				default:
					set[types.ExprString(left)] = true
				}
			}
		}
		return true
	})
	return bad
}

// rootOf is the variable that an expression begins with, "" when it begins with something else.
func rootOf(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return rootOf(x.X)
	case *ast.IndexExpr:
		return rootOf(x.X)
	case *ast.StarExpr:
		return rootOf(x.X)
	case *ast.ParenExpr:
		return rootOf(x.X)
	}
	return ""
}

// mentions tells whether the expression holds the other one.
func mentions(e, other ast.Expr) (yes bool) {
	want := types.ExprString(other)
	ast.Inspect(e, func(n ast.Node) bool {
		if inner, ok := n.(ast.Expr); ok && types.ExprString(inner) == want {
			yes = true
		}
		return !yes
	})
	return yes
}
