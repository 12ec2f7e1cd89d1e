package unit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
)

// ImportOptions say for which days a file holds and what to do with bad rows.
type ImportOptions struct {
	ValidFrom clock.Day // first day in force of rows that name none
	ValidTo   clock.Day // last day, open when empty
	Partial   bool      // import the good rows although others are bad
}

// ImportResult is what an import did and every row it refused, by line.
type ImportResult struct {
	Added, Changed, Unchanged int // units and groups
	Faults                    []RowFault
}

// Import reads a file of units, organisations and groups (docs/units.md) and stores what is new or different; the
// same file again changes nothing. When a row is bad nothing at all is stored, unless the options ask for the good
// rows; the result lists every bad row either way.
func (s *Service) Import(ctx context.Context, actor Actor, r io.Reader, opts ImportOptions) (ImportResult, error) {
	if err := actor.Permit(ActionImport, ""); err != nil {
		return ImportResult{}, err
	}
	if opts.ValidTo != "" && opts.ValidTo < opts.ValidFrom {
		return ImportResult{}, fault.Invalid.With("unit.fault.range").At("valid_to")
	}
	sum := sha256.New()
	p, err := parse(io.TeeReader(r, sum), opts.ValidFrom, opts.ValidTo)
	if err != nil {
		return ImportResult{}, err
	}
	var result ImportResult
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		result = ImportResult{}
		imp := importer{s: s, tx: tx, actor: actor, opts: opts, result: &result}
		return imp.run(ctx, p, hex.EncodeToString(sum.Sum(nil)))
	})
	return result, err
}

// importer is one import within its transaction.
type importer struct {
	s      *Service
	tx     *database.Tx
	actor  Actor
	opts   ImportOptions
	result *ImportResult
}

func (i *importer) run(ctx context.Context, p *parser, sum string) error {
	if err := lockTree(ctx, i.tx); err != nil {
		return err
	}
	stored, err := readUnits(ctx, i.tx)
	if err != nil {
		return err
	}
	v := newResolver(p, stored, i.s.ids.New)
	v.run()
	i.result.Faults = v.faults
	if len(v.faults) > 0 && (!i.opts.Partial || len(v.rows)+len(v.groups) == 0) {
		return fault.Invalid.With("unit.fault.import", "Count", len(v.faults))
	}
	if err := i.saveUnits(ctx, stored, v.rows); err != nil {
		return err
	}
	if err := i.saveGroups(ctx, v.groups); err != nil {
		return err
	}
	if i.result.Added+i.result.Changed == 0 {
		return nil
	}
	if err := raiseVersion(ctx, i.tx); err != nil {
		return err
	}
	return i.s.log.Record(ctx, i.tx, audit.Entry{
		Actor: i.actor.Identity(), Action: ActionImport, Kind: "unit_file", Object: i.s.ids.New(),
		After: map[string]any{
			"added": i.result.Added, "changed": i.result.Changed, "refused": len(v.faults),
			"valid_from": i.opts.ValidFrom, "valid_to": i.opts.ValidTo, "sha256": sum,
		},
	})
}

func (i *importer) saveUnits(ctx context.Context, stored []Unit, rows []row) error {
	before := make(map[ident.ID]Unit, len(stored))
	for _, u := range stored {
		before[u.ID] = u
	}
	for _, r := range rows {
		old, exists := before[r.unit.ID]
		switch {
		case !exists:
			i.result.Added++
			if err := insertUnit(ctx, i.tx, r.unit); err != nil {
				return err
			}
		case old == r.unit:
			i.result.Unchanged++
		default:
			i.result.Changed++
			if err := updateUnit(ctx, i.tx, r.unit); err != nil {
				return err
			}
			if err := i.s.log.Record(ctx, i.tx, audit.Entry{
				Actor: i.actor.Identity(), Action: ActionImport, Kind: "unit", Object: old.ID, Before: old, After: r.unit,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (i *importer) saveGroups(ctx context.Context, rows []groupRow) error {
	stored, err := readGroups(ctx, i.tx)
	if err != nil {
		return err
	}
	before := make(map[string]Group, len(stored))
	for _, g := range stored {
		before[g.Code] = g
	}
	for _, r := range rows {
		old, exists := before[r.group.Code]
		switch {
		case exists && equalGroups(old, r.group):
			i.result.Unchanged++
			continue
		case exists:
			i.result.Changed++
			r.group.ID = old.ID
		default:
			i.result.Added++
			r.group.ID = i.s.ids.New()
		}
		if err := saveGroup(ctx, i.tx, r.group); err != nil {
			return err
		}
	}
	return nil
}
