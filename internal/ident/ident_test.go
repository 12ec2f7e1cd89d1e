package ident

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sachhon/internal/clock"
)

func TestIdentifiersGrowAndParse(t *testing.T) {
	c := clock.NewSet(time.Date(2024, 6, 6, 1, 0, 0, 0, time.UTC))
	g := NewGenerator(c)
	last := ID("")
	for i := range 10_000 {
		if i%1000 == 0 {
			c.Advance(time.Millisecond)
		}
		id := g.New()
		if id <= last {
			t.Fatalf("identifier %s does not follow %s", id, last)
		}
		if parsed, err := Parse(strings.ToUpper(string(id))); err != nil || parsed != id {
			t.Fatalf("Parse(%s) = %s, %v", id, parsed, err)
		}
		if id[14] != '7' || !strings.ContainsRune("89ab", rune(id[19])) {
			t.Fatalf("%s is no UUIDv7", id)
		}
		last = id
	}
}

func TestSeededGeneratorRepeats(t *testing.T) {
	make10 := func() (out []ID) {
		c := clock.NewSet(time.Date(2024, 6, 6, 1, 0, 0, 0, time.UTC))
		g := NewSeeded(c, rand.NewChaCha8([32]byte{1}))
		for range 10 {
			out = append(out, g.New())
		}
		return out
	}
	a, b := make10(), make10()
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("identifier %d: %s and %s from the same seed", i, a[i], b[i])
		}
	}
}

func TestParseRefuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		id, err := Parse(s)
		if err == nil && (len(id) != 36 || strings.ToLower(s) != string(id)) {
			t.Fatalf("Parse(%q) = %q", s, id)
		}
	})
}

func TestCodesHaveNoLookAlikes(t *testing.T) {
	g := NewGenerator(clock.System{})
	if code := g.Code(2000); strings.ContainsAny(code, "0O1IL2Z5S8BUV") {
		t.Fatalf("a code holds a look-alike: %s", code)
	}
	digits := g.Digits(4000)
	for d := '0'; d <= '9'; d++ {
		if n := strings.Count(digits, string(d)); n < 250 || n > 560 {
			t.Errorf("digit %c stands %d times in 4,000", d, n)
		}
	}
}
