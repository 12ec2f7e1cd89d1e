package imaging

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/fault"
)

// moduleFile reads a sample that a dependency carries for its own tests. It lies in the module cache, where the
// dependency was compiled from; only a vendored build has none.
func moduleFile(t testing.TB, module, file string) []byte {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	var data []byte
	if err == nil {
		data, err = os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), filepath.FromSlash(file)))
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no HEIC sample: %v", err)
		}
		t.Skipf("SKIPPED, NOT CHECKED: no HEIC sample: %v", err)
	}
	return data
}

func TestHEIC(t *testing.T) {
	data := moduleFile(t, "github.com/gen2brain/heic", "testdata/test8.heic")
	d := derive(t, data)
	if d.Header.Format != HEIC || d.Header.Width != 512 || d.Header.Height != 512 || d.Large.Width != 512 || d.Thumb.Width != 400 {
		t.Errorf("header %+v, large %d, thumb %d", d.Header, d.Large.Width, d.Thumb.Width)
	}
	if r, g, b := mean(open(t, d.Thumb)); r < 20 || r > 235 || g < 20 || g > 235 || b < 20 || b > 235 {
		t.Errorf("the mean colour is %.0f %.0f %.0f: nothing was decoded", r, g, b)
	}
	_, err := NewProcessor().Derive(t.Context(), bytes.NewReader(data[:len(data)/2]))
	wantFault(t, err, fault.Invalid, "imaging.fault.broken")
}

func TestHEICFacts(t *testing.T) {
	data := moduleFile(t, "github.com/bep/imagemeta", "testdata/images/iphone.heic")
	h, err := Inspect(bytes.NewReader(data))
	if err != nil || h.Format != HEIC {
		t.Fatalf("%+v, %v", h, err)
	}
	if f := ReadFacts(bytes.NewReader(data), HEIC); !strings.Contains(f.Camera, "iPhone") || f.Taken.IsZero() || !f.ZoneKnown {
		t.Errorf("facts %+v", f)
	}
}
