package office_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

// A committee of the Party says when its terms began where it says how its letters look; the register shows its numbers by
// type and names what is missing with its type.
func TestTermsAreASettingOfTheUnit(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.As(d.clerk)
		head, at := "/don-vi/soan-thao/the-thuc?don-vi="+string(d.Town.ID), "/don-vi/soan-thao/nhiem-ky?don-vi="+string(d.Town.ID)
		link := `href="` + at + `"`
		if a := d.Get(head); strings.Contains(a.Body, link) {
			t.Error("a committee of the State is asked for its terms")
		}
		a := d.Post(head, url.Values{"version": {"0"}, "n": {"0"}, "form": {string(letter.PartyForm)}, "mark": {"BTGTU"}, "place": {"Hương Trà"}})
		want(t, "head", a, http.StatusSeeOther)
		want(t, "head of the Party", d.Get(head), http.StatusOK, link)

		want(t, "terms", d.Get(at), http.StatusOK, "Ngày đầu của từng nhiệm kỳ")
		want(t, "not a day", d.Post(at, url.Values{"terms": {"25/7/2020\nmai"}}), http.StatusUnprocessableEntity, "Không hiểu ngày “mai”", "25/7/2020")
		want(t, "two in a year", d.Post(at, url.Values{"terms": {"25/7/2020\n26/7/2020"}}), http.StatusUnprocessableEntity, "Năm 2020 có hai ngày")
		want(t, "saved", d.Post(at, url.Values{"terms": {"25/7/2020"}}), http.StatusSeeOther)
		want(t, "shown again", d.Get(at), http.StatusOK, "25/07/2020", `value="2020-07-25"`)
		if days, err := d.Letters.Terms(t.Context(), d.clerk, d.Town.ID); err != nil || len(days) != 1 || days[0] != clock.Day("2020-07-25") {
			t.Errorf("terms %v, %v", days, err)
		}

		for _, one := range []struct{ kind, number, notation string }{
			{"quyết định", "01", "QĐ/BTGTU"}, {letter.OfficialLetter, "01", "CV/BTGTU"}, {letter.OfficialLetter, "04", "CV/BTGTU"},
		} {
			l := done(d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{
				ID: d.IDs.New(), Issuer: d.Town.ID, Text: lettertest.PartyText(one.kind, one.number, one.notation, letter.Date{Year: 2024, Month: 2, Day: 3}),
			}))(t)
			done(d.Letters.Register(t.Context(), d.clerk, l.ID))(t)
		}
		book := d.Get("/don-vi/so-van-ban/di?nam=2024&don-vi=" + string(d.Town.ID))
		want(t, "register", book, http.StatusOK, "Sổ còn trống các số: CV 2–3")
		var symbols []string
		for _, line := range onScreen(t, book.Body)[1:] {
			symbols = append(symbols, line[0])
		}
		if got := strings.Join(symbols, " "); got != "01-CV/BTGTU 04-CV/BTGTU 01-QĐ/BTGTU" {
			t.Errorf("the register shows %q", got)
		}

		d.As(d.Actor(person.Clerk, d.ward))
		if a := d.Get(at); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
			t.Errorf("the clerk of another unit sees %d", a.Status)
		}
	})
}
