package cascade

import (
	"cmp"
	"slices"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
)

// Duty is one thing that a letter asks of this receiver, and how far it is.
type Duty struct {
	DispatchID ident.ID
	Number     int
	From       int // the duty of the dispatch above of which this is a part, 0 when it is none
	Text       string
	Channels   []letter.Channel
	For        []string       // whom of the addressees it is for, as written
	Force      letter.Force   // with which verb it is asked
	Deadline   clock.Time     // the end of the day by which it is asked
	Within     *letter.Within // a deadline that is counted: Deadline is its end as soon as that is known
	Latest     clock.Time     // beside Within, a day that counting does not go beyond
	GivenAt    clock.Time     // when the unit was given it, which had the letter already; zero for what came with that
	Asked      clock.Time     // the day that it has above, when that was over then: Deadline is the end of the working day after
	Every      *letter.Recurrence
	Quota      *letter.Quota
	Proof      string // what is to be handed in
	DoneAt     clock.Time
	DoneBy     ident.ID
	Note       string

	Parts    []Part // of people of the unit; those of units below are duties of their dispatches
	Ticks    []Tick
	Files    []File   // that prove the duty, its parts and its ticks
	Shown    bool     // a record of publicity about it has a file
	Progress Progress // with everything below
}

// Done tells whether the unit said that the duty is done.
func (d Duty) Done() bool { return !d.DoneAt.IsZero() }

// Unproven tells whether the unit said that the duty is done and the proof that the letter asks for is still missing.
func (d Duty) Unproven() bool {
	return d.Done() && d.Proof != "" && len(d.Files) == 0 && !d.Shown
}

// FilesOf are the files that prove a part, or a tick, or with neither the duty itself.
func (d Duty) FilesOf(part, tick ident.ID) []File {
	var files []File
	for _, f := range d.Files {
		if f.Part == part && f.Tick == tick {
			files = append(files, f)
		}
	}
	return files
}

// dutyOf makes a duty of one that a letter names.
func dutyOf(dispatch ident.ID, d letter.Duty) Duty {
	out := Duty{
		DispatchID: dispatch, Number: d.Number, Text: d.Text, Channels: d.Channels, For: d.For, Force: d.Force,
		Within: d.Within, Every: d.Every, Quota: d.Quota, Proof: d.Proof,
	}
	if !d.Deadline.IsZero() {
		out.Deadline = endOfDay(d.Deadline)
	}
	return out
}

// endOfDay is when the day of a letter is over.
func endOfDay(d letter.Date) clock.Time { return clock.Day(d.String()).Next().Start() }

// times is how often the duty is to be done in each of its turns.
func (d Duty) times() int {
	if d.Every == nil {
		return 1
	}
	return max(1, d.Every.Times)
}

// quota is how many are asked for, 0 when no number is.
func (d Duty) quota() int {
	if d.Quota == nil {
		return 0
	}
	return d.Quota.Count
}

// DutyOn is the number of the duty that a record of publicity on the channel counts for: the first that names the channel and is
// not done, or the first that names it; 0 is the letter as a whole.
func DutyOn(duties []Duty, on letter.Channel) int {
	named := 0
	for _, d := range duties {
		if !slices.Contains(d.Channels, on) {
			continue
		}
		if !d.Done() {
			return d.Number
		}
		named = cmp.Or(named, d.Number)
	}
	return named
}

// Part is what one person of the unit does of a duty.
type Part struct {
	ID         ident.ID   `db:"id"`
	DispatchID ident.ID   `db:"dispatch_id"`
	Duty       int        `db:"duty_number"`
	Person     ident.ID   `db:"person_id"` // empty for somebody without an account
	Name       string     `db:"name"`
	Leads      bool       `db:"leads"` // the others cooperate
	Text       string     `db:"text"`  // what of it, empty for all
	Deadline   clock.Time `db:"deadline"`
	Quota      int        `db:"quota"` // 0 when no number is fixed
	DoneAt     clock.Time `db:"done_at"`
	DoneBy     ident.ID   `db:"done_by"`
	Note       string     `db:"note"`
	CreatedBy  ident.ID   `db:"created_by"`
	CreatedAt  clock.Time `db:"created_at"`
}

// Done tells whether the part was done.
func (p Part) Done() bool { return !p.DoneAt.IsZero() }

// Tick records that something was done for a duty.
type Tick struct {
	ID         ident.ID   `db:"id"`
	DispatchID ident.ID   `db:"dispatch_id"`
	Duty       int        `db:"duty_number"`
	Part       ident.ID   `db:"part_id"` // of which part, empty for the duty as a whole
	Period     string     `db:"period"`  // of a duty that recurs: "2024-W23"
	Count      int        `db:"count"`
	At         clock.Time `db:"at"`
	Note       string     `db:"note"`
	CreatedBy  ident.ID   `db:"created_by"`
	CreatedAt  clock.Time `db:"created_at"`
}

// measured tells whether something is counted of the duty while it is done.
func (d Duty) measured() bool { return d.Every != nil || d.Quota != nil }
