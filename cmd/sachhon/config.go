package main

import (
	"github.com/alecthomas/kong"

	"sachhon/internal/config"
)

type configCommand struct{ withConfig }

func (c *configCommand) Run(k *kong.Context, s streams) error {
	return config.Print(s.out, k.Selected().Flags)
}
