package main

import "sachhon/internal/web/asset"

type licencesCommand struct{}

func (c *licencesCommand) Run(s streams) error {
	text, err := asset.Licences()
	if err != nil {
		return err
	}
	_, err = s.out.Write(text)
	return err
}
