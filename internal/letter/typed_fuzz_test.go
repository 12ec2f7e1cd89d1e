package letter

import "testing"

// Whatever a person types for when or how often: it is understood within its limits or not at all, and what was understood is
// understood again in the same way from the words that are kept.
func FuzzTyped(f *testing.F) {
	for _, s := range []string{
		"", "05 ngày làm việc kể từ ngày nhận", "10 ngày kể từ ngày ký", "trong vòng ba ngày", "trong thời hạn 999999999999 ngày", "0 ngày kể từ ngày ký", "mười lăm (15) ngày",
		"sáng Chủ nhật hàng tuần", "thứ Ba và thứ Năm hàng tuần", "trước ngày 20 hàng tháng", "ngày 31, 32 hàng tháng", "mỗi tuần 2 lần", "hai tuần một lần", "hằng quý", "mỗi 0 tuần một lần",
		"9999999999 lần mỗi ngày", "hàng tuần\nhàng tháng", "\u0301hàng ngày", "İ hàng năm", "48 giờ kể từ khi nhận",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if w := ParseWithin(s); w != nil {
			if w.Days < 1 || w.Days > MaxWithin || w.Text == "" {
				t.Errorf("%q: %+v", s, *w)
			}
			again := ParseWithin(w.Text)
			if again == nil || again.Days != w.Days || again.Working != w.Working || again.From != w.From {
				t.Errorf("%q is %+v, and its words %+v", s, *w, again)
			}
		}
		if e := ParseRecurrence(s); e != nil {
			if !e.valid() || e.Text == "" {
				t.Errorf("%q: %+v", s, *e)
			}
			if again := ParseRecurrence(e.Text); again == nil || again.Period != e.Period {
				t.Errorf("%q is %+v, and its words %+v", s, *e, again)
			}
		}
	})
}
