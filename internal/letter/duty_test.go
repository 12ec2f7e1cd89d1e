package letter

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const dutiesHead = "UBND XÃ TÂN MẪU\nSố: 18/UBND-VX\nTân Mẫu, ngày 07 tháng 11 năm 2024\nV/v pin cũ\nKính gửi: Các thôn.\nỦy ban nhân dân xã đề nghị:\n"

func TestDetailsOfDuties(t *testing.T) {
	for text, want := range map[string]string{
		// how often
		"Ra quân vào thứ Bảy tuần cuối hằng tháng.":            "every month/6/ thứ Bảy tuần cuối hằng tháng",
		"Ra quân vào tuần đầu tiên hàng tháng.":                "every month// tuần đầu tiên hàng tháng",
		"Ra quân vào sáng Chủ nhật tuần thứ hai của hằng quý.": "every quarter/0/morning sáng Chủ nhật tuần thứ hai của hằng quý",
		"Báo cáo vào ngày 25 hằng tháng.":                      "every month// 25 ngày 25 hằng tháng",
		"Phát trên loa mỗi ngày hai lần.":                      "every day// 2 times mỗi ngày hai lần",
		// how much
		"Mỗi trường gửi ba tác phẩm.":                                "quota 3 tác phẩm",
		"Mỗi huyện, thị xã cử hai cán bộ dự tập huấn.":               "quota 2 cán bộ",
		"Mỗi thôn, tổ dân phố tự quản xây dựng 02 mô hình.":          "quota 2 mô hình",
		"Huy động tối thiểu năm tình nguyện viên hỗ trợ.":            "quota at least 5 tình nguyện viên",
		"Mỗi trường trong năm học tổ chức sinh hoạt.":                "",
		"Mỗi tuần hai buổi, các thôn dọn vệ sinh.":                   "every week// 2 times Mỗi tuần hai buổi",
		"Mỗi người dân là một chiến sĩ môi trường.":                  "",
		"Mỗi hộ dân hưởng ứng Ngày 5 tháng 6.":                       "",
		"Hoàn thành trước ngày 20/11/2024, báo cáo trước 25/11/2024": "deadline 2024-11-20, further",
		"Hoàn thành trước ngày 20/11/2024, muộn nhất ngày 20/11":     "deadline 2024-11-20",
		// whom
		"Các đoàn thể: Vận động hội viên.":                        "for Các đoàn thể",
		"Các phòng, ban, đơn vị thuộc xã tổ chức dọn vệ sinh.":    "for Các phòng, ban, đơn vị thuộc xã",
		"Các chi, đảng bộ trực thuộc tổ chức quán triệt.":         "for Các chi, đảng bộ trực thuộc",
		"Trạm Y tế, Công an xã phối hợp tuyên truyền.":            "for Trạm Y tế | Công an xã",
		"Các trường học và các thôn tổ chức ra quân.":             "for Các trường học | các thôn",
		"Các thôn, công an xã, trạm y tế tổ chức ra quân.":        "for Các thôn | công an xã | trạm y tế",
		"Công an xã trực 24/24 giờ.":                              "for Công an xã",
		"Đề nghị Mặt trận Tổ quốc, các hội vận động nhân dân.":    "for Mặt trận Tổ quốc | các hội",
		"Phòng, chống rác thải nhựa là việc của mọi người dân.":   "",
		"Đăng tải thể lệ; nộp tác phẩm về Ủy ban nhân dân xã Mẫu": "",
	} {
		r := mustRead(t, dutiesHead+"1. "+text+"\nNơi nhận:\n- Như trên.\n")
		if len(r.Duties) != 1 {
			t.Fatalf("%s: %+v", text, r.Duties)
		}
		d := r.Duties[0].Value
		var got []string
		if e := d.Every; e != nil {
			got = append(got, "every "+everyFact(*e)+" "+e.Text)
		}
		if q := d.Quota; q != nil {
			least := map[bool]string{true: "at least "}[q.AtLeast]
			got = append(got, fmt.Sprintf("quota %s%d %s", least, q.Count, q.Of))
		}
		if !d.Deadline.IsZero() {
			further := map[bool]string{true: ", further"}[r.Warned("duties")]
			got = append(got, "deadline "+d.Deadline.String()+further)
		}
		if len(d.For) > 0 {
			got = append(got, "for "+strings.Join(d.For, " | "))
		}
		if have := strings.Join(got, "; "); have != want {
			t.Errorf("%s\n got %q\nwant %q", text, have, want)
		}
		checkSpans(t, dutiesHead+"1. "+text+"\nNơi nhận:\n- Như trên.\n", r)
	}
}

// Numbers of duties as the State and the Party write them.
func TestNumbersOfDuties(t *testing.T) {
	for _, form := range []string{"%d. ", "%d) ", "%d.", "%d- ", "%d – ", "%d/ ", "Điều %d. "} {
		text := dutiesHead
		for i := range 3 {
			text += fmt.Sprintf(form, i+1) + "Họp dân.\n"
		}
		r := mustRead(t, text)
		if len(r.Duties) != 3 || r.Duties[2].Value.Number != 3 || r.Duties[2].Value.Text != "Họp dân." || r.Duties[2].Uncertain {
			t.Errorf("%q: %+v", form, r.Duties)
		}
	}
	if r := mustRead(t, dutiesHead+"10 - 15 người họp dân.\n"); len(r.Duties) > 0 && !r.Duties[0].Uncertain {
		t.Errorf("a span of numbers is no number of a duty: %+v", r.Duties)
	}
}

func TestTasksInATable(t *testing.T) {
	const rows = "1\tTreo 2 băng rôn\tPhòng Văn hóa\t20/11/2024\n2\tHọp dân\tCác thôn, Công an xã\tHằng tuần\n"
	read := func(table string) []Duty {
		r := mustRead(t, dutiesHead+table+"Trân trọng./.\nNơi nhận:\n- Như trên.\n")
		checkSpans(t, dutiesHead+table+"Trân trọng./.\nNơi nhận:\n- Như trên.\n", r)
		return r.Fields().Duties
	}
	want := []Duty{
		{Number: 1, Text: "Treo 2 băng rôn", Channels: []Channel{Print}, For: []string{"Phòng Văn hóa"}, Force: Requests, Deadline: Date{2024, 11, 20}},
		{Number: 2, Text: "Họp dân", Channels: []Channel{Meeting}, For: []string{"Các thôn", "Công an xã"}, Force: Requests, Every: &Recurrence{Text: "Hằng tuần", Period: "week"}},
	}
	for name, table := range map[string]string{
		"four columns":            "STT\tNội dung\tĐơn vị thực hiện\tThời hạn\n" + rows,
		"other names":             "TT\tNhiệm vụ\tChủ trì\tThời gian hoàn thành\n" + rows,
		"a row that is a title":   "TT\tCông việc\tCơ quan chủ trì\tTiến độ\nI\tTUYÊN TRUYỀN\n" + rows,
		"numbers with dots":       "STT\tNội dung\tĐơn vị thực hiện\tThời hạn\n" + strings.NewReplacer("1\t", "1.\t", "\n2\t", "\n2.\t").Replace(rows),
		"gaps in place of tabs":   "STT    Nội dung    Đơn vị thực hiện    Thời hạn\n" + strings.ReplaceAll(rows, "\t", "     "),
		"time before whom":        "STT\tNội dung\tThời hạn\tĐơn vị thực hiện\n1\tTreo 2 băng rôn\t20/11/2024\tPhòng Văn hóa\n2\tHọp dân\tHằng tuần\tCác thôn, Công an xã\n",
		"numbers that begin anew": "STT\tNội dung\tĐơn vị thực hiện\tThời hạn\n" + strings.Replace(rows, "\n2\t", "\nII\tHỌP\n1\t", 1),
	} {
		if diff := cmp.Diff(want, read(table)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	helped := read("STT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn\n1\tTreo 2 băng rôn\tPhòng Văn hóa\tCác thôn\tQuý IV\n")
	if len(helped) != 1 || helped[0].Text != "Treo 2 băng rôn\nĐơn vị phối hợp: Các thôn\nThời hạn: Quý IV" || !helped[0].Deadline.IsZero() {
		t.Errorf("what is no whom and no day: %+v", helped)
	}
	for name, table := range map[string]string{
		"figures":              "STT\tĐịa phương\tSố liệu\n1\tThôn 1\t20\n2\tThôn 2\t30\n",
		"rows over many lines": "STT    Nội dung    Đơn vị thực hiện    Thời hạn\n1    Treo băng    Phòng Văn    20/11\n     rôn    hóa    2024\n",
	} {
		for _, d := range read(table) {
			if strings.Contains(d.Text, "Thôn 1") || strings.Contains(d.Text, "Treo băng") {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
	both := read("STT\tNội dung\tĐơn vị thực hiện\tThời hạn\n" + rows + "1. Họp thôn.\n2. Họp xã.\n")
	if len(both) != 2 || both[0].Text != "Họp thôn." {
		t.Errorf("numbered paragraphs beside a table: %+v", both)
	}
}

// A telegram names whom it is for behind who wires.
func TestTelegramsHaveAddressees(t *testing.T) {
	r := mustRead(t, "UBND XÃ TÂN MẪU\nSố: 07/CĐ-UBND\nTân Mẫu, ngày 11 tháng 9 năm 2025\n\nCÔNG ĐIỆN\nVề ứng phó bão số 6\n\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN MẪU điện:\n- Trưởng các thôn;\n- Công an xã.\n\nYêu cầu:\n1. Trực ban.\n")
	if diff := cmp.Diff([]string{"Trưởng các thôn", "Công an xã"}, r.Fields().Addressees); diff != "" || r.Warned("addressees") {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSectionsWithDuties: what is to be done about a shortcoming is a duty, the shortcoming is none.
func TestSectionsWithDuties(t *testing.T) {
	for title, want := range map[string]int{
		"NHIỆM VỤ, GIẢI PHÁP KHẮC PHỤC TỒN TẠI, HẠN CHẾ": 2, "NỘI DUNG KIỂM TRA, ĐÁNH GIÁ": 2, "TỔ CHỨC THỰC HIỆN": 3, "MỤC ĐÍCH, YÊU CẦU": 0,
		"KẾT QUẢ THỰC HIỆN NHIỆM VỤ": -1, "TỒN TẠI, HẠN CHẾ": -1, "ĐÁNH GIÁ CHUNG": -1, "KIẾN NGHỊ": 2, "KINH PHÍ": 1,
	} {
		if got := sectionRank(key(title)); got != want {
			t.Errorf("%s: %d, want %d", title, got, want)
		}
	}
}
