package scoring

import (
	"crypto/subtle"
	"fmt"

	"sachhon/internal/challenge"
)

// CheckSeed tells whether a revealed seed is the one that the challenge committed to before reporting closed, when
// nobody could know whom it would favour.
func CheckSeed(seed []byte, commitment string) error {
	sum := challenge.Commitment(seed)
	if subtle.ConstantTimeCompare([]byte(sum), []byte(commitment)) != 1 {
		return fmt.Errorf("scoring: the seed's SHA-256 is %s, committed was %s", sum, commitment)
	}
	return nil
}
