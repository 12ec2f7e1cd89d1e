package extract_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/fault"
	"sachhon/internal/paper/extract"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/poppler"
	"sachhon/internal/testkit/program"
)

// A PDF that is made to take time or memory takes no more than one budget, whatever programs look at it, and is read as far as
// that goes or refused in words.
func TestHostilePDFs(t *testing.T) {
	for _, name := range []string{"pdftotext", "pdfimages", "pdfinfo", "prlimit"} {
		program.Need(t, name, "poppler-utils, util-linux")
	}
	const (
		most   = poppler.Budget + 4*time.Second // one second for each program that was under way when it was spent, and the kernel's rounding
		memory = 96 << 20                       // the heap of the largest, its own code and libraries
	)
	var files map[string][]byte
	if !papertest.Alone() {
		files = papertest.Hostile()
	}
	papertest.EachAlone(t, files, func(t *testing.T, name string, file []byte) {
		before, _ := papertest.Spent(t)
		var err error
		held := papertest.Held(func() { _, err = extract.Read(t.Context(), file) })
		after, largest := papertest.Spent(t)
		t.Logf("%s: %d KB, %v of the processor, at most %.0f MB in a program so far, %.0f MB here: %.120v", name, len(file)>>10, after-before,
			float64(largest)/(1<<20), float64(held)/(1<<20), err)
		if _, ok := errors.AsType[*fault.Error](err); err != nil && !ok {
			t.Errorf("%s: not a fault for people: %v", name, err)
		}
		if after-before > most {
			t.Errorf("%s took %v of the processor", name, after-before)
		}
		if largest > memory || held > 64<<20 {
			t.Errorf("%s: %d MB in a program, %d MB here", name, largest>>20, held>>20)
		}
	})
}

// What was read of a long file before its time was spent is kept, and the letter is among it.
func TestALongFileIsReadAsFarAsItGoes(t *testing.T) {
	program.Need(t, "prlimit", "util-linux")
	many := make([]string, 150)
	for i := range many {
		many[i] = shown("a leaf")
	}
	for i := 60; i < len(many); i++ {
		many[i] = endlessStream
	}
	got, err := extract.Read(t.Context(), pdf(many...))
	if err != nil || len(got.Notices) != 1 || got.Notices[0].Code != extract.CutPages || !slices.Equal(got.Notices[0].Args, []any{"Limit", 50}) {
		t.Errorf("%+v, %v", got.Notices, err)
	}
}

// endlessStream is a page that takes longer than fifty of them may.
var endlessStream = "BT /F1 9 Tf 72 700 Td " + strings.Repeat("(a b) Tj 1 1 Td ", 150_000) + "ET"
