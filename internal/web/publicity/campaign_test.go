package publicity_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/publicity"
	"sachhon/internal/testkit/apptest"
)

// reword lets the ward say a product in its own words.
func (w *world) reword(product publicity.Product, part, words string, version int64) {
	w.t.Helper()
	clerk, ward := w.Face("clerk").Actor, w.Unit(apptest.Ward)
	p, err := w.Publicity.Package(w.t.Context(), clerk, ward, apptest.Slug)
	w.Must(err)
	parts := p.Texts[product].Parts
	parts[part] = words
	_, err = w.Publicity.SaveText(w.t.Context(), clerk, ward, apptest.Slug, product, parts, version)
	w.Must(err)
}

// campaign saves a unit's campaign with the message through its page.
func (w *world) campaign(face, unit, message string, status int) {
	w.t.Helper()
	at := "/don-vi/tuyen-truyen/" + string(w.Unit(unit)) + "/" + apptest.Slug + "/noi-dung"
	form := filled(w.get(face, at, 200))
	form.Set("message", message)
	form.Set("facts", "Mang theo găng tay")
	w.post(face, at, form, status)
}

// drop takes a unit's own campaign back.
func (w *world) drop(face, unit string, status int, parts ...string) {
	w.t.Helper()
	at := "/don-vi/tuyen-truyen/" + string(w.Unit(unit)) + "/" + apptest.Slug + "/noi-dung/bo"
	w.post(face, at, url.Values{"version": {filled(w.get(face, at, 200)).Get("version")}, "reason": {"Sai hạn đăng ký"}}, status, parts...)
}

const earlier = "Lời này viết theo nội dung cũ"

// told tells whether a page says that the words are from an earlier campaign.
func told(rec *httptest.ResponseRecorder) bool { return strings.Contains(rec.Body.String(), earlier) }

// What a unit made of a challenge is its own: whoever writes, changes or takes back a campaign, the published pages stay, and so
// do own words, the play log and the minutes.
func TestWhatAUnitMadeOutlastsTheCampaign(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{"public": {"1"}}, 303)
		w.reword(publicity.Article, "title", "Tứ Hạ ra quân vì dòng sông", 0)
		w.reword(publicity.Sheet, "headline", "Tứ Hạ xanh", 0)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("device", "Cụm loa tổ 9")
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)

		public := "/cuoc-thi/" + apptest.Slug + "/tin/" + apptest.Ward
		stays := func(when string, old bool) {
			t.Helper()
			for _, path := range []string{public, public + "/nhung", public + "/tin.atom"} {
				w.get("nobody", path, 200, "Tứ Hạ ra quân vì dòng sông")
			}
			w.get("nobody", public+"/anh.png", 200)
			w.get("clerk", w.pack+"/phat-thanh", 200, "Cụm loa tổ 9")
			minutes := "/cuoc-hop/bien-ban/" + held.Get("id")
			w.get("clerk", w.pack+"/cuoc-hop", 200, minutes)
			w.get("clerk", w.pack+minutes, 200)
			if got := told(w.get("clerk", w.pack+"/bang-tin", 200, "Tứ Hạ xanh")); got != old {
				t.Errorf("%s: told of an earlier campaign: %v, want %v", when, got, old)
			}
		}
		stays("at first", false)

		w.Clock.Advance(24 * time.Hour)
		w.campaign("clerk", apptest.Ward, "Phường ta tự làm lấy", 303)
		stays("the ward wrote its own", true)
		w.get("clerk", w.pack, 200, "Lời riêng viết theo nội dung cũ")
		w.get("clerk", w.pack+"/bang-tin", 200, "Xem bản soạn mới", "Phường ta tự làm lấy", "Dùng bản soạn mới")
		w.reword(publicity.Sheet, "headline", "Tứ Hạ xanh", 1) // looked through and kept
		stays("the ward kept its words", false)
		w.drop("clerk", apptest.Ward, 303)
		stays("the ward took its campaign back", true)
		if page := w.get("clerk", w.pack+"/bang-tin", 200); strings.Contains(page.Body.String(), "Phường ta tự làm lấy") {
			t.Error("a campaign that was taken back still supplies the draft")
		}
		w.reword(publicity.Sheet, "headline", "Tứ Hạ xanh", 2)

		w.campaign("board", apptest.Province, "Cả tỉnh cùng làm", 303)
		stays("the province wrote one, which is further away", false)
		w.drop("town clerk", apptest.Town, 303)
		stays("the town took its campaign back", true)
		w.get("clerk", w.pack+"/bang-tin", 200, "Cả tỉnh cùng làm")
		w.Clock.Advance(time.Minute)
		w.campaign("town clerk", apptest.Town, "Cả thị xã cùng làm", 303) // what was taken back is there to be changed
		w.get("clerk", w.pack+"/bang-tin", 200, "Cả thị xã cùng làm")

		w.post("clerk", w.pack+"/bang-tin/soan-lai", url.Values{"version": {"3"}}, 303)
		page := w.get("clerk", w.pack+"/bang-tin", 200, "Cả thị xã cùng làm")
		if told(page) || strings.Contains(page.Body.String(), "Tứ Hạ xanh") {
			t.Error("the new draft did not take the place of the unit's words")
		}
	})
}

// The last campaign can be taken back, with a reason: packages speak in the challenge's own words then, as before anybody had
// written one, and what was done with it stays as it was seen.
func TestTheLastCampaignIsTakenBack(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Town)) + "/" + apptest.Slug + "/noi-dung"
		w.campaign("town clerk", apptest.Town, "Cả thị xã cùng làm", 303)
		w.reword(publicity.Article, "title", "Tứ Hạ ra quân vì dòng sông", 0)
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{"public": {"1"}}, 303)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("device", "Cụm loa tổ 9")
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)
		minutes := func() string {
			t.Helper()
			m, err := w.Publicity.Minutes(t.Context(), w.Face("clerk").Actor, w.Unit(apptest.Ward), apptest.Slug, ident.ID(held.Get("id")))
			w.Must(err)
			return fmt.Sprint(m)
		}
		before, records := minutes(), fmt.Sprint(w.packageOf(apptest.Ward).Dispatch.Publicity)
		campaign := w.packageOf(apptest.Ward).Campaign
		if !strings.Contains(w.get("clerk", w.pack+"/bang-tin", 200).Body.String(), "Cả thị xã cùng làm") {
			t.Fatal("the town's campaign does not speak")
		}

		form := filled(w.get("town clerk", at+"/bo", 200, "dùng lại lời của chính cuộc thi"))
		w.post("town clerk", at+"/bo", form, 422, "Hãy ghi lý do", `id="f-reason"`)
		form.Set("reason", strings.Repeat("a", 501))
		w.post("town clerk", at+"/bo", form, 422, "Dài quá 500 ký tự")
		form.Set("reason", "Sai hạn đăng ký")
		w.post("clerk", at+"/bo", form, 403)
		w.post("town clerk", at+"/bo", url.Values{"version": {"77"}, "reason": {"Sai"}}, 409, "Người khác vừa thay đổi")
		w.Clock.Advance(time.Minute)
		for range 2 { // pressed twice
			w.post("town clerk", at+"/bo", form, 303)
		}
		if n := len(w.entries("publicity.campaign", `%"reason":"Sai hạn đăng ký"%`)); n != 1 {
			t.Errorf("%d entries of the log say why", n)
		}
		if to := w.get("town clerk", at+"/bo", 303).Header().Get("Location"); to != at {
			t.Errorf("what was taken back leads to %q", to)
		}
		w.get("town clerk", at, 200, "Cả thị xã cùng làm", "Lý do: Sai hạn đăng ký", "Nguyễn Văn Mẫu")

		after := w.packageOf(apptest.Ward)
		if !after.Campaign.Suggested() || after.Campaign.ID != "" {
			t.Errorf("the package speaks with %+v", after.Campaign)
		}
		w.get("clerk", w.pack, 200, "Chưa có đơn vị cấp trên nào soạn", "Theo thể lệ cuộc thi")
		if body := w.get("clerk", w.pack+"/bang-tin", 200).Body.String(); strings.Contains(body, "Cả thị xã cùng làm") {
			t.Error("a campaign that was taken back still supplies the draft")
		}
		if minutes() != before || fmt.Sprint(after.Dispatch.Publicity) != records {
			t.Error("what was done is told otherwise than it was seen")
		}
		if text := after.Texts[publicity.Article]; text.Parts["title"] != "Tứ Hạ ra quân vì dòng sông" || text.CampaignID != campaign.ID || !text.Earlier {
			t.Errorf("the ward's words: %+v", text)
		}
		if len(after.Plays) != 1 || after.Plays[0].CampaignID != campaign.ID || !after.Plays[0].Counts {
			t.Errorf("the play log says %+v", after.Plays)
		}
		public := "/cuoc-thi/" + apptest.Slug + "/tin/" + apptest.Ward
		for _, path := range []string{public, public + "/nhung", public + "/tin.atom"} {
			w.get("nobody", path, 200, "Tứ Hạ ra quân vì dòng sông")
		}
		w.get("nobody", public+"/anh.png", 200)
		w.get("clerk", "/don-vi/tuyen-truyen/"+string(w.Unit(apptest.Ward))+"/chuong-trinh", 200, "Một tháng sạch hơn")

		w.campaign("town clerk", apptest.Town, "Cả thị xã cùng làm", 303) // it is there to be written again
		if body := w.get("town clerk", at, 200).Body.String(); strings.Contains(body, "Sai hạn đăng ký") {
			t.Error("what speaks again is called taken back")
		}
		w.get("clerk", w.pack+"/bang-tin", 200, "Cả thị xã cùng làm")
	})
}

// The organiser's is taken back like any other, while another one speaks or none.
func TestTheOrganisersCampaignIsTakenBack(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.campaign("board", apptest.Province, "Cả tỉnh cùng làm", 303)
		w.drop("board", apptest.Province, 303)
		w.get("clerk", w.pack, 200, "Ủy ban nhân dân thị xã Hương Trà")
		w.drop("town clerk", apptest.Town, 303)
		w.get("clerk", w.pack, 200, "Theo thể lệ cuộc thi")
	})
}

// Saving a campaign as it stands tells nobody of a new draft.
func TestAnUnchangedCampaignIsNotSavedAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		town, actor := w.Unit(apptest.Town), w.Face("town clerk").Actor
		before, _, err := w.Publicity.CampaignOf(t.Context(), actor, town, apptest.Slug)
		w.Must(err)
		after, err := w.Publicity.SaveCampaign(t.Context(), actor, before)
		w.Must(err)
		if after.Version != before.Version || after.UpdatedAt != before.UpdatedAt {
			t.Errorf("%+v, want %+v", after, before)
		}
		first := w.entries("publicity.campaign", `%`)
		before.Message = "Khác đi"
		after, err = w.Publicity.SaveCampaign(t.Context(), actor, before)
		w.Must(err)
		if after.Version != before.Version+1 || after.CreatedBy != actor.ID || len(w.entries("publicity.campaign", `%`)) != len(first)+1 {
			t.Errorf("changed: %+v", after)
		}
	})
}

// entries are the moments of entries of the log.
func (w *world) entries(action, after string) []clock.Time {
	w.t.Helper()
	var at []clock.Time
	w.Must(w.DB.Select(w.t.Context(), &at, `SELECT at FROM audit_entry WHERE action = $1 AND state_after LIKE $2 ORDER BY seq`, action, after))
	return at
}

// do runs statements behind the program's back.
func (w *world) do(statements ...string) {
	w.t.Helper()
	w.Must(w.DB.Tx(w.t.Context(), func(ctx context.Context, tx *database.Tx) error {
		for _, statement := range statements {
			if _, err := tx.Exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	}))
}

// A transaction that lost a race runs again: what it stores then is what was sent, and nobody is told that somebody else was
// faster. PostgreSQL is made to refuse the first try; SQLite has one writer and refuses none.
func TestASaveThatRunsAgainIsNoConflict(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		made := map[string]string{}
		if w.DB.Engine() == database.Postgres {
			made = map[string]string{"campaign": "INSERT OR UPDATE", "loudspeaker_hours": "INSERT"}
		}
		for table, event := range made { // a sequence remembers across the rollback
			w.do("CREATE SEQUENCE tries_"+table, fmt.Sprintf(`CREATE FUNCTION lose_%[1]s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				IF nextval('tries_%[1]s') %% 2 = 1 THEN RAISE EXCEPTION 'lost' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$`, table),
				fmt.Sprintf("CREATE TRIGGER lose BEFORE %[2]s ON %[1]s FOR EACH ROW EXECUTE FUNCTION lose_%[1]s()", table, event))
		}
		clerk, ward := w.Face("clerk").Actor, w.Unit(apptest.Ward)
		own, c, err := w.Publicity.CampaignOf(t.Context(), clerk, ward, apptest.Slug)
		w.Must(err)
		if own.Version != 0 {
			t.Fatalf("%+v of %s", own, c.ID)
		}
		for version := int64(1); version <= 2; version++ {
			own.Message = "Lần " + strconv.FormatInt(version, 10)
			if own, err = w.Publicity.SaveCampaign(t.Context(), clerk, own); err != nil || own.Version != version {
				t.Fatalf("save %d: %+v, %v", version, own, err)
			}
		}
		hours := publicity.DefaultHours()
		hours.UnitID = ward
		for version := int64(1); version <= 2; version++ {
			hours.MaxMinutes++
			if hours, err = w.Publicity.SaveHours(t.Context(), clerk, hours); err != nil || hours.Version != version {
				t.Fatalf("save hours %d: %+v, %v", version, hours, err)
			}
		}
		for table := range made {
			var tries int
			w.Must(w.DB.Get(t.Context(), &tries, "SELECT last_value FROM tries_"+table))
			if tries != 4 {
				t.Errorf("%s: %d tries, want 4", table, tries)
			}
		}
	})
}

// A meeting and its minutes, a play and its line of the log are written together, each with its entry, or not at all.
func TestARecordAndWhatBelongsToItAreWrittenTogether(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("result", "played")
		for range 2 { // pressed twice
			w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)
			w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		}
		noted := w.entries("cascade.publicise", "%")
		for what, id := range map[string]string{"minutes": held.Get("id"), "play": play.Get("id")} {
			at := w.entries("publicity.edit", `%"`+what+`":"`+id+`"%`)
			if len(at) != 1 || !slices.Contains(noted, at[0]) {
				t.Errorf("%s: entries %v, the records' %v", what, at, noted)
			}
		}
		before := w.Log.Head()
		w.do("ALTER TABLE meeting_minutes RENAME COLUMN meeting TO gone")
		_, err := w.Publicity.HoldMeeting(t.Context(), w.Face("clerk").Actor, w.Unit(apptest.Ward), apptest.Slug, w.IDs.New(), publicity.Held{
			Begin: clock.Date(2024, 6, 7, 19, 0), End: clock.Date(2024, 6, 7, 20, 0), Present: 12,
		})
		if err == nil || len(w.records()) != 2 || w.Log.Head() != before {
			t.Errorf("without minutes: %v, %d records", err, len(w.records()))
		}
	})
}

// What is corrected is checked as it was when it was told first, and the minutes and the log of plays follow with an entry.
func TestACorrectionIsCheckedLikeTheRecord(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		at := func(form url.Values) string {
			return "/don-vi/ban-gui/" + string(w.Dispatch.ID) + "/minh-chung/" + form.Get("id") + "/sua"
		}
		send := func(path string, changed map[string]string, status int, parts ...string) {
			t.Helper()
			form := filled(w.get("clerk", path, 200))
			for name, value := range changed {
				form.Set(name, value)
			}
			w.post("clerk", path, form, status, parts...)
		}
		send(at(held), map[string]string{"people": "0"}, 422, "Hãy ghi số người có mặt", `id="f-people"`)
		send(at(held), map[string]string{"people": "45", "place": ""}, 422)
		send(at(play), map[string]string{"times": "0"}, 422, "Số lần phát từ 1 đến 1.000")
		send(at(play), map[string]string{"place": ""}, 422, "Hãy ghi cụm loa")
		if n := len(w.entries("cascade.correct", "%")); n != 0 {
			t.Errorf("%d corrections that were refused are in the log", n)
		}
		for range 2 {
			send(at(held), map[string]string{"people": "54", "note": ""}, 303)
			send(at(play), map[string]string{"times": "7", "place": "Cụm loa tổ 2"}, 303)
		}
		corrected := w.entries("cascade.correct", "%")
		for what, after := range map[string]string{
			"minutes": `%"minutes":"` + held.Get("id") + `"%"present":54%`, "play": `%"play":"` + play.Get("id") + `"%"times":7%`,
		} {
			if got := w.entries("publicity.edit", after); len(got) != 1 || !slices.Contains(corrected, got[0]) {
				t.Errorf("%s: entries %v, the corrections' %v", what, got, corrected)
			}
		}
		p, err := w.Publicity.Package(t.Context(), w.Face("clerk").Actor, w.Unit(apptest.Ward), apptest.Slug)
		w.Must(err)
		if got := p.Plays[0]; got.Times != 7 || got.Device != "Cụm loa tổ 2" {
			t.Errorf("the play log says %+v", got)
		}
		minutes, err := w.Publicity.Minutes(t.Context(), w.Face("clerk").Actor, w.Unit(apptest.Ward), apptest.Slug, ident.ID(held.Get("id")))
		w.Must(err)
		if said := fmt.Sprint(minutes); !strings.HasPrefix(minutes.Subject, "Họp phổ biến cuộc thi") || !strings.Contains(said, "54 người") {
			t.Errorf("the minutes say %s", said)
		}
	})
}

// While a unit has no numbers its picture shows the days of the campaign: another day is another picture. A feed and an article
// that are drafted follow it too.
func TestWhatIsPublicFollowsTheDays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const code = "20011"
		clerk := w.As(w.Person(code, person.Clerk, w.Unit(code)))
		w.Must(w.Publicity.Publish(t.Context(), clerk, w.Unit(code), apptest.Slug, true))
		at := "/cuoc-thi/" + apptest.Slug + "/tin/" + code
		files := []string{at + "/anh.png", at + "/tin.atom"}
		first := map[string]*httptest.ResponseRecorder{}
		for _, file := range files {
			first[file] = w.get("nobody", file, 200)
			again := w.get("nobody", file, 200).Header().Get("ETag")
			if name := first[file].Header().Get("ETag"); name == "" || again != name {
				t.Errorf("%s is called %q and %q", file, name, again)
			}
		}
		town := w.Face("town clerk").Actor
		c, _, err := w.Publicity.CampaignOf(t.Context(), town, w.Unit(apptest.Town), apptest.Slug)
		w.Must(err)
		c.Last = c.Last.Next()
		_, err = w.Publicity.SaveCampaign(t.Context(), town, c)
		w.Must(err)
		for _, file := range files {
			moved := w.get("nobody", file, 200)
			if moved.Header().Get("ETag") == first[file].Header().Get("ETag") || moved.Body.String() == first[file].Body.String() {
				t.Errorf("%s shows the old days", file)
			}
		}
		w.get("nobody", at, 200, lang.New("vi").Date(c.Last.Start()))
	})
}

// The town says once how urgent its bulletin is: every unit below plays it so, but for one that chose otherwise in its own words.
func TestTheTownMakesABulletinUrgentForAll(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		at := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Town)) + "/" + apptest.Slug + "/noi-dung"
		form := filled(w.get("town clerk", at, 200, "Mức ưu tiên của bản tin phát thanh", "Khẩn cấp"))
		form.Set("message", "Cả thị xã cùng làm")
		for _, bad := range []string{"", "rất khẩn"} {
			form.Set("priority", bad)
			w.post("town clerk", at, form, 422, "Hãy chọn mức ưu tiên")
		}
		w.get("clerk", w.pack+"/phat-thanh", 200, "Thông thường")
		form.Set("priority", publicity.Urgent)
		w.post("town clerk", at, form, 303)
		if n := len(w.entries("publicity.campaign", `%"priority":"khan"%`)); n != 1 {
			t.Errorf("%d entries say how urgent it is", n)
		}
		if !strings.Contains(w.get("town clerk", at, 200).Body.String(), `value="khan" checked`) {
			t.Error("the form forgot what was chosen")
		}
		programme := "/don-vi/tuyen-truyen/" + string(w.Unit(apptest.Ward)) + "/chuong-trinh"
		w.get("clerk", w.pack, 200, "Khẩn cấp")
		w.get("clerk", w.pack+"/phat-thanh", 200, "Khẩn cấp", "Bản tin khẩn cấp: phát ngay")
		w.get("clerk", programme, 200, "Phát ngay")

		w.reword(publicity.Bulletin, "priority", publicity.Priority, 0)
		if got := w.packageOf(apptest.Ward).Texts[publicity.Bulletin].Parts["priority"]; got != publicity.Priority {
			t.Errorf("the ward chose %q, the package says %q", publicity.Priority, got)
		}
		if got := w.packageOf(unasked).Texts[publicity.Bulletin].Parts["priority"]; got != publicity.Urgent {
			t.Errorf("another ward's bulletin is %q", got)
		}
		w.Clock.Advance(time.Minute)
		again := filled(w.get("town clerk", at, 200))
		again.Set("message", "Cả thị xã cùng làm")
		again.Set("priority", publicity.Ordinary)
		w.post("town clerk", at, again, 303)
		if !told(w.get("clerk", w.pack+"/phat-thanh", 200)) {
			t.Error("the ward is not told that the town chose another level since")
		}
	})
}
