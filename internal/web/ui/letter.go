package ui

import (
	"slices"
	"strconv"
	"strings"
)

// LetterProps show an official letter beside what was read from it.
type LetterProps struct {
	Lines   []string // the text; line n is Lines[n-1]
	Picture string   // address of the picture of it, where there is no text and a browser can show it
	Fields  []LetterField
}

// LetterField is one thing read from a letter, with the lines it was read from.
type LetterField struct {
	Name      string // tells the words of fields apart; may be empty
	Label     string
	Value     string
	First     int // source lines, counted from 1; 0 when none
	Last      int
	Words     []LetterWords // the words themselves; the whole lines when there are none
	Uncertain string        // why a person should look; empty when sure
}

// LetterWords are characters of one line: those from From up to To, counted from 0.
type LetterWords struct{ Line, From, To int }

type letterLine struct {
	number    int
	text      string
	source    bool // some field was read from it
	uncertain bool
	words     []lineWords
}

type lineWords struct {
	from, to  int
	name      string
	uncertain bool
}

// piece is a run of characters of a line that the same fields were read from.
type piece struct {
	text      string
	names     string
	uncertain bool
}

// class is one column when there is no text or picture to show.
func (l LetterProps) class() string {
	if len(l.Lines) == 0 && l.Picture == "" {
		return "letter letter--alone"
	}
	return "letter"
}

// longLetter is how many lines a letter has of which a phone shows a window only.
const longLetter = 120

func (l LetterProps) sheetClass() string {
	if len(l.Lines) > longLetter {
		return "sheet sheet--long"
	}
	return "sheet"
}

func (l LetterProps) lines() []letterLine {
	out := make([]letterLine, len(l.Lines))
	for i, text := range l.Lines {
		out[i] = letterLine{number: i + 1, text: text}
	}
	for _, f := range l.Fields {
		for _, w := range f.Words {
			if w.Line >= 1 && w.Line <= len(out) && w.From >= 0 && w.From < w.To {
				line := &out[w.Line-1]
				line.words = append(line.words, lineWords{w.From, w.To, f.Name, f.Uncertain != ""})
				line.uncertain = line.uncertain || f.Uncertain != ""
			}
		}
		for n := max(f.First, 1); len(f.Words) == 0 && f.First > 0 && n <= f.Last && n <= len(out); n++ {
			out[n-1].source = true
			out[n-1].uncertain = out[n-1].uncertain || f.Uncertain != ""
		}
	}
	return out
}

// pieces cuts the line where the words of a field begin or end.
func (l letterLine) pieces() []piece {
	if len(l.words) == 0 || l.source {
		return []piece{{text: l.text}}
	}
	text := []rune(l.text)
	cuts := []int{0, len(text)}
	for _, w := range l.words {
		cuts = append(cuts, min(w.from, len(text)), min(w.to, len(text)))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i := 0; i+1 < len(cuts); i++ {
		p := piece{text: string(text[cuts[i]:cuts[i+1]])}
		var names []string
		for _, w := range l.words {
			if w.from <= cuts[i] && cuts[i+1] <= w.to {
				p.uncertain = p.uncertain || w.uncertain
				if name := w.name; !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		p.names = strings.Join(names, " ")
		out = append(out, p)
	}
	return out
}

func (p piece) class() string {
	if p.uncertain {
		return "sheet__words sheet__words--uncertain"
	}
	return "sheet__words"
}

func (l letterLine) class() string {
	switch {
	case l.source && l.uncertain:
		return "sheet__line sheet__line--uncertain"
	case l.source:
		return "sheet__line sheet__line--source"
	}
	return "sheet__line"
}

func (l letterLine) id() string { return "line-" + strconv.Itoa(l.number) }

func (f LetterField) lines() string {
	if f.Last > f.First {
		return strconv.Itoa(f.First) + "–" + strconv.Itoa(f.Last)
	}
	return strconv.Itoa(f.First)
}
