package main

import (
	"context"
	"fmt"
	"os"

	"sachhon/internal/app"
	"sachhon/internal/person"
)

type exchangeCommand struct {
	Codes exchangeCodesCommand `cmd:"" help:"Set under which codes units are known to other systems; the form of the file is in docs/exchange.md."`
}

type exchangeCodesCommand struct {
	withConfig
	File string `arg:"" type:"existingfile" help:"CSV file: unit code, organ code, partner (empty for a unit inside)."`
}

func (c *exchangeCodesCommand) Run(ctx context.Context, s streams) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		result, err := services.Exchange.ImportCodes(ctx, person.SystemActor, f)
		for _, bad := range result.Faults {
			fmt.Fprintf(s.err, "%s:%d: %s\n", c.File, bad.Line, s.l.T(bad.Err.Key, bad.Err.Args...))
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, s.l.T("exchange.cli.codes", "Changed", result.Changed, "Unchanged", result.Unchanged))
		return nil
	})
}
