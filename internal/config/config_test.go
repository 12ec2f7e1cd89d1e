package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parse reads a configuration as the commands do.
func parse(t *testing.T, args []string, env map[string]string, file string) (Config, *kong.Context, error) {
	t.Helper()
	if file != "" {
		path := filepath.Join(t.TempDir(), "sachhon.toml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		file = path
	}
	for name, value := range env {
		t.Setenv(name, value)
	}
	var cli struct {
		Config Config `embed:""`
	}
	source := NewSource(os.LookupEnv, file)
	parser, err := kong.New(&cli, kong.Resolvers(source))
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := parser.Parse(args)
	return cli.Config, ctx, source.Check(cli.Config, parser.Model.Flags, err)
}

func TestPrecedence(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := parse(t, []string{"--listen=127.0.0.1:1"},
		map[string]string{"SACHHON_LISTEN": "127.0.0.1:2", "SACHHON_DATA": "/env", "SACHHON_METRICS_TOKEN_FILE": secret},
		"listen = \"127.0.0.1:3\"\ndata = \"/toml\"\nlog = \"json\"\nproxies = [\"10.0.0.0/8\", \"192.168.0.0/16\"]\njobs-workers = 7\n")
	if err != nil {
		t.Fatal(err)
	}
	if c.Web.Listen != "127.0.0.1:1" || c.Data != "/env" || c.Log != "json" || c.Web.Metrics != "from-file" || c.Jobs.Workers != 7 || len(c.Web.Proxies) != 2 {
		t.Errorf("got %+v", c)
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	_, _, err := parse(t, nil,
		map[string]string{"SACHHON_JOBS_WORKERS": "many", "SACHHON_BASE_URL": "nowhere", "SACHHON_METRICS_TOKEN_FILE": "/does/not/exist"},
		"listne = \"x\"\ngrace = \"soon\"\n")
	for _, want := range []string{"SACHHON_JOBS_WORKERS", "base-url", "SACHHON_METRICS_TOKEN_FILE", "listne", "grace"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not told:\n%v", want, err)
		}
	}
}

func TestPrintHidesSecretsAndReadsBack(t *testing.T) {
	_, ctx, err := parse(t, nil, map[string]string{"SACHHON_METRICS_TOKEN": "hidden-token", "SACHHON_DATABASE_URL": "postgres://u:hidden-password@h/d"}, "")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Print(&out, ctx.Flags()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "hidden") {
		t.Errorf("a secret is printed:\n%s", out.String())
	}
	if !strings.Contains(out.String(), `listen = "127.0.0.1:8080"`) || !strings.Contains(out.String(), "SACHHON_LISTEN") {
		t.Errorf("got\n%s", out.String())
	}
	for _, proxies := range []string{"", "10.0.0.0/8,192.168.0.0/16"} {
		given, ctx, err := parse(t, []string{"--proxies=" + proxies, "--grace=7s"}, nil, "")
		if err != nil {
			t.Fatal(err)
		}
		out.Reset()
		if err := Print(&out, ctx.Flags()); err != nil {
			t.Fatal(err)
		}
		again, _, err := parse(t, nil, nil, out.String())
		if err != nil || len(again.Web.Proxies) != len(given.Web.Proxies) || again.Web.Grace != given.Web.Grace {
			t.Errorf("read back: %+v, %v, from\n%s", again.Web, err, out.String())
		}
	}
}
