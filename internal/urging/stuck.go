package urging

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// Why is a group of the page of what is stuck: a cause, or that nobody gets to know.
type Why string

// The groups beside the causes.
const (
	NobodyToTell Why = "nobody" // no person of the unit or of its superior organ has an account
	MailFailed   Why = "mail"   // what was sent to the unit did not arrive
)

// Whys are the groups in the order of the page: first those that no reminder will mend.
var Whys = []Why{
	NobodyToTell, MailFailed, Why(NotReceived), Why(NotAssigned), Why(NotStarted), Why(NotPublicised), Why(NoEntrant), Why(DutyLate), Why(NotFinished),
	Why(NotReported),
}

// Action is the one thing that somebody who watches may do about a stuck unit.
type Action string

// The actions.
const (
	UrgeNow   Action = "urge"
	OpenDraft Action = "draft"  // a letter of urging waits for its sign-off
	Call      Action = "call"   // mails do not reach them
	TakeBack  Action = "recall" // nobody is there at all
	Wait      Action = "wait"   // urged by hand today
)

// Stuck is what does not go on below a unit, and why.
type Stuck struct {
	Unit   unit.Unit
	At     clock.Time
	Groups []StuckGroup
	Drafts []DraftLetter // of the unit, waiting for its sign-off
	Units  int           // different units that are stuck
}

// StuckGroup is what is stuck for one reason, the longest first.
type StuckGroup struct {
	Why  Why
	Rows []StuckRow
}

// StuckRow is one dispatch that is stuck.
type StuckRow struct {
	Dispatch    cascade.Dispatch
	Letter      letter.Letter
	Receiver    unit.Unit
	Superior    unit.Unit // zero for a unit without
	Matter      Matter    // the first of what is owed
	Also        []Matter  // the rest
	Days        int       // working days since it is late
	Responsible []Official
	Done        []StepDone // the newest first
	SuperiorOut bool       // the turn is the superior's, of which nobody has an account
	Action      Action
	Draft       ident.ID // for OpenDraft
}

// Official is somebody who is responsible now. The phone is for those who may urge; it is on no public page.
type Official struct {
	Name, Role, Phone string
}

// StepDone is a step that was taken about a row.
type StepDone struct {
	Cause Cause
	Step  Step
	At    clock.Time
}

// Stuck returns what is stuck below a unit: what it sent itself, passed on or had passed on below it, and the units that
// answer to it, whoever wrote to them.
func (s *Service) Stuck(ctx context.Context, actor person.Actor, unitID ident.ID) (Stuck, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return Stuck{}, err
	}
	rows, tree, err := s.stuckRows(ctx, unitID)
	if err != nil {
		return Stuck{}, err
	}
	out := Stuck{Unit: unitOf(tree, unitID), At: s.now()}
	if err := s.explain(ctx, tree, rows); err != nil {
		return Stuck{}, err
	}
	groups := map[Why][]StuckRow{}
	units := map[ident.ID]bool{}
	for _, r := range rows {
		groups[r.why] = append(groups[r.why], r.StuckRow)
		units[r.Receiver.ID] = true
	}
	out.Units = len(units)
	for _, why := range Whys {
		if list := groups[why]; len(list) > 0 {
			slices.SortStableFunc(list, func(a, b StuckRow) int {
				return cmp.Or(a.Matter.Due.Compare(b.Matter.Due.Time), strings.Compare(a.Receiver.Code, b.Receiver.Code))
			})
			out.Groups = append(out.Groups, StuckGroup{why, list})
		}
	}
	waiting, err := draftsOfSuperior(ctx, s.DB, unitID)
	if err != nil {
		return Stuck{}, err
	}
	all, err := s.draftLetters(ctx, actor, tree, waiting)
	for _, d := range all {
		if d.Open() {
			out.Drafts = append(out.Drafts, d)
		}
	}
	return out, err
}

// Count tells how many units are stuck below a unit, for its desk.
func (s *Service) Count(ctx context.Context, actor person.Actor, unitID ident.ID) (int, error) {
	if err := actor.Can(person.ActionCascadeWatch, person.On{Unit: unitID}); err != nil {
		return 0, err
	}
	rows, _, err := s.stuckRows(ctx, unitID)
	units := map[ident.ID]bool{}
	for _, r := range rows {
		units[r.Receiver.ID] = true
	}
	return len(units), err
}

// stuckRow is a row while it is explained.
type stuckRow struct {
	StuckRow
	why   Why
	rules Rules
	taken map[Key][]Taken
	past  []stepRow // about this dispatch
}

func unitOf(tree *unit.Tree, id ident.ID) unit.Unit {
	u, _ := tree.ByID(id)
	return u
}

// stuckRows finds the dispatches of units that are late with something.
func (s *Service) stuckRows(ctx context.Context, unitID ident.ID) ([]*stuckRow, *unit.Tree, error) {
	p, err := s.planner(ctx)
	if err != nil {
		return nil, nil, err
	}
	w, err := s.picture(ctx)
	if err != nil {
		return nil, nil, err
	}
	tree := w.tree
	var below []ident.ID
	for _, u := range tree.Subordinates(unitID) {
		below = append(below, u.ID)
	}
	letters, err := s.Cascade.Touching(ctx, s.DB, unitID, below)
	if err != nil {
		return nil, nil, err
	}
	var rows []*stuckRow
	for _, id := range letters {
		d, err := s.dossier(ctx, s.DB, w, id)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, d.stuck(p, tree, unitID, s.now())...)
	}
	return rows, tree, nil
}

// stuck are the late dispatches of a letter that concern a unit.
func (d dossier) stuck(p Planner, tree *unit.Tree, unitID ident.ID, now clock.Time) []*stuckRow {
	senders := make(map[ident.ID]ident.ID, len(d.Facts)) // by receiver
	for _, f := range d.Facts {
		senders[f.Dispatch.ReceiverID] = f.Dispatch.SenderID
	}
	below := func(dispatch cascade.Dispatch) bool {
		for id, n := dispatch.SenderID, 0; id != "" && n <= len(senders); id, n = senders[id], n+1 {
			if id == unitID {
				return true
			}
		}
		return false
	}
	past := map[ident.ID][]stepRow{}
	for _, step := range d.Past {
		past[step.DispatchID] = append(past[step.DispatchID], step)
	}
	var rows []*stuckRow
	for _, f := range d.Facts {
		receiver := unitOf(tree, f.Dispatch.ReceiverID)
		if !below(f.Dispatch) && receiver.SuperiorID != unitID {
			continue
		}
		late := p.Late(f, d.Rules, now)
		if len(late) == 0 {
			continue
		}
		r := &stuckRow{rules: d.Rules, taken: d.Taken, past: past[f.Dispatch.ID], why: Why(late[0].Cause)}
		r.Dispatch, r.Letter, r.Receiver, r.Superior = f.Dispatch, d.Letter, receiver, unitOf(tree, receiver.SuperiorID)
		r.Matter, r.Also, r.Days = late[0], late[1:], WorkingDays(p.Calendar, late[0].Due.Add(-1), now)
		for _, step := range slices.Backward(r.past) {
			r.Done = append(r.Done, StepDone{step.Cause, step.Step, step.At})
		}
		rows = append(rows, r)
	}
	return rows
}

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
		r.Responsible = officials(clerks, leaders, r.past, r.Matter)
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
	case empty && r.Receiver.Email == "":
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
// will ever see, else urge.
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
