package award

import (
	"sachhon/internal/clock"
	"sachhon/internal/ident"
)

// Publication is one set of published results. The newest of a challenge is the valid one; the earlier ones stay
// readable.
type Publication struct {
	ID          ident.ID   `db:"id"`
	Challenge   ident.ID   `db:"challenge_id"`
	Number      int        `db:"number"` // 1, 2, 3 … within the challenge
	Reason      string     `db:"reason"` // of a correction
	SHA256      string     `db:"sha256"`
	Document    []byte     `db:"document"` // the canonical bytes; see Read
	PublishedBy ident.ID   `db:"published_by"`
	PublishedAt clock.Time `db:"published_at"`
}

// Correction tells whether the publication replaces an earlier one.
func (p Publication) Correction() bool { return p.Number > 1 }
