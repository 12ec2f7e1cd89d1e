package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/demo"
	"sachhon/internal/web"
)

type demoCommand struct {
	Listen   string `default:"127.0.0.1:8080" help:"Address and port to listen on."`
	Data     string `type:"path" placeholder:"DIR" help:"Empty or new folder for the demo's data; a temporary one, removed at the end, when not given."`
	Database string `placeholder:"URL" help:"Empty database to fill instead of a SQLite file in the folder."`
}

func (c *demoCommand) Run(ctx context.Context, s streams) (err error) {
	begin := clock.System{}.Now()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreClosed(listener.Close())) }()
	data := c.Data
	if data == "" {
		if data, err = os.MkdirTemp("", "sachhon-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	}
	fmt.Fprintln(s.out, s.l.T("cli.demo.replaying"))
	a, err := demo.Open(ctx, web.Config{Timeout: 30 * time.Second, Grace: 5 * time.Second}, demo.Options{
		Data: data, Listen: listener.Addr().String(), Database: c.Database, Today: true,
	})
	if err != nil {
		return err
	}
	took := clock.System{}.Now().Sub(begin).Round(100 * time.Millisecond)
	fmt.Fprintln(s.out, s.l.T("cli.demo.ready", "Took", took.String(), "URL", a.Config.Web.BaseURL))
	return errors.Join(a.Serve(ctx, listener), a.Close())
}

// ignoreClosed lets a listener be closed that the server has closed already.
func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
