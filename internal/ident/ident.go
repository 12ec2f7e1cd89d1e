package ident

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"sync"

	"sachhon/internal/clock"
)

// ID is a UUID in its canonical lower-case text form; the empty ID means "none".
type ID string

// String returns the text of the identifier.
func (id ID) String() string { return string(id) }

// Parse checks that s is a UUID and returns it in lower case.
func Parse(s string) (ID, error) {
	if len(s) != 36 {
		return "", fmt.Errorf("ident: %d characters, a UUID has 36", len(s))
	}
	out := []byte(s)
	for i, c := range out {
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return "", fmt.Errorf("ident: %q at %d, want a hyphen", c, i)
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f':
		case c >= 'A' && c <= 'F':
			out[i] = c + 'a' - 'A'
		default:
			return "", fmt.Errorf("ident: %q at %d is no hexadecimal digit", c, i)
		}
	}
	return ID(out), nil
}

// Generator makes identifiers that grow with time.
type Generator struct {
	clock clock.Clock

	mu     sync.Mutex
	random io.Reader
	last   uint64 // milliseconds<<12 | sequence, so that identifiers of one millisecond still grow
}

// NewGenerator returns a generator that takes its time from c and its randomness from the operating system.
func NewGenerator(c clock.Clock) *Generator { return NewSeeded(c, rand.Reader) }

// NewSeeded returns a generator whose randomness comes from random; a replay with a fixed seed and a set clock
// makes the same identifiers each time.
func NewSeeded(c clock.Clock, random io.Reader) *Generator {
	return &Generator{clock: c, random: random}
}

// New returns a fresh UUIDv7.
func (g *Generator) New() ID {
	g.mu.Lock()
	defer g.mu.Unlock()
	stamp := uint64(g.clock.Now().UnixMilli()) << 12
	if stamp <= g.last && g.last-stamp < 1<<22 {
		stamp = g.last + 1
	}
	g.last = stamp

	var b [16]byte
	binary.BigEndian.PutUint64(b[0:8], stamp>>12<<16)
	binary.BigEndian.PutUint16(b[6:8], uint16(stamp&0xfff)|0x7000)
	if _, err := io.ReadFull(g.random, b[8:]); err != nil {
		panic("ident: no randomness: " + err.Error()) // crypto/rand never fails; a seeded source must not run dry
	}
	b[8] = b[8]&0x3f | 0x80
	return format(b)
}

func format(b [16]byte) ID {
	h := hex.EncodeToString(b[:])
	return ID(h[0:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:32])
}

// alphabet leaves out what looks or sounds like something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
const alphabet = "34679ACDEFGHJKMNPQRTWXY"

// Code returns n random letters and digits without look-alikes, for people to read aloud and type.
func (g *Generator) Code(n int) string { return g.draw(n, alphabet) }

// Digits returns n random decimal digits, for one-time codes typed on a phone's number pad.
func (g *Generator) Digits(n int) string { return g.draw(n, "0123456789") }

func (g *Generator) draw(n int, from string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	limit := byte(256 / len(from) * len(from)) // bytes from here on would favour the first characters
	if 256%len(from) == 0 {
		limit = 255
	}
	out := make([]byte, 0, n)
	var b [1]byte
	for len(out) < n {
		if _, err := io.ReadFull(g.random, b[:]); err != nil {
			panic("ident: no randomness: " + err.Error())
		}
		if b[0] < limit {
			out = append(out, from[int(b[0])%len(from)])
		}
	}
	return string(out)
}
