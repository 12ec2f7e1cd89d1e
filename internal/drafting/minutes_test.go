package drafting_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/drafting"
	"sachhon/internal/letter"
	"sachhon/internal/paper/papertest"
)

func held() drafting.MinutesData {
	return drafting.MinutesData{
		Name: "Họp tổ dân phố 3", Place: "Nhà văn hóa tổ dân phố 3", Begin: clock.Date(2024, 6, 13, 19, 0), End: clock.Date(2024, 6, 13, 20, 15),
		Present: 45, Chair: "Nguyễn Văn Mẫu", Secretary: "Trần Thị Thử", Points: "- Giới thiệu thể lệ Cuộc thi.\n\nHướng dẫn đăng ký.",
		Discussion: "Ông Lê Văn Ví Dụ đề nghị dọn bến sông trước.", Conclusion: "Cuộc họp thống nhất thành lập hai đội.",
	}
}

// bare is a meeting of which only the number present was told.
func bare() drafting.MinutesData {
	h := held()
	return drafting.MinutesData{Name: "Họp phổ biến cuộc thi", Place: "Phường Tứ Hạ", Begin: h.Begin, End: h.End, Present: 7}
}

// TestMinutes pins what minutes say and how they are set, of a committee and of a union, and holds them against the decree.
func TestMinutes(t *testing.T) {
	d := world(t)
	for name, tt := range map[string]struct {
		unit string
		data drafting.MinutesData
	}{"minutes": {"19996", held()}, "minutes-bare": {"19996", bare()}, "minutes-union": {"480.DTN", held()}} {
		t.Run(name, func(t *testing.T) {
			in := input(t, d, tt.unit)
			in.Challenge = &challenge.Challenge{Title: "Cuộc thi Thử thách làm cho thế giới sạch hơn"}
			doc := drafting.MinutesOf(in, tt.data)
			if want := (letter.Date{Year: 2024, Month: 6, Day: 13}); doc.Date != want {
				t.Errorf("minutes of %v, want the day of the meeting", doc.Date)
			}
			doc.Number = "12"
			golden(t, name+".txt", doc.Text())
			golden(t, filepath.Join("documents", name+".xml"), decreetest.BodyXML(t, doc))
			for _, d := range decree.CheckDocument(doc) {
				t.Errorf("departs from the decree: %s %v", d.Code, d.Args)
			}
			var buf bytes.Buffer
			if err := decree.PDF(&buf, doc, decree.Options{}); err != nil {
				t.Fatal(err)
			}
			var words []string
			for _, l := range papertest.Lines(t, buf.Bytes()) {
				words = append(words, l.Text)
			}
			page := strings.Join(words, " ")
			for _, part := range []string{"BIÊN BẢN", "CHỦ TỌA", "THƯ KÝ", "Địa điểm: " + tt.data.Place + ".", tt.data.Secretary, tt.data.Chair} {
				if !strings.Contains(page, part) {
					t.Errorf("%q is not on paper:\n%s", part, page)
				}
			}
		})
	}
}

// TestMinutesOfEveryUnit: whoever met, the form is right, with the letterhead that its kind suggests.
func TestMinutesOfEveryUnit(t *testing.T) {
	d := world(t)
	n := 0
	for _, u := range d.Tree.Units() {
		in := drafting.Input{Unit: u, Tree: d.Tree, Head: drafting.DefaultHead(u, d.Tree)}
		for _, data := range []drafting.MinutesData{held(), bare()} {
			n++
			for _, found := range decree.CheckDocument(drafting.MinutesOf(in, data)) {
				t.Errorf("%s departs from the decree: %s %v", u.FullName, found.Code, found.Args)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d minutes were looked at", n)
	}
}
