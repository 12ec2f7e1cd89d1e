package app_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"
	"time"

	"sachhon/internal/cleanup"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/person"
	"sachhon/internal/report"
	"sachhon/internal/report/reporttest"
	"sachhon/internal/scoring/scoringtest"
)

// write is something done once per iteration; prepare makes what it needs, outside the time.
type write struct {
	name    string
	prepare func(b *testing.B, n int) any
	do      func(b *testing.B, prepared any)
	bare    func(b *testing.B, prepared any) // the same with one statement; nil when there is no such thing
}

func benchmarkWrite(b *testing.B, w write) {
	b.Helper()
	run := func(do func(b *testing.B, prepared any)) (b1 func(b *testing.B), took *time.Duration) {
		took = new(time.Duration)
		return func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				b.StopTimer()
				prepared := w.prepare(b, n)
				n++
				b.StartTimer()
				do(b, prepared)
			}
			*took = b.Elapsed() / time.Duration(b.N)
		}, took
	}
	app, took := run(w.do)
	if w.bare == nil {
		b.Run("write="+w.name+"/by=app", app)
		return
	}
	other, bare := run(w.bare)
	b.Run("write="+w.name+"/by=bare", other)
	b.Run("write="+w.name+"/by=app", func(b *testing.B) {
		app(b)
		if *bare > 0 {
			b.ReportMetric(float64(*took)/float64(*bare), "×bare")
		}
	})
}

func (c *contest) writes() []write {
	picture := twelveMegapixels()
	return []write{
		{
			name:    "report-draft",
			prepare: func(b *testing.B, n int) any { return c.passed(b, n) },
			do: func(b *testing.B, p any) {
				if _, err := c.Reports.Open(b.Context(), p.(passed).team, report.OpenInput{Cleanup: p.(passed).id}); err != nil {
					b.Fatal(err)
				}
			},
			bare: func(b *testing.B, p any) {
				if err := c.bareReport(b.Context(), c.IDs.New(), p.(passed).id, p.(passed).team.Represents[0]); err != nil {
					b.Fatal(err)
				}
			},
		},
		{
			name:    "report-whole",
			prepare: func(b *testing.B, n int) any { return c.passed(b, n) },
			do:      func(b *testing.B, p any) { c.whole(b, p.(passed)) },
		},
		{
			name: "photo-12MP",
			prepare: func(b *testing.B, n int) any {
				p := c.passed(b, n)
				v, err := c.Reports.Open(b.Context(), p.team, report.OpenInput{Cleanup: p.id})
				c.Must(err)
				// Other bytes behind the end of the picture make it another file.
				return upload{p.team, v.ID, binary.BigEndian.AppendUint64(bytes.Clone(picture), uint64(c.next()))}
			},
			do: func(b *testing.B, p any) {
				u := p.(upload)
				b.SetBytes(int64(len(u.file)))
				_, err := c.Reports.AddPhoto(b.Context(), u.team, u.report, report.PhotoInput{
					ID: c.IDs.New(), Role: report.After, FileName: "anh.jpg", Reader: bytes.NewReader(u.file),
				})
				if err != nil {
					b.Fatal(err)
				}
			},
		},
	}
}

// passed is a clean-up that is over and awaits its report, with who may write it.
type passed struct {
	id   ident.ID
	team person.Actor
}

type upload struct {
	team   person.Actor
	report ident.ID
	file   []byte
}

var made int

// next returns a number that was not there before.
func (*contest) next() int {
	made++
	return made
}

func (c *contest) passed(b *testing.B, n int) passed {
	b.Helper()
	entrant := scoringtest.ID(1, n%c.size)
	id := scoringtest.ID(6, c.next())
	c.world.Add(b, nil, []scoringtest.Cleanup{{ID: id, Entrant: entrant, State: cleanup.Announced, At: clock.Date(2024, time.June, 9, 7, 0)}})
	return passed{id, person.Actor{ID: scoringtest.ID(8, 1), Represents: []ident.ID{entrant}}}
}

// whole is a report as the page sends it: opened, filled in, two small photos, submitted.
func (c *contest) whole(b *testing.B, p passed) {
	b.Helper()
	ctx := b.Context()
	v, err := c.Reports.Open(ctx, p.team, report.OpenInput{Cleanup: p.id})
	c.Must(err)
	_, err = c.Reports.Save(ctx, p.team, v.ID, reporttest.Changes(reporttest.Figures()))
	c.Must(err)
	for _, role := range []report.Role{report.Before, report.After} {
		_, err = c.Reports.AddPhoto(ctx, p.team, v.ID, report.PhotoInput{
			ID: c.IDs.New(), Role: role, FileName: "anh.jpg", Reader: bytes.NewReader(reporttest.Photo(uint64(c.next()))),
		})
		c.Must(err)
	}
	_, err = c.Reports.Submit(ctx, p.team, report.SubmitInput{ID: c.IDs.New(), Report: v.ID})
	c.Must(err)
}

// twelveMegapixels is a JPEG of 4,000 × 3,000 with enough detail to weigh what a phone's photo weighs.
func twelveMegapixels() []byte {
	m := image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	for y := range 3000 {
		for x := range 4000 {
			wave := 60 * math.Sin(float64(x)/90) * math.Cos(float64(y)/70)
			v := uint8(130 + int(wave) + (x*7919+y*104729)%29)
			m.SetRGBA(x, y, color.RGBA{v, v + 20, v / 2, 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: 88}); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}
