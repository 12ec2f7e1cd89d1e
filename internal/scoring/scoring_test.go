package scoring_test

import (
	"encoding/json"
	"errors"
	"math/rand"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/scoring"
	"sachhon/internal/scoring/scoringtest"
	"sachhon/internal/waste"
)

func anyFacts() *rapid.Generator[scoring.Facts] {
	return rapid.Custom(func(t *rapid.T) scoring.Facts {
		f := scoring.Facts{
			Report:       scoringtest.ID(2, rapid.IntRange(0, 1_000_000).Draw(t, "report")),
			Entrant:      scoringtest.ID(1, rapid.IntRange(0, 5).Draw(t, "entrant")),
			Participants: rapid.Int64Range(0, 200).Draw(t, "participants"),
			SendBacks:    rapid.Int64Range(0, 2).Draw(t, "sendBacks"),
			SubmittedAt:  clock.Date(2024, time.June, rapid.IntRange(2, 4).Draw(t, "day"), 9, 0),
		}
		for i := range f.Waste {
			f.Waste[i] = rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 3_000_000), rapid.Just(lang.MaxWeight)).Draw(t, "grams")
			f.Weighed[i] = rapid.Bool().Draw(t, "weighed")
		}
		return f
	})
}

func anyScheme() *rapid.Generator[scoring.Scheme] {
	return rapid.Custom(func(t *rapid.T) scoring.Scheme {
		points := func(most int64, label string) scoring.Points {
			return scoring.Points(rapid.Int64Range(0, most).Draw(t, label))
		}
		s := scoring.Scheme{
			Format: scoring.Format, Event: points(100_000, "event"), Participant: points(5_000, "participant"),
			Participants: rapid.Int64Range(0, 100).Draw(t, "participants"),
			Waste:        map[waste.Type][]scoring.Band{},
			Weighed:      rapid.Int64Range(0, 100).Draw(t, "weighed"),
		}
		for _, typ := range waste.Types() {
			end, rate := int64(0), points(1_000_000, "rate")
			for range rapid.IntRange(0, 3).Draw(t, "bands") {
				end += rapid.Int64Range(1, 500_000).Draw(t, "width")
				s.Waste[typ] = append(s.Waste[typ], scoring.Band{UpTo: end, Rate: rate})
				rate = points(int64(rate), "rate")
			}
			s.Waste[typ] = append(s.Waste[typ], scoring.Band{Rate: rate})
		}
		return s
	})
}

func TestScoreLineByLine(t *testing.T) {
	f := scoring.Facts{Participants: 60, Waste: waste.Weights{}.With(waste.Plastic, 260_500).With(waste.Construction, 200_019).With(waste.Paper, 333)}
	f.Weighed[waste.Plastic.Index()] = true
	f.Weighed[waste.Metal.Index()] = true // nothing was collected, so nothing is added
	want := scoring.Lines{
		{Rule: scoring.RuleEvent, Quantity: 1, Rate: 20_000, Points: 20_000},
		{Rule: scoring.RuleParticipants, Quantity: 50, Rate: 1_000, Uncounted: 10, Points: 50_000},
		{Rule: scoring.RuleWaste, Type: waste.Plastic, Quantity: 50_000, Rate: 10_000, Points: 500_000},
		{Rule: scoring.RuleWaste, Type: waste.Plastic, From: 50_000, Quantity: 150_000, Rate: 4_000, Points: 600_000},
		{Rule: scoring.RuleWaste, Type: waste.Plastic, From: 200_000, Quantity: 60_500, Rate: 1_000, Points: 60_500},
		{Rule: scoring.RuleWaste, Type: waste.Construction, Quantity: 200_000, Rate: 500, Points: 100_000},
		{Rule: scoring.RuleWaste, Type: waste.Construction, From: 200_000, Quantity: 19, Rate: 50, Points: 0},
		{Rule: scoring.RuleWaste, Type: waste.Paper, Quantity: 333, Rate: 4_000, Points: 1_332},
		{Rule: scoring.RuleWeighed, Quantity: 1_160_500, Rate: 10, Points: 116_050},
	}
	if diff := cmp.Diff(want, scoring.Score(scoring.DefaultScheme(), f)); diff != "" {
		t.Error(diff)
	}
}

func TestLinesAddUpToTheStanding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scheme, f := anyScheme().Draw(t, "scheme"), anyFacts().Draw(t, "facts")
		if err := scheme.Validate(); err != nil {
			t.Fatal(err)
		}
		entrant := scoring.Entrant{ID: f.Entrant, Division: "collective"}
		tables := scoring.Standings(scheme, []scoring.Entrant{entrant}, []scoring.Facts{f}, nil)
		lines := scoring.Score(scheme, f)
		if got := tables[0].Rows[0].Points; got != lines.Total() {
			t.Fatalf("the table says %s, the lines add up to %s", got, lines.Total())
		}
		for _, line := range lines {
			if line.Points < 0 {
				t.Fatalf("a line takes points away: %+v", line)
			}
		}
	})
}

func TestMoreNeverEarnsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scheme, f := anyScheme().Draw(t, "scheme"), anyFacts().Draw(t, "facts")
		more := f
		i := rapid.IntRange(0, waste.Count-1).Draw(t, "type")
		more.Waste[i] += rapid.Int64Range(0, 2_000_000).Draw(t, "grams")
		more.Weighed[i] = true
		more.Participants += rapid.Int64Range(0, 100).Draw(t, "people")
		if a, b := scoring.Score(scheme, f).Total(), scoring.Score(scheme, more).Total(); b < a {
			t.Fatalf("%s points with more than what earned %s", b, a)
		}
	})
}

func TestOrderNeverChangesTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scheme := anyScheme().Draw(t, "scheme")
		reports := rapid.SliceOfN(anyFacts(), 0, 12).Draw(t, "reports")
		seed := rapid.SampledFrom([][]byte{nil, scoringtest.Seed}).Draw(t, "seed")
		var entrants []scoring.Entrant
		for i := range 5 { // the sixth entrant of anyFacts is not admitted
			entrants = append(entrants, scoring.Entrant{ID: scoringtest.ID(1, i), Division: []challenge.DivisionCode{"collective", "individual"}[i%2]})
		}
		want := scoring.Standings(scheme, entrants, reports, seed)
		shuffle := rand.New(rand.NewSource(rapid.Int64().Draw(t, "shuffle")))
		shuffle.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
		shuffle.Shuffle(len(entrants), func(i, j int) { entrants[i], entrants[j] = entrants[j], entrants[i] })
		if diff := cmp.Diff(want, scoring.Standings(scheme, entrants, reports, seed)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestRanksAreSharedOnlyWithoutASeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entrants, reports := scoringtest.Contest(rapid.IntRange(1, 200).Draw(t, "entrants"))
		for _, table := range scoring.Standings(scoring.DefaultScheme(), entrants, reports, scoringtest.Seed) {
			for i, row := range table.Rows {
				if row.Rank != i+1 || row.Decided == scoring.Shared {
					t.Fatalf("place %d is %+v", i+1, row)
				}
			}
		}
		for _, table := range scoring.Standings(scoring.DefaultScheme(), entrants, reports, nil) {
			for i, row := range table.Rows {
				if (row.Rank != i+1) != (row.Decided == scoring.Shared) {
					t.Fatalf("place %d is %+v", i+1, row)
				}
			}
		}
	})
}

// TestTieRules gives every entrant the same points and takes one advantage away from each.
func TestTieRules(t *testing.T) {
	early, late := clock.Date(2024, time.June, 9, 10, 0), clock.Date(2024, time.June, 16, 10, 0)
	base := scoring.Facts{Participants: 10, SubmittedAt: early}
	facts := func(n int, change func(*scoring.Facts)) scoring.Facts {
		f := base
		f.Report, f.Entrant = scoringtest.ID(2, n), scoringtest.ID(1, n)
		change(&f)
		return f
	}
	reports := []scoring.Facts{
		facts(1, func(f *scoring.Facts) { f.SendBacks = 1 }),
		facts(2, func(f *scoring.Facts) { f.SubmittedAt = late }),
		facts(3, func(*scoring.Facts) {}),
		facts(4, func(f *scoring.Facts) { f.Participants = 9; f.SubmittedAt = clock.Date(2024, time.June, 2, 10, 0) }),
		facts(5, func(f *scoring.Facts) { f.Participants = 11; f.SendBacks = 3 }),
		facts(6, func(*scoring.Facts) {}),
	}
	var entrants []scoring.Entrant
	for _, f := range reports {
		entrants = append(entrants, scoring.Entrant{ID: f.Entrant, Division: "individual"})
	}
	type place struct {
		Entrant int
		Rank    int
		Decided scoring.Decision
	}
	places := func(seed []byte) (out []place) {
		for _, row := range scoring.Standings(scoring.DefaultScheme(), entrants, reports, seed)[0].Rows {
			n := int(row.Entrant[len(row.Entrant)-1] - '0')
			out = append(out, place{n, row.Rank, row.Decided})
		}
		return out
	}
	want := []place{
		{5, 1, scoring.First},
		{3, 2, scoring.ByPoints},
		{6, 2, scoring.Shared},
		{2, 4, scoring.ByLastAt},
		{1, 5, scoring.BySendBacks},
		{4, 6, scoring.ByPoints},
	}
	if diff := cmp.Diff(want, places(nil)); diff != "" {
		t.Errorf("without a seed: %s", diff)
	}
	// With a seed the two who are equal are drawn apart; nothing else moves.
	want[1], want[2] = place{3, 2, scoring.ByPoints}, place{6, 3, scoring.ByDraw}
	a, b := scoring.Draw(scoringtest.Seed, scoringtest.ID(1, 3)), scoring.Draw(scoringtest.Seed, scoringtest.ID(1, 6))
	if string(b[:]) < string(a[:]) {
		want[1].Entrant, want[2].Entrant = 6, 3
	}
	if diff := cmp.Diff(want, places(scoringtest.Seed)); diff != "" {
		t.Errorf("with a seed: %s", diff)
	}
}

func TestAReportWorthNothingCostsNoPlace(t *testing.T) {
	scheme := scoring.DefaultScheme()
	scheme.Event = 0
	entrants := []scoring.Entrant{{ID: scoringtest.ID(1, 1)}}
	first := clock.Date(2024, time.June, 9, 10, 0)
	reports := []scoring.Facts{
		{Entrant: entrants[0].ID, Participants: 5, SubmittedAt: first},
		{Entrant: entrants[0].ID, SubmittedAt: first.Add(time.Hour)},
	}
	row := scoring.Standings(scheme, entrants, reports, nil)[0].Rows[0]
	if row.LastAt != first || row.Reports != 2 {
		t.Errorf("row %+v, want the first report's time", row)
	}
}

func TestSchemeDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyScheme().Draw(t, "scheme")
		document, err := want.Document()
		if err != nil {
			t.Fatal(err)
		}
		got, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestDefaultSchemeIsValid(t *testing.T) {
	if err := scoring.DefaultScheme().Validate(); err != nil {
		t.Error(err)
	}
}

func TestFaultsOfAScheme(t *testing.T) {
	document := `{"format":2,"event":-1,"participant":0,"participants":0,"weighed_percent":101,"waste":{"wood":[],
		"organic":[{"per_kg":1}],"plastic":[{"per_kg":1,"up_to_grams":5}],"metal":[{"per_kg":1},{"per_kg":2}],
		"construction":[{"per_kg":1,"up_to_grams":9},{"per_kg":1,"up_to_grams":9},{"per_kg":0}],
		"paper":[{"per_kg":1000001}],"glass":[{"per_kg":1}],"hazardous":[{"per_kg":1}]}}`
	_, err := scoring.ParseScheme([]byte(document))
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !errors.Is(err, fault.Invalid) {
		t.Fatalf("got %v", err)
	}
	got := map[string]string{}
	for _, field := range f.Fields {
		got[field.Name] = strings.TrimPrefix(field.Key, "scoring.fault.")
	}
	want := map[string]string{
		"format": "format", "event": "range", "weighed_percent": "range", "waste": "unknownType",
		"waste.plastic.0.up_to_grams": "lastBand", "waste.metal.0.up_to_grams": "bandEnd", "waste.metal.1.per_kg": "rising",
		"waste.construction.1.up_to_grams": "bandEnd", "waste.paper.0.per_kg": "range", "waste.other": "bands",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseScheme(f *testing.F) {
	document, err := scoring.DefaultScheme().Document()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	f.Add([]byte(`{"format":1} {}`))
	f.Add([]byte(`{"format":1,"points":3}`))
	entrants, reports := scoringtest.Contest(20)
	f.Fuzz(func(t *testing.T, document []byte) {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			if fault.KindOf(err) == "" {
				t.Fatalf("an internal error: %v", err)
			}
			return
		}
		for _, table := range scoring.Standings(scheme, entrants, reports, nil) {
			for _, row := range table.Rows {
				if row.Points < 0 {
					t.Fatalf("an accepted scheme overflows: %+v", row)
				}
			}
		}
	})
}

func TestTypeSetJSON(t *testing.T) {
	set := scoring.WeighedTypes(waste.Methods{}.With(waste.Glass, waste.Weighed).With(waste.Metal, waste.Weighed).With(waste.Paper, waste.Estimated))
	text, err := json.Marshal(set)
	if err != nil || string(text) != `["metal","glass"]` {
		t.Fatalf("%s, %v", text, err)
	}
	back := scoring.TypeSet{true}
	if err := json.Unmarshal(text, &back); err != nil || back != set {
		t.Errorf("read as %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`["wood"]`), &back); err == nil {
		t.Error("wood is no waste type")
	}
}

func TestSimulate(t *testing.T) {
	plastic := scoring.Facts{Entrant: scoringtest.ID(1, 1), Participants: 5, Waste: waste.Weights{}.With(waste.Plastic, 30_000)}
	rubble := scoring.Facts{Entrant: scoringtest.ID(1, 2), Participants: 5, Waste: waste.Weights{}.With(waste.Construction, 9_000_000)}
	entrants := []scoring.Entrant{{plastic.Entrant, "collective"}, {rubble.Entrant, "collective"}}
	now := scoring.DefaultScheme()
	other := scoring.DefaultScheme()
	other.Waste[waste.Plastic] = []scoring.Band{{Rate: 1000}}
	got := scoring.Simulate(now, other, entrants, []scoring.Facts{plastic, rubble}, nil)
	want := []scoring.Comparison{{Division: "collective", Moves: []scoring.Move{
		{Entrant: rubble.Entrant, Before: 1, After: 1, From: 565_000, To: 565_000},
		{Entrant: plastic.Entrant, Before: 2, After: 2, From: 325_000, To: 55_000},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCommitment(t *testing.T) {
	c := challenge.Commitment(scoringtest.Seed)
	if err := scoring.CheckSeed(scoringtest.Seed, c); err != nil {
		t.Error(err)
	}
	if err := scoring.CheckSeed([]byte("another"), c); err == nil {
		t.Error("another seed fits the commitment")
	}
}

func TestLinesAreExplained(t *testing.T) {
	f := scoring.Facts{Participants: 60, Waste: waste.Weights{}.With(waste.Plastic, 60_500)}
	f.Weighed[waste.Plastic.Index()] = true
	want := map[string][]string{
		"vi": {
			"Một buổi ra quân hợp lệ: 20 điểm",
			"50 người được tính điểm (trong số 60 người tham gia) × 1 điểm = 50 điểm",
			"Nhựa: 50 kg × 10 điểm/kg = 500 điểm",
			"Nhựa: 10,5 kg tiếp theo, phần vượt trên 50 kg, × 4 điểm/kg = 42 điểm",
			"Cộng 10 % cho phần đã cân (542 điểm): 54,2 điểm",
		},
		"en": {
			"One valid clean-up: 20 points",
			"50 participants counted (of 60) × 1 points = 50 points",
			"Plastic: 50 kg × 10 points/kg = 500 points",
			"Plastic: the next 10.5 kg, beyond 50 kg, × 4 points/kg = 42 points",
			"10% more for what was weighed (542 points): 54.2 points",
		},
	}
	for code, want := range want {
		var got []string
		for _, line := range scoring.Score(scoring.DefaultScheme(), f) {
			got = append(got, line.Text(lang.New(code)))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}
