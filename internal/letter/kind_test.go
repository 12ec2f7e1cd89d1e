package letter

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/testkit/shareddir"
)

// decreed are the types of the decree with their abbreviations, from the data that the project was given.
func decreed(t *testing.T) []kind {
	t.Helper()
	b, err := os.ReadFile(shareddir.Path(t, "data/doc_types_nd30.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Types []struct{ Name, Abbr string } `json:"types"`
	}
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	var out []kind
	for _, x := range list.Types {
		name, _, _ := strings.Cut(x.Name, " (") // "Nghị quyết (cá biệt)"
		out = append(out, kind{key(name), x.Abbr})
	}
	if len(out) != 29 {
		t.Fatalf("%d types, want 29", len(out))
	}
	return out
}

func TestKindsAreThoseOfTheDecree(t *testing.T) {
	want, got := decreed(t), []kind(nil)
	for _, k := range kinds {
		got = append(got, kind{k.name, Abbreviation(k.name)}) // a công văn has one in party documents only
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(kind{})); diff != "" {
		t.Errorf("-decree +code\n%s", diff)
	}
}

// Every type is read from its heading, in each of the ways headings are set, and without one from the number.
func TestEveryTypeIsRead(t *testing.T) {
	const (
		state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
		about = "Thu gom pin cũ năm 2024"
		body  = "\nCăn cứ Kế hoạch số 9/KH-UBND ngày 05/11/2024 của Ủy ban nhân dân huyện Phong Lộc về thu gom pin cũ;\nNội dung như sau.\n"
	)
	for _, k := range decreed(t) {
		notation := "UBND-VX"
		if k.abbr != "" {
			notation = k.abbr + "-UBND"
		}
		symbol := "18/" + notation
		title := strings.ToUpper(k.name)
		top := "ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\nSố: " + symbol + "\n" + state + "Tân Mẫu, ngày 07 tháng 11 năm 2024\n\n"
		beside := "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ TÂN MẪU\tĐộc lập - Tự do - Hạnh phúc\nSố: " + symbol + "\tTân Mẫu, ngày 07 tháng 11 năm 2024\n\n"
		texts := map[string]string{
			"a heading":                   top + title + "\n" + about + "\n" + body,
			"columns side by side":        beside + title + "\n" + about + "\n" + body,
			"about, in so many words":     top + title + "\nVề việc " + about + "\n" + body,
			"heading and subject, a line": top + title + " " + strings.ToUpper(about) + "\n" + body,
			"old tone marks":              top + strings.ReplaceAll(title, "ỦY", "UỶ") + "\n" + about + "\n" + body,
		}
		switch {
		case k.name == OfficialLetter: // has no heading
			texts = map[string]string{"V/v": "ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\nSố: " + symbol + "\nV/v " + about + "\n" + state + "Tân Mẫu, ngày 07 tháng 11 năm 2024\n\nKính gửi: Các thôn.\n" + body}
		case k.abbr != "":
			texts["the number alone"] = "ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\nSố: " + symbol + "\n" + state + "Tân Mẫu, ngày 07 tháng 11 năm 2024\n\n" + body
		default: // a letter to people says in its heading which kind of one it is
			texts["a kind of its own"] = top + "THƯ CẢM ƠN\n" + about + "\n" + body
		}
		for how, text := range texts {
			r := mustRead(t, text)
			if r.Type == nil || r.Type.Value != k.name || valueOf(r.Symbol) != symbol || valueOf(r.Notation) != notation {
				t.Errorf("%s, %s: type %+v, symbol %q", k.name, how, r.Type, valueOf(r.Symbol))
				continue
			}
			alone := how == "the number alone"
			if r.Type.Uncertain != alone || r.Warned("type") != alone {
				t.Errorf("%s, %s: uncertain %v, %+v", k.name, how, r.Type.Uncertain, r.Warnings)
			}
			if !alone && !strings.EqualFold(valueOf(r.Subject), about) {
				t.Errorf("%s, %s: subject %q", k.name, how, valueOf(r.Subject))
			}
			if len(r.Bases) != 1 || valueOf(r.Organ) != "Ủy ban nhân dân xã Tân Mẫu" {
				t.Errorf("%s, %s: organ %q, bases %+v", k.name, how, valueOf(r.Organ), r.Bases)
			}
		}
	}
}

// What follows the opening of a notation names an organ or a department, whose abbreviation may be that of a type too.
func TestAbbreviationsOfOrgansAreNoTypes(t *testing.T) {
	for notation, want := range map[string]string{
		"KH-UBND": "kế hoạch", "UBND-TC": "", "STC-KH": "", "CV/BTGTU": OfficialLetter, "KH/TU": "kế hoạch", "2024/NQ-HĐND": "nghị quyết",
		"2022/TT-BTTTT": "", "QyĐ/TW": "quy định", "UBND-DA": "", "BCĐ-BB": "", "QĐ-KHCN": "quyết định", "": "", "2024": "",
	} {
		if got := typeAbbreviated(notation); got != want {
			t.Errorf("%s: %q, want %q", notation, got, want)
		}
	}
	r := mustRead(t, "UBND XÃ TÂN MẪU\nSố: 18/UBND-TC\nTân Mẫu, ngày 07 tháng 11 năm 2024\nV/v kinh phí\nKính gửi: Các thôn.\nĐề nghị các thôn báo cáo.\n")
	if valueOf(r.Type) != OfficialLetter || r.Warned("type") {
		t.Errorf("type %+v", r.Type)
	}
}

// Numbers of the State, with and without a year, and of the Party.
func TestOwnNumbers(t *testing.T) {
	for written, want := range map[string][3]string{
		"Số: 1903/UBND-VH":           {"1903", "UBND-VH", "1903/UBND-VH"},
		"Số: 1518/KH-STTTT":          {"1518", "KH-STTTT", "1518/KH-STTTT"},
		"Số: 01/2022/TT-BTTTT":       {"01", "2022/TT-BTTTT", "01/2022/TT-BTTTT"},
		"Số: 01 / 2022 / TT - BTTTT": {"01", "2022/TT-BTTTT", "01/2022/TT-BTTTT"},
		"Số: 12/2024/NQ-HĐND":        {"12", "2024/NQ-HĐND", "12/2024/NQ-HĐND"},
		"Số: 05/2023/TTLT-BTC-BGDĐT": {"05", "2023/TTLT-BTC-BGDĐT", "05/2023/TTLT-BTC-BGDĐT"},
		"Số: 02a/QĐ-UBND":            {"02a", "QĐ-UBND", "02a/QĐ-UBND"},
		"Số 406-CV/BTGTU":            {"406", "CV/BTGTU", "406-CV/BTGTU"},
		"Số: 15-CTr/TU":              {"15", "CTr/TU", "15-CTr/TU"},
		"Số: 37/TWĐTN-TNXP":          {"37", "TWĐTN-TNXP", "37/TWĐTN-TNXP"},
		"Số: 08/GM-VP&TK":            {"08", "GM-VP&TK", "08/GM-VP&TK"},
		"Số:      /KH-UBND":          {"", "KH-UBND", ""},
		"Số: 77":                     {"77", "", ""},
	} {
		r := mustRead(t, "ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\n"+written+"\nTân Mẫu, ngày 07 tháng 11 năm 2024\nV/v pin cũ\nKính gửi: Các thôn.\n")
		if got := [3]string{valueOf(r.Number), valueOf(r.Notation), valueOf(r.Symbol)}; got != want {
			t.Errorf("%s: %q, want %q", written, got, want)
		}
		f := r.Fields()
		if f.Symbol() != want[2] || f.check() != nil {
			t.Errorf("%s: as fields %q, %v", written, f.Symbol(), f.check())
		}
	}
}

// A document that makes law is none of the 29 types: its heading is told from its subject, and a person is asked.
func TestLawHasNoTypeHere(t *testing.T) {
	r := mustRead(t, "BỘ THÔNG TIN VÀ TRUYỀN THÔNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\tĐộc lập - Tự do - Hạnh phúc\nSố: 01/2022/TT-BTTTT\tHà Nội, ngày 28 tháng 01 năm 2022\n\n"+
		"THÔNG TƯ\nQuy định về thử nghiệm đài truyền thanh\n\nCăn cứ Luật Báo chí ngày 05 tháng 4 năm 2016;\n\nĐiều 1. Phạm vi\nThông tư này quy định việc thử nghiệm.\n")
	if r.Type != nil || !r.Warned("type") || valueOf(r.Subject) != "Quy định về thử nghiệm đài truyền thanh" || valueOf(r.Symbol) != "01/2022/TT-BTTTT" {
		t.Errorf("type %+v, subject %q, symbol %q", r.Type, valueOf(r.Subject), valueOf(r.Symbol))
	}
}
