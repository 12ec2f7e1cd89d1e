package letter

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/testkit/program"
)

// What a program for signing prints on a page, and a stamp of arrival.
const (
	signatureBox = "Người ký: Ủy ban nhân dân\nthị xã Hương An\nEmail: ubnd@huongan.example.vn\nCơ quan: Tỉnh An Gia\nThời gian ký: 06.06.2024 15:02:11 +07:00"
	arrivalStamp = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG\nCÔNG VĂN ĐẾN\nSố: 4410\nNgày: 07/6/2024\nChuyển: Phòng Nghiệp vụ"
)

// What is printed over a scan is read as no field; the fields are typed.
func TestAScanHasNoFields(t *testing.T) {
	for _, name := range []string{"pdftotext", "pdfimages", "pdfinfo"} {
		program.Need(t, name, "poppler-utils")
	}
	scan := papertest.Sheet{Pictures: []papertest.Box{papertest.Whole}, X: 110, Y: 15, Text: signatureBox + "\n\n\n" + arrivalStamp}
	text, r, err := ReadFile(t.Context(), papertest.Sheets(t, 100, scan), Options{})
	if err != nil || text != "" {
		t.Fatalf("%q, %v", text, err)
	}
	want := empty()
	want.Warnings = []Field[Warning]{{Value: Warning{Code: scanned}}}
	if diff := cmp.Diff(want, r); diff != "" || !r.Scanned() {
		t.Errorf("-want +got\n%s", diff)
	}
	scan.Text = "MẬT\n\n" + scan.Text
	_, _, err = ReadFile(t.Context(), papertest.Sheets(t, 100, scan), Options{})
	faulttest.Is(t, err, fault.Invalid, SecretFault)
}

// A letter whose text was recognised is read, and says so; the box of a signature beside it changes no field.
func TestTextOverPicturesIsRead(t *testing.T) {
	for _, name := range []string{"pdftotext", "pdfimages", "pdfinfo"} {
		program.Need(t, name, "poppler-utils")
	}
	letter := papertest.Sheet{X: 20, Y: 15, Text: string(readFile(t, "side-by-side.txt"))}
	_, plain, err := ReadFile(t.Context(), papertest.Sheets(t, 100, letter), Options{})
	if err != nil {
		t.Fatal(err)
	}
	letter.Pictures = []papertest.Box{papertest.Whole}
	_, recognised, err := ReadFile(t.Context(), papertest.Sheets(t, 100, letter, papertest.Sheet{Pictures: letter.Pictures}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain.Fields(), recognised.Fields()); diff != "" || plain.Number == nil {
		t.Errorf("-plain +recognised\n%s", diff)
	}
	var codes []string
	for _, w := range recognised.Warnings[len(plain.Warnings):] {
		codes = append(codes, w.Value.Code)
	}
	if !slices.Equal(codes, []string{"recognised", "pictures"}) {
		t.Errorf("warnings %v", codes)
	}
}

// A program for signing leaves its box above the heading, over it or below the position; it is part of no field.
func TestBoxesOfSignaturesAreNotRead(t *testing.T) {
	sample := string(readFile(t, "side-by-side.txt"))
	want := mustRead(t, sample).Fields()
	right := func(text string) string {
		return strings.Repeat(" ", 50) + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", 50)) + "\n"
	}
	signed := strings.Replace(signatureBox, "Ủy ban nhân dân\nthị xã Hương An", "Lê Thị Minh Hà", 1)
	for name, text := range map[string]string{
		"above":                      right(signatureBox) + sample,
		"above, at the left":         signatureBox + "\n" + sample,
		"of two, above":              right(signatureBox) + right(signed) + sample,
		"at the date":                strings.Replace(sample, " V/v tuyên", right(signatureBox)+" V/v tuyên", 1),
		"with the stamp of arrival":  arrivalStamp + "\n\n" + right(signatureBox) + sample,
		"below the position":         strings.Replace(sample, "   - UBND thị xã (b/c);                                (Đã ký)\n", "   - UBND thị xã (b/c);                               "+strings.ReplaceAll(signed, "\n", "\n"+strings.Repeat(" ", 54))+"\n", 1),
		"below the name":             strings.TrimRight(sample, "\n") + "\n" + right(signed),
		"below the whole, as a line": sample + "\nVăn bản được ký số bởi Lê Thị Minh Hà, ngày ký: 03/02/2025\n",
	} {
		if diff := cmp.Diff(want, mustRead(t, text).Fields()); diff != "" {
			t.Errorf("%s (-plain +boxed)\n%s", name, diff)
		}
	}
}
