package office

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
)

// maxFormBlocks is how many blocks a posted form may have: as many as a letter and its appendices.
const maxFormBlocks = 11_000

// at is the name of an input of the block at i.
func at(i int, part string) string { return fmt.Sprintf("b.%d.%s", i, part) }

// fill puts a document into the inputs of the editor.
func fill(doc letter.Document, version int64) url.Values {
	v := url.Values{
		"version": {strconv.FormatInt(version, 10)},
		"type":    {doc.Type}, "urgency": {doc.Urgency}, "deliverBy": {form.MomentInput(doc.DeliverBy)}, "superior": {doc.Superior}, "organ": {doc.Organ}, "notation": {doc.Notation},
		"place": {doc.Place}, "subject": {doc.Subject}, "addressees": {strings.Join(doc.Addressees, "\n")},
		"recipients": {strings.Join(doc.Recipients, "\n")}, "capacity": {strings.Join(doc.Signer.Capacity, "\n")},
		"position": {doc.Signer.Position}, "name": {doc.Signer.Name}, "contact": {doc.Contact}, "drafter": {doc.Drafter},
		"copies": {form.CountInput(int64(doc.Copies))},
	}
	fillBlocks(v, listed(doc))
	return v
}

func fillBlocks(v url.Values, blocks []letter.Block) {
	v.Set("n", strconv.Itoa(len(blocks)))
	for i, b := range blocks {
		v.Set(at(i, "kind"), string(b.Kind))
		v.Set(at(i, "text"), b.Text)
		if d := b.Duty; d != nil {
			v.Set(at(i, "for"), strings.Join(d.For, "\n"))
			v.Set(at(i, "force"), string(d.Force))
			v.Set(at(i, "deadline"), d.Deadline.String())
			v.Set(at(i, "proof"), d.Proof)
			if d.From > 0 {
				v.Set(at(i, "from"), strconv.Itoa(d.From))
			}
			if d.Within != nil {
				v.Set(at(i, "within"), d.Within.Text)
			}
			if d.Every != nil {
				v.Set(at(i, "every"), d.Every.Text)
				v.Set(at(i, "period"), d.Every.Period)
			}
			if d.Quota != nil {
				v.Set(at(i, "count"), strconv.Itoa(d.Quota.Count))
				v.Set(at(i, "of"), d.Quota.Of)
				if d.Quota.AtLeast {
					v.Set(at(i, "least"), "on")
				}
			}
			for _, c := range d.Channels {
				v.Add(at(i, "channels"), string(c))
			}
		}
		if t := b.Table; t != nil {
			v.Set(at(i, "table"), tableText(*t))
			if t.Total != nil {
				v.Set(at(i, "total"), "on")
			}
		}
	}
}

// tableText writes a table for an input: a line a row, cells parted by "|".
func tableText(t letter.Table) string {
	lines := []string{}
	for _, row := range t.All() {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = strings.ReplaceAll(c, "|", "/")
		}
		lines = append(lines, strings.Join(cells, " | "))
	}
	return strings.Join(lines, "\n")
}

// tableOf reads what tableText wrote. Short rows are filled up; a long one makes the table unfit, which the service says.
func tableOf(text string, total bool) *letter.Table {
	var rows [][]string
	for line := range strings.SplitSeq(lang.CleanLines(text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = lang.Clean(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) == 0 {
		return nil
	}
	t := &letter.Table{Head: rows[0], Rows: [][]string{}, Figure: make([]bool, len(rows[0]))}
	for _, r := range rows[1:] {
		for len(r) < len(t.Head) {
			r = append(r, "")
		}
		t.Rows = append(t.Rows, r)
	}
	for i := range t.Head {
		t.Figure[i] = len(t.Rows) > 0 && !slices.ContainsFunc(t.Rows, func(r []string) bool { return i < len(r) && !isFigure(r[i]) })
	}
	if n := len(t.Rows); total && n > 0 {
		t.Total, t.Rows = t.Rows[n-1], t.Rows[:n-1]
	}
	return t
}

// isFigure tells whether a cell holds a number as Vietnamese write it, or nothing.
func isFigure(s string) bool {
	return strings.Trim(s, "0123456789.,%-– ") == ""
}

// readDocument makes a document of what was posted. What the editor has no inputs for (form, number, date, the parts of a
// recurrence) is taken from the document that is stored.
func readDocument(f *form.Form, stored letter.Document) letter.Document {
	doc := letter.Document{
		Type: f.Text("type"), Urgency: f.Text("urgency"), DeliverBy: f.Moment("deliverBy"), Superior: f.Text("superior"), Organ: f.Text("organ"), Notation: f.Text("notation"),
		Place: f.Text("place"), Subject: lang.Clean(f.Lines("subject")), Addressees: lines(f, "addressees"), Recipients: lines(f, "recipients"),
		Signer:  letter.Signer{Capacity: lines(f, "capacity"), Position: f.Text("position"), Name: f.Text("name")},
		Contact: f.Text("contact"), Drafter: f.Text("drafter"), Copies: f.Int("copies"),
		Form: stored.Form, Number: stored.Number, Joint: stored.Joint, Date: stored.Date, Secretary: stored.Secretary,
	}
	f.Alias("signer.name", "name")
	f.Alias("signer.position", "position")
	doc.Blocks, doc.Appendices = parted(readBlocks(f, stored))
	doc.Appendices = slices.DeleteFunc(doc.Appendices, isEmpty)
	return doc
}

// readBlocks are the blocks of the form in one list, those of appendices below their titles.
func readBlocks(f *form.Form, stored letter.Document) []letter.Block {
	var list []letter.Block
	for i := range min(f.Int("n"), maxFormBlocks) {
		list = append(list, readBlock(f, i, stored))
	}
	aliases(f, list)
	return list
}

func readBlock(f *form.Form, i int, stored letter.Document) letter.Block {
	b := letter.Block{Kind: letter.BlockKind(f.Text(at(i, "kind"))), Text: lang.Clean(f.Lines(at(i, "text")))}
	switch b.Kind {
	case letter.DutyBlock:
		b.Duty = readDuty(f, i)
	case letter.TableBlock:
		b.Table = tableOf(f.Value(at(i, "table")), f.Checked(at(i, "total")))
	case letter.BasisBlock, letter.ParagraphBlock, letter.SectionBlock, letter.ItemBlock, letter.BulletBlock, letter.ArticleBlock:
	}
	return b
}

func readDuty(f *form.Form, i int) *letter.Duty {
	d := &letter.Duty{
		For: lines(f, at(i, "for")), Force: letter.Force(f.Text(at(i, "force"))), Proof: f.Text(at(i, "proof")), Channels: []letter.Channel{},
		From: f.Int(at(i, "from")),
	}
	if len(d.For) == 0 {
		d.For = nil
	}
	day, err := letter.ParseDate(string(f.Day(at(i, "deadline"))))
	if err != nil {
		f.Add(at(i, "deadline"), "letter.fault.date")
	}
	d.Deadline = day
	if text := f.Text(at(i, "within")); text != "" {
		if d.Within = letter.ParseWithin(text); d.Within == nil {
			d.Within = &letter.Within{Text: text} // as it was typed; the service refuses it
		}
	}
	if text := f.Text(at(i, "every")); text != "" {
		d.Every = &letter.Recurrence{}
		period := f.Text(at(i, "period"))
		if said := letter.ParseRecurrence(text); said != nil && (period == "" || period == said.Period) { // with its weekday
			d.Every = said
		} else {
			d.Every.Period = period
		}
		d.Every.Text = text
	}
	if n := f.Int(at(i, "count")); n > 0 {
		d.Quota = &letter.Quota{Count: n, Of: f.Text(at(i, "of")), AtLeast: f.Checked(at(i, "least"))}
	}
	for _, c := range f.Values(at(i, "channels")) {
		if channel := letter.Channel(c); channel.Valid() && !slices.Contains(d.Channels, channel) {
			d.Channels = append(d.Channels, channel)
		}
	}
	return d
}

// lines are the lines of an input that hold something.
func lines(f *form.Form, name string) []string {
	out := []string{}
	for line := range strings.SplitSeq(f.Lines(name), "\n") {
		line = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(line, "-•– "), " ;"))
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// rearrange carries out what a button of a block asks: "up.3", "down.3", "remove.3", "add.duty.3" (after 3; at the end
// without a place), "add.appendix". An appendix moves and goes as a whole. It tells whether the button was one of these, and which block to look at next.
func rearrange(blocks []letter.Block, act string) (out []letter.Block, look int, ok bool) {
	parts := strings.Split(act, ".")
	place := func(s string) (int, bool) {
		i, err := strconv.Atoi(s)
		return i, err == nil && i >= 0 && i < len(blocks)
	}
	out = slices.Clone(blocks)
	switch {
	case len(parts) == 2 && parts[0] == "up":
		if i, ok := place(parts[1]); ok && out[i].Kind == appendixBlock {
			out, look = moveAppendix(out, i)
			return out, look, true
		}
		if i, ok := place(parts[1]); ok && i > 0 {
			out[i], out[i-1] = out[i-1], out[i]
			return out, i - 1, true
		}
		return out, 0, true
	case len(parts) == 2 && parts[0] == "down":
		if i, ok := place(parts[1]); ok && out[i].Kind == appendixBlock {
			if next := nextAppendix(out, i); next >= 0 {
				out, look = moveAppendix(out, next)
				_, to := span(out, look)
				return out, to, true
			}
			return out, i, true
		}
		if i, ok := place(parts[1]); ok && i+1 < len(out) {
			out[i], out[i+1] = out[i+1], out[i]
			return out, i + 1, true
		}
		return out, max(0, len(out)-1), true
	case len(parts) == 2 && parts[0] == "remove":
		if i, ok := place(parts[1]); ok {
			to := i + 1
			if out[i].Kind == appendixBlock { // with all that stands in it
				_, to = span(out, i)
			}
			return slices.Delete(out, i, to), max(0, i-1), true
		}
		return out, 0, true
	case act == "add."+string(appendixBlock): // at the end, with room to write
		return append(out, letter.Block{Kind: appendixBlock}, letter.Block{Kind: letter.ParagraphBlock}), len(out), true
	case len(parts) == 3 && parts[0] == "add" && slices.Contains(letter.BlockKinds(), letter.BlockKind(parts[1])):
		i, found := place(parts[2])
		if !found {
			i = len(out) - 1
		}
		b := letter.Block{Kind: letter.BlockKind(parts[1])}
		if b.Kind == letter.DutyBlock {
			b.Duty = &letter.Duty{}
		}
		return slices.Insert(out, i+1, b), i + 1, true
	}
	return blocks, 0, false
}
