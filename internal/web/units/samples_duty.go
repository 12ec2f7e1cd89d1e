package units

import (
	"context"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web/form"
)

// sampleDutyTree is a duty of every Sunday with a number, divided among two people and a unit below.
func sampleDutyTree() cascade.DutyTree {
	d := sampleDetail(cascade.InProgress)
	duty := d.Duties[0]
	duty.DoneAt = clock.Time{}
	duty.Every = &letter.Recurrence{Text: "sáng Chủ nhật hàng tuần", Period: "week", Weekdays: []int{0}, Part: "morning"}
	duty.Quota = &letter.Quota{Count: 5, Of: "lượt phát thanh", AtLeast: true}
	duty.Proof, duty.Deadline = "nhật ký phát thanh", clock.Date(2024, 6, 29, 0, 0)
	duty.Within = &letter.Within{Text: "trong 15 ngày làm việc kể từ ngày nhận được công văn này", Days: 15, Working: true, From: letter.FromReceipt}
	duty.Parts = []cascade.Part{
		{ID: sampleID(80), DispatchID: d.ID, Duty: 1, Name: "Nguyễn Văn Mẫu", Leads: true, Text: "Phát thanh ở các cụm loa", Quota: 3, Deadline: clock.Date(2024, 6, 20, 17, 0)},
		{ID: sampleID(81), DispatchID: d.ID, Duty: 1, Name: "Trần Thị Mẫu", Text: "Dán bảng tin", DoneAt: clock.Date(2024, 6, 11, 8, 0), Note: "Đã dán sáu bảng tin."},
	}
	duty.Ticks = []cascade.Tick{{ID: sampleID(82), Part: sampleID(80), Count: 5, At: clock.Date(2024, 6, 9, 7, 0), Note: "Cụm loa tổ 3, 5 và 7"}}
	noted := sampleFile(d.ID, "loa-to-3-sang-chu-nhat.jpg")
	noted.Tick = sampleID(82)
	duty.Files = []cascade.File{noted}
	duty.Progress = cascade.Progress{
		Count: 5, Quota: 5, Recurs: true, Parts: 3, PartsDone: 1, Periods: []string{"2024-W23"},
		Due: []cascade.Period{{Name: "2024-W23", At: clock.Date(2024, 6, 9, 0, 0), Over: clock.Date(2024, 6, 10, 0, 0), Done: true, Count: 5}, {Name: "2024-W24", At: clock.Date(2024, 6, 16, 0, 0), Over: clock.Date(2024, 6, 17, 0, 0)}},
	}
	below := d.Dispatch
	below.ID, below.ReceiverID, below.State = sampleID(41), sampleID(5), cascade.Received
	return cascade.DutyTree{
		Dispatch: d.Dispatch, Unit: sampleUnits[1], Letter: d.Letter, Duty: duty,
		Nodes: []cascade.DutyNode{{Depth: 1, Dispatch: below, Unit: sampleUnits[4], Duty: cascade.Duty{
			DispatchID: below.ID, Number: 1, Files: []cascade.File{sampleFile(below.ID, "ra-quan-9-6.jpg"), sampleFile(below.ID, "danh-sach.pdf")},
			Progress: cascade.Progress{Count: 2},
		}}},
	}
}

// sampleTurns makes of a duty one that is asked for twice by the 10th and by the 25th of each month.
func sampleTurns(duty cascade.Duty) cascade.Duty {
	duty.Text = "Kiểm tra các điểm tập kết rác, mỗi tháng hai kỳ."
	duty.Every = &letter.Recurrence{Text: "trước ngày 10 và ngày 25 hàng tháng", Period: "month", Days: []int{10, 25}, Until: true, Times: 2}
	duty.Quota, duty.Parts, duty.Ticks, duty.Files, duty.Proof, duty.Deadline = nil, nil, nil, nil, "", clock.Time{}
	duty.Within = nil
	duty.Progress = cascade.Progress{
		Count: 3, Recurs: true, Times: 2, Periods: []string{"2024-06-10"},
		Due: []cascade.Period{
			{Name: "2024-06-10", At: clock.Date(2024, 6, 6, 9, 0), Over: clock.Date(2024, 6, 11, 0, 0), Done: true, Count: 2},
			{Name: "2024-06-25", At: clock.Date(2024, 6, 11, 0, 0), Over: clock.Date(2024, 6, 26, 0, 0), Count: 1},
		},
	}
	return duty
}

// sampleFile proves the first duty of a dispatch.
func sampleFile(dispatch ident.ID, name string) cascade.File {
	return cascade.File{ID: sampleID(83), DispatchID: dispatch, Duty: 1, Name: name, CreatedAt: clock.Date(2024, 6, 11, 10, 0)}
}

// sampleDuty shows it with the form that divides it, or one of the small forms, as it was sent.
func sampleDuty(ctx context.Context, f, small *form.Form) dutyPageView {
	t, m := sampleDutyTree(), may{sampleClerk(), sampleDetail(cascade.InProgress).Dispatch}
	next := 200
	v := viewDuty(ctx, t, m, func() ident.ID { next++; return sampleID(next) }, small)
	v.Split = viewSplit(ctx, t, m, sampleUnits[4:], []person.Person{{ID: sampleID(30), Name: "Nguyễn Văn Mẫu"}}, nil, f)
	return v
}
