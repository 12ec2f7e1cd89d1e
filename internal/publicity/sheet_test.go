package publicity_test

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sachhon/internal/publicity"
	"sachhon/internal/testkit/program"
)

func pack(m publicity.Matter) *publicity.Package {
	p := &publicity.Package{Matter: m, Texts: map[publicity.Product]publicity.Text{}}
	for _, product := range publicity.Products() {
		p.Texts[product] = publicity.Text{Product: product, Parts: publicity.Draft(product, m)}
	}
	return p
}

// TestWhatIsOnPaper draws the sheets and slides of a short and of a long name and looks at what a reader gets.
func TestWhatIsOnPaper(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	program.Need(t, "pdftoppm", "poppler-utils")
	longest := units(t)[0]
	for _, u := range units(t) {
		if len(u.FullName) > len(longest.FullName) {
			longest = u
		}
	}
	for _, u := range unitsOf(t, "19996", longest.Code) {
		for name, m := range shapes(u) {
			p := pack(m)
			for kind, draw := range map[string]struct {
				make          func() ([]byte, error)
				pages         int
				width, height int // of the first page at 20 dots an inch
			}{
				"A4":     {func() ([]byte, error) { return publicity.SheetPDF(p, false) }, 1, 166, 234},
				"A3":     {func() ([]byte, error) { return publicity.SheetPDF(p, true) }, 1, 234, 331},
				"slides": {func() ([]byte, error) { return publicity.SlidesPDF(p) }, 3, 267, 150},
			} {
				what := u.FullName + ", " + name + ", " + kind
				b, err := draw.make()
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				file := filepath.Join(t.TempDir(), "x.pdf")
				if err := os.WriteFile(file, b, 0o600); err != nil {
					t.Fatal(err)
				}
				text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", file, "-").Output()
				if err != nil {
					t.Fatal(err)
				}
				if got := strings.Count(string(text), "\f"); got != draw.pages {
					t.Errorf("%s: %d pages", what, got)
				}
				lines := strings.Split(strings.ReplaceAll(string(text), "\u00a0", " "), "\n")
				if phone := m.Campaign.Phone; phone != "" && !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, phone) }) {
					t.Errorf("%s: the number %q is parted in %q", what, phone, lines)
				}
				words := strings.Join(strings.Fields(string(text)), " ")
				for _, want := range []string{u.Organ(), m.Challenge.Title, p.Texts[publicity.Sheet].Parts["call"]} {
					if !strings.Contains(words, want) {
						t.Errorf("%s: %q is missing in %q", what, want, words)
					}
				}
				ppm, err := exec.CommandContext(t.Context(), "pdftoppm", "-r", "20", "-png", "-singlefile", file).Output()
				if err != nil {
					t.Fatal(err)
				}
				img, err := png.Decode(bytes.NewReader(ppm))
				if err != nil {
					t.Fatal(err)
				}
				if dx, dy := img.Bounds().Dx(), img.Bounds().Dy(); abs(dx-draw.width) > 1 || abs(dy-draw.height) > 1 {
					t.Errorf("%s: drawn %d × %d", what, dx, dy)
				}
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// TestTheCodeLeadsToTheChallenge decodes the printed codes from a picture that is as coarse as one taken from a step away.
func TestTheCodeLeadsToTheChallenge(t *testing.T) {
	program.Need(t, "zbarimg", "zbar-tools")
	program.Need(t, "pdftoppm", "poppler-utils")
	m := matter(units(t)[0])
	for name, draw := range map[string]struct {
		make func() ([]byte, error)
		page string
		dots string // an inch
	}{
		"A4":     {func() ([]byte, error) { return publicity.SheetPDF(pack(m), false) }, "1", "72"},
		"A3":     {func() ([]byte, error) { return publicity.SheetPDF(pack(m), true) }, "1", "45"}, // its code is read from further away
		"slides": {func() ([]byte, error) { return publicity.SlidesPDF(pack(m)) }, "3", "45"},
	} {
		b, err := draw.make()
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(dir+"/x.pdf", b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := exec.CommandContext(t.Context(), "pdftoppm", "-f", draw.page, "-r", draw.dots, "-png", "-singlefile", dir+"/x.pdf", dir+"/x").Run(); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), "zbarimg", "-q", "--raw", dir+"/x.png").Output()
		if err != nil || strings.TrimSpace(string(out)) != m.ChallengePage {
			t.Errorf("%s: the code says %q, %v", name, out, err)
		}
	}
}
