package web

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"time"
)

// Config is how the server listens and what it admits.
type Config struct {
	Listen   string        `name:"listen" env:"SACHHON_LISTEN" default:"127.0.0.1:8080" help:"Address and port to listen on."`
	BaseURL  string        `name:"base-url" env:"SACHHON_BASE_URL" default:"http://127.0.0.1:8080" help:"The address people use, for links in e-mails; https makes cookies secure."`
	Proxies  []string      `name:"proxies" env:"SACHHON_PROXIES" help:"Networks (CIDR) of reverse proxies whose X-Forwarded-For is believed."`
	Tiles    string        `name:"tiles" env:"SACHHON_TILES" help:"Map tile address with {z}/{x}/{y}; none by default, see docs/operations.md."`
	TileNote string        `name:"tile-note" env:"SACHHON_TILE_NOTE" help:"Attribution that the tile source asks for."`
	Timeout  time.Duration `name:"timeout" env:"SACHHON_TIMEOUT" default:"30s" help:"Longest time for one answer; uploads have ten minutes."`
	Grace    time.Duration `name:"grace" env:"SACHHON_GRACE" default:"20s" help:"How long a stop waits for answers under way."`
	Metrics  string        `name:"metrics-token" env:"SACHHON_METRICS_TOKEN" secret:"true" help:"When set, /metrics wants it as a bearer token."`
}

// Validate reports everything that is wrong with the configuration.
func (c Config) Validate() error {
	var errs []error
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		errs = append(errs, fmt.Errorf("listen: want HOST:PORT: %w", err))
	}
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		errs = append(errs, fmt.Errorf("base-url: %q is no http or https address", c.BaseURL))
	}
	if _, err := c.proxies(); err != nil {
		errs = append(errs, err)
	}
	if c.Tiles != "" {
		if u, err := url.Parse(c.Tiles); err != nil || u.Scheme != "https" || u.Host == "" {
			errs = append(errs, fmt.Errorf("tiles: %q is no https address", c.Tiles))
		}
		if c.TileNote == "" {
			errs = append(errs, errors.New("tile-note: a tile source wants its attribution"))
		}
	}
	if c.Timeout <= 0 || c.Grace <= 0 {
		errs = append(errs, errors.New("timeout, grace: want more than nothing"))
	}
	return errors.Join(errs...)
}

// Secure tells whether people come by https.
func (c Config) Secure() bool { return len(c.BaseURL) > 6 && c.BaseURL[:6] == "https:" }

func (c Config) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, p := range c.Proxies {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			return nil, fmt.Errorf("proxies: %q is no network such as 10.0.0.0/8", p)
		}
		out = append(out, prefix)
	}
	return out, nil
}
