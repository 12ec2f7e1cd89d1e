// Package unittest gives tests and the gallery the built-in units without a database.
package unittest

import (
	"fmt"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/unit"
	"sachhon/internal/unit/builtin"
)

// Day is the day the tree is drawn for: that of the letter that began it all.
const Day clock.Day = "2024-06-06"

// Tree returns the built-in tree. Identifiers are the same in every run.
func Tree() *unit.Tree {
	n := 0
	newID := func() ident.ID {
		n++
		return ident.ID(fmt.Sprintf("018fe000-0000-7000-8000-%012d", n))
	}
	units, groups, faults, err := unit.Read(builtin.HuongTra(), unit.ImportOptions{ValidFrom: builtin.InForce}, newID)
	if err != nil || len(faults) > 0 {
		panic(fmt.Sprintf("unittest: the built-in units are broken: %v %v", faults, err))
	}
	return unit.NewTree(Day, units, groups)
}

// ID returns the identifier of the unit in force under the code; an unknown code is a mistake of the test.
func ID(t *unit.Tree, code string) ident.ID {
	u, ok := t.ByCode(code)
	if !ok {
		panic("unittest: no unit " + code)
	}
	return u.ID
}
