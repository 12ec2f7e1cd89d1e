package cascade

import (
	"context"
	"fmt"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
)

func sumHanded(ctx context.Context, q database.Querier, unitID ident.ID, letters []ident.ID) (map[ident.ID]Handed, error) {
	found := map[ident.ID]Handed{}
	letters = slices.Compact(slices.Sorted(slices.Values(letters)))
	for part := range slices.Chunk(letters, 500) {
		args := append([]any{unitID}, database.Args(part)...)
		var rows []struct {
			Letter   ident.ID   `db:"paper_id"`
			With     ident.ID   `db:"letter_id"`
			First    clock.Time `db:"first"`
			Last     clock.Time `db:"last"`
			Units    int64      `db:"units"`
			Received int64      `db:"received"`
			Waiting  int64      `db:"waiting"`
		}
		err := q.Select(ctx, &rows, `SELECT coalesce(under_id, letter_id) AS paper_id, letter_id, min(sent_at) AS first, max(sent_at) AS last, count(*) AS units, count(received_at) AS received,
			count(CASE WHEN state IN ('sent', 'arrived') THEN 1 END) AS waiting
			FROM dispatch WHERE sender_id = $1 AND again_id = '' AND (letter_id IN (`+database.In(2, len(part))+`) AND under_id IS NULL OR under_id IN (`+database.In(2, len(part))+`))
			GROUP BY paper_id, letter_id ORDER BY paper_id, first`, args...)
		if err != nil {
			return nil, fmt.Errorf("cascade: sum what was handed out: %w", err)
		}
		for _, r := range rows {
			h, there := found[r.Letter]
			way := Way{r.With, int(r.Units)}
			if !there || r.First == h.First && h.With == r.Letter { // the first of what it went with is what is watched
				h.With, h.First, h.Ways = r.With, r.First, append([]Way{way}, h.Ways...)
			} else {
				h.Ways = append(h.Ways, way)
			}
			if r.Last.After(h.Last.Time) {
				h.Last = r.Last
			}
			h.Units, h.Received, h.Waiting = h.Units+int(r.Units), h.Received+int(r.Received), h.Waiting+int(r.Waiting)
			found[r.Letter] = h
		}
	}
	return found, nil
}

func loadCameBy(ctx context.Context, q database.Querier, unitID ident.ID, letters []ident.ID) (map[ident.ID]Dispatch, error) {
	found := map[ident.ID]Dispatch{}
	letters = slices.Compact(slices.Sorted(slices.Values(letters)))
	for part := range slices.Chunk(letters, 500) {
		var rows []row
		err := q.Select(ctx, &rows, `SELECT `+columns+` FROM dispatch WHERE receiver_id = $1 AND (letter_id IN (`+database.In(2, len(part))+`)
			AND under_id IS NULL OR under_id IN (`+database.In(2, len(part))+`)) ORDER BY sent_at, id`, append([]any{unitID}, database.Args(part)...)...)
		if err != nil {
			return nil, fmt.Errorf("cascade: how letters came: %w", err)
		}
		for _, r := range rows {
			d := r.dispatch()
			found[d.PaperID()] = d
		}
	}
	return found, nil
}

// listCame returns how a letter came to a unit, the newest first.
func listCame(ctx context.Context, q database.Querier, unitID, letterID ident.ID) ([]Dispatch, error) {
	return list(ctx, q, `WHERE receiver_id = $1 AND (letter_id = $2 OR under_id = $2) ORDER BY sent_at DESC, id DESC`, unitID, letterID)
}
