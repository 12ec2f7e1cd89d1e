package evidence

import (
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/waste"
)

// Kind names a check.
type Kind string

// The checks, in the order in which their findings are shown.
const (
	SamePhoto    Kind = "same_photo"    // the very same file belongs to another report
	NearPhoto    Kind = "near_photo"    // a photo of another report looks almost the same
	PhotoTime    Kind = "photo_time"    // the camera's clock was outside the clean-up
	Rate         Kind = "rate"          // more per person and hour than is usual
	Hazardous    Kind = "hazardous"     // much hazardous waste
	OtherShare   Kind = "other_share"   // most of it is "other"
	RoundNumbers Kind = "round_numbers" // several weights are round
	SameFigures  Kind = "same_figures"  // an earlier report has the same figures
	Participants Kind = "participants"  // far from what was announced
	Attendance   Kind = "attendance"    // more than were counted when they came
)

// Level says how much a finding asks for.
type Level string

// The levels.
const (
	Ask    Level = "ask"    // worth a question
	Strong Level = "strong" // hardly explained without one
)

// Finding is one signal. Which of the fields are set depends on the kind.
type Finding struct {
	Kind  Kind
	Level Level

	Types []waste.Type // that the weight is of
	Grams int64        // the weight: per person and hour with Rate, otherwise in all
	Limit int64        // what it was held against, in grams
	Share int64        // percent

	Photo       ident.ID // of this report
	OtherPhoto  ident.ID
	OtherReport ident.ID
	Distance    int // in how many of 64 bits the pictures differ
	TakenAt     clock.Time

	Count    int64 // participants, or how many weights are round
	Expected int64 // announced, or counted
}

// Text says in the reader's language what was found and why it is asked.
func (f Finding) Text(l *lang.Localizer) string {
	names := make([]string, len(f.Types))
	for i, t := range f.Types {
		names[i] = l.T("waste." + string(t))
	}
	return l.T("evidence.finding."+string(f.Kind), "Types", strings.Join(names, ", "), "Weight", l.Weight(f.Grams),
		"Limit", l.Weight(f.Limit), "Share", f.Share, "Distance", f.Distance, "Taken", f.TakenAt, "Number", l.Number(f.Count),
		"Expected", l.Number(f.Expected))
}
