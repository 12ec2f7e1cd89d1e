package letter

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/testkit/program"
)

// pages is a letter of so many pages, with a duty in every fourth line.
func pages(n int) []string {
	const perPage = 44
	out := make([]string, n)
	duty := 0
	for page := range out {
		var b strings.Builder
		if page == 0 {
			b.WriteString("ỦY BAN NHÂN DÂN\nTHỊ XÃ HƯƠNG AN\nSố: 18/UBND-VX\nHương An, ngày 07 tháng 11 năm 2024\nV/v thu gom pin cũ\nKính gửi: Các xã, phường.\n" +
				"Thực hiện Kế hoạch số 9/KH-UBND ngày 05/11/2024 của Ủy ban nhân dân tỉnh An Gia về thu gom pin cũ,\nỦy ban nhân dân thị xã Hương An đề nghị:\n")
		}
		for range perPage / 4 {
			if duty++; duty < maxDuties {
				fmt.Fprintf(&b, "%d. Ủy ban nhân dân các xã, phường phát thanh trên loa mỗi ngày về việc thu gom pin cũ,\n", min(duty, 99))
			} else {
				b.WriteString("Ủy ban nhân dân các xã, phường phát thanh trên loa mỗi ngày về việc thu gom pin cũ,\n")
			}
			b.WriteString("mỗi trường gửi ba tác phẩm dự thi, báo cáo kết quả về Phòng Tài nguyên và Môi trường\n" +
				"chậm nhất ngày 20 tháng 12 năm 2024 theo Công văn số 77/STNMT-MT ngày 01/11/2024 của\nSở Tài nguyên và Môi trường, đăng tại https://huongan.example.gov.vn/pin.\n")
		}
		if page == n-1 {
			b.WriteString("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTạ Văn Mẫu\n")
		}
		out[page] = b.String()
	}
	return out
}

// sized are letters of a size in each form.
func sized(t testing.TB, n int) map[string][]byte {
	text := pages(n)
	whole := strings.Join(text, "")
	sheets := make([]papertest.Sheet, n)
	for i := range sheets {
		sheets[i] = papertest.Sheet{X: 20, Y: 15, Text: text[i]}
	}
	var old []byte
	for _, r := range legacy.TCVN3.Encode(strings.NewReplacer("Ủ", "Uỷ").Replace(whole)) {
		old = append(old, byte(r))
	}
	return map[string][]byte{
		"text": []byte(whole), "DOCX": docxtest.Build(whole), "HTML": []byte("<p>" + strings.ReplaceAll(whole, "\n", "</p><p>")), "TCVN3": old,
		"PDF": papertest.Sheets(t, 100, sheets...),
	}
}

// Reading a file holds no more than 64 MB at any time, whatever the bytes. (What pdftotext may hold is a limit of its own.)
func TestMemoryIsBounded(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	const limit = 64 << 20
	files := map[string][]byte{}
	for name, text := range slow() {
		files[name] = []byte(text)
	}
	for form, file := range sized(t, 50) {
		files["fifty pages, "+form] = file
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		var err error
		held := papertest.Held(func() { _, _, err = ReadFile(t.Context(), files[name], Options{}) })
		t.Logf("%s: %d bytes of file, %.1f MB held at most, %v", name, len(files[name]), float64(held)/(1<<20), err)
		if held > limit {
			t.Errorf("%s holds %d MB", name, held>>20)
		}
	}
}

// processor is the time that this process and those it ran have used.
func processor(t testing.TB) time.Duration {
	t.Helper()
	var sum time.Duration
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(who, &used); err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	return sum
}

// BenchmarkReadFile reads a letter of two pages and one of fifty in each form; "MB-held" is the most at one time, "cpu-ms" what
// it takes of the processor, also where other work waits for it.
func BenchmarkReadFile(b *testing.B) {
	program.Need(b, "pdftotext", "poppler-utils")
	for _, n := range []int{2, 50} {
		files := sized(b, n)
		for _, form := range slices.Sorted(maps.Keys(files)) {
			b.Run(fmt.Sprintf("%d_pages/%s", n, form), func(b *testing.B) {
				read := func() {
					_, r, err := ReadFile(b.Context(), files[form], Options{})
					if err != nil || r.Signer == nil || len(r.Duties) == 0 {
						b.Fatalf("%v, %+v", err, r.Warnings)
					}
				}
				held := papertest.Held(read)
				before := processor(b)
				for b.Loop() {
					read()
				}
				b.ReportMetric(float64((processor(b)-before).Milliseconds())/float64(b.N), "cpu-ms")
				b.ReportMetric(float64(held)/(1<<20), "MB-held")
			})
		}
	}
}
