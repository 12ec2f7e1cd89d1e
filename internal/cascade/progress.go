package cascade

import (
	"maps"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Progress is how far a duty is, with everything that people and units below did of it. It is computed, never stored.
type Progress struct {
	Complete  bool     // the unit said so
	Count     int      // what was counted, here and below
	Quota     int      // how much is asked for, 0 when no number is; of a duty that recurs, in each period
	Times     int      // how often it is to be done in each period, 0 for once, or when the number says it
	Recurs    bool     // so that it goes by its periods
	Parts     int      // of people and of units below
	PartsDone int      // of these
	Periods   []string // in which a recurring duty was done, in order
	Due       []Period // all periods so far
}

// Met counts the periods so far in which it was done.
func (p Progress) Met() int {
	n := 0
	for _, due := range p.Due {
		if due.Done {
			n++
		}
	}
	return n
}

// Percent is the share that is done, from 0 to 100; only what the unit declared done is 100.
func (p Progress) Percent() int {
	switch {
	case p.Complete:
		return 100
	case p.Quota > 0 && !p.Recurs:
		return min(99, p.Count*100/p.Quota)
	case len(p.Due) > 0:
		return min(99, p.Met()*100/len(p.Due))
	case p.Parts > 0:
		return min(99, p.PartsDone*100/p.Parts)
	}
	return 0
}

// dutyKey is one duty of one dispatch.
type dutyKey struct {
	dispatch ident.ID
	number   int
}

// forest is the duties of a letter's dispatches with what was done, ready to be added up.
type forest struct {
	now      clock.Time
	sent     map[ident.ID]Dispatch
	duties   map[dutyKey]Duty
	children map[dutyKey][]dutyKey // the duties below of which this one consists
	parts    map[dutyKey][]Part
	counts   map[dutyKey]int
	times    map[dutyKey]map[string]int // of these, in each period
	files    map[dutyKey][]File
	shown    map[dutyKey]bool      // by the file of a record of publicity
	turns    map[turnsKey][]Period // of duties that recur alike, since a letter has thousands of them
}

// turnsKey is what the periods of a duty follow from.
type turnsKey struct {
	period   string
	step     int
	weekdays int // those named, a bit each
	days     int // the same
	byDay    bool
	from     clock.Day
	until    clock.Time
}

func keyOfTurns(every *letter.Recurrence, from clock.Day, until clock.Time) turnsKey {
	k := turnsKey{period: every.Period, step: every.Step, byDay: every.Until, from: from, until: until}
	for _, day := range every.OnWeekdays() {
		k.weekdays |= 1 << day
	}
	for _, day := range every.OnDays() {
		k.days |= 1 << day
	}
	return k
}

func newForest(now clock.Time, dispatches []Dispatch, duties []Duty, parts []Part, ticks []tickSum, publicity []dutyRecord) *forest {
	f := &forest{
		now: now, sent: make(map[ident.ID]Dispatch, len(dispatches)), duties: make(map[dutyKey]Duty, len(duties)),
		children: map[dutyKey][]dutyKey{}, parts: map[dutyKey][]Part{}, counts: map[dutyKey]int{}, times: map[dutyKey]map[string]int{},
		files: map[dutyKey][]File{}, shown: map[dutyKey]bool{},
		turns: map[turnsKey][]Period{},
	}
	for _, d := range dispatches {
		f.sent[d.ID] = d
	}
	for _, d := range duties {
		key := dutyKey{d.DispatchID, d.Number}
		f.duties[key] = d
		sent := f.sent[d.DispatchID]
		if sent.Outside && sent.State == Completed && !d.Done() { // all that it can say
			d.DoneAt = sent.EndedAt
			f.duties[key] = d
		}
		above := dutyKey{sent.ParentID, d.From}
		if sent.ParentID == "" {
			above = dutyKey{"", d.Number} // as the letter has it
		}
		if above.number > 0 && sent.State.counts() {
			f.children[above] = append(f.children[above], key)
		}
	}
	for _, p := range parts {
		key := dutyKey{p.DispatchID, p.Duty}
		f.parts[key] = append(f.parts[key], p)
	}
	for _, t := range ticks {
		f.count(dutyKey{t.DispatchID, t.Duty}, t.Period, t.Count)
	}
	for _, p := range publicity { // a record of publicity is one of what the duty asks, in the period of its day
		key := dutyKey{p.DispatchID, p.Duty}
		f.count(key, PeriodOf(f.duties[key].Every, p.At), 1)
		f.shown[key] = f.shown[key] || p.Proof > 0
	}
	return f
}

// count takes in that something was done of a duty, in a period when it recurs.
func (f *forest) count(key dutyKey, period string, n int) {
	f.counts[key] += n
	if period == "" {
		return
	}
	if f.times[key] == nil {
		f.times[key] = map[string]int{}
	}
	f.times[key][period] += n
}

// proved takes in the files of the duties.
func (f *forest) proved(files []File) *forest {
	for _, one := range files {
		key := dutyKey{one.DispatchID, one.Duty}
		f.files[key] = append(f.files[key], one)
	}
	return f
}

// counts tells whether what the receiver does adds to the duty above: a letter refused or taken back does not.
func (s State) counts() bool { return s != Refused && s != Recalled && s != Replaced }

// progress adds up a duty. A duty has its part above only, so that nothing is counted twice.
func (f *forest) progress(key dutyKey) Progress {
	p := f.sum(key)
	p.Due = f.due(key)
	var each map[string]int
	switch {
	case p.Recurs && p.Quota > 0:
		each = f.inEach(key)
	case p.Times > 1:
		each = f.often(key)
	}
	for i := range p.Due {
		_, p.Due[i].Done = slices.BinarySearch(p.Periods, p.Due[i].Name)
		p.Due[i].Count = each[p.Due[i].Name]
	}
	return p
}

// inEach counts what was done of a duty in each period, here and below.
func (f *forest) inEach(key dutyKey) map[string]int {
	sum := map[string]int{}
	maps.Copy(sum, f.times[key])
	for _, child := range f.children[key] {
		for period, n := range f.inEach(child) {
			sum[f.turnAbove(key, child, period)] += n
		}
	}
	return sum
}

// reached are the periods in which the number was reached that a recurring duty asks for in each. The share of one outside,
// of whom no single time is known, is not missed.
func (f *forest) reached(key dutyKey) []string {
	need := f.duties[key].quota()
	for _, child := range f.children[key] {
		if !f.sent[child.dispatch].ExpectsRecords() {
			need -= f.duties[child].quota()
		}
	}
	var periods []string
	for period, n := range f.inEach(key) {
		if n >= max(1, need) {
			periods = append(periods, period)
		}
	}
	slices.Sort(periods)
	return periods
}

// turnAbove names the turn of a duty to which one of its part belongs.
func (f *forest) turnAbove(key, child dutyKey, name string) string {
	return turnAbove(f.duties[key].Every, f.duties[child].Every, name)
}

// often counts how often a duty was done in each period: by the unit itself, or as often as everybody below did. What one
// of these did makes up for no other.
func (f *forest) often(key dutyKey) map[string]int {
	sum := map[string]int{}
	maps.Copy(sum, f.times[key])
	var common map[string]int
	first := true
	for _, child := range f.children[key] {
		if !f.sent[child.dispatch].ExpectsRecords() {
			continue
		}
		below := map[string]int{}
		for period, n := range f.often(child) {
			below[f.turnAbove(key, child, period)] += n
		}
		if first {
			first, common = false, below
			continue
		}
		for period, n := range common {
			common[period] = min(n, below[period])
		}
	}
	for period, n := range common {
		sum[period] = max(sum[period], n)
	}
	return sum
}

// oftenEnough are the periods in which a duty was done as often as it asks for.
func (f *forest) oftenEnough(key dutyKey, times int) []string {
	var periods []string
	for period, n := range f.often(key) {
		if n >= times {
			periods = append(periods, period)
		}
	}
	slices.Sort(periods)
	return periods
}

// sum is what was done of a duty, here and below.
func (f *forest) sum(key dutyKey) Progress {
	duty := f.duties[key]
	p := Progress{
		Complete: duty.Done(), Count: f.counts[key], Quota: duty.quota(), Recurs: duty.Every != nil, Parts: len(f.parts[key]) + len(f.children[key]),
	}
	for _, part := range f.parts[key] {
		if part.Done() {
			p.PartsDone++
		}
	}
	periods := slices.Collect(maps.Keys(f.times[key]))
	var common []string
	first := true
	for _, child := range f.children[key] {
		below := f.sum(child)
		for i, period := range below.Periods {
			below.Periods[i] = f.turnAbove(key, child, period)
		}
		p.Count += below.Count
		if below.Complete {
			p.PartsDone++
		}
		if !f.sent[child.dispatch].ExpectsRecords() { // of one outside no single time is known
			continue
		}
		if first {
			first, common = false, below.Periods
			continue
		}
		common = slices.DeleteFunc(slices.Clone(common), func(s string) bool {
			_, ok := slices.BinarySearch(below.Periods, s)
			return !ok
		})
	}
	switch times := duty.times(); {
	case p.Recurs && p.Quota > 0:
		p.Periods = f.reached(key)
		return p
	case times > 1:
		p.Times, p.Periods = times, f.oftenEnough(key, times)
		return p
	}
	periods = append(periods, common...) // a period is done when the unit itself, or everybody below, did it
	slices.Sort(periods)
	p.Periods = slices.Compact(periods)
	return p
}

// due are the periods so far of a duty that recurs, from the arrival of the letter on, or since the unit was given it.
func (f *forest) due(key dutyKey) []Period {
	duty, from := f.duties[key], f.sent[key.dispatch].ArrivedAt
	if duty.GivenAt.After(from.Time) && !from.IsZero() {
		from = duty.GivenAt
	}
	if duty.Every == nil || from.IsZero() {
		return nil
	}
	until := f.now
	if !duty.Deadline.IsZero() && duty.Deadline.Before(until.Time) {
		until = duty.Deadline
	}
	if !from.Before(until.Time) {
		return nil
	}
	turns := keyOfTurns(duty.Every, clock.DayOf(from.Time), until)
	list, ok := f.turns[turns]
	if !ok {
		list = periodsOf(duty.Every, turns.from.Start(), until)
		f.turns[turns] = list
	}
	list = slices.Clone(list)
	for i := range list {
		if list[i].At.Before(from.Time) {
			list[i].At = from
		}
		if !duty.Deadline.IsZero() && duty.Deadline.Before(list[i].Over.Time) {
			list[i].Over = duty.Deadline
		}
	}
	return list
}
