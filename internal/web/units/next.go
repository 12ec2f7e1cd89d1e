package units

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/person"
	"sachhon/internal/web/ui"
)

// next chooses the one thing to do about a dispatch now. Whoever may not do it reads how things stand instead.
func next(ctx context.Context, d cascade.Detail, actor person.Actor) nextStep {
	m, url := may{actor, d.Dispatch}, dispatchURL(d.ID)
	step := chooseStep(ctx, d, m, url)
	step.Button.Kind = ui.ButtonPrimary
	other := func(yes bool, path, text string, icon ui.IconName) {
		if yes && step.Link != url+path {
			step.Others = append(step.Others, otherStep{ui.ButtonProps{Kind: ui.ButtonSecondary, Text: text, Icon: icon}, url + path})
		}
	}
	again := !d.AssignedAt.IsZero()
	other(m.assign() && !again, "/phan-cong", ui.T(ctx, "units.assign.title"), ui.IconPeople)
	other(m.publicise() && len(d.Publicity) == 0, "/tuyen-truyen", ui.T(ctx, "units.publicity.title"), ui.IconHorn)
	other(m.forward(), "/chuyen-tiep", ui.T(ctx, "units.forward.title"), ui.IconSend)
	other(m.complete(), "/hoan-thanh", ui.T(ctx, "units.complete.title"), ui.IconCheck)
	quiet := func(yes bool, url, text string, icon ui.IconName) { // what is done less often
		if yes {
			step.Others = append(step.Others, otherStep{ui.ButtonProps{Kind: ui.ButtonQuiet, Text: text, Icon: icon}, url})
		}
	}
	quiet(m.reopen(), url+reopenPath, ui.T(ctx, "units.reopen.title"), ui.IconReturn)
	quiet(m.assign() && again, url+"/phan-cong", ui.T(ctx, "units.assign.again"), ui.IconPeople)
	quiet(d.Letter.ChallengeID != "" && m.publicise(), packageAboutURL(d.ReceiverID, d.Letter.ChallengeID), ui.T(ctx, "publicity.ready"), ui.IconHorn)
	quiet(m.publicise(), reportsURL(d.ReceiverID), ui.T(ctx, "units.report"), ui.IconLetter)
	quiet(!d.ObjectedAt.IsZero() && m.on(person.ActionCascadeSend, d.SenderID), url+settlePath, ui.T(ctx, "units.settle.title"), ui.IconCheck)
	if m.refuse() {
		step.Others = append(step.Others, otherStep{
			ui.ButtonProps{Kind: ui.ButtonDanger, Text: ui.T(ctx, "units.refuse.title"), Icon: ui.IconRefuse}, url + "/tu-choi",
		})
	}
	return step
}

func chooseStep(ctx context.Context, d cascade.Detail, m may, url string) nextStep {
	switch {
	case m.receive():
		return nextStep{
			Title: ui.T(ctx, "units.next.receive"), Text: ui.T(ctx, "units.next.receiveText"), Post: url + "/tiep-nhan",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.receive.title"), Icon: ui.IconLetter},
		}
	case m.present():
		return nextStep{
			Title: ui.T(ctx, "units.next.present"), Text: ui.T(ctx, "units.next.presentText"), Post: url + "/trinh",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.present.title"), Icon: ui.IconPerson},
		}
	case d.State == cascade.Received && m.assign():
		return nextStep{
			Title: ui.T(ctx, "units.next.assign"), Text: ui.T(ctx, "units.next.assignText"), Link: url + "/phan-cong",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.assign.title"), Icon: ui.IconPeople},
		}
	case m.start():
		return nextStep{
			Title: ui.T(ctx, "units.next.start"), Text: ui.T(ctx, "units.next.startText", "Lead", d.Lead), Post: url + "/bat-dau",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.start.title"), Icon: ui.IconHalf},
		}
	case d.State == cascade.InProgress && m.publicise() && len(d.Publicity) == 0:
		return nextStep{
			Title: ui.T(ctx, "units.next.publicise"), Text: ui.T(ctx, "units.next.publiciseText"), Link: url + "/tuyen-truyen",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.publicity.title"), Icon: ui.IconHorn},
		}
	case m.complete() && openDuties(d) > 0:
		return nextStep{
			Title: ui.T(ctx, "units.next.duties", "Count", openDuties(d)), Text: ui.T(ctx, "units.next.dutiesText"), Link: "#duties",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.next.toDuties"), Icon: ui.IconDown},
		}
	case m.complete():
		return nextStep{
			Title: ui.T(ctx, "units.next.complete"), Text: ui.T(ctx, "units.next.completeText"), Link: url + "/hoan-thanh",
			Button: ui.ButtonProps{Text: ui.T(ctx, "units.complete.title"), Icon: ui.IconCheck},
		}
	}
	stands := nextStep{Title: ui.T(ctx, "units.stands."+d.Status()), Text: d.Outcome}
	if d.Again && m.on(person.ActionCascadeSend, d.SenderID) {
		stands.Link, stands.Button = url+againPath, ui.ButtonProps{Text: ui.T(ctx, "units.again.title"), Icon: ui.IconSend}
	}
	return stands
}

func openDuties(d cascade.Detail) int {
	n := 0
	for _, duty := range d.Duties {
		if !duty.Done() {
			n++
		}
	}
	return n
}
