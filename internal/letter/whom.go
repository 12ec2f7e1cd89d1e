package letter

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxWhom     = 220
	maxWhomList = 20
)

var (
	// What somebody is asked to do begins with one of these verbs, so that whom it is asked of ends before it.
	reTaskVerb = regexp.MustCompile(`(?:,\s*|\s)(?:có trách nhiệm|có nhiệm vụ|chủ trì|chủ động|phối hợp|tổ chức thực hiện|tổ chức triển khai|tổ chức|thực hiện|triển khai|tuyên truyền|hướng dẫn|chỉ đạo|` +
		`vận động|huy động|thông báo|đăng tải|đăng|báo cáo|căn cứ|tham mưu|theo dõi|tiếp tục|quan tâm|phát động|xây dựng|cử|gửi|lồng ghép|đẩy mạnh|đôn đốc|bố trí|phát thanh|phát|niêm yết|hoàn thành|` +
		`tăng cường|rà soát|nghiên cứu|tham gia|hưởng ứng|chuẩn bị|đưa tin|kiểm tra|tổng hợp|đến dự|dự|cung cấp|treo|phổ biến|quán triệt|nộp|lập|chịu trách nhiệm|đảm bảo|bảo đảm|tạo điều kiện|in|mở|viết|sưu tầm|thành lập|trực 24/24|trực ban|trực chốt|trực gác|trực tại|quay|làm|đặt|họp|tăng|soạn|thu gom|dọn|ra quân|hỗ trợ|xem xét|cho phép|ban hành|phê duyệt|giúp đỡ)(?:\s|$|,|:)`)
	reAsking = regexp.MustCompile(`^(?:đối với|giao(?: cho)?|phân công|yêu cầu|kính đề nghị|trân trọng đề nghị|đề nghị|trân trọng kính mời|kính mời|mời)\s+`)
)

// whoWords open the name of somebody who can be asked, beside those of organs.
var whoWords = append([]string{
	"các đoàn thể", "các xã", "các phường", "các tổ chức", "các trưởng thôn", "các địa phương", "các tổ", "các chi", "các cấp",
	"chi đoàn", "chi hội", "chi bộ", "đảng bộ", "cấp ủy", "công chức", "tổ dân phố", "tổ công tác", "tổ giúp việc", "thôn", "cơ quan", "đồng chí", "ông", "bà",
	"thủ trưởng", "chủ tịch", "trưởng", "bí thư", "đơn vị", "mttq", "lđlđ", "hlhpn", "hiệu trưởng", "giám đốc", "ban tổ chức", "ban chỉ đạo", "bộ phận", "cán bộ", "đtn", "báo và phát thanh, truyền hình", "báo chí",
}, organWords...)

// notWho are words that begin like an organ and are none.
var notWho = []string{
	"ban hành", "trường hợp", "hội viên", "đoàn viên", "hội nghị", "đội ngũ", "tổng hợp", "tổng kết", "tổng số", "hội thi", "đoàn kết", "phòng chống",
	"phòng, chống", "phòng ngừa", "sở hữu", "viện dẫn", "cục bộ", "trưởng thành", "bộ mặt", "đội hình", "tổng vệ sinh", "hội thảo", "trường lớp", "đơn vị tính", "bà con", "ban đầu",
}

// isWho tells whether the key text names somebody who can be asked.
func isWho(k string) bool {
	one := strings.TrimPrefix(k, "các ") // of several
	return (opensWith(strings.TrimRight(k, " :,."), whoWords) || opensWith(strings.TrimRight(one, " :,."), whoWords)) &&
		!slices.ContainsFunc(notWho, func(w string) bool { return strings.HasPrefix(one, w) })
}

// openingWho is how long the word is by which a name was recognised: "các tổ chức" holds a verb that is none.
func openingWho(k string) int {
	one := strings.TrimPrefix(k, "các ")
	n := 0
	for _, w := range whoWords {
		if k == w || strings.HasPrefix(k, w+" ") {
			n = max(n, len(w))
		}
		if one == w || strings.HasPrefix(one, w+" ") {
			n = max(n, len(k)-len(one)+len(w))
		}
	}
	return n
}

// whom returns whom a duty is for, as written, and the words that say so: "Phòng VHTT: …", "Giao Phòng … chủ trì", or a
// title of its own above what is to be done.
func whom(text string) ([]string, string) {
	first, below, titled := strings.Cut(text, "\n")
	rest := trimItem(first)
	if at := reAsking.FindStringIndex(key(rest)); at != nil {
		rest = original(rest, key(rest), at[1], len(key(rest)))
	}
	k := key(rest)
	if !isWho(k) {
		return nil, ""
	}
	opening := openingWho(k)
	end := -1
	if colon := strings.IndexByte(k, ':'); colon > 0 {
		end = colon
	}
	if verb := firstVerb(k, opening); verb >= 0 && (end < 0 || verb < end) {
		end = verb
	}
	if end < 0 && titled && below != "" && !strings.HasSuffix(first, ".") {
		end = len(k)
	}
	if end <= 0 {
		return nil, ""
	}
	written := strings.Trim(original(rest, k, 0, end), " ,;:.")
	if written == "" || utf8.RuneCountInString(written) > maxWhom {
		return nil, ""
	}
	return splitWho(written), written
}

// firstVerb is where what somebody is asked to do begins in a key behind a byte of it, -1 where it does not: "và các tổ chức" goes on
// with whom it is asked.
func firstVerb(k string, from int) int {
	for from < len(k) {
		verb := reTaskVerb.FindStringIndex(k[from:])
		if verb == nil {
			return -1
		}
		if at := from + verb[0]; !strings.HasSuffix(k[:at], " các") {
			return at
		}
		from += verb[0] + 1
	}
	return -1
}

// goesOn tells whether what follows a comma belongs to the name before it: "Các phòng, ban, đơn vị thuộc thị xã".
func goesOn(before, after string) bool {
	before = strings.TrimSpace(before)
	several := strings.HasPrefix(before, "các ") || strings.Contains(before, " các ")
	return several && startsLower(after) && opensWith(key(after), kindsOfWho)
}

// kindsOfWho are what several who are named together are called.
var kindsOfWho = []string{"bà", "ban", "ngành", "đơn vị", "cơ quan", "tổ chức", "địa phương", "đoàn thể", "hội", "phòng", "sở", "trường", "chi hội", "chi đoàn", "thôn", "tổ dân phố", "chi bộ", "đảng bộ"}

// splitWho takes several names apart where a further one begins: "Phòng Giáo dục và Đào tạo, Đoàn Thanh niên".
func splitWho(s string) []string {
	var out []string
	add := func(part string) {
		if part = strings.Trim(part, " ,;:."); part != "" && len(out) < maxWhomList {
			out = append(out, part)
		}
	}
	k := key(s)
	start := 0
	for i := 0; i < len(k); i++ {
		skip := 0
		switch {
		case k[i] == ';':
			skip = 1
		case k[i] == ',' && isWho(strings.TrimLeft(k[i+1:], " ")) && !goesOn(k[start:i], strings.TrimSpace(original(s, k, i+1, len(k)))):
			skip = 1
		case strings.HasPrefix(k[i:], " và ") && isWho(k[i+len(" và "):]):
			skip = len(" và ")
		}
		if skip > 0 {
			add(original(s, k, start, i))
			start = i + skip
			i += skip - 1
		}
	}
	add(original(s, k, start, len(k)))
	return out
}
