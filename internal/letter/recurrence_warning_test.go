package letter_test

import (
	"strings"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// What is not followed of how often a duty recurs is said, and only that.
func TestWhatIsNotFollowedOfARecurrenceIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"Ra quân vào sáng thứ Bảy tuần cuối hằng tháng.":                                 "tuần cuối hằng tháng",
		"Ra quân vào Chủ nhật hằng tháng.":                                               "chủ nhật hằng tháng",
		"Ra quân hằng tháng vào thứ Bảy tuần cuối.":                                      "hằng tháng vào thứ bảy",
		"Ra quân vào thứ Bảy hoặc Chủ nhật hàng tuần.":                                   "thứ bảy hoặc chủ nhật hàng tuần",
		"Ra quân hai tuần một lần vào thứ Bảy.":                                          "hai tuần một lần vào thứ bảy",
		"Báo cáo vào ngày 20 hằng quý.":                                                  "ngày 20 hằng quý",
		"Tổng kết vào ngày 5/6 hằng năm.":                                                "ngày 5/6 hằng năm",
		"Ra quân sáng Chủ nhật hàng tuần, báo cáo trước ngày 25 hàng tháng.":             "trước ngày 25 hàng tháng",
		"Ra quân vào ngày 35 hàng tháng.":                                                "ngày 35 hàng tháng",
		"Thu gom tuần 2 lần vào thứ Ba, thứ Năm.":                                        "",
		"Mỗi tuần 3 lần vào thứ Ba và thứ Năm các thôn thu gom.":                         "mỗi tuần 3 lần vào thứ ba và thứ năm",
		"Kiểm tra mỗi tuần 2 lần, mỗi lần ít nhất 3 điểm.":                               "mỗi tuần 2 lần",
		"Phát thanh ít nhất 2 lượt/tuần.":                                                "",
		"Báo cáo trước ngày 20 hàng tháng.":                                              "",
		"Ra quân vào thứ Bảy, Chủ nhật hàng tuần.":                                       "",
		"Ra quân vào sáng Chủ nhật hàng tuần.":                                           "",
		"Ra quân vào sáng Chủ nhật hàng tuần; ảnh ra quân Chủ nhật hàng tuần gửi về xã.": "",
		"Phát thanh hằng ngày, thứ Hai họp giao ban cơ quan.":                            "",
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
