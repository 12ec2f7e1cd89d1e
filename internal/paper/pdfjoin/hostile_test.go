package pdfjoin_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdfjoin"
	"sachhon/internal/testkit/program"
)

// A PDF that is made to take time or memory takes them in another process, which the system ends; here it is a file that
// cannot be added to.
func TestHostilePDFs(t *testing.T) {
	program.Need(t, "prlimit", "util-linux")
	const (
		processor = 7 * time.Second // what a job may have, and a second of the kernel's rounding
		memory    = 600 << 20
		here      = 200 << 20 // what came back, as it is received and passed on
	)
	tail := page(t, "SAO Y")
	var files map[string][]byte
	if !papertest.Alone() {
		files = papertest.Hostile()
	}
	papertest.EachAlone(t, files, func(t *testing.T, name string, file []byte) {
		before, _ := papertest.Spent(t)
		var err error
		var out bytes.Buffer
		held := papertest.Held(func() { err = pdfjoin.Append(t.Context(), &out, file, tail, made) })
		after, largest := papertest.Spent(t)
		t.Logf("%s: %v, at most %d MB in a process so far, %d MB here, %d KB became %d: %.200v", name, after-before, largest>>20, held>>20, len(file)>>10, out.Len()>>10, err)
		if err != nil && !errors.Is(err, pdfjoin.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
		if name == "objects that swell one by one" && !errors.Is(err, pdfjoin.ErrHard) {
			t.Errorf("two gigabytes fit into the limits: %v", err)
		}
		if after-before > processor || largest > memory || held > here {
			t.Errorf("%s took %v, %d MB, and %d MB here", name, after-before, largest>>20, held>>20)
		}
	})
}
