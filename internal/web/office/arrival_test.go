package office_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/imaging/imagingtest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
)

// TestTheStampOfArrivals: on the letter where it may be, before it where not, and the page says which.
func TestTheStampOfArrivals(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		letterOf := func(symbol string, room bool) []byte {
			doc := decreetest.Letter()
			doc.Number = symbol
			if room { // nothing stands below the number
				doc.Type, doc.Notation, doc.Addressees = "thông báo", "TB-UBND", nil
				doc.Blocks = append([]letter.Block{{Kind: letter.ParagraphBlock, Text: strings.Repeat("\u00a0\n", 9)}}, doc.Blocks[0])
			}
			var file bytes.Buffer
			if err := decree.PDF(&file, doc, decree.Options{}); err != nil {
				t.Fatal(err)
			}
			return file.Bytes()
		}
		signer := pdfsigntest.New(t, "Nguyễn Văn Mẫu", organOfSigner, nil)
		for _, tt := range []struct {
			name string
			in   letter.DraftInput
			says string
			more int // sheets beside those of the letter
		}{
			{"room", letter.DraftInput{File: bytes.NewReader(letterOf("41", true))}, foreseen, 0},
			{"no room", letter.DraftInput{File: bytes.NewReader(letterOf("42", false))}, foreseen, 1},
			{"signed", letter.DraftInput{File: bytes.NewReader(signer.Sign(t, letterOf("43", true)))}, foreseen, 1},
			{"text", letter.DraftInput{Text: lettertest.Text("44", "Họp dân.")}, "chỉ in riêng tờ dấu đến", 1},
		} {
			if tt.in.Issuer = d.Town.ID; tt.in.File != nil {
				tt.in.FileName = "a.pdf"
			}
			l, err := d.Letters.Draft(t.Context(), d.clerk, tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.Letters.Enter(t.Context(), d.clerk, l.ID, nil); err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			at, of := "/don-vi/so-van-ban/den/"+string(l.ID), "?don-vi="+string(d.Town.ID)
			want(t, tt.name, d.As(d.clerk).Get(at+of), http.StatusOK, tt.says, "/don-vi/cong-van/"+string(l.ID)+"/tep", "/don-vi/cong-van/"+string(l.ID)+`"`)
			switch signs := map[string]string{"signed": "Nội dung nguyên vẹn", "room": "không có chữ ký số", "no room": "không có chữ ký số"}[tt.name]; signs {
			case "":
				lacks(t, tt.name, d.Get(at+of), "Chữ ký số của tệp")
			default:
				want(t, tt.name, d.Get(at+of), http.StatusOK, "Chữ ký số của tệp", signs)
			}
			file := []byte(d.Get(at + "/pdf" + of).Body)
			pages, pictures := papertest.Pages(t, file), papertest.Pictures(t, file, 72)
			if _, ok := pages[0].Find("ĐẾN Số:"); !ok {
				t.Errorf("%s: the first sheet says %q", tt.name, pages[0].Text())
			}
			ink, ok := pictures[0].Extent(papertest.Red, papertest.Rect{X1: pages[0].Width, Y1: pages[0].Height})
			if !ok || (ink.X1-ink.X0)/paper.MM < 48 || (ink.X1-ink.X0)/paper.MM > 52 || (ink.Y1-ink.Y0)/paper.MM < 33 || (ink.Y1-ink.Y0)/paper.MM > 37 {
				t.Errorf("%s: the stamp is %+v, %v", tt.name, ink, ok)
			}
			if tt.name == "text" {
				continue
			}
			if len(pages) != 1+tt.more || !strings.Contains(pages[tt.more].Text(), "Độc lập - Tự do - Hạnh phúc") {
				t.Errorf("%s: %d sheets", tt.name, len(pages))
			}
			if tt.more > 0 {
				continue
			}
			for _, w := range papertest.Pages(t, letterOf("41", true))[0].Words { // what the letter says is not stamped over
				if w.XMax > ink.X0 && w.XMin < ink.X1 && w.YMax > ink.Y0 && w.YMin < ink.Y1 {
					t.Errorf("the stamp covers %q", w.Text)
				}
			}
		}
	})
}

// foreseen is said of a file that nobody has opened yet: where the stamp stands is seen on the printed sheets.
const foreseen = "Dấu đến in vào chỗ trống ở trang đầu; "

// TestTheStampOnAPicture: a letter of which there is a picture is a sheet A4 with all of the picture and the stamp on it, beside
// what is printed there or above it; further pages follow as they are.
func TestTheStampOnAPicture(t *testing.T) {
	blank := imagingtest.Sheet(827, 1170)
	for i := range blank.Pix { // but for a strip at the foot
		if blank.Pix[i] = 255; i > len(blank.Pix)*9/10 {
			blank.Pix[i] = 0
		}
	}
	full := imagingtest.Sheet(827, 1170)
	for i := range full.Pix { // a photo is grey where paper is white
		full.Pix[i] -= full.Pix[i] / 3
	}
	asPNG := func(m image.Image) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	eachDesk(t, func(t *testing.T, d *desk) {
		for i, tt := range []struct {
			name  string
			file  []byte
			says  string
			pages int
		}{
			{"room", asPNG(blank), foreseen, 1},
			{"a photo", asPNG(full), foreseen, 1},
			{"two pages", imagingtest.TIFF(imagingtest.Leaf{Image: full}, imagingtest.Leaf{Image: full}), foreseen, 2},
		} {
			l, err := d.Letters.Draft(t.Context(), d.clerk, letter.DraftInput{Issuer: d.Town.ID, File: bytes.NewReader(tt.file), FileName: "a"})
			if err != nil {
				t.Fatal(err)
			}
			f := l.Fields
			f.Organ, f.Type, f.Number, f.Notation, f.Subject = "Sở Thử nghiệm", "công văn", fmt.Sprint(70+i), "STN-VP", "ra quân"
			f.Date = letter.Date{Year: 2024, Month: 6, Day: 5}
			if l, err = d.Letters.Correct(t.Context(), d.clerk, l.ID, l.Version, f); err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.Letters.Enter(t.Context(), d.clerk, l.ID, nil); err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			at, of := "/don-vi/so-van-ban/den/"+string(l.ID), "?don-vi="+string(d.Town.ID)
			want(t, tt.name, d.As(d.clerk).Get(at+of), http.StatusOK, tt.says)
			file := []byte(d.Get(at + "/pdf" + of).Body)
			pages, pictures := papertest.Pages(t, file), papertest.Pictures(t, file, 72)
			if len(pages) != tt.pages {
				t.Fatalf("%s: %d sheets", tt.name, len(pages))
			}
			ink, ok := pictures[0].Extent(papertest.Red, papertest.Rect{X1: 595, Y1: 842})
			if _, found := pages[0].Find("ĐẾN Số:"); !found || !ok {
				t.Fatalf("%s: no stamp", tt.name)
			}
			below, ok := pictures[0].Extent(papertest.Dark, papertest.Rect{Y0: ink.Y1 + 2, X1: 595, Y1: 842})
			if !ok || below.Y1 < 700 {
				t.Errorf("%s: of the picture is seen %+v", tt.name, below)
			}
			beside, covered := pictures[0].Extent(papertest.Dark, papertest.Rect{X0: ink.X1 + 2, X1: 595, Y1: ink.Y1})
			if tt.name != "room" && covered {
				t.Errorf("%s: the picture stands beside its stamp, at %+v", tt.name, beside)
			}
		}
	})
}
