package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"os"

	"sachhon/internal/audit"
	"sachhon/internal/award"
	"sachhon/internal/blob"
	"sachhon/internal/calendar"
	"sachhon/internal/cascade"
	"sachhon/internal/challenge"
	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/config"
	"sachhon/internal/database"
	"sachhon/internal/decree"
	"sachhon/internal/drafting"
	"sachhon/internal/entrant"
	"sachhon/internal/evidence"
	"sachhon/internal/exchange"
	"sachhon/internal/exchange/carry"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/insight"
	"sachhon/internal/jobs"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/progress"
	"sachhon/internal/publicity"
	"sachhon/internal/report"
	"sachhon/internal/scoring"
	"sachhon/internal/session"
	"sachhon/internal/speech"
	"sachhon/internal/unit"
	"sachhon/internal/urging"
	"sachhon/internal/web"
)

// Options are what differs between a server, the demo and a test.
type Options struct {
	Clock  clock.Clock  // the machine's when nil
	Random io.Reader    // of identifiers and keys; the operating system's when nil
	Logger *slog.Logger // as configured, to standard error, when nil
	Frame  web.Frame    // completes the frame of every page last; none when nil
}

// Services are all services of one node, without any page.
type Services struct {
	Config config.Config
	Clock  clock.Clock
	Logger *slog.Logger
	IDs    *ident.Generator

	DB       *database.DB
	Queue    *jobs.Queue
	Blobs    *blob.Folder
	Log      *audit.Log
	Mail     *notify.Service
	Mails    *notify.Folder // nil when mails are really sent
	Pictures *imaging.Processor
	Speech   *speech.Service

	Calendar   *calendar.Service
	Units      *unit.Service
	People     *person.Service
	Sessions   *session.Service
	Challenges *challenge.Service
	Letters    *letter.Service
	Drafting   *drafting.Service
	Cascade    *cascade.Service
	Urging     *urging.Service
	Entrants   *entrant.Service
	Cleanups   *cleanup.Service
	Reports    *report.Service
	Evidence   *evidence.Service
	Scoring    *scoring.Service
	Awards     *award.Service
	Insight    *insight.Service
	Progress   *progress.Service
	Publicity  *publicity.Service
	Exchange   *exchange.Service
}

// Migrate brings the tables of the application and of its job queue up to date.
func Migrate(ctx context.Context, db *database.DB) error {
	if err := errors.Join(db.Migrate(ctx), jobs.Migrate(ctx, db)); err != nil {
		return err
	}
	return letter.Reindex(ctx, db)
}

// ErrOldSchema says that the database is older than the program.
var ErrOldSchema = errors.New("the database is older than this program; run \"sachhon migrate\" first")

// Open opens the database, which must be up to date, and builds the services.
func Open(ctx context.Context, cfg config.Config, o Options) (_ *Services, err error) {
	s := &Services{Config: cfg, Clock: o.Clock, Logger: o.Logger}
	if s.Clock == nil {
		s.Clock = clock.System{}
	}
	if s.Logger == nil {
		s.Logger = logger(cfg.Log)
	}
	random := o.Random
	if random == nil {
		random = rand.Reader
	}
	s.IDs = ident.NewSeeded(s.Clock, random)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if s.DB, err = database.Open(ctx, cfg.Database, s.Clock); err != nil {
		return nil, err
	}
	if old, err := s.DB.Pending(ctx); err != nil {
		return nil, err
	} else if old {
		return nil, ErrOldSchema
	}
	if s.Blobs, err = blob.OpenFolder(cfg.Blobs()); err != nil {
		return nil, err
	}
	if err := s.openLog(ctx, random); err != nil {
		return nil, err
	}
	if err := s.openMail(); err != nil {
		return nil, err
	}
	return s, s.build(ctx)
}

func (s *Services) openLog(ctx context.Context, random io.Reader) error {
	origin, err := s.Config.Origin()
	if err != nil {
		return err
	}
	signer, err := audit.OpenSigner(ctx, s.DB, origin, random)
	if err != nil {
		return err
	}
	s.Log = audit.New(s.DB, signer)
	_, err = s.Log.Refresh(ctx)
	return err
}

func (s *Services) openMail() error {
	jobsConfig := s.Config.Jobs
	jobsConfig.Logger = s.Logger
	s.Queue = jobs.New(s.DB, jobsConfig)
	sender, err := notify.NewSender(s.Config.Mail)
	if err != nil {
		return err
	}
	s.Mails, _ = sender.(*notify.Folder)
	s.Mail = notify.New(s.DB, s.Queue, sender, s.Logger)
	return nil
}

// build makes the domains, each from those above it in the table of ARCHITECTURE.md.
func (s *Services) build(ctx context.Context) (err error) {
	s.Pictures = imaging.NewProcessor()
	s.Calendar = calendar.NewService(s.DB, s.Log, s.IDs)
	s.Speech = speech.NewService(s.DB, s.Queue, s.Blobs, s.Config.Speech)
	s.Units = unit.NewService(s.DB, s.Log, s.IDs)
	s.People = person.NewService(s.DB, s.Log, s.IDs, s.Units)
	s.Sessions, err = session.Open(ctx, session.Needs{
		DB: s.DB, Log: s.Log, Queue: s.Queue, Mail: s.Mail, IDs: s.IDs, Accounts: s.People, Link: s.signInLink,
	})
	if err != nil {
		return err
	}
	s.Challenges = challenge.NewService(s.DB, s.Log, s.Queue, s.IDs, s.Units, s.Blobs)
	s.Letters = letter.NewService(s.DB, s.Log, s.IDs, s.Blobs, s.Units)
	s.Drafting = drafting.NewService(s.DB, s.Log, s.Units)
	roots, err := s.Config.Signing.Pool()
	if err != nil {
		return err
	}
	s.Letters.PrintWith(drafting.Printer{Pictures: s.Pictures, Roots: roots})
	s.Letters.JudgeWith(decree.Judge)
	s.Cascade = cascade.NewService(cascade.Config{
		DB: s.DB, Log: s.Log, Queue: s.Queue, IDs: s.IDs, Blobs: s.Blobs, Units: s.Units, Letters: s.Letters,
		Mail: s.Mail, People: s.People, Calendar: s.Calendar, Challenges: s.Challenges, Pictures: s.Pictures,
		Page: func(id ident.ID) string { return s.Config.Web.BaseURL + "/don-vi/ban-gui/" + string(id) },
	})
	s.Entrants = entrant.NewService(s.DB, s.Log, s.IDs, s.Units, s.Challenges, s.Mail)
	s.People.Represented(s.Entrants.RepresentedBy)
	s.Cleanups = cleanup.NewService(s.DB, s.Log, s.Queue, s.IDs, s.Units, s.Challenges, s.Entrants, s.Mail)
	s.Reports = report.NewService(report.Needs{
		DB: s.DB, Log: s.Log, Queue: s.Queue, IDs: s.IDs, Challenges: s.Challenges, Entrants: s.Entrants,
		Cleanups: s.Cleanups, Mail: s.Mail, Blobs: s.Blobs, Pictures: s.Pictures,
	})
	if s.Urging, err = s.urging(); err != nil {
		return err
	}
	s.Evidence = evidence.NewService(s.DB, s.Challenges, s.Cleanups, s.Reports)
	s.Scoring = scoring.NewService(s.DB, s.Challenges)
	s.Awards = award.NewService(s.DB, s.Log, s.IDs, s.Challenges, s.Reports, s.Scoring)
	s.Insight = insight.NewService(s.DB, s.Log, s.Challenges, s.Scoring, s.Awards, insight.Config{})
	s.Progress = progress.NewService(progress.Config{
		DB: s.DB, Log: s.Log, Queue: s.Queue, IDs: s.IDs, Blobs: s.Blobs, Units: s.Units, Letters: s.Letters, Cascade: s.Cascade,
		Challenges: s.Challenges, Drafting: s.Drafting, Calendar: s.Calendar,
		Page: func(id ident.ID) string { return s.Config.Web.BaseURL + "/don-vi/bao-cao/" + string(id) },
	})
	s.Publicity = publicity.NewService(publicity.Config{
		Heads: s.Drafting,
		DB:    s.DB, Log: s.Log, IDs: s.IDs, Units: s.Units, Challenges: s.Challenges, Letters: s.Letters, Cascade: s.Cascade, Insight: s.Insight,
		BaseURL: s.Config.Web.BaseURL,
	})
	return s.openExchange()
}

// openExchange opens the ways to other document systems; without partners there are none.
func (s *Services) openExchange() error {
	partners, err := exchange.LoadPartners(s.Config.Exchange.Partners)
	if err != nil {
		return err
	}
	ways, err := carry.Open(partners, s.Config.Exchange.MaxBytes())
	if err != nil {
		return err
	}
	s.Exchange = exchange.NewService(exchange.Needs{
		DB: s.DB, Log: s.Log, Queue: s.Queue, IDs: s.IDs, Blobs: s.Blobs, Units: s.Units, Letters: s.Letters, Cascade: s.Cascade,
		Progress: s.Progress, Config: s.Config.Exchange, Partners: partners, Ways: ways,
	})
	return nil
}

// urging connects those who urge with the calendar and with entrants, who come after letters.
func (s *Services) urging() (*urging.Service, error) {
	begin, end, err := s.Config.Urging.Quiet()
	if err != nil {
		return nil, err
	}
	page := func(before, after string) func(ident.ID) string {
		return func(id ident.ID) string { return s.Config.Web.BaseURL + before + string(id) + after }
	}
	return urging.NewService(urging.Config{
		DB: s.DB, Log: s.Log, Queue: s.Queue, IDs: s.IDs, Units: s.Units, People: s.People, Challenges: s.Challenges,
		Letters: s.Letters, Drafting: s.Drafting, Cascade: s.Cascade, Entrants: s.Entrants, Reports: overdueReports{s}, Mail: s.Mail,
		Hours: urging.Hours{Begin: begin, End: end}, Calendar: s.Calendar.Current,
		DispatchPage: page("/don-vi/ban-gui/", ""), LetterPage: page("/don-vi/soan-thao/", ""), LogPage: page("/don-vi/cong-van/", "/don-doc"),
	}), nil
}

// overdueReports connects those who urge with the reports upward.
type overdueReports struct{ *Services }

// Overdue implements urging.Reports.
func (s overdueReports) Overdue(ctx context.Context) ([]urging.OverdueReport, error) {
	all, err := s.Progress.Overdue(ctx)
	out := make([]urging.OverdueReport, len(all))
	for i, e := range all {
		out[i] = urging.OverdueReport{Letter: e.Letter.ID, Unit: e.Reporter.ID, Due: e.Due}
	}
	return out, err
}

// signInLink is the address in a mail at which somebody signs in by pressing a button.
func (s *Services) signInLink(token string) string {
	return s.Config.Web.BaseURL + web.SignInPath + "/lien-ket?" + url.Values{"token": {token}}.Encode()
}

// Close releases everything that was opened.
func (s *Services) Close() error {
	var errs []error
	if s.Mails != nil {
		errs = append(errs, s.Mails.Close())
	}
	if s.Blobs != nil {
		errs = append(errs, s.Blobs.Close())
	}
	if s.DB != nil {
		errs = append(errs, s.DB.Close())
	}
	return errors.Join(errs...)
}

func logger(form string) *slog.Logger {
	if form == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, nil))
}
