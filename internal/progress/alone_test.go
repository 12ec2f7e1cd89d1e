package progress

import (
	"strings"
	"testing"

	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// TestAReportOfAUnitAloneSpeaksOfItself: with nobody below it nothing is said of how many units did what, and its duties are done or not.
func TestAReportOfAUnitAloneSpeaksOfItself(t *testing.T) {
	town, ward := unit.Unit{FullName: "Thị xã Hương Trà", Kind: unit.Town}, unit.Unit{FullName: "Phường Hương Văn", Kind: unit.Ward}
	write := func(own Counts, duties []DutyLine, lines ...Line) string {
		total := own
		for _, l := range lines {
			total = total.Plus(l.Total)
		}
		period := Period{From: "2024-06-01", To: "2024-06-30"}
		w := writer{
			figures: Figures{Period: period, End: period.end(), AsOf: period.end(), Own: own, Total: total, Lines: lines, Duties: duties}, round: Final, unit: ward, to: town,
			letter: letter.Letter{ID: "l", Fields: letter.Fields{Type: "công văn", Number: "1903", Notation: "UBND-VH"}},
		}
		return w.document().Text()
	}
	two := []DutyLine{{Number: 1, Text: "Phát thanh.", Asked: 1, Done: 1}, {Number: 2, Text: "Ra quân.", Asked: 1}}
	for name, c := range map[string]struct {
		own      Counts
		duties   []DutyLine
		has, not []string
	}{
		"not received": {Counts{Units: 1, Absent: 1, Duties: 2}, two[1:], []string{"Đơn vị chưa tiếp nhận văn bản trên hệ thống.", "sẽ tiếp tục thực hiện các nhiệm vụ chưa hoàn thành"}, nil},
		"half done": {
			Counts{Units: 1, Received: 1, Duties: 2, DutiesDone: 1},
			two,
			[]string{"Đơn vị đã tiếp nhận văn bản, hoàn thành 1/2 nhiệm vụ được giao.", "1 | Phát thanh. | Đã hoàn thành", "2 | Ra quân. | Chưa hoàn thành", "Đơn vị còn 1 nhiệm vụ"},
			nil,
		},
		"done": {
			Counts{Units: 1, Received: 1, Duties: 2, DutiesDone: 2, Channels: Channels{{Records: 1, Times: 3}}},
			[]DutyLine{two[0]},
			[]string{"hoàn thành cả 2 nhiệm vụ được giao", "Không còn nhiệm vụ chưa hoàn thành.", "Đã tuyên truyền 3 lượt qua các kênh."},
			[]string{"sẽ tiếp tục", "0 lượt người"},
		},
		"asked for nothing": {Counts{Units: 1, Received: 1}, nil, []string{"Đơn vị đã tiếp nhận văn bản."}, []string{"nhiệm vụ"}},
		"its own letter, sent to nobody": {
			Counts{}, []DutyLine{{Number: 1, Text: "Phát thanh."}}, []string{"KẾT QUẢ TỪ NGÀY 01/6/2024"}, []string{"Phát thanh.", "tiếp nhận", "Tồn tại"},
		},
		"done outside": {
			Counts{Units: 1, Received: 1, Activities: Activities{{Records: 1, People: 60}}}, nil, []string{"trong kỳ đơn vị tự ghi nhận 1 cuộc họp (60 lượt người)"}, nil,
		},
	} {
		text := write(c.own, c.duties)
		for _, want := range c.has {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
		for _, not := range append(c.not, "Số đơn vị", "các đơn vị", "Văn bản được gửi đến", "Không có đơn vị", "Phụ lục") {
			if strings.Contains(text, not) {
				t.Errorf("%s says %q:\n%s", name, not, text)
			}
		}
	}
	below := Line{Name: "Đoàn phường", Kind: unit.Union, Depth: 1, Dispatch: "d", Total: Counts{Units: 1, Duties: 1, Absent: 1}, Absent: true}
	if text := write(Counts{Units: 1, Received: 1, Duties: 1}, two, below); !strings.Contains(text, "Số đơn vị được giao") || !strings.Contains(text, "đôn đốc các đơn vị") {
		t.Errorf("with somebody below it counts no units:\n%s", text)
	}
}

// TestWhatIsNotHasNoCauses: a letter that came late is the cause of something only where something was late.
func TestWhatIsNotHasNoCauses(t *testing.T) {
	write := func(late bool) string {
		period := Period{From: "2024-06-01", To: "2024-06-30"}
		line := Line{Unit: "w", Name: "Phường Hương Văn", Kind: unit.Ward, Depth: 1, Total: Counts{Units: 1, Received: 1, Publicised: 1, Collective: 1}}
		if late {
			line.Late = []cascade.Step{cascade.StepFinish}
		}
		w := writer{
			figures: Figures{Period: period, End: period.end(), AsOf: period.end(), Total: line.Total, Lines: []Line{line}}, round: Final,
			unit: unit.Unit{FullName: "Thị xã Hương Trà", Kind: unit.Town}, to: unit.Unit{FullName: "Tỉnh Mẫu", Kind: unit.Province},
			challenge: challenge.Challenge{ID: "c", Period: challenge.Span{From: clock.Day("2024-05-31").Start(), Until: clock.Day("2024-06-29").Start()}},
			letter:    letter.Letter{ID: "l", Fields: letter.Fields{Type: "công văn", Number: "1903", Notation: "UBND-VH", Date: letter.Date{Year: 2024, Month: 6, Day: 6}}},
		}
		return w.document().Text()
	}
	const cause = "Văn bản chỉ đạo được ban hành khi cuộc thi đã diễn ra 6 ngày"
	if text := write(false); !strings.Contains(text, "Không có đơn vị chậm") || strings.Contains(text, "Nguyên nhân") || strings.Contains(text, cause) {
		t.Errorf("nobody was late:\n%s", text)
	}
	if text := write(true); !strings.Contains(text, cause) {
		t.Errorf("somebody was late:\n%s", text)
	}
}
