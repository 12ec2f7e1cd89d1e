package publicity_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/unit"
)

const (
	about     = "/cuoc-thi/" + apptest.Slug
	responded = about + "/huong-ung"
)

// published makes the articles of units public, as of now.
func (w *world) published(codes ...string) {
	w.t.Helper()
	for _, code := range codes {
		w.Must(w.Publicity.Publish(w.t.Context(), w.As(w.Person(code, person.Clerk, w.Unit(code))), w.Unit(code), apptest.Slug, true))
	}
}

var headings = regexp.MustCompile(`(?s)<h2 class="section__title">(.*?)</h2>|<h3 class="card__title">.*?>\s*([^<]+?)\s*</`)

// listed are the headings of a page: areas, and "- " before units.
func (w *world) listed(path string) []string {
	w.t.Helper()
	var out []string
	for _, m := range headings.FindAllStringSubmatch(w.get("nobody", path, 200).Body.String(), -1) {
		if m[2] != "" {
			m[1] = "- " + m[2]
		}
		out = append(out, html.UnescapeString(m[1]))
	}
	return out
}

// TestAUnitThatToldPeopleIsListedAtOnce: with its article or with a record, on the challenge's page and in the list, and no longer
// than there is one of them. Only what everybody may know is said.
func TestAUnitThatToldPeopleIsListedAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const here = "Phường Tứ Hạ"
		page := about + "/tin/" + apptest.Ward
		files := []string{page + "/nhung", page + "/tin.atom", page + "/anh.png"}
		unlisted := func(when string) {
			t.Helper()
			if got := w.listed(responded); len(got) > 0 {
				t.Errorf("%s: %q is listed", when, got)
			}
			if slices.Contains(w.listed(about), "- "+here) {
				t.Errorf("%s: the ward stands on the challenge's page", when)
			}
			w.get("nobody", page, 404)
		}
		unlisted("at first")
		w.get("nobody", responded, 200, "Chưa có đơn vị nào")

		held := filled(w.get("clerk", w.pack+"/cuoc-hop", 200))
		held.Set("present", "45")
		held.Set("place", "Nhà ông Nguyễn Văn Kín")
		w.post("clerk", w.pack+"/cuoc-hop/cuoc-hop", held, 303)
		play := filled(w.get("clerk", w.pack+"/phat-thanh", 200))
		play.Set("device", "Cụm loa nhà bà Kín")
		play.Set("result", "played")
		w.post("clerk", w.pack+"/phat-thanh/nhat-ky", play, 303)
		for _, path := range []string{about, responded} {
			rec := w.get("nobody", path, 200, here, `href="`+page+`"`, "Hội nghị, cuộc họp", "45 người", "Truyền thanh, loa")
			if strings.Contains(rec.Body.String(), "Kín") {
				t.Errorf("%s says where", path)
			}
		}
		if said := w.get("nobody", page, 200, "Ủy ban nhân dân phường Tứ Hạ", "Hội nghị, cuộc họp", "45 người").Body.String(); strings.Contains(said, "Kín") || strings.Contains(said, "tin.atom") {
			t.Error("the page of a unit without an article says too much")
		}
		for _, file := range files {
			w.get("nobody", file, 404)
		}

		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{"public": {"1"}}, 303)
		w.get("nobody", about, 200, "Bài viết của đơn vị")
		for _, file := range files {
			w.get("nobody", file, 200)
		}
		for _, id := range []string{held.Get("id"), play.Get("id")} {
			w.post("clerk", "/don-vi/ban-gui/"+string(w.Dispatch.ID)+"/minh-chung/"+id+"/go", url.Values{"reason": {"Ghi nhầm đơn vị"}}, 303)
		}
		if said := w.get("nobody", responded, 200, here, "Bài viết của đơn vị").Body.String(); strings.Contains(said, "Hội nghị, cuộc họp") {
			t.Error("a record that was taken back is still told")
		}
		w.post("clerk", w.pack+"/bai-viet/cong-khai", url.Values{}, 303)
		unlisted("after all was taken back")
	})
}

// TestWhatARecalledLetterBroughtIsNotTold: boards and reports do not count it either.
func TestWhatARecalledLetterBroughtIsNotTold(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.Cascade.Publicise(t.Context(), w.Face("clerk").Actor, cascade.PublicityInput{
			ID: w.IDs.New(), Dispatch: w.Dispatch.ID, Channel: letter.NoticeBoard, Place: "Bảng tin", At: clock.At(w.Clock.Now()),
		})
		w.Must(err)
		w.get("nobody", responded, 200, "Bảng tin công cộng")
		w.do("UPDATE dispatch SET state = '" + string(cascade.Recalled) + "' WHERE id = '" + string(w.Dispatch.ID) + "'")
		w.get("nobody", responded, 200, "Chưa có đơn vị nào")
	})
}

// TestUnitsThatRespondedStandByTheirPlaceInTheTree, and are found with or without accents, by their own name or their area's.
func TestUnitsThatRespondedStandByTheirPlaceInTheTree(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.published("20011", apptest.Town, apptest.Province, apptest.Ward, apptest.Elsewhere)
		want := []string{
			"Tỉnh Thừa Thiên Huế", "- Tỉnh Thừa Thiên Huế", "- Thành phố Huế", "- Thị xã Hương Trà", "Thị xã Hương Trà", "- Phường Tứ Hạ", "- Phường Hương Văn",
		}
		if got := w.listed(responded); !slices.Equal(got, want) {
			t.Errorf("listed %q", got)
		}
		for search, want := range map[string][]string{
			"tu ha": {"Thị xã Hương Trà", "- Phường Tứ Hạ"}, "TỨ HẠ": {"Thị xã Hương Trà", "- Phường Tứ Hạ"},
			"huong tra": {"Tỉnh Thừa Thiên Huế", "- Thị xã Hương Trà", "Thị xã Hương Trà", "- Phường Tứ Hạ", "- Phường Hương Văn"},
			"%":         nil, "_": nil, `\`: nil, "không có": nil, "' OR 1=1 --": nil, // LIKE's wildcards are none of the reader's
		} {
			if got := w.listed(responded + "?tim=" + url.QueryEscape(search)); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", search, got, want)
			}
		}
		w.get("nobody", responded+"?tim=kh%C3%B4ng+c%C3%B3", 200, "Không tìm thấy đơn vị", `href="`+responded+`"`)
		for _, bad := range []string{"x", "-1", "99999999999999999999"} {
			w.get("nobody", responded+"?tu="+bad, 400)
		}
		if rec := w.get("nobody", responded+"?tim=tu+ha&tu=24", 303); rec.Header().Get("Location") != responded+"?tim=tu+ha" {
			t.Errorf("beyond the end it leads to %q", rec.Header().Get("Location"))
		}
	})
}

// TestTheChallengesPageShowsWhoDidSomethingLast, and leads to the others.
func TestTheChallengesPageShowsWhoDidSomethingLast(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		codes := []string{"20011", apptest.Town, apptest.Province, apptest.Ward, apptest.Elsewhere, unasked, "20017"}
		for i, code := range codes {
			w.published(code)
			w.Clock.Advance(time.Minute)
			body := w.get("nobody", about, 200).Body.String()
			if more := strings.Contains(body, `href="`+responded+`"`); more != (i >= 6) {
				t.Errorf("of %d units the page leads to all: %v", i+1, more)
			}
		}
		got := slices.DeleteFunc(w.listed(about), func(s string) bool { return !strings.HasPrefix(s, "- ") })
		if len(got) != 6 || slices.Contains(got, "- Phường Hương Văn") || got[5] != "- Thị xã Hương Trà" {
			t.Errorf("the page shows %q", got)
		}
		w.get("nobody", about, 200, "Xem tất cả 7 đơn vị")
	})
}

// TestResponsesAreNotReadByUnit: of ten times as many units the database is asked as often, and no more rows are read than the page
// shows.
func TestResponsesAreNotReadByUnit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		look := func() (list, page [2]int) {
			return w.read(responded + "?tu=24"), w.read(about)
		}
		w.answering(0, 60)
		fewList, fewPage := look()
		w.answering(60, 600)
		manyList, manyPage := look()
		for what, n := range map[string][2][2]int{"the list": {fewList, manyList}, "the challenge": {fewPage, manyPage}} {
			if few, many := n[0], n[1]; few[0] == 0 || many[0] > few[0] || many[1] > few[1] {
				t.Errorf("%s: %d statements and %d rows of 60 units, %d and %d of 600", what, few[0], few[1], many[0], many[1])
			}
		}
		w.get("nobody", responded+"?tu=24", 200, "25–48", "600", `rel="next"`, `rel="prev"`, "Xã Mẫu")
		last := w.listed(responded + "?tu=576")
		if n := len(slices.DeleteFunc(last, func(s string) bool { return !strings.HasPrefix(s, "- ") })); n != 24 {
			t.Errorf("the last page shows %d units", n)
		}
	})
}

// answering adds invented communes of the town, each with a dispatch like the ward's, a play and a meeting.
func (w *world) answering(from, to int) {
	w.t.Helper()
	var units []string
	for i := from; i < to; i++ {
		units = append(units, fmt.Sprintf(`{"code": "B%05d", "name": "Mẫu %d", "type": "Xã", "full_name": "Xã Mẫu %d", "level": 3, "parent": "480"}`, i, i, i))
	}
	_, err := w.Units.Import(w.t.Context(), person.SystemActor, strings.NewReader(`{"units": [`+strings.Join(units, ",")+`]}`), unit.ImportOptions{ValidFrom: "2024-05-01"})
	w.Must(err)
	record := func(prefix, channel string, people int) string {
		return fmt.Sprintf(`INSERT INTO publicity (id, dispatch_id, duty_number, channel, at, place, link, times, people, note, file_key, file_name, created_by, created_at)
			SELECT '%s' || id, id, 0, '%s', sent_at, '', '', 1, %d, '', '', '', 'system', sent_at FROM copied`, prefix, channel, people)
	}
	w.do(fmt.Sprintf(`CREATE TABLE copied AS SELECT d.*, u.id AS other FROM dispatch d CROSS JOIN unit u
			WHERE d.id = '%s' AND u.code >= 'B%05d' AND u.code < 'B%05d'`, w.Dispatch.ID, from, to),
		`UPDATE copied SET id = 'd' || other, receiver_id = other, arrival_number = 0`, `ALTER TABLE copied DROP COLUMN other`, `INSERT INTO dispatch SELECT * FROM copied`,
		record("p", "loudspeaker", 0), record("q", "meeting", 12), `DROP TABLE copied`)
}
