package report

import (
	"context"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/entrant"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/person"
)

// View is a report with all that belongs to it, for those who may read it.
type View struct {
	Report
	Photos  []Photo
	Missing []Expected // announced and not arrived
	History []Step
	Due     clock.Time // the first moment that is too late for sending it in
}

// Get returns a report to its entrant's representatives, the officials above them and the board.
func (s *Service) Get(ctx context.Context, actor person.Actor, id ident.ID) (View, error) {
	sub, err := s.find(ctx, s.db, actor, person.ActionReportRead, id)
	if err != nil {
		return View{}, err
	}
	if sub.State == Draft && sub.permit(actor, person.ActionReportWrite) != nil {
		return View{}, fault.NotFound.With("") // nobody else reads what is not sent in
	}
	return s.view(ctx, s.db, sub.Report)
}

// ByCleanup returns the report of a clean-up to those who may read it; NotFound when nobody has begun one.
func (s *Service) ByCleanup(ctx context.Context, actor person.Actor, cleanupID ident.ID) (View, error) {
	r, err := get(ctx, s.db, `cleanup_id = $1`, cleanupID)
	if err != nil {
		return View{}, err
	}
	return s.Get(ctx, actor, r.ID)
}

// OfEntrant returns the reports of an entrant, the newest first.
func (s *Service) OfEntrant(ctx context.Context, actor person.Actor, entrantID ident.ID) ([]Report, error) {
	who, err := s.entrants.Find(ctx, s.db, entrantID)
	if err != nil {
		return nil, err
	}
	edition, err := s.challenges.Find(ctx, s.db, who.Challenge)
	if err != nil {
		return nil, err
	}
	if err := (subject{challenge: edition, entrant: who}).permit(actor, person.ActionReportRead); err != nil {
		return nil, err
	}
	return list(ctx, s.db, `entrant_id = $1 ORDER BY created_at DESC, id`, entrantID)
}

// Find returns a report to another domain; it asks for no permission.
func (s *Service) Find(ctx context.Context, q database.Querier, id ident.ID) (Report, error) {
	return get(ctx, q, `id = $1`, id)
}

func (s *Service) view(ctx context.Context, q database.Querier, r Report) (v View, err error) {
	sub, err := s.subject(ctx, q, r)
	if err != nil {
		return View{}, err
	}
	v.Report, v.Due = r, sub.rules().Due
	if r.State == SentBack {
		v.Due = r.Deadline
	}
	if v.Photos, err = photosOf(ctx, q, r.ID); err != nil {
		return View{}, err
	}
	if v.Missing, err = expectedOf(ctx, q, r.ID); err != nil {
		return View{}, err
	}
	v.History, err = steps(ctx, q, `report_id = $1`, r.ID)
	return v, err
}

// Result is a valid report as points and statistics count it.
type Result struct {
	Report      ident.ID
	Cleanup     ident.ID
	Entrant     ident.ID
	Figures     Figures // the effective ones
	SendBacks   int64
	SubmittedAt clock.Time // when the version that was found valid was sent in
	DecidedAt   clock.Time
}

// Results returns the valid reports of a challenge to another domain, in the order of their identifiers; it asks for
// no permission. Whoever counts them leaves out the entrants that do not take part any more.
func (s *Service) Results(ctx context.Context, q database.Querier, challengeID ident.ID) ([]Result, error) {
	valid, err := list(ctx, q, `challenge_id = $1 AND state = $2 ORDER BY id`, challengeID, Valid)
	results := make([]Result, 0, len(valid))
	for _, r := range valid {
		results = append(results, Result{
			Report: r.ID, Cleanup: r.Cleanup, Entrant: r.Entrant, Figures: r.Effective(), SendBacks: r.SendBacks,
			SubmittedAt: r.SubmittedAt, DecidedAt: r.DecidedAt,
		})
	}
	return results, err
}

// Public is what everybody may see of a valid report.
type Public struct {
	Report   ident.ID
	Cleanup  ident.ID
	Figures  Figures // the effective ones
	Adjusted bool    // they are not the entrant's own
	ValidAt  clock.Time
	Photos   []PublicPhoto // before, during, after
}

// PublicPhoto is a photo that everybody may see; the size is that of its large picture.
type PublicPhoto struct {
	ID            ident.ID
	Role          Role
	Width, Height int
}

// Public returns the valid report of a clean-up; NotFound when there is none.
func (s *Service) Public(ctx context.Context, cleanupID ident.ID) (Public, error) {
	r, err := get(ctx, s.db, `cleanup_id = $1 AND state = $2`, cleanupID, Valid)
	if err != nil {
		return Public{}, err
	}
	shown, err := s.Showcase(ctx, s.db, []ident.ID{r.ID})
	return Public{
		Report: r.ID, Cleanup: r.Cleanup, Figures: r.Effective(), Adjusted: r.Adjusted != nil, ValidAt: r.DecidedAt,
		Photos: shown[r.ID],
	}, err
}

// Showcase returns the photos that everybody may see of the given reports, by report, in the order before, during,
// after: of valid reports, without slips, if those in the pictures agreed.
func (s *Service) Showcase(ctx context.Context, q database.Querier, reports []ident.ID) (map[ident.ID][]PublicPhoto, error) {
	shown := make(map[ident.ID][]PublicPhoto, len(reports))
	if len(reports) == 0 {
		return shown, nil
	}
	valid, err := validAmong(ctx, q, reports)
	if err != nil {
		return nil, err
	}
	entrants := make([]ident.ID, 0, len(valid))
	for _, r := range valid {
		entrants = append(entrants, r.Entrant)
	}
	agreed, err := s.entrants.Agreed(ctx, q, entrant.ShowPhotos, entrants)
	if err != nil {
		return nil, err
	}
	var open []ident.ID
	for _, r := range valid {
		if agreed[r.Entrant] {
			open = append(open, r.ID)
		}
	}
	found, err := photosOfAll(ctx, q, open)
	if err != nil {
		return nil, err
	}
	for _, role := range []Role{Before, During, After} {
		for _, p := range found {
			if p.Role == role {
				w, h := p.fit(imaging.LargeSize)
				shown[p.Report] = append(shown[p.Report], PublicPhoto{ID: p.ID, Role: p.Role, Width: w, Height: h})
			}
		}
	}
	return shown, nil
}

// OtherPhotos returns to another domain the photos that a report's may be compared with: all of other reports of the
// challenge, and those of other challenges with the same content.
func (s *Service) OtherPhotos(ctx context.Context, q database.Querier, r Report) ([]Photo, error) {
	return others(ctx, q, r)
}

// Earlier returns to another domain the reports of the challenge that were sent in before this one, or, for a draft,
// all that were.
func (s *Service) Earlier(ctx context.Context, q database.Querier, r Report) ([]Report, error) {
	before := r.SubmittedAt
	if before.IsZero() {
		before = s.now()
	}
	return list(ctx, q, `challenge_id = $1 AND id <> $2 AND submitted_at < $3 ORDER BY submitted_at, id`,
		r.Challenge, r.ID, before)
}

// Undecided returns to another domain how many reports of a challenge still wait: for the board, or for an entrant
// who is to mend one. A deadline that passed decides nothing: the board rejects the report or gives more time.
func (s *Service) Undecided(ctx context.Context, q database.Querier, challengeID ident.ID) (int, error) {
	count, err := counts(ctx, q, challengeID, s.now())
	return count[ToReview] + count[Mended] + count[Appeals] + count[WithEntrant] + count[Late], err
}
