package urging

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// undeliveredSeen is how many undelivered messages are looked through.
const undeliveredSeen = 5_000

// explain adds to each row who is responsible, what keeps reminders from working, and the one thing to do.
func (s *Service) explain(ctx context.Context, tree *unit.Tree, rows []*stuckRow) error {
	if len(rows) == 0 {
		return nil
	}
	failed, err := s.failures(ctx)
	if err != nil {
		return err
	}
	p, err := s.planner(ctx)
	if err != nil {
		return err
	}
	desk := contacts{Service: s, q: s.DB, people: map[holdersKey][]person.Person{}}
	if err := desk.gather(ctx, rows); err != nil {
		return err
	}
	today := clock.DayOf(s.now().Time)
	for _, r := range rows {
		clerks, err := desk.holders(ctx, r.Receiver.ID, person.Clerk)
		if err != nil {
			return err
		}
		leaders, err := desk.holders(ctx, r.Receiver.ID, person.Leader)
		if err != nil {
			return err
		}
		if r.Matter.Cause != NotDelivered { // they have not seen it
			r.Responsible = officials(clerks, leaders, r.past, r.Matter)
		}
		if err := s.obstacles(ctx, &desk, p, r, len(clerks)+len(leaders) == 0, failed[r.Dispatch.ID]); err != nil {
			return err
		}
		r.Action, r.Draft = s.action(ctx, r, today)
	}
	return nil
}

// contacts remembers who holds roles while a page is made.
type contacts struct {
	*Service
	q      database.Querier
	people map[holdersKey][]person.Person
}

// gatheredFrom is how many rows make it worth while to read the officials of all units at once.
const gatheredFrom = 200

// gather reads who holds roles in the units of many rows.
func (c *contacts) gather(ctx context.Context, rows []*stuckRow) error {
	if len(rows) < gatheredFrom {
		return nil
	}
	roles := slices.Concat([]person.Role{person.Clerk, person.Leader}, signers)
	all, err := c.People.HoldersAnywhere(ctx, c.q, roles...)
	if err != nil {
		return err
	}
	for _, r := range rows {
		for _, role := range roles {
			for _, id := range []ident.ID{r.Receiver.ID, r.Superior.ID} {
				c.people[holdersKey{id, role}] = all[id][role]
			}
		}
	}
	return nil
}

func (c *contacts) holders(ctx context.Context, id ident.ID, role person.Role) ([]person.Person, error) {
	key := holdersKey{id, role}
	if list, ok := c.people[key]; ok || id == "" {
		return list, nil
	}
	list, err := c.People.Holders(ctx, c.q, id, role)
	c.people[key] = list
	return list, err
}

// officials are those whose turn it is: the leader once the matter has come to them, else those who handle letters.
func officials(clerks, leaders []person.Person, past []stepRow, m Matter) []Official {
	var list []Official
	add := func(people []person.Person, role person.Role) {
		for _, p := range people {
			list = append(list, Official{p.Name, string(role), string(p.Phone)})
		}
	}
	escalated := slices.ContainsFunc(past, func(r stepRow) bool { return r.key() == m.Key() && r.Step >= Escalate })
	if escalated {
		add(leaders, person.Leader)
	}
	add(clerks, person.Clerk)
	if len(list) == 0 {
		add(leaders, person.Leader)
	}
	return list
}

// obstacles puts a row among those that no reminder will mend: nobody is there, mails do not arrive, or the turn is that of
// a superior organ of which nobody has an account.
func (s *Service) obstacles(ctx context.Context, desk *contacts, p Planner, r *stuckRow, empty, failed bool) error {
	switch {
	case r.Matter.Cause == NotDelivered:
		return nil
	case empty && r.Receiver.Email == "" && !r.Dispatch.Outside: // one outside is told over the exchange
		r.why = NobodyToTell
		return nil
	case failed:
		r.why = MailFailed
		return nil
	}
	for _, m := range append([]Matter{r.Matter}, r.Also...) {
		step, at, ok := p.Next(m, r.rules.Of(m.Cause), r.taken[m.Key()])
		if !ok || step != Draft || s.now().Before(at.Time) {
			continue
		}
		for _, role := range signers {
			people, err := desk.holders(ctx, r.Superior.ID, role)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(people, func(p person.Person) bool { return p.Email != "" }) {
				return nil
			}
		}
		r.why, r.SuperiorOut = NobodyToTell, true
		return nil
	}
	return nil
}

// action is the one thing to do: open the letter that waits, call whom mails do not reach, take back what nobody there
// will ever see, see where it is when it never arrived, else urge.
func (s *Service) action(ctx context.Context, r *stuckRow, today clock.Day) (Action, ident.ID) {
	for _, step := range slices.Backward(r.past) {
		if step.DraftID == "" {
			continue
		}
		if l, err := s.Letters.Load(ctx, s.DB, step.DraftID); err == nil && unfinished(l) {
			return OpenDraft, step.DraftID
		}
	}
	phone := slices.ContainsFunc(r.Responsible, func(o Official) bool { return o.Phone != "" })
	urged := slices.ContainsFunc(r.past, func(step stepRow) bool { return step.Cause == ByHand && clock.DayOf(step.At.Time) == today })
	switch {
	case r.Matter.Cause == NotDelivered:
		return Trace, ""
	case r.Dispatch.Outside && len(r.Responsible) == 0 && r.Receiver.Email == "":
		return Trace, ""
	case r.why == NobodyToTell && !r.SuperiorOut:
		return TakeBack, ""
	case (r.why == MailFailed || urged) && phone:
		return Call, ""
	case urged:
		return Wait, ""
	}
	return UrgeNow, ""
}

// failures are the dispatches of which some message did not arrive: the one that announced it, or one of ours.
func (s *Service) failures(ctx context.Context) (map[ident.ID]bool, error) {
	keys, err := s.Mail.Undelivered(ctx, s.DB, undeliveredSeen)
	if err != nil {
		return nil, err
	}
	failed := map[ident.ID]bool{}
	var own []string
	for _, key := range keys {
		parts := strings.Split(key, "/")
		switch {
		case parts[0] == "cascade.mail.arrived" && len(parts) > 1:
			failed[ident.ID(parts[1])] = true
		case strings.HasPrefix(key, "urging."):
			own = append(own, key)
		}
	}
	ids, err := dispatchesOfMessages(ctx, s.DB, append(own, unsendable))
	for _, id := range ids {
		failed[id] = true
	}
	return failed, err
}
