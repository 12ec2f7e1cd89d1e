package demo

import (
	"context"
	"fmt"
	"strings"

	"sachhon/internal/drafting"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// passOn has a ward copy what the town's letter asks for, for its people, and write its own to carry it out: signed by its leader and
// numbered. A plan that somebody began stays a draft.
func (s *sent) passOn(ctx context.Context, u unit.Unit) error {
	clerk, err := s.as(ctx, clerkOf(u))
	if err != nil {
		return err
	}
	received, err := s.Letters.Load(ctx, s.DB, s.id)
	if err != nil {
		return err
	}
	in, err := s.Drafting.Input(ctx, u.ID)
	if err != nil {
		return err
	}
	signer := in.Head.Signer(0)
	signer.Name = signerOf(u)
	_, err = s.Letters.Copy(ctx, clerk, letter.CopyInput{
		ID: s.IDs.New(), Unit: u.ID, Letter: s.id, Kind: letter.Extract, Notation: in.Head.Mark, Place: in.Head.Place, Excerpt: dutiesOf(received),
		Recipients: []string{"Tổ trưởng các tổ dân phố", in.Head.Archive()}, Signer: signer,
	})
	if err != nil {
		return err
	}
	doc := drafting.Forward(received, in)
	if len(doc.Addressees) == 0 {
		doc.Addressees = []string{"Tổ trưởng các tổ dân phố"}
	}
	own, err := s.Letters.Compose(ctx, clerk, letter.ComposeInput{
		ID: s.IDs.New(), Issuer: u.ID, Document: doc, Challenge: s.challenge, Answers: s.id,
	})
	if err != nil {
		return err
	}
	leader, err := s.as(ctx, leaderOf(u))
	if err != nil {
		return err
	}
	if err := s.issueLetter(ctx, clerk, own.ID, func(ctx context.Context) error {
		_, err := s.Letters.Sign(ctx, leader, own.ID, letter.SignInput{})
		return err
	}, signer.Name); err != nil {
		return err
	}
	in.On = &received
	_, err = s.Letters.Compose(ctx, clerk, letter.ComposeInput{
		ID: s.IDs.New(), Issuer: u.ID, Document: drafting.Draft(drafting.Plan, in), Challenge: s.challenge, Answers: s.id,
	})
	return err
}

// isWard tells which ward one may be.
func isWard(u unit.Unit) bool { return strings.EqualFold(u.Code, wardCode) }

// dutiesOf is the part of a letter that an extract for those who do the work repeats. The letter of the replay came as text,
// of which no whole copy is made.
func dutiesOf(l letter.Letter) string {
	var lines []string
	for _, d := range l.Fields.Duties {
		lines = append(lines, fmt.Sprintf("%d. %s", d.Number, d.Text))
	}
	return strings.Join(lines, "\n")
}
