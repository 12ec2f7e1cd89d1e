package letter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// TestWhatAnExtractMaySay: what stands in the letter, however its lines break, and no word that does not.
func TestWhatAnExtractMaySay(t *testing.T) {
	source := "Ủy ban nhân dân\n\tđề nghị các   đơn vị\n- 2 -\nkhông đổ rác ra sông.\nSTT\tViệc\n1\tHọp dân\n"
	composed := lettertest.Document("Họp dân.", "Dọn sạch bờ sông")
	composed.Blocks = append(composed.Blocks, letter.Block{Kind: letter.TableBlock, Text: "Phân công", Table: &letter.Table{
		Head: []string{"TT", "Đơn vị"}, Rows: [][]string{{"1", "Tứ Hạ"}}, Figure: []bool{true, false},
	}})
	read, made := letter.Letter{Source: source}, letter.Letter{Source: "Lời khác.", Document: &composed}
	for _, c := range []struct {
		what    string
		of      letter.Letter
		excerpt string
		lacks   string
	}{
		{"a line", read, "không đổ rác ra sông.", ""},
		{"a part of it", read, "không đổ rác", ""},
		{"over lines and the end of a page", read, "đề nghị các đơn vị không đổ rác ra sông.", ""},
		{"lines in another order, with space between", read, "1 Họp dân\n\nỦy ban nhân dân đề nghị", ""},
		{"decomposed", read, norm.NFD.String("không đổ rác ra sông."), ""},
		{"a word more", read, "không được đổ rác ra sông.", "không được đổ rác ra sông."},
		{"parts of words", read, "ông đổ rác", "ông đổ rác"},
		{"the first that is not there", read, "không đổ rác\nđổ   rác ra hồ\nđốt rác", "đổ rác ra hồ"},
		{"a composed duty with its number", made, "1. Họp dân.", ""},
		{"a row of a table", made, "1 Tứ Hạ", ""},
		{"the document, not what was read once", made, "Lời khác.", "Lời khác."},
		{"another number", made, "3. Họp dân.", "3. Họp dân."},
	} {
		if got := c.of.Lacks(c.excerpt); got != c.lacks {
			t.Errorf("%s: lacks %q, want %q", c.what, got, c.lacks)
		}
	}
}

// TestEveryPartOfALetterMayBeExtracted: each line of the letters of the corpus, and each duty as it was read of them.
func TestEveryPartOfALetterMayBeExtracted(t *testing.T) {
	files, err := filepath.Glob("testdata/letters/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range append(files, "testdata/1903-UBND-VH.txt") {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := letter.ReadBytes(b, letter.Options{})
		if err != nil {
			continue // refused: there is no letter
		}
		l := letter.Letter{Source: string(b), Reading: r}
		for i, line := range letter.SplitLines(l.Source) {
			if lacks := l.Lacks(line); lacks != "" {
				t.Errorf("%s line %d: %q is said not to be there", file, i+1, lacks)
			}
		}
		for _, d := range r.Fields().Duties {
			if lacks := l.Lacks(d.Text); lacks != "" {
				t.Errorf("%s duty %d: %q is said not to be there", file, d.Number, lacks)
			}
		}
	}
}

// TestAnExtractSaysWhatTheOriginalSays: other words take no number, in a letter that is composed here or that came; of a letter
// that cannot be read as a whole an extract is made, and is known not to be compared.
func TestAnExtractSaysWhatTheOriginalSays(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		input := func(l letter.Letter, excerpt string) letter.CopyInput {
			return letter.CopyInput{
				Unit: d.Town.ID, Letter: l.ID, Kind: letter.Extract, Notation: "UBND", Place: "Hương Trà", Excerpt: excerpt,
				Signer: letter.Signer{Position: "CHÁNH VĂN PHÒNG", Name: "Nguyễn Văn Mẫu"},
			}
		}
		for i, l := range []letter.Letter{d.Issued(t, lettertest.Document("Họp dân.")), d.Registered(t, lettertest.Text("77", "Họp dân."))} {
			_, err := d.Letters.Copy(t.Context(), clerk, input(l, "Họp dân.\nNộp mỗi hộ 100 nghìn đồng."))
			faulttest.Is(t, err, fault.Invalid, "letter.fault.excerptNotThere")
			_, err = d.Letters.Copy(t.Context(), clerk, input(l, strings.Repeat("dân ", 200)))
			faulttest.Is(t, err, fault.Invalid, "letter.fault.excerptNotThere")
			c, err := d.Letters.Copy(t.Context(), clerk, input(l, "1. Họp dân."))
			if err != nil || c.Number != int64(i+1) || !c.Compared(l) {
				t.Errorf("copy %d is %q, %v, compared %v", i+1, c.Symbol, err, c.Compared(l))
			}
		}
	})
}
