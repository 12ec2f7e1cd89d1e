package scoring

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"sachhon/internal/fault"
	"sachhon/internal/lang"
	"sachhon/internal/waste"
)

// Format is the version of the rules that Scheme describes; a document of another format is refused, since its
// figures would mean something else. Bonuses for hotspots and judges' marks are no part of format 1.
const Format = 1

// Scheme is a scoring scheme (thang điểm): the parameters of the formula in docs/scoring.md. It is kept as a JSON
// document, and a challenge may have several versions of it.
type Scheme struct {
	Format int `json:"format"`
	// Event is what one valid clean-up earns.
	Event Points `json:"event"`
	// Participant is what each participant earns, up to Participants of them per clean-up.
	Participant  Points `json:"participant"`
	Participants int64  `json:"participants"`
	// Waste holds the bands of every waste type.
	Waste map[waste.Type][]Band `json:"waste"`
	// Weighed is the addition, in percent, to the points of what was weighed rather than estimated.
	Weighed int64 `json:"weighed_percent"`
}

// Band is a stretch of weight within one report that is paid at one rate. Bands follow each other; the rates fall,
// so that the hundredth kilo of rubble is worth less than the first kilo of plastic.
type Band struct {
	// UpTo is where the band ends, in grams from zero; the last band has no end and leaves it out.
	UpTo int64 `json:"up_to_grams,omitempty"`
	// Rate is paid per kilogram.
	Rate Points `json:"per_kg"`
}

// The limits of a scheme. They keep every product and the sum of thousands of the heaviest reports within int64.
const (
	maxEvent        = 10_000 * Point
	maxParticipant  = 1_000 * Point
	maxParticipants = 100_000
	maxRate         = 1_000 * Point
	maxBands        = 10
	maxWeighed      = 100
	maxDocument     = 64 << 10
)

// DefaultScheme returns the scheme that a challenge starts with.
func DefaultScheme() Scheme {
	const kg = 1000
	return Scheme{
		Format:       Format,
		Event:        20 * Point,
		Participant:  1 * Point,
		Participants: 50,
		Waste: map[waste.Type][]Band{
			waste.Organic:      {{200 * kg, 200}, {1000 * kg, 50}, {0, 10}},
			waste.Plastic:      {{50 * kg, 10_000}, {200 * kg, 4_000}, {0, 1_000}},
			waste.Metal:        {{50 * kg, 5_000}, {200 * kg, 2_000}, {0, 500}},
			waste.Construction: {{200 * kg, 500}, {0, 50}},
			waste.Paper:        {{100 * kg, 4_000}, {500 * kg, 1_000}, {0, 250}},
			waste.Glass:        {{100 * kg, 4_000}, {500 * kg, 1_000}, {0, 250}},
			waste.Hazardous:    {{20 * kg, 20_000}, {100 * kg, 5_000}, {0, 1_000}},
			waste.Other:        {{200 * kg, 200}, {0, 20}},
		},
		Weighed: 10,
	}
}

// ParseScheme reads a scheme document and reports everything that is wrong with it at once.
func ParseScheme(document []byte) (Scheme, error) {
	if len(document) > maxDocument {
		return Scheme{}, fault.New(fault.TooLarge, "scoring.fault.tooLarge")
	}
	var s Scheme
	dec := json.NewDecoder(bytes.NewReader(document))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return Scheme{}, fault.New(fault.Invalid, "scoring.fault.notScheme").Because(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Scheme{}, fault.New(fault.Invalid, "scoring.fault.notScheme").
			Because(errors.New("scoring: something follows the scheme"))
	}
	return s, s.Validate()
}

// Document writes the scheme as JSON; equal schemes are equal bytes.
func (s Scheme) Document() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("scoring: scheme: %w", err)
	}
	return b, nil
}

// Validate reports everything that is wrong with the scheme.
func (s Scheme) Validate() error {
	var f fault.Fields
	if s.Format != Format {
		f.Add("format", "scoring.fault.format", "Format", Format)
	}
	within(&f, "event", int64(s.Event), int64(maxEvent))
	within(&f, "participant", int64(s.Participant), int64(maxParticipant))
	within(&f, "participants", s.Participants, maxParticipants)
	within(&f, "weighed_percent", s.Weighed, maxWeighed)
	for _, t := range waste.Types() {
		checkBands(&f, "waste."+string(t), s.Waste[t])
	}
	unknown := 0
	for t := range s.Waste {
		if !t.Valid() {
			unknown++
		}
	}
	if unknown > 0 { // one message, since a map has no order to list them in
		f.Add("waste", "scoring.fault.unknownType")
	}
	return f.Err()
}

func checkBands(f *fault.Fields, field string, bands []Band) {
	if len(bands) == 0 || len(bands) > maxBands {
		f.Add(field, "scoring.fault.bands", "Most", maxBands)
		return
	}
	last := len(bands) - 1
	for i, b := range bands {
		field := field + "." + strconv.Itoa(i)
		within(f, field+".per_kg", int64(b.Rate), int64(maxRate))
		if i > 0 && b.Rate > bands[i-1].Rate {
			f.Add(field+".per_kg", "scoring.fault.rising")
		}
		switch {
		case i == last && b.UpTo != 0:
			f.Add(field+".up_to_grams", "scoring.fault.lastBand")
		case i < last && (b.UpTo <= 0 || b.UpTo > lang.MaxWeight || i > 0 && b.UpTo <= bands[i-1].UpTo):
			f.Add(field+".up_to_grams", "scoring.fault.bandEnd")
		}
	}
}

func within(f *fault.Fields, field string, v, most int64) {
	if v < 0 || v > most {
		f.Add(field, "scoring.fault.range", "Most", most)
	}
}
