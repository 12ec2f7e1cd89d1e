package letter

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/lang/legacy"
	"sachhon/internal/paper/docx/docxtest"
	"sachhon/internal/testkit/program"
)

// The letters of testdata/letters, invented ones in every form that is read. Beside each lie its golden reading (.json) and the
// truth (.truth.json), which was written by hand from the letter and not from the reading. Of Word, PDF and old encodings the
// source is kept too (.dx, .pdx, .u.tcvn3, .u.vni); -fixtures makes the files of it again.
var makeFixtures = flag.Bool("fixtures", false, "make the letters in Word, PDF and old encodings again from their sources")

const lettersDir = "testdata/letters/"

// corpus are the letters to be read, the first eight of this package among them.
func corpus(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(lettersDir + "*")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool {
		ext := filepath.Ext(f)
		return ext == ".json" || ext == ".dx" || ext == ".pdx" || strings.Contains(filepath.Base(f), ".u.")
	})
	return append(files, "testdata/1903-UBND-VH.txt", "testdata/plan.txt", "testdata/side-by-side.txt")
}

func nameOf(file string) string { return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) }

func readCorpus(t testing.TB, file string) (Reading, error) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, r, err := ReadFile(t.Context(), b, Options{})
	return r, err
}

func TestFixtures(t *testing.T) {
	if !*makeFixtures {
		t.Skip("only with -fixtures")
	}
	sources, err := filepath.Glob(lettersDir + "*")
	if err != nil {
		t.Fatal(err)
	}
	write := func(file string, b []byte) {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, source := range sources {
		b, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(source) {
		case ".dx":
			write(strings.TrimSuffix(source, ".dx")+".docx", docxtest.Build(string(b)))
		case ".pdx":
			file := filepath.Join(t.TempDir(), nameOf(source)+".docx")
			write(file, docxtest.Build(string(b)))
			if out, err := exec.Command("soffice", "--headless", "--convert-to", "pdf", "--outdir", lettersDir, file).CombinedOutput(); err != nil {
				t.Fatalf("soffice: %v\n%s", err, out)
			}
		case ".tcvn3", ".vni":
			if !strings.Contains(source, ".u.") {
				continue
			}
			encoding := legacy.TCVN3
			if filepath.Ext(source) == ".vni" {
				encoding = legacy.VNI
			}
			var old []byte
			for _, r := range encoding.Encode(string(b)) {
				old = append(old, byte(r))
			}
			write(strings.Replace(source, ".u.", ".", 1), old)
		}
	}
}

func TestLettersInAllForms(t *testing.T) {
	files := corpus(t)
	forms := map[string]int{}
	for _, file := range files {
		forms[filepath.Ext(file)]++
		t.Run(filepath.Base(file), func(t *testing.T) {
			if filepath.Ext(file) == ".pdf" {
				program.Need(t, "pdftotext", "poppler-utils")
			}
			r, err := readCorpus(t, file)
			if strings.HasPrefix(nameOf(file), "s0") {
				faulttest.Is(t, err, fault.Invalid, "letter.fault.secret")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := WriteJSON(&got, r, nil); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".json"
			if *updateGolden {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	if len(files) < 30 {
		t.Errorf("%d letters", len(files))
	}
	for _, ext := range []string{".txt", ".docx", ".pdf", ".html", ".tcvn3", ".vni"} {
		if forms[ext] < 3 {
			t.Errorf("%d letters in %s", forms[ext], ext)
		}
	}
}

// facts are what a reading says, field by field, as the truth writes it.
func facts(r Reading) map[string][]string {
	out := map[string][]string{}
	add := func(field, text string) {
		if text != "" {
			out[field] = append(out[field], text)
		}
	}
	one := func(field string, f *Field[string]) { add(field, valueOf(f)) }
	one("type", r.Type)
	one("number", r.Number)
	one("notation", r.Notation)
	one("symbol", r.Symbol)
	one("urgency", r.Urgency)
	one("superior", r.Superior)
	one("organ", r.Organ)
	one("place", r.Place)
	one("subject", r.Subject)
	add("date", valueOf(r.Date).String())
	if r.Period != nil {
		add("period", r.Period.Value.From.String()+"/"+r.Period.Value.To.String())
	}
	for field, list := range map[string][]Field[string]{
		"addressees": r.Addressees, "attachments": r.Attachments, "links": r.Links, "recipients": r.Recipients,
	} {
		out[field] = append(out[field], valuesOf(list)...)
	}
	for _, f := range r.Bases {
		b := f.Value
		cited := b.Symbol
		if cited == "" {
			cited, b.Subject = b.Subject, ""
		}
		out["bases"] = append(out["bases"], cited+" "+b.Date.String())
		for part, text := range map[string]string{"bases.organ": b.Organ, "bases.type": b.Type, "bases.subject": b.Subject} {
			if text != "" {
				add(part, cited+" "+text)
			}
		}
	}
	for _, f := range r.References {
		out["references"] = append(out["references"], f.Value.Symbol+" "+f.Value.Date.String())
	}
	for _, f := range r.Duties {
		dutyFacts(f.Value, add)
	}
	if s := valueOf(r.Signer); r.Signer != nil {
		add("signer.name", s.Name)
		add("signer.position", s.Position)
		out["signer.capacity"] = append(out["signer.capacity"], s.Capacity...)
	}
	one("secretary", r.Secretary)
	return out
}

func dutyFacts(d Duty, add func(field, text string)) {
	no := fmt.Sprint(d.Number) + " "
	words := strings.Fields(d.Text)
	add("duties", no+strings.Join(words[:min(4, len(words))], " "))
	for _, who := range d.For {
		add("duties.for", no+who)
	}
	for _, c := range d.Channels {
		add("duties.channels", no+string(c))
	}
	if d.Force != "" {
		add("duties.force", no+string(d.Force))
	}
	if !d.Deadline.IsZero() {
		add("duties.deadline", no+d.Deadline.String())
	}
	if d.Within != nil {
		add("duties.within", no+withinFact(*d.Within))
	}
	if d.Quota != nil {
		add("duties.quota", fmt.Sprintf("%s%d %s", no, d.Quota.Count, d.Quota.Of))
	}
	if d.Every != nil {
		add("duties.every", no+everyFact(*d.Every))
	}
	if d.Proof != "" {
		add("duties.proof", no+d.Proof)
	}
}

// withinFact says by when as the truth does: "5 working days from receipt".
func withinFact(w Within) string {
	working := map[bool]string{true: "working "}[w.Working]
	return fmt.Sprintf("%d %sdays from %s", w.Days, working, w.From)
}

// everyFact says how often as the truth does: period/weekdays/part, and what else is said, "month//until 20", "week//2 times".
func everyFact(e Recurrence) string {
	list := func(days []int) string {
		named := make([]string, len(days))
		for i, day := range days {
			named[i] = fmt.Sprint(day)
		}
		return strings.Join(named, ",")
	}
	fact := e.Period + "/" + list(e.Weekdays) + "/" + e.Part
	if e.Until {
		fact += " until"
	}
	if len(e.Days) > 0 {
		fact += " " + list(e.Days)
	}
	if e.Times > 0 {
		fact += fmt.Sprintf(" %d times", e.Times)
	}
	if e.Step > 0 {
		fact += fmt.Sprintf(" of %d", e.Step)
	}
	return fact
}

// score counts, for one field over all letters, what is there, what was read, and what of it is right.
type score struct{ there, read, right int }

// measure compares the readings of the corpus with the truth.
func measure(t testing.TB) (scores map[string]*score, mistakes []string, count int) {
	scores = map[string]*score{}
	at := func(field string) *score {
		if scores[field] == nil {
			scores[field] = &score{}
		}
		return scores[field]
	}
	for _, file := range corpus(t) {
		if strings.HasPrefix(nameOf(file), "s0") {
			continue
		}
		b, err := os.ReadFile(lettersDir + nameOf(file) + ".truth.json")
		if err != nil {
			t.Fatal(err)
		}
		var truth map[string][]string
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		r, err := readCorpus(t, file)
		if err != nil {
			t.Fatal(err)
		}
		count++
		read := facts(r)
		fields := map[string]bool{}
		for f := range truth {
			fields[f] = true
		}
		for f := range read {
			fields[f] = true
		}
		for f := range fields {
			want, got := oneSpelling(truth[f]), oneSpelling(read[f])
			if f == "duties" {
				got = prefixes(got, want)
			}
			s := at(f)
			s.there, s.read = s.there+len(want), s.read+len(got)
			left := slices.Clone(want)
			for _, g := range got {
				if i := slices.Index(left, g); i >= 0 {
					s.right++
					left = slices.Delete(left, i, i+1)
				} else {
					mistakes = append(mistakes, fmt.Sprintf("%s %s: read %q", nameOf(file), f, g))
				}
			}
			for _, w := range left {
				mistakes = append(mistakes, fmt.Sprintf("%s %s: missed %q", nameOf(file), f, w))
			}
		}
	}
	slices.Sort(mistakes)
	return scores, mistakes, count
}

// oneSpelling counts the two places of a tone as one, as readers do: "Uỷ ban" and "Ủy ban".
func oneSpelling(list []string) []string {
	out := slices.Clone(list)
	for i := range out {
		out[i] = strings.NewReplacer("Uỷ", "Ủy", "uỷ", "ủy").Replace(out[i])
	}
	return out
}

// prefixes cuts what was read to the length of the truth that it begins with: the truth gives the first words of a duty.
func prefixes(got, want []string) []string {
	out := slices.Clone(got)
	for i, g := range out {
		for _, w := range want {
			if strings.HasPrefix(g, w) {
				out[i] = w
			}
		}
	}
	return out
}

const (
	tableFile  = "../../docs/reading.md"
	tableBegin = "<!-- table: go test ./internal/letter -run TestPrecisionAndRecall -update -->\n"
	tableEnd   = "<!-- end of table -->\n"
)

func table(scores map[string]*score, count int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d letters.\n\n| field | there | read | right | precision | recall |\n|---|--:|--:|--:|--:|--:|\n", count)
	all := &score{}
	line := func(name string, s *score) {
		percent := func(of int) string {
			if of == 0 {
				return "–"
			}
			return fmt.Sprintf("%.1f %%", 100*float64(s.right)/float64(of))
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %s | %s |\n", name, s.there, s.read, s.right, percent(s.read), percent(s.there))
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range scores {
			if !yield(n) {
				return
			}
		}
	}) {
		s := scores[name]
		all.there, all.read, all.right = all.there+s.there, all.read+s.read, all.right+s.right
		line(name, s)
	}
	line("**all**", all)
	return b.String()
}

// The table in docs/reading.md is what the reader achieves now; a change that makes it worse is seen.
func TestPrecisionAndRecall(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	scores, mistakes, count := measure(t)
	for _, m := range mistakes {
		t.Log(m)
	}
	doc, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(doc), tableBegin)
	kept, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", tableFile)
	}
	now := table(scores, count)
	if *updateGolden {
		if err := os.WriteFile(tableFile, []byte(before+tableBegin+now+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		kept = now
	}
	if diff := cmp.Diff(kept, now); diff != "" {
		t.Errorf("docs/reading.md does not say what is (-says +is)\n%s", diff)
	}
	t.Log("\n" + now)
}

// BenchmarkReadCorpus reads every letter once and prints the table.
func BenchmarkReadCorpus(b *testing.B) {
	program.Need(b, "pdftotext", "poppler-utils")
	var files [][]byte
	size := 0
	for _, file := range corpus(b) {
		content, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		files, size = append(files, content), size+len(content)
	}
	scores, _, count := measure(b)
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, f := range files {
			_, _, _ = ReadFile(b.Context(), f, Options{}) // secret ones are refused
		}
	}
	b.Log("\n" + table(scores, count))
}
