package demo

import (
	"bytes"
	"context"
	_ "embed" // for the texts
	"fmt"
	"strings"
	"time"

	"sachhon/internal/award"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/entrant"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/scoring"
)

//go:embed texts/rules.md
var rulesText string

//go:embed texts/plan.txt
var planText string

// contest is a challenge while it is filled.
type contest struct {
	*replay
	id    ident.ID
	plan  *plan
	gate  *gallery
	codes map[*entrantPlan]ident.ID
}

// found makes and announces a challenge with rules, scheme and plan.
func (r *replay) found(ctx context.Context, d challenge.Details, symbol string) (challenge.Challenge, error) {
	board, err := r.as(ctx, firstReviewer)
	if err != nil {
		return challenge.Challenge{}, err
	}
	c, err := r.Challenges.Create(ctx, board, challenge.CreateInput{ID: r.IDs.New(), Details: d})
	if err != nil {
		return c, err
	}
	if _, err := r.Challenges.AddRules(ctx, board, c.ID, rulesText, clock.Time{}); err != nil {
		return c, err
	}
	scheme, err := scoring.DefaultScheme().Document()
	if err != nil {
		return c, err
	}
	if _, err := r.Scoring.AddScheme(ctx, board, c.ID, scheme, clock.Time{}); err != nil {
		return c, err
	}
	_, err = r.Challenges.AddDocument(ctx, board, c.ID, challenge.DocumentInput{
		ID: r.IDs.New(), Kind: challenge.PlanDocument, Title: "Kế hoạch tổ chức (tóm tắt)", Symbol: symbol,
		FileName: "ke-hoach.txt", Content: strings.NewReader(planText),
	})
	if err != nil {
		return c, err
	}
	return r.Challenges.Announce(ctx, board, c.ID)
}

// juneSlug is the address of the replayed challenge.
const juneSlug = "the-gioi-sach-hon-2024"

// june replays the challenge from its announcement to the prizes.
func (r *replay) june(ctx context.Context) error {
	r.clock.Set(at(0, 14, 0)) // 31 May
	if err := r.settle(ctx); err != nil {
		return err
	}
	province, err := r.unit(provinceCode)
	if err != nil {
		return err
	}
	department, err := r.unit(departmentCode)
	if err != nil {
		return err
	}
	c, err := r.found(ctx, challenge.Details{
		Slug: juneSlug, Title: "Thử thách làm cho thế giới sạch hơn",
		Summary:   "Cuộc thi trên nền tảng số Hue-S, tháng 6 năm 2024: tập thể và cá nhân ra quân thu gom, phân loại và cân rác trên toàn tỉnh.",
		Organiser: department.ID, Area: province.ID, Box: boxOf(),
		Period:       challenge.Days(at(2, 0, 0), at(30, 0, 0)),
		Registration: challenge.Days(at(0, 0, 0), at(28, 0, 0)),
		Synthetic:    true,
	}, "1518/KH-STTTT")
	if err != nil {
		return err
	}
	r.Challenges.Feature(c.ID)
	p := newPlan(r.random)
	k := &contest{replay: r, id: c.ID, plan: p, codes: map[*entrantPlan]ident.ID{}}
	k.gate = newGallery(ctx, p.cleanups)
	defer k.gate.close()
	k.outside(ctx)
	k.letters(ctx)
	for _, e := range p.entrants {
		r.on(e.register, func(ctx context.Context) error { return k.register(ctx, e) })
		r.on(decisionTime(e.register), func(ctx context.Context) error { return k.approve(ctx, e) })
	}
	for i, cl := range p.cleanups {
		k.cleanup(i, cl)
	}
	r.on(at(31, 9, 0).AddDate(0, 0, 7), func(ctx context.Context) error { // 8 July: nothing more can come
		board, err := r.as(ctx, firstReviewer)
		if err != nil {
			return err
		}
		_, err = r.Challenges.Advance(ctx, board, c.ID, challenge.Judge)
		return err
	})
	r.on(time.Date(2024, time.August, 7, 15, 0, 0, 0, clock.Zone), func(ctx context.Context) error {
		board, err := r.as(ctx, firstReviewer)
		if err != nil {
			return err
		}
		_, err = r.Awards.Publish(ctx, board, award.PublishInput{ID: r.IDs.New(), Challenge: c.ID})
		return err
	})
	return r.run(ctx)
}

// decisionTime is the next morning of a working day after a time.
func decisionTime(t time.Time) time.Time {
	y, m, d := t.In(clock.Zone).Date()
	next := time.Date(y, m, d+1, 9, 15, 0, 0, clock.Zone)
	for next.Weekday() == time.Saturday || next.Weekday() == time.Sunday {
		next = next.AddDate(0, 0, 1)
	}
	return next
}

// key names the account of an entrant's representative.
func (k *contest) key(e *entrantPlan) string {
	return fmt.Sprintf("%s.%s.%d", representative, k.id[len(k.id)-4:], e.index+1)
}

func (k *contest) register(ctx context.Context, e *entrantPlan) error {
	home, err := k.unit(e.spot.code)
	if err != nil {
		return err
	}
	number := phone(e.index + 1)
	d := person.Details{Name: e.person, Email: address(k.key(e)), Phone: number, Lang: "vi", HomeUnit: home.ID}
	if err := k.account(ctx, k.key(e), d); err != nil {
		return err
	}
	actor, err := k.as(ctx, k.key(e))
	if err != nil {
		return err
	}
	in := entrant.RegisterInput{
		ID: k.IDs.New(), Challenge: k.id, Division: e.division, Unit: home.ID, Members: e.expecting,
		FullName: e.person, BirthDate: e.birth, Phone: number, Email: d.Email, Lang: "vi", Rules: 1,
	}
	if e.division == challenge.Collective {
		in.Name = teamName(k.random, e.index%9+1, home)
	}
	if e.minor {
		in.GuardianName, in.GuardianPhone = fullName(k.random), phone(20000+e.index)
	}
	age, _ := person.Age(e.birth, clock.DayOf(k.clock.Now()))
	for _, giver := range entrant.Givers(age, challenge.DefaultParameters()) {
		for _, purpose := range []entrant.Purpose{entrant.Participation, entrant.Messages, entrant.ShowName, entrant.ShowPhotos} {
			if e.minor && purpose == entrant.ShowName {
				continue
			}
			in.Consents = append(in.Consents, entrant.ConsentInput{Giver: giver, Purpose: purpose})
		}
	}
	made, err := k.Entrants.Register(ctx, actor, in)
	if err != nil {
		return fmt.Errorf("register %s: %w", k.key(e), err)
	}
	k.codes[e] = made.ID
	return nil
}

func (k *contest) approve(ctx context.Context, e *entrantPlan) error {
	board, err := k.as(ctx, []string{firstReviewer, secondReviewer}[e.index%2])
	if err != nil {
		return err
	}
	_, err = k.Entrants.Decide(ctx, board, k.codes[e], entrant.Approve, "")
	return err
}

func reader(b []byte) *bytes.Reader { return bytes.NewReader(b) }
