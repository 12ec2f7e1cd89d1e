package extract_test

import (
	"bytes"
	"compress/zlib"
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
	var f objects
	f.add("<< /Type /Catalog /Pages 2 0 R >>")
	kids := ""
	for i := range streams {
		kids += fmt.Sprintf("%d 0 R ", 4+2*i)
	}
	f.add("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(streams))
	f.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	for i, s := range streams {
		f.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", 5+2*i)
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		_, _ = z.Write([]byte(s))
		_ = z.Close()
		f.add("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.String())
	}
	return f.file()
}

// objects are those of a PDF, numbered from 1; the first is its catalogue.
type objects []string

func (o *objects) add(format string, args ...any) { *o = append(*o, fmt.Sprintf(format, args...)) }

func (o objects) file() []byte {
	var b bytes.Buffer
	offsets := make([]int, len(o))
	b.WriteString("%PDF-1.4\n")
	for i, body := range o {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(o)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(o)+1, xref)
	return b.Bytes()
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
		"a picture":           {[]byte("\x89PNG\r\n\x1a\n…"), extract.Picture, ""},
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
	var f objects
	f.add("<< /Type /Catalog /Pages 2 0 R >>")
	f.add("<< /Type /Pages /Kids [4 0 R] /Count 1 >>")
	f.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	f.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /X 6 0 R >> >> >>")
	f.add("<< /Length 5 >>\nstream\n/X Do\nendstream")
	for i := range depth {
		draw, inner := strings.Repeat("/X Do ", 10), fmt.Sprintf("/XObject << /X %d 0 R >>", 7+i)
		if i == depth-1 {
			draw, inner = "BT /F 9 Tf (a) Tj ET", "/Font << /F 3 0 R >>"
		}
		f.add("<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >> /Length %d >>\nstream\n%s\nendstream", inner, len(draw), draw)
	}
	return f.file()
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
		"lists in lists":     []byte(strings.Repeat("<ol><li>", 300_000)),
		"words without end":  bytes.Repeat([]byte("à"), 500_000),
		"old and loud":       narrow(strings.Repeat("THÞ X· H¦¥NG TRµ a·b ", 45_000)),
	}
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
