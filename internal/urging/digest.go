package urging

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/notify"
	"sachhon/internal/unit"
)

// unsendable stands for the message that could not be written, since the address is none.
const unsendable = "unsendable"

// sendDigests writes to everybody for whom something waits, unless they had their digest today. What was settled while it
// waited is dropped.
func (s *Service) sendDigests(ctx context.Context, p Planner, tree *unit.Tree, open openMatters) error {
	recipients, err := waiting(ctx, s.DB)
	if err != nil {
		return err
	}
	var errs []error
	for _, to := range recipients { // who cannot be written to keeps nobody else from it
		err := s.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return s.digest(ctx, tx, p, tree, open, to) })
		if err != nil {
			errs = append(errs, fmt.Errorf("urging: digest: %w", err))
		}
	}
	return errors.Join(errs...)
}

// settled tells whether a notice needs not be told any more. A drafted letter waits until it has gone out, or was discarded.
func (s *Service) settled(ctx context.Context, tx *database.Tx, open openMatters, n told) (bool, error) {
	if n.Step != Draft {
		return open.settled(n.stepRow), nil
	}
	if n.MessageKey != "" {
		return false, nil
	}
	l, err := s.Letters.Load(ctx, tx, n.DraftID)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil && !unfinished(l), err
}

func (s *Service) digest(ctx context.Context, tx *database.Tx, p Planner, tree *unit.Tree, open openMatters, to string) error {
	all, err := noticesTo(ctx, tx, to)
	if err != nil {
		return err
	}
	var fresh, before []told
	for _, n := range all {
		n.About.V = open.about(n.stepRow)
		settled, err := s.settled(ctx, tx, open, n)
		if err != nil {
			return err
		}
		switch {
		case n.MessageKey == "" && settled:
			if err := dropNotice(ctx, tx, n.noticeRow); err != nil {
				return err
			}
		case n.MessageKey == "":
			fresh = append(fresh, n)
		case !settled && n.Step != Draft && n.Cause != ByHand:
			before = append(before, n)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	day := clock.DayOf(tx.Now().Time)
	if held, err := s.held(ctx, tx, to, day); err != nil || held {
		return err
	}
	key := fmt.Sprintf("urging.digest/%s/%s", to, day)
	mine, err := insertDigest(ctx, tx, to, day, key)
	if err != nil || !mine {
		return err // the next digest says it
	}
	w, err := s.writer(ctx, tx, p, tree, to, append(slices.Clone(fresh), before...))
	if err != nil {
		return err
	}
	lines := distinct(fresh)
	message := notify.Message{Key: key, To: w.person, Email: w.email, Lang: w.l.Code(), Template: "urging.mail.digest", Patient: true, Args: map[string]any{
		"Count": len(lines), "Name": w.name, "Lines": w.lines(lines), "Before": w.before(before, fresh), "Why": w.why(fresh),
	}}
	if err := s.Mail.Send(ctx, tx, message); fault.KindOf(err) == fault.Invalid {
		slog.WarnContext(ctx, "urging: somebody has no usable address", slog.String("recipient", to))
		key = unsendable
	} else if err != nil {
		return err
	}
	for _, n := range fresh {
		if err := tellNotice(ctx, tx, n.noticeRow, key); err != nil {
			return err
		}
	}
	return nil
}

// held tells whether a new digest has to wait for an earlier one: that was kept for the hours, or has to be tried again, or came
// on this day only.
func (s *Service) held(ctx context.Context, tx *database.Tx, to string, day clock.Day) (bool, error) {
	key, err := lastDigest(ctx, tx, to)
	if err != nil || key == "" {
		return false, err
	}
	outcomes, err := s.Mail.Outcomes(ctx, tx, key)
	last, known := outcomes[key]
	return known && (last.EndedAt.IsZero() || last.State.Gone() && clock.DayOf(last.EndedAt.Time) == day), err
}

// writer puts what is to be told into the words of its reader.
type writer struct {
	*Service
	planner  Planner
	tree     *unit.Tree
	l        *lang.Localizer
	now      clock.Time
	person   ident.ID
	email    string
	name     string
	letters  map[ident.ID]letter.Letter
	receiver map[ident.ID]ident.ID // by dispatch
	paper    map[ident.ID]ident.ID // the letter that this one brought, by dispatch
}

func (s *Service) writer(ctx context.Context, tx *database.Tx, p Planner, tree *unit.Tree, to string, notices []told) (writer, error) {
	w := writer{Service: s, planner: p, tree: tree, now: tx.Now(), receiver: map[ident.ID]ident.ID{}, paper: map[ident.ID]ident.ID{}}
	language := ""
	if id, ok := strings.CutPrefix(to, mailbox); ok {
		u, _ := tree.ByID(ident.ID(id))
		w.email, w.name = u.Email, u.Organ()
	} else {
		people, err := s.People.Contacts(ctx, tx, ident.ID(to))
		if err != nil {
			return w, err
		}
		for _, p := range people {
			w.person, w.email, w.name, language = p.ID, string(p.Email), p.Name, p.Lang
		}
	}
	w.l = lang.New(language)
	var ids []ident.ID
	for _, n := range notices {
		d, err := s.Cascade.Find(ctx, tx, n.DispatchID)
		if err != nil {
			return w, err
		}
		w.receiver[n.DispatchID], w.paper[n.DispatchID] = d.ReceiverID, d.PaperID()
		ids = append(ids, d.PaperID())
	}
	slices.Sort(ids)
	var err error
	w.letters, err = s.Letters.LoadAll(ctx, tx, slices.Compact(ids))
	return w, err
}

// lines lists what is new: by letter as the units have it, each unit with what it owes and the page where it is done. A drafted
// letter is one line, however many units it names.
func (w writer) lines(notices []told) string {
	var b strings.Builder
	var last ident.ID
	drafted := map[ident.ID]bool{}
	notices = slices.Clone(notices)
	slices.SortStableFunc(notices, func(a, b told) int {
		return cmp.Or(cmp.Compare(a.LetterID, b.LetterID), cmp.Compare(w.paper[a.DispatchID], w.paper[b.DispatchID]))
	})
	for _, n := range notices {
		if n.Step == Draft && drafted[n.DraftID] {
			continue
		}
		if paper := w.paper[n.DispatchID]; paper != last {
			if last = paper; b.Len() > 0 {
				b.WriteString("\n")
			}
			l := w.letters[paper]
			b.WriteString(w.l.T("urging.mail.letter", "Symbol", l.Symbol(), "About", letter.About(l.Fields.Subject)) + "\n")
		}
		if n.Step == Draft {
			drafted[n.DraftID] = true
			units := 0
			for _, o := range notices {
				if o.DraftID == n.DraftID {
					units++
				}
			}
			b.WriteString("- " + w.l.T("urging.mail.draft", "Count", units) + "\n  " + w.LetterPage(n.DraftID) + "\n")
			continue
		}
		text := w.owed(n)
		switch {
		case n.Step == Escalate && n.Cause.Inside():
			text = w.l.T("urging.mail.toGiver", "Text", text)
		case n.Step == Escalate:
			text = w.l.T("urging.mail.toLeader", "Text", text)
		}
		b.WriteString("- " + text + "\n  " + w.DispatchPage(n.DispatchID) + "\n")
	}
	return b.String()
}

// distinct leaves out further turns of a duty that went by: they are told in one line.
func distinct(notices []told) []told {
	type line struct {
		topic Key
		draft bool
	}
	seen := map[line]bool{}
	return slices.DeleteFunc(slices.Clone(notices), func(n told) bool {
		l := line{n.topic(), n.Step == Draft}
		again := n.Cause == MissedTurn && seen[l]
		seen[l] = true
		return again
	})
}

// owed says what a unit owes, or what somebody wrote to it.
func (w writer) owed(n told) string {
	u, _ := w.tree.ByID(w.receiver[n.DispatchID])
	if n.Cause == ByHand {
		return w.l.T("urging.mail.hand", "Unit", u.FullName, "Words", n.Words)
	}
	what := What(w.l, n.Cause, n.Number, n.About.V)
	midnight := n.Since.Add(-1) // a day that is over counts from the next one on
	switch {
	case n.Cause == MissedTurn:
		return w.l.T("urging.mail.missed", "Unit", u.FullName, "What", what)
	case n.Cause.Ahead() && w.now.Before(n.Since.Time):
		return w.l.T("urging.mail.ahead", "Unit", u.FullName, "What", what, "Count", workingDays(w.planner.Calendar, w.now, midnight))
	case n.Cause.Ahead():
		return w.l.T("urging.mail.past", "Unit", u.FullName, "What", what, "Count", workingDays(w.planner.Calendar, midnight, w.now))
	}
	return w.l.T("urging.mail.owed", "Unit", u.FullName, "What", what, "Count", workingDays(w.planner.Calendar, midnight, w.now))
}

// before lists what was told earlier and is still open, apart from what is told anew.
func (w writer) before(notices, fresh []told) string {
	seen := map[Key]bool{}
	for _, n := range fresh {
		seen[n.topic()] = true
	}
	var b strings.Builder
	for _, n := range notices {
		if seen[n.topic()] {
			continue
		}
		seen[n.topic()] = true
		u, _ := w.tree.ByID(w.receiver[n.DispatchID])
		b.WriteString("- " + w.l.T("urging.mail.before", "Symbol", w.letters[w.paper[n.DispatchID]].Symbol(), "Unit", u.FullName,
			"What", What(w.l, n.Cause, n.Number, n.About.V), "Date", w.l.Date(n.ToldAt)) + "\n")
	}
	if b.Len() == 0 {
		return ""
	}
	return w.l.T("urging.mail.still") + "\n" + b.String() + "\n"
}

// why says in which roles somebody is told, and where all that was sent is listed.
func (w writer) why(notices []told) string {
	var roles, pages []string
	for _, n := range notices {
		u, _ := w.tree.ByID(n.UnitID)
		if text := w.l.T("urging.role."+n.Role, "Unit", u.FullName); !slices.Contains(roles, text) {
			roles = append(roles, text)
		}
		if page := w.LogPage(n.LetterID); !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
	}
	return w.l.T("urging.mail.why", "Roles", strings.Join(roles, "; ")) + "\n" + strings.Join(pages, "\n")
}
