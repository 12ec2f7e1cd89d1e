package main

import (
	"context"
	"io"
	"os"

	"sachhon/internal/letter"
)

type letterCommand struct {
	Read letterReadCommand `cmd:"" help:"Read an official letter and print its parts as JSON, each with its source lines."`
}

type letterReadCommand struct {
	File string `arg:"" help:"DOCX, PDF, HTML or text file; - for standard input."`
}

func (c *letterReadCommand) Run(ctx context.Context, s streams) error {
	in := s.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	// Without a unit tree the reader takes the case of names from the letter's own body.
	content, err := io.ReadAll(io.LimitReader(in, letter.MaxFile+1))
	if err != nil {
		return err
	}
	_, reading, err := letter.ReadFile(ctx, content, letter.Options{})
	if err != nil {
		return err
	}
	return letter.WriteJSON(s.out, reading, s.l.T)
}
