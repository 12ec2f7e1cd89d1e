package units

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

func sampleSender() person.Actor {
	return person.NewActor(person.Actor{ID: sampleID(31), Grants: []person.Grant{{Role: person.Leader, UnitID: sampleID(1)}}}, sampleTree())
}

// What single duties owe.
var (
	sampleSundays = urging.About{Duty: 1, Turn: "sunday", Times: 2, Missed: []clock.Day{"2024-06-02", "2024-06-09"}}
	sampleWorks   = urging.About{Duty: 2, Count: 1, Quota: 3, Of: "tác phẩm", Until: "2024-06-20"}
	samplePart    = urging.About{Duty: 1, Name: "Trần Thị Mẫu", Until: "2024-06-10", Part: sampleID(80)}
)

// sampleStuck is units that do not go on, each for another reason, and the overdue part of a person of the unit itself.
func sampleStuck() urging.Stuck {
	row := func(u unit.Unit, c urging.Cause, due clock.Time, days int, action urging.Action) urging.StuckRow {
		d := sampleDetail(cascade.Arrived).Dispatch
		return urging.StuckRow{
			Dispatch: d, Letter: sampleLetter(), Receiver: u, Superior: sampleUnits[0], Sender: sampleUnits[0], Days: days, Action: action,
			Choose: action == urging.UrgeNow,
			Matter: urging.Matter{Dispatch: d.ID, Cause: c, From: d.ArrivedAt, Due: due},
		}
	}
	ward := row(sampleUnits[1], urging.NotReceived, clock.Date(2024, 6, 8, 0, 0), 3, urging.UrgeNow)
	ward.Responsible = []urging.Official{{Name: "Nguyễn Văn Mẫu", Role: "clerk", Phone: "+84912345678"}}
	ward.Done = []urging.StepDone{{Cause: urging.NotReceived, Step: urging.Remind, At: clock.Date(2024, 6, 10, 6, 30)}}
	ward.Also = []urging.Matter{{Cause: urging.NotPublicised}}
	commune := row(sampleUnits[2], urging.NotPublicised, clock.Date(2024, 6, 12, 0, 0), 0, urging.OpenDraft)
	commune.Responsible = []urging.Official{{Name: "Trần Thị Mẫu", Role: "leader"}, {Name: "Lê Văn Mẫu", Role: "clerk"}}
	commune.Draft = sampleID(60)
	sundays := row(sampleUnits[1], urging.MissedTurn, clock.Date(2024, 6, 3, 0, 0), 6, urging.UrgeNow)
	sundays.Matter.About, sundays.Responsible = sampleSundays, ward.Responsible
	sundays.Also = []urging.Matter{{Cause: urging.MissedTurn, About: sampleSundays}, {Cause: urging.TooFew, Number: 2, About: sampleWorks}}
	soon := row(sampleUnits[2], urging.TooFew, clock.Date(2024, 6, 17, 0, 0), 2, urging.UrgeNow)
	soon.Soon, soon.Matter.About, soon.Matter.From, soon.Responsible = true, sampleWorks, clock.Date(2024, 6, 21, 0, 0), commune.Responsible
	late := soon
	late.Soon, late.Receiver, late.Matter.From = false, sampleUnits[4], clock.Date(2024, 6, 11, 0, 0)
	union := row(sampleUnits[3], urging.NotReceived, clock.Date(2024, 6, 8, 0, 0), 3, urging.TakeBack)
	union.Superior = unit.Unit{}
	above := row(sampleUnits[4], urging.NotReceived, clock.Date(2024, 6, 11, 0, 0), 1, urging.UrgeAbove)
	above.Through, above.Responsible = urging.Through{Dispatch: sampleID(40), Unit: sampleUnits[1]}, ward.Responsible
	waits := row(sampleUnits[2], urging.NotReceived, clock.Date(2024, 6, 8, 0, 0), 3, urging.Refer)
	waits.Sender, waits.Waits, waits.Responsible = sampleUnits[1], sampleUnits[0], commune.Responsible
	refused := row(sampleUnits[2], urging.Objected, clock.Date(2024, 6, 10, 9, 0), 2, urging.SendAgain)
	refused.Dispatch.State, refused.Reason, refused.Responsible = cascade.Refused, "Bãi bồi không thuộc địa bàn xã.", commune.Responsible
	change := row(sampleUnits[4], urging.Objected, clock.Date(2024, 6, 11, 9, 0), 1, urging.Settle)
	change.Refused, change.Reason, change.Responsible = cascade.ChangeRecall, "Đơn vị đã họp dân và phân công xong.", commune.Responsible
	return urging.Stuck{
		Unit: sampleUnits[0], At: sampleNow, Units: 7, Drafts: sampleSent().Drafts,
		Parts: []urging.StuckPart{{
			Dispatch: ward.Dispatch, Letter: sampleLetter(), Days: 2,
			Matter: urging.Matter{Cause: urging.PartLate, From: clock.Date(2024, 6, 10, 17, 0), Due: clock.Date(2024, 6, 10, 17, 0), About: samplePart},
			Done:   []urging.StepDone{{Cause: urging.PartLate, Step: urging.Remind, At: clock.Date(2024, 6, 11, 6, 30)}},
		}},
		Groups: []urging.StuckGroup{
			{Why: urging.Why(urging.Objected), Rows: []urging.StuckRow{refused, change}},
			{Why: urging.NobodyToTell, Rows: []urging.StuckRow{union}},
			{Why: urging.Why(urging.NotReceived), Rows: []urging.StuckRow{ward, above, waits}},
			{Why: urging.Why(urging.NotPublicised), Rows: []urging.StuckRow{commune}},
			{Why: urging.Why(urging.MissedTurn), Rows: []urging.StuckRow{sundays}},
			{Why: urging.Why(urging.TooFew), Rows: []urging.StuckRow{late}},
			{Why: urging.SoonDue, Rows: []urging.StuckRow{soon}},
		},
	}
}

func sampleSent() urging.Sent {
	to := func(name, role string, fate urging.Fate) []urging.SentTo {
		return []urging.SentTo{{Name: name, Role: role, Unit: sampleUnits[1], At: clock.Date(2024, 6, 10, 6, 30), Fate: fate}}
	}
	step := func(s urging.Step, c urging.Cause, at clock.Time, to []urging.SentTo) urging.SentStep {
		return urging.SentStep{Cause: c, Step: s, Unit: sampleUnits[1], Issue: sampleID(40), Opens: true, Since: clock.Date(2024, 6, 6, 15, 11), At: at, To: to}
	}
	hand := step(urging.Hand, urging.ByHand, clock.Date(2024, 6, 11, 15, 0), to("Nguyễn Văn Mẫu", "clerk", urging.FateSent))
	hand.By, hand.Words = "Lãnh đạo thị xã", "Đề nghị tiếp nhận và phát thanh trong tuần này."
	about := func(s urging.SentStep, a urging.About) urging.SentStep {
		s.About = a
		return s
	}
	return urging.Sent{
		Letter: sampleLetter(), Rules: urging.DefaultRules(),
		Steps: []urging.SentStep{
			about(step(urging.Remind, urging.TooFew, clock.Date(2024, 6, 17, 6, 30), to("Nguyễn Văn Mẫu", "clerk", urging.FateWaiting)), sampleWorks),
			about(step(urging.Remind, urging.PartLate, clock.Date(2024, 6, 13, 6, 30), to("Trần Thị Mẫu", "part", urging.FateSent)), samplePart),
			about(step(urging.Escalate, urging.MissedTurn, clock.Date(2024, 6, 12, 6, 30), to("Lê Văn Mẫu", "leader", urging.FateSent)), sampleSundays),
			step(urging.Escalate, urging.NotReceived, clock.Date(2024, 6, 12, 6, 30), nil), hand,
			step(urging.Remind, urging.NotReceived, clock.Date(2024, 6, 10, 6, 30), to("Nguyễn Văn Mẫu", "clerk", urging.FateSent)),
		},
		Drafts: []urging.DraftLetter{{
			Letter: letter.Letter{ID: sampleID(60), State: letter.Draft}, Urged: sampleLetter(), Superior: sampleUnits[0], Readable: true,
			Units: []unit.Unit{sampleUnits[1], sampleUnits[2]},
		}},
	}
}

// sampleHand is the form that urges two units, as it was filled.
func sampleHand(ctx context.Context, f *form.Form) handView {
	return handView{
		Over: sampleUnits[0].Organ(), Lead: ui.T(ctx, "stuck.hand.lead"), Action: "#urge", Back: "#stuck", ID: sampleID(92), UnitID: sampleID(1),
		Units: []handUnit{{sampleID(40), sampleUnits[2].FullName, "1903/UBND-VH"}, {sampleID(41), sampleUnits[1].FullName, "1903/UBND-VH"}},
		Field: handField(ctx, f), Chosen: f.Values("ban-gui"), Words: handWords(ctx, f), Errors: f.Errors(ctx),
	}
}
