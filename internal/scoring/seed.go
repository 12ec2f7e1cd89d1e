package scoring

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
)

// SeedSize is the length of a seed in bytes.
const SeedSize = 32

// Commitment is what is published before reporting closes, while the seed itself is secret: its SHA-256 in
// hexadecimal. Nobody can then choose a seed that favours an entrant.
func Commitment(seed []byte) string {
	sum := sha256.Sum256(seed)
	return hex.EncodeToString(sum[:])
}

// CheckSeed tells whether a revealed seed is the one that was committed to.
func CheckSeed(seed []byte, commitment string) error {
	if subtle.ConstantTimeCompare([]byte(Commitment(seed)), []byte(commitment)) != 1 {
		return fmt.Errorf("scoring: the seed's SHA-256 is %s, committed was %s", Commitment(seed), commitment)
	}
	return nil
}
