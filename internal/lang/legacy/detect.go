package legacy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Result is what became of a text.
type Result struct {
	Text     string
	Encoding Encoding // "" when nothing was converted
	Mixed    bool     // it looks old in parts, but holds Vietnamese in Unicode too, and was left as it is
}

// Detection compares how many words are Vietnamese syllables as they stand and after decoding.
const (
	minWords   = 3   // with a letter beyond ASCII
	sampleSize = 800 // words looked at
)

// Convert returns the text in Unicode if it is in one of the encodings, and untouched otherwise.
func Convert(text string) Result {
	e, mixed := Detect(text)
	if e == "" || mixed {
		return Result{Text: text, Mixed: mixed}
	}
	out := e.Decode(text)
	if e == TCVN3 {
		out = capitals(out)
	}
	return Result{Text: norm.NFC.String(out), Encoding: e}
}

// Detect tells which encoding a text is in, "" for none; mixed when letters that only Unicode has stand in it as well.
func Detect(text string) (e Encoding, mixed bool) {
	text = norm.NFC.String(text)
	words, own := foreignWords(text)
	if len(words) < minWords {
		return "", false
	}
	asIs, best, bestShare := share(words, ""), Encoding(""), 0
	for _, one := range []Encoding{TCVN3, VNI} {
		if s := share(words, one); s > bestShare {
			best, bestShare = one, s
		}
	}
	if bestShare < 80 || bestShare-asIs < 40 {
		return "", false
	}
	return best, own > 0
}

// foreignWords returns the words with letters of Western Europe, and how many letters stand in the text that only
// Vietnamese has in Unicode.
func foreignWords(text string) (words []string, own int) {
	for _, r := range text {
		if vietnameseOnly(r) {
			own++
		}
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r < 0x80 && !unicode.IsLetter(r) || r == 0xA0 || r >= 0x2000 && r < 0x2100
	}) {
		if strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 && r < 0x100 }) && !strings.ContainsFunc(word, vietnameseOnly) {
			if words = append(words, word); len(words) >= sampleSize {
				break
			}
		}
	}
	return words, own
}

func vietnameseOnly(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("ăĂđĐơƠưƯĩĨũŨ", r)
}

// share is how many of a hundred words are Vietnamese syllables.
func share(words []string, e Encoding) int {
	good := 0
	for _, w := range words {
		if Syllable(e.Decode(w)) {
			good++
		}
	}
	return 100 * good / max(1, len(words))
}

var (
	onsets = set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu q r s t th tr v x")
	rhymes = set("a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et " +
		"ê êch êm ên ênh êp êt êu êng i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh " +
		"oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet oi oc om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt " +
		"ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uô uôc uôi uôm uôn uông uôt uơ up ut uy " +
		"uya uych uyên uyêt uynh uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh ych yt")
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for s := range strings.FieldsSeq(list) {
		m[s] = true
	}
	return m
}

// Syllable tells whether a word can be a Vietnamese syllable: an onset that there is, a rhyme that there is, one tone.
func Syllable(word string) bool {
	bare, tones := withoutTone(strings.ToLower(word))
	if tones > 1 || bare == "" || len(bare) > 16 {
		return false
	}
	for _, onset := range []int{3, 2, 1, 0} {
		r := []rune(bare)
		if onset > len(r) {
			continue
		}
		head, rest := string(r[:onset]), string(r[onset:])
		if (onset == 0 || onsets[head]) && rhymes[rest] {
			return true
		}
		if head == "gi" && rest == "" { // gì
			return true
		}
	}
	return false
}

// withoutTone takes the tone off, and tells how many there were. The marks of ă, â, ê, ô, ơ, ư stay.
func withoutTone(s string) (string, int) {
	tones := 0
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			tones++
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(s), tones
}
