package lang

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestNFC(t *testing.T) {
	for in, want := range map[string]string{
		"Hue\u0302\u0301":          "Huế",
		"Hue\u0301\u0302":          "Huế", // tone typed first
		"Hu\u00e9\u0302":           "Huế",
		"Huế":                      "Huế",
		"a\u0323\u0302":            "ậ",
		"a\u0302\u0323":            "ậ",
		"a\u0301\u0306":            "ắ",
		"A\u0309\u0306":            "Ẳ",
		"o\u0309\u0302i tho\u031b": "ổi thơ",
		"o\u0301\u031b":            "ớ",
		"i\u0301\u0302":            "í\u0302", // no Vietnamese letter: left alone
		"":                         "",
		"Đường":                    "Đường",
		"\u0302\u0301":             "\u0302\u0301",
	} {
		if got := NFC(in); got != want {
			t.Errorf("NFC(%+q) = %+q, want %+q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  Hương\t Trà \n":              "Hương Trà",
		"An\u200bBình\ufeff":            "AnBình",
		"\u202eevil\u202c":              "evil",
		"a\u0000b\u0007":                "ab",
		"một\u00a0hai\u3000ba":          "một hai ba",
		"Hue\u0302\u200b\u0301":         "Huế",
		"\xffHu\xc3":                    "Hu",
		"dòng một\u2028dòng hai":        "dòng một dòng hai",
		"<b>không phải việc của nó</b>": "<b>không phải việc của nó</b>",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%+q) = %+q, want %+q", in, got, want)
		}
	}
	if got, want := CleanLines("\r\n một  hai\r\n\n\n\nba \u200b\n\n"), "một hai\n\nba"; got != want {
		t.Errorf("CleanLines = %q, want %q", got, want)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Đường Hương Trà":   "duong huong tra",
		"ĐÀ NẴNG":           "da nang",
		"Hương  Văn":        "huong van",
		"Hương Vân":         "huong van",
		"Hue\u0301\u0302":   "hue",
		"UBND xã Bình Tiến": "ubnd xa binh tien",
		"thủy THUỶ":         "thuy thuy",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTonesOfAllOrdersAreOneLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vowel := rapid.SampledFrom([]string{"a", "e", "o", "A", "E", "O"}).Draw(t, "vowel")
		tone := rapid.SampledFrom([]string{"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}).Draw(t, "tone")
		first, second := NFC(vowel+tone+"\u0302"), NFC(vowel+"\u0302"+tone)
		if first != second || utf8.RuneCountInString(first) != 1 {
			t.Fatalf("%+q and %+q", first, second)
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Hue\u0301\u0302", " a\u200b\u0301 ", "\xff", "\u202e", "e\u0301\u0302\u0301", "\u1100\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Fatalf("Clean(%+q) = %+q, then %+q", s, got, again)
		}
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || strings.TrimSpace(got) != got {
			t.Fatalf("Clean(%+q) = %+q", s, got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r != ' ' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Z) }) {
			t.Fatalf("Clean(%+q) leaves something invisible: %+q", s, got)
		}
		if lines := CleanLines(s); CleanLines(lines) != lines || strings.Contains(lines, "\n\n\n") {
			t.Fatalf("CleanLines(%+q) = %+q, then %+q", s, lines, CleanLines(lines))
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Đà Nẵng", "İstanbul", "ẞ", "\u212b", "\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Fold(s)
		if again := Fold(got); again != got {
			t.Fatalf("Fold(%+q) = %+q, then %+q", s, got, again)
		}
		if composed, decomposed := Fold(norm.NFC.String(s)), Fold(norm.NFD.String(s)); composed != decomposed {
			t.Fatalf("%+q folds to %+q composed and %+q decomposed", s, composed, decomposed)
		}
	})
}

func TestCompare(t *testing.T) {
	want := []string{"an", "Ăn", "Ân", "da", "Duy", "Dương Nỗ", "Đan Điền", "Đông Ba", "ma", "mà", "mả", "mã", "má", "mạ", "o", "Ô", "ơ", "u", "ư"}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortBy(got, func(s string) string { return s })
	if !slices.Equal(got, want) {
		t.Errorf("sorted as %v", got)
	}
}

func TestCompareIsSafeForManyGoroutines(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if Compare("Đan Điền", "Duy Tân") <= 0 || Compare("ma", "má") >= 0 {
					t.Error("wrong order")
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestFirstLetters(t *testing.T) {
	for _, c := range []struct{ in, capital, small string }{
		{"", "", ""},
		{"ủy ban", "Ủy ban", "ủy ban"},
		{"Ủy ban nhân dân", "Ủy ban nhân dân", "ủy ban nhân dân"},
		{"Hương Trà hưởng ứng", "Hương Trà hưởng ứng", "Hương Trà hưởng ứng"},
		{"UBND thị xã", "UBND thị xã", "UBND thị xã"},
		{"đội 5", "Đội 5", "đội 5"},
	} {
		if got := Capital(c.in); got != c.capital {
			t.Errorf("Capital(%q) = %q, want %q", c.in, got, c.capital)
		}
		if got := Small(c.in); got != c.small {
			t.Errorf("Small(%q) = %q, want %q", c.in, got, c.small)
		}
	}
}

func TestIsUpper(t *testing.T) {
	for s, want := range map[string]bool{"HÒA": true, "TỈNH 46 – ĐƯỜNG": true, "Hòa": false, "đ": false, "123": false, "": false} {
		if got := IsUpper(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestShort(t *testing.T) {
	for _, tt := range []struct {
		s    string
		most int
		want string
	}{{"Tứ Hạ", 5, "Tứ Hạ"}, {"Tứ Hạ", 4, "Tứ H…"}, {"Tứ Hạ", 3, "Tứ…"}, {"", 3, ""}, {"a", 0, "…"}} {
		if got := Short(tt.s, tt.most); got != tt.want {
			t.Errorf("%q to %d: %q", tt.s, tt.most, got)
		}
	}
}

func TestInvalidLine(t *testing.T) {
	for s, want := range map[string]int{"\xff": 1, "một\nhai\n\xc3": 3, "một\n�\nba\xfe": 3} {
		if got := InvalidLine([]byte(s)); got != want {
			t.Errorf("%q: line %d", s, got)
		}
	}
}

func TestRoman(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 49: "XLIX", 95: "XCV", 399: "CCCXCIX", 400: "400", 0: "0", -3: "-3"} {
		if got := Roman(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
