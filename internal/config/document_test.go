package config

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "write docs/configuration.md anew")

const documentHead = `# Configuration

Every setting is a flag, an environment variable and a key of a TOML file; the flag wins over the variable, the variable
over the file, the file over the default. ` + "`sachhon config`" + ` prints what is in force, with secrets hidden; a start tells every
fault at once.

- The file is named by ` + "`--config FILE` or `SACHHON_CONFIG`" + `; its keys are the names of the flags: ` + "`listen = \"127.0.0.1:8080\"`" + `.
- ` + "`NAME_FILE`" + ` in place of ` + "`NAME`" + ` names a file that holds the value, as secrets are handed to services and containers:
  ` + "`SACHHON_DATABASE_URL_FILE=/run/secrets/database`" + `.
- ` + "`--lang` (`SACHHON_LANG`)" + ` is the language of the commands' own messages, ` + "`vi` or `en`" + `.

The rules, dates and prizes of a challenge are no configuration: boards set them on the pages.

Written by ` + "`go test ./internal/config -update`" + ` from the settings themselves.

| flag | variable | default | |
|---|---|---|---|
`

// document describes all settings, in the order in which they stand in the code.
func document(flags []*kong.Flag) string {
	var b strings.Builder
	b.WriteString(documentHead)
	for _, f := range flags {
		if len(f.Envs) == 0 {
			continue
		}
		value := ""
		if f.Default != "" {
			value = "`" + f.Default + "`"
		}
		help := f.Help
		if f.Tag.Get("secret") == "true" {
			help += " Secret."
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", f.Name, f.Envs[0], value, strings.ReplaceAll(help, "|", `\|`))
	}
	return b.String()
}

// TestDocumentIsFresh compares the page with the settings.
func TestDocumentIsFresh(t *testing.T) {
	_, ctx, err := parse(t, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	page, want := filepath.Join("..", "..", "docs", "configuration.md"), document(ctx.Flags())
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the settings say; go test ./internal/config -update writes it anew", page)
	}
}
