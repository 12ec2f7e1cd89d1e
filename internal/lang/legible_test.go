package lang

import "testing"

func TestLegible(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "Đội Sông Bồ": true, "e\u0302\u0301": true, "😀\u202e": true, "line\r\nline\t": true, "\ufffd": true,
		"a\x00b": false, "\xff": false, "\xc3": false, "\xed\xa0\x80": false, // half a surrogate pair
	} {
		if got := Legible(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}
