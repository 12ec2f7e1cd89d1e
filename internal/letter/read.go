package letter

import (
	"fmt"
	"io"

	"sachhon/internal/fault"
)

// Options help the reader with what the text alone cannot tell.
type Options struct {
	// Organ returns the official spelling of an organ written in capitals, from the unit tree; may be nil. KnownOrgans
	// builds one from a list of names.
	Organ func(name string) (official string, ok bool)
}

// Read reads the text of one letter. It fails only when the bytes are no acceptable text (a fault for people); whatever
// could not be understood is a warning in the Reading.
func Read(r io.Reader, opts Options) (Reading, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Reading{}, fmt.Errorf("letter: read: %w", err)
	}
	return ReadBytes(b, opts)
}

// ReadBytes is Read for a text in memory.
func ReadBytes(b []byte, opts Options) (Reading, error) {
	text, err := decode(b)
	if err != nil {
		return Reading{}, err
	}
	return readText(text, opts)
}

// empty is the reading of a letter of which nothing could be read.
func empty() Reading {
	return Reading{
		Addressees: []Field[string]{}, Bases: []Field[Basis]{}, References: []Field[Basis]{}, Duties: []Field[Duty]{},
		Attachments: []Field[string]{}, Links: []Field[string]{}, Recipients: []Field[string]{}, Warnings: []Field[Warning]{},
	}
}

// readText reads a normalised text.
func readText(text string, opts Options) (Reading, error) {
	raw := SplitLines(text)
	lines, err := tokenize(raw)
	if err != nil {
		return Reading{}, err
	}
	rd := &reader{raw: raw, lines: lines, opts: opts, out: empty()}
	rd.divide()
	if mark := rd.secrecy(); mark != "" {
		return Reading{}, fault.Invalid.With(SecretFault, "Mark", mark)
	}
	// The order matters where a recogniser leans on another's finding: the type on the notation, the organ's case on
	// the body and the place, the period's year on the letter's date.
	rd.readSymbol()
	rd.readType()
	rd.readMarks()
	rd.readPlaceAndDate()
	rd.readOrgan()
	rd.readSubject()
	rd.readAddressees()
	rd.readBases()
	rd.readPeriod()
	rd.readDuties()
	rd.readReferences()
	rd.readAttachments()
	rd.readLinks()
	rd.readRecipients()
	rd.readSigner()
	rd.locate()
	return rd.out, nil
}

// reader holds one letter divided into its parts while the recognisers, one file each, fill in the Reading.
type reader struct {
	raw   []string // the lines as they stand
	lines []line
	opts  Options
	out   Reading
	found map[Lines]*squashed // lines in which words were looked for
	verbs map[Lines][]Span    // where the sentences that introduce a list ask

	head       heading
	salutation []line // "Kính gửi" and the list below it
	body       []paragraph
	foot       footer
	tasks      tasks
}

// warn notes something missing or doubtful. Without lines it is about the whole text.
func (rd *reader) warn(code, field string, at Lines, args ...any) {
	w := Warning{Code: code, Field: field}
	for i := 0; i+1 < len(args); i += 2 {
		if w.Args == nil {
			w.Args = map[string]string{}
		}
		w.Args[args[i].(string)] = fmt.Sprint(args[i+1])
	}
	if at == (Lines{}) {
		at = Lines{1, len(rd.lines)}
	}
	rd.out.Warnings = append(rd.out.Warnings, Field[Warning]{Value: w, Lines: at})
}

// linesOf is the span of a list of cells.
func linesOf(cells []cell) Lines { return Lines{cells[0].no, cells[len(cells)-1].no} }

func joinCells(cells []cell) string {
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = c.text
	}
	return rejoin(parts)
}
