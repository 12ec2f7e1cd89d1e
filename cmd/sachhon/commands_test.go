package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sachhon/internal/testkit"
	"sachhon/internal/testkit/apptest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sachhon": main})
}

// TestCommands runs the scripts of testdata on both engines. Each finds an empty database, and the letters and built-in
// units of the packages that own them.
func TestCommands(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir: "testdata", UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
				Setup: func(env *testscript.Env) error {
					env.Setenv("SACHHON_DATABASE_URL", testkit.URL(t, engine))
					for from, to := range map[string]string{
						"letter/testdata/1903-UBND-VH.txt": "letter.txt",
						"unit/builtin/huong_tra.json":      "huong_tra.json",
						"edxml/testdata/letter-1903.xml":   "letter-1903.xml",
						"edxml/testdata/status-03.xml":     "status-03.xml",
					} {
						text, err := os.ReadFile(filepath.Join("..", "..", "internal", filepath.FromSlash(from)))
						if err != nil {
							return err
						}
						if err := os.WriteFile(filepath.Join(env.WorkDir, to), text, 0o600); err != nil {
							return err
						}
					}
					return os.WriteFile(filepath.Join(env.WorkDir, "latin.txt"), []byte("Hu\xea, ng\xe0y 6 th\xe1ng 6"), 0o600)
				},
			})
		})
	}
}
