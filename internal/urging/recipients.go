package urging

import (
	"context"
	"slices"

	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// recipient is somebody who is told: a person in a role of a unit, or the unit's mail box.
type recipient struct {
	Key  string // the person, or mailbox and the unit
	Unit ident.ID
	Role string
}

// mailbox begins the key of a unit's official mail box.
const mailbox = "unit/"

// mailboxRole is what a mail box is called among the roles.
const mailboxRole = "mailbox"

// recipients are those whom a step about a unit is told: who handles its letters, else whoever leads it, else its mail
// box; its leaders; the people of its superior organ.
func (t *taking) recipients(ctx context.Context, u unit.Unit, step Step) ([]recipient, error) {
	switch step {
	case Remind:
		for _, role := range []person.Role{person.Clerk, person.Leader} {
			if to, err := t.inRole(ctx, u.ID, role); err != nil || len(to) > 0 {
				return to, err
			}
		}
		return mailboxOf(u), nil
	case Escalate:
		return t.inRole(ctx, u.ID, person.Leader)
	case Draft:
		return nil, nil // told once the letter is written
	case Hand:
		var all []recipient
		for _, role := range []person.Role{person.Clerk, person.Leader} {
			to, err := t.inRole(ctx, u.ID, role)
			if err != nil {
				return nil, err
			}
			for _, r := range to {
				if !slices.ContainsFunc(all, func(o recipient) bool { return o.Key == r.Key }) {
					all = append(all, r)
				}
			}
		}
		if len(all) == 0 {
			all = mailboxOf(u)
		}
		return all, nil
	}
	return nil, nil
}

// partRole is what somebody is called who has a part of a duty.
const partRole = "part"

// partRecipients are those whom a step about the part of a person is told: that person, and then the leader who gave it; where
// somebody else wrote it down, the leaders. Who has no account hears it from those who handle the unit's letters.
func (t *taking) partRecipients(ctx context.Context, part About, u unit.Unit, step Step) ([]recipient, error) {
	if step == Escalate {
		leaders, err := t.inRole(ctx, u.ID, person.Leader)
		leaders = slices.DeleteFunc(leaders, func(r recipient) bool { return r.Key == string(part.Person) }) // they know
		if i := slices.IndexFunc(leaders, func(r recipient) bool { return r.Key == string(part.By) }); i >= 0 {
			leaders = leaders[i : i+1]
		}
		return leaders, err
	}
	for _, role := range signers {
		to, err := t.inRole(ctx, u.ID, role)
		if err != nil {
			return nil, err
		}
		if part.Person != "" && slices.ContainsFunc(to, func(r recipient) bool { return r.Key == string(part.Person) }) {
			return []recipient{{Key: string(part.Person), Unit: u.ID, Role: partRole}}, nil
		}
	}
	return t.recipients(ctx, u, step)
}

// leadRole is what somebody is called who leads the work on a letter.
const leadRole = "lead"

// leadOf is who is reminded first that a letter is not begun or not done: the colleague to whom the leader gave it, if any.
func (t *taking) leadOf(one DueStep) ident.ID {
	if one.Step != Remind || one.Cause != NotStarted && one.Cause != NotFinished {
		return ""
	}
	for _, f := range t.Facts {
		if f.Dispatch.ID == one.Dispatch {
			return f.Dispatch.LeadID
		}
	}
	return ""
}

// leadRecipients is that person, as long as they hold a role in the unit; else those who handle its letters.
func (t *taking) leadRecipients(ctx context.Context, lead ident.ID, u unit.Unit, step Step) ([]recipient, error) {
	for _, role := range signers {
		to, err := t.inRole(ctx, u.ID, role)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(to, func(r recipient) bool { return r.Key == string(lead) }) {
			return []recipient{{Key: string(lead), Unit: u.ID, Role: leadRole}}, nil
		}
	}
	return t.recipients(ctx, u, step)
}

func mailboxOf(u unit.Unit) []recipient {
	if u.Email == "" {
		return nil
	}
	return []recipient{{Key: mailbox + string(u.ID), Unit: u.ID, Role: mailboxRole}}
}

// inRole are the people who hold a role in exactly this unit and can be written to.
func (t *taking) inRole(ctx context.Context, id ident.ID, role person.Role) ([]recipient, error) {
	key := holdersKey{id, role}
	people, known := t.holders[key]
	if !known {
		var err error
		if people, err = t.People.Holders(ctx, t.tx, id, role); err != nil {
			return nil, err
		}
		t.holders[key] = people
	}
	var to []recipient
	for _, p := range people {
		if p.Email != "" {
			to = append(to, recipient{Key: string(p.ID), Unit: id, Role: string(role)})
		}
	}
	return to, nil
}

// signers are the roles of a superior organ whose people see to a drafted letter, and of a unit whose people are given parts.
var signers = []person.Role{person.Leader, person.Clerk, person.Board}

// reaches tells whether anybody of a superior organ can be told.
func (t *taking) reaches(ctx context.Context, superior ident.ID) (bool, error) {
	for _, role := range signers {
		if to, err := t.inRole(ctx, superior, role); superior == "" || err != nil || len(to) > 0 {
			return len(to) > 0, err
		}
	}
	return false, nil
}
