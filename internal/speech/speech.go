package speech

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os/exec"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/lang/spoken"
)

// Config names the programs. They are looked for when they are needed, so that installing one needs no restart.
type Config struct {
	Voice   string `name:"voice" env:"SACHHON_SPEECH_VOICE" default:"espeak-ng" help:"Program that reads bulletins aloud; empty for none."`
	Encoder string `name:"encoder" env:"SACHHON_SPEECH_ENCODER" default:"lame" help:"Program that makes MP3 of it; empty for none."`
}

// Validate reports what is wrong with the configuration; a program that is not installed is not wrong.
func (c Config) Validate() error {
	if len(c.Voice) > 500 || len(c.Encoder) > 500 {
		return errors.New("speech: the name of a program is too long")
	}
	return nil
}

// DefaultConfig is the configuration of an installation that says nothing about speech.
func DefaultConfig() Config { return Config{Voice: "espeak-ng", Encoder: "lame"} }

// State is how far a text is.
type State string

// The states.
const (
	Waiting State = "waiting" // for its job
	Ready   State = "ready"
	Failed  State = "failed" // asking again tries again
)

// Recording is a text as sound.
type Recording struct {
	ID          string     `db:"id"` // the digest of the voice and the text
	Text        string     `db:"text"`
	State       State      `db:"state"`
	WAVKey      string     `db:"wav_key"`
	WAVBytes    int64      `db:"wav_bytes"`
	MP3Key      string     `db:"mp3_key"` // empty when no encoder was installed
	MP3Bytes    int64      `db:"mp3_bytes"`
	Millis      int64      `db:"millis"` // measured, not estimated
	Failure     string     `db:"failure"`
	RequestedAt clock.Time `db:"requested_at"`
	DoneAt      clock.Time `db:"done_at"`
}

// Duration is how long the recording takes.
func (r Recording) Duration() time.Duration { return time.Duration(r.Millis) * time.Millisecond }

// MaxText is the longest text that is spoken, in bytes: some twenty minutes.
const MaxText = 20_000

// pace is how many syllables a minute an announcer reads.
const pace = 180

// ReadingTime estimates how long a text takes to read aloud, figures and abbreviations said in full.
func ReadingTime(text string) time.Duration {
	return time.Duration(spoken.Syllables(spoken.Text(text))) * time.Minute / pace
}

// idOf names a recording by what decides how it sounds.
func idOf(text string) string {
	sum := sha256.Sum256([]byte(style + "\n" + text))
	return hex.EncodeToString(sum[:])
}

// installed finds a program, "" when it is not there.
func installed(program string) string {
	if program == "" {
		return ""
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return ""
	}
	return path
}
