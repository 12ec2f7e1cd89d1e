package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/drafting"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// The groups that today's plan goes to, and those below them.
const (
	districts   = "Ủy ban nhân dân các huyện, thị xã và thành phố Huế"
	unions      = "Ủy ban Mặt trận Tổ quốc Việt Nam và các đoàn thể tỉnh"
	wardsUnions = "Đoàn Thanh niên các xã, phường"
)

// teamsAsked is how many teams the plan wants of a district or a town, and teamsOfEach how many the town asks of each commune.
const (
	teamsAsked  = 18
	teamsOfEach = 2
)

// office is a moment on the n-th working day before today.
type office func(n, hour int) time.Time

func officeBefore(midnight time.Time) office {
	days, today := calendar.Builtin(), clock.DayOf(midnight)
	return func(n, hour int) time.Time {
		return days.AddWorkingDays(today, -n).Start().Add(time.Duration(hour) * time.Hour).Local()
	}
}

// tiers sends today's plan down: from the department to districts and unions, from the town and the youth union to those
// below them, and in a ward to its people. The ward whose clerk one may be has not opened it yet.
func (r *replay) tiers(c challenge.Challenge, organiser unit.Unit, day office) {
	s := &sent{replay: r, challenge: c.ID, issuer: organiser}
	r.on(day(6, 8), func(ctx context.Context) error { return s.announcePlan(ctx, c) })
	r.on(day(6, 9), func(ctx context.Context) error {
		dispatches, err := s.sendTo(ctx, clerkOf(organiser), districts, unions)
		if err != nil {
			return err
		}
		for i, d := range dispatches {
			receiver, _ := r.tree.ByID(d.ReceiverID)
			switch receiver.Code {
			case townCode:
				s.townCarriesOut(d.ID, day)
			case "46.DTN":
				s.youthPassesOn(d.ID, receiver, day)
			default:
				s.others(i, d.ID, receiver, day)
			}
		}
		return nil
	})
}

// others has a district or a union act at its own speed, from the one that does all at once to the one that has not looked.
func (s *sent) others(i int, dispatch ident.ID, receiver unit.Unit, day office) {
	steps := []func(ctx context.Context) error{
		func(ctx context.Context) error { return s.receive(ctx, clerkOf(receiver), dispatch) },
		func(ctx context.Context) error {
			in := instruction(receiver)
			in.Deadline = clock.At(day(0, 17).AddDate(0, 0, 14))
			return s.assign(ctx, clerkOf(receiver), dispatch, in)
		},
		func(ctx context.Context) error {
			return s.publicise(ctx, clerkOf(receiver), dispatch, letter.NoticeBoard, receiver, s.random)
		},
	}
	for n, step := range steps[:(i*5+3)%(len(steps)+1)] {
		s.on(day(6-2*n, 13+i%4), step)
	}
}

// announcePlan has the organiser write, sign and number its plan.
func (s *sent) announcePlan(ctx context.Context, c challenge.Challenge) error {
	if err := s.appoint(ctx, s.issuer); err != nil {
		return err
	}
	in, err := s.Drafting.Input(ctx, s.issuer.ID)
	if err != nil {
		return err
	}
	in.Challenge, in.To = &c, drafting.Named(in.Tree, in.Unit, districts, unions)
	doc := drafting.Draft(drafting.Plan, in)
	doc.Number, doc.Subject, doc.Recipients = "1487", "Tổ chức Thử thách "+c.Title, []string{districts, unions, in.Head.Archive()}
	doc.Blocks = asked(doc.Blocks)
	return s.write(ctx, clerkOf(s.issuer), doc, "", "Lê Thị Mẫu", true)
}

// asked puts what this plan asks in the place of what plans usually ask.
func asked(blocks []letter.Block) []letter.Block {
	duties := []letter.Block{
		{Kind: letter.DutyBlock, Text: "Thông báo thể lệ của thử thách trên trang thông tin điện tử, bảng tin, trong các cuộc họp và trên hệ thống truyền thanh cơ sở.", Duty: &letter.Duty{
			Channels: []letter.Channel{letter.Portal, letter.NoticeBoard, letter.Meeting, letter.Loudspeaker}, Force: letter.Requests,
		}},
		{Kind: letter.DutyBlock, Text: fmt.Sprintf("Vận động ít nhất %d tập thể, cá nhân đăng ký tham gia; hỗ trợ dụng cụ, điểm cân và nơi tập kết rác cho các đội ra quân.", teamsAsked), Duty: &letter.Duty{
			Quota: &letter.Quota{Count: teamsAsked, Of: "tập thể, cá nhân", AtLeast: true}, Force: letter.Requests,
		}},
	}
	var out []letter.Block
	for _, b := range blocks {
		if b.Kind != letter.DutyBlock {
			out = append(out, b)
			continue
		}
		out, duties = append(out, duties...), nil
	}
	return out
}

// write has a letter composed, signed and numbered, and linked to the challenge; public says for everybody to read.
func (s *sent) write(ctx context.Context, clerk string, doc letter.Document, answers ident.ID, signer string, public bool) error {
	actor, err := s.as(ctx, clerk)
	if err != nil {
		return err
	}
	l, err := s.Letters.Compose(ctx, actor, letter.ComposeInput{ID: s.IDs.New(), Issuer: s.issuer.ID, Document: doc, Challenge: s.challenge, Answers: answers})
	if err != nil {
		return err
	}
	s.id = l.ID
	if err := s.issueLetter(ctx, actor, l.ID, func(ctx context.Context) error {
		_, err := s.Letters.Sign(ctx, actor, l.ID, letter.SignInput{OnPaper: true, Signer: signer})
		return err
	}, signer); err != nil {
		return err
	}
	_, err = s.Letters.Link(ctx, actor, l.ID, letter.Link{Challenge: s.challenge, Public: public})
	return err
}

// townCarriesOut has the town receive the plan, assign it, publish it, and pass it on with its own letter.
func (s *sent) townCarriesOut(dispatch ident.ID, day office) {
	plan := s.id
	s.on(day(5, 8), func(ctx context.Context) error {
		if err := s.receive(ctx, townClerk, dispatch); err != nil {
			return err
		}
		clerk, err := s.as(ctx, townClerk)
		if err != nil {
			return err
		}
		_, err = s.Cascade.Present(ctx, clerk, dispatch)
		return err
	})
	s.on(day(5, 15), func(ctx context.Context) error {
		return s.assign(ctx, townLeader, dispatch, cascade.Instruction{
			Lead: "Phòng Văn hóa và Thông tin", Cooperators: []string{"Phòng Tài nguyên và Môi trường", "Thị đoàn"},
			Text: "Tham mưu công văn gửi các xã, phường; phân chỉ tiêu cho từng địa phương.",
		})
	})
	s.on(day(3, 10), func(ctx context.Context) error {
		town, err := s.unit(townCode)
		if err != nil {
			return err
		}
		return s.publicise(ctx, townClerk, dispatch, letter.Portal, town, s.random)
	})
	own := &sent{replay: s.replay, challenge: s.challenge}
	s.on(day(1, 8), func(ctx context.Context) error { return own.townWrites(ctx, plan) })
	s.on(day(1, 10), func(ctx context.Context) error {
		dispatches, err := own.townPassesOn(ctx, dispatch)
		if err != nil {
			return err
		}
		return own.wardsReceive(dispatches, day)
	})
}

// townWrites drafts the town's letter from the plan.
func (s *sent) townWrites(ctx context.Context, plan ident.ID) error {
	var err error
	if s.issuer, err = s.unit(townCode); err != nil {
		return err
	}
	received, err := s.Letters.Load(ctx, s.DB, plan)
	if err != nil {
		return err
	}
	in, err := s.Drafting.Input(ctx, s.issuer.ID)
	if err != nil {
		return err
	}
	in.Head.Desk = "VH"
	in.Signer = 1
	in.To = drafting.Named(in.Tree, in.Unit, communes)
	doc := drafting.Forward(received, in)
	doc.Number = fmt.Sprint(1000 + s.clock.Now().In(clock.Zone).YearDay())
	for i := range doc.Blocks {
		if d := doc.Blocks[i].Duty; d != nil && d.Quota != nil {
			doc.Blocks[i].Text = strings.Replace(doc.Blocks[i].Text, fmt.Sprintf("ít nhất %d", teamsAsked), fmt.Sprintf("ít nhất %02d", teamsOfEach), 1)
			d.Quota.Count = teamsOfEach
		}
	}
	return s.write(ctx, townClerk, doc, plan, "Trần Văn Mẫu", true)
}

// townPassesOn sends the plan to the communes with the town's letter: the first duty to all, of the second each its share.
func (s *sent) townPassesOn(ctx context.Context, dispatch ident.ID) ([]cascade.Dispatch, error) {
	clerk, err := s.as(ctx, townClerk)
	if err != nil {
		return nil, err
	}
	group, ok := s.tree.GroupByName(communes)
	if !ok {
		return nil, fmt.Errorf("demo: no group is called %s", communes)
	}
	parts := []cascade.DutyPart{{Duty: 1}}
	for _, u := range s.tree.Expand(group) {
		parts = append(parts, cascade.DutyPart{Unit: u.ID, Duty: 2, Quota: teamsOfEach})
	}
	result, err := s.Cascade.Forward(ctx, clerk, cascade.ForwardInput{
		Dispatch: dispatch, To: cascade.Recipients{Groups: []ident.ID{group.ID}}, Under: s.id, Parts: parts,
	})
	return result.Dispatches, err
}

// wardsReceive has half of the communes receive the letter on the same day; the first of them gives it to its people.
func (s *sent) wardsReceive(dispatches []cascade.Dispatch, day office) error {
	begun := false
	for i, d := range dispatches[:len(dispatches)/2] {
		u, _ := s.tree.ByID(d.ReceiverID)
		if isWard(u) {
			continue
		}
		s.on(day(1, 13).Add(time.Duration(i*40)*time.Minute), func(ctx context.Context) error { return s.receive(ctx, clerkOf(u), d.ID) })
		if begun {
			continue
		}
		begun = true
		s.on(day(1, 15), func(ctx context.Context) error {
			in := instruction(u)
			in.Deadline = clock.At(day(0, 17).AddDate(0, 0, 14))
			if err := s.assign(ctx, leaderOf(u), d.ID, in); err != nil {
				return err
			}
			leader, err := s.as(ctx, leaderOf(u))
			if err != nil {
				return err
			}
			_, err = s.Cascade.Split(ctx, leader, cascade.SplitInput{Dispatch: d.ID, Duty: 1, People: []cascade.PersonPart{
				{ID: s.IDs.New(), Name: "Công chức văn hóa - xã hội", Leads: true, Text: "Phát bản tin trên loa, ba buổi một tuần"},
				{ID: s.IDs.New(), Name: "Các tổ trưởng tổ dân phố", Text: "Thông báo trong cuộc họp tổ"},
			}})
			return err
		})
		s.on(day(1, 17), func(ctx context.Context) error {
			return s.publicise(ctx, clerkOf(u), d.ID, letter.Loudspeaker, u, s.random)
		})
	}
	return nil
}

// youthPassesOn has the youth union pass the plan on, tier by tier, to those of the communes.
func (s *sent) youthPassesOn(dispatch ident.ID, province unit.Unit, day office) {
	s.on(day(5, 10), func(ctx context.Context) error { return s.receive(ctx, clerkOf(province), dispatch) })
	s.on(day(3, 9), func(ctx context.Context) error {
		town, err := s.unit("480.DTN")
		if err != nil {
			return err
		}
		passed, err := s.passTo(ctx, clerkOf(province), dispatch, cascade.Recipients{Units: []ident.ID{town.ID}})
		if err != nil {
			return err
		}
		s.on(day(2, 8), func(ctx context.Context) error { return s.receive(ctx, clerkOf(town), passed[0].ID) })
		s.on(day(2, 14), func(ctx context.Context) error {
			group, ok := s.tree.GroupByName(wardsUnions)
			if !ok {
				return fmt.Errorf("demo: no group is called %s", wardsUnions)
			}
			below, err := s.passTo(ctx, clerkOf(town), passed[0].ID, cascade.Recipients{Groups: []ident.ID{group.ID}})
			if err != nil {
				return err
			}
			for i, d := range below[:len(below)/2] {
				u, _ := s.tree.ByID(d.ReceiverID)
				s.on(day(1, 8+i), func(ctx context.Context) error { return s.receive(ctx, clerkOf(u), d.ID) })
			}
			return nil
		})
		return nil
	})
}

// passTo passes a dispatch on as it is, after making the clerks of who gets it.
func (s *sent) passTo(ctx context.Context, clerk string, dispatch ident.ID, to cascade.Recipients) ([]cascade.Dispatch, error) {
	if err := s.staff(ctx, to); err != nil {
		return nil, err
	}
	actor, err := s.as(ctx, clerk)
	if err != nil {
		return nil, err
	}
	result, err := s.Cascade.Forward(ctx, actor, cascade.ForwardInput{Dispatch: dispatch, To: to})
	return result.Dispatches, err
}

func (r *replay) receive(ctx context.Context, clerk string, dispatch ident.ID) error {
	actor, err := r.as(ctx, clerk)
	if err != nil {
		return err
	}
	_, err = r.Cascade.Receive(ctx, actor, dispatch)
	return err
}

// assign has a leader decide who does it.
func (r *replay) assign(ctx context.Context, leader string, dispatch ident.ID, in cascade.Instruction) error {
	actor, err := r.as(ctx, leader)
	if err != nil {
		return err
	}
	detail, err := r.Cascade.Get(ctx, actor, dispatch)
	if err != nil {
		return err
	}
	_, err = r.Cascade.Assign(ctx, actor, dispatch, detail.Version, in)
	return err
}
