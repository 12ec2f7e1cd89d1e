package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/calendar"
	"sachhon/internal/clock"
)

// said is what a reading says of a duty by when and how much, and which of its words it could not read.
func said(t *testing.T, text string) string {
	t.Helper()
	whole := dutiesHead + "1. " + text + "\nNơi nhận:\n- Như trên.\n"
	r := mustRead(t, whole)
	if len(r.Duties) != 1 {
		t.Fatalf("%s: %+v", text, r.Duties)
	}
	if c := checkSpans(t, whole, r); len(c.missing) > 0 {
		t.Errorf("%s: no words for %v", text, c.missing)
	}
	var out []string
	d := r.Duties[0].Value
	if !d.Deadline.IsZero() {
		out = append(out, "by "+d.Deadline.String())
	}
	if w := d.Within; w != nil {
		out = append(out, withinFact(*w))
	}
	if q := d.Quota; q != nil {
		out = append(out, fmt.Sprintf("%s%d %s", map[bool]string{true: "≥"}[q.AtLeast], q.Count, q.Of))
	}
	if d.Every != nil {
		out = append(out, "every "+everyFact(*d.Every))
	}
	for _, w := range r.Warnings {
		if slices.Contains([]string{"dutyUnread", "dutyDeadlines", "dutyRecurrence"}, w.Value.Code) {
			out = append(out, "? "+w.Value.Args["Text"])
		}
	}
	return strings.Join(out, "; ")
}

// What a duty says about by when and how much is read as it is meant, or said to be unread.
func TestQuotasAndDeadlines(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// days that are counted from the letter
		{"Báo cáo kết quả trong 05 ngày làm việc kể từ ngày nhận được công văn này.", "5 working days from receipt"},
		{"Báo cáo kết quả trong 05 ngày làm việc kể từ ngày nhận.", "5 working days from receipt"},
		{"Gửi danh sách trong vòng 3 ngày kể từ ngày ban hành.", "3 days from date"},
		{"Gửi danh sách chậm nhất sau 10 ngày kể từ ngày ký.", "10 days from date"},
		{"Gửi danh sách chậm nhất 07 (bảy) ngày làm việc, kể từ ngày nhận được văn bản này.", "7 working days from receipt"},
		{"Trong thời hạn 02 tuần kể từ ngày nhận được Kế hoạch này, các thôn họp dân.", "14 days from receipt"},
		{"Trong thời hạn không quá mười lăm ngày tính từ ngày ký ban hành, các thôn họp dân.", "15 days from date"},
		{"Hoàn thành trong năm ngày làm việc sau khi nhận được văn bản này.", "5 working days from receipt"},
		{"Thời hạn báo cáo: 03 ngày làm việc kể từ khi tiếp nhận văn bản.", "3 working days from receipt"},
		{"Muộn nhất là 10 ngày kể từ ngày Kế hoạch này được ban hành.", "10 days from date"},
		{"Báo cáo trong 05 ngày kể từ ngày nhận công văn này về Ủy ban nhân dân xã.", "5 days from receipt"},
		// and from something else, or from nothing that is said
		{"Trả kết quả trong vòng 05 ngày làm việc kể từ ngày nhận hồ sơ của người dân.", "? trong vòng 05 ngày làm việc kể từ ngày nhận hồ sơ của người dân"},
		{"Báo cáo trong vòng 05 ngày kể từ ngày kết thúc Cuộc thi.", "? trong vòng 05 ngày kể từ ngày kết thúc Cuộc thi"},
		{"Báo cáo trong vòng 24 giờ kể từ khi nhận được văn bản này.", "? trong vòng 24 giờ kể từ khi nhận được văn bản này"},
		{"Báo cáo trong vòng 03 (năm) ngày kể từ ngày nhận.", "? trong vòng 03 (năm) ngày kể từ ngày nhận"},
		{"Báo cáo chậm nhất sau một tháng.", "? chậm nhất sau một tháng"},
		{"Báo cáo trong 05 ngày kể từ ngày nhận, tổng kết trước ngày 20/11/2024.", "5 days from receipt; ? trước ngày 20/11/2024"},
		{"Tổng kết trước ngày 20/11/2024, báo cáo trong 05 ngày kể từ ngày ký.", "by 2024-11-20; ? trong 05 ngày kể từ ngày ký"},
		// days
		{"Báo cáo trước thứ Sáu, ngày 15/11/2024.", "by 2024-11-15"},
		{"Báo cáo trước 16h00' ngày 14/11.", "by 2024-11-14"},
		{"Báo cáo trước 16 giờ 30 phút, thứ Sáu (ngày 15/11/2024).", "by 2024-11-15"},
		{"Báo cáo chậm nhất 17:00 chiều thứ Hai, 18/11/2024.", "by 2024-11-18"},
		{"Báo cáo trước 11g30 ngày 15 tháng 11 năm 2024.", "by 2024-11-15"},
		{"Báo cáo trước hết ngày 30/11/2024.", "by 2024-11-30"},
		{"Báo cáo trước ngày 15/01.", "by 2025-01-15"},
		{"Kiểm tra các bể chứa xây dựng trước ngày 01/01/2020.", "? trước ngày 01/01/2020"},
		{"Báo cáo trước thứ Sáu tuần này.", "? trước thứ Sáu tuần này"},
		{"Treo băng rôn trước ngày khai mạc 5 ngày.", "? trước ngày khai mạc 5 ngày"},
		{"Trước mắt, các thôn họp dân; chịu trách nhiệm trước Chủ tịch Ủy ban nhân dân xã.", ""},
		// how much
		{"Mỗi thôn vận động ít nhất hai mươi người tham gia.", "≥20 người"},
		{"Vận động ít nhất hai mươi lăm người tham gia.", "≥25 người"},
		{"Gửi tối thiểu mười lăm tác phẩm dự thi.", "≥15 tác phẩm"},
		{"Huy động ít nhất 1.000 người tham gia.", "≥1000 người"},
		{"Huy động ít nhất 3 nghìn người tham gia.", "≥3000 người"},
		{"Huy động không dưới một trăm năm mươi người tham gia.", "≥150 người"},
		{"Gửi ít nhất 02 (hai) tác phẩm dự thi.", "≥2 tác phẩm"},
		{"Gửi ít nhất: 02 tác phẩm dự thi.", "≥2 tác phẩm"},
		{"Gửi ít nhất mỗi thôn 02 tác phẩm dự thi.", "≥2 tác phẩm"},
		{"Mỗi trường gửi 12 (mười hai) tác phẩm.", "12 tác phẩm"},
		{"Vận động từ hai trăm linh năm người trở lên.", "≥205 người"},
		{"Gửi ít nhất 02 (ba) tác phẩm dự thi.", "? ít nhất 02 (ba) tác phẩm dự thi"},
		{"Thu gom ít nhất 2,5 tấn rác.", "? ít nhất 2,5 tấn rác"},
		{"Vận động ít nhất 80% hộ dân phân loại rác.", "? ít nhất 80% hộ dân phân loại rác"},
		{"Vận động ít nhất từ 10 đến 15 người.", "? ít nhất từ 10 đến 15 người"},
		{"Thu gom ít nhất 9.000.000 vỏ chai nhựa.", "? ít nhất 9.000.000 vỏ chai nhựa"},
		{"Phát thanh ít nhất 2 lượt/tuần.", "≥2 lượt; every week// 2 times"},
		{"Giảm tối thiểu việc sử dụng túi ni lông.", ""},
		// how often, and what only sounds like it
		{"Tuyên truyền phân loại rác thải sinh hoạt hàng ngày.", "? sinh hoạt hàng ngày"},
		{"Đưa nội dung vào kế hoạch công tác hằng năm.", "? kế hoạch công tác hằng năm"},
		{"Thu gom rác hàng ngày.", "every day//"},
	} {
		if got := said(t, c.text); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestParseWithin(t *testing.T) {
	for text, want := range map[string]string{
		"05 ngày làm việc kể từ ngày nhận":         "5 working days from receipt",
		"5 ngày kể từ ngày nhận được công văn này": "5 days from receipt",
		"Trong 10 ngày kể từ ngày ký.":             "10 days from date",
		"10 ngày sau ngày ban hành":                "10 days from date",
		"một tuần kể từ ngày nhận":                 "7 days from receipt",
		"5 ngày":                                   "",
		"0 ngày kể từ ngày nhận":                   "",
		"900 ngày kể từ ngày nhận":                 "",
		"5 ngày kể từ ngày nhận hồ sơ":             "",
		"Báo cáo 5 ngày kể từ ngày nhận":           "",
		"2 tuần làm việc kể từ ngày nhận":          "",
		"": "",
		strings.Repeat("năm ", 2000) + "ngày kể từ ngày nhận":         "",
		"5 ngày kể từ ngày nhận" + strings.Repeat(" được các ", 2000): "",
	} {
		got := ""
		if w := ParseWithin(text); w != nil {
			got = withinFact(*w)
			if again := ParseWithin(w.Text); again == nil || *again != *w {
				t.Errorf("%q is not read again: %+v", w.Text, again)
			}
		}
		if got != want {
			t.Errorf("%.60q: got %q, want %q", text, got, want)
		}
	}
}

// A time ends as the Civil Code says: its first day is not counted, and its last is a day on which offices work.
func TestWhenATimeEnds(t *testing.T) {
	days := calendar.Builtin()
	for _, c := range []struct {
		within Within
		from   clock.Day
		want   clock.Day
	}{
		{Within{Days: 5, Working: true}, "2024-06-06", "2024-06-13"}, // a Thursday
		{Within{Days: 5, Working: true}, "2024-06-08", "2024-06-14"}, // a Saturday
		{Within{Days: 1, Working: true}, "2024-04-26", "2024-05-02"}, // over the holidays, with a day swapped
		{Within{Days: 3}, "2024-06-06", "2024-06-10"},                // would end on a Sunday
		{Within{Days: 10}, "2024-06-06", "2024-06-17"},
		{Within{Days: 3}, "2024-04-27", "2024-05-02"}, // would end on 30 April
		{Within{Days: 4}, "2024-06-06", "2024-06-10"},
		{Within{Days: 7}, "2024-04-27", "2024-05-04"}, // a Saturday that is worked
	} {
		if got := c.within.Last(days, c.from); got != c.want {
			t.Errorf("%+v from %s ends on %s, want %s", c.within, c.from, got, c.want)
		}
	}
}
