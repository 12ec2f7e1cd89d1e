package letter_test

import (
	"bytes"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
	"sachhon/internal/testkit/program"
)

// TestNoSecretOriginalIsKeptInACopy: whoever brings the paper to be copied may bring one that this system must not hold.
func TestNoSecretOriginalIsKeptInACopy(t *testing.T) {
	program.Need(t, "pdftotext", "poppler-utils")
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		l := d.Registered(t, lettertest.Text("77", "Họp dân."))
		in := letter.CopyInput{
			Unit: d.Town.ID, Letter: l.ID, Kind: letter.TrueCopy, Notation: "UBND", Place: "Hương Trà",
			Signer: letter.Signer{Position: "CHÁNH VĂN PHÒNG", Name: "Nguyễn Văn Mẫu"},
		}
		for text, want := range map[string]string{"TỐI MẬT\n\nỦY BAN NHÂN DÂN": letter.SecretFault, "ỦY BAN NHÂN DÂN": ""} {
			in.Original = bytes.NewReader(papertest.Sheets(t, 100, papertest.Sheet{X: 20, Y: 15, Text: text}))
			_, err := d.Letters.Copy(t.Context(), clerk, in)
			if want == "" && err == nil {
				continue
			}
			faulttest.Is(t, err, fault.Invalid, want)
		}
		copies, err := d.Letters.Copies(t.Context(), clerk, d.Town.ID, clk.Now().Local().Year())
		if err != nil || len(copies) != 1 {
			t.Errorf("%d copies, %v, want the open one", len(copies), err)
		}
	})
}
