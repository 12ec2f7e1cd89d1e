package spoken_test

import (
	"strings"
	"testing"

	"sachhon/internal/lang/spoken"
)

// hard are sentences of real bulletins, with what an announcer says.
var hard = []struct{ in, want string }{
	{"Thử thách diễn ra từ 29/5–09/6/2024.", "Thử thách diễn ra từ ngày hai mươi chín tháng năm đến mồng chín tháng sáu năm hai nghìn không trăm hai mươi tư."},
	{"từ ngày 29/5 đến 09/6/2024", "từ ngày hai mươi chín tháng năm đến mồng chín tháng sáu năm hai nghìn không trăm hai mươi tư"},
	{"Ra quân ngày 06/6", "Ra quân ngày mồng sáu tháng sáu"},
	{"Đăng ký trước 17h ngày 05/6.", "Đăng ký trước mười bảy giờ ngày mồng năm tháng sáu."},
	{"Tập trung lúc 7h30, Chủ nhật 09/6.", "Tập trung lúc bảy giờ ba mươi phút, Chủ nhật mồng chín tháng sáu."},
	{"Phát lúc 19h hằng ngày", "Phát lúc mười chín giờ hằng ngày"},
	{"giờ: 7h–11h; 13h30–17h", "giờ: bảy giờ đến mười một giờ; mười ba giờ ba mươi phút đến mười bảy giờ"},
	{"từ 8 – 10 giờ sáng", "từ tám đến mười giờ sáng"},
	{"(02/6 – 30/6)", "(mồng hai tháng sáu đến ngày ba mươi tháng sáu)"},
	{"thứ 2, ngày 10/6", "thứ hai, ngày mồng mười tháng sáu"},
	{"Quý II năm 2024", "Quý hai năm hai nghìn không trăm hai mươi tư"},
	{"khu vực I và II", "khu vực một và hai"},
	{"cuộc thi lần thứ 2", "cuộc thi lần thứ hai"},
	{"Thu gom 2,5 tấn rác", "Thu gom hai phẩy năm tấn rác"},
	{"1.250 kg nhựa", "một nghìn hai trăm năm mươi ki lô gam nhựa"},
	{"dọn 3.000m2 bãi sông", "dọn ba nghìn mét vuông bãi sông"},
	{"trồng 0,5 ha cây xanh", "trồng không phẩy năm héc ta cây xanh"},
	{"túi 50 × 70 cm", "túi năm mươi nhân bảy mươi xen ti mét"},
	{"đạt 100% chỉ tiêu", "đạt một trăm phần trăm chỉ tiêu"},
	{"Tăng 12,5% so với năm 2023", "Tăng mười hai phẩy năm phần trăm so với năm hai nghìn không trăm hai mươi ba"},
	{"giảm 1/3 lượng rác", "giảm một phần ba lượng rác"},
	{"hơn 3/4 số hộ đã phân loại", "hơn ba phần tư số hộ đã phân loại"},
	{"đã có 5/9 xã, phường báo cáo", "đã có năm trên chín xã, phường báo cáo"},
	{"số nhà 12/5 Lê Lợi", "số nhà mười hai trên năm Lê Lợi"},
	{"ra quân 3 buổi/tuần", "ra quân ba buổi mỗi tuần"},
	{"giải Nhất 3.000.000 đồng/giải", "giải Nhất ba triệu đồng mỗi giải"},
	{"mỗi xã/phường một đội", "mỗi xã, phường một đội"},
	{"rác hữu cơ & vô cơ", "rác hữu cơ và vô cơ"},
	{"văn hóa - xã hội", "văn hóa, xã hội"},
	{"ứng dụng Hue-S", "ứng dụng Huế ét"},
	{"Quét mã QR trên tờ A4.", "Quét mã quy rờ trên tờ a bốn."},
	{"UBND TP. Huế", "Ủy ban nhân dân thành phố Huế"},
	{"TDP 5, P. Thủy Dương", "Tổ dân phố năm, phường Thủy Dương"},
	{"nhà văn hóa TDP 3A", "nhà văn hóa tổ dân phố ba a"},
	{"TX. Hương Trà, tỉnh TT-Huế", "Thị xã Hương Trà, tỉnh Thừa Thiên Huế"},
	{"Ban Tổ chức (BTC) kính mời", "Ban Tổ chức kính mời"},
	{"PGS.TS. Nguyễn Văn An", "Phó giáo sư tiến sĩ Nguyễn Văn An"},
	{"phòng, chống Covid-19", "phòng, chống cô vít mười chín"},
	{"trên QL1A, Km 820", "trên quốc lộ một a, ki lô mét tám trăm hai mươi"},
	{
		"Thực hiện Công văn số 1903/UBND-VH ngày 06/6/2024 của UBND thị xã",
		"Thực hiện Công văn số một nghìn chín trăm linh ba, Ủy ban nhân dân, vê hát, ngày mồng sáu tháng sáu năm hai nghìn không trăm hai mươi tư của Ủy ban nhân dân thị xã",
	},
	{"Nghị định số 25/2024/NĐ-CP", "Nghị định số hai mươi lăm năm hai nghìn không trăm hai mươi tư, nghị định, Chính phủ"},
	{"Kế hoạch 1518/KH-STTTT", "Kế hoạch số một nghìn năm trăm mười tám, kế hoạch, Sở Thông tin và Truyền thông"},
	{"Xin gọi 0234.3822123.", "Xin gọi không hai ba bốn, ba tám hai, hai một hai ba."},
	{"ĐT: 0234 3557 123 (giờ hành chính)", "Điện thoại: không hai ba bốn, ba năm năm bảy, một hai ba (giờ hành chính)"},
	{"số 0905.123.456", "số không chín không năm, một hai ba, bốn năm sáu"},
	{"Đường dây nóng 19001075.", "Đường dây nóng một chín không không, một không bảy năm."},
	{"thư: vhtt.huongtra@thuathienhue.gov.vn", "thư: vê hát tê tê chấm huongtra a còng thuathienhue chấm gốp chấm vi en"},
	{"tại https://huongtra.thuathienhue.gov.vn/", "tại huongtra chấm thuathienhue chấm gốp chấm vi en"},
	{"sachhon.vn/dang-ky", "sachhon chấm vi en gạch chéo dang gạch ngang ky"},
	{"Điều 5, khoản 2", "Điều năm, khoản hai"},
	{"năm học 2023-2024", "năm học hai nghìn không trăm hai mươi ba đến hai nghìn không trăm hai mươi tư"},
}

// symbols are signs of which a synthetic voice says the name.
const symbols = "/–—-×%&+=@#*_~^|\\<>°§•"

func TestHardSentences(t *testing.T) {
	if len(hard) < 40 {
		t.Fatalf("only %d sentences", len(hard))
	}
	for _, tt := range hard {
		got := spoken.Text(tt.in)
		if got != tt.want {
			t.Errorf("%q\n got %q\nwant %q", tt.in, got, tt.want)
		}
		check(t, tt.in)
		if strings.ContainsAny(got, symbols) {
			t.Errorf("%q: a sign is left in %q", tt.in, got)
		}
	}
}
