package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Letter is one message as it goes out.
type Letter struct {
	Key     string // the same for every attempt
	To      string
	Lang    string
	Subject string
	Text    string
	At      time.Time // when it was written
}

// Sender carries letters out of the house.
type Sender interface {
	// Send returns nil when the letter is with the next one responsible, ErrRefused when it never will be,
	// ErrUncertain when it cannot know, and another error when it may be tried again.
	Send(ctx context.Context, letter Letter) error
	// Repeatable tells whether sending the same letter again leaves one letter.
	Repeatable() bool
}

var (
	// ErrRefused says that the letter was refused for good.
	ErrRefused = errors.New("notify: the mail server refuses the message")
	// ErrUncertain says that the letter may have arrived or not.
	ErrUncertain = errors.New("notify: the connection ended before the mail server answered; the message may have arrived")
)

// NewSender returns the configured sender.
func NewSender(c Config) (Sender, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if c.Sender == "smtp" {
		return newSMTP(c)
	}
	return OpenFolder(c)
}

// digest stands for a key in names: fixed in length and without characters that need care.
func digest(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:10])
}

// compose returns the letter as a message, the same bytes each time.
func compose(from *mail.Address, letter Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithCharset(gomail.CharsetUTF8))
	m.FromMailAddress(from)
	if err := m.To(letter.To); err != nil {
		return nil, fmt.Errorf("%w: the address is not valid", ErrRefused)
	}
	_, host, _ := strings.Cut(from.Address, "@")
	m.SetMessageIDWithValue(digest(letter.Key) + "@" + host)
	m.SetDateWithValue(letter.At)
	m.Subject(letter.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", letter.Lang)
	m.SetBodyString(gomail.TypeTextPlain, letter.Text)
	return m, nil
}
