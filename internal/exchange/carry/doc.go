// Package carry owns the ways by which packages go to other document systems and come from them: a folder that both
// reach, and the HTTP interface of gateways. The real API of the national axis (VXP) has its place in gateway.go.
//
// It knows bytes and answers, not what they mean. Invariant: a package is taken away only after it was accepted, and
// appears for the other side whole or not at all. Nothing here prints a secret.
package carry

import (
	"fmt"

	"sachhon/internal/exchange"
)

// Open returns the way to each partner; one that only posts to us has none.
func Open(partners []exchange.Partner, maxBytes int) (map[string]exchange.Transport, error) {
	ways := map[string]exchange.Transport{}
	for _, p := range partners {
		switch {
		case p.Way == exchange.ByFolder:
			f, err := OpenFolder(p.Folder, maxBytes)
			if err != nil {
				return nil, fmt.Errorf("exchange partner %s: %w", p.ID, err)
			}
			ways[p.ID] = f
		case p.URL != "":
			ways[p.ID] = NewGateway(p, maxBytes)
		}
	}
	return ways, nil
}
