package letter

import (
	"regexp"
	"slices"
	"strings"
)

var reApart = regexp.MustCompile(`\s{2,}`)

// setWord is a word as it is set on a page.
type setWord struct {
	text  string
	apart bool // it begins a line, or stands behind a gap
}

func setWords(text string) []setWord {
	var out []setWord
	for line := range strings.Lines(text) {
		for _, piece := range reApart.Split(strings.TrimSpace(line), -1) {
			for i, word := range strings.Fields(piece) {
				out = append(out, setWord{word, i == 0})
			}
		}
	}
	return out
}

// holds tells whether a text has each piece of another one, word for word and in the same order. What else there is must
// stand apart from them, as the box of a signature does.
func holds(text, own string) bool {
	all, pieces := setWords(text), setWords(own)
	at := 0 // in all, behind what was found
	for len(pieces) > 0 {
		n := 1
		for n < len(pieces) && !pieces[n].apart {
			n++
		}
		for !begins(all[at:], pieces[:n]) {
			if !added(all, at) {
				return false
			}
			for at++; at < len(all) && !all[at].apart; {
				at++
			}
		}
		at, pieces = at+n, pieces[n:]
	}
	return at == len(all) || added(all, at)
}

func begins(all, with []setWord) bool {
	return len(all) >= len(with) && slices.EqualFunc(all[:len(with)], with, func(a, b setWord) bool { return a.text == b.text })
}

// added tells whether something that is not ours may begin here: apart from the rest, or in the room that the mark of an
// electronic copy leaves for the time.
func added(all []setWord, at int) bool {
	if at >= len(all) || all[at].apart {
		return at < len(all)
	}
	return at > 0 && strings.HasSuffix(all[at-1].text, ";") && strings.IndexAny(all[at].text, "0123456789") == 0
}
