package letter

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Twice the text is no more than twice the work and a little: fifty pages and a hundred of the same letters, and of each text that
// was made to be slow its first half and the whole.
func TestWorkGrowsWithTheText(t *testing.T) {
	halves := map[string][2]string{
		"pages": {strings.Join(pages(50), ""), strings.Join(pages(100), "")},
	}
	for name, text := range slow() {
		half := text[:strings.LastIndexByte(text[:len(text)/2], ' ')+1]
		if strings.Count(text, "\n") > 20 {
			half = text[:strings.LastIndexByte(text[:len(text)/2], '\n')+1]
		}
		if len(half)*5 < len(text)*2 { // of one long word any half is one
			half = strings.ToValidUTF8(text[:len(text)/2], "")
		}
		halves[name] = [2]string{half, text}
	}
	for _, name := range slices.Sorted(maps.Keys(halves)) {
		_, once, err := counted([]byte(halves[name][0]))
		if err != nil {
			t.Errorf("%s, the half: %v", name, err)
			continue
		}
		_, twice, err := counted([]byte(halves[name][1]))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		size := float64(len(halves[name][1])) / float64(len(halves[name][0]))
		t.Logf("%s: %.2f times the text, %.2f times the work", name, size, float64(twice)/float64(once))
		if float64(twice) > 1.1*size*float64(once) {
			t.Errorf("%s: %d bytes are gone through for %d of text, %d for %d", name, once, len(halves[name][0]), twice, len(halves[name][1]))
		}
	}
}
