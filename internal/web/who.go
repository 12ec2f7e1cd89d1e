package web

import (
	"context"
	"errors"
	"slices"
	"strings"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// WhoMay turns a mere refusal into a sentence that says who may do the action for the unit. A refusal that says more than
// that somebody may not, and any other error, stays as it is.
func WhoMay(ctx context.Context, err error, action person.Action, u unit.Unit) error {
	refusal, ok := errors.AsType[*fault.Error](err)
	if !ok || refusal.Kind != fault.Forbidden || refusal.Key != fault.Forbidden.With("").Key {
		return err
	}
	l := lang.From(ctx)
	var names []string
	for _, role := range person.RolesFor(action) {
		names = append(names, lang.Small(l.T("person.role."+string(role))))
	}
	slices.Reverse(names) // those who do it every day first
	who := strings.Join(names, ", ")
	if n := len(names); n > 1 {
		who = l.T("web.fault.or", "Some", strings.Join(names[:n-1], ", "), "Last", names[n-1])
	}
	return fault.Forbidden.With("web.fault.whoMay", "Who", who, "Unit", u.Organ()).Because(err)
}
