package letter_test

import (
	"testing"

	"sachhon/internal/challenge/challengetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// What a challenge's page shows to all: the registered letters linked to it, and no drafts.
func TestLettersOfAChallenge(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := challengetest.New(t, db, clk)
		c := w.Announced()
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		l := d.Registered(t, lettertest.Text("1903", "Một."))
		draft, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("", "Hai.")})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []letter.Letter{l, draft} {
			if _, err := d.Letters.Link(t.Context(), clerk, x.ID, letter.Link{Challenge: c.ID, Public: true}); err != nil {
				t.Fatal(err)
			}
		}
		if again, err := d.Letters.Link(t.Context(), clerk, l.ID, letter.Link{Challenge: c.ID, Public: true}); err != nil || again.Version != l.Version+1 {
			t.Errorf("linking twice: version %d after %d, %v", again.Version, l.Version, err)
		}
		published, err := d.Letters.Published(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(published) != 1 || published[0].ID != l.ID || published[0].Source == "" || published[0].ChallengeID != c.ID {
			t.Errorf("published: %+v", published)
		}
		if _, err := d.Letters.Link(t.Context(), clerk, l.ID, letter.Link{Challenge: c.ID}); err != nil {
			t.Fatal(err)
		}
		if published, err = d.Letters.Published(t.Context(), c.ID); err != nil || len(published) != 0 {
			t.Errorf("a letter about the challenge that nobody made public is shown: %+v, %v", published, err)
		}
		composed, err := d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: lettertest.Document("Đôn đốc."), Challenge: c.ID})
		if err != nil || composed.ChallengeID != c.ID || composed.Public {
			t.Errorf("what was composed about a challenge is public from the beginning: %+v, %v", composed, err)
		}
	})
}
