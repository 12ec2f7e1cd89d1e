package publicity

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Plain writes a text without accents, as phones sent it before they had them.
func Plain(s string) string {
	s = norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == 'đ':
			return 'd'
		case r == 'Đ':
			return 'D'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, norm.NFD.String(s)))
	return strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "…", "...", "\u00a0", " ").Replace(s)
}

// SMS says how a text travels as a short message.
type SMS struct {
	Unicode bool // one letter outside the old alphabet makes all of them cost double
	Units   int  // letters as they count; some of the old alphabet count twice
	Parts   int
	Left    int // free in the last part
}

// maxSMSParts is of how many messages a text may consist: each is paid for, and phones put more together badly.
const maxSMSParts = 3

// The letters of GSM 03.38, and those that its extension reaches with an escape.
const (
	gsm       = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmEscape = "\f^{}\\[~]|€"
)

// Measure counts a text as networks do: 160 letters of the old alphabet or 70 of Unicode in one message, 153 or 67 in each
// part of several.
func Measure(s string) SMS {
	var m SMS
	for _, r := range s {
		switch {
		case strings.ContainsRune(gsm, r):
			m.Units++
		case strings.ContainsRune(gsmEscape, r):
			m.Units += 2
		default:
			m.Unicode = true
		}
	}
	one, each := 160, 153
	if m.Unicode {
		one, each = 70, 67
		m.Units = 0
		for _, r := range s {
			m.Units++
			if r > 0xFFFF {
				m.Units++
			}
		}
	}
	switch {
	case m.Units == 0:
		m.Left = one
	case m.Units <= one:
		m.Parts, m.Left = 1, one-m.Units
	default:
		m.Parts = (m.Units + each - 1) / each
		m.Left = m.Parts*each - m.Units
	}
	return m
}

// withoutYear shortens 06/6/2024 to 06/6.
func withoutYear(date string) string {
	if i := strings.LastIndexByte(date, '/'); i > 0 {
		return date[:i]
	}
	return date
}
