package units

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/exchange"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/insight"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples shows the pages with invented work on a letter in the form of the town's.
func Samples() []gallery.Sample {
	page := func(ctx context.Context, title string) ui.Page {
		p := gallery.Frame(ctx, title)
		p.Tone, p.Crumbs = ui.ToneOfficial, []ui.Link{{Text: ui.T(ctx, "units.desk.title"), URL: "#desk"}}
		return p
	}
	narrow := func(ctx context.Context, title string) ui.Page {
		p := page(ctx, title)
		p.Narrow = true
		return p
	}
	show := func(name string, f func(ctx context.Context) templ.Component) gallery.Sample {
		return gallery.Sample{Name: "units-" + name, Page: f}
	}
	return []gallery.Sample{
		show("desk", func(ctx context.Context) templ.Component {
			p := page(ctx, ui.T(ctx, "units.desk.title"))
			p.Crumbs = nil
			return deskPage(p, []deskView{sampleDesk(ctx)}, nil)
		}),
		show("inbox", func(ctx context.Context) templ.Component {
			return inboxPage(page(ctx, ui.T(ctx, "units.inbox.title")), viewInbox(ctx, sampleInbox(), form.New(nil), sampleNow))
		}),
		show("outbox", func(ctx context.Context) templ.Component {
			return outboxPage(page(ctx, ui.T(ctx, "units.letters.title")), sampleOutbox(ctx))
		}),
		show("arrived", func(ctx context.Context) templ.Component {
			return dispatchPage(page(ctx, sampleLetter().Symbol()), sampleDispatch(ctx, cascade.Arrived))
		}),
		show("working", func(ctx context.Context) templ.Component {
			return dispatchPage(page(ctx, sampleLetter().Symbol()), sampleDispatch(ctx, cascade.InProgress))
		}),
		show("refused", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.Arrived)
			d.State, d.EndedAt, d.Outcome, d.Late, d.Again = cascade.Refused, sampleNow, "Nội dung thuộc địa bàn phường bên cạnh.", nil, true
			return dispatchPage(page(ctx, sampleLetter().Symbol()), viewDispatch(ctx, d, clerkOf(sampleID(1)), sampleTree(), sampleNow))
		}),
		show("passed-on", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.InProgress)
			d.Children = []cascade.Dispatch{{ID: sampleID(42), SenderID: d.ReceiverID, ReceiverID: sampleID(5), UnderID: sampleID(21), State: cascade.Arrived, ReceiptAt: sampleNow}}
			v := viewDispatch(ctx, d, sampleClerk(), sampleTree(), sampleNow)
			v.Children[0].With = "45/UBND"
			v.Apart = []ui.Link{{Text: ui.T(ctx, "units.children.apart", "Symbol", "45/UBND", "Count", 2), URL: "#board"}}
			return dispatchPage(page(ctx, sampleLetter().Symbol()), v)
		}),
		show("reopened", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.InProgress)
			d.Reopened = []cascade.Reopening{{CompletedAt: sampleNow.Add(-24 * time.Hour), Outcome: "Đã phát thanh 6 buổi.", At: sampleNow, Duty: 2}}
			v := viewDispatch(ctx, d, sampleClerk(), sampleTree(), sampleNow)
			v.Timeline = withEvents(v.Timeline, []ui.Event{toldEvent(ctx, exchange.Sender{Name: "Sở Thử nghiệm", Partner: "Trục thử"}, d.Reopened[0])})
			return dispatchPage(page(ctx, sampleLetter().Symbol()), v)
		}),
		show("given", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.InProgress)
			d.DueAt, d.Grace = clock.Date(2024, 6, 8, 0, 0), clock.Date(2024, 6, 13, 0, 0)
			d.Reopened = []cascade.Reopening{{CompletedAt: sampleNow.Add(-24 * time.Hour), Outcome: "Đã phát thanh 6 buổi.", At: sampleNow, Duty: 2, Given: true}}
			for i := range d.Duties {
				if d.Duties[i].Number == 2 {
					d.Duties[i].GivenAt, d.Duties[i].Asked, d.Duties[i].Deadline = sampleNow, d.DueAt, d.Grace
				}
			}
			return dispatchPage(page(ctx, sampleLetter().Symbol()), viewDispatch(ctx, d, sampleClerk(), sampleTree(), sampleNow))
		}),
		show("publicity", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"id": {string(sampleID(90))}, "channel": {"loudspeaker"}, "times": {"3"}, "at": {"2024-06-10T17:00"}})
			f.Add("place", "cascade.fault.placeMissing")
			return publicisePage(narrow(ctx, ui.T(ctx, "units.publicity.title")), viewPublicise(ctx, sampleDetail(cascade.InProgress), f, false))
		}),
		show("letter", func(ctx context.Context) templ.Component {
			return letterPage(page(ctx, sampleLetter().Symbol()), sampleDraft(ctx))
		}),
		show("letter-party", func(ctx context.Context) templ.Component {
			v := sampleDraft(ctx)
			v.Judged = formView{Other: true}
			return letterPage(page(ctx, sampleLetter().Symbol()), v)
		}),
		show("new", func(ctx context.Context) templ.Component {
			return newLetterPage(page(ctx, ui.T(ctx, "units.new.title")), newLetterView{
				Unit: sampleUnits[0].Organ(), ID: sampleID(91),
				Text: pastedText(ctx),
				File: ui.FileField{Field: ui.Field{Name: "file", Label: ui.T(ctx, "units.new.file"), Hint: ui.T(ctx, "units.new.fileHint")}, Accept: letterAccept},
			})
		}),
		show("send", func(ctx context.Context) templ.Component {
			return sendPage(narrow(ctx, ui.T(ctx, "units.send.title")), sampleSend(ctx))
		}),
		show("pass", func(ctx context.Context) templ.Component {
			return sendPage(narrow(ctx, ui.T(ctx, "units.forward.title")), samplePass(ctx))
		}),
		show("exchange", func(ctx context.Context) templ.Component {
			return exchangePage(page(ctx, ui.T(ctx, "exchange.page.title")), sampleExchangeList(ctx))
		}),
		show("package", func(ctx context.Context) templ.Component {
			return exchangeMessagePage(page(ctx, "1518/KH-STTTT"), sampleExchangeMessage(ctx))
		}),
		show("codes", func(ctx context.Context) templ.Component {
			return exchangeCodesPage(page(ctx, ui.T(ctx, "exchange.codes.title")), sampleCodes(ctx))
		}),
		show("calendar", func(ctx context.Context) templ.Component {
			return calendarPage(page(ctx, ui.T(ctx, "calendar.page.title")), sampleCalendar(ctx))
		}),
		show("calendar-preview", func(ctx context.Context) templ.Component {
			return calendarPlanPage(page(ctx, ui.T(ctx, "calendar.page.preview")), samplePlan(ctx))
		}),
		show("stuck", func(ctx context.Context) templ.Component {
			return stuckPage(page(ctx, ui.T(ctx, "stuck.title")), viewStuck(ctx, sampleStuck(), sampleSender(), true))
		}),
		show("urge", func(ctx context.Context) templ.Component {
			return handPage(narrow(ctx, ui.T(ctx, "stuck.hand.title")), sampleHand(ctx, form.New(url.Values{"ban-gui": {string(sampleID(40))}})))
		}),
		show("urge-nobody", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"words": {"Đề nghị tiếp nhận văn bản trong sáng nay."}})
			f.Add("ban-gui", "urging.fault.nobodyChosen")
			return handPage(narrow(ctx, ui.T(ctx, "stuck.hand.title")), sampleHand(ctx, f))
		}),
		show("urging-log", func(ctx context.Context) templ.Component {
			v := viewLog(ctx, sampleSent())
			v.RulesURL = "#rules"
			return logPage(page(ctx, ui.T(ctx, "stuck.log.title")), v)
		}),
		show("urging-rules", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"receive.on": {"1"}, "receive.within": {"1"}, "receive.leader": {"1"}, "receive.superior": {"hai"}})
			f.Add("receive.superior", "stuck.rules.number")
			v := viewRules(ctx, f)
			v.Over, v.Action, v.Back = "1903/UBND-VH", "#rules", "#log"
			return rulesFormPage(narrow(ctx, ui.T(ctx, "stuck.rules.title")), v)
		}),
		show("duty", func(ctx context.Context) templ.Component {
			return dutyPage(narrow(ctx, ui.T(ctx, "units.letter.duty", "Number", 1)), sampleDuty(ctx, form.New(nil), nil))
		}),
		show("duty-split", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"id": {string(sampleID(93))}, "name": {"Trần Thị Mẫu"}, "quota": {"40"}})
			f.Add("quota", "cascade.fault.shares", "Sum", 46, "Quota", 5)
			return dutyPage(narrow(ctx, ui.T(ctx, "units.letter.duty", "Number", 1)), sampleDuty(ctx, f, nil))
		}),
		show("duty-proof", func(ctx context.Context) templ.Component {
			small := form.New(url.Values{
				"id": {string(sampleID(96))}, "from": {"tick-file"}, "count": {"3"}, "note": {"Cụm loa tổ 9"}, "part": {string(sampleID(80))}, "chosen": {"1"},
			})
			small.AddKind(fault.TooLarge, "file", "cascade.fault.fileSize", "Name", "loa-to-9.jpg", "Limit", cascade.MaxFileBytes>>20)
			return dutyPage(narrow(ctx, ui.T(ctx, "units.letter.duty", "Number", 1)), sampleDuty(ctx, form.New(nil), small))
		}),
		show("duty-turns", func(ctx context.Context) templ.Component {
			t := sampleDutyTree()
			t.Duty = sampleTurns(t.Duty)
			m := may{sampleClerk(), t.Dispatch}
			return dutyPage(narrow(ctx, ui.T(ctx, "units.letter.duty", "Number", 1)), viewDuty(ctx, t, m, func() ident.ID { return sampleID(97) }, nil))
		}),
		show("duty-top", func(ctx context.Context) templ.Component {
			t := sampleDutyTree()
			t.Dispatch, t.Unit, t.Duty.Parts, t.Duty.Ticks = cascade.Dispatch{}, sampleUnits[0], nil, nil
			t.Duty.Every, t.Duty.Quota, t.Duty.Progress = nil, &letter.Quota{Count: 12, Of: "lượt phát thanh"}, cascade.Progress{Count: 5, Quota: 12, Parts: 3, PartsDone: 1}
			return dutyPage(narrow(ctx, ui.T(ctx, "units.letter.duty", "Number", 1)), viewDuty(ctx, t, may{}, func() ident.ID { return sampleID(94) }, nil))
		}),
		show("change", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"id": {string(sampleID(95))}, "kind": {"update"}})
			return changePage(narrow(ctx, ui.T(ctx, "units.change.title")), viewChange(ctx, sampleLetter(), nil, []cascade.ChangeView{{
				Change:  cascade.Change{Kind: cascade.ChangeUpdate, Reason: "Đổi giờ ra quân sang 6 giờ 30.", MadeAt: clock.Date(2024, 6, 10, 9, 0)},
				Answers: map[cascade.ChangeState]int{cascade.ChangeAgreed: 18, cascade.ChangeRefused: 1, cascade.ChangeAsked: 4},
			}}, f))
		}),
		show("assign", func(ctx context.Context) templ.Component {
			f := form.New(url.Values{"version": {"3"}, "leadId": {string(sampleID(71))}, "lead": {"Trần Thị Mẫu"}, "cooperators": {"Đoàn phường\nHội Phụ nữ phường"}})
			v := viewAssign(ctx, []person.Person{{ID: sampleID(71), Name: "Trần Thị Mẫu"}, {ID: sampleID(72), Name: "Lê Văn Mẫu"}}, f)
			v.Over, v.Action, v.Back = sampleLetter().Symbol(), "#assign", "#dispatch"
			return stepPage(narrow(ctx, ui.T(ctx, "units.assign.title")), v)
		}),
		show("asked", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.InProgress)
			d.Asked, d.AskedKind = sampleID(70), cascade.ChangeRecall
			d.Changes = []cascade.Change{{ID: sampleID(70), Kind: cascade.ChangeRecall, Reason: "Gửi nhầm bản chưa ký.", State: cascade.ChangeAsked}}
			return dispatchPage(page(ctx, sampleLetter().Symbol()), viewDispatch(ctx, d, sampleClerk(), sampleTree(), sampleNow))
		}),
		show("answered", func(ctx context.Context) templ.Component {
			d := sampleDetail(cascade.InProgress)
			d.ObjectedAt = sampleNow
			d.Changes = []cascade.Change{
				{Kind: cascade.ChangeRecall, Reason: "Gửi nhầm bản chưa ký.", MadeAt: sampleNow, State: cascade.ChangeRefused, Answer: "Phường đã họp dân.", AnsweredAt: sampleNow},
				{Kind: cascade.ChangeUpdate, Reason: "Lùi ngày ra quân.", MadeAt: clock.Date(2024, 6, 10, 9, 0), State: cascade.ChangeAgreed, AnsweredAt: clock.Date(2024, 6, 10, 14, 0)},
			}
			return dispatchPage(page(ctx, sampleLetter().Symbol()), viewDispatch(ctx, d, sampleSender(), sampleTree(), sampleNow))
		}),
		show("board", func(ctx context.Context) templ.Component {
			return boardPage(page(ctx, ui.T(ctx, "units.board.title")), viewBoard(ctx, sampleBoard(), sampleUnits[0], map[ident.ID]insight.Unit{
				sampleID(2): {Registrations: 6, Participants: 184}, sampleID(3): {Registrations: 2, Participants: 41},
			}, cascade.BoardQuery{}))
		}),
		show("board-below", func(ctx context.Context) templ.Component {
			b := sampleBoard()
			own := sampleLetter()
			own.ID, own.Fields.Number, own.Fields.Notation = sampleID(21), "45", "UBND"
			b.Sender, b.Papers, b.Rows, b.Late, b.Total = sampleUnits[1], []letter.Letter{own}, b.Rows[3:], nil, 1
			b.Tiers, b.All = b.Tiers[1:], cascade.Sums{Units: 1, Late: 1}
			b.Rows[0].Tier, b.Tiers[0].Depth = 1, 1
			return boardPage(page(ctx, ui.T(ctx, "units.board.title")), viewBoard(ctx, b, sampleUnits[0], nil, cascade.BoardQuery{}))
		}),
	}
}
