package spoken_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"sachhon/internal/lang/spoken"
)

var cases = []struct{ in, want string }{
	// figures
	{"có 0 vụ", "có không vụ"},
	{"có 1 đội", "có một đội"},
	{"có 4 đội", "có bốn đội"},
	{"có 5 đội", "có năm đội"},
	{"có 10 đội", "có mười đội"},
	{"có 11 đội", "có mười một đội"},
	{"có 14 đội", "có mười bốn đội"},
	{"có 15 đội", "có mười lăm đội"},
	{"có 20 đội", "có hai mươi đội"},
	{"có 21 đội", "có hai mươi mốt đội"},
	{"có 24 đội", "có hai mươi tư đội"},
	{"có 25 đội", "có hai mươi lăm đội"},
	{"có 55 đội", "có năm mươi lăm đội"},
	{"có 91 đội", "có chín mươi mốt đội"},
	{"có 100 người", "có một trăm người"},
	{"có 101 người", "có một trăm linh một người"},
	{"có 105 người", "có một trăm linh năm người"},
	{"có 110 người", "có một trăm mười người"},
	{"có 115 người", "có một trăm mười lăm người"},
	{"có 121 người", "có một trăm hai mươi mốt người"},
	{"có 1000 người", "có một nghìn người"},
	{"có 1001 người", "có một nghìn không trăm linh một người"},
	{"có 1903 người", "có một nghìn chín trăm linh ba người"},
	{"có 2024 người", "có hai nghìn không trăm hai mươi tư người"},
	{"hơn 2.800 lượt", "hơn hai nghìn tám trăm lượt"},
	{"có 10.050 người", "có mười nghìn không trăm năm mươi người"},
	{"có 51.887 người", "có năm mươi mốt nghìn tám trăm tám mươi bảy người"},
	{"có 1.000.000 cây", "có một triệu cây"},
	{"có 1.000.005 cây", "có một triệu không trăm linh năm cây"},
	{"có 2.000.000.000 cây", "có hai tỷ cây"},
	{"có 05 đội", "có năm đội"},
	{"Hãy tham gia. 20 giải đang chờ! 5 đội đã đăng ký.", "Hãy tham gia. Hai mươi giải đang chờ! Năm đội đã đăng ký."},
	{"2/3 số hộ tham gia", "hai phần ba số hộ tham gia"},
	{"ngày 2/3 số hộ tham gia", "ngày mồng hai tháng ba số hộ tham gia"},
	{"3/4 dân số", "ba phần tư dân số"},
	{"mã 000123", "mã không không không một hai ba"},
	// decimals
	{"nặng 12,5 tấn", "nặng mười hai phẩy năm tấn"},
	{"nặng 12,75 tấn", "nặng mười hai phẩy bảy mươi lăm tấn"},
	{"nặng 0,05 tấn", "nặng không phẩy không năm tấn"},
	{"nặng 1.234,5 tấn", "nặng một nghìn hai trăm ba mươi tư phẩy năm tấn"},
	{"nặng 12.5 tấn", "nặng mười hai phẩy năm tấn"},
	{"nặng 3,125 tấn", "nặng ba phẩy một hai năm tấn"},
	// percent, money, measures
	{"đạt 75%", "đạt bảy mươi lăm phần trăm"},
	{"đạt 98,9 %.", "đạt chín mươi tám phẩy chín phần trăm."},
	{"5‰", "năm phần nghìn"},
	{"giải 3.000.000 đồng", "giải ba triệu đồng"},
	{"giải 1.500.000đ", "giải một triệu năm trăm nghìn đồng"},
	{"giải 500.000 VNĐ", "giải năm trăm nghìn đồng"},
	{"thu 320 kg rác", "thu ba trăm hai mươi ki lô gam rác"},
	{"thu 320kg rác", "thu ba trăm hai mươi ki lô gam rác"},
	{"dài 3,5 km", "dài ba phẩy năm ki lô mét"},
	{"rộng 200 m2", "rộng hai trăm mét vuông"},
	{"rộng 200 m²", "rộng hai trăm mét vuông"},
	{"chứa 3 m³", "chứa ba mét khối"},
	{"trồng 2 ha", "trồng hai héc ta"},
	{"nóng 38°C", "nóng ba mươi tám độ xê"},
	{"tính bằng kg", "tính bằng ki lô gam"},
	{"chạy 40 km/h", "chạy bốn mươi ki lô mét một giờ"},
	// ranges and shares
	{"từ 5-7 người", "từ năm đến bảy người"},
	{"từ 5 – 7 người", "từ năm đến bảy người"},
	{"150-300 từ", "một trăm năm mươi đến ba trăm từ"},
	{"10-15%", "mười đến mười lăm phần trăm"},
	{"có 5/9 xã, phường", "có năm trên chín xã, phường"},
	{"trực 24/7", "trực suốt ngày đêm"},
	// dates
	{"06/6", "mồng sáu tháng sáu"},
	{"ngày 06/6", "ngày mồng sáu tháng sáu"},
	{"15/6/2024", "ngày mười lăm tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"ngày 15/6/2024", "ngày mười lăm tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"ngày 10/4", "ngày mồng mười tháng tư"},
	{"ngày 11/4", "ngày mười một tháng tư"},
	{"ngày 01/01/2025", "ngày mồng một tháng một năm hai nghìn không trăm hai mươi lăm"},
	{"ngày 30-6-2024", "ngày ba mươi tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"ngày 30.6.2024", "ngày ba mươi tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"2024-06-15", "ngày mười lăm tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"ngày 06 tháng 6 năm 2024", "ngày mồng sáu tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"ngày 16 tháng 4", "ngày mười sáu tháng tư"},
	{"tháng 6/2024", "tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"trong 6/2024", "trong tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"từ 02/6 đến 30/6", "từ mồng hai tháng sáu đến ngày ba mươi tháng sáu"},
	{"ngày 5-7/6", "ngày mồng năm đến mồng bảy tháng sáu"},
	{"02/6-30/6/2024", "mồng hai tháng sáu đến ngày ba mươi tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"sáng thứ 4", "sáng thứ tư"},
	{"sáng thứ 7", "sáng thứ bảy"},
	{"lần thứ 1", "lần thứ nhất"},
	{"trong 5 ngày", "trong năm ngày"},
	{"quý II", "quý hai"},
	{"khóa XIII", "khóa mười ba"},
	{"lần thứ IV", "lần thứ tư"},
	// times
	{"lúc 7h30", "lúc bảy giờ ba mươi phút"},
	{"lúc 07h30", "lúc bảy giờ ba mươi phút"},
	{"lúc 07 giờ 30", "lúc bảy giờ ba mươi phút"},
	{"lúc 07 giờ 30 phút", "lúc bảy giờ ba mươi phút"},
	{"lúc 17:00", "lúc mười bảy giờ"},
	{"lúc 17:05", "lúc mười bảy giờ năm phút"},
	{"lúc 5h", "lúc năm giờ"},
	{"lúc 5g15", "lúc năm giờ mười lăm phút"},
	{"từ 5:00-6:00", "từ năm giờ đến sáu giờ"},
	{"từ 5h-6h", "từ năm giờ đến sáu giờ"},
	{"07h30 ngày 06/6/2024", "bảy giờ ba mươi phút ngày mồng sáu tháng sáu năm hai nghìn không trăm hai mươi tư"},
	// telephones
	{"gọi 0912 345 678", "gọi không chín một hai, ba bốn năm, sáu bảy tám"},
	{"gọi 0912345678", "gọi không chín một hai, ba bốn năm, sáu bảy tám"},
	{"gọi +84912345678", "gọi không chín một hai, ba bốn năm, sáu bảy tám"},
	{"gọi 0234.3839345", "gọi không hai ba bốn, ba tám ba, chín ba bốn năm"},
	{"gọi 0234 3839 345", "gọi không hai ba bốn, ba tám ba chín, ba bốn năm"},
	{"gọi 19001075", "gọi một chín không không, một không bảy năm"},
	{"tổng đài 1022", "tổng đài một không hai hai"},
	{"gọi 114", "gọi một một bốn"},
	// documents
	{"Công văn số 1903/UBND-VH", "Công văn số một nghìn chín trăm linh ba, Ủy ban nhân dân, vê hát"},
	{"1903/UBND-VH", "số một nghìn chín trăm linh ba, Ủy ban nhân dân, vê hát"},
	{"Kế hoạch 1518/KH-STTTT", "Kế hoạch số một nghìn năm trăm mười tám, kế hoạch, Sở Thông tin và Truyền thông"},
	{"Nghị định 49/2024/NĐ-CP", "Nghị định số bốn mươi chín năm hai nghìn không trăm hai mươi tư, nghị định, Chính phủ"},
	{"số 406-CV/BTGTU", "số bốn trăm linh sáu, công văn, Ban Tuyên giáo Tỉnh ủy"},
	// abbreviations
	{"UBND phường", "Ủy ban nhân dân phường"},
	{"HĐND-UBND phường", "Hội đồng nhân dân, Ủy ban nhân dân phường"},
	{"UBMTTQ xã", "Ủy ban Mặt trận Tổ quốc xã"},
	{"các TDP", "các tổ dân phố"},
	{"BTC cuộc thi", "Ban Tổ chức cuộc thi"},
	{"TP. Huế", "Thành phố Huế"},
	{"ở TP.Huế", "ở thành phố Huế"},
	{"ở TX. Hương Trà", "ở thị xã Hương Trà"},
	{"ở P. Tứ Hạ", "ở phường Tứ Hạ"},
	{"các CLB và ĐVTN", "các câu lạc bộ và đoàn viên thanh niên"},
	{"phòng TNMT", "phòng Tài nguyên và Môi trường"},
	{"phòng TN&MT", "phòng Tài nguyên và Môi trường"},
	{"nền tảng Hue-S", "nền tảng Huế ét"},
	{"quét mã QR", "quét mã quy rờ"},
	{"đ/c bí thư", "đồng chí bí thư"},
	{"chai, lọ v.v.", "chai, lọ vân vân"},
	{"nhóm XYZ", "nhóm ích i dài dét"},
	{"giấy A4", "giấy a bốn"},
	{"đường QL1A", "đường quốc lộ một a"},
	{"KÍNH THƯA BÀ CON NHÂN DÂN", "Kính thưa bà con nhân dân"},
	{"UBND PHƯỜNG TỨ HẠ THÔNG BÁO", "Ủy ban nhân dân phường tứ hạ thông báo"},
	// addresses
	{"tại https://hue-s.example.vn/", "tại hue gạch ngang ét chấm example chấm vi en"},
	{"tại www.tuha.gov.vn.", "tại tuha chấm gốp chấm vi en."},
	{"tại sachhon.vn/2024", "tại sachhon chấm vi en gạch chéo hai không hai bốn"},
	{"tại https://sachhon.vn/cuoc-thi/x?a=1", "tại sachhon chấm vi en"},
	{"thư đến lienhe@sachhon.vn", "thư đến lienhe a còng sachhon chấm vi en"},
	{"#ChuNhatXanh2024", "Chu Nhat Xanh hai không hai bốn"},
	// signs
	{"rác & nước", "rác và nước"},
	{"Sạch hơn, xanh hơn!", "Sạch hơn, xanh hơn!"},
	{"- 3 đội.", "Ba đội."},
}

func TestText(t *testing.T) {
	if len(cases) < 100 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, tt := range cases {
		if got := spoken.Text(tt.in); got != tt.want {
			t.Errorf("%q\n got %q\nwant %q", tt.in, got, tt.want)
		}
		decomposed := norm.NFD.String(tt.in)
		if got := spoken.Text(decomposed); got != tt.want {
			t.Errorf("%q decomposed: got %q", tt.in, got)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{
		-4: "âm bốn", 0: "không", 44: "bốn mươi tư", 1_000_000_000: "một tỷ", 1_002_003: "một triệu không trăm linh hai nghìn không trăm linh ba",
		1_500_000_000_000: "một nghìn tỷ năm trăm tỷ",
	} {
		if got := spoken.Number(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestSyllables(t *testing.T) {
	if got := spoken.Syllables("Kính thưa bà con - nhân dân!"); got != 6 {
		t.Errorf("%d syllables", got)
	}
}

// check holds every output to the promise of the package.
func check(t interface {
	Helper()
	Fatalf(string, ...any)
}, in string,
) {
	t.Helper()
	out := spoken.Text(in)
	if !norm.NFC.IsNormalString(out) {
		t.Fatalf("%q: not NFC: %q", in, out)
	}
	last := false
	for _, r := range out {
		if unicode.Is(unicode.N, r) {
			t.Fatalf("%q: a figure is left: %q", in, out)
		}
		upper := unicode.IsUpper(r)
		if upper && last {
			t.Fatalf("%q: an abbreviation is left: %q", in, out)
		}
		last = upper
	}
	if strings.ContainsAny(out, symbols) {
		t.Fatalf("%q: a sign is left: %q", in, out)
	}
	if again := spoken.Text(out); strings.ContainsFunc(again, func(r rune) bool { return unicode.Is(unicode.N, r) }) {
		t.Fatalf("%q: said twice: %q", in, again)
	}
}

func TestNothingIsLeftToGuess(t *testing.T) {
	var pieces []string
	for _, c := range cases {
		pieces = append(pieces, strings.Fields(c.in)...)
	}
	pieces = append(pieces, "-", "/", ".", ",", "–", "(", ")", "\n", "Ⅳ", "②", "٣", "ĐÀ", "NẴNG", "0", "00", "999999999999999999999", "mH2O", "iPhone15")
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "words")
		check(t, strings.Join(words, rapid.SampledFrom([]string{" ", "", "-", "/", "."}).Draw(t, "joint")))
	})
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "text")) })
}

func FuzzText(f *testing.F) {
	for _, c := range cases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if len(in) > 4000 {
			t.Skip()
		}
		check(t, in)
	})
}
