package docx

import (
	"archive/zip"
	"encoding/xml"
	"strconv"
	"strings"

	"sachhon/internal/lang"
)

const (
	maxLevels = 9
	maxLists  = 2_000
	maxLabel  = 60
)

// lists counts numbered paragraphs as a word processor does: lists that share a pattern go on counting unless told to
// begin anew, and a level begins anew below each number of the level above it.
type lists struct {
	patterns map[string]*[maxLevels]listLevel // abstract numberings
	numbers  map[string]numbering
	counts   map[string]*[maxLevels]int
	started  map[string]bool // lists whose own beginning was applied
}

type listLevel struct {
	format, text string
	start        int
}

type numbering struct {
	pattern string
	start   [maxLevels]int // -1 where the pattern's own beginning holds
}

func (r *reader) numbering(f *zip.File) error {
	l := &r.lists
	l.patterns, l.numbers = map[string]*[maxLevels]listLevel{}, map[string]numbering{}
	l.counts, l.started = map[string]*[maxLevels]int{}, map[string]bool{}
	pattern, num := "", ""
	at := 0
	return walk(f, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "abstractNum":
				pattern = attr(t, "abstractNumId")
				if l.patterns[pattern] = new([maxLevels]listLevel); len(l.patterns) > maxLists {
					return tooLarge()
				}
				for i := range l.patterns[pattern] {
					l.patterns[pattern][i].start = 1
				}
			case "lvl", "lvlOverride":
				at = level(attr(t, "ilvl"))
			case "num":
				num, pattern = attr(t, "numId"), ""
				if len(l.numbers) > maxLists {
					return tooLarge()
				}
				n := numbering{}
				for i := range n.start {
					n.start[i] = -1
				}
				l.numbers[num] = n
			case "abstractNumId":
				n := l.numbers[num]
				n.pattern = attr(t, "val")
				l.numbers[num] = n
			case "startOverride":
				n := l.numbers[num]
				n.start[at] = number(attr(t, "val"))
				l.numbers[num] = n
			case "start", "numFmt", "lvlText":
				if p := l.patterns[pattern]; p != nil {
					p[at].set(t.Name.Local, attr(t, "val"))
				}
			}
		}
		return nil
	})
}

func (v *listLevel) set(name, value string) {
	switch name {
	case "start":
		v.start = number(value)
	case "numFmt":
		v.format = value
	case "lvlText":
		if len(value) <= maxLabel {
			v.text = value
		}
	}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 100_000 {
		return 1
	}
	return n
}

// next counts a paragraph and returns what stands before it: "1.", "a)", "-", or "" for a paragraph of no list.
func (l *lists) next(ref listRef) string {
	n, ok := l.numbers[ref.num]
	if !ok || ref.num == "0" {
		return ""
	}
	levels := l.patterns[n.pattern]
	if levels == nil {
		return ""
	}
	counts := l.counts[n.pattern]
	if counts == nil {
		counts = new([maxLevels]int)
		for i := range counts {
			counts[i] = levels[i].start - 1
		}
		l.counts[n.pattern] = counts
	}
	if !l.started[ref.num] {
		l.started[ref.num] = true
		for i, start := range n.start {
			if start >= 0 {
				counts[i] = start - 1
			}
		}
	}
	at := ref.level
	counts[at]++
	for i := at + 1; i < maxLevels; i++ {
		counts[i] = levels[i].start - 1
	}
	return label(levels, counts, at)
}

func label(levels *[maxLevels]listLevel, counts *[maxLevels]int, at int) string {
	switch levels[at].format {
	case "bullet":
		return "-"
	case "none":
		return ""
	}
	text := levels[at].text
	for i := range maxLevels {
		place := "%" + strconv.Itoa(i+1)
		if strings.Contains(text, place) {
			text = strings.ReplaceAll(text, place, figure(levels[i].format, max(counts[i], levels[i].start)))
		}
	}
	return strings.TrimSpace(text)
}

// figure writes a count in a list's format.
func figure(format string, n int) string {
	switch format {
	case "upperRoman", "lowerRoman":
		roman := lang.Roman(n)
		if format == "lowerRoman" {
			return strings.ToLower(roman)
		}
		return roman
	case "lowerLetter", "upperLetter":
		letters := strings.Repeat(string(rune('a'+(max(n, 1)-1)%26)), min((max(n, 1)-1)/26+1, 4))
		if format == "upperLetter" {
			return strings.ToUpper(letters)
		}
		return letters
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}
