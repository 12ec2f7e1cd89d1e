package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sachhon/internal/fault"
	"sachhon/internal/paper/flow"
)

// pdftotext runs within limits: it is given fifty pages at a time, and for each a second of processor time, a heap, and a
// bound on what it may write. It is started without a shell, reads one file of ours and writes to a pipe.
const (
	pdfPages   = 50
	pdfRuns    = 4
	pdfSeconds = 1
	pdfWall    = 5 * time.Second // a machine that is busy gives a second of its time later
	pdfHeap    = 48 << 20
	pdfErrors  = 8 << 10
)

func readPDF(ctx context.Context, b []byte) (Text, error) {
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		return Text{}, fault.Unsupported.With("extract.fault.noPDFReader").Because(err)
	}
	file, err := os.CreateTemp("", "sachhon-*.pdf")
	if err != nil {
		return Text{}, fmt.Errorf("extract: temporary file: %w", err)
	}
	defer func() {
		// Nothing can be done about a file that will not go; the operating system clears its folder.
		_ = file.Close()
		_ = os.Remove(file.Name())
	}()
	if _, err := file.Write(b); err != nil {
		return Text{}, fmt.Errorf("extract: temporary file: %w", err)
	}
	text := Text{Kind: PDF}
	var lines []string
	pages, size := 0, 0
	for run := range pdfRuns {
		out, err := pdfToText(ctx, program, file.Name(), run*pdfPages+1)
		if err != nil {
			if run > 0 && fault.KindOf(err) == fault.Invalid { // there is no such page: the one before was the last
				break
			}
			return Text{}, err
		}
		if size += len(out); size > flow.MaxText {
			return Text{}, fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
		}
		got := strings.Split(strings.TrimSuffix(out, "\f"), "\f")
		pages += len(got)
		for i, page := range got {
			lines = append(lines, pageLines(page, run > 0 || i > 0)...)
		}
		if len(got) < pdfPages {
			break
		}
		if run == pdfRuns-1 {
			text.Notices = append(text.Notices, Notice{CutPages, []any{"Limit", pdfRuns * pdfPages}})
		}
	}
	if flow.Runes(lines) == 0 {
		return Text{Kind: PDF, Scan: true}, nil
	}
	text.Text = strings.Join(lines, "\n")
	return text.converted(), nil
}

var rePageNumber = regexp.MustCompile(`^[\s\-–—]*\d{1,4}[\s\-–—]*$`)

// pageLines are the lines of one page; from the second on without the number at its top, so that a paragraph that runs over
// the break stays one.
func pageLines(page string, further bool) []string {
	lines := strings.Split(strings.ToValidUTF8(page, ""), "\n")
	blank := func(s string) bool { return strings.TrimSpace(s) == "" }
	for len(lines) > 0 && blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	if !further {
		return lines
	}
	for i, l := range lines {
		switch {
		case blank(l):
		case rePageNumber.MatchString(l):
			lines = lines[i+1:]
			for len(lines) > 0 && blank(lines[0]) {
				lines = lines[1:]
			}
			return lines
		default:
			return lines[i:]
		}
	}
	return nil
}

func pdfToText(ctx context.Context, program, file string, first int) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, pdfWall)
	defer cancel()
	args := []string{"-layout", "-enc", "UTF-8", "-q", "-f", strconv.Itoa(first), "-l", strconv.Itoa(first + pdfPages - 1), file, "-"}
	cmd := exec.CommandContext(ctx, program, args...)
	if prlimit, err := exec.LookPath("prlimit"); err == nil { // Linux
		limits := []string{
			"--cpu=" + strconv.Itoa(pdfSeconds), "--data=" + strconv.Itoa(pdfHeap), "--fsize=0", "--core=0", "--nproc=64", "--nofile=32", program,
		}
		cmd = exec.CommandContext(ctx, prlimit, append(limits, args...)...)
	}
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"}
	var said head
	cmd.Stderr = &said
	cmd.WaitDelay = time.Second
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return "", fmt.Errorf("extract: pdftotext: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("extract: pdftotext: %w", err)
	}
	out, readErr := io.ReadAll(io.LimitReader(pipe, flow.MaxText+1))
	if len(out) > flow.MaxText {
		cancel()
		_ = cmd.Wait() // it was told to end; why it did is known
		return "", fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
	}
	if err := errors.Join(readErr, cmd.Wait()); err != nil {
		return "", pdfFault(ctx, err, said.String())
	}
	return string(out), nil
}

// pdfFault says what a failure of pdftotext means for who sent the file.
func pdfFault(ctx context.Context, err error, said string) error {
	var exit *exec.ExitError
	reason := fmt.Errorf("pdftotext: %w: %.300s", err, said)
	switch {
	case strings.Contains(said, "assword"), strings.Contains(said, "ncrypt"):
		return fault.Unsupported.With("extract.fault.pdfEncrypted").Because(reason)
	case strings.Contains(said, "opying of text"), errors.As(err, &exit) && exit.ExitCode() == 3:
		return fault.Unsupported.With("extract.fault.pdfProtected").Because(reason)
	case ctx.Err() != nil, errors.As(err, &exit) && exit.ExitCode() < 0:
		return fault.TooLarge.With("extract.fault.pdfTooHard").Because(reason)
	case errors.As(err, &exit):
		return fault.Invalid.With("extract.fault.pdfBroken").Because(reason)
	}
	return reason
}

// head keeps the beginning of what is written to it.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	if room := pdfErrors - h.Len(); room > 0 {
		_, _ = h.Buffer.Write(p[:min(len(p), room)]) // a buffer in memory does not fail
	}
	return len(p), nil
}
