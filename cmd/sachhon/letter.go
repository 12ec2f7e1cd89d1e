package main

import (
	"os"

	"sachhon/internal/letter"
)

type letterCommand struct {
	Read letterReadCommand `cmd:"" help:"Read the text of an official letter and print its parts as JSON, each with its source lines."`
}

type letterReadCommand struct {
	File string `arg:"" help:"UTF-8 text file; - for standard input."`
}

func (c *letterReadCommand) Run(s streams) error {
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
	reading, err := letter.Read(in, letter.Options{})
	if err != nil {
		return err
	}
	return letter.WriteJSON(s.out, reading, s.l.T)
}
