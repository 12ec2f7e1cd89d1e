package demo

import (
	"context"
	_ "embed" // for the text
	"fmt"
	"math/rand/v2"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

//go:embed texts/letter.txt
var letterText string

// The groups that the town writes to, as its letters call them.
const (
	offices  = "Các cơ quan, ban ngành, đoàn thể trên thị xã"
	communes = "Ủy ban nhân dân các xã, phường"
)

// sent is a letter on its way.
type sent struct {
	*replay
	challenge ident.ID
	issuer    unit.Unit
	id        ident.ID
}

// letters has the town pass the plan on: read, registered, sent, and acted on at the speeds at which offices act.
func (k *contest) letters(context.Context) {
	s := &sent{replay: k.replay, challenge: k.id}
	k.on(at(6, 8, 40), s.draft)
	k.on(at(6, 9, 5), s.register)
	k.on(at(6, 9, 30), func(ctx context.Context) error {
		dispatches, err := s.sendTo(ctx, townClerk, offices, communes)
		if err != nil {
			return err
		}
		if err := s.campaign(ctx); err != nil {
			return err
		}
		for i, d := range dispatches {
			s.follow(ctx, i, d)
		}
		return s.reports(ctx)
	})
}

func (s *sent) draft(ctx context.Context) error {
	issuer, err := s.unit(townCode)
	if err != nil {
		return err
	}
	s.issuer = issuer
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	l, err := s.Letters.Draft(ctx, clerk, letter.DraftInput{ID: s.IDs.New(), Issuer: issuer.ID, Text: letterText})
	s.id = l.ID
	return err
}

func (s *sent) register(ctx context.Context) error {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return err
	}
	if _, err := s.Letters.Register(ctx, clerk, s.id); err != nil {
		return err
	}
	_, err = s.Letters.Link(ctx, clerk, s.id, letter.Link{Challenge: s.challenge, Public: true})
	return err
}

// sendTo sends the letter to groups and makes the clerks of the receiving units.
func (s *sent) sendTo(ctx context.Context, clerk string, groups ...string) ([]cascade.Dispatch, error) {
	var to cascade.Recipients
	for _, name := range groups {
		g, ok := s.tree.GroupByName(name)
		if !ok {
			return nil, fmt.Errorf("demo: no group is called %s", name)
		}
		to.Groups = append(to.Groups, g.ID)
	}
	if err := s.staff(ctx, to); err != nil {
		return nil, err
	}
	actor, err := s.as(ctx, clerk)
	if err != nil {
		return nil, err
	}
	result, err := s.Cascade.Send(ctx, actor, cascade.SendInput{Letter: s.id, To: to})
	return result.Dispatches, err
}

// staff makes the officials of the units that are written to, where they have none.
func (s *sent) staff(ctx context.Context, to cascade.Recipients) error {
	units := make([]unit.Unit, 0, len(to.Units))
	for _, id := range to.Units {
		u, _ := s.tree.ByID(id)
		units = append(units, u)
	}
	for _, id := range to.Groups {
		g, _ := s.tree.Group(id)
		units = append(units, s.tree.Expand(g)...)
	}
	for _, u := range units {
		if _, known := s.people[clerkOf(u)]; known {
			continue
		}
		if err := s.appoint(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// manner is how an office acts: after how many hours it does each step; 0 is never.
type manner struct {
	receive, assign, publicise, complete time.Duration
	channels                             []letter.Channel
}

// manners go from the office that acts the same morning to the one that never looked.
var manners = []manner{
	{1, 4, 26, 18 * 24, []letter.Channel{letter.Loudspeaker, letter.Meeting, letter.NoticeBoard}},
	{3, 24, 48, 20 * 24, []letter.Channel{letter.Portal, letter.NoticeBoard}},
	{22, 46, 96, 22 * 24, []letter.Channel{letter.Loudspeaker, letter.Social}},
	{4, 30, 100, 0, []letter.Channel{letter.Meeting}},
	{26, 98, 170, 0, []letter.Channel{letter.NoticeBoard, letter.Meeting}},
	{96, 122, 0, 0, nil},
	{120, 0, 0, 0, nil},
	{0, 0, 0, 0, nil},
}

// follow adds what the receiver of a dispatch does.
func (s *sent) follow(_ context.Context, i int, d cascade.Dispatch) {
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	m := manners[(i*5+2)%len(manners)]
	receiver, ok := s.tree.ByID(d.ReceiverID)
	switch receiver.Code {
	case wardCode:
		m = manners[0]
	case cultureCode: // it drafted the letter
		m = manners[1]
	}
	if !ok || m.receive == 0 {
		return
	}
	begin := s.clock.Now()
	after := func(hours time.Duration, do func(ctx context.Context) error) {
		if hours > 0 {
			s.on(inOffice(begin.Add(hours*time.Hour).Add(time.Duration(r.IntN(50))*time.Minute)), do)
		}
	}
	clerk := clerkOf(receiver)
	after(m.receive, func(ctx context.Context) error {
		actor, err := s.as(ctx, clerk)
		if err != nil {
			return err
		}
		if err := s.receive(ctx, clerk, d.ID); err != nil {
			return err
		}
		_, err = s.Cascade.Present(ctx, actor, d.ID)
		return err
	})
	after(m.assign, func(ctx context.Context) error {
		return s.assign(ctx, clerk, d.ID, instruction(receiver))
	})
	if isWard(receiver) {
		after(m.assign+1, func(ctx context.Context) error { return s.passOn(ctx, receiver) })
	}
	for n, channel := range m.channels {
		after(m.publicise+time.Duration(n*30), func(ctx context.Context) error { return s.publicise(ctx, clerk, d.ID, channel, receiver, r) })
	}
	if m.complete > 0 && len(m.channels) > 0 && m.channels[0] == letter.Loudspeaker {
		s.loudspeakers(receiver, clerk, i)
	}
	after(m.complete, func(ctx context.Context) error {
		actor, err := s.as(ctx, clerk)
		if err != nil {
			return err
		}
		for _, n := range []int{1, 2} {
			if _, err := s.Cascade.FinishDuty(ctx, actor, d.ID, n, true, ""); err != nil {
				return err
			}
		}
		_, err = s.Cascade.Complete(ctx, actor, d.ID, "Đã tuyên truyền và vận động các đội đăng ký tham gia.")
		return err
	})
}

// instruction is what the leader of a receiving unit decides, in the words of its kind.
func instruction(u unit.Unit) cascade.Instruction {
	in := cascade.Instruction{
		Lead: "Chuyên viên được phân công", Cooperators: []string{"Tổ công đoàn"},
		Text: "Tham mưu tuyên truyền và vận động đăng ký.", Deadline: clock.At(at(20, 17, 0)),
	}
	switch u.Kind {
	case unit.Ward, unit.Commune:
		in.Lead, in.Cooperators = "Công chức văn hóa - xã hội", []string{"Đoàn Thanh niên", "Hội Phụ nữ"}
	case unit.Union:
		in.Lead, in.Cooperators = "Ban Thường trực", []string{"Các chi hội, chi đoàn trực thuộc"}
	}
	return in
}

func (s *sent) publicise(ctx context.Context, clerk string, dispatch ident.ID, channel letter.Channel, u unit.Unit, r *rand.Rand) error {
	actor, err := s.as(ctx, clerk)
	if err != nil {
		return err
	}
	in := cascade.PublicityInput{
		ID: s.IDs.New(), Dispatch: dispatch, Duty: 1, Channel: channel,
		At: clock.At(s.clock.Now().Add(-time.Hour)), Place: u.FullName, Times: 1, People: 40 + r.IntN(260),
	}
	switch channel {
	case letter.Loudspeaker:
		in.Times, in.Place = 4+r.IntN(5), "Đài truyền thanh "+u.Name
	case letter.Portal, letter.Social:
		in.Place, in.Link = "", "https://example.org/tin-bai"
	}
	_, err = s.Cascade.Publicise(ctx, actor, in)
	return err
}

// inOffice moves a time into the next working hours.
func inOffice(t time.Time) time.Time {
	t = t.In(clock.Zone)
	if t.Hour() >= 17 {
		t = time.Date(t.Year(), t.Month(), t.Day()+1, 7, 30+t.Minute()/2, 0, 0, clock.Zone)
	}
	if t.Hour() < 7 {
		t = time.Date(t.Year(), t.Month(), t.Day(), 7, 30+t.Minute()/2, 0, 0, clock.Zone)
	}
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, 1)
	}
	return t
}
