package progress

import (
	"cmp"
	"context"
	"unicode/utf8"

	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/person"
)

// Send sends a report up: its letter is signed and numbered, and from now on its figures stay as they are; the unit above is told. To a unit that is
// reached over another document system it goes as a package. Sending again returns the report.
func (s *Service) Send(ctx context.Context, actor person.Actor, id ident.ID) (Report, error) {
	r, err := loadReport(ctx, s.db, id)
	if err != nil {
		return Report{}, err
	}
	if err := s.mayWrite(actor, person.ActionProgressSend, r.Unit); err != nil {
		return Report{}, err
	}
	return s.change(ctx, actor, person.ActionProgressSend, id, func(tx *database.Tx, r *Report) error {
		if r.State != Draft {
			return errUnchanged
		}
		l, err := s.letters.Load(ctx, tx, id)
		if err != nil {
			return err
		}
		if l.State != letter.Registered {
			return fault.Conflict.With("progress.fault.notIssued")
		}
		if r.State, err = Lifecycle.Next(r.State, Submit); err != nil {
			return err
		}
		r.Edited = editedTables(r.Generated, *l.Document)
		r.SubmittedBy, r.SubmittedAt = actor.ID, tx.Now()
		if s.carrier != nil {
			if carried, err := s.carrier.CarryReport(ctx, tx, *r); err != nil || carried { // its package tells of it
				return err
			}
		}
		return s.queue.Insert(ctx, tx, tellJob{r.ID, r.State})
	})
}

// editedTables names the tables of a document that do not stand as they were generated: whoever receives the report is told
// that paper and figures may differ there.
func editedTables(generated, current letter.Document) []string {
	known := map[string]bool{}
	var order []letter.Block
	for _, b := range tablesOf(generated) {
		known[keyOf(normal(b))] = true
		order = append(order, b)
	}
	found := map[string]bool{}
	edited := []string{}
	for _, b := range tablesOf(current) {
		k := keyOf(normal(b))
		found[k] = true
		if !known[k] {
			edited = append(edited, b.Text)
		}
	}
	for _, b := range order {
		if !found[keyOf(normal(b))] && !containsText(edited, b.Text) {
			edited = append(edited, b.Text)
		}
	}
	return edited
}

func containsText(list []string, text string) bool {
	for _, t := range list {
		if lang.Clean(t) == lang.Clean(text) {
			return true
		}
	}
	return false
}

// tablesOf returns the tables with what they are called by.
func tablesOf(d letter.Document) []letter.Block {
	var out []letter.Block
	add := func(blocks []letter.Block, title string) {
		for _, b := range blocks {
			if b.Kind == letter.TableBlock {
				b.Text = cmp.Or(b.Text, title)
				out = append(out, b)
			}
		}
	}
	add(d.Blocks, "")
	for _, a := range d.Appendices {
		add(a.Blocks, a.Title)
	}
	return out
}

// Accept takes a report in: it is entered in the register of arrivals of the unit it was sent to. words may be empty.
func (s *Service) Accept(ctx context.Context, actor person.Actor, id ident.ID, words string) (Report, error) {
	return s.decide(ctx, actor, id, Accept, words)
}

// SendBack returns a report with words that say what is wrong. The unit is told, and drafts another one in its place.
func (s *Service) SendBack(ctx context.Context, actor person.Actor, id ident.ID, words string) (Report, error) {
	return s.decide(ctx, actor, id, Return, words)
}

func (s *Service) decide(ctx context.Context, actor person.Actor, id ident.ID, e Event, words string) (Report, error) {
	r, err := loadReport(ctx, s.db, id)
	if err != nil {
		return Report{}, err
	}
	if err := actor.Can(person.ActionProgressReceive, person.On{Unit: r.Above}); err != nil {
		return Report{}, err
	}
	words = lang.CleanLines(words)
	switch n := utf8.RuneCountInString(words); {
	case n > maxNote:
		return Report{}, fault.Invalid.With("progress.fault.tooLong", "Length", n, "Limit", maxNote).At("words")
	case n == 0 && e == Return:
		return Report{}, fault.Invalid.With("progress.fault.words").At("words")
	}
	return s.change(ctx, actor, person.ActionProgressReceive, id, func(tx *database.Tx, r *Report) error {
		next, err := Lifecycle.Next(r.State, e)
		if err != nil {
			if last := (map[Event]State{Accept: Accepted, Return: Returned})[e]; r.State == last && r.DecidedBy == actor.ID {
				return errUnchanged
			}
			return fault.Conflict.With("progress.fault.state").Because(err)
		}
		if _, err := s.letters.Arrive(ctx, tx, r.ID, r.Above); err != nil {
			return err
		}
		r.State, r.Reason, r.DecidedBy, r.DecidedAt = next, words, actor.ID, tx.Now()
		if next != Returned {
			return nil
		}
		return s.queue.Insert(ctx, tx, tellJob{r.ID, next})
	})
}
