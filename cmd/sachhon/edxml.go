package main

import (
	"errors"
	"fmt"
	"os"

	"sachhon/internal/edxml"
)

type edxmlCommand struct {
	Check edxmlCheckCommand `cmd:"" help:"Read a package leniently, say what it holds and in what it deviates from the regulation."`
}

type edxmlCheckCommand struct {
	File string `arg:"" help:"Package (.edxml, .xml); - for standard input."`
}

// errDeviates makes the command end with 1, so that a script may ask it.
var errDeviates = errors.New("the package deviates from QCVN 102:2016")

func (c *edxmlCheckCommand) Run(s streams) error {
	in := s.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	reading, err := edxml.Read(in, edxml.Limits{})
	if err != nil {
		return err
	}
	say(s, reading)
	for _, d := range reading.Deviations {
		fmt.Fprintln(s.out, "-", s.l.T(d.Key(), "Path", d.Path, "Value", d.Value))
	}
	if !reading.Strict() {
		return errDeviates
	}
	fmt.Fprintln(s.out, s.l.T("edxml.check.strict"))
	return nil
}

// say prints what a package holds, with the codes beside their names.
func say(s streams, r edxml.Reading) {
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(s.out, "%s: %s\n", s.l.T(key), value)
		}
	}
	code := func(code, key string) string {
		if key == "" {
			return code
		}
		return code + " " + s.l.T(key)
	}
	if r.Report != nil {
		m := r.Report
		line("edxml.check.status", code(string(m.Status), m.Status.Key()))
		line("edxml.check.about", string(m.For.DocumentID))
		line("edxml.check.from", m.From.ID+" "+m.From.Name)
		line("edxml.check.words", m.Words)
		return
	}
	m := r.Letter
	line("edxml.check.letter", m.TypeName+" "+m.Symbol()+", "+s.l.Date(m.Date.Start()))
	line("edxml.check.subject", m.Subject)
	line("edxml.check.from", m.From.ID+" "+m.From.Name)
	for _, to := range m.To {
		line("edxml.check.to", to.ID+" "+to.Name)
	}
	line("edxml.check.business", code(string(m.Business.Kind), m.Business.Kind.Key()))
	line("edxml.check.priority", code(string(m.Other.Priority), m.Other.Priority.Key()))
	line("edxml.check.documentID", string(m.DocumentID))
	for _, a := range m.Attachments {
		line("edxml.check.attachment", fmt.Sprintf("%s (%s, %d byte)", a.Name, a.Type, len(a.Body)))
	}
	for _, e := range r.Extra {
		line("edxml.check.extra", e.Path)
	}
}
