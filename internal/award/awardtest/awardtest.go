// Package awardtest makes publications for tests.
package awardtest

import (
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
)

// Evidence returns a document without results, of a made-up contest of n entrants.
func Evidence(n int) award.Document {
	entrants, reports := scoringtest.Contest(n)
	d := award.Document{
		Format:      award.Format,
		Challenge:   award.Contest{ID: scoringtest.ID(9, 1), Slug: "thu-nghiem", Title: "Cuộc thi thử <nghiệm> & hơn thế"},
		Number:      1,
		PublishedAt: clock.Date(2024, time.August, 7, 15, 0),
		Log:         award.LogHead{Sequence: 1903},
		Scheme:      award.Scheme{Number: 2, Document: scoring.DefaultScheme()},
		Seed:        hex.EncodeToString(scoringtest.Seed),
		Commitment:  challenge.Commitment(scoringtest.Seed),
		Divisions:   challenge.DefaultDivisions(),
		Reports:     reports,
	}
	for i, e := range entrants {
		d.Entrants = append(d.Entrants, award.Entrant{
			ID: e.ID, Number: i + 1, Division: e.Division, Name: fmt.Sprintf("Đội số %d", i+1), Unit: scoringtest.ID(4, i%9),
		})
	}
	return d
}

// Publication returns the document's results as they would be published.
func Publication(tb testing.TB, d award.Document) award.Publication {
	tb.Helper()
	if err := d.Compute(); err != nil {
		tb.Fatal(err)
	}
	return Sealed(tb, d)
}

// Sealed returns a publication of whatever the document says, with the right SHA-256.
func Sealed(tb testing.TB, d award.Document) award.Publication {
	tb.Helper()
	document, err := d.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	return award.Publication{
		Challenge: d.Challenge.ID, Number: d.Number, Reason: d.Reason,
		SHA256: award.Sum(document), Document: document, PublishedAt: d.PublishedAt,
	}
}
