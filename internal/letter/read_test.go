package letter

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"sachhon/internal/fault"
)

var updateGolden = flag.Bool("update", false, "rewrite the golden files")

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustRead(t testing.TB, text string) Reading {
	t.Helper()
	r, err := Read(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("letters to read: %v, %v", files, err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			reading := mustRead(t, string(readFile(t, name)))
			var got bytes.Buffer
			if err := WriteJSON(&got, reading, nil); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".txt") + ".json"
			if *updateGolden {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			var back Reading
			if err := json.Unmarshal(got.Bytes(), &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(reading, back); diff != "" {
				t.Errorf("JSON does not come back (-written +read)\n%s", diff)
			}
		})
	}
}

// The letter that the project began with, component by component, so that a mistake in the golden file cannot hide.
func TestRealLetter(t *testing.T) {
	r := mustRead(t, string(readFile(t, "1903-UBND-VH.txt")))
	for _, c := range []struct{ what, got, want string }{
		{"type", r.Type.Value, "công văn"},
		{"number", r.Number.Value, "1903"},
		{"notation", r.Notation.Value, "UBND-VH"},
		{"symbol", r.Symbol.Value, "1903/UBND-VH"},
		{"organ", r.Organ.Value, "Ủy ban nhân dân thị xã Hương Trà"},
		{"place", r.Place.Value, "Hương Trà"},
		{"date", r.Date.Value.String(), "2024-06-06"},
		{"subject", r.Subject.Value, "hưởng ứng, tham gia Cuộc thi Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S"},
		{"period", r.Period.Value.From.String() + "/" + r.Period.Value.To.String(), "2024-06-02/2024-06-30"},
		{
			"basis", r.Bases[0].Value.Symbol + "|" + r.Bases[0].Value.Date.String() + "|" + r.Bases[0].Value.Organ,
			"1518/KH-STTTT|2024-05-31|Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế",
		},
		{"link", r.Links[0].Value, "https://huongtra.thuathienhue.gov.vn"},
		{"last recipient", r.Recipients[4].Value, "Lưu VT, VH"},
		{"the only warning", r.Warnings[0].Value.Code, "signerMissing"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	counts := []int{len(r.Addressees), len(r.Bases), len(r.Duties), len(r.Links), len(r.Recipients), len(r.Warnings)}
	if diff := cmp.Diff([]int{2, 1, 2, 1, 5, 1}, counts); diff != "" {
		t.Errorf("addressees, bases, duties, links, recipients, warnings (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]Channel{Portal, NoticeBoard, Meeting, Loudspeaker}, r.Duties[0].Value.Channels); diff != "" {
		t.Error(diff)
	}
	if r.Signer != nil {
		t.Errorf("a signer nobody wrote: %+v", r.Signer)
	}
	if got := r.Organ.Lines; got != (Lines{1, 2}) {
		t.Errorf("organ stands on lines %v", got)
	}
}

// However the same text is encoded, the reading is the same.
func TestEncodingsReadAlike(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 8 {
		t.Fatalf("letters to read: %v, %v", files, err)
	}
	encodings := map[string]func(string) string{
		"NFD":             norm.NFD.String,
		"CRLF":            func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"CR":              func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
		"BOM":             func(s string) string { return "\ufeff" + s },
		"no-break spaces": func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") },
		"zero width":      func(s string) string { return strings.ReplaceAll(s, "n", "n\u200b\u200d") },
		"directional":     func(s string) string { return strings.ReplaceAll(s, "\n", "\u200f\n\u202e") },
		"old tone marks": func(s string) string {
			return strings.NewReplacer("Hòa", "Hoà", "HÒA", "HOÀ").Replace(s)
		},
	}
	changed := map[string]int{}
	for _, file := range files {
		text := string(readFile(t, filepath.Base(file)))
		want := mustRead(t, text)
		for name, encode := range encodings {
			encoded := encode(text)
			if encoded != text {
				changed[name]++
			}
			if diff := cmp.Diff(want, mustRead(t, encoded)); diff != "" {
				t.Errorf("%s as %s (-plain +encoded)\n%s", file, name, diff)
			}
		}
	}
	for name := range encodings {
		if changed[name] < 3 {
			t.Errorf("%s changes %d letters: the others are compared with themselves", name, changed[name])
		}
	}
}

func TestKnownOrgansGiveTheSpelling(t *testing.T) {
	text := "UBND THỊ XÃ HƯƠNG AN\nSỞ KHOA HỌC\nVÀ CÔNG NGHỆ\nSố: 1/SKHCN\n"
	known := KnownOrgans([]string{"Sở Khoa học và Công nghệ", "Ủy ban nhân dân thị xã Hương An"})
	r, err := ReadBytes([]byte(text), Options{Organ: known})
	if err != nil {
		t.Fatal(err)
	}
	if r.Organ.Value != "Sở Khoa học và Công nghệ" || r.Organ.Uncertain || r.Warned("organ") {
		t.Errorf("organ: %+v", r.Organ)
	}
	if r.Superior.Value != "Ủy ban nhân dân thị xã Hương An" {
		t.Errorf("superior: %+v", r.Superior)
	}
	r = mustRead(t, text)
	if !r.Organ.Uncertain || !r.Warned("organ") {
		t.Errorf("a guess without a warning: %+v", r.Organ)
	}
}

func TestWhatIsNoLetterText(t *testing.T) {
	tests := []struct {
		name string
		in   []byte
		kind fault.Kind
		key  string
	}{
		{"ten megabytes", bytes.Repeat([]byte("Kính gửi: "), 1<<20), fault.TooLarge, "letter.fault.tooLarge"},
		{"too many lines", bytes.Repeat([]byte("\n"), maxLines+1), fault.Invalid, "letter.fault.empty"},
		{"too many lines of text", bytes.Repeat([]byte("a\n"), maxLines+1), fault.TooLarge, "letter.fault.tooManyLines"},
		{"empty", nil, fault.Invalid, "letter.fault.empty"},
		{"only spaces", []byte(" \u00a0\ufeff\r\n\t"), fault.Invalid, "letter.fault.empty"},
		{"PDF", []byte("%PDF-1.7\n"), fault.Unsupported, "letter.fault.notText"},
		{"DOCX", []byte("PK\x03\x04abc"), fault.Unsupported, "letter.fault.notText"},
		{"UTF-16", []byte("\xff\xfeS\x00\x1e\x01"), fault.Unsupported, "letter.fault.notText"},
		{"Latin-1", []byte("Kính\nK\xednh"), fault.Unsupported, "letter.fault.notUTF8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(tt.in), Options{})
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != tt.kind || f.Key != tt.key {
				t.Errorf("got %v, want %s %s", err, tt.kind, tt.key)
			}
		})
	}
}

// mostVisits is how often the recognisers together may go through a text: each looks at its part once or a few times.
const mostVisits = 50

// mostAllocated is how many bytes may be allocated in all, the greater part of which is let go at once, for each byte read.
const mostAllocated = 500

// counted reads, and tells how many bytes were gone through.
func counted(b []byte) (r Reading, work int, err error) {
	visited = func(n int) { work += n }
	defer func() { visited = nil }()
	r, err = ReadBytes(b, Options{})
	return r, work, err
}

// slow are texts made to be slow, as large as a text may be.
func slow() map[string]string {
	head := "ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG TRÀ\nSố: 1/UBND\nV/v thử\nKính gửi: Ai đó.\n"
	fill := func(s string) string { return head + strings.Repeat(s, (MaxBytes-len(head)-8)/len(s)) }
	lines := func(s string) string {
		n := min(maxLines-8, (MaxBytes-len(head))/(len(s)+1))
		return head + strings.Repeat(s+"\n", n)
	}
	return map[string]string{
		"organ in capitals":       fill("ỦY BAN NHÂN DÂN THỊ XÃ HƯƠNG TRÀ "),
		"citations":               fill("Căn cứ Kế hoạch số 1/KH-A ngày 1/1/2024 của "),
		"half periods":            fill("từ ngày 1/1/2024 "),
		"numbers":                 lines("1. a"),
		"rising numbers":          lines("2. " + strings.Repeat("loa ", 12)),
		"bullets":                 lines("- a"),
		"spaces":                  fill("   a"),
		"tabs":                    fill("\t"),
		"links":                   fill("a.gov.vn "),
		"dots":                    fill("a."),
		"recipients":              head + strings.Repeat("x\nNơi nhận:\n- a;\n", maxLines/3-4),
		"capacities":              lines("TM. A"),
		"open recipients":         head + "Nơi nhận:\n" + strings.Repeat("a\n", maxLines-10),
		"open addressees":         head[:len(head)-len("Ai đó.\n")] + strings.Repeat("\na", maxLines-10),
		"combining marks":         head + strings.Repeat("\u0301", MaxBytes/4),
		"one long line":           fill("ư"),
		"addressees on a line":    head[:len(head)-len("Ai đó.\n")] + strings.Repeat("a; ", 18_000),
		"rows of a table":         head + "STT\tNội dung\tĐơn vị thực hiện\tThời hạn\n" + strings.Repeat("1\tHọp dân\tCác thôn\t1/1/2025\n", maxLines-20),
		"signatures":              head + "Nơi nhận:\n" + strings.Repeat("- a; TM. ỦY BAN NHÂN DÂN\n", maxLines-20),
		"a signature in capitals": head + "Nơi nhận:\n- " + strings.Repeat("A. ", 20_000),
	}
}

// Texts made to be slow: no recogniser may look at one place again and again, nor hold it many times over.
func TestWorkIsBounded(t *testing.T) {
	for name, text := range slow() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, work, err := counted([]byte(text))
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			times, made := work/len(text), int(after.TotalAlloc-before.TotalAlloc)/len(text)
			t.Logf("%d bytes gone through %d times, %d times as many allocated", len(text), times, made)
			if times > mostVisits {
				t.Errorf("%d bytes were gone through %d times", len(text), times)
			}
			if made > mostAllocated {
				t.Errorf("%d bytes made the reader allocate %d MB in all", len(text), made*len(text)>>20)
			}
		})
	}
}
