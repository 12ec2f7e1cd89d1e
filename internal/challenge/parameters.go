package challenge

import (
	"time"

	"sachhon/internal/fault"
)

// Parameters are the figures of a challenge's rules. They are data: another city announces other ones.
type Parameters struct {
	AnnounceAheadMinutes int `json:"announce_ahead_minutes"` // a clean-up is announced so long before it begins
	LongestCleanupHours  int `json:"longest_cleanup_hours"`  // a longer one is a slip of the pen
	ReportWithinHours    int `json:"report_within_hours"`    // after the end of the clean-up
	FixWithinHours       int `json:"fix_within_hours"`       // a report that was sent back

	PhotosBefore    int `json:"photos_before"` // at least
	PhotosAfter     int `json:"photos_after"`
	PhotosAtMost    int `json:"photos_at_most"`    // of one report
	GuardianUnder   int `json:"guardian_under"`    // years: younger ones need their guardian's consent
	ConsentFrom     int `json:"consent_from"`      // years: from here on the child consents too
	NameHiddenUnder int `json:"name_hidden_under"` // years: the name of anybody younger is shown nowhere

	MaxGramsPerType         int64 `json:"max_grams_per_type"`       // a larger figure is refused as a slip
	CarrierSlipAboveGrams   int64 `json:"carrier_slip_above_grams"` // more in all asks for the carrier's or landfill's slip
	HazardousNoteAboveGrams int64 `json:"hazardous_note_above_grams"`
}

// DefaultParameters are used where the published rules say nothing.
func DefaultParameters() Parameters {
	return Parameters{
		AnnounceAheadMinutes: 60, LongestCleanupHours: 24, ReportWithinHours: 72, FixWithinHours: 72,
		PhotosBefore: 1, PhotosAfter: 1, PhotosAtMost: 40,
		GuardianUnder: 16, ConsentFrom: 7, NameHiddenUnder: 18,
		MaxGramsPerType: 50_000_000, CarrierSlipAboveGrams: 1_000_000,
	}
}

// AnnounceAhead is how long before its beginning a clean-up must be announced.
func (p Parameters) AnnounceAhead() time.Duration {
	return time.Duration(p.AnnounceAheadMinutes) * time.Minute
}

// LongestCleanup is the longest time between a clean-up's beginning and end.
func (p Parameters) LongestCleanup() time.Duration {
	return time.Duration(p.LongestCleanupHours) * time.Hour
}

// ReportWithin is how long after the end of a clean-up its report may be sent.
func (p Parameters) ReportWithin() time.Duration {
	return time.Duration(p.ReportWithinHours) * time.Hour
}

// FixWithin is how long a team has to mend a report that was sent back.
func (p Parameters) FixWithin() time.Duration { return time.Duration(p.FixWithinHours) * time.Hour }

// NeedsCarrierSlip tells whether so much waste, all types together, asks for a carrier's or landfill's slip.
func (p Parameters) NeedsCarrierSlip(grams int64) bool { return grams > p.CarrierSlipAboveGrams }

// NeedsHazardousNote tells whether so much hazardous waste needs a hand-over note.
func (p Parameters) NeedsHazardousNote(grams int64) bool { return grams > p.HazardousNoteAboveGrams }

// check notes the figures that lie outside of what makes sense.
func (p Parameters) check(f *fault.Fields) {
	for _, figure := range []struct {
		name              string
		value, least, top int64
	}{
		{"announce_ahead_minutes", int64(p.AnnounceAheadMinutes), 0, 14 * 24 * 60},
		{"longest_cleanup_hours", int64(p.LongestCleanupHours), 1, 14 * 24},
		{"report_within_hours", int64(p.ReportWithinHours), 1, 90 * 24},
		{"fix_within_hours", int64(p.FixWithinHours), 1, 90 * 24},
		{"photos_before", int64(p.PhotosBefore), 0, 20},
		{"photos_after", int64(p.PhotosAfter), 0, 20},
		{"photos_at_most", int64(p.PhotosAtMost), 1, 200},
		{"guardian_under", int64(p.GuardianUnder), 0, 18},
		{"consent_from", int64(p.ConsentFrom), 0, 18},
		{"name_hidden_under", int64(p.NameHiddenUnder), 0, 18},
		{"max_grams_per_type", p.MaxGramsPerType, 1000, 100_000_000_000},
		{"carrier_slip_above_grams", p.CarrierSlipAboveGrams, 0, 100_000_000_000},
		{"hazardous_note_above_grams", p.HazardousNoteAboveGrams, 0, 100_000_000_000},
	} {
		if figure.value < figure.least || figure.value > figure.top {
			f.Add(figure.name, "challenge.fault.figure", "Least", figure.least, "Most", figure.top)
		}
	}
}
