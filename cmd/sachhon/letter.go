package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
)

type letterCommand struct {
	Read  letterReadCommand  `cmd:"" help:"Read an official letter and print its parts as JSON, each with its source lines."`
	Check letterCheckCommand `cmd:"" help:"Say where an official letter departs from the form of Decree 30/2020."`
}

type letterReadCommand struct {
	File string `arg:"" help:"DOCX, PDF, HTML or text file; - for standard input."`
}

func (c *letterReadCommand) Run(ctx context.Context, s streams) error {
	_, reading, err := readLetter(ctx, c.File, s)
	if err != nil {
		return err
	}
	return letter.WriteJSON(s.out, reading, s.l.T)
}

type letterCheckCommand struct {
	File string `arg:"" help:"DOCX, PDF, HTML or text file; - for standard input."`
	JSON bool   `help:"Print JSON in place of text."`
}

func (c *letterCheckCommand) Run(ctx context.Context, s streams) error {
	text, reading, err := readLetter(ctx, c.File, s)
	if err != nil {
		return err
	}
	found := decree.CheckText(text, reading)
	if c.JSON {
		return decree.WriteJSON(s.out, found, s.l.T)
	}
	if len(found) == 0 {
		fmt.Fprintln(s.out, s.l.T("decree.none"))
	}
	for _, d := range found {
		where := ""
		if d.Lines[0] > 0 {
			where = ", " + s.l.T("decree.line", "Line", d.Lines[0])
		}
		fmt.Fprintf(s.out, "%s%s: %s\n  → %s (%s)\n", s.l.T("decree.severity."+string(d.Severity)), where, s.l.T(d.Key(), d.Pairs()...), s.l.T(d.AsksKey()), d.Rule)
	}
	return nil
}

// readLetter reads the letter of a file, and its text whose lines the reading names.
func readLetter(ctx context.Context, file string, s streams) (text string, r letter.Reading, err error) {
	in := s.in
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return "", letter.Reading{}, err
		}
		defer f.Close()
		in = f
	}
	// Without a unit tree the reader takes the case of names from the letter's own body.
	content, err := io.ReadAll(io.LimitReader(in, letter.MaxFile+1))
	if err != nil {
		return "", letter.Reading{}, err
	}
	return letter.ReadFile(ctx, content, letter.Options{})
}
