package extract_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"

	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/imaging/imagingtest"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/paper/extract"
	"sachhon/internal/paper/flow"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/testkit/program"
)

const words = "Ủy ban nhân dân thị xã Hương An đề nghị các đơn vị hưởng ứng, tham gia dọn vệ sinh bờ sông."

func wide(s string, mark bool) []byte {
	var b []byte
	if mark {
		b = append(b, 0xFF, 0xFE)
	}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func narrow(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

// pdf builds a file with pages of the given content streams.
func pdf(streams ...string) []byte {
	var f papertest.Objects
	f.Add("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for i := range streams {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	f.Add("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(streams))
	f.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, s := range streams {
		f.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i)
		f.Stream("", []byte(s))
	}
	return f.File()
}

func shown(lines ...string) string {
	s := "BT /F1 12 Tf 72 760 Td 14 TL\n"
	for _, l := range lines {
		s += "(" + l + ") Tj T*\n"
	}
	return s + "ET"
}

func TestForms(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		kind extract.Kind
		want string
	}{
		"UTF-8":               {[]byte(words), extract.Plain, words},
		"UTF-8 with a mark":   {[]byte("\ufeff" + words), extract.Plain, words},
		"UTF-16":              {wide(words, true), extract.Plain, words},
		"UTF-16 without mark": {wide("So: 1/UBND "+words, false), extract.Plain, "So: 1/UBND " + words},
		"TCVN3":               {narrow(legacy.TCVN3.Encode(strings.ReplaceAll(words, "Ủ", "Uỷ")[0:])), extract.Plain, strings.ReplaceAll(words, "Ủ", "Uỷ")},
		"VNI":                 {narrow(legacy.VNI.Encode(words)), extract.Plain, words},
		"VNI pasted":          {[]byte(legacy.VNI.Encode(words)), extract.Plain, words},
		"HTML":                {[]byte("<p>" + words + "</p><script>x</script><p>Hai</p>"), extract.HTML, words + "\nHai"},
		"HTML with a table":   {[]byte("<table><tr><td>a</td><td>b</td></tr></table><ol start=3><li>c</li></ol>"), extract.HTML, "a\tb\n3. c"},
		"HTML without an end": {[]byte("<div>một<div>hai<br>ba"), extract.HTML, "một\nhai\nba"},
		"HTML in TCVN3":       {narrow(legacy.TCVN3.Encode("<p>Kính đề nghị các đơn vị hưởng ứng, tham gia</p>")), extract.HTML, "Kính đề nghị các đơn vị hưởng ứng, tham gia"},
		"less-than signs":     {[]byte("rác < 5 kg và > 2 kg"), extract.Plain, "rác < 5 kg và > 2 kg"},
		"a note about a PDF":  {[]byte("Tệp bắt đầu bằng %PDF-1.4"), extract.Plain, "Tệp bắt đầu bằng %PDF-1.4"},
		"DOCX":                {docxtest.Build(words + "[^Ghi chú.]\n# Một"), extract.DOCX, words + "\n1. Một\n\nChú thích:\nGhi chú."},
		"DOCX typed in old":   {docxtest.Build(legacy.VNI.Encode(words)), extract.DOCX, words},
		"a picture in a DOCX": {docxtest.Build(""), extract.DOCX, ""},
		"a picture":           {imagingtest.TIFF(imagingtest.Leaf{Image: imagingtest.Sheet(30, 40)}), extract.Picture, ""},
	} {
		got, err := extract.Read(t.Context(), tt.file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Kind != tt.kind || got.Text != tt.want || got.Scan != (tt.want == "") {
			t.Errorf("%s: %s, scan %v\n%q, want\n%q", name, got.Kind, got.Scan, got.Text, tt.want)
		}
	}
}

func TestPDF(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	got, err := extract.Read(t.Context(), pdf(shown("First page", "runs on"), shown("2", "into the second.")))
	if err != nil || !strings.Contains(got.Text, "First page\nruns on\ninto the second.") && !strings.Contains(strings.ReplaceAll(got.Text, " ", ""), "runson\nintothesecond.") {
		t.Errorf("%q, %v", got.Text, err)
	}
	if got, err := extract.Read(t.Context(), pdf("0 0 m 10 10 l S")); err != nil || !got.Scan || got.Text != "" {
		t.Errorf("a page without text: %+v, %v", got, err)
	}
	many := make([]string, 120)
	for i := range many {
		many[i] = shown(fmt.Sprintf("leaf %d", i+1))
	}
	if got, err := extract.Read(t.Context(), pdf(many...)); err != nil || !strings.Contains(got.Text, "leaf 120") || len(got.Notices) != 0 {
		t.Errorf("a long file: %v, %v", got.Notices, err)
	}
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), "sachhon-") && strings.HasSuffix(e.Name(), ".pdf") && info.Size() == int64(len(pdf(many...))) {
			t.Errorf("a temporary file stayed: %s", e.Name())
		}
	}
}

func TestRefusals(t *testing.T) {
	refused := map[string]struct {
		file []byte
		key  string
	}{
		"an old file of Word": {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "extract.fault.oldWord"},
		"RTF":                 {[]byte(`{\rtf1 a}`), "extract.fault.rtf"},
		"bytes":               {[]byte("ab\x00\x01\x02cde\x00"), "extract.fault.notText"},
		"unknown encoding":    {[]byte("d\xe9j\xe0 vu, tr\xe8s bien"), "extract.fault.encoding"},
		"too large":           {make([]byte, extract.MaxFile+1), "extract.fault.fileTooLarge"},
		"too much text":       {bytes.Repeat([]byte("a b\n"), 1<<19), "extract.fault.textTooLarge"},
		"too much HTML":       {[]byte("<p>" + strings.Repeat("a <b>b</b>\n", 300_000)), "extract.fault.textTooLarge"},
		"a broken picture":    {[]byte("\x89PNG\r\n\x1a\n…"), "imaging.fault.cut"},
		"a broken TIFF":       {[]byte("II*\x00\x08\x00\x00\x00"), "imaging.fault.broken"},
		"deep tables":         {[]byte(strings.Repeat("<table><tr><td>", 5000)), "extract.fault.textTooLarge"},
	}
	program.Need(t, "pdftotext", "poppler-utils")
	for name, tt := range map[string]struct {
		file []byte
		key  string
	}{
		"a broken PDF":              {[]byte("%PDF-1.7\n1 0 obj"), "extract.fault.pdfBroken"},
		"a PDF with a password":     {locked(t), "extract.fault.pdfEncrypted"},
		"a PDF that draws for ever": {endless(), "extract.fault.pdfTooHard"},
	} {
		refused[name] = tt
	}
	for name, tt := range refused {
		_, err := extract.Read(t.Context(), tt.file)
		if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != tt.key {
			t.Errorf("%s: %v, want %s", name, err, tt.key)
		}
	}
}

// locked is a PDF that opens with a password only.
func locked(t *testing.T) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.SetProtection(fpdf.CnProtectPrint, "mat-khau", "chu")
	f.AddPage()
	f.SetFont("Times", "", 13)
	f.Text(20, 20, "Kinh gui")
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// endless is a PDF of one page that draws a form ten times, which draws another one ten times, and so on.
func endless() []byte {
	const depth = 9
	var f papertest.Objects
	f.Add("<< /Type /Catalog /Pages 2 0 R >>")
	f.Add("<< /Type /Pages /Kids [4 0 R] /Count 1 >>")
	f.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	f.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /X 6 0 R >> >> >>")
	f.Add("<< /Length 5 >>\nstream\n/X Do\nendstream")
	for i := range depth {
		draw, inner := strings.Repeat("/X Do ", 10), fmt.Sprintf("/XObject << /X %d 0 R >>", 7+i)
		if i == depth-1 {
			draw, inner = "BT /F 9 Tf (a) Tj ET", "/Font << /F 3 0 R >>"
		}
		f.Add("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >> /Length %d >>\nstream\n%s\nendstream", inner, len(draw), draw)
	}
	return f.File()
}

func TestWithoutPDFReader(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := extract.Read(t.Context(), []byte("%PDF-1.4\n"))
	faulttest.Is(t, err, fault.Unsupported, "extract.fault.noPDFReader")
}

// hostile are files made to take time or memory, and a letter of fifty pages in each form.
func hostile() map[string][]byte {
	long := strings.Repeat(words+" ", 30) + "\n"
	page := strings.Repeat(long, 50)
	inflated := docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(strings.Repeat("<w:p><w:r><w:t>"+words+"</w:t></w:r></w:p>", 30_000))})
	return map[string][]byte{
		"fifty pages, text":  []byte(page),
		"fifty pages, DOCX":  docxtest.Build(page),
		"fifty pages, HTML":  []byte("<p>" + strings.ReplaceAll(page, "\n", "</p><p>")),
		"fifty pages, TCVN3": narrow(legacy.TCVN3.Encode(strings.ReplaceAll(page, "Ủ", "U"))),
		"attributes":         docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document("<w:p " + strings.Repeat(`a="b" `, 400_000) + "/>")}),
		"empty paragraphs":   docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(strings.Repeat("<w:p/>", 35_000))}),
		"inflated":           inflated,
		"open tags":          []byte("<div>" + strings.Repeat("<b>", 1_000_000)),
		"a long attribute":   []byte("<p a='" + strings.Repeat("x", 3<<20)),
		"lists in lists":     []byte("<p>" + strings.Repeat("<ol><li>", 300_000)),
		"words without end":  bytes.Repeat([]byte("à"), 500_000),
		"old and loud":       narrow(strings.Repeat("THÞ X· H¦¥NG TRµ a·b ", 45_000)),

		"a million attributes":      []byte("<html><p " + strings.Repeat("a ", 1_990_000) + ">"),
		"a million ends of tags":    []byte("<p>" + strings.Repeat("</p>", 1_000_000)),
		"deep in divs":              []byte(strings.Repeat("<div>a", 600_000)),
		"a table without an end":    []byte("<table>" + strings.Repeat("<tr><td>a", 400_000)),
		"a table of one row":        []byte("<table><tr>" + strings.Repeat("<td>", 1_000_000)),
		"entities":                  []byte("<p>" + strings.Repeat("&CounterClockwiseContourIntegral;", 120_000)),
		"a picture in the page":     []byte("<p>" + words + `</p><img src="data:image/png;base64,` + strings.Repeat("QUJD", 700_000) + `">`),
		"lone surrogates":           wide("a b", true)[:4:4],
		"lone surrogates, long":     append([]byte{0xFF, 0xFE}, bytes.Repeat([]byte{0x00, 0xD8}, 2_000_000)...),
		"marks on marks":            []byte("a" + strings.Repeat("\u0301\u0323", 260_000)),
		"marks on marks in a page":  []byte("<p>a" + strings.Repeat("\u0301\u0323", 260_000)),
		"one line":                  []byte(strings.Repeat("dọn vệ sinh ", 60_000)),
		"two old encodings":         narrow(strings.Repeat(legacy.TCVN3.Encode(words)+" "+legacy.VNI.Encode(words)+"\n", 3_500)),
		"old in new":                []byte(strings.Repeat(words+" "+legacy.VNI.Encode(words)+"\n", 3_500)),
		"attributes, each another":  docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document("<w:p " + others(1_200_000) + "/>")}),
		"as many as there may be":   docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document("<w:p " + others(230_000) + "/>")}),
		"a table of many cells":     docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(loose("<w:tbl><w:tr>" + strings.Repeat("<w:tc><w:p/></w:tc>", 60_000) + "</w:tr></w:tbl>"))}),
		"boxes in boxes":            docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(nested("<w:txbxContent><w:p>", "</w:p></w:txbxContent>", 5_000))}),
		"a surrogate in XML":        docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document("<w:p><w:r><w:t>a&#xD800;b</w:t></w:r></w:p>")}),
		"a style on itself, often":  docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document("<w:p/>"), "word/styles.xml": "<w:styles>" + styles(60_000) + "</w:styles>"}),
		"a text of a single letter": docxtest.Zip(map[string]string{"word/document.xml": docxtest.Document(loose("<w:p>" + strings.Repeat("<w:r><w:t>a</w:t></w:r>", 240_000) + "</w:p>"))}),
	}
}

// others are attributes that hardly pack, so that no limit of packing helps.
func others(n int) string {
	var b strings.Builder
	x := uint32(1)
	for range n {
		x = x*1664525 + 1013904223
		fmt.Fprintf(&b, `a%x="" `, x>>20)
	}
	return b.String()
}

// loose is XML that packs so badly that no limit of packing helps.
func loose(xml string) string { return xml + "<!-- " + others(len(xml)/1000) + "-->" }

func nested(open, end string, deep int) string {
	return strings.Repeat(open, deep) + strings.Repeat(end, deep)
}

// styles are based on each other, the first on the last.
func styles(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>`, i, (i+1)%n)
	}
	return b.String()
}

// Reading holds no more than 64 MB at any time, whatever the bytes.
func TestMemoryIsBounded(t *testing.T) {
	const limit = 64 << 20
	for name, file := range hostile() {
		var err error
		held := papertest.Held(func() { _, err = extract.Read(t.Context(), file) })
		t.Logf("%s: %d bytes of file, %.1f MB held at most, %v", name, len(file), float64(held)/(1<<20), err)
		if held > limit {
			t.Errorf("%s holds %d MB", name, held>>20)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for name, file := range hostile() {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = extract.Read(b.Context(), file) // some are refused, which is to take no longer
			}
		})
	}
	b.Run("fifty_pages,_PDF", func(b *testing.B) {
		program.Need(b, "pdftotext", "poppler-utils")
		pages := make([]string, 50)
		for i := range pages {
			pages[i] = shown(strings.Split(strings.Repeat("a line of the letter as long as lines are\n", 45), "\n")...)
		}
		file := pdf(pages...)
		for b.Loop() {
			if _, err := extract.Read(b.Context(), file); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// FuzzRead: whatever the bytes, Read ends and fails only with a fault for people; the text is valid UTF-8 within the limit, and
// a scan has none. (PDF is another program's, tried by TestPDF and TestRefusals.)
func FuzzRead(f *testing.F) {
	for _, file := range [][]byte{
		nil, []byte(words), wide(words, true), []byte("<table><tr><td>a<td>b</table><pre>\n x</pre><ul><li>"), []byte("<select><textarea><p>"),
		narrow(legacy.TCVN3.Encode(words)), docxtest.Build(words), []byte("PK\x03\x04"),
		{0xFE, 0xFF, 0xD8, 0x00},
	} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if bytes.Contains(b, []byte("%PDF-")) {
			t.Skip()
		}
		got, err := extract.Read(t.Context(), b)
		if err != nil {
			if _, ok := errors.AsType[*fault.Error](err); !ok {
				t.Fatalf("not a fault for people: %v", err)
			}
			return
		}
		if !utf8.ValidString(got.Text) || len(got.Text) > 3*flow.MaxText || got.Scan && got.Text != "" && strings.TrimSpace(got.Text) != "" {
			t.Fatalf("%+v", got)
		}
	})
}
