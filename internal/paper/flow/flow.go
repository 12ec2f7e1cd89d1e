// Package flow owns the shape that every reader of a document ends in: paragraphs and tables one after the other, and how
// they become lines of text. Columns of a layout table are written one after the other, rows of figures beside each other.
//
// A Builder takes what a parser meets in order and holds its limits; whatever the parser is fed, it holds no more than that.
package flow

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Limits of one document. A thousand pages of text have about three million characters, a letter a few thousand.
const (
	MaxText   = 1 << 20 // bytes of text
	MaxBlocks = 40_000  // paragraphs, cells
	MaxDepth  = 16      // tables within tables
)

// ErrTooLarge says that a document holds more than the limits allow.
var ErrTooLarge = errors.New("flow: too much text, too many parts, or tables nested too deep")

// Builder collects the text of one document.
type Builder struct {
	root   group
	tables []*table
	line   strings.Builder
	bytes  int
	blocks int
	err    error
}

// group is a run of finished lines: the document itself, or one cell.
type group struct{ lines []string }

type table struct {
	rows [][]*group
}

// Err returns why the document was too much, nil while it was not.
func (b *Builder) Err() error { return b.err }

func (b *Builder) count(size int) bool {
	b.bytes += size
	b.blocks++
	if b.bytes > MaxText || b.blocks > MaxBlocks {
		b.err = ErrTooLarge
	}
	return b.err == nil
}

// Text adds to the current paragraph.
func (b *Builder) Text(s string) {
	if b.bytes += len(s); b.bytes > MaxText {
		b.err = ErrTooLarge
	}
	if b.err == nil {
		b.line.WriteString(s)
	}
}

// Empty tells whether nothing stands in the current paragraph yet.
func (b *Builder) Empty() bool { return strings.TrimSpace(b.line.String()) == "" }

// Break ends the line, and keeps an empty one.
func (b *Builder) Break() {
	if b.count(1) {
		g := b.here()
		g.lines = append(g.lines, b.line.String())
	}
	b.line.Reset()
}

// Flush ends the line if anything stands in it.
func (b *Builder) Flush() {
	if !b.Empty() {
		b.Break()
	}
	b.line.Reset()
}

func (b *Builder) here() *group {
	if n := len(b.tables); n > 0 {
		if t := b.tables[n-1]; len(t.rows) > 0 {
			if row := t.rows[len(t.rows)-1]; len(row) > 0 {
				return row[len(row)-1]
			}
		}
	}
	return &b.root
}

// OpenTable begins a table; what was open before goes on after CloseTable.
func (b *Builder) OpenTable() {
	b.Flush()
	if len(b.tables) >= MaxDepth {
		b.err = ErrTooLarge
	}
	b.tables = append(b.tables, &table{})
}

// OpenRow begins a row of the innermost table.
func (b *Builder) OpenRow() {
	b.Flush()
	if n := len(b.tables); n > 0 && b.count(1) {
		b.tables[n-1].rows = append(b.tables[n-1].rows, nil)
	}
}

// OpenCell begins a cell of the current row.
func (b *Builder) OpenCell() {
	b.Flush()
	n := len(b.tables)
	if n == 0 || !b.count(1) {
		return
	}
	t := b.tables[n-1]
	if len(t.rows) == 0 {
		t.rows = append(t.rows, nil)
	}
	t.rows[len(t.rows)-1] = append(t.rows[len(t.rows)-1], &group{})
}

// CloseTable ends the innermost table and writes its rows where the table stands.
func (b *Builder) CloseTable() {
	b.Flush()
	n := len(b.tables)
	if n == 0 {
		return
	}
	t := b.tables[n-1]
	b.tables = b.tables[:n-1]
	g := b.here()
	for _, row := range t.rows {
		g.lines = append(g.lines, rowLines(row)...)
	}
}

// InTable tells whether a table is open.
func (b *Builder) InTable() bool { return len(b.tables) > 0 }

// rowLines writes cells of one line each beside each other, with tabs; as soon as one has several, the cells are columns of
// a layout, such as the heading of a letter, and are written one after the other. A row of three or more that begins with a
// number or its name is no layout: the lines of its cells are joined.
func rowLines(row []*group) []string {
	beside := true
	for _, c := range row {
		c.lines = trimBlank(c.lines)
	}
	if len(row) > 2 && len(row[0].lines) == 1 && reNumbered.MatchString(strings.TrimSpace(row[0].lines[0])) {
		for _, c := range row {
			if len(c.lines) > 1 {
				c.lines = []string{strings.Join(strings.Fields(strings.Join(c.lines, " ")), " ")}
			}
		}
	}
	for _, c := range row {
		beside = beside && len(c.lines) <= 1
	}
	var out []string
	if !beside {
		for _, c := range row {
			if len(c.lines) > 0 {
				out = append(append(out, c.lines...), "")
			}
		}
		return out
	}
	var texts []string
	for _, c := range row {
		if len(c.lines) == 1 {
			texts = append(texts, strings.TrimSpace(c.lines[0]))
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return []string{strings.Join(texts, "\t")}
}

var reNumbered = regexp.MustCompile(`^(?i:\d{1,3}\.?|s?tt)$`)

func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// Lines ends what is open and returns the text, line by line, never more than one empty line in a row.
func (b *Builder) Lines() ([]string, error) {
	b.Flush()
	for len(b.tables) > 0 {
		b.CloseTable()
	}
	if b.err != nil {
		return nil, b.err
	}
	var out []string
	for _, l := range b.root.lines {
		l = strings.TrimRight(strings.ToValidUTF8(l, ""), " \t\n")
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return trimBlank(out), nil
}

// Runes counts the characters of lines, to tell a document with text from one without.
func Runes(lines []string) int {
	n := 0
	for _, l := range lines {
		n += utf8.RuneCountInString(strings.TrimSpace(l))
	}
	return n
}
