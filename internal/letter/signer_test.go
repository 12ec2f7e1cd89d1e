package letter

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// By whatever authority somebody signs, below the recipients, beside them, or flattened onto their lines.
func TestSignersAndCapacities(t *testing.T) {
	const body = "ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\nSố: 18/UBND-VX\nTân Mẫu, ngày 07 tháng 11 năm 2024\nV/v pin cũ\nKính gửi: Các thôn.\nĐề nghị các thôn thu gom pin cũ.\n"
	for _, tt := range []struct {
		signature string
		want      Signer
	}{
		{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN"}, Position: "CHỦ TỊCH"}},
		{"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"}, Position: "PHÓ CHỦ TỊCH"}},
		{"KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC", Signer{Capacity: []string{"KT. CHỦ TỊCH"}, Position: "PHÓ CHỦ TỊCH THƯỜNG TRỰC"}},
		{"TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG", Signer{Capacity: []string{"TL. CHỦ TỊCH"}, Position: "CHÁNH VĂN PHÒNG"}},
		{"TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG", Signer{Capacity: []string{"TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"}, Position: "PHÓ CHÁNH VĂN PHÒNG"}},
		{"TUQ. CHỦ TỊCH\nTRƯỞNG PHÒNG VĂN HÓA\nVÀ THÔNG TIN", Signer{Capacity: []string{"TUQ. CHỦ TỊCH"}, Position: "TRƯỞNG PHÒNG VĂN HÓA VÀ THÔNG TIN"}},
		{"TUQ. GIÁM ĐỐC\nKT. TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG", Signer{Capacity: []string{"TUQ. GIÁM ĐỐC", "KT. TRƯỞNG PHÒNG"}, Position: "PHÓ TRƯỞNG PHÒNG"}},
		{"TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH", Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"}, Position: "Q. CHỦ TỊCH"}},
		{"Q. GIÁM ĐỐC", Signer{Capacity: []string{"Q. GIÁM ĐỐC"}, Position: "Q. GIÁM ĐỐC"}},
		{"T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", Signer{Capacity: []string{"T/M BAN THƯỜNG VỤ"}, Position: "PHÓ BÍ THƯ"}},
		{"TM BAN CHẤP HÀNH\nĐOÀN XÃ TÂN MẪU\nBÍ THƯ", Signer{Capacity: []string{"TM BAN CHẤP HÀNH ĐOÀN XÃ TÂN MẪU"}, Position: "BÍ THƯ"}},
		{"TRƯỞNG PHÒNG", Signer{Capacity: []string{}, Position: "TRƯỞNG PHÒNG"}},
	} {
		lines := strings.Split(tt.signature, "\n")
		recipients := []string{"Nơi nhận:", "- Như trên;", "- Lưu: VT, VX."}
		left := func(i int) string {
			if i < len(recipients) {
				return recipients[i]
			}
			return ""
		}
		beside, flat := "", ""
		for i := range max(len(lines), len(recipients)) {
			right := ""
			if i < len(lines) {
				right = lines[i]
			}
			beside += left(i) + "\t" + right + "\n"
			flat += strings.TrimSpace(left(i)+" "+right) + "\n"
		}
		for how, foot := range map[string]string{
			"below":            strings.Join(recipients, "\n") + "\n\n" + tt.signature + "\n\n\nTạ Văn Mẫu\n",
			"beside":           beside + "\n\tTạ Văn Mẫu\n",
			"flattened":        flat + "\nTạ Văn Mẫu\n",
			"name in capitals": strings.Join(recipients, "\n") + "\n\n" + tt.signature + "\n\nTẠ VĂN MẪU\n",
			"with a title":     strings.Join(recipients, "\n") + "\n\n" + tt.signature + "\n(Đã ký)\n\nThS. Tạ Văn Mẫu\n",
		} {
			r := mustRead(t, body+foot)
			want := tt.want
			want.Name = "Tạ Văn Mẫu"
			if how == "name in capitals" {
				want.Name = "TẠ VĂN MẪU"
			}
			if r.Signer == nil {
				t.Errorf("%q %s: no signer", tt.signature, how)
				continue
			}
			if diff := cmp.Diff(want, r.Signer.Value); diff != "" {
				t.Errorf("%q %s (-want +got)\n%s", tt.signature, how, diff)
			}
			if diff := cmp.Diff([]string{"Như trên", "Lưu: VT, VX"}, r.Fields().Recipients); diff != "" {
				t.Errorf("%q %s: recipients (-want +got)\n%s", tt.signature, how, diff)
			}
			checkSpans(t, body+foot, r)
		}
	}
}
