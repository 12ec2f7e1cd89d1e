package speech

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// How the voice speaks: Vietnamese, at the pace of an announcer, with a breath between words.
var voiceArgs = []string{"-v", "vi", "-s", "145", "-g", "2", "-b", "1", "--stdin", "--stdout"}

// style is part of a recording's name, so that another way of speaking makes another recording.
const style = "vi/145/2"

// encoderArgs make MP3 of one channel, which every amplifier and phone plays.
var encoderArgs = []string{"--quiet", "-m", "m", "-b", "48", "-", "-"}

// Limits of what a program may take and give.
const (
	maxTime  = 90 * time.Second
	maxAudio = 96 << 20
)

var errTooLong = errors.New("speech: the program gave more than was expected")

// run gives a program its input and takes its output, within the limits. No shell is between, the input is no argument,
// and the program sees nothing of our environment.
func run(ctx context.Context, path string, args []string, input []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	out, complaints := &limited{limit: maxAudio}, &limited{limit: 4 << 10, quiet: true}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), out, complaints
	cmd.Env = []string{"LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"}
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		if out.full {
			err = errTooLong
		}
		return nil, fmt.Errorf("speech: %s: %w: %s", path, err, strings.TrimSpace(complaints.buf.String()))
	}
	return out.buf.Bytes(), nil
}

// limited keeps up to limit bytes. What comes after is an error, unless it is quiet about it.
type limited struct {
	buf   bytes.Buffer
	limit int
	quiet bool
	full  bool
}

func (l *limited) Write(b []byte) (int, error) {
	room := l.limit - l.buf.Len()
	if len(b) > room {
		l.full = true
		l.buf.Write(b[:room])
		if l.quiet {
			return len(b), nil
		}
		return room, io.ErrShortWrite
	}
	return l.buf.Write(b)
}
