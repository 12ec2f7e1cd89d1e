package reporttest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"time"

	"sachhon/internal/cleanup"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

// Figures are figures that the rules accept: 12 people, 90 minutes, 12.5 kg of plastic and 40 kg of organic waste.
func Figures() report.Figures {
	return report.Figures{
		Participants: 12, Minutes: 90,
		Weights: waste.Weights{}.With(waste.Plastic, 12_500).With(waste.Organic, 40_000),
		Methods: waste.Methods{}.With(waste.Plastic, waste.Weighed).With(waste.Organic, waste.Estimated),
	}
}

// Photo returns a small JPEG; each seed is another picture.
func Photo(seed uint64) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for y := 0; y < 64; y += 8 {
		for x := 0; x < 96; x += 8 {
			c := color.RGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), 255}
			for i := range 64 {
				m.SetRGBA(x+i%8, y+i/8, c)
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// Draft writes the figures of a clean-up's report.
func (w *World) Draft(actor person.Actor, c cleanup.Cleanup, f report.Figures) report.Report {
	w.tb.Helper()
	ctx := w.tb.Context()
	v, err := w.Reports.Open(ctx, actor, report.OpenInput{Cleanup: c.ID})
	w.must(err)
	r, err := w.Reports.Save(ctx, actor, v.ID, Changes(f))
	w.must(err)
	return r
}

// Changes are the figures as inputs of a form.
func Changes(f report.Figures) report.Changes {
	return report.Changes{Participants: &f.Participants, Minutes: &f.Minutes, Weights: &f.Weights, Methods: &f.Methods}
}

// AddPhoto adds the picture of a seed.
func (w *World) AddPhoto(actor person.Actor, r report.Report, role report.Role, seed uint64) report.Photo {
	w.tb.Helper()
	p, err := w.Reports.AddPhoto(w.tb.Context(), actor, r.ID, report.PhotoInput{
		ID: w.IDs.New(), Role: role, FileName: "anh.jpg", Reader: bytes.NewReader(Photo(seed)),
	})
	w.must(err)
	return p
}

// Submitted sends in a report with two photos, an hour after the clean-up; the clock is set there unless it is later.
// The photos are those of the seed and the next one.
func (w *World) Submitted(actor person.Actor, c cleanup.Cleanup, f report.Figures, seed uint64) report.Report {
	w.tb.Helper()
	if at := c.EndsAt.Add(time.Hour); w.Clock.Now().Before(at.Time) {
		w.Clock.Set(at.Time)
	}
	r := w.Draft(actor, c, f)
	w.AddPhoto(actor, r, report.Before, seed)
	w.AddPhoto(actor, r, report.After, seed+1)
	r, err := w.Reports.Submit(w.tb.Context(), actor, report.SubmitInput{ID: w.IDs.New(), Report: r.ID})
	w.must(err)
	return r
}

// Decided makes a reviewer's decision.
func (w *World) Decided(reviewer person.Actor, r report.Report, v report.Verdict) report.Report {
	w.tb.Helper()
	r, err := w.Reports.Decide(w.tb.Context(), reviewer, report.DecideInput{
		ID: w.IDs.New(), Report: r.ID, Version: r.Version, Verdict: v, Reason: "Lý do để thử nghiệm",
	})
	w.must(err)
	return r
}
