package publicity

import (
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

// TestThePublicIsLedToPortalsOnly: what was typed as the address of a portal may be somebody's own page.
func TestThePublicIsLedToPortalsOnly(t *testing.T) {
	at := clock.Date(2024, 6, 9, 8, 0)
	for link, shown := range map[string]bool{
		"https://huongtra.example/tin?id=4": true, "https://facebook.example/tin": true,
		"https://www.facebook.com/ai.do": false, "https://ZALO.me/0912345678": false, "https://m.youtube.com/x": false, "https://example/%zz": false,
	} {
		got := deeds([]cascade.Publicity{{Channel: letter.Portal, At: at, Link: link}}, "")
		if len(got) != 1 || (got[0].Link == link) != shown {
			t.Errorf("%s: %+v", link, got)
		}
	}
}
