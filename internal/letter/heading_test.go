package letter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// However the two columns of the heading were flattened, the same letter is read.
func TestHeadingsFlattenedInAnyManner(t *testing.T) {
	sample := string(readFile(t, "1903-UBND-VH.txt"))
	rest := sample[strings.Index(sample, "Kính gửi"):]
	const subject = "V/v hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S\n"
	headings := map[string]string{
		"tabs between the columns": "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHỊ XÃ HƯƠNG TRÀ\tĐộc lập - Tự do - Hạnh phúc\n" +
			"Số: 1903/UBND-VH\tHương Trà, ngày 06 tháng 6 năm 2024\n" + subject,
		"wide gaps, a wrapped subject beside the date": "   ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" +
			"  THỊ XÃ HƯƠNG TRÀ               Độc lập - Tự do - Hạnh phúc\n       ───────                      ──────────────\n" +
			"  Số: 1903/UBND-VH\n V/v hưởng ứng, tham gia Cuộc thi      Hương Trà, ngày 06 tháng 6 năm 2024\n" +
			"Thử thách làm cho thế giới sạch hơn\n   trên nền tảng số Hue-S\n",
		"single spaces": "ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHỊ XÃ HƯƠNG TRÀ Độc lập – Tự do – Hạnh phúc\n" +
			"Số: 1903/UBND-VH Hương Trà, ngày 06 tháng 6 năm 2024\n" + subject,
		"the right column first": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nHương Trà, ngày 06 tháng 6 năm 2024\n\n" +
			"ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ\nSố: 1903/UBND-VH\n" + subject,
		"one line for the organ, the number with spaces": "UBND THỊ XÃ HƯƠNG TRÀ\nSố : 1903 / UBND - VH\n" + subject +
			"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập-Tự do-Hạnh phúc\nHương Trà, ngày 6 tháng 06 năm 2024\n",
		"the subject after the number on one line": "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ\nSố: 1903/UBND-VH " + subject +
			"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHương Trà, ngày 06/6/2024\n",
		"Markdown-like rules and capitals in the label": "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ\n-----\nSỐ: 1903/UBND-VH\n" + subject +
			"*****\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n_____\nHương Trà, ngày 06-6-2024\n",
	}
	want := mustRead(t, sample).Fields()
	for name, heading := range headings {
		got := mustRead(t, heading+"\n"+rest)
		if diff := cmp.Diff(want, got.Fields()); diff != "" {
			t.Errorf("%s (-real +got)\n%s", name, diff)
		}
		if len(got.Warnings) != 1 {
			t.Errorf("%s: warnings %+v", name, got.Warnings)
		}
	}
}

// The signature beside the recipients, below them, or before them.
func TestSignaturesInAnyPlace(t *testing.T) {
	sample := string(readFile(t, "1903-UBND-VH.txt"))
	body := sample[:strings.Index(sample, "\tNơi nhận")]
	for name, foot := range map[string]string{
		"beside": "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN\n- Như trên;                       KT. CHỦ TỊCH\n" +
			"- Sở TTTT tỉnh;                   PHÓ CHỦ TỊCH\n- Lưu VT, VH.                     (Đã ký)\n\n                                  Trần Văn An\n",
		"below":  "Nơi nhận:\n- Như trên;\n- Sở TTTT tỉnh;\n- Lưu VT, VH.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nTrần Văn An\n",
		"before": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn An\n\nNơi nhận:\n- Như trên;\n- Sở TTTT tỉnh;\n- Lưu VT, VH.\n",
	} {
		r := mustRead(t, body+foot)
		if r.Signer == nil {
			t.Errorf("%s: no signer", name)
			continue
		}
		want := Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"}, Position: "PHÓ CHỦ TỊCH", Name: "Trần Văn An"}
		if diff := cmp.Diff(want, r.Signer.Value); diff != "" {
			t.Errorf("%s: signer (-want +got)\n%s", name, diff)
		}
		if diff := cmp.Diff([]string{"Như trên", "Sở TTTT tỉnh", "Lưu VT, VH"}, r.Fields().Recipients); diff != "" {
			t.Errorf("%s: recipients (-want +got)\n%s", name, diff)
		}
		if len(r.Warnings) != 0 {
			t.Errorf("%s: warnings %+v", name, r.Warnings)
		}
	}
}

// The Youth Union writes its own name where others write the state's; its boards bear it too.
func TestHeadingsOfTheYouthUnion(t *testing.T) {
	const rest = "\nSố: 58-CV/TĐTN-PT\nV/v hưởng ứng Chủ nhật xanh\nKính gửi: Đoàn các xã.\nĐề nghị ra quân.\n"
	for name, c := range map[string]struct{ heading, organ string }{
		"beside":    {"BCH ĐOÀN TỈNH AN GIA\tĐOÀN TNCS HỒ CHÍ MINH\n***\tAn Gia, ngày 04 tháng 3 năm 2025", "BCH Đoàn tỉnh An Gia"},
		"flattened": {"BCH ĐOÀN TỈNH AN GIA ĐOÀN TNCS HỒ CHÍ MINH\nAn Gia, ngày 04 tháng 3 năm 2025", "BCH Đoàn tỉnh An Gia"},
		"below":     {"BCH ĐOÀN TỈNH AN GIA\n***\nĐOÀN TNCS HỒ CHÍ MINH\nAn Gia, ngày 04 tháng 3 năm 2025", "BCH Đoàn tỉnh An Gia"},
		"its board": {"BAN CHẤP HÀNH ĐOÀN TNCS HỒ CHÍ MINH\nTỈNH AN GIA\nAn Gia, ngày 04 tháng 3 năm 2025", "Ban Chấp hành Đoàn TNCS Hồ Chí Minh tỉnh An Gia"},
	} {
		r := mustRead(t, c.heading+rest)
		if valueOf(r.Organ) != c.organ || valueOf(r.Date) != (Date{2025, 3, 4}) || valueOf(r.Symbol) != "58-CV/TĐTN-PT" {
			t.Errorf("%s: organ %q, date %s", name, valueOf(r.Organ), valueOf(r.Date))
		}
		checkSpans(t, c.heading+rest, r)
	}
}
