package qr_test

import (
	"strings"
	"testing"

	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/paper/qr"
)

func TestEncode(t *testing.T) {
	c, err := qr.Encode("https://sachhon.example/thu-thach")
	if err != nil {
		t.Fatal(err)
	}
	side, black := c.Side(), 0
	for _, r := range c.Rects() {
		if r.X < 4 || r.Y < 4 || r.X+r.W > side-4 || r.Y+r.H > side-4 {
			t.Fatalf("%+v stands in the quiet zone of %d modules", r, side)
		}
		black += r.W * r.H
	}
	if all := (side - 8) * (side - 8); black < all/3 || black > all*2/3 {
		t.Errorf("%d of %d modules are black", black, all)
	}
	again, err := qr.Encode("https://sachhon.example/thu-thach")
	if err != nil || again.SVG("x") != c.SVG("x") {
		t.Error("the same text gave another code")
	}
	if svg := c.SVG(`<b> & "c"`); strings.Contains(svg, "<b>") || !strings.Contains(svg, "&lt;b&gt;") {
		t.Errorf("the label is not escaped: %.200s", svg)
	}
	for _, bad := range []string{"", strings.Repeat("x", qr.MaxBytes+1)} {
		_, err := qr.Encode(bad)
		faulttest.Is(t, err, fault.Invalid, "paper.fault.qr")
	}
}
