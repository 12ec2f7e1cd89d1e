package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// LetterProps show an official letter beside what was read from it.
type LetterProps struct {
	Lines   []string // the text; line n is Lines[n-1]
	Picture string   // address of the picture of it, where there is no text and a browser can show it
	Fields  []LetterField
}

// LetterField is one thing read from a letter, with the lines it was read from.
type LetterField struct {
	Name   string // tells the words of fields apart; may be empty
	Label  string
	Value  string
	First  int // source lines, counted from 1; 0 when none
	Last   int
	Words  []LetterWords // the words themselves; the whole lines when there are none
	Doubts []string      // why a person should look; none when sure
	Parts  []LetterField // what the value is composed of, each with its own words
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
	depth     int // 0 for a field, more for the parts of it
}

// piece is a run of characters of a line that the same fields were read from.
type piece struct {
	text      string
	names     string
	id        string // where a link to a part leads; empty when no part begins here
	uncertain bool
	part      bool // it is of a part of a part: the deadline of one of the duties
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
		mark(out, f, 0)
		for n := max(f.First, 1); len(f.Words) == 0 && f.First > 0 && n <= f.Last && n <= len(out); n++ {
			out[n-1].source = true
			out[n-1].uncertain = out[n-1].uncertain || len(f.Doubts) > 0
		}
	}
	return out
}

// mark notes the words of a field and of its parts in their lines.
func mark(lines []letterLine, f LetterField, depth int) {
	for _, w := range f.Words {
		if w.Line >= 1 && w.Line <= len(lines) && w.From >= 0 && w.From < w.To {
			line := &lines[w.Line-1]
			line.words = append(line.words, lineWords{w.From, w.To, f.Name, len(f.Doubts) > 0, depth})
			line.uncertain = line.uncertain || len(f.Doubts) > 0
		}
	}
	for _, part := range f.Parts {
		mark(lines, part, depth+1)
	}
}

// pieces cuts the line where the words of a field begin or end. In a line that is marked as a whole, only parts have pieces.
func (l letterLine) pieces() []piece {
	if l.source {
		l.words = slices.DeleteFunc(slices.Clone(l.words), func(w lineWords) bool { return w.depth == 0 })
	}
	if len(l.words) == 0 {
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
				p.uncertain, p.part = p.uncertain || w.uncertain, p.part || w.depth > 1
				if w.depth > 0 && w.from == cuts[i] {
					p.id = wordsID(l.number, w.from)
				}
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
	class := "sheet__words"
	if p.uncertain {
		class += " sheet__words--uncertain"
	}
	if p.part {
		class += " sheet__words--part"
	}
	return class
}

// idAttrs name the piece, when a link leads to it.
func (p piece) idAttrs() templ.Attributes {
	if p.id == "" {
		return nil
	}
	return templ.Attributes{"id": p.id}
}

// wordsID names the place of words, so that several fields that were read from the same ones lead to it.
func wordsID(line, from int) string { return "words-" + strconv.Itoa(line) + "-" + strconv.Itoa(from) }

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

// href leads to the words of a part, else to the first line.
func (f LetterField) href(part bool) templ.SafeURL {
	if part && len(f.Words) > 0 {
		return templ.SafeURL("#" + wordsID(f.Words[0].Line, f.Words[0].From))
	}
	return templ.SafeURL("#line-" + strconv.Itoa(f.First))
}

// sourceLabel says of what the link shows the source, where many stand together.
func (f LetterField) sourceLabel(ctx context.Context) string {
	return f.Label + ": " + T(ctx, "ui.letter.lines", "Lines", f.lines())
}

func (f LetterField) lines() string {
	if f.Last > f.First {
		return strconv.Itoa(f.First) + "–" + strconv.Itoa(f.Last)
	}
	return strconv.Itoa(f.First)
}
