package drafting_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

var update = flag.Bool("update", false, "write the golden files")

// world is one engine's desk: what is drafted does not depend on the engine.
func world(t *testing.T) *lettertest.Desk {
	t.Helper()
	clk := clock.NewSet(clock.Date(2024, 6, 6, 8, 0).Time)
	return lettertest.New(t, testkit.DB(t, database.SQLite, clk), clk)
}

// province is the plan that the town received.
func province(t *testing.T) *letter.Letter {
	t.Helper()
	text, err := os.ReadFile("testdata/plan-1518.txt")
	if err != nil {
		t.Fatal(err)
	}
	r, err := letter.ReadBytes(text, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &letter.Letter{Source: string(text), Reading: r, Fields: r.Fields(), State: letter.Entered}
}

func input(t *testing.T, d *lettertest.Desk, code string) drafting.Input {
	t.Helper()
	u := d.Unit(t, code)
	head := drafting.DefaultHead(u, d.Tree)
	for i := range head.Signers {
		head.Signers[i].Name = "Nguyễn Văn Mẫu"
	}
	if code == "480" {
		head.Desk = "VH"
	}
	return drafting.Input{Unit: u, Tree: d.Tree, Head: head, Today: letter.Date{Year: 2024, Month: 6, Day: 6}}
}

// cases are the templates with what they are drafted from.
func cases(t *testing.T, d *lettertest.Desk) map[string]letter.Document {
	town, ward := input(t, d, "480"), input(t, d, "19996")
	town.On, town.ReportBy = province(t), letter.Date{Year: 2024, Month: 7, Day: 5}
	out := map[string]letter.Document{}
	for _, template := range drafting.Templates() {
		out[string(template)] = drafting.Draft(template, town)
	}
	issued := out["letter"]
	issued.Number, issued.Date = "1903", letter.Date{Year: 2024, Month: 6, Day: 6}
	r, err := letter.ReadBytes([]byte(issued.Text()), letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	received := letter.Letter{Fields: r.Fields(), State: letter.Registered}
	ward.Signer = 1
	out["forward-ward"] = drafting.Forward(received, ward)
	urged := input(t, d, "480")
	urged.On = &received
	out["urging-late"] = drafting.UrgingOf(urged, drafting.UrgingData{By: letter.Date{Year: 2024, Month: 6, Day: 20}, Late: []drafting.LateUnit{
		{Unit: d.Unit(t, "19996"), What: "Chưa tiếp nhận văn bản", Due: letter.Date{Year: 2024, Month: 6, Day: 7}},
		{Unit: d.Unit(t, "480.DTN"), What: "Chưa có bản ghi tuyên truyền", Due: letter.Date{Year: 2024, Month: 6, Day: 11}},
	}})
	var many drafting.UrgingData
	for _, code := range []string{"19996", "20008", "20011", "20017", "480.DTN"} {
		many.Late = append(many.Late, drafting.LateUnit{Unit: d.Unit(t, code), What: "Quá hạn hoàn thành", Due: letter.Date{Year: 2024, Month: 6, Day: 20}})
	}
	out["urging-many"] = drafting.UrgingOf(urged, many)
	thanks := input(t, d, "480")
	thanks.Challenge = &challenge.Challenge{Title: "Cuộc thi Thử thách làm cho thế giới sạch hơn", Period: challenge.Days(clock.Date(2024, 6, 2, 0, 0).Time, clock.Date(2024, 6, 30, 0, 0).Time)}
	out["thanks-figures"] = drafting.ThanksOf(thanks, drafting.ThanksData{Entrants: 119, Cleanups: 65, People: 2812, Kilograms: "213.000"})
	youth := input(t, d, "480.DTN")
	youth.Challenge = thanks.Challenge
	out["letter-union"] = drafting.Draft(drafting.Letter, youth)
	out["plan-union"] = drafting.Draft(drafting.Plan, youth)
	ofWard := input(t, d, "19996.DTN")
	ofWard.Challenge = thanks.Challenge
	out["letter-union-ward"] = drafting.Draft(drafting.Letter, ofWard)
	out["plan-department"] = drafting.Draft(drafting.Plan, func() drafting.Input { in := input(t, d, "46.STTTT"); in.Challenge = thanks.Challenge; return in }())
	return out
}

// TestTemplates pins the words of every template, and reads each back to what it says.
func TestTemplates(t *testing.T) {
	d := world(t)
	for name, doc := range cases(t, d) {
		t.Run(name, func(t *testing.T) {
			doc.Number, doc.Date = "12", letter.Date{Year: 2024, Month: 6, Day: 6}
			golden(t, name+".txt", doc.Text())
			readsBack(t, doc)
			for _, d := range decree.CheckDocument(doc) {
				t.Errorf("departs from the decree: %s %v", d.Code, d.Args)
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-want +got); read it, then write it anew with -update:\n%s", name, diff)
	}
}

func readsBack(t *testing.T, doc letter.Document) {
	t.Helper()
	d := world(t)
	r, err := letter.ReadBytes([]byte(doc.Text()), letter.Options{Organ: letter.KnownOrgans(d.Tree.Organs())})
	if err != nil {
		t.Fatal(err)
	}
	f := r.Fields()
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"type", f.Type, doc.Type},
		{"symbol", f.Symbol(), doc.Symbol()},
		{"organ", f.Organ, doc.Organ},
		{"place", f.Place, doc.Place},
		{"date", f.Date, doc.Date},
		{"subject", f.Subject, doc.Subject},
		{"recipients", f.Recipients, doc.Recipients},
		{"signer", f.Signer, doc.Signer},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-written +read)\n%s", c.what, diff)
		}
	}
	if len(doc.Addressees) > 0 {
		if diff := cmp.Diff(doc.Addressees, f.Addressees); diff != "" {
			t.Errorf("addressees (-written +read)\n%s", diff)
		}
	}
	if duties := doc.Duties(); len(duties) > 0 {
		if len(f.Duties) != len(duties) {
			t.Fatalf("%d duties are read, %d were written", len(f.Duties), len(duties))
		}
		for i := range duties {
			if got := letter.Ended(f.Duties[i].Text, "."); got != letter.Ended(duties[i].Text, ".") {
				t.Errorf("duty %d is read as %q", i+1, got)
			}
		}
	}
}

func TestCitations(t *testing.T) {
	plan := drafting.Cited{
		Type: "kế hoạch", Symbol: "1518/KH-STTTT", Date: letter.Date{Year: 2024, Month: 5, Day: 31},
		Organ: "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế", Subject: "Tổ chức Cuộc thi Thử thách làm cho thế giới sạch hơn",
	}
	other := drafting.Cited{Type: "công văn", Symbol: "12/UBND-VH", Subject: "về việc báo cáo kết quả"}
	var c drafting.Citations
	for _, step := range []struct {
		cite drafting.Cited
		want string
	}{
		{plan, "Kế hoạch số 1518/KH-STTTT ngày 31 tháng 5 năm 2024 của Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế về việc tổ chức Cuộc thi Thử thách làm cho thế giới sạch hơn"},
		{plan, "Kế hoạch số 1518/KH-STTTT"},
		{other, "Công văn số 12/UBND-VH về việc báo cáo kết quả"},
		{plan, "Kế hoạch số 1518/KH-STTTT"},
		{drafting.Cited{Subject: "UBND xã họp dân"}, "Văn bản về việc UBND xã họp dân"},
		{drafting.Cited{Type: "kế hoạch", Symbol: "3/KH-UBND", Subject: "Ngày Chủ nhật xanh"}, "Kế hoạch số 3/KH-UBND về việc Ngày Chủ nhật xanh"},
	} {
		if got := c.Of(step.cite); got != step.want {
			t.Errorf("cited as %q, want %q", got, step.want)
		}
	}
}

// TestCitationsOfWhatWasWritten: what somebody wrote counts, however short; a document of another organ with the same symbol does not.
func TestCitationsOfWhatWasWritten(t *testing.T) {
	plan := drafting.Cited{Type: "kế hoạch", Symbol: "12/KH-UBND", Date: letter.Date{Year: 2025, Month: 4, Day: 2}, Organ: "Ủy ban nhân dân tỉnh An Gia", Subject: "phân loại rác"}
	for text, full := range map[string]bool{
		"": true, "Thực hiện Kế hoạch số 13/KH-UBND.": true, "Theo Kế hoạch số 12/KH-UBND.": false, "Theo văn bản số 12/kh-ubnd.": false,
		"Căn cứ Kế hoạch số 12/KH-UBND ngày 02/4/2025 của Ủy ban nhân dân tỉnh An Gia về phân loại rác;":          false,
		"Căn cứ Kế hoạch số 12/KH-UBND ngày 09/4/2025 của Ủy ban nhân dân thị xã Hương An về ngày Chủ nhật xanh;": true,
	} {
		var c drafting.Citations
		c.Read(text)
		want := plan.Short()
		if full {
			want = plan.Full()
		}
		if got := c.Of(plan); got != want {
			t.Errorf("after %q cited as %q", text, got)
		}
	}
}

// TestTheVerbFollowsFromTheTree: a committee requires its agencies and the committees below, and asks unions.
func TestTheVerbFollowsFromTheTree(t *testing.T) {
	d := world(t)
	town := d.Unit(t, "480")
	for code, want := range map[string]letter.Force{
		"19996": letter.Requires, "480.VHTT": letter.Requires, "480.DTN": letter.Requests, "46": letter.Requests, "46.STTTT": letter.Requests,
	} {
		if got := drafting.ForceFor(d.Tree, town, d.Unit(t, code)); got != want {
			t.Errorf("%s is addressed with %s, want %s", code, got, want)
		}
	}
	if got := drafting.ForceFor(d.Tree, town, d.Unit(t, "19996"), d.Unit(t, "480.DTN")); got != letter.Requests {
		t.Errorf("a group with a union in it is addressed with %s", got)
	}
	doc := drafting.Draft(drafting.Letter, input(t, d, "480"))
	text := doc.Text()
	for _, want := range []string{"đề nghị các cơ quan, ban ngành, đoàn thể thị xã", "yêu cầu Ủy ban nhân dân các xã, phường"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, text)
		}
	}
}

// What the superior wants on a day is asked of those below some days before, in words and record alike; a day that the words do
// not say stays.
func TestThoseBelowGetLessTime(t *testing.T) {
	d := world(t)
	in := input(t, d, "19996")
	in.Earlier = func(day letter.Date) letter.Date { day.Day -= 2; return day }
	due := letter.Date{Year: 2024, Month: 6, Day: 28}
	received := letter.Letter{Fields: letter.Fields{Type: letter.OfficialLetter, Organ: "Ủy ban nhân dân thị xã Hương Trà", Duties: []letter.Duty{
		{Number: 1, Text: "Gửi danh sách trước ngày 28 tháng 6 năm 2024.", Deadline: due},
		{Number: 2, Text: "Hoàn thành trước ngày 28/6/2024.", Deadline: due},
		{Number: 3, Text: "Hoàn thành trong tháng 6.", Deadline: due},
		{Number: 4, Text: "Dự lễ ra quân ngày 28/6/2024; báo cáo chậm nhất ngày 28/6/2024.", Deadline: due},
		{Number: 5, Text: "Dọn sạch trước ngày 128/6/2024.", Deadline: due},
		{Number: 6, Text: "Báo cáo trong 05 ngày làm việc kể từ ngày nhận.", Deadline: due, Within: letter.ParseWithin("trong 05 ngày làm việc kể từ ngày nhận")},
		{Number: 7, Text: "Họp dân.", Deadline: due, Within: letter.ParseWithin("10 ngày kể từ ngày ký")},
		{Number: 8, Text: "Báo cáo trong 05 ngày kể từ ngày nhận.", Within: letter.ParseWithin("trong 05 ngày kể từ ngày nhận")},
	}}}
	duties := drafting.Forward(received, in).Duties()
	want := []letter.Duty{
		{Text: "Gửi danh sách trước ngày 26 tháng 6 năm 2024.", Deadline: in.Earlier(due), From: 1},
		{Text: "Hoàn thành trước ngày 26/6/2024.", Deadline: in.Earlier(due), From: 2},
		{Text: "Hoàn thành trong tháng 6.", Deadline: due, From: 3},
		{Text: "Dự lễ ra quân ngày 28/6/2024; báo cáo chậm nhất ngày 26/6/2024.", Deadline: in.Earlier(due), From: 4},
		{Text: "Dọn sạch trước ngày 128/6/2024.", Deadline: due, From: 5},
		{Text: "Báo cáo chậm nhất ngày 26 tháng 6 năm 2024.", Deadline: in.Earlier(due), From: 6},
		{Text: "Họp dân.", Deadline: due, From: 7},
		{Text: "Báo cáo trong 05 ngày kể từ ngày nhận.", From: 8},
	}
	for i, w := range want {
		if got := duties[i]; (got.Within != nil) != (w.From == 8) {
			t.Errorf("duty %d counts %+v", i+1, got.Within)
		}
		if got := duties[i]; got.Text != w.Text || got.Deadline != w.Deadline || got.From != w.From {
			t.Errorf("duty %d: %q by %v from %d, want %q by %v from %d", i+1, got.Text, got.Deadline, got.From, w.Text, w.Deadline, w.From)
		}
	}
}

func TestDutiesAreCarriedOver(t *testing.T) {
	d := world(t)
	in := input(t, d, "480")
	in.On = province(t)
	in.On.Fields.Duties = []letter.Duty{
		{Number: 1, Text: "Tuyên truyền\n- trên loa", Channels: []letter.Channel{letter.Loudspeaker}, For: []string{"Ủy ban nhân dân các huyện, thị xã và thành phố Huế"}},
		{Number: 2, Text: "Cử đoàn viên tham gia.", For: []string{"Tỉnh đoàn Thừa Thiên Huế"}},
		{Number: 4, Text: "Sở Y tế tổng hợp.", For: []string{"Sở Y tế"}},
		{Number: 5, Text: "Các địa phương ven phá: chuẩn bị phương tiện.", For: []string{"Các địa phương ven phá"}},
		{Number: 3, Text: "Báo cáo trước ngày 05 tháng 7 năm 2024.", Deadline: letter.Date{Year: 2024, Month: 7, Day: 5}},
		{Number: 6, Text: "UBND thị xã Hương Trà: bố trí xe.", For: []string{"Tỉnh đoàn", "UBND thị xã Hương Trà"}},
		{Number: 7, Text: "Khối đoàn thể: vận động đoàn viên.", For: []string{"Khối đoàn thể"}},
		{Number: 8, Text: "Phòng Quản lý hạ tầng: theo dõi tiến độ.", For: []string{"Phòng Quản lý hạ tầng"}},
		{Number: 9, Text: "UBND các huyện, thị xã\nChỉ đạo các xã ra quân.", For: []string{"UBND các huyện, thị xã"}},
		{Number: 10, Text: "Đề nghị Câu lạc bộ Sống xanh\nPhát động phong trào.", For: []string{"Câu lạc bộ Sống xanh"}},
	}
	in.Said = []letter.Alias{{Key: "khối đoàn thể", Kind: letter.ToGroup, Code: "46.doanthe"}}
	duties := drafting.Draft(drafting.Letter, in).Duties()
	if len(duties) != 7 {
		t.Fatalf("%d duties were carried over, want those that concern the town and those that may: %+v", len(duties), duties)
	}
	for i, want := range map[int]string{
		4: "Phòng Quản lý hạ tầng: theo dõi tiến độ.", 5: "Chỉ đạo các xã ra quân.", 6: "Đề nghị Câu lạc bộ Sống xanh: Phát động phong trào.",
	} {
		if duties[i].Text != want {
			t.Errorf("duty %d: %q, want %q", i+1, duties[i].Text, want)
		}
	}
	if duties[3].From != 6 {
		t.Errorf("who is named in short: %+v", duties[3])
	}
	if duties[0].Text != "Tuyên truyền - trên loa" || len(duties[0].Channels) != 1 || duties[0].For != nil {
		t.Errorf("first duty: %+v", duties[0])
	}
	if duties[1].Text != "Chuẩn bị phương tiện." {
		t.Errorf("whom the superior gave it to is still named: %+v", duties[1])
	}
	if duties[2].Deadline != in.On.Fields.Duties[4].Deadline {
		t.Errorf("the deadline was lost: %+v", duties[2])
	}
}

func TestLetterheads(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		s := drafting.NewService(db, d.Log, d.Units)
		for code, want := range map[string]string{"480": "UBND-VP", "46.STTTT": "STTTT", "480.VHTT": "PVHTT", "480.DTN": "CV/TĐTN"} {
			in, err := s.Input(t.Context(), d.Unit(t, code).ID)
			if err != nil {
				t.Fatal(err)
			}
			if got := in.Head.Notation(letter.OfficialLetter); got != want {
				t.Errorf("%s writes letters as %q, want %q", code, got, want)
			}
		}
		h := drafting.DefaultHead(d.Town, d.Tree)
		h.Desk, h.Contact = " VH ", "Số 107 đường Cách mạng tháng Tám, phường Tứ Hạ"
		h.Signers[0].Name = "Nguyễn Văn Mẫu"
		clerk := d.Actor(person.Clerk, d.Town)
		if err := s.SetHead(t.Context(), clerk, d.Town.ID, 0, h); err != nil {
			t.Fatal(err)
		}
		got, version, err := s.HeadOf(t.Context(), d.Tree, d.Town)
		if err != nil || version != 1 || got.Desk != "VH" || got.Notation("kế hoạch") != "KH-UBND" || got.Archive() != "Lưu: VT, VH" {
			t.Errorf("stored: %+v, %d, %v", got, version, err)
		}
		faulttest.Is(t, s.SetHead(t.Context(), clerk, d.Town.ID, 0, h), fault.Conflict, "drafting.fault.changed")
		if err := s.SetHead(t.Context(), d.Actor(person.Leader, d.Town), d.Town.ID, 1, h); err != nil {
			t.Error(err)
		}
		faulttest.Is(t, s.SetHead(t.Context(), d.Actor(person.Clerk, d.Unit(t, "19996")), d.Town.ID, 2, h), fault.Forbidden, "")
		h.Mark, h.Place, h.Signers[0].Name = "<UBND>", "", strings.Repeat("n", 101)
		err = s.SetHead(t.Context(), clerk, d.Town.ID, 2, h)
		faulttest.Is(t, err, fault.Invalid, "")
		for _, name := range []string{"mark", "place", "signers"} {
			if faulttest.Keys(err)[name] == "" {
				t.Errorf("nothing is said about %s: %v", name, err)
			}
		}
	})
}
