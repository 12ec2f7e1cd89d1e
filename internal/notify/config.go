package notify

import (
	"errors"
	"fmt"
	"net/mail"
)

// Config says how messages leave the house.
type Config struct {
	Sender   string `name:"sender" env:"SACHHON_MAIL_SENDER" enum:"folder,smtp" default:"folder" help:"folder keeps messages as files to look at; smtp sends them."`
	Folder   string `name:"folder" env:"SACHHON_MAIL_FOLDER" default:"data/mail" help:"Folder of the messages that are not sent."`
	From     string `name:"from" env:"SACHHON_MAIL_FROM" default:"Sạch Hơn <sachhon@localhost>" help:"Name and address of the sender."`
	Host     string `name:"host" env:"SACHHON_MAIL_HOST" help:"Mail server."`
	Port     int    `name:"port" env:"SACHHON_MAIL_PORT" default:"587" help:"Port of the mail server."`
	TLS      string `name:"tls" env:"SACHHON_MAIL_TLS" enum:"required,implicit,none" default:"required" help:"required: STARTTLS; implicit: TLS from the start (port 465); none: a relay on this machine."`
	User     string `name:"user" env:"SACHHON_MAIL_USER" help:"User at the mail server; none means that it asks for none."`
	Password string `name:"password" env:"SACHHON_MAIL_PASSWORD" help:"Password at the mail server." secret:"true"`
}

// Validate reports everything that is wrong with the configuration.
func (c Config) Validate() error {
	var errs []error
	if _, err := mail.ParseAddress(c.From); err != nil {
		errs = append(errs, fmt.Errorf(`mail from: %q is no sender, want "Name <name@host>"`, c.From))
	}
	switch c.Sender {
	case "folder":
		if c.Folder == "" {
			errs = append(errs, errors.New("mail folder: not given"))
		}
	case "smtp":
		if c.Host == "" {
			errs = append(errs, errors.New("mail host: not given, but the sender is smtp"))
		}
		if c.Port < 1 || c.Port > 65535 {
			errs = append(errs, fmt.Errorf("mail port: %d is no port", c.Port))
		}
		if c.TLS != "required" && c.TLS != "implicit" && c.TLS != "none" {
			errs = append(errs, fmt.Errorf("mail tls: %q is none of required, implicit, none", c.TLS))
		}
		if c.Password != "" && c.TLS == "none" {
			errs = append(errs, errors.New("mail tls: a password is not sent without TLS"))
		}
	default:
		errs = append(errs, fmt.Errorf("mail sender: %q is neither folder nor smtp", c.Sender))
	}
	return errors.Join(errs...)
}
