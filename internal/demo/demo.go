package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"

	"sachhon/internal/app"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/notify"
	"sachhon/internal/speech"
	"sachhon/internal/web"
)

// Options say where the demo lives.
type Options struct {
	Data   string // folder; must be empty or missing
	Listen string
	// Database is a URL; a file in the folder when empty.
	Database string
	Clock    clock.Clock // today's; the machine's when nil
	Logger   *slog.Logger
	Today    bool // set the second challenge around today beside the replay
}

// configuration is that of a small installation whose mails stay in a folder.
func (o Options) configuration(base web.Config) config.Config {
	url := o.Database
	if url == "" {
		url = "sqlite:" + filepath.Join(o.Data, "sachhon.db") + "?synchronous=off" // it can be replayed
	}
	base.Listen, base.BaseURL = o.Listen, "http://"+o.Listen
	return config.Config{
		Data: o.Data, Log: "text", Database: database.Config{URL: url}, Web: base,
		Mail: notify.Config{Sender: "folder", Folder: filepath.Join(o.Data, "mail"), From: "Sạch Hơn <sachhon@localhost>"},
		Jobs: jobs.Config{}, Speech: speech.DefaultConfig(),
	}
}

// Open replays the past into the folder and returns the application, living in the present.
func Open(ctx context.Context, base web.Config, o Options) (*app.App, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if err := empty(o.Data); err != nil {
		return nil, err
	}
	past := clock.NewSet(at(0, 8, 0).AddDate(0, 0, -1))
	now := clock.NewSwitch(past)
	cfg := o.configuration(base)
	var err error
	if cfg.Exchange, err = meetOutside(o.Data); err != nil {
		return nil, err
	}
	if err := migrate(ctx, cfg, now); err != nil {
		return nil, err
	}
	bar := &bar{clock: now}
	a, err := app.New(ctx, cfg, app.Options{Clock: now, Random: source(), Logger: o.Logger, Frame: bar})
	if err != nil {
		return nil, err
	}
	r := &replay{
		Services: a.Services, clock: past, random: rand.New(rand.NewPCG(seed, 6)), people: map[string]ident.ID{},
	}
	if err := r.fill(ctx, o); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	now.Follow(o.Clock)
	bar.open(a, r.people)
	return a, nil
}

func (r *replay) fill(ctx context.Context, o Options) error {
	if err := r.june(ctx); err != nil {
		return err
	}
	if o.Today {
		return r.today(ctx, o.Clock.Now())
	}
	return nil
}

// source is the randomness of everything made up; the same in every run.
func source() io.Reader {
	return rand.NewChaCha8([32]byte([]byte("the world cleaner, seed 1903/UBND"[:32])))
}

// empty makes sure that a replay does not meet another one's data.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if len(entries) > 0 {
		return fmt.Errorf("demo: the folder %s is not empty; name another one with --data, or remove it", dir)
	}
	return nil
}

func migrate(ctx context.Context, cfg config.Config, c clock.Clock) error {
	db, err := database.Open(ctx, cfg.Database, c)
	if err != nil {
		return err
	}
	return errors.Join(app.Migrate(ctx, db), db.Close())
}
