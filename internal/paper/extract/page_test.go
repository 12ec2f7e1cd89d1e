package extract

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/paper"
)

// FuzzPageLines states what holds for any page: the lines that are kept follow each other in it, what goes is blank or one number of
// a page above them, and the first page loses nothing above its text.
func FuzzPageLines(f *testing.F) {
	for _, s := range []string{"", "\n\n", "2\n\nvà các đơn vị", "  - 3 -  \n\n\n4\n", "Trang 2/5\nnội dung", "2. Hai\n", "\u00a0\n2", "2\n2\n2"} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, further bool) {
		lines := strings.Split(s, "\n")
		kept := pageLines(slices.Clone(lines), further)
		if len(kept) > 0 && strings.TrimSpace(kept[len(kept)-1]) == "" {
			t.Errorf("%q ends in a blank line", kept)
		}
		end := len(lines)
		for end > 0 && strings.TrimSpace(lines[end-1]) == "" {
			end--
		}
		if len(kept) > end || !slices.Equal(kept, lines[end-len(kept):end]) {
			t.Fatalf("%q is no end of %q", kept, lines)
		}
		numbers := 0
		for _, l := range lines[:end-len(kept)] {
			if strings.TrimSpace(l) == "" {
				continue
			}
			if numbers++; !paper.IsPageNumber(l) {
				t.Errorf("%q is lost", l)
			}
		}
		if numbers > 1 || !further && len(kept) != end {
			t.Errorf("of %q only %q is kept", lines, kept)
		}
	})
}
