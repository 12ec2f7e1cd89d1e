package config

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"sachhon/internal/database"
	"sachhon/internal/exchange"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/paper/pdfsign"
	"sachhon/internal/speech"
	"sachhon/internal/web"
)

// Config is the configuration of one node.
type Config struct {
	Data string `name:"data" env:"SACHHON_DATA" default:"data" help:"Folder of the photos and documents."`
	Log  string `name:"log" env:"SACHHON_LOG" enum:"text,json" default:"text" help:"Form of the log: text for people, json for machines."`

	Database database.Config `embed:"" prefix:"database-"`
	Web      web.Config      `embed:""`
	Mail     notify.Config   `embed:"" prefix:"mail-"`
	Jobs     jobs.Config     `embed:"" prefix:"jobs-"`
	Exchange exchange.Config `embed:"" prefix:"exchange-"`
	Speech   speech.Config   `embed:"" prefix:"speech-"`
	Urging   Urging          `embed:"" prefix:"urging-"`
	Signing  pdfsign.Config  `embed:"" prefix:"signing-"`
}

// Validate reports everything that is wrong, not only the first fault.
func (c Config) Validate() error {
	var errs []error
	if strings.TrimSpace(c.Data) == "" {
		errs = append(errs, errors.New("data: not given"))
	}
	errs = append(errs, c.Database.Validate(), c.Web.Validate(), c.Mail.Validate(), c.Jobs.Validate(), c.Speech.Validate(),
		c.Urging.Validate(), c.Exchange.Validate(), c.Signing.Validate())
	return errors.Join(errs...)
}

// Blobs is the folder of the photos and documents.
func (c Config) Blobs() string { return filepath.Join(c.Data, "blobs") }

// Origin names this installation's log: the host of the address that people use.
func (c Config) Origin() (string, error) {
	u, err := url.Parse(c.Web.BaseURL)
	if err != nil {
		return "", fmt.Errorf("base-url: %w", err)
	}
	return u.Host + "/log", nil
}
