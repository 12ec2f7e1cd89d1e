package letter

import (
	"context"
	"errors"
	"slices"

	"sachhon/internal/fault"
	"sachhon/internal/paper/extract"
)

// SecretFault is the key of the fault with which a document that bears a mark of secrecy is refused.
const SecretFault = "letter.fault.secret"

// MaxFile is the size of the largest file that is taken in.
const MaxFile = extract.MaxFile

// ReadFile reads a letter in whatever form it came: DOCX, PDF, HTML, or text in any encoding that is known. It returns the
// text that was read, normalised, beside what was read in it. A scan has no text of its own: its reading is empty but for a warning,
// and people type the fields. A secret document is refused.
func ReadFile(ctx context.Context, b []byte, opts Options) (string, Reading, error) {
	found, err := extract.Read(ctx, b)
	if err != nil {
		return "", Reading{}, err
	}
	for _, text := range found.Margins {
		if mark := markOf(text); secret[mark] {
			return "", Reading{}, fault.Invalid.With(SecretFault, "Mark", text)
		}
	}
	if found.Scan {
		r := empty()
		r.Warnings = append(r.Warnings, Field[Warning]{Value: Warning{Code: scanned}})
		for _, n := range found.Notices {
			r.notice(n, "")
		}
		for i := range r.Warnings { // there are no lines
			r.Warnings[i].Lines = Lines{}
		}
		return "", r, nil
	}
	text, err := decode([]byte(found.Text))
	if err != nil {
		return "", Reading{}, err
	}
	reading, err := readText(text, opts)
	if err != nil {
		return "", Reading{}, err
	}
	for _, n := range found.Notices {
		reading.notice(n, text)
	}
	return text, reading, nil
}

// checkOpen refuses a file that bears a mark of secrecy. One that cannot be read is not judged.
func (s *Service) checkOpen(ctx context.Context, file []byte) error {
	if len(file) == 0 {
		return nil
	}
	if _, _, err := s.read(ctx, file); isSecret(err) {
		return err
	}
	return nil
}

func isSecret(err error) bool {
	f, ok := errors.AsType[*fault.Error](err)
	return ok && f.Key == SecretFault
}

// scanned is the warning about a letter of which there is only a picture.
const scanned = "scan"

// Scanned tells whether there is only a picture of the letter, so that its fields are typed.
func (r Reading) Scanned() bool {
	return slices.ContainsFunc(r.Warnings, func(w Field[Warning]) bool { return w.Value.Code == scanned })
}

// recognised tells whether the text was recognised in a picture, and so has faults.
func (r Reading) recognised() bool {
	return slices.ContainsFunc(r.Warnings, func(w Field[Warning]) bool { return w.Value.Code == "recognised" })
}

// notice adds a warning about how the text came about; it concerns no single component.
func (r *Reading) notice(n extract.Notice, text string) {
	rd := &reader{raw: SplitLines(text), out: *r}
	rd.lines = make([]line, len(rd.raw))
	switch n.Code {
	case extract.Converted:
		rd.warn("converted", "", Lines{}, n.Args...)
	case extract.Mixed:
		rd.warn("mixed", "", Lines{})
	case extract.CutPages:
		rd.warn("cutPages", "", Lines{}, n.Args...)
	case extract.Recognised:
		rd.warn("recognised", "", Lines{})
	case extract.Pictures:
		rd.warn("pictures", "", Lines{}, n.Args...)
	case extract.Several:
		rd.warn("several", "", Lines{}, n.Args...)
	}
	r.Warnings = rd.out.Warnings
}
