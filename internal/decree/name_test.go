package decree

import (
	"strings"
	"testing"

	"sachhon/internal/paper"
)

func TestNamesBreakWhereTheyAreRead(t *testing.T) {
	width := 63 * paper.MM
	for name, want := range map[string]string{
		"Ủy ban nhân dân thị xã Hương Trà": "ỦY BAN NHÂN DÂN|THỊ XÃ HƯƠNG TRÀ",
		"Ủy ban nhân dân phường Tứ Hạ":     "ỦY BAN NHÂN DÂN|PHƯỜNG TỨ HẠ",
		"Sở Y tế":                                "SỞ Y TẾ",
		"Sở Thông tin và Truyền thông":           "SỞ THÔNG TIN|VÀ TRUYỀN THÔNG",
		"Phòng Lao động - Thương binh và Xã hội": "PHÒNG LAO ĐỘNG -|THƯƠNG BINH VÀ XÃ HỘI",
		"": "",
	} {
		if got := strings.Join(nameLines(name, bold, 13, width), "|"); got != want {
			t.Errorf("%q breaks as %q, want %q", name, got, want)
		}
	}
	long := strings.Repeat("Trung tâm Văn hóa và Thể thao ", 9)
	if got := strings.Join(nameLines(long, bold, 13, width), " "); got != strings.ToUpper(strings.TrimSpace(long)) {
		t.Errorf("a long name lost something: %q", got)
	}
}
