package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/insight"
	"sachhon/internal/person"
)

// everybody is who asks: the API shows the same to all.
var everybody person.Actor

type nothing struct{}

// BySlug names a challenge; huma fills embedded structs only when they are exported.
type BySlug struct {
	Slug string `path:"slug" maxLength:"100" doc:"Name of the challenge in addresses"`
}

type byDivision struct {
	BySlug
	Division string `query:"division" enum:"collective,individual" default:"collective" doc:"The division"`
}

type byNumber struct {
	BySlug
	Number int `path:"number" minimum:"1" doc:"Number of the publication"`
}

func (a *api) registerChallenges() {
	tags := []string{"challenges"}
	missing := []int{http.StatusNotFound}
	get[ChallengeList](a, huma.Operation{
		OperationID: "list-challenges", Path: "/api/v1/challenges", Tags: tags, Summary: "All public challenges",
	}, a.listChallenges)
	get[ChallengeDetail](a, huma.Operation{
		OperationID: "get-challenge", Path: "/api/v1/challenges/{slug}", Tags: tags, Errors: missing,
		Summary: "One challenge with its rules, scoring scheme and documents",
	}, a.getChallenge)
	get[Statistics](a, huma.Operation{
		OperationID: "get-statistics", Path: "/api/v1/challenges/{slug}/statistics", Tags: tags, Errors: missing,
		Summary: "The totals of a challenge, computed from valid reports",
	}, func(ctx context.Context, in *BySlug) (*answer, error) {
		return a.body(ctx, in.Slug, insight.KeyStatistics)
	})
	get[Standings](a, huma.Operation{
		OperationID: "get-standings", Path: "/api/v1/challenges/{slug}/standings", Tags: tags, Errors: missing,
		Summary: "The ranking of a division: provisional until results are published",
	}, func(ctx context.Context, in *byDivision) (*answer, error) {
		return a.body(ctx, in.Slug, insight.KeyStandings(challenge.DivisionCode(in.Division)))
	})
	get[json.RawMessage](a, huma.Operation{
		OperationID: "get-results", Path: "/api/v1/challenges/{slug}/results/{number}", Tags: tags, Errors: missing,
		Summary: "A publication of results with all its evidence, byte for byte as its SHA-256 was published",
	}, a.getResults)
}

// body is a document that insight prepared.
func (a *api) body(ctx context.Context, slug string, key insight.Key) (*answer, error) {
	snapshot, err := a.Insight.BySlug(ctx, everybody, slug)
	if err != nil {
		return nil, err
	}
	body, ok, err := snapshot.Body(key)
	if err != nil {
		return nil, err
	}
	if !ok { // a challenge without this division
		return nil, fault.NotFound.With("")
	}
	return ready(body), nil
}

func (a *api) listChallenges(ctx context.Context, _ *nothing) (*answer, error) {
	all, err := a.Challenges.List(ctx, everybody)
	if err != nil {
		return nil, err
	}
	out := ChallengeList{Challenges: make([]Challenge, len(all))}
	for i, c := range all {
		out.Challenges[i] = newChallenge(c, a.now())
	}
	return encode(out)
}

func (a *api) getChallenge(ctx context.Context, in *BySlug) (*answer, error) {
	c, err := a.Challenges.BySlug(ctx, everybody, in.Slug)
	if err != nil {
		return nil, err
	}
	out := ChallengeDetail{
		Challenge: newChallenge(c, a.now()), Parameters: newParameters(c.Parameters), SeedCommitment: c.SeedCommitment, Seed: c.Seed,
	}
	rules, err := a.Challenges.Rules(ctx, everybody, c.ID)
	if err != nil {
		return nil, err
	}
	out.Rules = each(rules, func(r challenge.RulesVersion) RulesText {
		return RulesText{Number: r.Number, Since: r.Since.Time, Text: r.Text}
	})
	schemes, err := a.Challenges.Schemes(ctx, everybody, c.ID)
	if err != nil {
		return nil, err
	}
	if len(schemes) > 0 {
		s := schemes[0]
		out.Scheme = &Scheme{Number: s.Number, Since: s.Since.Time, Document: json.RawMessage(s.Document)}
	}
	documents, err := a.Challenges.Documents(ctx, everybody, c.ID)
	if err != nil {
		return nil, err
	}
	out.Documents = each(documents, newDocument)
	publications, err := a.Awards.List(ctx, everybody, c.ID)
	if err != nil {
		return nil, err
	}
	out.Publications = each(publications, func(p award.Publication) PublicationRef {
		return PublicationRef{
			Number: p.Number, Reason: p.Reason, SHA256: p.SHA256, PublishedAt: p.PublishedAt.Time,
			URL: "/api/v1/challenges/" + c.Slug + "/results/" + strconv.Itoa(p.Number),
		}
	})
	return encode(out)
}

func (a *api) getResults(ctx context.Context, in *byNumber) (*answer, error) {
	c, err := a.Challenges.BySlug(ctx, everybody, in.Slug)
	if err != nil {
		return nil, err
	}
	p, err := a.Awards.ByNumber(ctx, everybody, c.ID, in.Number)
	if err != nil {
		return nil, err
	}
	return plain(p.Document, "application/json"), nil
}

func newChallenge(c challenge.Challenge, now clock.Time) Challenge {
	return Challenge{
		ID: string(c.ID), Slug: c.Slug, Title: c.Title, Summary: c.Summary, State: string(c.StateAt(now)),
		Organiser: string(c.Organiser), Area: string(c.Area),
		Registration: Span{c.Registration.From.Time, c.Registration.Until.Time}, Period: Span{c.Period.From.Time, c.Period.Until.Time},
		ReportingUntil: c.ReportingUntil.Time, Zone: c.Zone, Synthetic: c.Synthetic,
		Divisions: each(c.Divisions, func(d challenge.Division) Division {
			return Division{
				Code: string(d.Code), MinParticipants: d.MinParticipants,
				Prizes: each(d.Prizes, func(p challenge.Prize) DivisionPrize { return DivisionPrize(p) }),
			}
		}),
	}
}

func newParameters(p challenge.Parameters) Parameters { return Parameters(p) }

func newDocument(d challenge.Document) Document {
	return Document{
		ID: string(d.ID), Kind: string(d.Kind), Title: d.Title, Symbol: d.Symbol, FileName: d.FileName, MediaType: d.MediaType,
		Size: d.Size, SHA256: d.SHA256, URL: "/tai-lieu/" + string(d.ID), AddedAt: d.CreatedAt.Time,
	}
}

// each makes a list of another; it is never null.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func (a *api) now() clock.Time { return clock.At(a.Clock.Now()) }

// optional is nil for the zero instant.
func optional(t clock.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t.Time
}

// absent tells whether an error says only that there is no such thing.
func absent(err error) bool { return errors.Is(err, fault.NotFound) }
