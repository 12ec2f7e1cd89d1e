package award

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
)

// Format is the version of the document's form.
const Format = 1

// Document is what a publication says. The first half is the evidence, the second is what follows from it by
// docs/scoring.md and the challenge's prizes: Compute makes the one from the other.
type Document struct {
	Format      int        `json:"format"`
	Challenge   Contest    `json:"challenge"`
	Number      int        `json:"number"`             // 1 for the first publication of the challenge
	Replaces    string     `json:"replaces,omitempty"` // the SHA-256 of the publication that this one corrects
	Reason      string     `json:"reason,omitempty"`   // why it was corrected
	PublishedAt clock.Time `json:"published_at"`
	// Log is the audit log at the moment at which the evidence was read.
	Log LogHead `json:"log"`

	Scheme     Scheme              `json:"scheme"`
	Seed       string              `json:"seed"`            // hexadecimal
	Commitment string              `json:"seed_commitment"` // the seed's SHA-256, published before reporting closed
	Divisions  challenge.Divisions `json:"divisions"`       // with the prizes there are
	Entrants   []Entrant           `json:"entrants"`        // who can be ranked, by number
	Reports    []scoring.Facts     `json:"reports"`         // every valid report of theirs, by identifier

	Scores []Score `json:"scores"` // of every report, in the same order
	Tables []Table `json:"tables"` // of every division, in the same order
}

// Contest names the challenge.
type Contest struct {
	ID    ident.ID `json:"id"`
	Slug  string   `json:"slug"`
	Title string   `json:"title"`
}

// LogHead is a state of the append-only log of everything that was done for the challenge: what was published
// cannot have used anything later.
type LogHead struct {
	Sequence int64 `json:"sequence"`
}

// Scheme is a version of the challenge's scoring scheme.
type Scheme struct {
	Number   int            `json:"number"`
	Document scoring.Scheme `json:"document"`
}

// Entrant is a ranked entrant as the public may know it.
type Entrant struct {
	ID       ident.ID               `json:"id"`
	Number   int                    `json:"number"`
	Division challenge.DivisionCode `json:"division"`
	Name     string                 `json:"name"` // empty when it is hidden
	Unit     ident.ID               `json:"unit"`
}

// Score explains the points of one report.
type Score struct {
	Report ident.ID       `json:"report"`
	Points scoring.Points `json:"points"`
	Lines  scoring.Lines  `json:"lines"`
}

// Table is the final ranking of one division.
type Table struct {
	Division challenge.DivisionCode `json:"division"`
	Rows     []Row                  `json:"rows"`
}

// Row is an entrant's place and prize.
type Row struct {
	scoring.Standing
	Prize *Prize `json:"prize,omitempty"`
}

// Prize is what one entrant receives.
type Prize struct {
	Title  string `json:"title"`
	Amount int64  `json:"amount"` // đồng
}

// Compute fills in what follows from the evidence. The order in which the evidence was read does not matter.
func (d *Document) Compute() error {
	seed, err := d.check()
	if err != nil {
		return err
	}
	slices.SortFunc(d.Entrants, func(a, b Entrant) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortFunc(d.Reports, func(a, b scoring.Facts) int { return cmp.Compare(a.Report, b.Report) })

	d.Scores = make([]Score, len(d.Reports))
	for i, f := range d.Reports {
		lines := scoring.Score(d.Scheme.Document, f)
		d.Scores[i] = Score{Report: f.Report, Points: lines.Total(), Lines: lines}
	}
	ranked := make([]scoring.Entrant, len(d.Entrants))
	for i, e := range d.Entrants {
		ranked[i] = scoring.Entrant{ID: e.ID, Division: e.Division}
	}
	standings := scoring.Standings(d.Scheme.Document, ranked, d.Reports, seed)
	d.Tables = make([]Table, len(d.Divisions))
	for i, division := range d.Divisions {
		d.Tables[i] = Table{Division: division.Code, Rows: []Row{}}
		for _, table := range standings {
			if table.Division == division.Code {
				d.Tables[i].Rows = award(division, table.Rows)
			}
		}
	}
	return nil
}

// Explain returns the published reports of an entrant with their lines, in the order in which they were handed in.
func (d *Document) Explain(entrant ident.ID) []scoring.Explained {
	var explained []scoring.Explained
	for i, f := range d.Reports {
		if f.Entrant == entrant {
			explained = append(explained, scoring.Explained{Facts: f, Lines: d.Scores[i].Lines, Points: d.Scores[i].Points})
		}
	}
	slices.SortStableFunc(explained, func(a, b scoring.Explained) int {
		return a.Facts.SubmittedAt.Compare(b.Facts.SubmittedAt.Time)
	})
	return explained
}

// award gives the prizes of the division to its best, one each: with a revealed seed no rank is shared.
func award(division challenge.Division, standings []scoring.Standing) []Row {
	rows := make([]Row, len(standings))
	for i, s := range standings {
		rows[i] = Row{Standing: s}
		if p, ok := division.PrizeFor(s.Rank); ok {
			rows[i].Prize = &Prize{Title: p.Title, Amount: p.Amount}
		}
	}
	return rows
}

// check tells whether results can be computed from the evidence at all, and decodes the seed.
func (d *Document) check() (seed []byte, err error) {
	if d.Format != Format {
		return nil, fmt.Errorf("award: the document has format %d, this program knows %d", d.Format, Format)
	}
	if err := d.Scheme.Document.Validate(); err != nil {
		return nil, fmt.Errorf("award: the scoring scheme: %w", err)
	}
	seed, err = hex.DecodeString(d.Seed)
	if err != nil || len(seed) == 0 {
		return nil, errors.New("award: the seed is not a hexadecimal text")
	}
	if err := scoring.CheckSeed(seed, d.Commitment); err != nil {
		return nil, err
	}
	entrants := map[ident.ID]bool{}
	for _, e := range d.Entrants {
		if _, ok := d.Divisions.Find(e.Division); !ok {
			return nil, fmt.Errorf("award: entrant %s is in no division of the challenge", e.ID)
		}
		if entrants[e.ID] {
			return nil, fmt.Errorf("award: entrant %s appears twice", e.ID)
		}
		entrants[e.ID] = true
	}
	reports, cleanups := map[ident.ID]bool{}, map[ident.ID]bool{}
	for _, f := range d.Reports {
		if !entrants[f.Entrant] {
			return nil, fmt.Errorf("award: report %s is of no ranked entrant", f.Report)
		}
		if reports[f.Report] || cleanups[f.Cleanup] {
			return nil, fmt.Errorf("award: report %s or its clean-up appears twice", f.Report)
		}
		reports[f.Report], cleanups[f.Cleanup] = true, true
		if !plausible(f) {
			return nil, fmt.Errorf("award: report %s has a figure that no report may have", f.Report)
		}
	}
	return seed, nil
}

// plausible tells whether the figures are ones that the formula can add up.
func plausible(f scoring.Facts) bool {
	for _, t := range waste.Types() {
		if g := f.Waste.Of(t); g < 0 || g > lang.MaxWeight {
			return false
		}
	}
	return f.Participants >= 0 && f.Participants <= 1_000_000 && f.SendBacks >= 0 && f.SendBacks <= 1_000
}

// Encode writes the document in its canonical form: UTF-8 JSON without white space, the members in the order of the
// types here, nothing escaped that JSON does not ask for, one line feed at the end.
func (d *Document) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(d); err != nil {
		return nil, fmt.Errorf("award: document: %w", err)
	}
	return b.Bytes(), nil
}

// Sum is the SHA-256 of the canonical form, in hexadecimal: what the results page shows.
func Sum(document []byte) string {
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:])
}

// Read decodes a document, from whoever it comes, without checking its results.
func Read(document []byte) (Document, error) {
	var d Document
	dec := json.NewDecoder(bytes.NewReader(document))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Document{}, fmt.Errorf("award: not a publication: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Document{}, errors.New("award: something follows the publication")
	}
	return d, nil
}
