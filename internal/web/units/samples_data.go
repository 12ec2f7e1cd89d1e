package units

import (
	"context"
	"strconv"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

var sampleNow = clock.Date(2024, time.June, 12, 9, 30)

func sampleID(n int) ident.ID {
	return ident.ID("01900000-0000-7000-8000-" + strconv.Itoa(100000000000+n))
}

var sampleUnits = []unit.Unit{
	{ID: sampleID(1), Code: "480", Name: "Hương Trà", FullName: "Thị xã Hương Trà", Kind: unit.Town},
	{ID: sampleID(2), Code: "19996", Name: "Tứ Hạ", FullName: "Phường Tứ Hạ", Kind: unit.Ward, AreaID: sampleID(1), SuperiorID: sampleID(1)},
	{ID: sampleID(3), Code: "20014", Name: "Hương Toàn", FullName: "Xã Hương Toàn", Kind: unit.Commune, AreaID: sampleID(1), SuperiorID: sampleID(1)},
	{ID: sampleID(4), Code: "480.DTN", Name: "Thị đoàn Hương Trà", FullName: "Thị đoàn Hương Trà", Kind: unit.Union, AreaID: sampleID(1)},
	{ID: sampleID(5), Code: "19996.DTN", Name: "Đoàn phường Tứ Hạ", FullName: "Đoàn phường Tứ Hạ", Kind: unit.Union, AreaID: sampleID(2), SuperiorID: sampleID(4)},
}

func sampleTree() *unit.Tree {
	return unit.NewTree("2024-06-06", sampleUnits, []unit.Group{
		{ID: sampleID(11), Code: "480.xaphuong", Name: "Ủy ban nhân dân các xã, phường", Owner: "480", Members: []string{"19996", "20014"}},
		{ID: sampleID(12), Code: "480.coquan", Name: "Các cơ quan, ban ngành, đoàn thể thị xã", Owner: "480", Members: []string{"480.DTN"}},
	})
}

// sampleText has the form of the town's letters; its number is still to be given, and nobody has signed it.
const sampleText = `ỦY BAN NHÂN DÂN
THỊ XÃ HƯƠNG TRÀ

Số: 1903/UBND-VH

V/v hưởng ứng cuộc thi làm cho thế giới sạch hơn

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hương Trà, ngày 06 tháng 6 năm 2024

Kính gửi:
- Các cơ quan, ban ngành, đoàn thể thị xã;
- Ủy ban nhân dân các xã, phường;

Căn cứ Kế hoạch số 1518/KH-STTTT, ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế,
thời gian từ ngày 02/6/2024 đến hết ngày 30/6/2024.
Ủy ban nhân dân thị xã Hương Trà đề nghị các đơn vị thực hiện một số nội dung sau:
1. Thông báo, tuyên truyền thể lệ cuộc thi trên các trang thông tin điện tử, trên bảng tin nội bộ, trong các cuộc họp và trên hệ thống đài truyền thanh.
2. Tạo điều kiện cho cán bộ và Nhân dân tham gia thuận tiện; thường xuyên chỉ đạo, đôn đốc việc thực hiện.

Nơi nhận:
- Như trên;
- Lưu VT, VH.
`

func sampleLetter() letter.Letter {
	reading, err := letter.ReadBytes([]byte(sampleText), letter.Options{})
	if err != nil {
		panic("units: the sample letter cannot be read: " + err.Error())
	}
	return letter.Letter{
		ID: sampleID(20), IssuerID: sampleID(1), State: letter.Registered, Source: sampleText, Reading: reading, Fields: reading.Fields(), Version: 1,
	}
}

func sampleClerk() person.Actor { return clerkOf(sampleID(2)) }

func clerkOf(unitID ident.ID) person.Actor {
	return person.NewActor(person.Actor{ID: sampleID(30), Grants: []person.Grant{{Role: person.Clerk, UnitID: unitID}}}, sampleTree())
}

func sampleDetail(state cascade.State) cascade.Detail {
	l := sampleLetter()
	d := cascade.Detail{
		Dispatch: cascade.Dispatch{
			ID: sampleID(40), LetterID: l.ID, SenderID: sampleID(1), ReceiverID: sampleID(2), State: state,
			SentAt: clock.Date(2024, 6, 6, 15, 10), ArrivedAt: clock.Date(2024, 6, 6, 15, 11), DueAt: clock.Date(2024, 6, 28, 17, 0),
		},
		Letter: l, Sender: sampleUnits[0], Receiver: sampleUnits[1],
	}
	for _, duty := range l.Fields.Duties {
		d.Duties = append(d.Duties, cascade.Duty{DispatchID: d.ID, Number: duty.Number, Text: duty.Text, Channels: duty.Channels})
	}
	if state == cascade.Arrived {
		d.Late = []cascade.Late{{Step: cascade.StepReceive, Due: clock.Date(2024, 6, 8, 0, 0)}}
		return d
	}
	d.ReceivedAt, d.ArrivalNumber, d.ArrivalYear = clock.Date(2024, 6, 7, 8, 5), 214, 2024
	d.PresentedAt, d.AssignedAt, d.StartedAt = clock.Date(2024, 6, 7, 9, 0), clock.Date(2024, 6, 7, 16, 30), clock.Date(2024, 6, 8, 7, 0)
	d.Lead, d.Deadline = "Công chức Văn hóa - Xã hội", clock.Date(2024, 6, 20, 17, 0)
	d.Cooperators = []string{"Đoàn Thanh niên phường", "Hội Phụ nữ phường"}
	d.Duties[0].DoneAt = clock.Date(2024, 6, 11, 10, 0)
	d.Duties[0].Files = []cascade.File{sampleFile(d.ID, "bang-tin-to-3.jpg"), sampleFile(d.ID, "bien-ban-niem-yet.pdf")}
	d.Duties[1].Proof = "báo cáo kết quả kèm hình ảnh"
	d.Publicity = []cascade.Publicity{
		{ID: sampleID(50), DispatchID: d.ID, Channel: letter.Loudspeaker, At: clock.Date(2024, 6, 8, 17, 0), Place: "Cụm loa tổ dân phố 3, 5 và 7", Times: 6, People: 1200, FileKey: "x", FileName: "cum-loa-to-3.jpg"},
		{ID: sampleID(51), DispatchID: d.ID, Channel: letter.Portal, At: clock.Date(2024, 6, 10, 8, 0), Link: "https://tuha.example.vn/tin-tuc/the-gioi-sach-hon"},
	}
	return d
}

func sampleDispatch(ctx context.Context, state cascade.State) dispatchView {
	return viewDispatch(ctx, sampleDetail(state), sampleClerk(), sampleTree(), sampleNow)
}

func sampleInbox() cascade.Inbox {
	item := func(d cascade.Detail) cascade.Item {
		return cascade.Item{Dispatch: d.Dispatch, Letter: d.Letter, Sender: d.Sender, Late: d.Late}
	}
	return cascade.Inbox{
		Unit:  sampleUnits[1],
		Items: []cascade.Item{item(sampleDetail(cascade.Arrived)), item(sampleDetail(cascade.InProgress))},
		Count: map[cascade.State]int{cascade.Arrived: 1, cascade.InProgress: 1},
	}
}

func sampleDesk(ctx context.Context) deskView {
	in := viewInbox(ctx, sampleInbox(), form.New(nil), sampleNow)
	return deskView{
		Unit: in.Unit, InboxURL: "#inbox", LettersURL: "#letters", BooksURL: "#books", ReportsURL: "#reports", NewURL: "#new", Waiting: in.Items,
		In: []ui.StatProps{
			letters(ctx, 1, ui.IconArrive, "units.desk.toReceive", "#new"), letters(ctx, 1, ui.IconHalf, "units.desk.underWay", "#open"),
			letters(ctx, 1, ui.IconWarning, "units.desk.late", "#late"),
			reports(ctx, 3, ui.IconLetter, "units.desk.reports", "#reports"), reports(ctx, 1, ui.IconReturn, "units.desk.reportsBack", "#back"),
		},
		Out: []ui.StatProps{
			letters(ctx, 1, ui.IconHourglass, "ui.status.letter.submitted", "#submitted"),
			letters(ctx, 0, ui.IconPen, "units.letters.drafts", "#drafts"), units(ctx, 6, ui.IconArrive, "units.desk.unreceived", "#unreceived"),
			units(ctx, 2, ui.IconHourglass, "stuck.short", "#stuck"),
		},
		Unfinished: sampleOutbox(ctx).Letters[:1],
	}
}

func sampleOutbox(ctx context.Context) outboxView {
	sent, draft := sampleLetter(), sampleLetter()
	draft.State, draft.ID = letter.Draft, sampleID(91)
	v := viewOutbox(ctx, sampleID(1), []outgoing{{sent, cascade.Handed{With: sent.ID, Units: 9, Received: 3, Waiting: 6}, 6}, {draft, cascade.Handed{}, 0}}, 2,
		letter.Choices{Years: []int{2024}, Types: []string{sent.Fields.Type}}, letter.ListFilter{}, form.New(nil))
	v.Unit, v.NewURL, v.Books = sampleUnits[0].Organ(), "#new", ui.Link{Text: ui.T(ctx, "units.desk.books"), URL: "#books"}
	return v
}

func sampleDraft(ctx context.Context) letterView {
	l := sampleLetter()
	l.State = letter.Draft
	s := sourceOf(ctx, l)
	return letterView{
		Issuer: sampleUnits[0].Organ(), Lead: l.Fields.Subject, Status: ui.StatusOf(ctx, ui.FamilyLetter, "draft"), Doubtful: s.doubtful(),
		Sheet:  ui.LetterProps{Lines: letter.SplitLines(l.Source), Fields: s.list(ctx, l.Fields)},
		Judged: textForm(ctx, l.Source, l.Reading),
		Files:  []ui.StoredFile{{Name: "1903-UBND-VH.txt", URL: "#file"}},
		Form:   viewLetterForm(ctx, l, form.New(fill(l.Fields, 1)), s),
	}
}

func sampleBoard() cascade.BoardPage {
	row := func(u unit.Unit, tier int, d cascade.Detail) cascade.Row {
		r := cascade.Row{Dispatch: d.Dispatch, Unit: u, Tier: tier, Duties: 2, Late: d.Late}
		r.ReceiverID = u.ID
		if len(d.Publicity) > 0 {
			r.DutiesDone, r.Publicity = 1, cascade.Summary{Records: 2, People: 1200}
		}
		return r
	}
	working, arrived := sampleDetail(cascade.InProgress), sampleDetail(cascade.Arrived)
	b := cascade.Board{
		Days: 29, Letter: sampleLetter(), Sender: sampleUnits[0], At: sampleNow,
		Rows: []cascade.Row{row(sampleUnits[1], 1, working), row(sampleUnits[2], 1, arrived), row(sampleUnits[3], 1, working), row(sampleUnits[4], 2, arrived)},
		Tiers: []cascade.Tier{
			{Depth: 1, Units: 3, Publicised: 2, Late: 1, Median: map[cascade.Step]time.Duration{
				cascade.StepReceive: 17 * time.Hour, cascade.StepAssign: 8 * time.Hour, cascade.StepPublicise: 25 * time.Hour,
			}},
			{Depth: 2, Units: 1, Late: 1, Median: map[cascade.Step]time.Duration{}, Lost: cascade.Lost{Before: 5, Receive: 6, Left: 18}, Worst: cascade.Lost{Before: 5, Receive: 6, Left: 18}},
		},
	}
	out := &b.Rows[2] // is reached over another system
	out.Outside, out.DutiesDone, out.Publicity = true, 0, cascade.Summary{}
	b.Tiers[0].Lost, b.Tiers[0].Worst = cascade.Lost{Before: 4, Receive: 1, Assign: 1, Publicise: 2, Left: 21}, cascade.Lost{Before: 4, Receive: 6, Left: 19}
	return cascade.BoardPage{Board: b, All: cascade.Sums{Units: 4, Received: 2, Publicised: 1, Late: 2, Outside: 1}, Late: b.LateRows(), Total: len(b.Rows)}
}
