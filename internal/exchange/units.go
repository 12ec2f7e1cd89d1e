package exchange

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// CodeFault is a line of a file of codes that was not taken.
type CodeFault struct {
	Line int
	Err  *fault.Error
}

// CodesResult is what an import of codes did.
type CodesResult struct {
	Changed, Unchanged int
	Faults             []CodeFault
}

const (
	maxCodes     = 20_000
	maxCodesFile = 4 << 20
	maxUnitCodes = 20
)

// ImportCodes reads lines of "unit code, organ code, partner" (CSV, the partner may be empty for a unit inside) and gives the units
// that they name these codes and no others, the first as the main one; nothing at all when a line is bad. The same file again
// changes nothing.
func (s *Service) ImportCodes(ctx context.Context, actor person.Actor, in io.Reader) (CodesResult, error) {
	if err := actor.Can(person.ActionExchangeCodes, person.On{}); err != nil {
		return CodesResult{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return CodesResult{}, err
	}
	read, result, err := s.readCodes(tree, in)
	if err != nil {
		return CodesResult{}, err
	}
	if n := len(result.Faults); n > 0 {
		return result, fault.Invalid.With("exchange.fault.codes", "Count", n)
	}
	return result, s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result.Changed, result.Unchanged = 0, 0
		return s.saveCodes(ctx, tx, actor, read.order, read.codes, &result)
	})
}

// codeTable are the codes of a table, with the units in the order in which it names them.
type codeTable struct {
	order []ident.ID
	codes map[ident.ID][]UnitCode
}

// readCodes reads a table of codes; what is wrong with its rows stands in the result.
func (s *Service) readCodes(tree *unit.Tree, in io.Reader) (codeTable, CodesResult, error) {
	var result CodesResult
	count, order := 0, []ident.ID{}
	first, codes := map[ident.ID]UnitCode{}, map[ident.ID][]UnitCode{}
	lines := csv.NewReader(io.LimitReader(in, maxCodesFile))
	lines.FieldsPerRecord, lines.TrimLeadingSpace, lines.Comment = -1, true, '#'
	seen := map[string]bool{}
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := 0, 0
		bad := func(f *fault.Error) { result.Faults = append(result.Faults, CodeFault{line, f}) }
		if err != nil {
			if e, ok := errors.AsType[*csv.ParseError](err); ok {
				line = e.Line
				bad(fault.Invalid.With("exchange.fault.codeRow"))
				break
			}
			return codeTable{}, CodesResult{}, err
		}
		line, _ = lines.FieldPos(0)
		if count >= maxCodes {
			bad(fault.TooLarge.With("exchange.fault.tooManyCodes", "Limit", maxCodes))
			break
		}
		for i := range row {
			row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], "\ufeff"))
		}
		if row[0] == "unit" || row[0] == "" && len(row) == 1 {
			continue // the head of the table
		}
		if len(row) < 2 || len(row) > 3 {
			bad(fault.Invalid.With("exchange.fault.codeRow"))
			continue
		}
		u, ok := tree.ByCode(row[0])
		c := UnitCode{UnitID: u.ID, OrganCode: organKey(row[1])}
		if len(row) == 3 {
			c.Partner = strings.ToLower(row[2])
		}
		before, more := first[c.UnitID]
		c.Main = !more
		switch {
		case !ok:
			bad(fault.NotFound.With("exchange.fault.codeUnit", "Code", cut(row[0])))
			continue
		case more && before.Partner != c.Partner:
			bad(fault.Conflict.With("exchange.fault.codeWays", "Code", u.Code))
			continue
		case seen[c.OrganCode]:
			bad(fault.Conflict.With("exchange.fault.codeTwice", "Code", c.OrganCode))
			continue
		}
		if f := s.checkCode(c); f != nil {
			bad(f)
			continue
		}
		seen[c.OrganCode] = true
		if !more {
			first[c.UnitID], order = c, append(order, c.UnitID)
		}
		codes[c.UnitID] = append(codes[c.UnitID], c)
		count++
	}
	return codeTable{order, codes}, result, nil
}

// checkCode returns why a code or its partner can not be taken.
func (s *Service) checkCode(c UnitCode) *fault.Error {
	if !edxml.IsOrganCode(c.OrganCode) {
		return fault.Invalid.With("exchange.fault.codeForm", "Code", cut(c.OrganCode))
	}
	if _, ok := s.partners[c.Partner]; c.Partner != "" && !ok {
		return fault.NotFound.With("exchange.fault.codePartner", "Partner", cut(c.Partner))
	}
	return nil
}

// SetCodes gives a unit these codes, the first as its main one, and takes all others from it.
func (s *Service) SetCodes(ctx context.Context, actor person.Actor, unitID ident.ID, partner string, organs []string) error {
	if err := actor.Can(person.ActionExchangeCodes, person.On{}); err != nil {
		return err
	}
	if _, err := s.units.Unit(ctx, unitID); err != nil {
		return err
	}
	var codes []UnitCode
	for _, organ := range organs {
		c := UnitCode{UnitID: unitID, OrganCode: organKey(organ), Partner: partner, Main: len(codes) == 0}
		if c.OrganCode == "" || slices.ContainsFunc(codes, func(o UnitCode) bool { return o.OrganCode == c.OrganCode }) {
			continue
		}
		if f := s.checkCode(c); f != nil {
			if f.Kind == fault.NotFound {
				return f.At("partner")
			}
			return f.At("codes")
		}
		codes = append(codes, c)
	}
	if len(codes) > maxUnitCodes {
		return fault.TooLarge.With("exchange.fault.tooManyCodes", "Limit", maxUnitCodes).At("codes")
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return s.saveCodes(ctx, tx, actor, []ident.ID{unitID}, map[ident.ID][]UnitCode{unitID: codes}, &CodesResult{})
	})
}

// saveCodes sets the codes of units to those given.
func (s *Service) saveCodes(ctx context.Context, tx *database.Tx, actor person.Actor, order []ident.ID, codes map[ident.ID][]UnitCode,
	result *CodesResult,
) error {
	same := func(a, b UnitCode) bool {
		return a.OrganCode == b.OrganCode && a.Partner == b.Partner && a.Main == b.Main
	}
	var changed []ident.ID
	for _, id := range order {
		before, err := codesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		kept := 0
		for _, c := range codes[id] {
			if slices.ContainsFunc(before, func(b UnitCode) bool { return same(b, c) }) {
				kept++
			}
		}
		result.Unchanged += kept
		if kept == len(before) && kept == len(codes[id]) {
			continue
		}
		result.Changed += max(len(before), len(codes[id])) - kept
		changed = append(changed, id)
		if err := dropCodes(ctx, tx, id); err != nil { // of all units first: a code may go from one to another
			return err
		}
	}
	for _, id := range changed {
		var organs []string
		partner := ""
		for _, c := range codes[id] {
			c.UpdatedAt, c.UpdatedBy = tx.Now(), actor.Identity()
			fresh, err := addCode(ctx, tx, c)
			if err != nil {
				return err
			}
			if !fresh {
				return fault.Conflict.With("exchange.fault.codeTwice", "Code", c.OrganCode).At("codes")
			}
			organs, partner = append(organs, c.OrganCode), c.Partner
		}
		err := s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionExchangeCodes), Kind: "exchange_unit", Object: id,
			After: map[string]string{"organ": strings.Join(organs, ", "), "partner": partner},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Codes lists which units are known under which codes.
func (s *Service) Codes(ctx context.Context, actor person.Actor) ([]UnitCode, error) {
	if err := actor.Can(person.ActionExchangeRead, person.On{}); err != nil {
		return nil, err
	}
	return listCodes(ctx, s.db)
}
