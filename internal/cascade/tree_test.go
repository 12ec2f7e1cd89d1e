package cascade_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sachhon/internal/cascade"
	"sachhon/internal/cascade/cascadetest"
	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/person"
	"sachhon/internal/testkit"
)

// However letters are sent, forwarded, split among units, received, begun, refused, recalled, sent again, replaced and followed by
// further letters, and whoever is addressed several times: each unit has each letter at most once, exactly one path leads from
// each dispatch up to the issuer, nobody forwards to a unit not below, and a letter in the place of another or after it reaches
// everybody who has that.
func TestEveryUnitOnceAndOnePathToTheSender(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		m := &paths{t: t, Desk: cascadetest.New(t, db, clk), did: map[string]int{}}
		for _, u := range m.Tree.Units() {
			m.units = append(m.units, u.ID)
		}
		superior, subordinate := superiorWithSubordinates(t, m.Desk)
		rapid.Check(t, func(rt *rapid.T) {
			m.begin(rt, superior.ID, subordinate.ID)
			for range rapid.IntRange(6, 14).Draw(rt, "steps") {
				m.step(rt)
			}
			for _, id := range m.letters {
				m.check(rt, id)
			}
		})
		t.Logf("done, not refused: %v", m.did)
		for _, action := range slices.Sorted(maps.Keys(actions)) { // a sequence that only fails shows nothing
			if m.did[action] == 0 {
				t.Errorf("no sequence came to %s", action)
			}
		}
	})
}

// paths is what the sequences act upon.
type paths struct {
	*cascadetest.Desk
	t       *testing.T
	units   []ident.ID
	number  int
	letters []ident.ID // of this sequence, the first first
	known   []ident.ID // dispatches that were returned
	did     map[string]int
}

func (m *paths) letter() ident.ID {
	m.number++
	return m.Registered(m.t, lettertest.Text(fmt.Sprint(m.number), "Một.", "Hai.")).ID
}

func (m *paths) must(rt *rapid.T, err error) {
	if err != nil {
		rt.Fatal(err)
	}
}

// begin sends the first letter: few units have subordinates, so that chance alone would hardly ever forward.
func (m *paths) begin(rt *rapid.T, superior, subordinate ident.ID) {
	ctx, actor := m.t.Context(), person.SystemActor
	m.letters, m.known = []ident.ID{m.letter()}, nil
	first, err := m.Cascade.Send(ctx, actor, cascade.SendInput{Letter: m.letters[0], To: cascade.Recipients{Units: []ident.ID{superior}}})
	m.must(rt, err)
	m.must(rt, m.Queue.Drain(ctx))
	_, err = m.Cascade.Receive(ctx, actor, first.Dispatches[0].ID)
	m.must(rt, err)
	second, err := m.Cascade.Forward(ctx, actor, cascade.ForwardInput{Dispatch: first.Dispatches[0].ID, To: cascade.Recipients{Units: []ident.ID{subordinate}}})
	m.must(rt, err)
	m.note(first.Dispatches)
	m.note(second.Dispatches)
}

func (m *paths) note(made []cascade.Dispatch) {
	for _, d := range made {
		if !slices.Contains(m.known, d.ID) {
			m.known = append(m.known, d.ID)
		}
	}
}

// step does one thing; what may not be done now is refused with a fault for people, which is as good.
func (m *paths) step(rt *rapid.T) {
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(actions))).Draw(rt, "action")
	if name == "receive" || name == "assign" || name == "refuse" { // what is on its way arrives
		m.must(rt, m.Queue.Drain(m.t.Context()))
	}
	made, err := actions[name](m, rt)
	if err != nil && !errors.Is(err, fault.Conflict) && !errors.Is(err, fault.Invalid) {
		rt.Fatalf("%s: %v", name, err)
	}
	if err == nil {
		m.did[name]++
	}
	m.note(made)
}

// actions are what people do, what hardly happens by chance under two names.
var actions = map[string]func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error){
	"send": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		r, err := m.Cascade.Send(m.t.Context(), person.SystemActor, cascade.SendInput{Letter: m.anyLetter(rt), To: cascade.Recipients{Units: m.anybody(rt)}})
		return r.Dispatches, err
	},
	"forward": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		id := m.mostly(rt, m.passes)
		r, err := m.Cascade.Forward(m.t.Context(), person.SystemActor, cascade.ForwardInput{Dispatch: id, To: cascade.Recipients{Units: m.below(rt, id)}})
		return r.Dispatches, err
	},
	"split": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		d, err := m.Cascade.Get(m.t.Context(), person.SystemActor, m.mostly(rt, m.passes))
		m.must(rt, err)
		in := cascade.SplitInput{Dispatch: d.ID, Duty: rapid.SampledFrom(d.Duties).Draw(rt, "duty").Number}
		for _, u := range m.below(rt, in.Dispatch) {
			in.Units = append(in.Units, cascade.UnitPart{Unit: u, Text: "Một phần."})
		}
		if len(in.Units) == 0 || rapid.Bool().Draw(rt, "people") {
			in.People = []cascade.PersonPart{{ID: m.IDs.New(), Name: "Trần Thị Mẫu"}}
		}
		r, err := m.Cascade.Split(m.t.Context(), person.SystemActor, in)
		return r.Dispatches, err
	},
	"receive": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		_, err := m.Cascade.Receive(m.t.Context(), person.SystemActor, m.mostly(rt, arrived))
		return nil, err
	},
	"assign": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		d, err := m.Cascade.Get(m.t.Context(), person.SystemActor, m.any(rt))
		m.must(rt, err)
		if d.State == cascade.Arrived {
			if d.Dispatch, err = m.Cascade.Receive(m.t.Context(), person.SystemActor, d.ID); err != nil {
				return nil, err
			}
		}
		_, err = m.Cascade.Assign(m.t.Context(), person.SystemActor, d.ID, d.Version, cascade.Instruction{Lead: "Trần Thị Mẫu"})
		return nil, err
	},
	"refuse": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		_, err := m.Cascade.Refuse(m.t.Context(), person.SystemActor, m.mostly(rt, arrived), "Nhầm")
		return nil, err
	},
	"recall": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		_, err := m.Cascade.Recall(m.t.Context(), person.SystemActor, m.mostly(rt, func(d cascade.Dispatch) bool { return d.State == cascade.Assigned }), "Sai")
		return nil, err
	},
	"answer":  answer,
	"again":   sendAgain,
	"again 2": sendAgain,
	"replace": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		return m.followed(rt, m.Cascade.ReplaceLetter)
	},
	"follow": func(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
		return m.followed(rt, m.Cascade.SendAfter)
	},
}

// answer answers a recall; one of what somebody works on is made when there is none.
func answer(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
	ctx, actor := m.t.Context(), person.SystemActor
	d, err := m.Cascade.Find(ctx, m.DB, m.mostly(rt, cascade.Dispatch.Frozen))
	m.must(rt, err)
	if !d.Frozen() {
		if d.State == cascade.Received {
			if d, err = m.Cascade.Assign(ctx, actor, d.ID, d.Version, cascade.Instruction{Lead: "Trần Thị Mẫu"}); err != nil {
				return nil, err
			}
		}
		if d, err = m.Cascade.Recall(ctx, actor, d.ID, "Sai"); err != nil {
			return nil, err
		}
	}
	if d.Asked == "" {
		return nil, fault.Conflict.With("")
	}
	_, err = m.Cascade.Answer(ctx, actor, d.ID, d.Asked, rapid.Bool().Draw(rt, "agree"), "Đang làm")
	return nil, err
}

// sendAgain sends again what ended.
func sendAgain(m *paths, rt *rapid.T) ([]cascade.Dispatch, error) {
	ended := m.mostly(rt, func(d cascade.Dispatch) bool { return d.State == cascade.Refused || d.State == cascade.Recalled })
	d, err := m.Cascade.SendAgain(m.t.Context(), person.SystemActor, cascade.AgainInput{Dispatch: ended})
	if err != nil {
		return nil, err
	}
	return []cascade.Dispatch{d}, nil
}

// followed sends a new letter, or now and then one that was sent already, along the paths of one; whoever has that has it then.
func (m *paths) followed(rt *rapid.T, send func(context.Context, person.Actor, cascade.ChangeInput) (cascade.SendResult, error)) ([]cascade.Dispatch, error) {
	in := cascade.ChangeInput{ID: m.IDs.New(), Letter: m.anyLetter(rt), Reason: "Thể lệ đã đổi"}
	if rapid.IntRange(0, 3).Draw(rt, "known letter") == 0 {
		in.By = m.anyLetter(rt)
	} else {
		in.By = m.letter()
		m.letters = append(m.letters, in.By)
	}
	before := m.standing(rt, in.Letter)
	r, err := send(m.t.Context(), person.SystemActor, in)
	if err != nil {
		return nil, err
	}
	after := m.standing(rt, in.By)
	for receiver, d := range before {
		if _, ok := after[receiver]; !ok && d.State != cascade.Refused && d.State != cascade.Recalled {
			rt.Fatalf("%s has %s (%s) and was left out of what follows", receiver, d.ID, d.State)
		}
	}
	return r.Dispatches, nil
}

func (m *paths) any(rt *rapid.T) ident.ID { return rapid.SampledFrom(m.known).Draw(rt, "dispatch") }

func arrived(d cascade.Dispatch) bool { return d.State == cascade.Arrived }

// passes tells whether a dispatch is in hand and can be passed on.
func (m *paths) passes(d cascade.Dispatch) bool {
	return (d.State == cascade.Received || d.State == cascade.Assigned) && len(m.Tree.Subordinates(d.ReceiverID)) > 0
}

// mostly is one of the dispatches that are so, any when none is.
func (m *paths) mostly(rt *rapid.T, so func(cascade.Dispatch) bool) ident.ID {
	var some []ident.ID
	for _, id := range m.known {
		d, err := m.Cascade.Find(m.t.Context(), m.DB, id)
		m.must(rt, err)
		if so(d) {
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		some = m.known
	}
	return rapid.SampledFrom(some).Draw(rt, "one of some")
}

func (m *paths) anyLetter(rt *rapid.T) ident.ID {
	return rapid.SampledFrom(m.letters).Draw(rt, "letter")
}

func (m *paths) anybody(rt *rapid.T) []ident.ID {
	return rapid.SliceOfN(rapid.SampledFrom(m.units), 0, 4).Draw(rt, "units")
}

// below are units that the receiver of a dispatch may pass it on to, and now and then others.
func (m *paths) below(rt *rapid.T, id ident.ID) []ident.ID {
	d, err := m.Cascade.Find(m.t.Context(), m.DB, id)
	m.must(rt, err)
	subordinates := m.Tree.Subordinates(d.ReceiverID)
	if len(subordinates) == 0 || rapid.IntRange(0, 3).Draw(rt, "others") == 0 {
		return m.anybody(rt)
	}
	return []ident.ID{rapid.SampledFrom(subordinates).Draw(rt, "one").ID, rapid.SampledFrom(subordinates).Draw(rt, "another").ID}
}

// standing are the dispatches of a letter by receiver, those left out that were sent again.
func (m *paths) standing(rt *rapid.T, letter ident.ID) map[ident.ID]cascade.Dispatch {
	all, err := m.Cascade.OfLetter(m.t.Context(), m.DB, letter)
	m.must(rt, err)
	by := map[ident.ID]cascade.Dispatch{}
	for _, d := range all {
		if d.AgainID != "" {
			continue
		}
		if other, twice := by[d.ReceiverID]; twice {
			rt.Fatalf("%s has the letter by %s and by %s", d.ReceiverID, other.ID, d.ID)
		}
		by[d.ReceiverID] = d
	}
	return by
}

// check follows the path of each dispatch of a letter up to its issuer.
func (m *paths) check(rt *rapid.T, letter ident.ID) {
	standing := m.standing(rt, letter)
	if _, own := standing[m.Town.ID]; own {
		rt.Fatal("the issuer got its own letter")
	}
	board, err := m.Cascade.Board(m.t.Context(), person.SystemActor, letter, m.Town.ID)
	m.must(rt, err)
	if len(board.Rows) != len(standing) {
		rt.Fatalf("%d dispatches stand, %d lie on a path from the issuer", len(standing), len(board.Rows))
	}
	byID := map[ident.ID]cascade.Dispatch{}
	for _, d := range standing {
		byID[d.ID] = d
	}
	for _, row := range board.Rows {
		up, ok := byID[row.ID]
		if !ok {
			rt.Fatalf("%s is on the board and does not stand", row.ID)
		}
		for steps := 0; up.ParentID != ""; steps++ {
			parent, ok := byID[up.ParentID]
			if !ok || parent.ReceiverID != up.SenderID || steps > len(byID) || !m.Tree.Within(up.ReceiverID, up.SenderID) {
				rt.Fatalf("the path from %s breaks at %s", row.ID, up.ID)
			}
			up = parent
		}
		if up.SenderID != m.Town.ID {
			rt.Fatalf("the path from %s ends at %s", row.ID, up.SenderID)
		}
	}
}
