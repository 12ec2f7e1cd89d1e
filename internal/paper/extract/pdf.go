package extract

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"sachhon/internal/fault"
	"sachhon/internal/paper"
	"sachhon/internal/paper/flow"
	"sachhon/internal/paper/poppler"
)

// pdftotext is given fifty pages at a time.
const (
	pdfPages = 50
	pdfRuns  = 4
)

func readPDF(ctx context.Context, b []byte) (Text, error) {
	program, err := poppler.Find("pdftotext")
	if err != nil {
		return Text{}, fault.Unsupported.With("extract.fault.noPDFReader").Because(err)
	}
	file, err := poppler.NewFile(b)
	if err != nil {
		return Text{}, err
	}
	defer file.Close()
	ctx, stop := context.WithTimeout(ctx, poppler.Patience)
	cover := sync.OnceValue(covers(ctx, file))
	defer cover() // nothing reads the file any longer when it is removed
	defer stop()
	text := Text{Kind: PDF}
	var lines []string
	var seen sight
	size := 0
	for run := range pdfRuns {
		out, err := pdfToText(ctx, program, file, run*pdfPages+1)
		if run > 0 && err != nil {
			if fault.KindOf(err) == fault.Invalid { // there is no such page: the one before was the last
				break
			}
			if isHard(err) { // a letter is on its first pages: what was read of it is worth more than a refusal
				text.Notices = append(text.Notices, Notice{CutPages, []any{"Limit", run * pdfPages}})
				break
			}
		}
		if err != nil {
			return Text{}, err
		}
		if size += len(out); size > flow.MaxText {
			return Text{}, fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
		}
		got := strings.Split(strings.TrimSuffix(out, "\f"), "\f")
		for i, page := range got {
			all := strings.Split(strings.ToValidUTF8(page, ""), "\n")
			lines = append(lines, pageLines(all, run > 0 || i > 0)...)
			seen.own = append(seen.own, own(all))
		}
		if len(got) < pdfPages {
			break
		}
		if run == pdfRuns-1 {
			text.Notices = append(text.Notices, Notice{CutPages, []any{"Limit", pdfRuns * pdfPages}})
		}
	}
	if flow.Runes(lines) > 0 {
		seen.cover = cover()
	}
	if seen.scan() {
		return Text{Kind: PDF, Scan: true, Margins: cells(lines)}, nil
	}
	text.Text = strings.Join(lines, "\n")
	text.Notices = append(text.Notices, seen.notices()...)
	return text.converted(), nil
}

var reGap = regexp.MustCompile(`\s{2,}`)

// cells are the pieces of text that stand over pictures.
func cells(lines []string) []string {
	var out []string
	for _, l := range lines {
		for _, c := range reGap.Split(strings.TrimSpace(l), -1) {
			if c != "" {
				out = append(out, c)
			}
		}
	}
	return out
}

// pageLines are the lines of one page; from the second on without the number at its top, so that a paragraph that runs over
// the break stays one.
func pageLines(lines []string, further bool) []string {
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
		case paper.IsPageNumber(l):
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

func pdfToText(ctx context.Context, program poppler.Tool, file *poppler.File, first int) (string, error) {
	out, err := program.Run(ctx, file, flow.MaxText, "-layout", "-enc", "UTF-8", "-f", strconv.Itoa(first), "-l", strconv.Itoa(first+pdfPages-1), file.Name(), "-")
	if errors.Is(err, poppler.ErrLong) {
		return "", fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
	}
	var failure *poppler.Failure
	if errors.As(err, &failure) {
		return "", pdfFault(failure)
	}
	return string(out), err
}

// isHard tells whether a file was given up because it asked for too much.
func isHard(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && f.Key == pdfTooHard
}

const pdfTooHard = "extract.fault.pdfTooHard"

// pdfFault says what a failure of pdftotext means for who sent the file.
func pdfFault(f *poppler.Failure) error {
	switch {
	case strings.Contains(f.Said, "assword"), strings.Contains(f.Said, "ncrypt"):
		return fault.Unsupported.With("extract.fault.pdfEncrypted").Because(f)
	case strings.Contains(f.Said, "opying of text"), f.Code == 3:
		return fault.Unsupported.With("extract.fault.pdfProtected").Because(f)
	case f.Late, f.Code < 0:
		return fault.TooLarge.With(pdfTooHard).Because(f)
	case f.Code > 0:
		return fault.Invalid.With("extract.fault.pdfBroken").Because(f)
	}
	return f
}
