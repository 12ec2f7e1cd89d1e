package cascade

// A unit that works here can do, and show, every step with a letter. One that is reached over another document system works
// there: of it comes a status code and perhaps a letter, never a publicity record, a duty that is ticked off or figures. What
// can be expected of whom is said here alone; boards, reports and urging ask.

// Expects tells whether the receiver of a dispatch can be held to a step here. Of a unit outside these are the delivery
// (status 01), that it received the letter (03) and that it is done with it (06). That it assigned it (04) and began (05) is
// shown when it tells, but many systems tell neither.
func (d Dispatch) Expects(step Step) bool {
	switch step {
	case StepDeliver, StepReceive, StepFinish:
		return true
	case StepAssign, StepStart, StepPublicise, StepDuty:
	}
	return !d.Outside
}

// ExpectsRecords tells whether what the receiver does is recorded here: each duty by itself, publicity, reports with figures.
// Of one outside only the whole is known.
func (d Dispatch) ExpectsRecords() bool { return !d.Outside }

// DoneOf is how many of its duties a unit has done: one outside has done all of them when it says that it is done with the
// letter, which is all that it can say.
func (d Dispatch) DoneOf(done, duties int) int {
	if d.Outside && d.State == Completed {
		return duties
	}
	return done
}
