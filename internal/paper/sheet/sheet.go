// Package sheet writes XLSX files: a styled head that stays in view, typed cells, widths, and no text that a spreadsheet
// would take for a formula. The same book gives the same bytes.
package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"sachhon/internal/lang"
	"sachhon/internal/paper"
)

// MediaType is that of the files.
const MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Kind is what a column holds.
type Kind int

// The kinds of columns.
const (
	Text    Kind = iota
	Integer      // int, int64: with dots between thousands as the reader's program has them
	Decimal      // float64: up to three decimals
	Date         // time.Time: the day, in the zone it is given in
	Percent      // float64: 0.5 is 50 %
)

// Book is a file of sheets.
type Book struct {
	Info   paper.Info
	Sheets []Sheet
}

// Sheet is a table with a title above it.
type Sheet struct {
	Name    string   // at most 31 characters, of which some are not allowed; mended where needed
	Title   string   // above the head, may be empty
	Notes   []string // lines below the title
	Columns []Column
	Rows    [][]any // nil is an empty cell; Total marks the last row
	Total   bool    // the last row is set off
}

// Column is one column of a sheet.
type Column struct {
	Head  string
	Width float64 // in characters; found from the texts when it is zero
	Kind  Kind
}

// Limits of what a sheet can hold.
const (
	maxRows = 1_048_000
	maxCell = 32_000
)

// Guarded is a text as it may stand in a cell of a file that a spreadsheet opens: what would begin a formula gets an
// apostrophe in front, as spreadsheets write it themselves.
func Guarded(s string) string {
	s = lang.NFC(strings.ToValidUTF8(s, ""))
	if s != "" && strings.ContainsRune("=+-@\t\r\n|", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Write makes the file.
func Write(w io.Writer, b Book) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	made := b.Info.Date.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: b.Info.Title, Subject: b.Info.Subject, Creator: b.Info.Author, Language: b.Info.Language(), Created: made, Modified: made,
	}); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	st, err := newStyles(f)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for i, s := range b.Sheets {
		s.Name = unique(tabName(s.Name), names)
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err == nil {
			err = st.write(f, s)
		}
		if err != nil {
			return fmt.Errorf("sheet: %s: %w", s.Name, err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return settled(w, buf.Bytes(), b.Info.Date)
}

// tabName is a name that spreadsheets accept.
func tabName(s string) string {
	s = lang.Clean(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return ' '
		}
		return r
	}, s))
	if r := []rune(strings.TrimSpace(s)); len(r) > 31 {
		s = string(r[:31])
	}
	if s = strings.TrimSpace(s); s == "" {
		return "1"
	}
	return s
}

func unique(name string, taken map[string]bool) string {
	got := name
	for n := 2; taken[strings.ToLower(got)]; n++ {
		end := fmt.Sprintf(" (%d)", n)
		r := []rune(name)
		got = string(r[:min(len(r), 31-len(end))]) + end
	}
	taken[strings.ToLower(got)] = true
	return got
}

// settled copies the file with fixed times of its parts, in a fixed order.
func settled(w io.Writer, file []byte, date time.Time) error {
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if date.Year() < 1980 {
		date = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		dst, err := out.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate, Modified: date.UTC()})
		if err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		src, err := part.Open()
		if err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
		_, err = io.Copy(dst, src)
		src.Close()
		if err != nil {
			return fmt.Errorf("sheet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
