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
	Check letterCheckCommand `cmd:"" help:"Say where an official letter departs from the form of Decree 30/2020, of a DOCX also in how it is set."`
}

type letterReadCommand struct {
	File string `arg:"" help:"DOCX, PDF, HTML or text file; - for standard input."`
}

func (c *letterReadCommand) Run(ctx context.Context, s streams) error {
	_, _, reading, err := readLetter(ctx, c.File, s)
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
	file, text, reading, err := readLetter(ctx, c.File, s)
	if err != nil {
		return err
	}
	found, err := decree.Check(ctx, file, text, reading)
	if err != nil {
		return err
	}
	if c.JSON {
		return decree.WriteJSON(s.out, found, s.l.T)
	}
	switch {
	case !decree.Covers(text, reading):
		fmt.Fprintln(s.out, s.l.T("decree.notCovered"))
	case len(found) == 0:
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
func readLetter(ctx context.Context, name string, s streams) (file []byte, text string, r letter.Reading, err error) {
	in := s.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, "", letter.Reading{}, err
		}
		defer f.Close()
		in = f
	}
	if file, err = io.ReadAll(io.LimitReader(in, letter.MaxFile+1)); err != nil {
		return nil, "", letter.Reading{}, err
	}
	// Without a unit tree the reader takes the case of names from the letter's own body.
	text, r, err = letter.ReadFile(ctx, file, letter.Options{})
	return file, text, r, err
}
