// Command sachhon runs a public clean-up challenge: the server, the demo, and the tools around them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"sachhon/internal/config"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// commands are the sub-commands, one file each.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the platform."`
	Demo    demoCommand    `cmd:"" help:"Replay the challenge of June 2024 and serve it, with a second one around today."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to date."`
	Config  configCommand  `cmd:"" help:"Print the effective configuration, secrets hidden."`
	Letter  letterCommand  `cmd:"" help:"Official letters."`
	Units   unitsCommand   `cmd:"" help:"The administrative tree."`
	Person  personCommand  `cmd:"" help:"People and their roles."`

	Calendar calendarCommand `cmd:"" help:"Working days: public holidays and swapped days."`

	Log   logCommand   `cmd:"" help:"The log of who did what."`
	Edxml edxmlCommand `cmd:"" help:"Packages in which document systems exchange letters (QCVN 102:2016)."`

	Exchange exchangeCommand `cmd:"" help:"The exchange of letters with other document systems."`

	Licences licencesCommand `cmd:"" help:"Print the licences of the libraries in this program."`

	Lang       string `name:"lang" enum:"vi,en" default:"vi" env:"SACHHON_LANG" help:"Language of the messages: vi or en."`
	ConfigFile string `name:"config" env:"SACHHON_CONFIG" type:"existingfile" help:"TOML file whose keys are the names of the flags."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	l        *lang.Localizer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}

// run is main with everything passed in, so that tests call it too.
func run(ctx context.Context, args []string, io streams) int {
	io.l = lang.New("vi")
	if err := parseAndRun(ctx, args, &io); err != nil {
		fmt.Fprintln(io.err, "sachhon:", explain(io.l, err))
		return 1
	}
	return 0
}

// quit ends the program early, as --help does.
type quit int

func parseAndRun(ctx context.Context, args []string, io *streams) (err error) {
	var cli commands
	source := config.NewSource(os.LookupEnv, configFile(args))
	parser, err := kong.New(&cli, kong.Name("sachhon"),
		kong.Description("The open platform on which a city runs a public clean-up challenge."),
		kong.Writers(io.out, io.err), kong.Resolvers(source), kong.Exit(func(code int) { panic(quit(code)) }))
	if err != nil {
		return err
	}
	defer func() {
		switch reason := recover().(type) {
		case nil:
		case quit:
			if reason != 0 {
				err = errors.New("see --help")
			}
		default:
			panic(reason)
		}
	}()
	parsed, err := parser.Parse(args)
	if cli.Lang != "" {
		io.l = lang.New(cli.Lang)
	}
	if command, ok := configured(parser.Model, parsed); ok {
		err = source.Check(*command, allFlags(parser.Model), err)
	}
	if err != nil {
		return err
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(*io)
}

// hasConfig is a command that needs the configuration.
type hasConfig interface{ configuration() *config.Config }

// configured returns the configuration of the chosen command, when it has one.
func configured(_ *kong.Application, parsed *kong.Context) (*config.Config, bool) {
	if parsed == nil || parsed.Selected() == nil {
		return nil, false
	}
	c, ok := parsed.Selected().Target.Addr().Interface().(hasConfig)
	if !ok {
		return nil, false
	}
	return c.configuration(), true
}

// withConfig is embedded by the commands that need the configuration.
type withConfig struct {
	Config config.Config `embed:""`
}

func (c *withConfig) configuration() *config.Config { return &c.Config }

func allFlags(model *kong.Application) (flags []*kong.Flag) {
	var walk func(n *kong.Node)
	walk = func(n *kong.Node) {
		flags = append(flags, n.Flags...)
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(model.Node)
	return flags
}

// configFile finds --config before the flags are parsed, since it says where their values come from.
func configFile(args []string) string {
	for i, a := range args {
		if value, ok := strings.CutPrefix(a, "--config="); ok {
			return value
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("SACHHON_CONFIG")
}

// explain says a fault in the person's language; any other error is shown as it is, since whoever runs a command may
// know everything about this machine.
func explain(l *lang.Localizer, err error) string {
	if _, ok := errors.AsType[*kong.ParseError](err); ok {
		return l.T("cli.usage", "Error", err.Error())
	}
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	text := l.T(e.Key, e.Args...)
	for _, f := range e.Fields {
		if m := l.T(f.Key, f.Args...); m != text {
			text += "\n  " + m
		}
	}
	return text
}
