package report

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sachhon/internal/challenge"
	"sachhon/internal/clock"
	"sachhon/internal/waste"
)

var ended = clock.Date(2024, time.June, 9, 9, 0)

func rulesOfTest() Rules {
	return Rules{
		Parameters: challenge.DefaultParameters(), MinParticipants: 5, From: ended, Due: ended.Add(72 * time.Hour),
	}
}

// complete is a report that may be sent in.
func complete() (Report, []Photo) {
	r := Report{State: Draft, Figures: Figures{
		Participants: 12, Minutes: 90,
		Weights: waste.Weights{}.With(waste.Plastic, 12_500), Methods: waste.Methods{}.With(waste.Plastic, waste.Weighed),
	}}
	return r, []Photo{{ID: "1", Role: Before}, {ID: "2", Role: After}}
}

func TestRules(t *testing.T) {
	type input struct {
		Report
		photos  []Photo
		missing []Expected
		now     clock.Time
	}
	weigh := func(in *input, typ waste.Type, grams int64) {
		in.Figures.Weights = in.Figures.Weights.With(typ, grams)
		in.Figures.Methods = in.Figures.Methods.With(typ, waste.Estimated)
	}
	for name, test := range map[string]struct {
		change func(*input)
		want   []string // field: key
	}{
		"complete": {func(*input) {}, nil},
		"empty": {
			func(in *input) { in.Report, in.photos = Report{State: Draft}, nil },
			[]string{
				"participants: report.fault.tooFewParticipants", "minutes: report.fault.noDuration",
				"weights: report.fault.noWeight", "photos.before: report.fault.noPhotoBefore",
				"photos.after: report.fault.noPhotoAfter",
			},
		},
		"before the end":    {func(in *input) { in.now = ended.Add(-time.Microsecond) }, []string{"due: report.fault.notEnded"}},
		"at the end":        {func(in *input) { in.now = ended }, nil},
		"the last moment":   {func(in *input) { in.now = ended.Add(72*time.Hour - time.Microsecond) }, nil},
		"a moment too late": {func(in *input) { in.now = ended.Add(72 * time.Hour) }, []string{"due: report.fault.tooLate"}},
		"sent back, in time": {func(in *input) {
			in.State, in.Deadline, in.now = SentBack, ended.Add(200*time.Hour), ended.Add(199*time.Hour)
		}, nil},
		"sent back, too late":         {func(in *input) { in.State, in.Deadline = SentBack, ended.Add(time.Hour) }, []string{"due: report.fault.tooLate"}},
		"five participants":           {func(in *input) { in.Figures.Participants = 5 }, nil},
		"four participants":           {func(in *input) { in.Figures.Participants = 4 }, []string{"participants: report.fault.tooFewParticipants"}},
		"too many participants":       {func(in *input) { in.Figures.Participants = 100_001 }, []string{"participants: report.fault.participants"}},
		"longer than a day":           {func(in *input) { in.Figures.Minutes = 24*60 + 1 }, []string{"minutes: report.fault.minutes"}},
		"negative":                    {func(in *input) { weigh(in, waste.Glass, -1) }, []string{"weight.glass: report.fault.weightNegative"}},
		"fifty tonnes with a slip":    {func(in *input) { weigh(in, waste.Other, 50_000_000); in.photos = append(in.photos, Photo{Role: Slip}) }, nil},
		"more than fifty tonnes":      {func(in *input) { weigh(in, waste.Other, 50_000_001); in.photos = append(in.photos, Photo{Role: Slip}) }, []string{"weight.other: report.fault.weightTooLarge"}},
		"more than a tonne":           {func(in *input) { weigh(in, waste.Organic, 987_501) }, []string{"photos.slip: report.fault.noSlip"}},
		"a tonne in all":              {func(in *input) { weigh(in, waste.Organic, 987_500) }, nil},
		"how it was measured":         {func(in *input) { in.Figures.Methods = waste.Methods{} }, []string{"method.plastic: report.fault.noMethod"}},
		"an unknown method":           {func(in *input) { in.Figures.Methods = in.Figures.Methods.With(waste.Paper, "guessed") }, []string{"method.paper: report.fault.method"}},
		"hazardous without a note":    {func(in *input) { weigh(in, waste.Hazardous, 1) }, []string{"hazardous_note: report.fault.noHazardousNote"}},
		"hazardous with a note":       {func(in *input) { weigh(in, waste.Hazardous, 1); in.HazardousNote = "Biên nhận 12" }, nil},
		"no photo after":              {func(in *input) { in.photos = in.photos[:1] }, []string{"photos.after: report.fault.noPhotoAfter"}},
		"a photo is still on its way": {func(in *input) { in.missing = []Expected{{ID: "3"}} }, []string{"photos: report.fault.photosMissing"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := input{now: ended.Add(time.Hour)}
			in.Report, in.photos = complete()
			test.change(&in)
			var got []string
			for _, f := range rulesOfTest().Check(in.Report, in.photos, in.missing, in.now) {
				got = append(got, f.Name+": "+f.Key)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
		})
	}
}

// Whatever happens in whatever order: a decision follows a sending in, an appeal happens at most once, and what is
// dismissed stays so.
func TestLifecycleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := []Event{Submit, SendBack, Resubmit, Accept, Reject, Appeal, Grant, Dismiss, Adjust}
		state, seen := Lifecycle.Start, map[Event]int{}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			event := rapid.SampledFrom(events).Draw(t, "event")
			next, err := Lifecycle.Next(state, event)
			if err != nil {
				if next != state {
					t.Fatalf("a refused %s moved %s to %s", event, state, next)
				}
				continue
			}
			seen[event]++
			if next != Draft && seen[Submit] != 1 {
				t.Fatalf("%s was reached with %d submissions", next, seen[Submit])
			}
			if seen[Appeal] > 1 || seen[Grant]+seen[Dismiss] > seen[Appeal] {
				t.Fatalf("%d appeals, %d granted, %d dismissed", seen[Appeal], seen[Grant], seen[Dismiss])
			}
			if event == Adjust && next != state {
				t.Fatalf("adjusting moved %s to %s", state, next)
			}
			if state.Editable() == state.Awaiting() && state.Editable() {
				t.Fatalf("%s is with the entrant and the board", state)
			}
			state = next
		}
		if seen[Dismiss] > 0 && state != Dismissed {
			t.Fatalf("something led from dismissed to %s", state)
		}
	})
}

// Every state but a draft lies on exactly one pile, and the states of the piles agree with it.
func TestPiles(t *testing.T) {
	now := ended
	for _, state := range Lifecycle.States() {
		for _, deadline := range []clock.Time{now.Add(-1), now, now.Add(time.Hour)} {
			pile := pileOf(Report{State: state, Deadline: deadline}, now)
			if (pile == "") != (state == Draft) {
				t.Errorf("%s lies on %q", state, pile)
			}
			if pile != "" && !slices.Contains(states[pile], state) {
				t.Errorf("%s lies on %s, whose query leaves it out", state, pile)
			}
		}
	}
	if p := pileOf(Report{State: SentBack, Deadline: now}, now); p != Late {
		t.Errorf("at the deadline it lies on %s", p)
	}
}

func TestFileNames(t *testing.T) {
	for sent, want := range map[string]string{
		"a.jpg": "a.jpg", `C:\Ảnh\b.jpg`: "b.jpg", "../../etc/passwd": "passwd", "": "", "/": "", ".": "",
		"<script>alert(1)</script>.jpg": "script>.jpg", "A\u0309nh.jpg": "Ảnh.jpg", "a\u202egpj.exe": "agpj.exe",
	} {
		if got := cleanFileName(sent); got != want {
			t.Errorf("%q became %q, want %q", sent, got, want)
		}
	}
	long := make([]rune, 5000)
	for i := range long {
		long[i] = rune('a' + rand.IntN(26))
	}
	if got := cleanFileName(string(long) + ".jpg"); len(got) != maxFileName || got[len(got)-4:] != ".jpg" {
		t.Errorf("a long name became %d letters ending in %s", len(got), got[len(got)-4:])
	}
}
