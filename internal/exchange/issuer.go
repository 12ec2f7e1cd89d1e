package exchange

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// issuer returns the unit in whose name a letter from outside is registered. An organ that is not known yet becomes a unit of
// its own kind, under a code that no unit of the State's list has.
func (s *Service) issuer(ctx context.Context, m Message) (unit.Unit, error) {
	code, ok, err := unitOf(ctx, s.db, m.FromOrgan)
	if err != nil {
		return unit.Unit{}, err
	}
	if ok && code.Partner != m.Partner { // the code was given to a unit while the package was held
		return unit.Unit{}, fault.Forbidden.With("exchange.fault.senderUnknown", "Organ", m.FromOrgan)
	}
	if ok {
		return s.units.Unit(ctx, code.UnitID)
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return unit.Unit{}, err
	}
	name := outsideCode(m.FromOrgan)
	u, known := tree.ByCode(name)
	if !known {
		if err := isStranger(tree, m); err != nil {
			return unit.Unit{}, err
		}
		if err := s.addOutside(ctx, tree, name, m); err != nil {
			return unit.Unit{}, err
		}
		if tree, err = s.units.Today(ctx); err != nil {
			return unit.Unit{}, err
		}
		if u, known = tree.ByCode(name); !known {
			return unit.Unit{}, fmt.Errorf("exchange: %s was imported and is not there", name)
		}
	}
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		has, err := codesOf(ctx, tx, u.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(has, func(c UnitCode) bool { return organKey(c.OrganCode) == organKey(m.FromOrgan) && c.Partner == m.Partner }) {
			return nil // another package of it was quicker
		}
		if len(has) > 0 { // it had this code once: who may speak for it says the administrator
			return fault.Forbidden.With("exchange.fault.senderUnknown", "Organ", m.FromOrgan)
		}
		_, err = addCode(ctx, tx, UnitCode{
			UnitID: u.ID, OrganCode: m.FromOrgan, Partner: m.Partner, Main: true, UpdatedAt: tx.Now(), UpdatedBy: person.SystemActor.ID,
		})
		return err
	})
	return u, err
}

// isStranger holds a package whose organ bears the name of a unit here under a code that nobody gave it: it may be that unit under
// another code, or somebody who speaks in its name. Two units of one name would also hide each other wherever letters name them.
func isStranger(tree *unit.Tree, m Message) error {
	for _, name := range []string{m.FromName, nameOf(m.FromName)} {
		if named := tree.Named(name); name != "" && len(named) > 0 {
			return fault.Conflict.With("exchange.fault.organNamed", "Organ", m.FromOrgan, "Unit", named[0].Organ())
		}
	}
	return nil
}

// addOutside imports an organ that wrote for the first time.
func (s *Service) addOutside(ctx context.Context, tree *unit.Tree, code string, m Message) error {
	roots := tree.Roots()
	name := nameOf(cmp.Or(m.FromName, m.FromOrgan))
	if len(roots) == 0 || name == "" {
		return fault.Invalid.With("exchange.fault.senderUnknown", "Organ", m.FromOrgan)
	}
	file, err := json.Marshal(map[string]any{"organisations": []map[string]any{{
		"code": code, "name": name, "full_name": name, "kind": string(unit.Other), "area": roots[0].Code, "superior": nil,
	}}})
	if err != nil {
		return err
	}
	_, err = s.units.Import(ctx, person.SystemActor, bytes.NewReader(file), unit.ImportOptions{ValidFrom: tree.Day()})
	return err
}

// outsideCode is the code of a unit that is known only from its packages.
func outsideCode(organ string) string {
	kept := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' || r == '_') {
			return r
		}
		return -1
	}, organ)
	return "X." + kept[:min(len(kept), 30)]
}

// nameOf leaves out of a name what the list of units does not take.
func nameOf(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.M, unicode.Nd) || strings.ContainsRune(" .,;:-–'’\"“”()/&+", r) {
			return r
		}
		return -1
	}, s)
	if runes := []rune(lang.Clean(s)); len(runes) > 150 {
		return string(runes[:150])
	}
	if s = lang.Clean(s); strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return ""
	}
	return s
}
