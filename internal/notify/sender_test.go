package notify_test

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/notify"
	"sachhon/internal/testkit"
)

const from = "Sạch Hơn <no-reply@sachhon.example>"

func letter(key string) notify.Letter {
	return notify.Letter{
		Key: key, To: "chi@example.vn", Lang: "vi", Subject: "Mã đăng nhập", At: testkit.Begin,
		Text: "Mã: 493 201.\n\nMở https://example.vn/x?a=1&b=2 (trong 10 phút), hoặc https://example.vn/y.\n" + strings.Repeat("Dòng rất dài ", 100) + "\n",
	}
}

func openFolder(t *testing.T) (*notify.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mail")
	f, err := notify.OpenFolder(notify.Config{Folder: dir, From: from})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

func TestFolderKeepsLetters(t *testing.T) {
	f, dir := openFolder(t)
	for i, key := range []string{"first", "second", "second"} { // the second is repeated
		l := letter(key)
		l.At = l.At.Add(time.Duration(min(i, 1)) * time.Hour)
		if err := f.Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	mails, err := f.List(10)
	if err != nil || len(mails) != 2 {
		t.Fatalf("%d mails, %v", len(mails), err)
	}
	if !strings.HasPrefix(mails[0].Name, "20240606-090000.000000-") || !strings.HasPrefix(mails[1].Name, "20240606-080000.000000-") {
		t.Errorf("the newest is not first: %q, %q", mails[0].Name, mails[1].Name)
	}
	want := letter("first")
	got := mails[1]
	if got.To != "<chi@example.vn>" || got.From != from || got.Subject != want.Subject || got.Text != want.Text || !got.At.Equal(testkit.Begin) {
		t.Errorf("read back %+v", got)
	}
	if diff := cmp.Diff([]string{"https://example.vn/x?a=1&b=2", "https://example.vn/y"}, got.Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	if mails, err := f.List(1); err != nil || len(mails) != 1 {
		t.Errorf("asked for one, got %d, %v", len(mails), err)
	}
	if err := os.WriteFile(filepath.Join(dir, "..", "secret.eml"), []byte("Subject: no\r\n\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "none.eml", "../secret.eml", "..", "/etc/passwd", mails[0].Name + ".part"} {
		if _, err := f.Read(name); !errors.Is(err, fault.NotFound) {
			t.Errorf("%q gives %v, want not found", name, err)
		}
	}
}

// mailbox is a mail server in this process.
type mailbox struct {
	mu    sync.Mutex
	mails []string
	rcpt  error // what it answers to a recipient
	cut   bool  // ends the connection instead of answering to the text
	conns []net.Conn
}

func (b *mailbox) NewSession(c *smtp.Conn) (smtp.Session, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conns = append(b.conns, c.Conn())
	return &smtpSession{b, c}, nil
}

type smtpSession struct {
	box  *mailbox
	conn *smtp.Conn
}

func (s *smtpSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *smtpSession) Rcpt(string, *smtp.RcptOptions) error { return s.box.rcpt }
func (s *smtpSession) Reset()                               {}
func (s *smtpSession) Logout() error                        { return nil }

func (s *smtpSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.mails = append(s.box.mails, string(b))
	if s.box.cut {
		return s.conn.Conn().Close()
	}
	return nil
}

func startSMTP(t *testing.T, box *mailbox) notify.Sender {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(box)
	server.ErrorLog = nullLog{}
	server.Domain = "localhost"
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends with an error when it is closed
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	s, err := notify.NewSender(notify.Config{Sender: "smtp", Host: "127.0.0.1", Port: n, TLS: "none", From: from})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type nullLog struct{}

func (nullLog) Printf(string, ...any) {}
func (nullLog) Println(...any)        {}

func TestSMTP(t *testing.T) {
	for _, tt := range []struct {
		name string
		box  *mailbox
		want error
		got  int
	}{
		{"delivered", &mailbox{}, nil, 1},
		{"unknown user", &mailbox{rcpt: &smtp.SMTPError{Code: 550, Message: "no chi@example.vn here"}}, notify.ErrRefused, 0},
		{"busy", &mailbox{rcpt: &smtp.SMTPError{Code: 450, Message: "later"}}, errTemporary, 0},
		{"cut off", &mailbox{cut: true}, notify.ErrUncertain, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := startSMTP(t, tt.box).Send(t.Context(), letter("a"))
			switch {
			case errors.Is(tt.want, errTemporary):
				if err == nil || errors.Is(err, notify.ErrRefused) || errors.Is(err, notify.ErrUncertain) {
					t.Errorf("%v would not be tried again", err)
				}
			case !errors.Is(err, tt.want):
				t.Errorf("%v, want %v", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "chi@example.vn") {
				t.Errorf("the error tells the address: %v", err)
			}
			tt.box.mu.Lock()
			defer tt.box.mu.Unlock()
			if len(tt.box.mails) != tt.got {
				t.Errorf("%d mails arrived", len(tt.box.mails))
			}
		})
	}
	refused := notify.Config{Sender: "smtp", Host: "127.0.0.1", Port: 1, TLS: "none", From: from}
	s, err := notify.NewSender(refused)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), letter("a")); err == nil || errors.Is(err, notify.ErrRefused) {
		t.Errorf("a server that is away: %v, want an error to try again", err)
	}
}

var errTemporary = errors.New("an error after which it is tried again")

// What people call things ends up in subjects.
func TestSubjects(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, _ *clock.Set) {
		f, _ := openFolder(t)
		s, q := newService(db, f)
		for i, tt := range []struct{ name, want string }{
			{"Đội Xanh 🌱🌊", "Chào Đội Xanh 🌱🌊"},
			{"a\r\nBcc: all@example.vn\r\n\r\nText", "Chào a Bcc: all@example.vn Text"},
			{"a\u2028b\x00\tc", "Chào a b c"},
			{strings.Repeat("dài ", 200), "Chào " + strings.Repeat("dài ", 49)[:len(strings.Repeat("dài ", 49))-2] + "…"},
		} {
			m := message(strconv.Itoa(i))
			m.Args["Name"] = tt.name
			send(t, db, s, m)
			drain(t, q)
			mails, err := f.List(100)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, mail := range mails {
				if strings.ContainsRune(mail.To, ',') || strings.Contains(mail.To, "all@") {
					t.Errorf("sent to %q", mail.To)
				}
				found = found || mail.Subject == tt.want
			}
			if !found {
				t.Errorf("no subject %q in %+v", tt.want, mails)
			}
		}
	})
}

func TestConfigValidate(t *testing.T) {
	good := notify.Config{Sender: "smtp", Host: "mail.example.vn", Port: 587, TLS: "required", From: from, User: "u", Password: "p"}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*notify.Config){
		"from": func(c *notify.Config) { c.From = "nobody" }, "host": func(c *notify.Config) { c.Host = "" },
		"port": func(c *notify.Config) { c.Port = 70000 }, "tls": func(c *notify.Config) { c.TLS = "maybe" },
		"sender": func(c *notify.Config) { c.Sender = "pigeon" }, "open password": func(c *notify.Config) { c.TLS = "none" },
		"folder": func(c *notify.Config) { c.Sender, c.Folder = "folder", "" },
	} {
		bad := good
		change(&bad)
		if bad.Validate() == nil {
			t.Errorf("a wrong %s passes", name)
		}
		if _, err := notify.NewSender(bad); err == nil {
			t.Errorf("a sender with a wrong %s opens", name)
		}
	}
	if err := (notify.Config{}).Validate(); len(strings.Split(err.Error(), "\n")) < 2 {
		t.Errorf("the faults are not told at once: %v", err)
	}
}
