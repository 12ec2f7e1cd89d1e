package progress

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/lifecycle/lifecycletest"
	"sachhon/internal/unit"
	"sachhon/internal/waste"
)

func TestLifecycleIsDocumented(t *testing.T) {
	lifecycletest.Documented(t, "progress_report", Lifecycle)
}

// drawRecords makes a tree of areas and organs, a letter that travels through some of it, and records of any unit.
func drawRecords(t *rapid.T) (records, []unit.Unit) {
	n := rapid.IntRange(1, 25).Draw(t, "units")
	units := make([]unit.Unit, n)
	for i := range units {
		units[i] = unit.Unit{ID: ident.ID(fmt.Sprintf("u%02d", i)), Code: fmt.Sprint(i), FullName: fmt.Sprint("Đơn vị ", i), Kind: unit.Ward}
		if i > 0 {
			units[i].AreaID = units[rapid.IntRange(0, i-1).Draw(t, "area")].ID
			units[i].SuperiorID = units[rapid.IntRange(0, i-1).Draw(t, "superior")].ID
		}
	}
	r := records{tree: unit.NewTree(clock.Day("2024-06-06"), units, nil), places: map[ident.ID]place{}, own: map[ident.ID]*Counts{}}
	// The letter goes from a unit to others in any direction; each gets it once, from somebody who has it.
	holders := []ident.ID{units[rapid.IntRange(0, n-1).Draw(t, "issuer")].ID}
	r.places[holders[0]] = place{}
	for _, i := range rapid.SliceOfDistinct(rapid.IntRange(0, n-1), rapid.ID[int]).Draw(t, "receivers") {
		if _, has := r.places[units[i].ID]; has {
			continue
		}
		sender := holders[rapid.IntRange(0, len(holders)-1).Draw(t, "sender")]
		r.places[units[i].ID] = place{sender: sender, late: rapid.SliceOfDistinct(
			rapid.SampledFrom([]cascade.Step{cascade.StepReceive, cascade.StepPublicise}), rapid.ID[cascade.Step]).Draw(t, "late")}
		holders = append(holders, units[i].ID)
	}
	for range rapid.IntRange(0, 40).Draw(t, "records") {
		u := units[rapid.IntRange(0, n-1).Draw(t, "unit")]
		kilos := rapid.Int64Range(0, 1_000_000).Draw(t, "grams")
		people := rapid.Int64Range(0, 500).Draw(t, "people")
		r.add(u.ID, func(c *Counts) {
			c.Cleanups++
			c.Valid++
			c.People += people
			c.Waste = c.Waste.Plus(waste.Weights{}.With(waste.Plastic, kilos))
			c.Channels[4] = c.Channels[4].plus(Publicity{1, 2, people})
			c.Activities[0] = c.Activities[0].plus(ActivityFigures{1, people, 0})
		})
	}
	r.judge()
	return r, units
}

// TestTotalsAreTheSumOfTheirUnits: whoever reports, the total is what the unit did itself and what the lines below it say,
// each line is what that unit reports itself, and nothing is counted twice or lost.
func TestTotalsAreTheSumOfTheirUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, units := drawRecords(t)
		for _, root := range units {
			own, total, lines := r.tally(root.ID)
			sum, each := own, own
			seen := map[ident.ID]bool{root.ID: true}
			for _, l := range lines {
				if seen[l.Unit] {
					t.Fatalf("%s stands twice below %s", l.Unit, root.ID)
				}
				seen[l.Unit] = true
				each = each.Plus(l.Own)
				if l.Depth == 1 {
					sum = sum.Plus(l.Total)
				}
				if _, theirs, _ := r.tally(l.Unit); theirs != l.Total {
					t.Fatalf("%s reports %+v, the line above says %+v", l.Unit, theirs, l.Total)
				}
			}
			if sum != total || each != total {
				t.Fatalf("%s: total %+v, lines %+v, units %+v", root.ID, total, sum, each)
			}
		}
	})
}

// TestEveryRecordHasOneTop: what anybody did is found from the top of its own way up.
func TestEveryRecordHasOneTop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, units := drawRecords(t)
		var all Counts
		for _, c := range r.own {
			all = all.Plus(*c)
		}
		var tops Counts
		for _, u := range units {
			if r.above(u.ID) == "" {
				_, total, _ := r.tally(u.ID)
				tops = tops.Plus(total)
			}
		}
		if tops != all {
			t.Fatalf("from the tops %+v, recorded %+v", tops, all)
		}
	})
}

func paragraphs(texts ...string) letter.Document {
	var d letter.Document
	for _, text := range texts {
		d.Blocks = append(d.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: text})
	}
	return d
}

func TestMergeKeepsWhatPeopleWrote(t *testing.T) {
	old := paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 10", "Đánh giá chung: tốt", "Kết thúc báo cáo")
	fresh := paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 25", "Hoạt động mới thêm", "Đánh giá chung: rất tốt", "Kết thúc báo cáo")
	for _, c := range []struct {
		name    string
		current letter.Document
		want    letter.Document
		kept    int
	}{
		{"nothing changed", old, fresh, 0},
		{
			"a paragraph was added", paragraphs("Mở đầu báo cáo", "Thêm của văn thư", "Số lượt đăng ký là 10", "Đánh giá chung: tốt", "Kết thúc báo cáo"),
			paragraphs("Mở đầu báo cáo", "Thêm của văn thư", "Số lượt đăng ký là 25", "Hoạt động mới thêm", "Đánh giá chung: rất tốt", "Kết thúc báo cáo"), 1,
		},
		{
			"one was changed", paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 10", "Đơn vị tự đánh giá: khá", "Kết thúc báo cáo"),
			paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 25", "Hoạt động mới thêm", "Đơn vị tự đánh giá: khá", "Kết thúc báo cáo"), 1,
		},
		{
			"one was deleted", paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 10", "Kết thúc báo cáo"),
			paragraphs("Mở đầu báo cáo", "Số lượt đăng ký là 25", "Hoạt động mới thêm", "Kết thúc báo cáo"), 0,
		},
	} {
		got, kept := merge(old, c.current, fresh)
		if diff := cmp.Diff(c.want.Blocks, got.Blocks); diff != "" || kept != c.kept {
			t.Errorf("%s: kept %d\n%s", c.name, kept, diff)
		}
	}
	marks := Generated(old, paragraphs("Mở đầu báo cáo", "Viết tay", "Đánh giá chung: tốt"))
	if diff := cmp.Diff([]bool{true, false, true}, marks); diff != "" {
		t.Error(diff)
	}
}

// TestMergeLosesNothing: without changes the fresh document comes out, and whatever people wrote is in what comes out.
func TestMergeLosesNothing(t *testing.T) {
	text := rapid.SampledFrom([]string{"Mở đầu", "Số lượt là 1", "Số lượt là 2", "Đánh giá", "Tồn tại", "Kiến nghị"})
	texts := rapid.SliceOfN(text, 0, 8)
	hand := rapid.SampledFrom([]string{"tay một", "tay hai", "tay ba"})
	rapid.Check(t, func(t *rapid.T) {
		old, fresh := paragraphs(texts.Draw(t, "old")...), paragraphs(texts.Draw(t, "fresh")...)
		same, kept := merge(old, old, fresh)
		if diff := cmp.Diff(fresh.Blocks, same.Blocks); diff != "" || kept != 0 {
			t.Fatalf("unchanged, yet %d kept\n%s", kept, diff)
		}
		var current letter.Document
		wrote := 0
		for _, b := range old.Blocks {
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0: // deleted
			case 1:
				current.Blocks = append(current.Blocks, letter.Block{Kind: letter.ParagraphBlock, Text: hand.Draw(t, "hand")})
				wrote++
			default:
				current.Blocks = append(current.Blocks, b)
			}
		}
		merged, kept := merge(old, current, fresh)
		found := 0
		for _, b := range merged.Blocks {
			if len(b.Text) >= 3 && b.Text[:3] == "tay" {
				found++
			}
		}
		if found != wrote || kept != wrote {
			t.Fatalf("people wrote %d blocks, %d are left, %d counted as kept", wrote, found, kept)
		}
	})
}

func TestRoundsOfASchedule(t *testing.T) {
	weeks := []DueRound{
		{Weekly, Period{"2024-06-06", "2024-06-06"}, "2024-06-07"},
		{Weekly, Period{"2024-06-07", "2024-06-13"}, "2024-06-14"},
		{Weekly, Period{"2024-06-14", "2024-06-20"}, "2024-06-21"},
		{Weekly, Period{"2024-06-21", "2024-06-27"}, "2024-06-28"},
	}
	for _, c := range []struct {
		name string
		s    Schedule
		want []DueRound
	}{
		{
			"the days that are left belong to the final one",
			Schedule{First: "2024-06-06", Last: "2024-06-30", Weekday: 5, FinalDay: "2024-07-03"},
			append(slices.Clone(weeks), DueRound{Final, Period{"2024-06-06", "2024-06-30"}, "2024-07-03"}),
		},
		{
			"without a final one, to a shorter week",
			Schedule{First: "2024-06-06", Last: "2024-06-30", Weekday: 5},
			append(slices.Clone(weeks), DueRound{Weekly, Period{"2024-06-28", "2024-06-30"}, "2024-07-05"}),
		},
		{"no day is left", Schedule{First: "2024-06-06", Last: "2024-06-27", Weekday: 5}, weeks},
		{
			"all of it is shorter than a week",
			Schedule{First: "2024-06-03", Last: "2024-06-04", Weekday: 5},
			[]DueRound{{Weekly, Period{"2024-06-03", "2024-06-04"}, "2024-06-07"}},
		},
		{"the day itself", Schedule{First: "2024-06-07", Last: "2024-06-07", Weekday: 5}, []DueRound{{Weekly, Period{"2024-06-07", "2024-06-07"}, "2024-06-14"}}},
	} {
		if diff := cmp.Diff(c.want, c.s.Rounds(calendar.Builtin())); diff != "" {
			t.Errorf("%s\n%s", c.name, diff)
		}
	}
}

// TestEveryDayIsReportedOnce: weekly reports without a final one share out the days of the schedule, however long it is.
func TestEveryDayIsReportedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Schedule{First: clock.Day("2024-01-01").Plus(rapid.IntRange(0, 400).Draw(t, "first")), Weekday: rapid.IntRange(1, 7).Draw(t, "weekday")}
		s.Last = s.First.Plus(rapid.IntRange(0, maxDays).Draw(t, "days"))
		next := s.First
		for _, r := range s.Rounds(calendar.Builtin()) {
			if r.From != next || r.To < r.From || r.Due <= r.To {
				t.Fatalf("%+v: %+v after %s", s, r, next)
			}
			next = r.To.Next()
		}
		if next != s.Last.Next() {
			t.Fatalf("%+v: reported until before %s", s, next)
		}
	})
}

// TestADraftFromBeforeIsBroughtUpToDate: a report that was drafted before it told the period from its end takes the new form where it
// stood as it was generated, and keeps what people wrote into it.
func TestADraftFromBeforeIsBroughtUpToDate(t *testing.T) {
	read := func(name string) letter.Document {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(b), "Sau khi ban hành")
		body, _, _ = strings.Cut(body, "\n\n")
		return paragraphs(strings.Split("Sau khi ban hành"+strings.TrimSpace(body), "\n")...)
	}
	before, fresh := read("before.txt"), read("town.txt")
	current := before
	current.Blocks = slices.Clone(before.Blocks)
	const own = "Thị xã đã tổ chức hội nghị triển khai đến các tổ dân phố."
	current.Blocks[2].Text = own
	merged, kept := merge(before, current, fresh)
	if kept != 1 || !strings.Contains(merged.Text(), own) {
		t.Errorf("%d blocks were kept:\n%s", kept, merged.Text())
	}
	want := fresh
	want.Blocks = slices.Clone(fresh.Blocks)
	want.Blocks[2].Text = own
	if diff := cmp.Diff(want.Text(), merged.Text()); diff != "" {
		t.Error(diff)
	}
	if again, kept := merge(before, before, fresh); kept != 0 || again.Text() != fresh.Text() {
		t.Errorf("untouched: %d kept\n%s", kept, cmp.Diff(fresh.Text(), again.Text()))
	}
}
