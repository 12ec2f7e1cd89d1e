package units

import (
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
)

func sampleSender() person.Actor {
	return person.NewActor(person.Actor{ID: sampleID(31), Grants: []person.Grant{{Role: person.Leader, UnitID: sampleID(1)}}}, sampleTree())
}

// sampleStuck is three units that do not go on, each for another reason.
func sampleStuck() urging.Stuck {
	row := func(u unit.Unit, c urging.Cause, due clock.Time, days int, action urging.Action) urging.StuckRow {
		d := sampleDetail(cascade.Arrived).Dispatch
		return urging.StuckRow{
			Dispatch: d, Letter: sampleLetter(), Receiver: u, Superior: sampleUnits[0], Days: days, Action: action,
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
	union := row(sampleUnits[3], urging.NotReceived, clock.Date(2024, 6, 8, 0, 0), 3, urging.TakeBack)
	union.Superior = unit.Unit{}
	return urging.Stuck{
		Unit: sampleUnits[0], At: sampleNow, Units: 3, Drafts: sampleSent().Drafts,
		Groups: []urging.StuckGroup{
			{Why: urging.NobodyToTell, Rows: []urging.StuckRow{union}},
			{Why: urging.Why(urging.NotReceived), Rows: []urging.StuckRow{ward}},
			{Why: urging.Why(urging.NotPublicised), Rows: []urging.StuckRow{commune}},
		},
	}
}

func sampleSent() urging.Sent {
	to := func(name, role string, fate urging.Fate) []urging.SentTo {
		return []urging.SentTo{{Name: name, Role: role, Unit: sampleUnits[1], At: clock.Date(2024, 6, 10, 6, 30), Fate: fate}}
	}
	step := func(s urging.Step, c urging.Cause, at clock.Time, to []urging.SentTo) urging.SentStep {
		return urging.SentStep{Cause: c, Step: s, Unit: sampleUnits[1], Issue: sampleID(40), Since: clock.Date(2024, 6, 6, 15, 11), At: at, To: to}
	}
	hand := step(urging.Hand, urging.ByHand, clock.Date(2024, 6, 11, 15, 0), to("Nguyễn Văn Mẫu", "clerk", urging.FateSent))
	hand.By, hand.Words = "Lãnh đạo thị xã", "Đề nghị tiếp nhận và phát thanh trong tuần này."
	return urging.Sent{
		Letter: sampleLetter(), Rules: urging.DefaultRules(),
		Steps: []urging.SentStep{
			step(urging.Escalate, urging.NotReceived, clock.Date(2024, 6, 12, 6, 30), nil), hand,
			step(urging.Remind, urging.NotReceived, clock.Date(2024, 6, 10, 6, 30), to("Nguyễn Văn Mẫu", "clerk", urging.FateSent)),
		},
		Drafts: []urging.DraftLetter{{
			Letter: letter.Letter{ID: sampleID(60), State: letter.Draft}, Urged: sampleLetter(), Superior: sampleUnits[0],
			Units: []unit.Unit{sampleUnits[1], sampleUnits[2]},
		}},
	}
}
