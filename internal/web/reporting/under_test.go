package reporting_test

import (
	"net/http"
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
)

// A unit that got a letter with the sender's own reports on the letter that travels, and so does the sender.
func TestWhatCameWithAnotherLetterIsReportedOn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, union, below := t.Context(), w.Of("480.DTN"), w.Of("20011.DTN")
		d := w.Send("480.DTN")["480.DTN"]
		w.people["union"], w.people["below"] = w.Actor(person.Clerk, union), w.Actor(person.Clerk, below)
		clerk := w.people["union"]
		own := w.Written(union, lettertest.Document("Thông báo thể lệ."), w.Letter.ID)
		_, err := w.Cascade.Receive(ctx, clerk, d.ID)
		w.Must(err)
		_, err = w.Cascade.Forward(ctx, clerk, cascade.ForwardInput{
			Dispatch: d.ID, To: cascade.Recipients{Units: []ident.ID{below.ID}}, Under: own.ID,
		})
		w.Must(err)
		w.Must(w.Queue.Drain(ctx))

		for who, unit := range map[string]string{"below": string(below.ID), "union": string(union.ID)} {
			about := "don-vi=" + unit + "&van-ban=" + string(w.Letter.ID)
			body := w.see(t, who, "/don-vi/bao-cao?don-vi="+unit, http.StatusOK, about)
			if about := "van-ban=" + string(own.ID); strings.Contains(body, about) {
				t.Errorf("%s is offered figures of %s, by which nothing travels", who, about)
			}
			w.see(t, who, "/don-vi/bao-cao/so-lieu?"+about, http.StatusOK)
		}
		w.see(t, "below", "/don-vi/bao-cao?don-vi="+string(below.ID), http.StatusOK, own.Symbol())
	})
}
