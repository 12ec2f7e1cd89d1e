package exchange

import (
	"strings"
	"testing"

	"sachhon/internal/edxml"
	"sachhon/internal/ident"
	"sachhon/internal/unit"
)

// FuzzReadCodes states what holds for any table of codes: what is taken are codes in their form, each once, of units that there are,
// by ways that can be gone; what is not taken has a line and a sentence.
func FuzzReadCodes(f *testing.F) {
	for _, s := range []string{
		"", "\n\n", "unit,code\n", "20008,000.08.00.H57\n", "\ufeff20008,h57.08\r\n", "19996,000.01.00.H57,doi-tac\n19996,H57.01.01,doi-tac\n",
		"20008,000.08.00.H57\n20008,000.08.00.H57\n", "20008,000.08.00.H57\n20008,H57.08,doi-tac\n", "99999,000.08.00.H57\n", "20008,000.08.00.H57,ai\n",
		"20008\n", "a,b,c,d\n", "\"20008\n", "# 20008,000.08.00.H57\n", "20008;000.08.00.H57", ",\n", "20008,\n", "\x00,\xff\n", " 20008 , h57.08 \n",
	} {
		f.Add(s)
	}
	known := []unit.Unit{{ID: ident.ID("u1"), Code: "20008"}, {ID: ident.ID("u2"), Code: "19996"}}
	tree := unit.NewTree("2024-06-06", known, nil)
	service := &Service{partners: map[string]Partner{"doi-tac": {ID: "doi-tac"}}}
	f.Fuzz(func(t *testing.T, s string) {
		read, result, err := service.readCodes(tree, strings.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range result.Faults {
			if one.Err == nil || one.Line < 1 || one.Line > strings.Count(s, "\n")+strings.Count(s, "\r")+1 {
				t.Errorf("fault %+v", one)
			}
		}
		taken := map[string]bool{}
		for _, id := range read.order {
			if id != "u1" && id != "u2" || len(read.codes[id]) == 0 || !read.codes[id][0].Main {
				t.Errorf("%s has %+v", id, read.codes[id])
			}
			for i, c := range read.codes[id] {
				if c.UnitID != id || c.Main != (i == 0) || taken[c.OrganCode] || !edxml.IsOrganCode(c.OrganCode) || c.OrganCode != organKey(c.OrganCode) {
					t.Errorf("%+v, after %v", c, taken)
				}
				if taken[c.OrganCode] = true; c.Partner != "" && c.Partner != "doi-tac" {
					t.Errorf("way %q", c.Partner)
				}
			}
		}
		if len(read.order) != len(read.codes) {
			t.Errorf("%v, and codes of %d units", read.order, len(read.codes))
		}
	})
}
