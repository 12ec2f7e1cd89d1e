package legacy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Encoding is one of the two encodings.
type Encoding string

// The encodings.
const (
	TCVN3 Encoding = "TCVN3"
	VNI   Encoding = "VNI"
)

// tcvn3Pairs are a place and the letter that TCVN3 puts there. It has small letters only, and the seven capitals without a
// tone: capitals with a tone are small letters in a font that shows capitals.
const tcvn3Pairs = "µà ¸á ¶ả ·ã ¹ạ ¨ă »ằ ¾ắ ¼ẳ ½ẵ Æặ ©â Çầ Êấ Èẩ Éẫ Ëậ ®đ Ìè Ðé Îẻ Ïẽ Ñẹ ªê Òề Õế Óể Ôễ Öệ ×ì Ýí Øỉ Üĩ Þị ßò ãó áỏ âõ äọ " +
	"«ô åồ èố æổ çỗ éộ ¬ơ êờ íớ ëở ìỡ îợ ïù óú ñủ òũ ôụ \u00adư õừ øứ öử ÷ữ ùự úỳ ýý ûỷ üỹ þỵ ¡Ă ¢Â §Đ £Ê ¤Ô ¥Ơ ¦Ư"

// vniPairs are a vowel with the mark that VNI writes behind it, small letters only; capitals have the capital mark.
const vniPairs = "aøà aùá aûả aõã aïạ aââ aàầ aáấ aåẩ aãẫ aäậ aêă aèằ aéắ aúẳ aüẵ aëặ eøè eùé eûẻ eõẽ eïẹ eâê eàề eáế eåể eãễ eäệ " +
	"oøò oùó oûỏ oõõ oïọ oâô oàồ oáố oåổ oãỗ oäộ ôøờ ôùớ ôûở ôõỡ ôïợ uøù uùú uûủ uõũ uïụ öøừ öùứ öûử öõữ öïự yøỳ yùý yûỷ yõỹ"

// vniSingles are letters that VNI puts on a place of their own.
const vniSingles = "ìì íí æỉ óĩ òị ôơ öư îỵ ñđ"

var (
	fromTCVN3 = map[rune]rune{}
	toTCVN3   = map[rune]rune{}
	fromVNI   = map[[2]rune]rune{} // with 0 as the second of a single
	toVNI     = map[rune][2]rune{}
)

func init() {
	for pair := range strings.FieldsSeq(tcvn3Pairs) {
		r := []rune(pair)
		fromTCVN3[r[0]], toTCVN3[r[1]] = r[1], r[0]
	}
	for pair := range strings.FieldsSeq(vniPairs) {
		r := []rune(pair)
		small, capital := r[2], unicode.ToUpper(r[2])
		base, mark := unicode.ToUpper(r[0]), unicode.ToUpper(r[1])
		fromVNI[[2]rune{r[0], r[1]}] = small
		fromVNI[[2]rune{base, mark}] = capital
		fromVNI[[2]rune{base, r[1]}] = capital // "Uûy ban": the capital was typed alone
		toVNI[small], toVNI[capital] = [2]rune{r[0], r[1]}, [2]rune{base, mark}
	}
	for pair := range strings.FieldsSeq(vniSingles) {
		r := []rune(pair)
		fromVNI[[2]rune{r[0]}], toVNI[r[1]] = r[1], [2]rune{r[0]}
		up, letter := unicode.ToUpper(r[0]), unicode.ToUpper(r[1])
		fromVNI[[2]rune{up}], toVNI[letter] = letter, [2]rune{up}
	}
}

// Decode returns the Unicode of a text in the encoding. What the encoding does not know stays as it is.
func (e Encoding) Decode(s string) string {
	switch e {
	case TCVN3:
		return strings.Map(func(r rune) rune {
			if to, ok := fromTCVN3[r]; ok {
				return to
			}
			return r
		}, s)
	case VNI:
		return decodeVNI(s)
	}
	return s
}

func decodeVNI(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		next, more := utf8.DecodeRuneInString(s[i+size:])
		if to, ok := fromVNI[[2]rune{r, next}]; ok && more > 0 {
			b.WriteRune(to)
			i += size + more
			continue
		}
		if to, ok := fromVNI[[2]rune{r}]; ok {
			b.WriteRune(to)
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// Encode is the way back, for tests and for sending to old systems. Capitals with a tone have no place in TCVN3: they
// become small letters, as a font of capitals shows them.
func (e Encoding) Encode(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch e {
		case TCVN3:
			to, ok := toTCVN3[r]
			if !ok {
				to, ok = toTCVN3[unicode.ToLower(r)]
			}
			if !ok {
				to = r
			}
			b.WriteRune(to)
		case VNI:
			to, ok := toVNI[r]
			if !ok {
				to[0] = r
			}
			b.WriteRune(to[0])
			if to[1] != 0 {
				b.WriteRune(to[1])
			}
		}
	}
	return b.String()
}

// OfFont returns the encoding that a font stands for, and whether it shows capitals only: .VnTime, .VnTimeH, VNI-Times.
func OfFont(name string) (e Encoding, capitals, ok bool) {
	lower := strings.ToLower(strings.TrimSpace(name))
	switch {
	case strings.HasPrefix(lower, ".vn"):
		return TCVN3, strings.HasSuffix(strings.TrimSpace(name), "H"), true
	case strings.HasPrefix(lower, "vni"):
		return VNI, false, true
	}
	return "", false, false
}

// OfBytes reads bytes that are not UTF-8 as the single-byte code page in which both encodings are kept in files.
func OfBytes(b []byte) string {
	runes := make([]rune, 0, len(b))
	for _, c := range b {
		runes = append(runes, rune(c))
	}
	return string(runes)
}
