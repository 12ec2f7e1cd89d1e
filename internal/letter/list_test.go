package letter_test

import (
	"slices"
	"testing"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/fault/faulttest"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// The list of what a unit writes is narrowed by year, type and words; what it entered as arrivals is not in it.
func TestSearchAmongTheLettersOfAUnit(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		d := lettertest.New(t, db, clk)
		clerk := d.Actor(person.Clerk, d.Town)
		sent := d.Registered(t, lettertest.Text("1903", "Một."))
		plan := lettertest.Document("Hai.")
		plan.Type, plan.Notation, plan.Subject = "kế hoạch", "KH-UBND", "Ra quân dọn rác 100_%"
		draft, err := d.Letters.Compose(t.Context(), clerk, letter.ComposeInput{ID: d.IDs.New(), Issuer: d.Town.ID, Document: plan})
		if err != nil {
			t.Fatal(err)
		}
		foreign, err := d.Letters.Draft(t.Context(), clerk, letter.DraftInput{ID: d.IDs.New(), Issuer: d.Town.ID, Text: lettertest.Text("77", "Ba.")})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Letters.Enter(t.Context(), clerk, foreign.ID, nil); err != nil {
			t.Fatal(err)
		}
		year := clk.Now().In(clock.Zone).Year()
		for _, one := range []struct {
			name string
			f    letter.ListFilter
			want []letter.Letter
		}{
			{"everything", letter.ListFilter{}, []letter.Letter{draft, sent}},
			{"a letter's year", letter.ListFilter{Year: sent.Fields.Date.Year, Type: "công văn"}, []letter.Letter{sent}},
			{"a draft counts in the year in which it was begun", letter.ListFilter{Year: year, Type: "kế hoạch"}, []letter.Letter{draft}},
			{"another year", letter.ListFilter{Year: year - 7}, nil},
			{"a type", letter.ListFilter{Type: "kế hoạch"}, []letter.Letter{draft}},
			{"a pattern is no type", letter.ListFilter{Type: "k%"}, nil},
			{"a number", letter.ListFilter{Words: "1903"}, []letter.Letter{sent}},
			{"words without accents", letter.ListFilter{Words: "don rac"}, []letter.Letter{draft}},
			{"signs of a pattern", letter.ListFilter{Words: "100_%"}, []letter.Letter{draft}},
		} {
			one.f.Limit = 10
			got, total, err := d.Letters.Search(t.Context(), clerk, d.Town.ID, one.f)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, one.want, func(a, b letter.Letter) bool { return a.ID == b.ID }) || total != len(one.want) {
				t.Errorf("%s: %d of %d letters, want %d", one.name, len(got), total, len(one.want))
			}
		}
		if got, total, err := d.Letters.Search(t.Context(), clerk, d.Town.ID, letter.ListFilter{Limit: 1}); err != nil || len(got) != 1 || total != 2 {
			t.Errorf("the newest: %d of %d, %v", len(got), total, err)
		}
		for _, one := range []struct {
			words string
			want  []ident.ID
		}{{"", []ident.ID{foreign.ID, sent.ID}}, {"77", []ident.ID{foreign.ID}}, {"uy ban nhan dan", []ident.ID{foreign.ID, sent.ID}}, {"don rac", nil}, {"khong co", nil}} {
			got, err := d.Letters.Citable(t.Context(), clerk, d.Town.ID, one.words, 10)
			if err != nil {
				t.Fatal(err)
			}
			ids := []ident.ID{}
			for _, l := range got {
				ids = append(ids, l.ID)
			}
			slices.Sort(ids)
			slices.Sort(one.want)
			if !slices.Equal(ids, one.want) {
				t.Errorf("citable by %q: %v, want %v", one.words, ids, one.want)
			}
		}
		if got, err := d.Letters.Citable(t.Context(), clerk, d.Town.ID, "", 1); err != nil || len(got) != 1 {
			t.Errorf("the newest that can be cited: %d, %v", len(got), err)
		}
		choices, err := d.Letters.ChoicesOf(t.Context(), clerk, d.Town.ID)
		if err != nil || !slices.Equal(choices.Types, []string{"công văn", "kế hoạch"}) || !slices.Contains(choices.Years, sent.Fields.Date.Year) {
			t.Errorf("choices: %+v, %v", choices, err)
		}
		other := d.Actor(person.Clerk, d.Unit(t, "19996"))
		_, _, err = d.Letters.Search(t.Context(), other, d.Town.ID, letter.ListFilter{Limit: 1})
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
		_, err = d.Letters.Citable(t.Context(), other, d.Town.ID, "", 1)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
		_, err = d.Letters.ChoicesOf(t.Context(), other, d.Town.ID)
		faulttest.Is(t, err, fault.Forbidden, "fault.forbidden")
	})
}
