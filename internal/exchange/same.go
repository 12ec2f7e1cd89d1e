package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// dedupOf is what makes two packages with a letter the same: the letter and to whom it goes, over whichever partner and
// however it is packed. A change of a letter may come more than once with the same name, so its content counts too.
func dedupOf(m Message, parts []Part, body []byte) string {
	var to []string
	for _, p := range parts {
		if p.UnitID != "" {
			to = append(to, p.OrganCode)
		}
	}
	slices.Sort(to)
	key := []string{"in|letter", m.FromOrgan, string(m.Business), string(m.DocumentID), m.Symbol, strings.Join(to, ",")}
	if m.Business == edxml.BusinessUpdate {
		sum := sha256.Sum256(body)
		key = append(key, hex.EncodeToString(sum[:]))
	}
	return short(strings.Join(key, "|"))
}

// short keeps a key within what an index takes, whatever stands in a package.
func short(key string) string {
	if len(key) <= 500 {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return strings.ToValidUTF8(key[:400], "") + "|" + hex.EncodeToString(sum[:])
}

// corrects tells whether a package is another try at one that had to be given up before a letter came of it. What it left
// half done is put aside. Of a letter that was registered only its sender's update or replacement tells something else.
func (s *Service) corrects(ctx context.Context, m Message) (bool, error) {
	if m.Kind != LetterKind {
		return false, nil
	}
	same, err := loadSame(ctx, s.db, m.Dedup)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	if err != nil || same.State != Failed || same.FileKey == m.FileKey {
		return false, err
	}
	switch l, err := s.letters.Load(ctx, s.db, same.LetterID); {
	case fault.KindOf(err) == fault.NotFound:
		return true, nil
	case err != nil || l.State != letter.Draft && l.State != letter.Discarded:
		return false, err
	}
	_, err = s.letters.Discard(ctx, person.SystemActor, same.LetterID)
	return err == nil, err
}

// superseded begins the name of a message after its sender has sent the same again, corrected.
const superseded = "superseded|"

// supersede lets another package take the place of one that failed.
func (s *Service) supersede(ctx context.Context, tx *database.Tx, id ident.ID) error {
	old, err := lock(ctx, tx, id)
	if err != nil || old.State != Failed || strings.HasPrefix(old.Dedup, superseded) {
		return err
	}
	old.Dedup, old.Version, old.UpdatedAt = superseded+string(old.ID), old.Version+1, tx.Now()
	return update(ctx, tx, old)
}
