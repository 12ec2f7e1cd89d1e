package spoken

import (
	"strings"
	"unicode"
)

// abbreviations as offices write them, each with what is said. Letters and signs count as they stand here.
var abbreviations = map[string]string{
	"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "MTTQ": "Mặt trận Tổ quốc",
	"UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "MTTQVN": "Mặt trận Tổ quốc Việt Nam", "BCH": "Ban Chấp hành",
	"BCĐ": "Ban Chỉ đạo", "BTC": "Ban Tổ chức", "BGK": "Ban Giám khảo", "BTV": "Ban Thường vụ", "BTT": "Ban Thường trực",
	"BQL": "Ban quản lý", "BTGTU": "Ban Tuyên giáo Tỉnh ủy", "BTG": "Ban Tuyên giáo", "TTTT": "Thông tin và Truyền thông",
	"STTTT": "Sở Thông tin và Truyền thông", "BTTTT": "Bộ Thông tin và Truyền thông", "TNMT": "Tài nguyên và Môi trường",
	"TN&MT": "Tài nguyên và Môi trường", "STNMT": "Sở Tài nguyên và Môi trường", "BTNMT": "Bộ Tài nguyên và Môi trường",
	"VHTT": "Văn hóa và Thông tin", "VHTTDL": "Văn hóa, Thể thao và Du lịch", "VHXH": "văn hóa, xã hội", "GDĐT": "Giáo dục và Đào tạo",
	"GD&ĐT": "Giáo dục và Đào tạo", "LĐTBXH": "Lao động, Thương binh và Xã hội", "KTXH": "kinh tế, xã hội",
	"TDP": "tổ dân phố", "KDC": "khu dân cư", "CLB": "câu lạc bộ", "ĐVTN": "đoàn viên thanh niên", "TNTP": "Thiếu niên Tiền phong",
	"ĐTN": "Đoàn Thanh niên", "TNCS": "Thanh niên Cộng sản", "TNCSHCM": "Thanh niên Cộng sản Hồ Chí Minh", "LHPN": "Liên hiệp Phụ nữ",
	"HND": "Hội Nông dân", "CCB": "Cựu chiến binh", "LĐLĐ": "Liên đoàn Lao động", "CBCCVC": "cán bộ, công chức, viên chức",
	"CBCC": "cán bộ, công chức", "CNV": "công nhân viên", "CNVCLĐ": "công nhân, viên chức, lao động", "HSSV": "học sinh, sinh viên",
	"THPT": "trung học phổ thông", "THCS": "trung học cơ sở", "TH": "tiểu học", "MN": "mầm non", "HTX": "hợp tác xã",
	"CTCP": "công ty cổ phần", "TNHH": "trách nhiệm hữu hạn", "DN": "doanh nghiệp", "BVMT": "bảo vệ môi trường", "VSMT": "vệ sinh môi trường",
	"ANTT": "an ninh trật tự", "PCCC": "phòng cháy, chữa cháy", "ATGT": "an toàn giao thông", "NTM": "nông thôn mới",
	"CNTT": "công nghệ thông tin", "CĐS": "chuyển đổi số", "TTHC": "thủ tục hành chính", "CCHC": "cải cách hành chính",
	"TTĐT": "thông tin điện tử", "CTTĐT": "Cổng Thông tin điện tử", "TTCS": "thông tin cơ sở", "VP": "Văn phòng",
	"TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "Tx": "thị xã", "TT": "thị trấn", "QL": "quốc lộ", "TL": "tỉnh lộ",
	"TPHCM": "Thành phố Hồ Chí Minh", "HCM": "Hồ Chí Minh", "TTH": "Thừa Thiên Huế", "VN": "Việt Nam", "CHXHCN": "Cộng hòa xã hội chủ nghĩa",
	"NĐ": "nghị định", "TTg": "Thủ tướng", "CP": "Chính phủ", "QĐ": "quyết định", "KH": "kế hoạch", "CV": "công văn", "TB": "thông báo",
	"BC": "báo cáo", "GM": "giấy mời", "TTr": "tờ trình", "CT": "chỉ thị", "NQ": "nghị quyết", "HD": "hướng dẫn", "BB": "biên bản",
	"QH": "Quốc hội", "TW": "Trung ương", "TƯ": "Trung ương", "TU": "Tỉnh ủy", "BNV": "Bộ Nội vụ", "VPCP": "Văn phòng Chính phủ",
	"QR": "quy rờ", "SMS": "ét em ét", "App": "áp", "app": "áp", "PR": "pi a", "Covid": "cô vít", "COVID": "cô vít", "AI": "ây ai",
	"Zalo": "da lô", "Facebook": "phây búc", "Fanpage": "phan pết", "fanpage": "phan pết", "website": "trang mạng", "Website": "trang mạng",
	"Hue-S": "Huế ét", "HueS": "Huế ét", "Hue-IOC": "Huế i ô xê", "đ/c": "đồng chí", "Đ/c": "Đồng chí", "v/v": "về việc", "V/v": "Về việc",
	"v.v": "vân vân", "v.v.": "vân vân", "vv": "vân vân", "ko": "không", "SĐT": "số điện thoại", "ĐT": "điện thoại", "Tel": "điện thoại",
	"STT": "số thứ tự", "GS": "giáo sư", "PGS": "phó giáo sư", "TS": "tiến sĩ", "ThS": "thạc sĩ", "BS": "bác sĩ", "NXB": "nhà xuất bản",
	"HN": "Hà Nội", "ĐH": "đại học", "CĐ": "cao đẳng", "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội", "KHKT": "khoa học kỹ thuật",
	"KS": "kỹ sư",
	"kg": "ki lô gam", "Kg": "ki lô gam", "KG": "ki lô gam", "Km": "ki lô mét", "KM": "ki lô mét", "km": "ki lô mét", "cm": "xen ti mét", "mm": "mi li mét", "ha": "héc ta", "ml": "mi li lít", "VNĐ": "đồng", "VND": "đồng",
	"kg/m3": "ki lô gam trên mét khối", "km/h": "ki lô mét một giờ", "m2": "mét vuông", "m3": "mét khối",
}

// dotted are the types of places that stand before a name with a dot: "P. Tứ Hạ".
var dotted = map[string]string{
	"TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "Tx": "thị xã", "TT": "thị trấn", "P": "phường", "X": "xã", "Q": "quận", "H": "huyện",
	"T": "tỉnh",
}

// units are said behind a figure; some are words elsewhere.
var units = map[string]string{
	"kg": "ki lô gam", "g": "gam", "km": "ki lô mét", "m": "mét", "cm": "xen ti mét", "mm": "mi li mét", "m2": "mét vuông", "m3": "mét khối",
	"km2": "ki lô mét vuông", "ha": "héc ta", "l": "lít", "ml": "mi li lít", "đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "tr": "triệu",
	"t": "tấn", "%": "phần trăm", "‰": "phần nghìn", "°c": "độ xê", "oc": "độ xê", "°": "độ", "ph": "phút", "p": "phút", "km/h": "ki lô mét một giờ",
}

var letters = map[rune]string{
	'a': "a", 'ă': "á", 'â': "ớ", 'b': "bê", 'c': "xê", 'd': "dê", 'đ': "đê", 'e': "e", 'ê': "ê", 'f': "ép", 'g': "giê", 'h': "hát", 'i': "i",
	'j': "gi", 'k': "ca", 'l': "lờ", 'm': "mờ", 'n': "nờ", 'o': "o", 'ô': "ô", 'ơ': "ơ", 'p': "pê", 'q': "quy", 'r': "rờ", 's': "ét", 't': "tê",
	'u': "u", 'ư': "ư", 'v': "vê", 'w': "vê kép", 'x': "ích", 'y': "i dài", 'z': "dét",
}

// spell says letters one by one: VH is "vê hát".
func spell(s string) string {
	var words []string
	for _, r := range s {
		r = unicode.ToLower(r)
		if name, ok := letters[r]; ok {
			words = append(words, name)
		} else if unicode.IsLetter(r) {
			words = append(words, string(r))
		}
	}
	return strings.Join(words, " ")
}

// expand says an abbreviation, or spells what is not known as one.
func expand(s string) string {
	if said, ok := abbreviations[s]; ok {
		return said
	}
	return spell(s)
}
