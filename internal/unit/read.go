package unit

import (
	"io"

	"sachhon/internal/ident"
)

// Read checks a file as an import into an empty installation would, without storing anything. When there are faults
// the units and groups are the good ones.
func Read(r io.Reader, opts ImportOptions, newID func() ident.ID) ([]Unit, []Group, []RowFault, error) {
	p, err := parse(r, opts.ValidFrom, opts.ValidTo)
	if err != nil {
		return nil, nil, nil, err
	}
	v := newResolver(p, nil, newID)
	v.run()
	units := make([]Unit, 0, len(v.rows))
	for _, r := range v.rows {
		units = append(units, r.unit)
	}
	groups := make([]Group, 0, len(v.groups))
	for _, g := range v.groups {
		g.group.ID = newID()
		groups = append(groups, g.group)
	}
	return units, groups, v.faults, nil
}
