package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/jobs"
	"sachhon/internal/lang"
)

// Message is what somebody is to be told.
type Message struct {
	Key      string   // one key, one message, for ever; holds identifiers, no personal data
	To       ident.ID // the person, if the address is a known person's
	Email    string
	Lang     string         // Vietnamese when empty
	Template string         // the keys <Template>.subject and <Template>.body of the catalogue
	Args     map[string]any // what the texts name
	Patient  bool           // waits for the hours in which people may be written to, also when it must be tried again
}

// Hours tells when people may be written to: the first moment from now on, now itself when they may.
type Hours func(ctx context.Context, now clock.Time) (clock.Time, error)

// Service writes messages and sends them.
type Service struct {
	db     *database.DB
	queue  *jobs.Queue
	sender Sender
	logger *slog.Logger
	speak  func(language string) texts
	hours  Hours
}

// texts is the catalogue in one language.
type texts interface {
	Code() string
	Has(key string) bool
	T(key string, args ...any) string
}

// New returns a service that sends through sender, and registers its job with the queue.
func New(db *database.DB, queue *jobs.Queue, sender Sender, logger *slog.Logger) *Service {
	s := &Service{db: db, queue: queue, sender: sender, logger: logger, speak: func(l string) texts { return lang.New(l) }}
	jobs.Handle(queue, s.deliver)
	return s
}

// Keep makes patient messages keep hours: whoever knows them comes later.
func (s *Service) Keep(hours Hours) { s.hours = hours }

const (
	longestAddress = 254 // RFC 5321
	longestSubject = 200 // letters; mail programs show far fewer
)

// Send writes the message in the caller's transaction; it goes out after the commit. A message with a key that was
// used before is dropped in silence, so that a step may be repeated without telling people twice.
func (s *Service) Send(ctx context.Context, tx *database.Tx, m Message) error {
	if m.Key == "" {
		return fmt.Errorf("notify: %s without a key", m.Template)
	}
	address, err := mail.ParseAddress(m.Email)
	if err != nil || address.Name != "" || len(m.Email) > longestAddress || strings.ContainsAny(m.Email, "\r\n") {
		return fault.Invalid.With("notify.fault.address").At("email")
	}
	speaker := s.speak(m.Lang)
	subject, err := render(speaker, m.Template+".subject", m.Args)
	if err != nil {
		return err
	}
	body, err := render(speaker, m.Template+".body", m.Args)
	if err != nil {
		return err
	}
	fresh, err := insertMessage(ctx, tx, message{
		Key: m.Key, Person: m.To, Email: address.Address, Lang: speaker.Code(), Template: m.Template,
		Subject: oneLine(subject), Body: printable(body), State: queued, CreatedAt: tx.Now(), Patient: m.Patient,
	})
	if err != nil || !fresh {
		return err
	}
	return s.queue.Insert(ctx, tx, sendJob{Key: m.Key})
}

// render fills a text of the catalogue. A text that is missing, or that names something it was not given, is a
// mistake in the program and must not reach people.
func render(speaker texts, key string, args map[string]any) (string, error) {
	if !speaker.Has(key) {
		return "", fmt.Errorf("notify: there is no text %q in %s", key, speaker.Code())
	}
	var pairs []any
	for _, name := range slices.Sorted(maps.Keys(args)) {
		pairs = append(pairs, name, args[name])
	}
	text := speaker.T(key, pairs...)
	if text == "⟦"+key+"⟧" {
		return "", fmt.Errorf("notify: the text %q names something that was not given", key)
	}
	return text, nil
}

// oneLine makes a subject of any text: no line breaks, which would begin another header, and not too long.
func oneLine(text string) string {
	letters := []rune(strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "�"))), " "))
	if len(letters) > longestSubject {
		return string(letters[:longestSubject-1]) + "…"
	}
	return string(letters)
}

// printable takes out what no letter holds and no database keeps.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "�"))
}

// sendJob asks for one message to be sent.
type sendJob struct {
	Key string `json:"key"`
}

// Kind implements jobs.Args.
func (sendJob) Kind() string { return "notify.send" }

// deliver sends one message. It marks it before and after, so that one whose sending was cut off by the end of the
// process is seen: it goes again only where that leaves one message. A patient one sleeps until its hours, as often as it
// must be tried.
func (s *Service) deliver(ctx context.Context, job sendJob) error {
	if pause, err := s.pause(ctx, job.Key); err != nil || pause > 0 {
		return cmp.Or(err, jobs.Snooze(pause))
	}
	m, err := s.claim(ctx, job.Key)
	if err != nil || m == nil {
		return err
	}
	failure := s.sender.Send(ctx, Letter{
		Key: m.Key, To: m.Email, Lang: m.Lang, Subject: m.Subject, Text: m.Body, At: m.CreatedAt.Time,
	})
	next, final := sent, true
	switch {
	case failure == nil:
	case errors.Is(failure, ErrUncertain):
		next = uncertain
	case errors.Is(failure, ErrRefused), m.Attempts >= jobs.DefaultAttempts:
		next = failed
	default:
		next, final = queued, false
	}
	// The outcome is noted even when the job was asked to stop meanwhile: the message is out.
	err = s.db.Tx(context.WithoutCancel(ctx), func(ctx context.Context, tx *database.Tx) error {
		if err := endMessage(ctx, tx, m.Key, next, failure, final); err != nil || !final {
			return err
		}
		return s.queue.Complete(ctx, tx)
	})
	if err != nil {
		return err
	}
	if failure == nil {
		return nil
	}
	s.logger.WarnContext(ctx, "notify: a message was not sent", slog.String("key", m.Key), slog.String("person", string(m.Person)),
		slog.String("state", string(next)), slog.Any("error", failure))
	if final {
		return nil
	}
	return failure
}

// pause is how long a message has to wait for its hours. They are asked before any transaction, since they may read.
func (s *Service) pause(ctx context.Context, key string) (time.Duration, error) {
	if s.hours == nil {
		return 0, nil
	}
	m, err := getMessage(ctx, s.db, key)
	if err != nil || !m.Patient || m.State != queued && m.State != sending {
		return 0, err
	}
	now := clock.At(s.db.Clock().Now())
	from, err := s.hours(ctx, now)
	return from.Sub(now.Time), err
}

// claim takes the message for sending; nil when there is nothing to send.
func (s *Service) claim(ctx context.Context, key string) (claimed *message, err error) {
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		claimed = nil
		m, err := getMessage(ctx, tx, key)
		if err != nil {
			return err
		}
		switch {
		case m.State == queued, m.State == sending && s.sender.Repeatable():
		case m.State == sending:
			if err := endMessage(ctx, tx, key, uncertain, ErrUncertain, true); err != nil {
				return err
			}
			return s.queue.Complete(ctx, tx)
		default:
			return s.queue.Complete(ctx, tx)
		}
		mine, err := claimMessage(ctx, tx, m)
		if err != nil || !mine {
			return err
		}
		m.Attempts++
		claimed = &m
		return nil
	})
	return claimed, err
}
