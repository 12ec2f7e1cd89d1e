package evidence

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/report"
	"sachhon/internal/waste"
)

var (
	starts = clock.Date(2024, time.June, 9, 7, 0)
	ends   = clock.Date(2024, time.June, 9, 9, 0)
)

func kg(t waste.Type, kilos int64) waste.Weights { return waste.Weights{}.With(t, kilos*1000) }

func figures(participants, minutes int64, weights waste.Weights) report.Figures {
	return report.Figures{Participants: participants, Minutes: minutes, Weights: weights}
}

// plain is a report that no check minds: 20 people, two hours, 40 kg of plastic.
func plain() Input {
	return Input{
		Report:   report.Report{ID: "r", Entrant: "e", Figures: figures(20, 120, kg(waste.Plastic, 40))},
		Photos:   []report.Photo{{ID: "p", Report: "r", Role: report.Before, SHA256: "aa", Hash: 0, TakenAt: starts}},
		StartsAt: starts, EndsAt: ends, Expected: 20,
	}
}

func TestChecks(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Input)
		want   []Finding
	}{
		"nothing to ask": {func(*Input) {}, nil},
		"the same file elsewhere": {
			func(in *Input) { in.Others = []report.Photo{{ID: "q", Report: "s", SHA256: "aa"}} },
			[]Finding{{Kind: SamePhoto, Level: Strong, Photo: "p", OtherPhoto: "q", OtherReport: "s"}},
		},
		"the same file beats a similar one of the same report": {
			func(in *Input) {
				in.Others = []report.Photo{{ID: "a", Report: "s", SHA256: "bb"}, {ID: "q", Report: "s", SHA256: "aa"}}
			},
			[]Finding{{Kind: SamePhoto, Level: Strong, Photo: "p", OtherPhoto: "q", OtherReport: "s"}},
		},
		"eight bits apart": {
			func(in *Input) { in.Others = []report.Photo{{ID: "q", Report: "s", SHA256: "bb", Hash: 0xff}} },
			[]Finding{{Kind: NearPhoto, Level: Ask, Photo: "p", OtherPhoto: "q", OtherReport: "s", Distance: 8}},
		},
		"nine bits apart": {
			func(in *Input) { in.Others = []report.Photo{{ID: "q", Report: "s", SHA256: "bb", Hash: 0x1ff}} }, nil,
		},
		"slips look alike": {
			func(in *Input) {
				in.Others = []report.Photo{{ID: "q", Report: "s", SHA256: "bb", Role: report.Slip}}
			}, nil,
		},
		"an hour early is on the way": {func(in *Input) { in.Photos[0].TakenAt = starts.Add(-time.Hour) }, nil},
		"two hours late": {
			func(in *Input) { in.Photos[0].TakenAt = ends.Add(2 * time.Hour) },
			[]Finding{{Kind: PhotoTime, Level: Ask, Photo: "p", TakenAt: ends.Add(2 * time.Hour)}},
		},
		"another day": {
			func(in *Input) { in.Photos[0].TakenAt = starts.Add(-25 * time.Hour) },
			[]Finding{{Kind: PhotoTime, Level: Strong, Photo: "p", TakenAt: starts.Add(-25 * time.Hour)}},
		},
		"the camera has no clock": {func(in *Input) { in.Photos[0].TakenAt = clock.Time{} }, nil},
		"six kilos of litter an hour": {
			func(in *Input) { in.Report.Figures = figures(10, 60, kg(waste.Glass, 60)) }, nil,
		},
		"more than six, of two types together": {
			func(in *Input) {
				in.Expected = 10
				in.Report.Figures = figures(10, 60, kg(waste.Glass, 31).With(waste.Plastic, 30_000))
			},
			[]Finding{{Kind: Rate, Level: Ask, Types: []waste.Type{waste.Plastic, waste.Glass}, Grams: 6100, Limit: 6000}},
		},
		"three hundred kilos of rubble an hour each": {
			func(in *Input) { in.Report.Figures = figures(20, 30, kg(waste.Construction, 3001)) },
			[]Finding{{Kind: Rate, Level: Strong, Types: []waste.Type{waste.Construction}, Grams: 300_100, Limit: 200_000}},
		},
		"no duration yet": {func(in *Input) { in.Report.Figures = figures(20, 0, kg(waste.Construction, 9001)) }, nil},
		"hazardous": {
			func(in *Input) { in.Report.Figures.Weights = kg(waste.Hazardous, 21) },
			[]Finding{{Kind: Hazardous, Level: Ask, Types: []waste.Type{waste.Hazardous}, Grams: 21_000, Limit: 20_000}},
		},
		"mostly other": {
			func(in *Input) { in.Report.Figures.Weights = kg(waste.Other, 61).With(waste.Organic, 39_000) },
			[]Finding{{Kind: OtherShare, Level: Ask, Types: []waste.Type{waste.Other}, Grams: 61_000, Share: 61}},
		},
		"three round weights": {
			func(in *Input) {
				in.Report.Figures.Weights = kg(waste.Organic, 100).With(waste.Construction, 200_000).With(waste.Other, 300_000)
			},
			[]Finding{{Kind: RoundNumbers, Level: Ask, Types: []waste.Type{waste.Organic, waste.Construction, waste.Other}, Count: 3}},
		},
		"the same as one's own earlier report": {
			func(in *Input) {
				in.Earlier = []report.Report{{ID: "s", Entrant: "e", Figures: figures(20, 90, kg(waste.Plastic, 40))}}
			},
			[]Finding{{Kind: SameFigures, Level: Ask, OtherReport: "s", Grams: 40_000}},
		},
		"one weight is the same as somebody else's by chance": {
			func(in *Input) {
				in.Earlier = []report.Report{{ID: "s", Entrant: "f", Figures: figures(20, 90, kg(waste.Plastic, 40))}}
			}, nil,
		},
		"many more than announced": {
			func(in *Input) { in.Expected = 9 },
			[]Finding{{Kind: Participants, Level: Ask, Count: 20, Expected: 9}},
		},
		"many fewer than announced": {
			func(in *Input) { in.Expected = 41 },
			[]Finding{{Kind: Participants, Level: Ask, Count: 20, Expected: 41}},
		},
		"as many as were counted": {func(in *Input) { in.Expected, in.Came = 9, 20 }, nil},
		"more than were counted": {
			func(in *Input) { in.Came = 19 },
			[]Finding{{Kind: Attendance, Level: Ask, Count: 20, Expected: 19}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := plain()
			test.change(&in)
			if d := cmp.Diff(test.want, Check(in)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

func TestEveryFindingIsExplained(t *testing.T) {
	for _, code := range lang.Languages {
		l := lang.New(code)
		for _, kind := range []Kind{SamePhoto, NearPhoto, PhotoTime, Rate, Hazardous, OtherShare, RoundNumbers, SameFigures, Participants, Attendance} {
			text := Finding{Kind: kind, Types: []waste.Type{waste.Glass}, Grams: 1500, TakenAt: starts}.Text(l)
			if text == "" || strings.ContainsAny(text, "⟦{") || strings.Contains(text, "UTC") {
				t.Errorf("%s in %s: %q", kind, code, text)
			}
		}
	}
}

// Comparing photos is the same whatever order the database returns them in.
func TestOrderOfPhotosDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		photo := rapid.Custom(func(t *rapid.T) report.Photo {
			return report.Photo{
				ID:     ident.ID(rapid.StringMatching(`[a-z]{6}`).Draw(t, "id")),
				Report: ident.ID(rapid.SampledFrom([]string{"r", "s", "t"}).Draw(t, "report")),
				SHA256: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "sha"),
				Hash:   rapid.SampledFrom([]uint64{0, 1, 0xff, 0xffff}).Draw(t, "hash"),
			}
		})
		mine := rapid.SliceOfNDistinct(photo, 0, 4, func(p report.Photo) ident.ID { return p.ID }).Draw(t, "mine")
		others := rapid.SliceOfNDistinct(photo, 0, 6, func(p report.Photo) ident.ID { return p.ID }).Draw(t, "others")
		want := checkPhotos(mine, others)
		for _, f := range want {
			if f.Kind == NearPhoto && f.Distance > 8 {
				t.Fatalf("%d bits are not near", f.Distance)
			}
		}
		got := checkPhotos(rapid.Permutation(mine).Draw(t, "mine'"), rapid.Permutation(others).Draw(t, "others'"))
		if !slices.EqualFunc(want, got, func(a, b Finding) bool { return cmp.Equal(a, b) }) {
			t.Fatalf("%v\n%v", want, got)
		}
	})
}
