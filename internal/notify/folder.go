package notify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
)

// Folder is a sender that keeps every letter as a file, to be read in development and demonstrations.
type Folder struct {
	root *os.Root
	from *mail.Address
}

// OpenFolder opens the configured folder and makes it when it is missing.
func OpenFolder(c Config) (*Folder, error) {
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("notify: from: %w", err)
	}
	if err := os.MkdirAll(c.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("notify: mail folder: %w", err)
	}
	root, err := os.OpenRoot(c.Folder)
	if err != nil {
		return nil, fmt.Errorf("notify: mail folder: %w", err)
	}
	return &Folder{root, from}, nil
}

// Close releases the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Repeatable implements Sender: the same letter has the same name.
func (f *Folder) Repeatable() bool { return true }

// Send implements Sender. The file appears whole or not at all.
func (f *Folder) Send(_ context.Context, letter Letter) error {
	m, err := compose(f.from, letter)
	if err != nil {
		return err
	}
	name := letter.At.In(clock.Zone).Format("20060102-150405.000000") + "-" + digest(letter.Key) + ".eml"
	file, err := f.root.OpenFile(name+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("notify: mail folder: %w", err)
	}
	_, err = m.WriteTo(file)
	if err == nil {
		err = file.Sync()
	}
	if err = cmp.Or(err, file.Close()); err == nil {
		err = f.root.Rename(name+".part", name)
	}
	if err != nil {
		return fmt.Errorf("notify: mail folder: %w", err)
	}
	return nil
}

// Mail is a letter read back from a folder.
type Mail struct {
	Name    string // of its file
	At      time.Time
	From    string
	To      string
	Subject string
	Text    string
	Links   []string // the addresses in the text, in order
}

// List returns the newest mails first, at most limit of them.
func (f *Folder) List(limit int) ([]Mail, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("notify: mail folder: %w", err)
	}
	slices.Reverse(entries) // the names begin with the time
	var mails []Mail
	for _, entry := range entries {
		if len(mails) == limit {
			break
		}
		if path.Ext(entry.Name()) != ".eml" {
			continue
		}
		m, err := f.Read(entry.Name())
		if err != nil {
			return nil, err
		}
		mails = append(mails, m)
	}
	return mails, nil
}

// Read returns the mail in the file of that name; fault.NotFound when there is none.
func (f *Folder) Read(name string) (Mail, error) {
	if path.Base(name) != name || path.Ext(name) != ".eml" {
		return Mail{}, fault.NotFound.With("")
	}
	data, err := f.root.ReadFile(name)
	if err != nil {
		return Mail{}, fault.NotFound.With("").Because(err)
	}
	m, err := parse(data)
	if err != nil {
		return Mail{}, fmt.Errorf("notify: %s: %w", name, err)
	}
	m.Name = name
	return m, nil
}

var link = regexp.MustCompile(`https?://[^\s<>"]+`)

func parse(data []byte) (Mail, error) {
	message, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return Mail{}, err
	}
	words := mime.WordDecoder{}
	header := func(name string) string {
		text, err := words.DecodeHeader(message.Header.Get(name))
		if err != nil {
			return message.Header.Get(name)
		}
		return text
	}
	body := message.Body
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return Mail{}, err
	}
	m := Mail{
		From: header("From"), To: header("To"), Subject: header("Subject"),
		Text: strings.ReplaceAll(string(text), "\r\n", "\n"),
	}
	if m.At, err = message.Header.Date(); err != nil {
		return Mail{}, err
	}
	for _, found := range link.FindAllString(m.Text, -1) {
		m.Links = append(m.Links, strings.TrimRight(found, ".,;:!?)"))
	}
	return m, nil
}
