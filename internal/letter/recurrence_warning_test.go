package letter_test

import (
	"strings"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// What is not kept of how often a duty recurs is said.
func TestWhatIsNotKeptOfARecurrenceIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"Báo cáo trước ngày 20 hàng tháng.":                   "ngày 20 hàng tháng",
		"Ra quân vào thứ Bảy, Chủ nhật hàng tuần.":            "thứ bảy, chủ nhật hàng tuần",
		"Ra quân vào sáng thứ Bảy tuần cuối hằng tháng.":      "tuần cuối hằng tháng",
		"Ra quân vào sáng Chủ nhật hàng tuần.":                "",
		"Phát thanh hằng ngày, thứ Hai họp giao ban cơ quan.": "",
	} {
		r, err := letter.ReadBytes([]byte(lettertest.Text("1903", text)), letter.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Duties) != 1 || r.Duties[0].Value.Every == nil {
			t.Errorf("%s: %+v", text, r.Duties)
		}
		var got string
		for _, w := range r.Warnings {
			if w.Value.Code == "dutyRecurrence" {
				got = w.Value.Args["Text"]
			}
		}
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: said %q, want %q", text, got, want)
		}
	}
}
