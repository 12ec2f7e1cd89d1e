package ui

import "strconv"

// LetterProps show an official letter beside what was read from it.
type LetterProps struct {
	Lines  []string // the text; line n is Lines[n-1]
	Fields []LetterField
}

// LetterField is one thing read from a letter, with the lines it was read from.
type LetterField struct {
	Label     string
	Value     string
	First     int // source lines, counted from 1; 0 when none
	Last      int
	Uncertain string // why a person should look; empty when sure
}

type letterLine struct {
	number    int
	text      string
	source    bool // some field was read from it
	uncertain bool
}

func (l LetterProps) lines() []letterLine {
	out := make([]letterLine, len(l.Lines))
	for i, text := range l.Lines {
		out[i] = letterLine{number: i + 1, text: text}
	}
	for _, f := range l.Fields {
		for n := max(f.First, 1); f.First > 0 && n <= f.Last && n <= len(out); n++ {
			out[n-1].source = true
			out[n-1].uncertain = out[n-1].uncertain || f.Uncertain != ""
		}
	}
	return out
}

func (l letterLine) class() string {
	switch {
	case l.uncertain:
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
