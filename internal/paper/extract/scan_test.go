package extract_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sachhon/internal/paper/extract"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/testkit/program"
)

type (
	sheet = papertest.Sheet
	box   = papertest.Box
)

const width = papertest.Width

var page = papertest.Whole

const (
	signatureBox = "Người ký: Ủy ban nhân dân\nthị xã Hương An\nEmail: ubnd@huongan.example.vn\nCơ quan: Tỉnh An Gia\nThời gian ký: 06.06.2024 15:02:11 +07:00"
	arrivalStamp = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\nCÔNG VĂN ĐẾN\nSố: 4410\nNgày: 07/6/2024\nChuyển: Phòng Nghiệp vụ"
	shortLetter  = `ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN MẪU                    Độc lập - Tự do - Hạnh phúc
Số: 18/UBND-VX         Tân Mẫu, ngày 07 tháng 11 năm 2024
V/v thu gom pin cũ
Kính gửi: Các trường học trên địa bàn xã.
Ủy ban nhân dân xã Tân Mẫu đề nghị các trường đặt thùng thu gom pin cũ trước ngày 20/11/2024./.
Nơi nhận:                       TM. ỦY BAN NHÂN DÂN
- Như trên;                           CHỦ TỊCH
- Lưu: VT.
                                       Tạ Văn Mẫu`
)

func TestScansAreToldApart(t *testing.T) {
	for _, name := range []string{"pdftotext", "pdfimages", "pdfinfo"} {
		program.Need(t, name, "poppler-utils")
	}
	scanned := func(x, y float64, text string) sheet { return sheet{Pictures: []box{page}, X: x, Y: y, Text: text} }
	letter := func(pictures ...box) sheet { return sheet{Pictures: pictures, X: 20, Y: 20, Text: shortLetter} }
	for name, tt := range map[string]struct {
		pages   []sheet
		dpi     float64
		scan    bool
		notices []extract.NoticeCode
	}{
		"a picture":                              {pages: []sheet{scanned(0, 0, "")}, scan: true},
		"with the box of a signature":            {pages: []sheet{scanned(120, 20, signatureBox)}, scan: true},
		"with a stamp of arrival":                {pages: []sheet{scanned(20, 20, arrivalStamp)}, scan: true},
		"with the name of a scanner":             {pages: []sheet{scanned(20, 290, "Scanned with CamScanner")}, scan: true},
		"with numbers of pages":                  {pages: []sheet{scanned(0, 0, ""), scanned(105, 10, "2"), scanned(105, 10, "Trang 3/3")}, scan: true},
		"with all of these, and words unknown":   {pages: []sheet{scanned(20, 20, arrivalStamp+"\n\n"+signatureBox+"\n\n\n\nBản gốc lưu tại văn thư\nMã tra cứu: 8K2J-77QA")}, scan: true},
		"in strips":                              {pages: []sheet{{Pictures: []box{{X: 0, Y: 0, W: width, H: 100}, {X: 0, Y: 100, W: width, H: 100}, {X: 0, Y: 200, W: width, H: 97}}, X: 120, Y: 20, Text: signatureBox}}, scan: true},
		"with margins":                           {pages: []sheet{{Pictures: []box{{X: 15, Y: 20, W: 180, H: 257}}, X: 120, Y: 20, Text: signatureBox}}, scan: true},
		"coarse, as phones send it":              {dpi: 72, pages: []sheet{scanned(120, 20, signatureBox)}, scan: true},
		"with an appendix of text":               {pages: []sheet{scanned(120, 20, signatureBox), letter()}, scan: true},
		"drawn in lines, with a box alone":       {pages: []sheet{{X: 120, Y: 20, Text: signatureBox}}, scan: true},
		"recognised":                             {pages: []sheet{letter(page), scanned(20, 20, "Tạ Văn Mẫu")}, notices: []extract.NoticeCode{extract.Recognised}},
		"recognised, a page that was not":        {pages: []sheet{letter(page), scanned(0, 0, "")}, notices: []extract.NoticeCode{extract.Recognised, extract.Pictures}},
		"a short letter":                         {pages: []sheet{letter()}},
		"a short letter with a logo":             {pages: []sheet{letter(box{X: 20, Y: 15, W: 25, H: 25})}},
		"a short letter with a photo":            {pages: []sheet{letter(box{X: 20, Y: 120, W: 170, H: 120})}},
		"a short letter with a signature's box":  {pages: []sheet{{Pictures: []box{{X: 130, Y: 70, W: 30, H: 30}}, X: 20, Y: 20, Text: shortLetter + "\n\n" + signatureBox}}},
		"a letter on a coloured ground":          {dpi: 5, pages: []sheet{letter(page)}},
		"a letter whose appendix is scanned":     {pages: []sheet{letter(), scanned(105, 10, "2"), scanned(105, 10, "3")}, notices: []extract.NoticeCode{extract.Pictures}},
		"a letter below a page with nothing":     {pages: []sheet{{}, letter()}},
		"a list of few words, with a small logo": {pages: []sheet{{Pictures: []box{{X: 20, Y: 15, W: 25, H: 25}}, X: 20, Y: 60, Text: "Chương trình ngày hội\n7 giờ 30: đón khách"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.dpi == 0 {
				tt.dpi = 100
			}
			got, err := extract.Read(t.Context(), papertest.Sheets(t, tt.dpi, tt.pages...))
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind != extract.PDF || got.Scan != tt.scan || tt.scan != (got.Text == "") {
				t.Errorf("scan %v, want %v: %q", got.Scan, tt.scan, got.Text)
			}
			var codes []extract.NoticeCode
			for _, n := range got.Notices {
				codes = append(codes, n.Code)
			}
			if !slices.Equal(codes, tt.notices) {
				t.Errorf("notices %v, want %v", got.Notices, tt.notices)
			}
		})
	}
}

// What was printed over the picture of a page is kept apart: a mark of secrecy may be among it.
func TestTextOverAScanIsInItsMargins(t *testing.T) {
	program.Need(t, "pdfimages", "poppler-utils")
	got, err := extract.Read(t.Context(), papertest.Sheets(t, 100, sheet{Pictures: []box{page}, X: 20, Y: 20, Text: "TỐI MẬT\n" + signatureBox}))
	if err != nil || !got.Scan || !slices.Contains(got.Margins, "TỐI MẬT") {
		t.Errorf("%+v, %v", got, err)
	}
}

// A notice says which page cannot be read.
func TestPagesOfPicturesAreNamed(t *testing.T) {
	program.Need(t, "pdfimages", "poppler-utils")
	got, err := extract.Read(t.Context(), papertest.Sheets(t, 100, sheet{X: 20, Y: 20, Text: shortLetter}, sheet{X: 20, Y: 20, Text: shortLetter}, sheet{Pictures: []box{page}}))
	if err != nil || len(got.Notices) != 1 {
		t.Fatalf("%+v, %v", got.Notices, err)
	}
	if n := got.Notices[0]; n.Code != extract.Pictures || !slices.Equal(n.Args, []any{"Count", 1, "Page", 3}) {
		t.Errorf("%+v", n)
	}
}

// Without the programs that list pictures, the text decides alone.
func TestScansWithoutALookAtPictures(t *testing.T) {
	pdftotext := program.Need(t, "pdftotext", "poppler-utils")
	dir := t.TempDir()
	if err := os.Symlink(pdftotext, filepath.Join(dir, "pdftotext")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	for text, scan := range map[string]bool{signatureBox: true, arrivalStamp[len("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\n"):]: true, shortLetter: false} {
		got, err := extract.Read(t.Context(), papertest.Sheets(t, 100, sheet{Pictures: []box{page}, X: 20, Y: 20, Text: text}))
		if err != nil || got.Scan != scan || len(got.Notices) > 0 {
			t.Errorf("%q: scan %v, %v, %v", text, got.Scan, got.Notices, err)
		}
	}
}
