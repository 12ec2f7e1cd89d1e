package cascade

import (
	"slices"
	"testing"
	"time"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

func TestThoseBelowAreAskedEarlier(t *testing.T) {
	at := func(day, hour int) clock.Time { return clock.Date(2024, time.June, day, hour, 0) }
	for _, tt := range []struct {
		name           string
		due, now, want clock.Time
	}{
		{"two working days before", at(28, 17), at(6, 9), at(26, 17)},
		{"over a week-end", at(24, 17), at(6, 9), at(20, 17)},
		{"no time for that", at(12, 17), at(10, 9), at(12, 17)},
		{"over already", at(5, 17), at(10, 9), at(5, 17)},
	} {
		if got := dueBelow(calendar.Builtin(), tt.due, tt.now); !got.Equal(tt.want.Time) {
			t.Errorf("%s: %v, want %v", tt.name, got.Local(), tt.want.Local())
		}
	}
}

// A duty of the unit's own letter counts for the one it was drafted from, whatever the clerk made of its words and of the list.
func TestOwnDutiesKnowWhereTheyComeFrom(t *testing.T) {
	received := []Duty{{Number: 1, Text: "Thông báo thể lệ"}, {Number: 2, Text: "Vận động đăng ký"}, {Number: 3, Text: "Báo cáo kết quả"}}
	for _, tt := range []struct {
		name string
		own  []letter.Duty
		want []int
	}{
		{"reworded, one left out, one added", []letter.Duty{
			{Text: "Vận động người dân đăng ký", From: 2}, {Text: "Chuẩn bị dụng cụ"}, {Text: "Đọc thể lệ trên loa", From: 1},
		}, []int{2, 0, 1}},
		{"turned round, as many", []letter.Duty{{Text: "Gửi báo cáo", From: 3}, {Text: "Phổ biến", From: 1}, {Text: "Vận động", From: 2}}, []int{3, 1, 2}},
		{"what it comes from is not asked here", []letter.Duty{{Text: "Việc khác", From: 7}, {Text: "Báo cáo", From: 3}}, []int{0, 3}},
		{"written by hand, in the same words", []letter.Duty{{Text: "báo cáo  kết quả"}}, []int{3}},
		{"written by hand, as many", []letter.Duty{{Text: "a"}, {Text: "b"}, {Text: "c"}}, []int{1, 2, 3}},
		{"written by hand, others", []letter.Duty{{Text: "a"}, {Text: "b"}}, []int{0, 0}},
	} {
		passed, err := pass(received, tt.own, nil, clock.Date(2024, time.June, 6, 8, 0))
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, g := range passed {
			got = append(got, g.duty.From)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: from %v, want %v", tt.name, got, tt.want)
		}
	}
	parts, err := pass(received, []letter.Duty{{Text: "Vận động ít nhất 02 đội", From: 2}}, []DutyPart{{Duty: 1}, {Duty: 2, Quota: 2}}, clock.Date(2024, time.June, 6, 8, 0))
	if err != nil || parts[0].duty.Text != "Thông báo thể lệ" || parts[1].duty.Text != "Vận động ít nhất 02 đội" {
		t.Errorf("parts in the words of the own letter: %+v, %v", parts, err)
	}
}
