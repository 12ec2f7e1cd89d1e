package urging

import (
	"context"
	"slices"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// explain adds to each row who is responsible, what keeps reminders from working, and the one thing to do.
func (s *Service) explain(ctx context.Context, actor person.Actor, tree *unit.Tree, rows []*stuckRow) error {
	if len(rows) == 0 {
		return nil
	}
	p, err := s.planner(ctx)
	if err != nil {
		return err
	}
	desk := contacts{Service: s, q: s.DB, people: map[holdersKey][]person.Person{}}
	if err := desk.gather(ctx, rows); err != nil {
		return err
	}
	failed, err := s.failures(ctx, &desk, rows)
	if err != nil {
		return err
	}
	drafted, err := s.drafted(ctx, rows)
	if err != nil {
		return err
	}
	objected, err := s.objected(ctx, rows)
	if err != nil {
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
		if r.Matter.Cause == Objected {
			o := objected[r.Dispatch.ID]
			r.Reason, r.Refused, r.over = o.Reason, o.Refused, o.Over
		}
		if r.Matter.Cause != NotDelivered { // they have not seen it
			r.Responsible = officials(clerks, leaders, r.past, r.Matter)
		}
		if err := s.obstacles(ctx, &desk, p, r, len(clerks)+len(leaders) == 0, failed[r.Dispatch.ID]); err != nil {
			return err
		}
		s.act(actor, tree, r, drafted, today)
	}
	return nil
}

// objected is what the units of the rows refused. Of one whose sender has dealt with it meanwhile nothing is said.
func (s *Service) objected(ctx context.Context, rows []*stuckRow) (map[ident.ID]cascade.Objected, error) {
	var dispatches []cascade.Dispatch
	for _, r := range rows {
		if r.Matter.Cause == Objected {
			dispatches = append(dispatches, r.Dispatch)
		}
	}
	if len(dispatches) == 0 {
		return nil, nil
	}
	return s.Cascade.Objected(ctx, s.DB, dispatches)
}

// drafted are the letters of urging that were drafted about the rows: one is about many of them.
func (s *Service) drafted(ctx context.Context, rows []*stuckRow) (map[ident.ID]letter.Letter, error) {
	ids := map[ident.ID]bool{}
	for _, r := range rows {
		for _, step := range r.past {
			if step.DraftID != "" {
				ids[step.DraftID] = true
			}
		}
	}
	return s.Letters.LoadAll(ctx, s.DB, sortedKeys(ids))
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
	case r.Matter.Cause == NotDelivered || r.Matter.Cause == Objected:
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

// act says what whoever looks may do about a row: open the letter that waits, call whom mails do not reach, take back what
// nobody there will ever see, see where it is when it never arrived, else urge, or urge the unit that passed the letter on.
func (s *Service) act(actor person.Actor, tree *unit.Tree, r *stuckRow, drafted map[ident.ID]letter.Letter, today clock.Day) {
	r.Action = s.action(actor, tree, r, today)
	r.Choose = r.Action == UrgeNow
	for _, step := range slices.Backward(r.past) {
		l, ok := drafted[step.DraftID]
		switch {
		case !ok || !unfinished(l):
		case actor.Can(person.ActionLetterRead, person.On{Unit: l.IssuerID}) == nil:
			r.Action, r.Draft = OpenDraft, step.DraftID
			return
		default:
			r.Waits = unitOf(tree, l.IssuerID)
			return
		}
	}
}

func (s *Service) action(actor person.Actor, tree *unit.Tree, r *stuckRow, today clock.Day) Action {
	phone := slices.ContainsFunc(r.Responsible, func(o Official) bool { return o.Phone != "" })
	urged := slices.ContainsFunc(r.past, func(step stepRow) bool { return step.Cause == ByHand && clock.DayOf(step.At.Time) == today })
	switch {
	case r.Matter.Cause == NotDelivered:
		return Trace
	case r.Matter.Cause == Objected && actor.Can(person.ActionCascadeSend, person.On{Unit: r.Dispatch.SenderID}) != nil:
		return Refer
	case r.Matter.Cause == Objected && r.Dispatch.State == cascade.Refused && !r.over && !r.Dispatch.Outside:
		return SendAgain
	case r.Matter.Cause == Objected:
		return Settle
	case r.Dispatch.Outside && len(r.Responsible) == 0 && r.Receiver.Email == "":
		return Trace
	case r.why == NobodyToTell && !r.SuperiorOut:
		return TakeBack
	case (r.why == MailFailed || urged) && phone:
		return Call
	case urged:
		return Wait
	case mayUrge(actor, tree, r.Dispatch) == nil:
		return UrgeNow
	}
	for _, d := range r.above {
		if mayUrge(actor, tree, d) == nil && d.State.Open() && !d.ArrivedAt.IsZero() {
			r.Through = Through{d.ID, unitOf(tree, d.ReceiverID)}
			return UrgeAbove
		}
	}
	return Refer
}
