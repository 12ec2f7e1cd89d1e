package cascade

import (
	"context"
	"slices"

	"sachhon/internal/database"
	"sachhon/internal/ident"
)

// loadAbout returns the dispatch by which a receiver was asked to tell people of a challenge; see About.
func loadAbout(ctx context.Context, q database.Querier, receiver, challenge ident.ID) (id ident.ID, err error) {
	args := []any{receiver, challenge}
	for _, state := range append(slices.Clone(openStates), Completed) {
		if state != Sent { // it has yet to come
			args = append(args, state)
		}
	}
	err = q.Get(ctx, &id, `SELECT d.id FROM dispatch d JOIN letter l ON l.id = coalesce(d.under_id, d.letter_id)
		WHERE d.receiver_id = $1 AND l.challenge_id = $2 AND d.state IN (`+database.In(3, len(args)-2)+`)
		ORDER BY CASE WHEN NOT d.outside AND EXISTS (SELECT 1 FROM dispatch_duty u WHERE u.dispatch_id = d.id AND u.channels <> '[]')
			THEN 0 ELSE 1 END, d.sent_at DESC, d.id DESC LIMIT 1`, args...)
	return id, err
}
