package calendar

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
)

// Limits of a file.
const (
	MaxBytes = 1 << 20
	maxRows  = 5_000
	maxText  = 300
)

// columns of a file; status may be left out.
var columns = []string{"day", "kind", "name", "source", "status"}

// unconfirmed is what the status of a day says; it is empty once somebody has compared the published document.
const unconfirmed = "unconfirmed"

// Fault is what is wrong with one line of a file.
type Fault struct {
	Line int
	Key  string
	Args []any
}

// Message says it in somebody's language.
func (f Fault) Message(l *lang.Localizer) string { return l.T(f.Key, f.Args...) }

// read reads a file of days: comma separated, in UTF-8, with the head "day,kind,name,source", or ",status" behind it. Every line that is wrong is
// named; err is for what makes the rest unreadable.
func read(r io.Reader) ([]Entry, []Fault, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	in := csv.NewReader(skipMark(limited))
	in.FieldsPerRecord, in.Comment, in.TrimLeadingSpace = -1, '#', true
	head, err := in.Read()
	least := columns[:len(columns)-1]
	if err != nil || !slices.Equal(head, columns) && !slices.Equal(head, least) {
		return nil, nil, fault.Invalid.With("calendar.fault.head", "Head", strings.Join(least, ","))
	}
	var entries []Entry
	var faults []Fault
	seen := map[clock.Day]bool{}
	for {
		row, err := in.Read()
		switch {
		case limited.N <= 0:
			return nil, nil, fault.TooLarge.With("calendar.fault.size", "Limit", MaxBytes>>20)
		case errors.Is(err, io.EOF):
			return entries, faults, nil
		case err != nil:
			line := 0
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				line = bad.Line
			}
			return nil, append(faults, Fault{Line: line, Key: "calendar.fault.row"}), nil
		case len(entries)+len(faults) >= maxRows:
			return nil, nil, fault.TooLarge.With("calendar.fault.rows", "Limit", maxRows)
		}
		line, _ := in.FieldPos(0)
		e, key, args := parse(row, len(head))
		if key == "" && seen[e.Day] {
			key, args = "calendar.fault.twice", []any{"Day", string(e.Day)}
		}
		if key != "" {
			faults = append(faults, Fault{line, key, args})
			continue
		}
		seen[e.Day] = true
		entries = append(entries, e)
	}
}

// skipMark takes away the mark that spreadsheets put before UTF-8.
func skipMark(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	if b, err := in.Peek(3); err == nil && string(b) == "\ufeff" {
		_, _ = in.Discard(3) // what was peeked at is there
	}
	return in
}

func parse(row []string, wanted int) (e Entry, key string, args []any) {
	if len(row) != wanted {
		return e, "calendar.fault.columns", []any{"Count", len(row), "Wanted", wanted}
	}
	for _, s := range row {
		if !utf8.ValidString(s) {
			return e, "calendar.fault.encoding", nil
		}
	}
	day, err := clock.ParseDay(strings.TrimSpace(row[0]))
	if err != nil || day < "1945-09-02" {
		return e, "calendar.fault.day", []any{"Day", lang.Clean(row[0])}
	}
	e = Entry{Day: day, Kind: Kind(strings.TrimSpace(row[1])), Name: lang.Clean(row[2]), Source: lang.Clean(row[3])}
	if wanted == len(columns) {
		switch status := strings.TrimSpace(row[4]); status {
		case "", unconfirmed:
			e.Unconfirmed = status == unconfirmed
		default:
			return e, "calendar.fault.status", []any{"Status", lang.Clean(status)}
		}
	}
	switch {
	case !e.Kind.Valid():
		return e, "calendar.fault.kind", []any{"Kind", string(e.Kind)}
	case e.Name == "" || e.Source == "":
		return e, "calendar.fault.empty", nil
	case utf8.RuneCountInString(e.Name) > maxText || utf8.RuneCountInString(e.Source) > maxText:
		return e, "calendar.fault.long", []any{"Limit", maxText}
	}
	return e, "", nil
}

// WriteCSV writes the days of a year that differ from an ordinary week in the form that Import reads; all years for 0.
func (c *Calendar) WriteCSV(w io.Writer, year int) error {
	return writeCSV(w, c.Entries(year))
}

func writeCSV(w io.Writer, entries []Entry) error {
	out := csv.NewWriter(w)
	rows := [][]string{columns}
	for _, e := range entries {
		status := ""
		if e.Unconfirmed {
			status = unconfirmed
		}
		rows = append(rows, []string{string(e.Day), string(e.Kind), e.Name, e.Source, status})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("calendar: write: %w", err)
	}
	return nil
}
