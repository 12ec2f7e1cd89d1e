package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"sachhon/internal/app"
	"sachhon/internal/audit"
)

type logCommand struct {
	Verify logVerifyCommand `cmd:"" help:"Compute the whole log anew and compare it with what is stored, and with checkpoints that were kept elsewhere."`
	Key    logKeyCommand    `cmd:"" help:"Print the public key with which anybody can check a checkpoint."`
}

type logVerifyCommand struct {
	withConfig
	Checkpoints []string `arg:"" optional:"" type:"existingfile" help:"Files with checkpoints, as /log/checkpoint gave them."`
}

func (c *logVerifyCommand) Run(ctx context.Context, s streams) error {
	var kept [][]byte
	for _, name := range c.Checkpoints {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		kept = append(kept, text)
	}
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		err := services.Log.Verify(ctx, kept...)
		if errors.Is(err, audit.ErrBroken) {
			return fmt.Errorf("%s\n%w", s.l.T("cli.log.broken"), err)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(s.out, s.l.T("cli.log.intact", "Count", services.Log.Head(), "Checkpoints", len(kept)))
		return nil
	})
}

type logKeyCommand struct{ withConfig }

func (c *logKeyCommand) Run(ctx context.Context, s streams) error {
	return withServices(ctx, c.Config, s, func(services *app.Services) error {
		_, err := fmt.Fprintln(s.out, services.Log.VerifierKey())
		return err
	})
}
