package app

import (
	"context"
	"errors"
	"net"
	"net/http"

	"sachhon/internal/config"
	"sachhon/internal/web"
)

// App is one node: its services and its pages.
type App struct {
	*Services
	Site *web.Site
}

// New builds a node over a database that is up to date.
func New(ctx context.Context, cfg config.Config, o Options) (*App, error) {
	services, err := Open(ctx, cfg, o)
	if err != nil {
		return nil, err
	}
	a := &App{Services: services}
	if err := a.pages(o.Frame); err != nil {
		return nil, errors.Join(err, services.Close())
	}
	return a, nil
}

// Start lets the jobs run.
func (a *App) Start(ctx context.Context) error { return a.Queue.Start(ctx) }

// Handler answers requests without a listener, for tests.
func (a *App) Handler() (http.Handler, error) { return a.Site.Handler() }

// Serve starts the jobs and answers on the listener until ctx ends; then it waits for the answers and jobs under way.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	if err := a.Start(context.WithoutCancel(ctx)); err != nil {
		return errors.Join(err, listener.Close())
	}
	served := a.Site.Serve(ctx, listener)
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.Config.Web.Grace)
	defer cancel()
	return errors.Join(served, a.Queue.Stop(grace))
}
