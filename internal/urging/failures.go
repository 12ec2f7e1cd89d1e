package urging

import (
	"context"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// undeliveredSeen is how many undelivered messages are looked through.
const undeliveredSeen = 5_000

// failures are the dispatches of which the unit does not know, since messages do not reach it: one about the dispatch did not
// arrive, and since then none did. A unit that has received the letter has been here, whatever happens to its mails.
func (s *Service) failures(ctx context.Context, desk *contacts, rows []*stuckRow) (map[ident.ID]bool, error) {
	at, err := s.undelivered(ctx)
	if err != nil || len(at) == 0 {
		return nil, err
	}
	people, boxes := map[ident.ID][]ident.ID{}, map[ident.ID][]string{} // by unit
	var doubtful []*stuckRow
	for _, r := range rows {
		boxes[r.Receiver.ID] = append(boxes[r.Receiver.ID], arrivedMail+string(r.Dispatch.ID)+"/unit")
		if _, failed := at[r.Dispatch.ID]; !failed || !r.Dispatch.ReceivedAt.IsZero() {
			continue
		}
		doubtful = append(doubtful, r)
		for _, role := range []person.Role{person.Clerk, person.Leader} {
			holders, err := desk.holders(ctx, r.Receiver.ID, role)
			if err != nil {
				return nil, err
			}
			for _, p := range holders {
				people[r.Receiver.ID] = append(people[r.Receiver.ID], p.ID)
			}
		}
	}
	failed := map[ident.ID]bool{}
	if len(doubtful) == 0 {
		return failed, nil
	}
	reached, err := s.reached(ctx, doubtful, people, boxes)
	for _, r := range doubtful {
		failed[r.Dispatch.ID] = reached[r.Receiver.ID].Before(at[r.Dispatch.ID].Time)
	}
	return failed, err
}

// arrivedMail begins the keys of the messages by which the cascade announces a dispatch.
const arrivedMail = "cascade.mail.arrived/"

// undelivered is when the newest message was written that did not arrive, of those that announced a dispatch and of ours.
func (s *Service) undelivered(ctx context.Context) (map[ident.ID]clock.Time, error) {
	outcomes, err := s.Mail.Undelivered(ctx, s.DB, undeliveredSeen)
	if err != nil {
		return nil, err
	}
	at := map[ident.ID]clock.Time{}
	own := []string{unsendable}
	for _, o := range outcomes {
		if rest, ok := strings.CutPrefix(o.Key, arrivedMail); ok {
			id, _, _ := strings.Cut(rest, "/")
			at[ident.ID(id)] = later(at[ident.ID(id)], o.At)
		} else if strings.HasPrefix(o.Key, "urging.") {
			own = append(own, o.Key)
		}
	}
	told, err := dispatchesOfMessages(ctx, s.DB, own)
	for _, one := range told {
		at[one.Dispatch] = later(at[one.Dispatch], one.At)
	}
	return at, err
}

// reached is when the last message was written that did arrive, by unit: to its people whatever it was about, to its mail box
// as far as it is known what was sent there.
func (s *Service) reached(ctx context.Context, rows []*stuckRow, people map[ident.ID][]ident.ID, boxes map[ident.ID][]string) (map[ident.ID]clock.Time, error) {
	var persons []ident.ID
	var keys, recipients []string
	seen := map[ident.ID]bool{}
	for _, r := range rows {
		if id := r.Receiver.ID; !seen[id] {
			seen[id] = true
			persons, recipients = append(persons, people[id]...), append(recipients, mailbox+string(id))
		}
	}
	told, err := messagesTo(ctx, s.DB, recipients)
	if err != nil {
		return nil, err
	}
	for id := range seen {
		boxes[id] = append(boxes[id], told[mailbox+string(id)]...)
		keys = append(keys, boxes[id]...)
	}
	outcomes, err := s.Mail.Outcomes(ctx, s.DB, keys...)
	if err != nil {
		return nil, err
	}
	byPerson, err := s.Mail.Reached(ctx, s.DB, persons...)
	at := map[ident.ID]clock.Time{}
	for id := range seen {
		for _, p := range people[id] {
			at[id] = later(at[id], byPerson[p])
		}
		for _, key := range boxes[id] {
			if o := outcomes[key]; o.State.Sent() {
				at[id] = later(at[id], o.At)
			}
		}
	}
	return at, err
}
