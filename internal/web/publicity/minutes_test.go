package publicity_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit/apptest"
)

// meeting records a meeting with the typed values and returns its identifier.
func (w *world) meeting(typed map[string]string) ident.ID {
	w.t.Helper()
	form := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
	for name, value := range typed {
		form.Set(name, value)
	}
	w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", form, 303)
	return ident.ID(form.Get("id"))
}

// The minutes of a meeting become a letter with one press and nothing typed again: it is signed, numbered and registered like every
// other, and it has the form of the decree, whatever was told of the meeting.
func TestMinutesBecomeALetter(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		whole := w.meeting(map[string]string{
			"present": "45", "place": "Nhà văn hóa tổ 3", "chair": "Nguyễn Văn Mẫu", "secretary": "Trần Thị Mẫu", "begin": "2024-06-07T19:00",
			"end": "2024-06-07T20:15", "name": "Họp tổ dân phố 3", "points": "Giới thiệu thể lệ", "conclusion": "Nhất trí hưởng ứng.",
		})
		bare := w.meeting(map[string]string{"present": "7"})
		for _, id := range []ident.ID{whole, bare} {
			quick, err := w.Publicity.Minutes(t.Context(), w.Face("clerk").Actor, w.Unit(apptest.Ward), apptest.Slug, id)
			w.Must(err)
			for _, d := range decree.CheckDocument(quick) {
				t.Errorf("the minutes of %s depart from the decree: %s %v", id, d.Code, d.Args)
			}
		}
		minutes := w.pack + "/cuoc-hop/bien-ban/" + string(whole)
		w.get("clerk", w.pack+"/cuoc-hop", 200, "Lập biên bản thành văn bản", minutes+"/van-ban")
		w.post("other clerk", minutes+"/van-ban", nil, 403)
		w.post("nobody", minutes+"/van-ban", nil, 303)
		w.post("clerk", w.pack+"/bang-tin/bien-ban/"+string(whole)+"/van-ban", nil, 404)
		w.post("clerk", w.pack+"/cuoc-hop/bien-ban/"+string(w.IDs.New())+"/van-ban", nil, 404)
		colleague := w.SignIn(w.Person(apptest.Ward, person.Clerk, w.Unit(apptest.Ward)))
		var editor string
		for i := range 3 { // pressed twice, and by somebody else who did not see it
			var rec *httptest.ResponseRecorder
			if i < 2 {
				rec = w.post("clerk", minutes+"/van-ban", url.Values{}, 303)
			} else {
				rec = w.Do(apptest.As(httptest.NewRequest(http.MethodPost, apptest.BaseURL+minutes+"/van-ban", nil), colleague))
			}
			if to := rec.Header().Get("Location"); editor != "" && to != editor {
				t.Errorf("it leads to %q, then to %q (%d)", editor, to, rec.Code)
			} else {
				editor = to
			}
		}
		w.get("clerk", editor, 200, "45 người", "Nhà văn hóa tổ 3", "19h00 ngày 07/6/2024", "Giới thiệu thể lệ", "Nhất trí hưởng ứng.")
		var letters int
		w.Must(w.DB.Get(t.Context(), &letters, `SELECT count(*) FROM letter WHERE type = 'biên bản'`))
		if letters != 1 {
			t.Errorf("%d letters were made", letters)
		}
		drafted := w.get("clerk", w.pack+"/cuoc-hop", 200, "mở dự thảo văn bản", "Lập biên bản thành văn bản").Body.String()
		if strings.Contains(drafted, minutes+"/van-ban") || strings.Contains(drafted, `href="`+minutes+`"`) {
			t.Error("the page still makes minutes that are a letter already")
		}

		clerk := w.Face("clerk").Actor
		leader := w.As(w.Person(apptest.Ward, person.Leader, w.Unit(apptest.Ward)))
		_, err := w.Letters.Submit(t.Context(), clerk, whole, "")
		w.Must(err)
		_, err = w.Letters.Sign(t.Context(), leader, whole, letter.SignInput{})
		w.Must(err)
		l, err := w.Letters.Register(t.Context(), clerk, whole)
		w.Must(err)
		if l.Symbol() == "" || l.Document.Date.IsZero() || l.ChallengeID != w.Challenge.ID || l.Document.Secretary != "Trần Thị Mẫu" {
			t.Errorf("registered as %q of %v about %s, taken down by %s", l.Symbol(), l.Document.Date, l.ChallengeID, l.Document.Secretary)
		}
		for _, d := range decree.CheckDocument(*l.Document) {
			t.Errorf("the letter departs from the decree: %s %v", d.Code, d.Args)
		}
		w.get("clerk", w.pack+"/cuoc-hop", 200, "Biên bản số "+l.Symbol(), editor)
		w.get("clerk", "/don-vi/so-van-ban/di?don-vi="+string(w.Unit(apptest.Ward)), 200, l.Symbol(), "Họp tổ dân phố 3")
	})
}
