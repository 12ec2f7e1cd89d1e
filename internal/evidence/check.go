package evidence

import (
	"cmp"
	"slices"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/imaging"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

// Input is what the checks look at.
type Input struct {
	Report   report.Report
	Photos   []report.Photo
	StartsAt clock.Time // of the clean-up
	EndsAt   clock.Time
	Expected int64          // participants, as it was announced
	Came     int64          // as they were counted, 0 when they were not
	Others   []report.Photo // photos of other reports
	Earlier  []report.Report
}

// Check runs all checks. The figures are those the entrant sent in, whatever a reviewer made of them since.
func Check(in Input) []Finding {
	var found []Finding
	found = append(found, checkPhotos(in.Photos, in.Others)...)
	found = append(found, checkTimes(in.Photos, in.StartsAt, in.EndsAt)...)
	found = append(found, checkRates(in.Report.Figures)...)
	found = append(found, checkWeights(in.Report.Figures.Weights)...)
	found = append(found, checkEarlier(in.Report, in.Earlier)...)
	return append(found, checkParticipants(in.Report.Figures.Participants, in.Expected, in.Came)...)
}

// checkPhotos looks for each photo among those of other reports: the same bytes, or nearly the same picture. One
// finding for each photo and other report, the nearest.
func checkPhotos(photos, others []report.Photo) []Finding {
	var found []Finding
	for _, p := range photos {
		best := map[ident.ID]Finding{}
		for _, o := range others {
			f := Finding{Photo: p.ID, OtherPhoto: o.ID, OtherReport: o.Report}
			f.Distance = imaging.Hash64(p.Hash).Distance(imaging.Hash64(o.Hash))
			switch {
			case o.SHA256 == p.SHA256:
				f.Kind, f.Level, f.Distance = SamePhoto, Strong, 0
			case f.Distance <= imaging.NearDuplicate && p.Role != report.Slip && o.Role != report.Slip:
				f.Kind, f.Level = NearPhoto, Ask // slips of one carrier all look alike
			default:
				continue
			}
			if b, ok := best[o.Report]; !ok || f.nearer(b) {
				best[o.Report] = f
			}
		}
		for _, f := range best {
			found = append(found, f)
		}
	}
	slices.SortFunc(found, func(a, b Finding) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Distance, b.Distance),
			cmp.Compare(a.Photo, b.Photo), cmp.Compare(a.OtherReport, b.OtherReport))
	})
	return found
}

// nearer tells whether f says more about two reports than g.
func (f Finding) nearer(g Finding) bool {
	if f.Kind != g.Kind {
		return f.Kind == SamePhoto
	}
	return cmp.Or(cmp.Compare(f.Distance, g.Distance), cmp.Compare(f.OtherPhoto, g.OtherPhoto)) < 0
}

const (
	timeTolerance = time.Hour      // of a camera's clock, and for pictures on the way
	farOff        = 24 * time.Hour // another day
)

// checkTimes looks for photos that the camera says were taken outside the clean-up. A photo without a time says
// nothing: many phones and messengers drop it.
func checkTimes(photos []report.Photo, starts, ends clock.Time) []Finding {
	var found []Finding
	for _, p := range photos {
		if p.TakenAt.IsZero() || p.Role == report.Slip {
			continue
		}
		off := max(starts.Sub(p.TakenAt.Time), p.TakenAt.Sub(ends.Time))
		if off <= timeTolerance {
			continue
		}
		level := Ask
		if off > farOff {
			level = Strong
		}
		found = append(found, Finding{Kind: PhotoTime, Level: level, Photo: p.ID, TakenAt: p.TakenAt})
	}
	return found
}

// checkRates compares grams per person and hour with the bounds.
func checkRates(f report.Figures) []Finding {
	personMinutes := f.Participants * f.Minutes
	if personMinutes <= 0 {
		return nil
	}
	var found []Finding
	for _, b := range bounds {
		var grams int64
		var types []waste.Type
		for _, t := range b.types {
			if g := f.Weights.Of(t); g > 0 {
				grams += g
				types = append(types, t)
			}
		}
		rate := grams * 60 / personMinutes
		switch {
		case rate > b.strong:
			found = append(found, Finding{Kind: Rate, Level: Strong, Types: types, Grams: rate, Limit: b.strong})
		case rate > b.ask:
			found = append(found, Finding{Kind: Rate, Level: Ask, Types: types, Grams: rate, Limit: b.ask})
		}
	}
	return found
}

// checkWeights looks at the weights alone.
func checkWeights(w waste.Weights) []Finding {
	var found []Finding
	if g := w.Of(waste.Hazardous); g > hazardousAsk {
		found = append(found, Finding{Kind: Hazardous, Level: Ask, Types: []waste.Type{waste.Hazardous}, Grams: g, Limit: hazardousAsk})
	}
	if total := w.Total(); total > 0 && w.Of(waste.Other)*100 > otherShareAsk*total {
		found = append(found, Finding{
			Kind: OtherShare, Level: Ask, Types: []waste.Type{waste.Other},
			Grams: w.Of(waste.Other), Share: w.Of(waste.Other) * 100 / total,
		})
	}
	var round []waste.Type
	for _, t := range waste.Types() {
		if g := w.Of(t); g > 0 && g%roundStep == 0 {
			round = append(round, t)
		}
	}
	if len(round) >= roundAsk {
		found = append(found, Finding{Kind: RoundNumbers, Level: Ask, Types: round, Count: int64(len(round))})
	}
	return found
}

// checkEarlier looks for reports sent in before that state the same weights and participants. One weight alone is
// easily the same by chance in reports of different entrants.
func checkEarlier(r report.Report, earlier []report.Report) []Finding {
	weights := 0
	for _, g := range r.Figures.Weights {
		if g > 0 {
			weights++
		}
	}
	var found []Finding
	for _, e := range earlier {
		same := e.Figures.Weights == r.Figures.Weights && e.Figures.Participants == r.Figures.Participants
		if !same || weights == 0 || e.ID == r.ID || e.Entrant != r.Entrant && weights < 2 {
			continue
		}
		level := Ask
		if weights >= 3 {
			level = Strong
		}
		found = append(found, Finding{Kind: SameFigures, Level: level, OtherReport: e.ID, Grams: e.Figures.Weights.Total()})
	}
	return found
}

// checkParticipants compares with the attendance where it was taken, otherwise with what was announced; a few more or
// less than announced say nothing.
func checkParticipants(reported, expected, came int64) []Finding {
	if came > 0 {
		if reported <= came {
			return nil
		}
		return []Finding{{Kind: Attendance, Level: Ask, Count: reported, Expected: came}}
	}
	off := max(reported-expected, expected-reported)
	if expected <= 0 || off < 10 || reported <= 2*expected && 2*reported >= expected {
		return nil
	}
	return []Finding{{Kind: Participants, Level: Ask, Count: reported, Expected: expected}}
}
