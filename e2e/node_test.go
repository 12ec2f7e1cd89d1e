package e2e

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// tools are the programs outside of Go that a story needs.
type tools struct {
	root     string // of the project
	stories  string // folder of the bundled stories
	chromium string
}

// prepare finds Node and Chromium and bundles the stories. Where one is missing, nothing is checked, and it says so;
// a build server must have them.
func prepare(t *testing.T) tools {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	tl := tools{root: root, stories: filepath.Join(root, ".cache", "e2e"), chromium: os.Getenv("CHROMIUM")}
	if tl.chromium == "" {
		tl.chromium = "/usr/bin/chromium"
	}
	for name, path := range map[string]string{
		"Node.js": "node", "Chromium": tl.chromium, "esbuild (npm ci)": tl.esbuild(),
	} {
		if _, err := exec.LookPath(path); err != nil {
			missing(t, fmt.Sprintf("%s: %v", name, err))
		}
	}
	sources, err := filepath.Glob(filepath.Join(root, "e2e", "stories", "*.ts"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	bundle := exec.CommandContext(t.Context(), tl.esbuild(), append(sources, "--bundle", "--format=esm", "--platform=node",
		"--target=node20", "--packages=external", "--sourcemap=inline", "--outdir="+tl.stories,
		"--out-extension:.js=.mjs", "--log-level=warning")...)
	if out, err := bundle.CombinedOutput(); err != nil {
		t.Fatalf("the stories could not be bundled: %v\n%s", err, out)
	}
	return tl
}

func (tl tools) esbuild() string { return filepath.Join(tl.root, "node_modules", ".bin", "esbuild") }

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s; the browser stories need it", what)
	}
	t.Skipf("SKIPPED, NOT CHECKED: %s; the browser stories need it", what)
}

// patience is how long one story may take; the longest needs a fifth of it on two idle cores.
const patience = 12 * time.Minute

// play runs one story in its own Node and browser. Pictures of what it saw when it failed lie in the test's artifacts.
func (tl tools) play(t *testing.T, name string, width int, s stage) {
	t.Helper()
	told, err := json.Marshal(s.cast)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "node", "--enable-source-maps", filepath.Join(tl.stories, name+".mjs"))
	cmd.Dir = tl.root
	cmd.Env = append(os.Environ(), "CHROMIUM="+tl.chromium, "STORY_URL="+s.url, "STORY_WIDTH="+strconv.Itoa(width),
		"STORY_OUT="+tl.pictures(t), "STORY_CAST="+string(told), "STORY_ROOT="+tl.root)
	cmd.WaitDelay = 5 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
		return
	}
	t.Logf("%s", out)
}

// pictures is where screenshots of a failure are kept: in the test's artifacts when go test was asked for them, else in
// the cache, since a test's own folder does not outlive it.
func (tl tools) pictures(t *testing.T) string {
	t.Helper()
	if asked := flag.Lookup("test.artifacts"); asked != nil && asked.Value.String() == "true" {
		return t.ArtifactDir()
	}
	return filepath.Join(tl.root, ".cache", "e2e", "pictures", filepath.FromSlash(t.Name()))
}
