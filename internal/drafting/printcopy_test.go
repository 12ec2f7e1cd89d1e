package drafting_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/drafting"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/imaging"
	"sachhon/internal/imaging/imagingtest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// extracted stands in the report of which a test makes an extract.
const extracted = "toàn thị xã có 09/09 xã, phường triển khai"

// copier copies letters of a town.
type copier struct {
	*lettertest.Desk
	clerk person.Actor
}

func eachCopier(t *testing.T, f func(t *testing.T, c copier)) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		d.Letters.PrintWith(drafting.Printer{Pictures: imaging.NewProcessor()})
		f(t, copier{d, d.Actor(person.Clerk, d.Town)})
	})
}

func (c copier) input(l letter.Letter, kind letter.CopyKind) letter.CopyInput {
	return letter.CopyInput{
		Unit: c.Town.ID, Letter: l.ID, Kind: kind, Notation: "UBND", Place: "Hương Trà", Excerpt: extracted,
		Recipients: []string{"Các tổ dân phố", "Lưu: VT"},
		Signer:     letter.Signer{Capacity: []string{"TL. CHỦ TỊCH"}, Position: "CHÁNH VĂN PHÒNG", Name: "Trần Thị Thử"},
	}
}

func (c copier) copy(t *testing.T, in letter.CopyInput) []byte {
	t.Helper()
	made, err := c.Letters.Copy(t.Context(), c.clerk, in)
	if err != nil {
		t.Fatal(err)
	}
	f, _, err := c.Letters.CopyFile(t.Context(), c.clerk, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("KEEP_COPIES"); dir != "" { // to be looked at
		name := strings.ReplaceAll(t.Name()+"-"+made.Symbol, "/", "-") + ".pdf"
		if err := os.WriteFile(filepath.Join(dir, name), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return buf.Bytes()
}

// drafted is a letter that came as a file and stands in the register.
func (c copier) drafted(t *testing.T, file []byte, fields func(*letter.Fields)) letter.Letter {
	t.Helper()
	l, err := c.Letters.Draft(t.Context(), c.clerk, letter.DraftInput{Issuer: c.Town.ID, File: bytes.NewReader(file), FileName: "a"})
	if err != nil {
		t.Fatal(err)
	}
	f := l.Fields
	fields(&f)
	if l, err = c.Letters.Correct(t.Context(), c.clerk, l.ID, l.Version, f); err != nil {
		t.Fatal(err)
	}
	if l, err = c.Letters.Register(t.Context(), c.clerk, l.ID); err != nil {
		t.Fatal(err)
	}
	return l
}

// typed are the fields of a letter of which there is only a picture.
func typed(f *letter.Fields) {
	f.Type, f.Number, f.Notation, f.Organ, f.Place = "công văn", "31", "UBND-VH", "Ủy ban nhân dân thị xã Hương Trà", "Hương Trà"
	f.Date, f.Subject, f.Signer.Name = letter.Date{Year: 2024, Month: 6, Day: 5}, "vệ sinh bờ sông", "Nguyễn Văn Mẫu"
	f.Addressees = []string{"Ủy ban nhân dân các xã, phường"}
}

// checkBlock wants the block of the copy on the page, and what it is a copy of.
func checkBlock(t *testing.T, p papertest.Page, wants ...string) {
	t.Helper()
	text := p.Text()
	for _, want := range append(wants, "/SY-UBND", "SAO Y", "THỊ XÃ HƯƠNG TRÀ", "Hương Trà, ngày", "Nơi nhận:", "- Các tổ dân phố;", "CHÁNH VĂN PHÒNG", "Trần Thị Thử") {
		if !strings.Contains(text, want) {
			t.Errorf("the page of the copy says %q, not %q", text, want)
		}
	}
}

func pdfOf(t *testing.T, doc letter.Document) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := decree.PDF(&buf, doc, decree.Options{}); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestACopyOfAPDFKeepsItsPages: tables, appendices and what stands behind the signature are in it as they were.
func TestACopyOfAPDFKeepsItsPages(t *testing.T) {
	eachCopier(t, func(t *testing.T, c copier) {
		doc := decreetest.Report()
		doc.Number, doc.Date = "45", letter.Date{Year: 2024, Month: 6, Day: 5}
		file := pdfOf(t, doc)
		l := c.drafted(t, file, func(f *letter.Fields) { typed(f); f.Number = "45" })
		got, want := papertest.Pages(t, c.copy(t, c.input(l, letter.TrueCopy))), papertest.Pages(t, file)
		if len(want) < 2 || len(got) != len(want)+1 {
			t.Fatalf("%d pages became %d", len(want), len(got))
		}
		for i, p := range want {
			if got[i].Text() != p.Text() || got[i].Width != p.Width {
				t.Errorf("page %d says\n%s\nnot\n%s", i+1, got[i].Text(), p.Text())
			}
		}
		checkBlock(t, got[len(want)], "Bản sao của: Công văn số 45/UBND-VH ngày 05 tháng 6 năm 2024 của Ủy ban nhân dân thị xã Hương Trà")
		// An extract is the part that was chosen, and nothing else.
		text := ""
		for _, p := range papertest.Pages(t, c.copy(t, c.input(l, letter.Extract))) {
			text += p.Text() + " "
		}
		if !strings.Contains(text, extracted) || !strings.Contains(text, "02/TrS-UBND") || strings.Contains(text, want[1].Text()) {
			t.Errorf("the extract says %q", text)
		}
		other := c.input(l, letter.Extract)
		other.Excerpt = extracted + "\ntoàn thị xã có 08/09 xã, phường triển khai"
		_, err := c.Letters.Copy(t.Context(), c.clerk, other)
		faulttest.Is(t, err, fault.Invalid, "letter.fault.excerptNotThere")
	})
}

// TestACopyIsOfTheVersionInForce: what was composed here is copied as issued, and as uploaded once that was signed.
func TestACopyIsOfTheVersionInForce(t *testing.T) {
	eachCopier(t, func(t *testing.T, c copier) {
		l := c.Issued(t, lettertest.Document("Họp dân."))
		printed := papertest.Pages(t, c.copy(t, c.input(l, letter.TrueCopy)))
		if len(printed) != 2 || !strings.Contains(printed[0].Text(), "Họp dân.") {
			t.Fatalf("%d pages: %s", len(printed), printed[0].Text())
		}
		checkBlock(t, printed[1])
		signed := form("BAN DA KY SO 77")
		if _, err := c.Letters.IssueUploaded(t.Context(), c.clerk, l.ID, letter.UploadInput{File: bytes.NewReader(signed), Scanned: true}, nil); err != nil {
			t.Fatal(err)
		}
		file := c.copy(t, c.input(l, letter.TrueCopy))
		uploaded := papertest.Pages(t, file)
		if len(uploaded) != 2 || !strings.Contains(uploaded[0].Text(), "BAN DA KY SO 77") {
			t.Errorf("%d pages: %s", len(uploaded), uploaded[0].Text())
		}
		// The signature is seen, and is no field any more that would be called broken.
		if bytes.Contains(file, []byte("AcroForm")) || bytes.Contains(file, []byte("ByteRange")) || !inked(papertest.Pictures(t, file, 72)[0]) {
			t.Error("the seal is a field still, or is not seen")
		}
	})
}

// inked tells whether the seal of form was drawn.
func inked(p papertest.Picture) bool {
	_, ok := p.Extent(papertest.Red, papertest.Rect{X0: 300, Y0: 642, X1: 400, Y1: 742})
	return ok
}

// form is a PDF of one page with a text and a signature field that shows a red seal.
func form(text string) []byte {
	content, seal := fmt.Sprintf("BT /F 12 Tf 72 700 Td (%s) Tj ET", text), "1 0 0 rg 0 0 100 100 re f"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[6 0 R]>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/F 4/P 3 0 R/Rect[300 100 400 200]/V 8 0 R/AP<</N 7 0 R>>>>",
		fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length %d>>stream\n%s\nendstream", len(seal), seal),
		"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 10 20 10]>>",
	}
	var buf bytes.Buffer
	buf.WriteString("%PDF-1.6\n")
	places := make([]int, len(objects))
	for i, o := range objects {
		places[i] = buf.Len()
		fmt.Fprintf(&buf, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := buf.Len()
	fmt.Fprintf(&buf, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&buf, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&buf, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return buf.Bytes()
}

// TestACopyOfAScanShowsIt: all of the picture is on the page, turned as the camera held it.
func TestACopyOfAScanShowsIt(t *testing.T) {
	scan := image.NewRGBA(image.Rect(0, 0, 600, 848))
	for y := range 848 {
		for x := range 600 {
			ink := color.RGBA{255, 255, 255, 255}
			if x < 60 && y < 60 || x >= 540 && y >= 788 { // two corners
				ink = color.RGBA{A: 255}
			}
			scan.SetRGBA(x, y, ink)
		}
	}
	var asPNG, asJPEG bytes.Buffer
	if err := png.Encode(&asPNG, scan); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, scan, nil); err != nil {
		t.Fatal(err)
	}
	eachCopier(t, func(t *testing.T, c copier) {
		leaf := imagingtest.Leaf{Image: image.NewGray(scan.Rect)}
		draw.Draw(leaf.Image, scan.Rect, scan, image.Point{}, draw.Src)
		for i, scan := range [][]byte{asPNG.Bytes(), asJPEG.Bytes(), imagingtest.TIFF(leaf, leaf)} {
			l := c.drafted(t, scan, func(f *letter.Fields) { typed(f); f.Number = fmt.Sprint(50 + i) })
			in := c.input(l, letter.TrueCopy)
			in.Coarse = true
			file := c.copy(t, in)
			pages := papertest.Pages(t, file)
			if len(pages) != 2+i/2 {
				t.Fatalf("%d pages", len(pages))
			}
			checkBlock(t, pages[len(pages)-1])
			b, ok := papertest.Pictures(t, file, 72)[0].Extent(papertest.Dark, papertest.Rect{X1: 595, Y1: 842})
			if !ok || b.X0 > 3 || b.Y0 > 3 || b.X1 < 592 || b.Y1 < 839 {
				t.Errorf("of the scan is seen %+v, %v", b, ok)
			}
			made, err := c.Letters.Copy(t.Context(), c.clerk, c.input(l, letter.Extract))
			if err != nil || made.Compared(l) {
				t.Errorf("an extract of a scan: %v, compared %v", err, made.Compared(l))
			}
		}
	})
}

// TestABlurredOriginalIsCopiedKnowingly: a picture too coarse to be read on paper is named with its numbers, takes no number of
// the series, and is copied once the clerk says so.
func TestABlurredOriginalIsCopiedKnowingly(t *testing.T) {
	photo := func(width int) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, imagingtest.Sheet(width, width*297/210), nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	scanned := func(dpi float64) []byte {
		letterhead := papertest.Sheet{X: 20, Y: 20, Text: "Văn bản có chữ", Pictures: []papertest.Box{{X: 20, Y: 30, W: 60, H: 20}}}
		return papertest.Sheets(t, dpi, letterhead, papertest.Sheet{Pictures: []papertest.Box{papertest.Whole}})
	}
	eachCopier(t, func(t *testing.T, c copier) {
		for i, tt := range []struct {
			file []byte
			page string // "" for one that is fine enough
			dpi  string
		}{
			{photo(827), "1", "100"},
			{photo(1500), "", ""},
			{imagingtest.TIFF(imagingtest.Leaf{Image: imagingtest.Sheet(1654, 2339)}, imagingtest.Leaf{Image: imagingtest.Sheet(827, 1170)}), "2", "100"},
			{scanned(100), "2", "100"},
			{scanned(200), "", ""},
		} {
			l := c.drafted(t, tt.file, func(f *letter.Fields) { typed(f); f.Number = fmt.Sprint(60 + i) })
			in := c.input(l, letter.TrueCopy)
			_, err := c.Letters.Copy(t.Context(), c.clerk, in)
			if tt.page == "" {
				if err != nil {
					t.Errorf("%d: %v", i, err)
				}
				continue
			}
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Key != "letter.fault.coarse" || len(f.Fields) != 1 || f.Fields[0].Name != "coarse" || fmt.Sprint(f.Args) != fmt.Sprint([]any{"Page", tt.page, "DPI", tt.dpi, "Limit", 150}) {
				t.Errorf("%d: %+v, want page %s of %s dots", i, err, tt.page, tt.dpi)
			}
			in.Coarse = true
			c.copy(t, in)
		}
		made, err := c.Letters.Copies(t.Context(), c.clerk, c.Town.ID, c.Clock.Now().Local().Year())
		if err != nil || len(made) != 5 || made[4].Number != 5 { // in their order
			t.Errorf("%d copies, %v", len(made), err)
		}
	})
}

// TestACopyOfACopyIsOfATrueCopy: who issued the letter has the original; others bring the true copy, whose pages are repeated
// even where the letter is kept as a file.
func TestACopyOfACopyIsOfATrueCopy(t *testing.T) {
	eachCopier(t, func(t *testing.T, c copier) {
		bring := func(l letter.Letter) letter.CopyInput {
			in := c.input(l, letter.RelayTo)
			in.Original = bytes.NewReader(form("BAN SAO Y"))
			return in
		}
		own := c.Issued(t, lettertest.Document("Họp dân."))
		_, err := c.Letters.Copy(t.Context(), c.clerk, bring(own))
		faulttest.Is(t, err, fault.Invalid, "letter.fault.relayOwn")

		came, err := c.Letters.Draft(t.Context(), c.clerk, letter.DraftInput{Issuer: c.Town.ID, File: bytes.NewReader(pdfOf(t, decreetest.Letter())), FileName: "a"})
		if err != nil {
			t.Fatal(err)
		}
		if came, _, err = c.Letters.Enter(t.Context(), c.clerk, came.ID, nil); err != nil {
			t.Fatal(err)
		}
		_, err = c.Letters.Copy(t.Context(), c.clerk, c.input(came, letter.RelayTo))
		faulttest.Is(t, err, fault.Invalid, "letter.fault.relayWithout")
		pages := papertest.Pages(t, c.copy(t, bring(came)))
		if len(pages) != 2 || !strings.Contains(pages[0].Text(), "BAN SAO Y") || !strings.Contains(pages[1].Text(), "01/SL-UBND") {
			t.Errorf("%d pages: %s", len(pages), pages[0].Text())
		}
	})
}

// TestNoCopyWithoutAnOriginal: what came as text has no pages; nothing is numbered until the original is brought.
func TestNoCopyWithoutAnOriginal(t *testing.T) {
	eachCopier(t, func(t *testing.T, c copier) {
		l := c.Registered(t, lettertest.Text("77", "Họp dân."))
		if whole, err := c.Letters.HasPages(t.Context(), l); err != nil || whole {
			t.Errorf("has pages: %v, %v", whole, err)
		}
		_, err := c.Letters.Copy(t.Context(), c.clerk, c.input(l, letter.TrueCopy))
		faulttest.Is(t, err, fault.Invalid, "letter.fault.noOriginal")
		bring := func(file []byte) letter.CopyInput {
			in := c.input(l, letter.TrueCopy)
			in.Original = bytes.NewReader(file)
			return in
		}
		_, err = c.Letters.Copy(t.Context(), c.clerk, bring([]byte("PK\x03\x04")))
		faulttest.Is(t, err, fault.Unsupported, "letter.fault.noOriginal")
		for name, broken := range map[string][]byte{"PDF": []byte("%PDF-1.7\n1 0 obj\n"), "picture": []byte("\xFF\xD8\xFF\xE0 and no more")} {
			_, err = c.Letters.Copy(t.Context(), c.clerk, bring(broken))
			faulttest.Is(t, err, fault.Invalid, "letter.fault.originalBroken")
			if t.Failed() {
				t.Fatal(name)
			}
		}
		pages := papertest.Pages(t, c.copy(t, bring(form("BAN GOC"))))
		if len(pages) != 2 || !strings.Contains(pages[0].Text(), "BAN GOC") {
			t.Errorf("%d pages", len(pages))
		}
		checkBlock(t, pages[1], "01/SY-UBND") // nothing that was refused took a number
	})
}

// TestAnExtractIsPrintedAsItStands: it ends as the part that was compared ends, and decides nothing anew.
func TestAnExtractIsPrintedAsItStands(t *testing.T) {
	decision := lettertest.Document("Họp dân.")
	decision.Type = "quyết định"
	file, err := drafting.Printer{}.PrintCopy(t.Context(), letter.Letter{Document: &decision}, letter.Copy{
		Kind: letter.Extract, Symbol: "01/TrS-UBND", Organ: "Ủy ban nhân dân thị xã Hương Trà", Place: "Hương Trà", Date: letter.Date{Year: 2024, Month: 6, Day: 20},
		Excerpt: "Căn cứ đề nghị của phòng;\nCác xã, phường thực hiện:", Signer: letter.Signer{Position: "CHÁNH VĂN PHÒNG", Name: "Trần Thị Thử"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, p := range papertest.Pages(t, file) {
		got += strings.Join(strings.Fields(p.Text()), " ")
	}
	if !strings.Contains(got, "Căn cứ đề nghị của phòng; Các xã, phường thực hiện:") || strings.Contains(got, "./.") || strings.Contains(got, "QUYẾT ĐỊNH:") {
		t.Errorf("the extract says %s", got)
	}
}

// TestAnExtractKeepsTheFormOfItsLetter: what is copied out of a letter of the Party or of the Youth Union stands under their name and
// symbol, whether it was read in or written here.
func TestAnExtractKeepsTheFormOfItsLetter(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "letter", "testdata", "letters", "g02-party.txt"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := letter.ReadBytes(text, letter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	youth := kinds(t)["letter-union"]
	stroked := letter.Letter{Source: string(text), Reading: r, Fields: r.Fields()}
	stroked.Fields.Joint = "/"
	for name, tt := range map[string]struct {
		of   letter.Letter
		want []string
	}{
		"party":                    {letter.Letter{Source: string(text), Reading: r, Fields: r.Fields()}, []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 406-CV/BTGTU"}},
		"party, typed from a scan": {letter.Letter{Fields: r.Fields()}, []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 406-CV/BTGTU"}},
		"party, with a stroke":     {stroked, []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 406/CV/BTGTU"}},
		"youth":                    {letter.Letter{Document: &youth}, []string{"ĐOÀN TNCS HỒ CHÍ MINH", "Số: 12-CV/TĐTN"}},
	} {
		file, err := drafting.Printer{}.PrintCopy(t.Context(), tt.of, letter.Copy{
			Kind: letter.Extract, Symbol: "01/TrS-UBND", Organ: "Ủy ban nhân dân thị xã Hương Trà", Place: "Hương Trà", Date: letter.Date{Year: 2024, Month: 6, Day: 20},
			Excerpt: "Đẩy mạnh tuyên truyền.", Recipients: []string{"Lưu: VT"}, Signer: letter.Signer{Position: "CHÁNH VĂN PHÒNG", Name: "Trần Thị Thử"},
		}, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		got := ""
		for _, p := range papertest.Pages(t, file) {
			got += strings.Join(strings.Fields(p.Text()), " ")
		}
		for _, want := range append(tt.want, "01/TrS-UBND", "TRÍCH SAO") {
			if !strings.Contains(got, want) {
				t.Errorf("%s: the copy lacks %q: %s", name, want, got)
			}
		}
		if strings.Contains(got, "CỘNG HÒA") {
			t.Errorf("%s: the copy stands under the State's name", name)
		}
	}
}
