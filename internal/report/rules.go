package report

import (
	"time"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/fault"
	"sachhon/internal/waste"
)

// The limits of what is typed, beside those that are parameters of the challenge.
const (
	maxParticipants = 100_000
	maxNote         = 4000 // characters
	maxFileName     = 200
	minReason       = 10
	maxReason       = 2000
)

// Rules are what a challenge asks of the report of one clean-up.
type Rules struct {
	Parameters      challenge.Parameters
	MinParticipants int64      // of the entrant's division
	From            clock.Time // the end of the clean-up: nothing is sent in earlier
	Due             clock.Time // the first moment that is too late for sending in
}

// Check notes everything that keeps the report from being sent in now, each fault at the input it belongs to:
// participants, minutes, weights, weight.<type>, method.<type>, note, hazardous_note, photos, photos.before,
// photos.after, photos.slip, and due for the dates.
func (ru Rules) Check(r Report, photos []Photo, missing []Expected, now clock.Time) fault.Fields {
	var f fault.Fields
	ru.checkDates(&f, r, now)
	ru.checkFigures(&f, r.Figures)
	checkMethods(&f, r.Figures)
	if r.Figures.Participants < ru.MinParticipants {
		f.Add("participants", "report.fault.tooFewParticipants", "Least", ru.MinParticipants)
	}
	if r.Figures.Minutes == 0 {
		f.Add("minutes", "report.fault.noDuration")
	}
	if r.Figures.Weights.Total() == 0 {
		f.Add("weights", "report.fault.noWeight")
	}
	if ru.Parameters.NeedsHazardousNote(r.Figures.Weights.Of(waste.Hazardous)) && r.HazardousNote == "" {
		f.Add("hazardous_note", "report.fault.noHazardousNote")
	}
	ru.checkPhotos(&f, r, photos, missing)
	return f
}

// checkDates: a first version has the challenge's deadline, a mended one the reviewer's.
func (ru Rules) checkDates(f *fault.Fields, r Report, now clock.Time) {
	due := ru.Due
	if r.State == SentBack {
		due = r.Deadline
	}
	switch {
	case now.Before(ru.From.Time):
		f.Add("due", "report.fault.notEnded", "At", ru.From)
	case !now.Before(due.Time):
		f.Add("due", "report.fault.tooLate", "At", due)
	}
}

// checkFigures notes figures that cannot be, in a draft too. A zero only says that nobody has filled it in yet.
func (ru Rules) checkFigures(f *fault.Fields, fig Figures) {
	if fig.Participants < 0 || fig.Participants > maxParticipants {
		f.Add("participants", "report.fault.participants", "Most", maxParticipants)
	}
	longest := int64(ru.Parameters.LongestCleanup() / time.Minute)
	if fig.Minutes < 0 || fig.Minutes > longest {
		f.Add("minutes", "report.fault.minutes", "Most", longest/60)
	}
	for i, t := range waste.Types() {
		grams, method := fig.Weights[i], fig.Methods[i]
		switch {
		case grams < 0:
			f.Add("weight."+string(t), "report.fault.weightNegative")
		case grams > ru.Parameters.MaxGramsPerType:
			f.Add("weight."+string(t), "report.fault.weightTooLarge", "Most", ru.Parameters.MaxGramsPerType/1000)
		case method != "" && !method.Valid():
			f.Add("method."+string(t), "report.fault.method")
		}
	}
}

// checkMethods notes the weights of which nobody said how they are known.
func checkMethods(f *fault.Fields, fig Figures) {
	for i, t := range waste.Types() {
		if fig.Weights[i] > 0 && fig.Methods[i] == "" {
			f.Add("method."+string(t), "report.fault.noMethod")
		}
	}
}

func (ru Rules) checkPhotos(f *fault.Fields, r Report, photos []Photo, missing []Expected) {
	count := map[Role]int{}
	for _, p := range photos {
		count[p.Role]++
	}
	if least := ru.Parameters.PhotosBefore; count[Before] < least {
		f.Add("photos.before", "report.fault.noPhotoBefore", "Count", least)
	}
	if least := ru.Parameters.PhotosAfter; count[After] < least {
		f.Add("photos.after", "report.fault.noPhotoAfter", "Count", least)
	}
	if ru.Parameters.NeedsCarrierSlip(r.Figures.Weights.Total()) && count[Slip] == 0 {
		f.Add("photos.slip", "report.fault.noSlip", "Above", ru.Parameters.CarrierSlipAboveGrams/1000)
	}
	if len(missing) > 0 {
		f.Add("photos", "report.fault.photosMissing", "Count", len(missing))
	}
}
