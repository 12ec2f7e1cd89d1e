package letter

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRecurrencesAreRead(t *testing.T) {
	for _, tt := range [][2]string{
		// weekdays
		{"sáng Chủ nhật hàng tuần", "week/0/morning"},
		{"vào thứ Ba và thứ Năm hàng tuần", "week/2,4/ thứ Ba và thứ Năm hàng tuần"},
		{"sáng thứ Bảy, Chủ nhật hàng tuần", "week/6,0/morning"},
		{"sáng thứ Bảy và chiều Chủ nhật hàng tuần", "week/6,0/"},
		{"các ngày thứ 2, thứ 4 và thứ 6 hằng tuần", "week/1,3,5/"},
		{"thứ 3, 5, 7 hàng tuần", "week/2,4,6/"},
		{"thứ 7, CN hàng tuần", "week/6,0/"},
		{"từ thứ Hai đến thứ Sáu hàng tuần", "week/1,2,3,4,5/ thứ Hai đến thứ Sáu hàng tuần"},
		{"thứ 2 - thứ 6 mỗi tuần", "week/1,2,3,4,5/"},
		{"từ thứ Bảy đến thứ Hai hàng tuần", "week/1,6,0/ thứ Bảy đến thứ Hai hàng tuần"},
		{"thứ Năm và thứ Ba hàng tuần", "week/2,4/"},
		{"mỗi sáng thứ Bảy và Chủ nhật", "week/6,0/morning"},
		{"mỗi thứ Sáu", "week/5/"},
		{"hàng tuần vào thứ Ba và thứ Năm", "week/2,4/"},
		{"hàng tuần, vào sáng thứ Bảy", "week/6/morning"},
		{"trước 16 giờ thứ Sáu hàng tuần", "week/5/ until"},
		{"hằng tuần, chậm nhất thứ Năm", "week/4/ until"},
		{"mỗi tuần 2 lần vào thứ Ba và thứ Năm", "week/2,4/"},
		{"tuần 2 lần vào thứ Ba và thứ Năm", "week/2,4/"},
		{"2 lần/tuần, vào thứ Ba và thứ Năm", "week/2,4/"},
		{"mỗi Chủ nhật 2 lần", "week/0/ 2 times"},
		{"hàng tuần", "week//"},
		// days of the month
		{"ngày 15 hàng tháng", "month// 15"},
		{"ngày 25 hằng tháng", "month// 25"},
		{"trước ngày 20 hàng tháng", "month// until 20"},
		{"chậm nhất là ngày 05 hằng tháng", "month// until 5"},
		{"trước 17 giờ 00 ngày 25 hàng tháng", "month// until 25"},
		{"ngày 01 và ngày 15 hàng tháng", "month// 1,15"},
		{"các ngày 5, 15 và 25 mỗi tháng", "month// 5,15,25"},
		{"mùng 1 và ngày 15 hàng tháng", "month// 1,15"},
		{"từ ngày 01 đến ngày 05 hàng tháng", "month// until 5 ngày 01 đến ngày 05 hàng tháng"},
		{"ngày cuối tháng", "month// 31"},
		{"ngày cuối cùng của tháng", "month// 31"},
		{"ngày 15 và ngày cuối hàng tháng", "month// 15,31"},
		{"trước ngày cuối tháng", "month// until 31"},
		{"hàng tháng, trước ngày 20", "month// until 20"},
		{"hằng tháng (trước ngày 05 của tháng sau)", "month// until 5 hằng tháng (trước ngày 05"},
		{"hàng tháng vào ngày 10", "month// 10"},
		{"hàng tháng trước ngày 20/6", "month// hàng tháng"},
		{"hàng tháng đến ngày 20 tháng 6", "month// hàng tháng"},
		// so many times
		{"mỗi tuần 2 lần", "week// 2 times"},
		{"mỗi tháng 02 lần", "month// 2 times"},
		{"tuần 3 lần", "week// 3 times"},
		{"2 lần/tuần", "week// 2 times"},
		{"hai lần mỗi ngày", "day// 2 times"},
		{"ít nhất 2 buổi một tuần", "week// 2 times 2 buổi một tuần"},
		{"hằng tuần tổ chức ra quân ít nhất 2 lần", "week// 2 times"},
		{"mỗi tuần một lần", "week//"},
		{"một tuần một lần", "week//"},
		{"lần/ngày", "day//"},
		{"hàng năm lần thứ hai", "year// hàng năm"},
		// longer than one period
		{"hai tuần một lần", "week// of 2"},
		{"2 tuần một lần", "week// of 2"},
		{"2 tuần/lần", "week// of 2"},
		{"mỗi 2 tuần", "week// of 2"},
		{"mỗi hai tuần ba lần", "week// 3 times of 2"},
		{"định kỳ 06 tháng", "month// of 6"},
		{"15 ngày một lần", "day// of 15"},
		{"định kỳ 2 tháng một lần", "month// of 2"},
		// no recurrence
		{"ngày 15 tháng 6", ""},
		{"vào ngày cuối tháng 6", ""},
		{"những ngày cuối tháng", ""},
		{"thứ Ba và thứ Năm tới", ""},
		{"trong tháng 6 lần thứ hai", ""},
		{"mỗi người dân", ""},
		{"căn cứ năm 2024", ""},
		{"năm 2024 lần 3", ""},
	} {
		text, want := tt[0], tt[1]
		r, _, _, _ := recurrence(text, key(text))
		if want == "" {
			if r != nil {
				t.Errorf("%s: %+v", text, r)
			}
			continue
		}
		if r == nil {
			t.Errorf("%s is not read", text)
			continue
		}
		if got := everyFact(*r); got != want && got+" "+r.Text != want {
			t.Errorf("%s: %q (%q), want %q", text, got, r.Text, want)
		}
		again := ParseRecurrence(r.Text)
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("%s: its words %q say something else (-first +again)\n%s", text, r.Text, diff)
		}
		if !r.valid() {
			t.Errorf("%s: %+v cannot be followed", text, r)
		}
	}
}

// What was kept before a duty could have several days is read as it was meant.
func TestRecurrencesKeptBefore(t *testing.T) {
	for kept, want := range map[string]Recurrence{
		`{"text": "sáng Chủ nhật hàng tuần", "period": "week", "weekday": 0, "part": "morning"}`: {Text: "sáng Chủ nhật hàng tuần", Period: "week", Weekdays: []int{0}, Part: "morning"},
		`{"text": "thứ Bảy tuần cuối hằng tháng", "period": "month", "weekday": 6}`:              {Text: "thứ Bảy tuần cuối hằng tháng", Period: "month", Weekdays: []int{6}},
		`{"text": "hằng ngày", "period": "day"}`:                                                 {Text: "hằng ngày", Period: "day"},
		`{"text": "", "period": "week", "weekday": null}`:                                        {Period: "week"},
	} {
		var duty Duty
		if err := json.Unmarshal([]byte(`{"every": `+kept+`}`), &duty); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, duty.Every); diff != "" {
			t.Errorf("%s (-want +got)\n%s", kept, diff)
		}
	}
	var r Recurrence
	if err := json.Unmarshal([]byte(`{"period": 3}`), &r); err == nil {
		t.Error("a number is read as a period")
	}
}

func TestRecurrencesAreKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecurrence(t).clean()
		kept, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var got Recurrence
		if err := json.Unmarshal(kept, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, got); diff != "" {
			t.Fatalf("%s (-kept +read)\n%s", kept, diff)
		}
		if diff := cmp.Diff(r, r.clean()); diff != "" || !r.valid() {
			t.Fatalf("%+v is not clean, or not valid\n%s", r, diff)
		}
	})
}

func anyRecurrence(t *rapid.T) Recurrence {
	return Recurrence{
		Text: rapid.StringMatching(`[a-z ]{0,9}`).Draw(t, "text"), Period: rapid.SampledFrom(recurrences).Draw(t, "period"),
		Weekdays: rapid.SliceOfN(rapid.IntRange(0, 6), 0, 9).Draw(t, "weekdays"), Days: rapid.SliceOfN(rapid.IntRange(1, lastDay), 0, 9).Draw(t, "days"),
		Until: rapid.Bool().Draw(t, "until"), Times: rapid.IntRange(0, maxTimes).Draw(t, "times"), Step: rapid.IntRange(0, maxStep).Draw(t, "step"),
		Part: rapid.SampledFrom([]string{"", "morning"}).Draw(t, "part"),
	}
}
