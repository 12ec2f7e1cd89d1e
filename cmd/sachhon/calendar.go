package main

import (
	"context"
	"fmt"
	"os"

	"sachhon/internal/app"
	"sachhon/internal/person"
)

type calendarCommand struct {
	Import calendarImportCommand `cmd:"" help:"Add days to the calendar or correct them: a CSV file with the head day,kind,name,source and perhaps status; kinds are off, working, usual; a status is empty or unconfirmed."`
	List   calendarListCommand   `cmd:"" help:"Print the days of a year that differ from an ordinary week, in the form that import reads."`
}

type calendarImportCommand struct {
	withConfig
	File string `arg:"" type:"existingfile" help:"CSV file."`
}

func (c *calendarImportCommand) Run(ctx context.Context, s streams) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		result, err := services.Calendar.Import(ctx, person.SystemActor, f)
		for _, fault := range result.Faults {
			fmt.Fprintf(s.err, "%s:%d: %s\n", c.File, fault.Line, fault.Message(s.l))
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, s.l.T("cli.calendar.imported", "Added", result.Added, "Changed", result.Changed, "Unchanged", result.Unchanged))
		return nil
	})
}

type calendarListCommand struct {
	withConfig
	Year int `required:"" placeholder:"YEAR" help:"The year, 0 for all."`
}

func (c *calendarListCommand) Run(ctx context.Context, s streams) error {
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		days, err := services.Calendar.Current(ctx)
		if err != nil {
			return err
		}
		return days.WriteCSV(s.out, c.Year)
	})
}
