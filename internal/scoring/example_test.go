package scoring_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sachhon/internal/lang"
	"sachhon/internal/scoring"
	"sachhon/internal/waste"
)

// exampleFacts is the worked example of docs/scoring.md.
func exampleFacts() scoring.Facts {
	f := scoring.Facts{
		Participants: 62,
		Waste: waste.Weights{}.With(waste.Plastic, 61_250).With(waste.Glass, 7_333).
			With(waste.Construction, 1_500_000),
	}
	f.Weighed[waste.Plastic.Index()] = true
	return f
}

func exampleLines() string {
	var b strings.Builder
	lines := scoring.Score(scoring.DefaultScheme(), exampleFacts())
	for _, line := range lines {
		fmt.Fprintln(&b, line.Text(lang.New("en")))
	}
	fmt.Fprintln(&b, "Total:", lines.Total().Text(lang.New("en")), "points")
	return b.String()
}

func ExampleScore() {
	fmt.Print(exampleLines())
	// Output:
	// One valid clean-up: 20 points
	// 50 participants counted (of 62) × 1 points = 50 points
	// Plastic: 50 kg × 10 points/kg = 500 points
	// Plastic: the next 11.25 kg, beyond 50 kg, × 4 points/kg = 45 points
	// Construction: 200 kg × 0.5 points/kg = 100 points
	// Construction: the next 1,300 kg, beyond 200 kg, × 0.05 points/kg = 65 points
	// Glass: 7.333 kg × 4 points/kg = 29.332 points
	// 10% more for what was weighed (545 points): 54.5 points
	// Total: 863.832 points
}

func TestTheDocumentShowsTheExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/scoring.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```\n"+exampleLines()+"```") {
		t.Errorf("docs/scoring.md should contain\n%s", exampleLines())
	}
	document, err := scoring.DefaultScheme().Document()
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(page), "```json\n")
	block, _, _ = strings.Cut(block, "```")
	shown, err := scoring.ParseScheme([]byte(block))
	if err != nil {
		t.Fatalf("the scheme in docs/scoring.md: %v", err)
	}
	if got, _ := shown.Document(); string(got) != string(document) {
		t.Errorf("docs/scoring.md shows\n%s\nthe default is\n%s", got, document)
	}
}
