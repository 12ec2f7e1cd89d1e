package letter

import (
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"sachhon/internal/fault"
)

// FuzzRead states what holds for any bytes: Read does not panic; its work is bound by the length; it fails
// only with a fault for people; every span lies inside the source and shows the words of its field; every text is NFC, one line's worth of
// spaces, without control characters; a decomposed source reads the same.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		f.Add(readFile(f, filepath.Base(file)))
	}
	further, err := filepath.Glob(lettersDir + "*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range further {
		f.Add(readFile(f, filepath.Join("letters", filepath.Base(file))))
	}
	for _, s := range []string{
		"", "\xff", "Kính gửi", "Nơi nhận", "Số: /", "Số:\t\t1903", "V/v", "KẾ HOẠCH", "1. ", "Điều 1.", "TM. A\nB C",
		"ngày 31 tháng 02 năm 2024", "Căn cứ số 1/A của của", "từ 1/1 đến 1/1", "İ ẞ K Ω", "http://", "a\u0301\u0301", "I. \n1. a:\n- b",
		"Giao:\nSTT\tNội dung\tĐơn vị thực hiện\tThời hạn\n1\tTreo 2 băng rôn\tPhòng A\t1/1/2025\n2\tHọp\tTrước ngày 2/1/2025\tThôn\tHằng tuần\n",
		"- Như trên; TM. A KT. TRƯỞNG PHÒNG\nNơi nhận: GIÁM ĐỐC\nB\n\nLÊ VĂN A", "A điện:\n- B;\n", "CÔNG VĂN ĐẾN\nSố: 1\nUBND XÃ A\nSố: 2–A/B",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, work, err := counted(b)
		if limit := mostVisits * (len(b) + 200); work > limit {
			t.Errorf("%d bytes were gone through %d times", len(b), work/(len(b)+1))
		}
		if err != nil {
			if _, ok := errors.AsType[*fault.Error](err); !ok {
				t.Fatalf("not a fault for people: %v", err)
			}
			return
		}
		checkLines(t, reflect.ValueOf(r), len(SplitLines(string(b))))
		checkSpans(t, string(b), r)
		checkTexts(t, reflect.ValueOf(r))
		decomposed := norm.NFD.Bytes(b)
		if len(decomposed) > MaxBytes {
			return
		}
		again, err := ReadBytes(decomposed, Options{})
		if err != nil {
			t.Fatalf("decomposed: %v", err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("decomposed text reads otherwise\n%s", diff)
		}
	})
}

func checkLines(t *testing.T, v reflect.Value, count int) {
	t.Helper()
	if l, ok := v.Interface().(Lines); ok {
		if l[0] < 1 || l[1] < l[0] || l[1] > count {
			t.Errorf("span %v outside of a source of %d lines", l, count)
		}
		return
	}
	each(v, func(child reflect.Value) { checkLines(t, child, count) })
}

func checkTexts(t *testing.T, v reflect.Value) {
	t.Helper()
	if v.Kind() == reflect.String {
		s := v.String()
		hidden := strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) })
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || hidden || s != strings.TrimSpace(s) {
			t.Errorf("text not clean: %q", s)
		}
		return
	}
	each(v, func(child reflect.Value) { checkTexts(t, child) })
}

func each(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			f(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			f(v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			f(it.Value())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f(v.Field(i))
		}
	}
}
