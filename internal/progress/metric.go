package progress

import (
	"sachhon/internal/letter"
	"sachhon/internal/waste"
)

// Metric is one figure by name, for tables and for what differs.
type Metric struct {
	Key   string // of its name in the catalogue, below "progress.metric."
	Grams bool   // a weight
	Of    func(Counts) int64
}

// Metrics lists the figures that reports are compared by, in the order in which tables show them.
func Metrics() []Metric {
	metrics := []Metric{
		{Key: "progress.metric.publicised", Of: func(c Counts) int64 { return c.Publicised }},
		{Key: "progress.metric.dutiesDone", Of: func(c Counts) int64 { return c.DutiesDone }},
	}
	for _, channel := range letter.Channels() {
		metrics = append(metrics, Metric{
			Key: "letter.channel." + string(channel), Of: func(c Counts) int64 { return c.Channels.Of(channel).Times },
		})
	}
	metrics = append(metrics,
		Metric{Key: "progress.metric.reached", Of: func(c Counts) int64 { return c.Channels.Total().People }},
		Metric{Key: "progress.metric.collective", Of: func(c Counts) int64 { return c.Collective }},
		Metric{Key: "progress.metric.individual", Of: func(c Counts) int64 { return c.Individual }},
		Metric{Key: "progress.metric.cleanups", Of: func(c Counts) int64 { return c.Cleanups }},
		Metric{Key: "progress.metric.valid", Of: func(c Counts) int64 { return c.Valid }},
		Metric{Key: "progress.metric.people", Of: func(c Counts) int64 { return c.People }},
	)
	for _, t := range waste.Types() {
		metrics = append(metrics, Metric{Key: "waste." + string(t), Grams: true, Of: func(c Counts) int64 { return c.Waste.Of(t) }})
	}
	return append(metrics,
		Metric{Key: "progress.metric.outside", Of: func(c Counts) int64 { return c.Activities.Total().Records }},
		Metric{Key: "progress.metric.outsidePeople", Of: func(c Counts) int64 { return c.Activities.Total().People }},
		Metric{Key: "progress.metric.outsideGrams", Grams: true, Of: func(c Counts) int64 { return c.Activities.Total().Grams }},
	)
}

// Difference is a figure that a report says otherwise than the records.
type Difference struct {
	Metric
	Reported, Recorded int64
}

// Differences returns where the two differ.
func Differences(reported, recorded Counts) []Difference {
	var out []Difference
	for _, m := range Metrics() {
		if a, b := m.Of(reported), m.Of(recorded); a != b {
			out = append(out, Difference{m, a, b})
		}
	}
	return out
}
