package office_test

import (
	"net/http"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
)

// TestAScheduledLetterNamesItsHour: typed, printed, read again, and asked for before somebody signs.
func TestAScheduledLetterNamesItsHour(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		at := d.drafted(t)
		form := with(d.editor(t, at), "do", "save", "urgency", letter.Scheduled)
		want(t, "the form", d.Get(at), http.StatusOK, ">hỏa tốc hẹn giờ<", "Hẹn đến trước", `type="datetime-local"`)
		for name, tt := range map[string]struct{ urgency, hour, says string }{
			"no hour at all":    {letter.Scheduled, "15 giờ kém 5", "ngày"},
			"a day without one": {letter.Scheduled, "2024-06-10", "giờ"},
			"no such day":       {letter.Scheduled, "2024-02-30T08:00", "ngày"},
			"not scheduled":     {"khẩn", "2024-06-10T15:30", "Chỉ văn bản hỏa tốc hẹn giờ mới ghi giờ"},
			"no such stamp":     {"rất khẩn", "", "Chọn một trong các mức độ khẩn"},
		} {
			a := d.Post(at, with(form, "urgency", tt.urgency, "deliverBy", tt.hour))
			want(t, name, a, http.StatusUnprocessableEntity, tt.says, `value="`+tt.hour+`"`)
		}
		want(t, "typed", d.Post(at+"/xem-truoc", with(form, "deliverBy", "2024-06-10T15:30")), http.StatusOK, ">HỎA TỐC HẸN GIỜ<", ">Trước 15 giờ 30 ngày 10/6/2024<")

		want(t, "a draft may lack it", d.Post(at, form), http.StatusSeeOther)
		want(t, "signing may not", d.Post(at, with(d.editor(t, at), "do", "submit", "urgency", letter.Scheduled)), http.StatusUnprocessableEntity, "cần ghi ngày, giờ phải đến")
		want(t, "an hour that is over", d.Post(at, with(d.editor(t, at), "do", "submit", "urgency", letter.Scheduled, "deliverBy", "2024-01-02T08:00")), http.StatusUnprocessableEntity, "Giờ này đã qua")
		want(t, "saved", d.Post(at, with(d.editor(t, at), "do", "save", "urgency", letter.Scheduled, "deliverBy", "2024-06-10T15:30")), http.StatusSeeOther)
		want(t, "opened again", d.Get(at), http.StatusOK, `value="2024-06-10T15:30"`, ">Trước 15 giờ 30 ngày 10/6/2024<")
		l := d.stored(t, at)
		if l.Document.DeliverBy != clock.Date(2024, 6, 10, 15, 30) || l.Fields.Urgency != letter.Scheduled || l.Reading.Urgency == nil || l.Reading.Urgency.Value != letter.Scheduled || l.Reading.Date != nil {
			t.Errorf("kept is %v, read %+v with the date %+v", l.Document.DeliverBy, l.Reading.Urgency, l.Reading.Date)
		}
		want(t, "submit", d.Post(at, with(d.editor(t, at), "do", "submit", "urgency", letter.Scheduled, "deliverBy", "2024-06-10T15:30")), http.StatusSeeOther)
	})
}
