package exchange

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"time"
)

// Config says with whom packages are exchanged.
type Config struct {
	Partners string        `name:"partners" env:"SACHHON_EXCHANGE_PARTNERS" help:"JSON file of the document systems to exchange letters with, readable by nobody else since it holds their secrets; none exchanges nothing. Its form is in docs/exchange.md."`
	Every    time.Duration `name:"every" env:"SACHHON_EXCHANGE_EVERY" default:"5m" help:"How often folders and gateways are asked for new packages."`
	MaxMB    int           `name:"max-mb" env:"SACHHON_EXCHANGE_MAX_MB" default:"64" help:"Largest package that is accepted, in megabytes."`
}

// Validate reports everything that is wrong, but for the content of the file, which LoadPartners reads.
func (c Config) Validate() error {
	var errs []error
	if c.Every != 0 && c.Every < 10*time.Second {
		errs = append(errs, errors.New("exchange every: want at least 10s"))
	}
	if c.MaxMB < 0 || c.MaxMB > 512 {
		errs = append(errs, errors.New("exchange max-mb: want 1 to 512"))
	}
	return errors.Join(errs...)
}

// MaxBytes is the size of the largest package that is accepted.
func (c Config) MaxBytes() int {
	if c.MaxMB == 0 {
		return 64 << 20
	}
	return c.MaxMB << 20
}

// Way is how packages go to a partner and come from it.
type Way string

// The ways.
const (
	ByFolder Way = "folder" // a folder that both reach: in, out, done, failed
	ByPost   Way = "http"   // each posts to the other
	ByAxis   Way = "axis"   // the API of the national axis or of a province's gateway: we post and ask
)

// Partner is another document system.
type Partner struct {
	ID       string `json:"id"`   // in the tables here; small letters, digits, hyphens
	Name     string `json:"name"` // for people
	Way      Way    `json:"way"`
	Folder   string `json:"folder,omitempty"`
	URL      string `json:"url,omitempty"`
	SystemID string `json:"system_id,omitempty"` // who we are to it
	Secret   Secret `json:"secret,omitempty"`    // and what proves it
	Accepts  Secret `json:"accepts,omitempty"`   // what it shows when it posts to us under its ID; none is never let in
}

// Secret is a text that no log and no page shows.
type Secret string

// String hides the secret.
func (Secret) String() string { return "(secret)" }

// GoString hides the secret.
func (Secret) GoString() string { return "(secret)" }

// LogValue hides the secret.
func (Secret) LogValue() slog.Value { return slog.StringValue("(secret)") }

// MarshalJSON hides the secret.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"(secret)"`), nil }

// Is compares in a time that does not depend on where the two differ.
func (s Secret) Is(shown string) bool {
	want, got := sha256.Sum256([]byte(s)), sha256.Sum256([]byte(shown))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1 && s != ""
}

const (
	minSecret       = 16
	maxPartnersFile = 1 << 20
)

var partnerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// LoadPartners reads the file of the configuration; no file means no partners.
func LoadPartners(path string) ([]Partner, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("exchange partners: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("exchange partners: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("exchange partners: %s holds secrets, but others may read it (%s); chmod 600", path, fs.FileMode.Perm(info.Mode()))
	}
	data, err := io.ReadAll(io.LimitReader(f, maxPartnersFile))
	if err != nil {
		return nil, fmt.Errorf("exchange partners: %w", err)
	}
	return ParsePartners(data)
}

// ParsePartners reads and checks a list of partners; it reports everything that is wrong.
func ParsePartners(data []byte) ([]Partner, error) {
	var file struct {
		Partners []Partner `json:"partners"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("exchange partners: %w", err)
	}
	var errs []error
	seen := map[string]bool{}
	for i, p := range file.Partners {
		if err := p.check(); err != nil {
			errs = append(errs, fmt.Errorf("exchange partners: partner %d (%s): %w", i+1, p.ID, err))
		}
		if seen[p.ID] {
			errs = append(errs, fmt.Errorf("exchange partners: %s is there twice", p.ID))
		}
		seen[p.ID] = true
	}
	return file.Partners, errors.Join(errs...)
}

func (p Partner) check() error {
	var errs []error
	bad := func(text string) { errs = append(errs, errors.New(text)) }
	if !partnerID.MatchString(p.ID) {
		bad("id: want small letters, digits and hyphens")
	}
	if p.Accepts != "" && len(p.Accepts) < minSecret {
		bad("accepts: want at least 16 characters")
	}
	switch p.Way {
	case ByFolder:
		if p.Folder == "" {
			bad("folder: not given")
		}
	case ByPost, ByAxis:
		u, err := url.Parse(p.URL)
		if p.URL == "" && p.Way == ByPost && p.Accepts != "" {
			break // it posts to us and fetches nothing
		}
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost" || u.User != nil {
			bad("url: want https://host/path, without a name and password in it")
		}
		if p.SystemID == "" || p.Secret == "" {
			bad("system_id and secret: not given")
		}
	default:
		bad(`way: want "folder", "http" or "axis"`)
	}
	return errors.Join(errs...)
}
