package exchange

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
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

// corrects tells whether a package takes the place of one that names the same letter for the same receivers: of one that had to
// be given up before a letter came of it, whose remains are put aside, or of one whose receivers do not have the letter any more.
// refused is why another version of a letter that its receivers have is not taken: only an update or a replacement tells them.
func (s *Service) corrects(ctx context.Context, m Message, in *edxml.Letter) (corrects bool, refused *fault.Error, err error) {
	if m.Kind != LetterKind {
		return false, nil, nil
	}
	same, ok, err := findSame(ctx, s.db, m.Dedup)
	if err != nil || !ok || same.FileKey == m.FileKey {
		return false, nil, err
	}
	switch same.State {
	case Failed:
		corrects, err = s.discard(ctx, same)
		return corrects, nil, err
	case Done:
		if m.Business == edxml.BusinessNew {
			return s.comesAgain(ctx, same, in)
		}
	case Waiting:
	}
	return false, nil, nil
}

// discard puts aside what a package left half done. Of a letter that was registered only its sender's update or replacement
// tells something else.
func (s *Service) discard(ctx context.Context, same Message) (bool, error) {
	switch l, err := s.letters.Load(ctx, s.db, same.LetterID); {
	case fault.KindOf(err) == fault.NotFound:
		return true, nil
	case err != nil || l.State != letter.Draft && l.State != letter.Discarded:
		return false, err
	}
	_, err := s.letters.Discard(ctx, person.SystemActor, same.LetterID)
	return err == nil, err
}

// comesAgain tells whether all receivers of a package refused its letter or had to give it back. The same files packed anew
// are no other version.
func (s *Service) comesAgain(ctx context.Context, same Message, in *edxml.Letter) (bool, *fault.Error, error) {
	parts, err := loadParts(ctx, s.db, same.ID)
	if err != nil {
		return false, nil, err
	}
	have := false
	for _, p := range parts {
		if p.DispatchID == "" {
			continue
		}
		d, err := s.cascade.Find(ctx, s.db, p.DispatchID)
		if err != nil {
			return false, nil, err
		}
		have = have || d.AgainID != "" || d.State != cascade.Refused && d.State != cascade.Recalled
	}
	if !have {
		return true, nil, nil
	}
	before, err := s.file(ctx, same.FileKey)
	if err != nil {
		return false, nil, err
	}
	r, err := edxml.Read(bytes.NewReader(before), s.limits)
	if err != nil || r.Letter == nil || sameFiles(r.Letter.Attachments, in.Attachments) {
		return false, nil, err
	}
	return false, fault.Conflict.With("exchange.fault.stillThere", "Symbol", cut(same.Symbol)), nil
}

func sameFiles(a, b []edxml.Attachment) bool {
	return slices.EqualFunc(a, b, func(a, b edxml.Attachment) bool { return bytes.Equal(a.Body, b.Body) })
}

// sendAgain has those get a letter once more who refused it or gave it back before this package came in the place of the first.
func (s *Service) sendAgain(ctx context.Context, m Message, send cascade.SendInput, ended []ident.ID) error {
	if len(ended) == 0 {
		return nil
	}
	came, err := cameFor(ctx, s.db, send.Letter)
	if err != nil {
		return err
	}
	another := func(o Message) bool { return o.ID != m.ID && o.State == Done && strings.HasPrefix(o.Dedup, superseded) }
	if !slices.ContainsFunc(came, another) {
		return nil
	}
	all, err := s.cascade.OfLetter(ctx, s.db, send.Letter)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.AgainID != "" || !slices.Contains(ended, d.ReceiverID) {
			continue
		}
		words := cmp.Or(send.Words, lang.New("vi").T("exchange.words.again"))
		if _, err := s.cascade.SendAgain(ctx, person.SystemActor, cascade.AgainInput{Dispatch: d.ID, Words: words, DueAt: send.DueAt}); err != nil {
			return err
		}
	}
	return nil
}

// superseded begins the name of a message after its sender has sent the same again, corrected.
const superseded = "superseded|"

// supersede lets another package take the place of one that failed, or whose receivers do not have the letter any more.
func (s *Service) supersede(ctx context.Context, tx *database.Tx, id ident.ID) error {
	old, err := lock(ctx, tx, id)
	if err != nil || old.State == Waiting || strings.HasPrefix(old.Dedup, superseded) {
		return err
	}
	old.Dedup, old.Version, old.UpdatedAt = superseded+string(old.ID), old.Version+1, tx.Now()
	return update(ctx, tx, old)
}
