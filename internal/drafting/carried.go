package drafting

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/unit"
)

// carried are the duties that the received letter asks of this unit, to be asked of those below it; what is asked of
// others by name is not carried over.
func (d *draft) carried() []letter.Duty {
	if d.On == nil {
		return nil
	}
	var out []letter.Duty
	for _, duty := range d.On.Fields.Duties {
		to, mine := d.concerns(duty)
		if !mine {
			continue
		}
		duty.Text, duty.From = spoken(oneLine(duty.Text), to), duty.Number
		d.earlier(&duty)
		duty.For, duty.Force = nil, force(d.To)
		if organ := d.On.Fields.Organ; organ != "" && strings.HasPrefix(duty.Text, "Báo cáo") {
			duty.Text = strings.ReplaceAll(duty.Text, organ, d.organ()) // each tier reports to the one above it
		}
		out = append(out, duty)
	}
	return out
}

// earlier asks those below to be done before the unit itself has to be, where the day stands in the words of the duty. A time that
// is counted has ended for them on a day that is known, once the letter has come: days counted anew would end after it.
func (d *draft) earlier(duty *letter.Duty) {
	if d.Earlier == nil || duty.Deadline.IsZero() {
		return
	}
	day := d.Earlier(duty.Deadline)
	if duty.Within != nil {
		if text := strings.Replace(duty.Text, duty.Within.Text, "chậm nhất ngày "+day.LongDate(), 1); text != duty.Text {
			duty.Text, duty.Deadline = lang.Capital(text), day
		}
		duty.Within = nil
		return
	}
	for _, form := range []func(letter.Date) string{
		letter.Date.LongDate, letter.Date.ShortDate, func(d letter.Date) string { return fmt.Sprintf("%02d/%02d/%d", d.Day, d.Month, d.Year) },
		func(d letter.Date) string { return fmt.Sprintf("%d/%d/%d", d.Day, d.Month, d.Year) },
	} {
		if text := moved(duty.Text, form(duty.Deadline), form(day)); text != duty.Text {
			duty.Text, duty.Deadline = text, day
			return
		}
	} // a day that the words do not say stays: they would say one and the record another
}

// reLimit is what stands before a day by which something is due.
var reLimit = regexp.MustCompile(`(?i)(trước|chậm nhất|muộn nhất|hạn|đến hết|xong)[^;.,]*$`)

// moved writes another day where a text says by when something is due, and nowhere else.
func moved(text, day, other string) string {
	for from := 0; ; {
		i := strings.Index(text[from:], day)
		if i < 0 {
			return text
		}
		i += from
		end := i + len(day)
		alone := (i == 0 || !isDigit(text[i-1])) && (end == len(text) || !isDigit(text[end]))
		if alone && reLimit.MatchString(text[:i]) {
			return text[:i] + other + text[end:]
		}
		from = end
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// spoken leaves out whom a duty was given to, "Ủy ban nhân dân các huyện, thị xã: chỉ đạo …", since the letter gives it to others.
func spoken(text string, to []string) string {
	for _, name := range to {
		if rest, ok := strings.CutPrefix(text, name); ok {
			if rest, ok = strings.CutPrefix(strings.TrimSpace(rest), ":"); ok {
				return lang.Capital(strings.TrimSpace(rest))
			}
		}
	}
	return text
}

// oneLine tidies a duty that was read as lines into one block. Whom it is for may stand on a line above the rest.
func oneLine(text string) string {
	if head, rest, ok := strings.Cut(text, "\n"); ok && !strings.ContainsAny(head[max(0, len(head)-1):], ".;:,") && !isListed(rest) {
		text = head + ": " + rest
	}
	return strings.Join(strings.Fields(text), " ")
}

// isListed tells whether a text begins with the sign of a list.
func isListed(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "-") }

// concerns tells whether a duty is for everybody, or for one of those whom it names, and whom of them the words need not name any
// more. Better carried over than lost: it is when who is meant is not known and may be one of those below. One who is not known stays
// named, so that whoever signs sees for whom it was meant; several ("các địa phương ven phá") are those below in other words.
func (d *draft) concerns(duty letter.Duty) (to []string, mine bool) {
	if len(duty.For) == 0 {
		return nil, true
	}
	for i, r := range letter.Resolve(d.Tree, d.writer(), duty.For, d.Said) {
		if !r.Known() && !r.Elsewhere(d.Tree, d.Unit.ID) || slices.ContainsFunc(r.All(d.Tree), func(u unit.Unit) bool { return u.ID == d.Unit.ID }) {
			mine = true
		}
		if name := duty.For[i]; r.Known() || strings.Contains(" "+strings.ToLower(name), " các ") {
			to = append(to, name)
		}
	}
	return to, mine
}

// writer is the unit that wrote the letter which is carried out: its issuer, or the organ of one that was read in here.
func (d *draft) writer() ident.ID {
	if d.On.State == letter.Registered {
		return d.On.IssuerID
	}
	u, _ := d.Tree.Organ(d.On.Fields.Organ)
	return u.ID
}
