package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"sachhon/internal/unit"
)

var (
	families = []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Hồ", "Dương", "Bùi", "Huỳnh"}
	middles  = []string{"Thị", "Văn", "Minh", "Thanh", "Ngọc", "Quang", "Thu", "Hữu", "Diệu", "Đình", "Hoài", "Khánh"}
	givens   = []string{
		"An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hạnh", "Hương", "Khoa", "Lan", "Linh", "Long", "Mai",
		"Nam", "Nga", "Nhân", "Oanh", "Phúc", "Phương", "Quý", "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tuấn", "Vân", "Vy", "Xuân", "Yến",
	}

	teams = []string{
		"Chi đoàn tổ dân phố %d", "Chi hội Phụ nữ thôn %d", "Đội tình nguyện xanh số %d", "Chi hội Cựu chiến binh tổ %d",
		"Lớp 10A%d", "Lớp 11B%d", "Câu lạc bộ Sống xanh %d", "Chi hội Nông dân thôn %d", "Tổ công đoàn số %d",
		"Đội thanh niên xung kích %d", "Câu lạc bộ Chủ nhật xanh %d", "Nhóm Bạn của dòng sông %d",
	}
)

// fullName makes up a name; that somebody bears it is chance.
func fullName(r *rand.Rand) string {
	return families[r.IntN(len(families))] + " " + middles[r.IntN(len(middles))] + " " + givens[r.IntN(len(givens))]
}

// teamName makes up a collective's name; n keeps names of one unit apart. A town has quarters where a commune has
// villages.
func teamName(r *rand.Rand, n int, at unit.Unit) string {
	name := fmt.Sprintf(teams[r.IntN(len(teams))], n)
	if at.Kind == unit.City || at.Kind == unit.Ward {
		name = strings.Replace(name, "thôn", "tổ dân phố", 1)
	}
	return name + ", " + at.FullName
}

// phone is a number of a range that no operator gave out for people to answer.
func phone(n int) string { return fmt.Sprintf("09000%05d", n) }

// address is an e-mail address that leads nowhere.
func address(local string) string { return local + "@example.org" }
