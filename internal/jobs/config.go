package jobs

import (
	"errors"
	"log/slog"
	"time"
)

// Config says how the queue works. The zero value of a field means its default.
type Config struct {
	Workers     int           `name:"workers" env:"SACHHON_JOBS_WORKERS" default:"4" help:"Jobs that run at the same time."`
	Timeout     time.Duration `name:"timeout" env:"SACHHON_JOBS_TIMEOUT" default:"5m" help:"Time after which a job is asked to stop."`
	RescueAfter time.Duration `name:"rescue-after" env:"SACHHON_JOBS_RESCUE_AFTER" default:"15m" help:"Time after which a job whose process died is taken up again; more than the timeout."`

	Logger *slog.Logger `kong:"-"`
}

// Validate reports what is wrong with the configuration.
func (c Config) Validate() error {
	c = c.withDefaults()
	var errs []error
	if c.Workers < 1 || c.Workers > 1000 {
		errs = append(errs, errors.New("jobs workers: want 1 to 1000"))
	}
	if c.Timeout < time.Second {
		errs = append(errs, errors.New("jobs timeout: want at least one second"))
	}
	if c.RescueAfter <= c.Timeout {
		errs = append(errs, errors.New("jobs rescue-after: want more than the timeout, or a running job would be run again beside itself"))
	}
	return errors.Join(errs...)
}

func (c Config) withDefaults() Config {
	if c.Workers == 0 {
		c.Workers = 4
	}
	if c.Timeout == 0 {
		c.Timeout = 5 * time.Minute
	}
	if c.RescueAfter == 0 {
		c.RescueAfter = max(15*time.Minute, 3*c.Timeout)
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c
}
