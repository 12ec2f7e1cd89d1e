package main

import (
	"context"
	"fmt"
	"os"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

type unitsCommand struct {
	Import     unitsImportCommand     `cmd:"" help:"Import areas, organisations and groups; the forms of the file are in docs/units.md."`
	Boundaries unitsBoundariesCommand `cmd:"" help:"Import boundaries (GeoJSON) of units that exist."`
}

type unitsImportCommand struct {
	withConfig
	File      string `arg:"" type:"existingfile" help:"JSON file."`
	ValidFrom string `required:"" placeholder:"DAY" help:"First day in force (2024-05-01) of rows that name none."`
	ValidTo   string `placeholder:"DAY" help:"Last day in force; open when not given."`
	Partial   bool   `help:"Import the good rows although others are bad."`
}

func (c *unitsImportCommand) Run(ctx context.Context, s streams) error {
	from, err := day("valid-from", c.ValidFrom)
	if err != nil {
		return err
	}
	to, err := day("valid-to", c.ValidTo)
	if err != nil {
		return err
	}
	return importUnits(ctx, c.Config, s, c.File, func(units *unit.Service, f *os.File) (unit.ImportResult, error) {
		return units.Import(ctx, person.SystemActor, f, unit.ImportOptions{ValidFrom: from, ValidTo: to, Partial: c.Partial})
	})
}

// day reads an optional day of a flag.
func day(flag, text string) (clock.Day, error) {
	if text == "" {
		return "", nil
	}
	d, err := clock.ParseDay(text)
	if err != nil {
		return "", fmt.Errorf("--%s: %w", flag, err)
	}
	return d, nil
}

type unitsBoundariesCommand struct {
	withConfig
	File string `arg:"" type:"existingfile" help:"GeoJSON file whose features name the unit's code."`
	Day  string `required:"" placeholder:"DAY" help:"A day on which the units of the file are in force."`
}

func (c *unitsBoundariesCommand) Run(ctx context.Context, s streams) error {
	on, err := day("day", c.Day)
	if err != nil {
		return err
	}
	return importUnits(ctx, c.Config, s, c.File, func(units *unit.Service, f *os.File) (unit.ImportResult, error) {
		return units.ImportBoundaries(ctx, person.SystemActor, f, on)
	})
}

// importUnits opens the file, imports it, and says what happened to each row.
func importUnits(ctx context.Context, cfg config.Config, s streams, file string,
	run func(*unit.Service, *os.File) (unit.ImportResult, error),
) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	return withServices(ctx, cfg, s, func(services *app.Services) error {
		result, err := run(services.Units, f)
		for _, fault := range result.Faults {
			fmt.Fprintf(s.err, "%s:%d: %s\n", file, fault.Line, fault.Message(s.l))
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, s.l.T("cli.units.imported", "Added", result.Added, "Changed", result.Changed,
			"Unchanged", result.Unchanged, "Refused", len(result.Faults)))
		return nil
	})
}
