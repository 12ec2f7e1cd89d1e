package exchange

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"sachhon/internal/audit"
	"sachhon/internal/database"
	"sachhon/internal/edxml"
	"sachhon/internal/fault"
	"sachhon/internal/person"
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
)

// ImportCodes reads lines of "unit code, organ code, partner" (CSV, the partner may be empty for a unit inside) and stores
// them; nothing at all when a line is bad. The same file again changes nothing.
func (s *Service) ImportCodes(ctx context.Context, actor person.Actor, in io.Reader) (CodesResult, error) {
	if err := actor.Can(person.ActionExchangeCodes, person.On{}); err != nil {
		return CodesResult{}, err
	}
	tree, err := s.units.Today(ctx)
	if err != nil {
		return CodesResult{}, err
	}
	var result CodesResult
	var codes []UnitCode
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
			return CodesResult{}, err
		}
		line, _ = lines.FieldPos(0)
		if len(codes) >= maxCodes {
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
		c := UnitCode{UnitID: u.ID, OrganCode: strings.ToUpper(row[1])}
		if len(row) == 3 {
			c.Partner = strings.ToLower(row[2])
		}
		_, partner := s.partners[c.Partner]
		switch {
		case !ok:
			bad(fault.NotFound.With("exchange.fault.codeUnit", "Code", cut(row[0])))
		case !edxml.IsOrganCode(c.OrganCode):
			bad(fault.Invalid.With("exchange.fault.codeForm", "Code", cut(row[1])))
		case c.Partner != "" && !partner:
			bad(fault.NotFound.With("exchange.fault.codePartner", "Partner", cut(c.Partner)))
		case seen[c.OrganCode] || seen[string(c.UnitID)]:
			bad(fault.Conflict.With("exchange.fault.codeTwice", "Code", c.OrganCode))
		default:
			seen[c.OrganCode], seen[string(c.UnitID)] = true, true
			codes = append(codes, c)
		}
	}
	if n := len(result.Faults); n > 0 {
		return result, fault.Invalid.With("exchange.fault.codes", "Count", n)
	}
	return result, s.saveCodes(ctx, actor, codes, &result)
}

func (s *Service) saveCodes(ctx context.Context, actor person.Actor, codes []UnitCode, result *CodesResult) error {
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result.Changed, result.Unchanged = 0, 0
		for _, c := range codes {
			before, ok, err := codeOf(ctx, tx, c.UnitID)
			if err != nil {
				return err
			}
			if ok && before.OrganCode == c.OrganCode && before.Partner == c.Partner {
				result.Unchanged++
				continue
			}
			if other, taken, err := unitOf(ctx, tx, c.OrganCode); err != nil {
				return err
			} else if taken && other.UnitID != c.UnitID {
				return fault.Conflict.With("exchange.fault.codeTwice", "Code", c.OrganCode)
			}
			c.UpdatedAt, c.UpdatedBy = tx.Now(), actor.Identity()
			if err := saveCode(ctx, tx, c); err != nil {
				return err
			}
			result.Changed++
			err = s.log.Record(ctx, tx, audit.Entry{
				Actor: actor.Identity(), Action: string(person.ActionExchangeCodes), Kind: "exchange_unit", Object: c.UnitID,
				After: map[string]string{"organ": c.OrganCode, "partner": c.Partner},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Codes lists which units are known under which code.
func (s *Service) Codes(ctx context.Context, actor person.Actor) ([]UnitCode, error) {
	if err := actor.Can(person.ActionExchangeRead, person.On{}); err != nil {
		return nil, err
	}
	return listCodes(ctx, s.db)
}
