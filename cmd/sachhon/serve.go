package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/database"
)

type serveCommand struct{ withConfig }

func (c *serveCommand) Run(ctx context.Context, s streams) error {
	a, err := app.New(ctx, c.Config, app.Options{})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Config.Web.Listen)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	fmt.Fprintln(s.out, s.l.T("cli.serving", "URL", c.Config.Web.BaseURL))
	return errors.Join(a.Serve(ctx, listener), a.Close())
}

type migrateCommand struct{ withConfig }

func (c *migrateCommand) Run(ctx context.Context, s streams) error {
	db, err := database.Open(ctx, c.Config.Database, clock.System{})
	if err != nil {
		return err
	}
	if err := errors.Join(app.Migrate(ctx, db), db.Close()); err != nil {
		return err
	}
	fmt.Fprintln(s.out, s.l.T("cli.migrated"))
	return nil
}

// withServices runs f over the configured installation.
func withServices(ctx context.Context, cfg config.Config, _ streams, f func(*app.Services) error) error {
	services, err := app.Open(ctx, cfg, app.Options{})
	if err != nil {
		return err
	}
	return errors.Join(f(services), services.Close())
}
