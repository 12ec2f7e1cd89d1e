package notify

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtpSender hands letters to a mail server, one connection each.
type smtpSender struct {
	client *gomail.Client
	from   *mail.Address
}

func newSMTP(c Config) (*smtpSender, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("notify: from: %w", err)
	}
	options := []gomail.Option{gomail.WithPort(c.Port), gomail.WithTimeout(30 * time.Second), gomail.WithoutNoop()}
	switch c.TLS {
	case "implicit":
		options = append(options, gomail.WithSSL())
	case "none":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	client, err := gomail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("notify: mail server: %w", err)
	}
	return &smtpSender{client, from}, nil
}

// Repeatable implements Sender: a mail server delivers what it gets, also twice.
func (s *smtpSender) Repeatable() bool { return false }

// Send implements Sender.
func (s *smtpSender) Send(ctx context.Context, letter Letter) error {
	m, err := compose(s.from, letter)
	if err != nil {
		return err
	}
	err = s.client.DialAndSendWithContext(ctx, m)
	if err == nil || m.IsDelivered() { // what fails after the server took it is no concern of ours
		return nil
	}
	kind := errors.New("notify: the message did not go out")
	if failure, ok := errors.AsType[*gomail.SendError](err); ok {
		switch code := failure.ErrorCode(); {
		case code >= 500:
			kind = ErrRefused
		case code == 0 && failure.Reason == gomail.ErrSMTPDataClose:
			kind = ErrUncertain
		}
	}
	return fmt.Errorf("%w: %s", kind, strings.ReplaceAll(err.Error(), letter.To, "(the address)"))
}
