package office_test

import (
	"net/url"
	"testing"

	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
)

// A letter that came as a file is handed to somebody: the registers, the follow-up book and the stamp say so.
func TestALetterOnPaperIsHandedOver(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.As(d.clerk)
		l, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, Text: lettertest.Text("77", "Họp dân.")})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Letters.Enter(t.Context(), d.clerk, l.ID, nil); err != nil {
			t.Fatal(err)
		}
		unit := "?don-vi=" + string(d.Town.ID)
		page := "/don-vi/so-van-ban/den/" + string(l.ID) + unit
		form := d.Get(page).Hidden()
		for name, value := range map[string]string{
			"receiver": "Phòng Văn hóa và Thông tin", "handed": "2024-06-07", "deadline": "2024-06-20", "progress": "Đang tham mưu", "note": "Gấp",
		} {
			form.Set(name, value)
		}
		want(t, "nobody", d.Post(page, with(form, "receiver", " ")), 422, "Hãy ghi đơn vị hoặc người nhận", "Đang tham mưu")
		want(t, "before it came", d.Post(page, with(form, "handed", "2020-01-02")), 422, "Không thể trước ngày của văn bản")
		want(t, "no such day", d.Post(page, with(form, "deadline", "31/02/2024")), 422, "31/02/2024")
		for range 2 {
			want(t, "handed over", d.Post(page, form), 303)
		}
		want(t, "stamp", d.Get(page), 200, "Phòng Văn hóa và Thông tin")
		want(t, "register", d.Get("/don-vi/so-van-ban/den"+unit), 200, "Phòng Văn hóa và Thông tin", "07/06/2024", "Gấp")
		want(t, "follow-up", d.Get("/don-vi/so-van-ban/giai-quyet"+unit), 200, "Phòng Văn hóa và Thông tin", "20/06/2024", "Đang tham mưu", "Gấp")

		stale := d.Post(page, with(form, "progress", "Xong"))
		want(t, "somebody else wrote meanwhile", stale, 409, "Xong")
		want(t, "a second try", d.Post(page, with(form, "progress", "Xong", "version", stale.Hidden().Get("version"))), 303)
		want(t, "done", d.Get("/don-vi/so-van-ban/giai-quyet"+unit), 200, "Xong")

		want(t, "another unit", d.As(d.wardClerk).Post(page, form), 403)
		want(t, "nobody's register", d.Post("/don-vi/so-van-ban/den/"+string(l.ID)+"?don-vi="+string(d.ward.ID), url.Values{}), 404)
	})
}
