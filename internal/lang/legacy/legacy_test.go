package legacy

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

const sample = `Căn cứ Kế hoạch số 15/KH-UBND ngày 20 tháng 01 năm 2025 về việc tổ chức ra quân dọn vệ sinh bờ sông, đề nghị các đơn vị
phối hợp, tuyên truyền, vận động cán bộ, đoàn viên và Nhân dân hưởng ứng; gửi báo cáo kết quả trước ngày 20 tháng 02. Những việc khó, ý kiến
của người dân ở khu phố, cụm dân cư: quyển sổ, nghiêng, khuya, hoẵng, ngoằn ngoèo, quỳnh, kỹ, huỵch, gìn giữ, xoong, ương bướng.`

const english = `The café's naïve résumé mentions a façade in Zürich and a piñata. It is about cleaning the river, and nothing else.
Señor Muñoz visited São Paulo, Århus and Malmö in früher Zeit; déjà vu, très bien.`

func TestDetects(t *testing.T) {
	for _, e := range []Encoding{TCVN3, VNI} {
		got := Convert(e.Encode(sample))
		if got.Encoding != e || got.Text != sample {
			t.Errorf("%s: detected %q\n%s", e, got.Encoding, got.Text)
		}
	}
	for name, text := range map[string]string{
		"Vietnamese": sample, "decomposed Vietnamese": norm.NFD.String(sample), "English": english, "empty": "", "figures": "1.234,5 × 10 ± 2 °C §3 ©",
		"few letters": "cà phê, bánh mì, áo dài, phở",
	} {
		if got := Convert(text); got.Encoding != "" || got.Text != text {
			t.Errorf("%s was converted from %q", name, got.Encoding)
		}
	}
	mixed := TCVN3.Encode(sample) + "\n" + sample
	if got := Convert(mixed); got.Text != mixed || !got.Mixed {
		t.Errorf("a mixed text was touched, or not told: %v", got.Mixed)
	}
}

func TestHeadingOfCapitalsComesBack(t *testing.T) {
	const letter = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHỊ XÃ HƯƠNG AN\tĐộc lập - Tự do - Hạnh phúc\nSố: 15/UBND-VX\n" +
		"V/v tổ chức ra quân\ndọn vệ sinh bờ sông\n\nKính gửi: Uỷ ban nhân dân các xã, phường\nĐề nghị các đơn vị thực hiện,\nphối hợp chặt chẽ\n\n" +
		"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn Mẫu"
	if got := Convert(TCVN3.Encode(letter)); got.Text != letter {
		t.Errorf("got\n%s", got.Text)
	}
	if got := Convert(VNI.Encode(letter)); got.Text != letter {
		t.Errorf("VNI: got\n%s", got.Text)
	}
}

// letters that can be in a text: every Vietnamese letter, ASCII, punctuation.
func vietnamese() *rapid.Generator[string] {
	letters := []rune("abcdeghiklmnopqrstuvxy0123456789 .,;:-/()\n")
	for r := range toTCVN3 {
		letters = append(letters, r)
	}
	for r := range toVNI {
		letters = append(letters, r)
	}
	return rapid.StringOf(rapid.SampledFrom(letters))
}

func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := vietnamese().Draw(t, "text")
		if got, want := TCVN3.Decode(TCVN3.Encode(s)), lowerTones(s); got != want {
			t.Fatalf("TCVN3: %q became %q", want, got)
		}
		// In VNI a vowel before a letter that is also a mark would be another letter: such pairs stand in no syllable.
		if got := VNI.Decode(VNI.Encode(s)); got != s && !ambiguous(s) {
			t.Fatalf("VNI: %q became %q", s, got)
		}
	})
}

// ambiguous tells whether a vowel stands before a letter that VNI writes as a mark.
func ambiguous(s string) bool {
	var prev rune
	for _, r := range s {
		to, ok := toVNI[r]
		if ok {
			if _, pair := fromVNI[[2]rune{prev, to[0]}]; pair {
				return true
			}
		}
		prev = r
		if ok {
			prev = to[0]
			if to[1] != 0 {
				prev = 0
			}
		}
	}
	return false
}

// lowerTones makes those capitals small that TCVN3 does not have.
func lowerTones(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := toTCVN3[r]; ok || toTCVN3[unicode.ToLower(r)] == 0 {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

func TestOtherTextsStay(t *testing.T) {
	words := strings.Fields(sample + " " + english)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom(words)).Draw(t, "words"), " ")
		if got := Convert(text); got.Encoding != "" || got.Text != text {
			t.Fatalf("%q was converted from %s to %q", text, got.Encoding, got.Text)
		}
	})
}

func TestFonts(t *testing.T) {
	for name, want := range map[string]struct {
		e        Encoding
		capitals bool
	}{".VnTime": {TCVN3, false}, ".VnTimeH": {TCVN3, true}, "VNI-Times": {VNI, false}, "Times New Roman": {"", false}} {
		if e, capitals, _ := OfFont(name); e != want.e || capitals != want.capitals {
			t.Errorf("%s: %q, %v", name, e, capitals)
		}
	}
}

// FuzzConvert: whatever the text, it is valid UTF-8 again, and what was converted once is not converted again.
func FuzzConvert(f *testing.F) {
	for _, s := range []string{sample, TCVN3.Encode(sample), VNI.Encode(sample), english, "", "\xff\xfe", "aø aù aû"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		got := Convert(s)
		if got.Encoding == "" && got.Text != s {
			t.Fatalf("%q changed to %q without an encoding", s, got.Text)
		}
		if strings.ToValidUTF8(got.Text, "") != got.Text {
			t.Fatalf("not UTF-8: %q", got.Text)
		}
		if again := Convert(got.Text); got.Encoding != "" && again.Encoding == got.Encoding && again.Text != got.Text {
			t.Fatalf("%q → %q → %q", s, got.Text, again.Text)
		}
	})
}
