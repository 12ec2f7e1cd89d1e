package letter

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tasks is a table of the body that says in each row what is to be done, by whom and until when.
type tasks struct {
	lines  Lines
	header []string // keys
	rows   [][]cell // the number first
}

var (
	reRowNumber = regexp.MustCompile(`^(\d{1,3})\.?$`)
	reRowGroup  = regexp.MustCompile(`^(?:[IVX]{1,5}|[A-Z])\.?$`) // of a row that is the title of those below
	reTaskHead  = regexp.MustCompile(`^(?:tên |các )?(?:nội dung|nhiệm vụ|công việc|đầu việc|hoạt động)`)
	reWhoHead   = regexp.MustCompile(`^(?:đơn vị|cơ quan|bộ phận|người|phòng|tổ chức)(?:\s|,).*(?:thực hiện|chủ trì|phụ trách|đầu mối)|^(?:chủ trì|phân công|thực hiện|phụ trách)$`)
	reTimeHead  = regexp.MustCompile(`^(?:thời gian|thời hạn|thời điểm|tiến độ|hạn|ngày)`)
	reBareDay   = regexp.MustCompile(`^(?:ngày\s+)?` + dateExpr)
)

// tasksIn finds the first table of tasks. A table whose rows run over several lines, as on the pages of a PDF, is left as text:
// its columns cannot be told apart.
func tasksIn(lines []line) (tasks, bool) {
	for i, l := range lines {
		header, ok := taskHeader(l)
		if !ok {
			continue
		}
		t := tasks{lines: Lines{l.no, l.no}, header: header}
	rows:
		for _, l := range lines[i+1:] {
			switch {
			case l.blank():
			case len(l.cells) >= 2 && reRowNumber.MatchString(l.cells[0].text):
				t.rows, t.lines[1] = append(t.rows, l.cells), l.no
			case len(l.cells) == 2 && reRowGroup.MatchString(l.cells[0].text):
				t.lines[1] = l.no
			case len(l.cells) >= 2:
				return tasks{}, false
			default:
				break rows
			}
		}
		if len(t.rows) > 0 {
			return t, true
		}
	}
	return tasks{}, false
}

// taskHeader returns the keys of the names of the columns: the number, what is to be done, and who does it or until when.
func taskHeader(l line) ([]string, bool) {
	if len(l.cells) < 3 {
		return nil, false
	}
	var keys []string
	for _, c := range l.cells {
		keys = append(keys, key(c.text))
	}
	first := strings.TrimRight(keys[0], ".")
	known := slices.ContainsFunc(keys[2:], func(k string) bool { return reWhoHead.MatchString(k) || reTimeHead.MatchString(k) })
	return keys, (first == "tt" || first == "stt" || first == "số tt") && reTaskHead.MatchString(keys[1]) && known
}

// without blanks the lines of the table, which are no paragraphs.
func (t tasks) without(lines []line) []line {
	out := slices.Clone(lines)
	for i, l := range out {
		if l.no >= t.lines[0] && l.no <= t.lines[1] {
			out[i] = line{no: l.no}
		}
	}
	return out
}

// readTasks reads a duty from each row.
func (rd *reader) readTasks() {
	lead := asking{}
	for _, p := range rd.body {
		if p.lines[0] < rd.tasks.lines[0] {
			lead = leadForce(p)
		}
	}
	number := 0
	for _, row := range rd.tasks.rows {
		if len(rd.out.Duties) == maxDuties {
			rd.warn("dutiesTooMany", "duties", rd.tasks.lines, "Limit", maxDuties)
			return
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(row[0].text, ".")); err == nil && n > number {
			number = n
		} else {
			number++
		}
		if len(row) > 1 {
			rd.out.Duties = append(rd.out.Duties, rd.task(number, row, lead))
		}
	}
}

// task reads one row. Cells that are empty are not in it, so that a column is known by its place only in a row that is whole.
func (rd *reader) task(number int, row []cell, lead asking) Field[Duty] {
	at, text := Lines{row[0].no, row[0].no}, row[1].text
	d := Duty{Number: number, Text: text}
	f := Field[Duty]{Lines: at}
	f.Parts = rd.detail(&d, at, lead)
	shown := rd.spansIn(row[1:2], text)
	whole := len(row) == len(rd.tasks.header)
	for i, c := range row[2:] {
		head := ""
		if whole {
			head = rd.tasks.header[i+2]
		}
		k := key(c.text)
		timed := head == "" || reTimeHead.MatchString(head)
		switch until, every, often, more := rd.when(c.text, k); {
		case until.written != "" && d.Deadline.IsZero() && d.Within == nil && timed:
			if d.Deadline, d.Within = until.day, until.within; d.Within != nil {
				f.put("within", rd.spansIn([]cell{c}, until.written))
				break
			}
			f.put("deadline", rd.spansIn([]cell{c}, until.written))
		case every != nil && d.Every == nil && timed:
			d.Every = every
			f.put("every", rd.spansIn([]cell{c}, often))
			if more != "" {
				rd.warn("dutyRecurrence", "duties", at, "Number", number, "Text", more)
			}
		case len(d.For) == 0 && (reWhoHead.MatchString(head) || head == "" && isWho(k)):
			d.For = splitWho(c.text)
			f.put("for", rd.spansIn([]cell{c}, c.text))
		default: // who helps, what comes of it, a time in words
			d.Text += "\n"
			if head != "" {
				d.Text += capitalise(head) + ": "
			}
			d.Text += c.text
			shown = append(shown, rd.spansIn([]cell{c}, c.text)...)
		}
	}
	f.Value, f.Spans = d, shown
	return f
}

// when reads the cell that says until when or how often, and what is said of that and not followed.
func (rd *reader) when(text, k string) (by until, every *Recurrence, often, more string) {
	if by = rd.deadline(text, k); by.written != "" {
		return by, nil, "", ""
	}
	if w := ParseWithin(text); w != nil {
		return until{within: w, written: w.Text}, nil, "", ""
	}
	if m := reBareDay.FindStringSubmatch(k); m != nil {
		year := 0
		if rd.out.Date != nil {
			year = rd.out.Date.Value.Year
		}
		if d, ok := dateFrom(m[1], m[2], m[3], year); ok && strings.TrimRight(k, " .;") == strings.TrimSpace(m[0]) {
			return until{day: d, written: m[0]}, nil, "", ""
		}
	}
	every, often, more, _ = recurrence(text, k)
	return until{}, every, often, more
}
