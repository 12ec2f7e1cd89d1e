package cascade

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"sachhon/internal/ident"
)

// dump writes a model out, to compare it.
func (m *model) dump() string {
	var b strings.Builder
	fmt.Fprintln(&b, m.seq)
	for i, n := range m.nodes {
		line, err := json.Marshal(n)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(&b, m.tier[i], m.up[i], m.end[i], n.folded, string(line))
	}
	return b.String()
}

// Dump brings a letter's read model up to date and writes it out.
func (s *Service) Dump(ctx context.Context, letterID, issuer ident.ID) (string, error) {
	m, err := s.model(ctx, letterID, issuer)
	if err != nil {
		return "", err
	}
	return m.dump(), nil
}
