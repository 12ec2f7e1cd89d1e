package award

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Verify computes the results again from the evidence that the publication contains and tells where they differ
// from what was published. It needs nothing but the publication, so anybody can do it anywhere.
func Verify(p Publication) error {
	if sum := Sum(p.Document); sum != p.SHA256 {
		return fmt.Errorf("award: the document's SHA-256 is %s, published was %s", sum, p.SHA256)
	}
	published, err := Read(p.Document)
	if err != nil {
		return err
	}
	computed, err := Read(p.Document) // a second copy, since computing replaces the results
	if err != nil {
		return err
	}
	if err := computed.Compute(); err != nil {
		return err
	}
	if err := compareScores(published.Scores, computed.Scores); err != nil {
		return err
	}
	if err := compareTables(published.Tables, computed.Tables); err != nil {
		return err
	}
	canonical, err := computed.Encode()
	if err != nil {
		return err
	}
	if !bytes.Equal(canonical, p.Document) {
		return fmt.Errorf("award: the document is not in its canonical form")
	}
	return nil
}

func compareScores(published, computed []Score) error {
	if len(published) != len(computed) {
		return fmt.Errorf("award: %d reports, but %d scores", len(computed), len(published))
	}
	for i, want := range computed {
		if !same(published[i], want) {
			return fmt.Errorf("award: report %s earns %s points, published were %s for report %s",
				want.Report, want.Points, published[i].Points, published[i].Report)
		}
	}
	return nil
}

func compareTables(published, computed []Table) error {
	if len(published) != len(computed) {
		return fmt.Errorf("award: %d divisions, but %d tables", len(computed), len(published))
	}
	for i, want := range computed {
		got := published[i]
		if got.Division != want.Division || len(got.Rows) != len(want.Rows) {
			return fmt.Errorf("award: the table of %s should have %d rows, not %d", want.Division, len(want.Rows), len(got.Rows))
		}
		for j, row := range want.Rows {
			if !same(got.Rows[j], row) {
				return fmt.Errorf("award: place %d of %s belongs to entrant %s with %s points", j+1, want.Division, row.Entrant, row.Points)
			}
		}
	}
	return nil
}

// same compares by the published form, in which times have no zone and lists no capacity.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
