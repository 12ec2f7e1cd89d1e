package award_test

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/award"
	"sachhon/internal/award/awardtest"
	"sachhon/internal/challenge"
	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
)

func TestPrizesByRule(t *testing.T) {
	d := awardtest.Evidence(119)
	if err := d.Compute(); err != nil {
		t.Fatal(err)
	}
	for _, table := range d.Tables {
		given := map[string]int{}
		var sum int64
		for i, row := range table.Rows {
			if row.Rank != i+1 {
				t.Errorf("%s: place %d has rank %d", table.Division, i+1, row.Rank)
			}
			if row.Prize != nil {
				given[row.Prize.Title]++
				sum += row.Prize.Amount
				if i > 0 && table.Rows[i-1].Prize == nil {
					t.Errorf("%s: rank %d has a prize and the one above has none", table.Division, row.Rank)
				}
			}
		}
		division, _ := d.Divisions.Find(table.Division)
		want := map[string]int{}
		for _, p := range division.Prizes {
			want[p.Title] = p.Count
		}
		if diff := cmp.Diff(want, given); diff != "" || sum != division.Total() {
			t.Errorf("%s gave %d đồng: %s", table.Division, sum, diff)
		}
	}
}

func TestEveryRowIsExplained(t *testing.T) {
	d := awardtest.Evidence(119)
	if err := d.Compute(); err != nil {
		t.Fatal(err)
	}
	for _, table := range d.Tables {
		for _, row := range table.Rows {
			explained := d.Explain(row.Entrant)
			var sum scoring.Points
			for i, e := range explained {
				sum += e.Lines.Total()
				if e.Lines.Total() != e.Points || i > 0 && e.Facts.SubmittedAt.Before(explained[i-1].Facts.SubmittedAt.Time) {
					t.Errorf("report %d of %s: %+v", i, row.Entrant, e)
				}
			}
			if sum != row.Points || int64(len(explained)) != row.Reports {
				t.Errorf("%s has %s points in %d reports, explained are %s in %d", row.Entrant, row.Points, row.Reports, sum, len(explained))
			}
		}
	}
}

func TestFewerEntrantsThanPrizes(t *testing.T) {
	d := awardtest.Evidence(3)
	if err := d.Compute(); err != nil {
		t.Fatal(err)
	}
	places := 0
	for _, table := range d.Tables {
		for _, row := range table.Rows {
			places++
			if row.Prize == nil {
				t.Errorf("rank %d of %s has no prize", row.Rank, table.Division)
			}
		}
	}
	if places == 0 || len(d.Tables) != len(d.Divisions) {
		t.Errorf("%d places in %d tables", places, len(d.Tables))
	}
}

func TestTheOrderOfTheEvidenceDoesNotMatter(t *testing.T) {
	want := awardtest.Publication(t, awardtest.Evidence(60))
	if err := award.Verify(want); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		d := awardtest.Evidence(60)
		shuffle := rand.New(rand.NewSource(rapid.Int64().Draw(r, "shuffle")))
		shuffle.Shuffle(len(d.Entrants), func(i, j int) { d.Entrants[i], d.Entrants[j] = d.Entrants[j], d.Entrants[i] })
		shuffle.Shuffle(len(d.Reports), func(i, j int) { d.Reports[i], d.Reports[j] = d.Reports[j], d.Reports[i] })
		if got := awardtest.Publication(t, d); !bytes.Equal(got.Document, want.Document) {
			r.Fatal("the document depends on the order in which the evidence was read")
		}
	})
}

// TestVerifyFindsEveryChange changes one thing in a finished document and seals it again with the right SHA-256.
func TestVerifyFindsEveryChange(t *testing.T) {
	for name, change := range map[string]func(*award.Document){
		"grams":        func(d *award.Document) { d.Reports[3].Waste[1] += 500 },
		"participants": func(d *award.Document) { d.Reports[3].Participants++ },
		"a send-back":  func(d *award.Document) { d.Reports[3].SendBacks++ },
		"weighed": func(d *award.Document) {
			d.Reports[3].Weighed[1] = !d.Reports[3].Weighed[1]
			d.Reports[3].Waste[1] += 50_000
		},
		"a report left":    func(d *award.Document) { d.Reports, d.Scores = d.Reports[1:], d.Scores[1:] },
		"a report twice":   func(d *award.Document) { d.Reports[1] = d.Reports[0] },
		"its entrant":      func(d *award.Document) { d.Reports[0].Entrant = scoringtest.ID(7, 7) },
		"a negative":       func(d *award.Document) { d.Reports[0].Waste[0] = -1 },
		"an entrant twice": func(d *award.Document) { d.Entrants[1].ID = d.Entrants[0].ID },
		"a division":       func(d *award.Document) { d.Entrants[1].Division = "mixed" },
		"the scheme":       func(d *award.Document) { d.Scheme.Document.Event++ },
		"a rising scheme":  func(d *award.Document) { d.Scheme.Document.Waste["glass"][1].Rate = 9_000 },
		"the seed":         func(d *award.Document) { d.Seed = strings.Repeat("00", 32) },
		"no seed":          func(d *award.Document) { d.Seed = "" },
		"the prizes":       func(d *award.Document) { d.Divisions[0].Prizes[0].Count++ },
		"a prize":          func(d *award.Document) { d.Tables[0].Rows[4].Prize.Amount *= 2 },
		"a prize taken":    func(d *award.Document) { d.Tables[0].Rows[0].Prize = nil },
		"two ranks":        func(d *award.Document) { r := d.Tables[0].Rows; r[0], r[1] = r[1], r[0] },
		"a row left":       func(d *award.Document) { d.Tables[0].Rows = d.Tables[0].Rows[1:] },
		"a table left":     func(d *award.Document) { d.Tables = d.Tables[1:] },
		"a score":          func(d *award.Document) { d.Scores[5].Points++ },
		"a line":           func(d *award.Document) { d.Scores[5].Lines[0].Points++ },
		"the format":       func(d *award.Document) { d.Format = 2 },
		"the order":        func(d *award.Document) { d.Entrants[0], d.Entrants[1] = d.Entrants[1], d.Entrants[0] },
	} {
		t.Run(name, func(t *testing.T) {
			d := awardtest.Evidence(40)
			if err := d.Compute(); err != nil {
				t.Fatal(err)
			}
			change(&d)
			if err := award.Verify(awardtest.Sealed(t, d)); err == nil {
				t.Error("the change was not found")
			}
		})
	}
}

func TestVerifyHoldsTheBytes(t *testing.T) {
	p := awardtest.Publication(t, awardtest.Evidence(10))
	changed := p
	changed.Document = bytes.Replace(p.Document, []byte("Đội số 1"), []byte("Đội số 9"), 1)
	if err := award.Verify(changed); err == nil {
		t.Error("another name has the same SHA-256")
	}
	for name, document := range map[string]string{
		"white space": strings.Replace(string(p.Document), ":", ": ", 1),
		"more":        string(p.Document) + "{}",
		"a member":    strings.Replace(string(p.Document), "{", `{"winner":"x",`, 1),
		"none":        "",
	} {
		if err := award.Verify(award.Publication{Document: []byte(document), SHA256: award.Sum([]byte(document))}); err == nil {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestCanonicalForm(t *testing.T) {
	p := awardtest.Publication(t, awardtest.Evidence(1))
	for _, want := range []string{
		`{"format":1,"challenge":{"id":"018ff000-0009-7000-8000-000000000001","slug":"thu-nghiem","title":"Cuộc thi thử <nghiệm> & hơn thế"},`,
		`"published_at":"2024-08-07T08:00:00Z","log":{"sequence":1903},"scheme":{"number":2,"document":{"format":1,`,
		`"tables":[{"division":"collective","rows":[{"rank":1,"entrant":`,
		`{"division":"individual","rows":[]}]}` + "\n",
	} {
		if !bytes.Contains(p.Document, []byte(want)) {
			t.Errorf("no %s in\n%s", want, p.Document)
		}
	}
}

func FuzzVerify(f *testing.F) {
	d := awardtest.Evidence(3)
	if err := d.Compute(); err != nil {
		f.Fatal(err)
	}
	document, err := d.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	f.Add([]byte(`{"format":1}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		if award.Verify(award.Publication{Document: document, SHA256: award.Sum(document)}) != nil {
			return
		}
		d, err := award.Read(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range d.Tables { // whatever was verified gives no more prizes than there are
			division, ok := d.Divisions.Find(table.Division)
			if !ok {
				t.Fatalf("a table of no division: %s", table.Division)
			}
			var sum int64
			for _, row := range table.Rows {
				if row.Prize != nil {
					sum += row.Prize.Amount
				}
			}
			if sum > max(0, division.Total()) && validPrizes(division) {
				t.Fatalf("%d đồng of %d", sum, division.Total())
			}
		}
	})
}

// validPrizes leaves out divisions that no challenge may have, with negative prizes.
func validPrizes(d challenge.Division) bool {
	for _, p := range d.Prizes {
		if p.Count < 0 || p.Amount < 0 {
			return false
		}
	}
	return true
}

func BenchmarkVerify(b *testing.B) {
	p := awardtest.Publication(b, awardtest.Evidence(119))
	b.SetBytes(int64(len(p.Document)))
	for b.Loop() {
		if err := award.Verify(p); err != nil {
			b.Fatal(err)
		}
	}
}
