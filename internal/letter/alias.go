package letter

import (
	"context"
	"slices"
	"unicode/utf8"

	"sachhon/internal/audit"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Meaning is what a person says a name in a letter means: units, groups, or nobody in this system when both are empty.
type Meaning struct {
	Units  []ident.ID
	Groups []ident.ID
}

// Said is a name in a letter with what a person says it means.
type Said struct {
	Text   string
	Means  Meaning
	Forget bool // what was said before was wrong, and what is right is not said: the next letter asks
}

// Whom tells whom the names in one letter mean: among the units in force on its day, by what its issuer said before and what
// was said with it.
type Whom struct {
	Tree    *unit.Tree // of the letter's day
	issuer  ident.ID
	aliases []Alias
	said    []saidAliases
}

// saidAliases are the aliases that an answer comes to.
type saidAliases struct {
	key     string
	text    string
	aliases []Alias // none when it is forgotten
}

// Resolve tells for each name whom it means, as far as that is known.
func (w Whom) Resolve(names []string) []Resolved { return Resolve(w.Tree, w.issuer, names, w.aliases) }

// Of is Whom by the organ that wrote the letter, where that is a unit here and not the one that typed it in; it remembers nothing.
func (w Whom) Of(organ string) Whom {
	if u, ok := w.Tree.Organ(organ); ok {
		w.issuer, w.said = u.ID, nil
	}
	return w
}

// Whom returns whom the names in a letter mean. What is said about somebody whom the letter does not name is left out; that it
// is a unit of another day is a fault.
func (s *Service) Whom(ctx context.Context, l Letter, said ...Said) (Whom, error) {
	aliases, err := listAliases(ctx, s.db, l.IssuerID)
	if err != nil {
		return Whom{}, err
	}
	day := clock.DayOf(s.db.Clock().Now())
	if !l.Fields.Date.IsZero() {
		day = clock.Day(l.Fields.Date.String())
	}
	tree, err := s.units.Tree(ctx, day)
	if err != nil {
		return Whom{}, err
	}
	w := Whom{Tree: tree, issuer: l.IssuerID, aliases: aliases}
	for _, one := range said {
		if err := w.hear(l, one); err != nil {
			return Whom{}, err
		}
	}
	return w, nil
}

// hear lets what a person says take the place of what was said before.
func (w *Whom) hear(l Letter, said Said) error {
	text := lang.Clean(said.Text)
	k := aliasKey(text)
	if !slices.ContainsFunc(slices.Concat(l.Fields.Addressees, l.Fields.Named()), func(name string) bool { return aliasKey(name) == k }) {
		return nil
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > maxText {
		return fault.Invalid.With("letter.fault.tooLong", "Length", n, "Limit", maxText)
	}
	var aliases []Alias
	for _, id := range said.Means.Units {
		u, ok := w.Tree.ByID(id)
		if !ok || !u.InForce(w.Tree.Day()) {
			return fault.Invalid.With("letter.fault.notInForce", "Name", text).At("units")
		}
		aliases = append(aliases, Alias{Key: k, Kind: ToUnit, Code: u.Code})
	}
	for _, id := range said.Means.Groups {
		g, ok := w.Tree.Group(id)
		if !ok {
			return fault.Invalid.With("letter.fault.notInForce", "Name", text).At("groups")
		}
		aliases = append(aliases, Alias{Key: k, Kind: ToGroup, Code: g.Code})
	}
	switch {
	case said.Forget:
		aliases = nil
	case len(aliases) == 0:
		aliases = []Alias{{Key: k, Kind: ToNobody}}
	}
	w.aliases = append(slices.DeleteFunc(w.aliases, func(a Alias) bool { return a.Key == k }), aliases...)
	w.said = append(w.said, saidAliases{k, text, aliases})
	return nil
}

// Remember keeps what was said with a letter for the issuer's next letters, in place of what was said before, in the
// transaction that sends the letter: it goes with what was said, or neither is. Saying the same again changes nothing.
func (s *Service) Remember(ctx context.Context, tx *database.Tx, actor person.Actor, w Whom) error {
	if len(w.said) == 0 {
		return nil
	}
	if err := actor.Can(person.ActionCascadeSend, person.On{Unit: w.issuer}); err != nil {
		return err
	}
	for _, one := range w.said {
		if err := replaceAliases(ctx, tx, w.issuer, one.key, one.text, one.aliases, actor.ID); err != nil {
			return err
		}
		err := s.log.Record(ctx, tx, audit.Entry{
			Actor: actor.Identity(), Action: string(person.ActionCascadeSend), Kind: "letter_alias", Object: w.issuer, After: one.aliases,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Aliases returns what an issuer said whom names mean, without asking permission: for drafts of what its letters ask.
func (s *Service) Aliases(ctx context.Context, issuer ident.ID) ([]Alias, error) {
	return listAliases(ctx, s.db, issuer)
}

// Named are those whom the duties of a letter name beside its addressees, each once, in the order of the duties.
func (f Fields) Named() []string {
	known := map[string]bool{}
	for _, name := range f.Addressees {
		known[aliasKey(name)] = true
	}
	var names []string
	for _, d := range f.Duties {
		for _, name := range d.For {
			if k := aliasKey(name); !known[k] {
				known[k], names = true, append(names, name)
			}
		}
	}
	return names
}
