package office

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// departView is what whoever signs must know of the form of a letter: what it lacks, so that it cannot be signed, or where it
// is wrong, which it can be in spite of.
type departView struct {
	Lacks  []string
	Points []string
	Title  string
	Anyway ui.Field // the box to tick, of the form of a leader
	Paper  ui.Field // and of that of a clerk who records a signature on paper
}

func viewDepart(ctx context.Context, form letter.Form, j letter.Judgement, f *form.Form) departView {
	v := departView{Points: pointsOf(ctx, j.Departs)}
	for _, name := range j.Lacks {
		v.Lacks = append(v.Lacks, ui.T(ctx, "letter.fault.lacks."+name))
	}
	if len(v.Points) == 0 {
		return v
	}
	other := ""
	if !form.OfState() {
		other = ui.T(ctx, "office.form."+string(form))
	}
	args := []any{"Count", len(v.Points), "Form", other}
	v.Title = ui.T(ctx, "office.way.departs", args...)
	// One box sends what stood above it, so that another departure is asked for again.
	box := ui.Field{Name: "departs", Label: ui.T(ctx, "office.way.anyway", args...), Value: seenMarks(j.Departs), Required: true, Wide: true}
	v.Anyway = f.Field(ctx, box)
	box.ID, box.Label = "f-departs-paper", ui.T(ctx, "office.way.anywayPaper", args...)
	v.Paper = f.Field(ctx, box)
	return v
}

// pointsOf says in words where a document departs from its form.
func pointsOf(ctx context.Context, list []letter.Departure) []string {
	out := make([]string, len(list))
	for i, one := range list {
		d := decree.Departed(one)
		out[i] = ui.T(ctx, d.Key(), d.Pairs()...)
	}
	return out
}

func seenMarks(list []letter.Departure) string {
	marks := make([]string, len(list))
	for i, d := range list {
		marks[i] = d.Mark()
	}
	return strings.Join(marks, " ")
}

// departed is what a page sent of the departures that stood on it, nothing unless the box was ticked.
func departed(f *form.Form) []string { return strings.Fields(f.Value("departs")) }

// toMend is what a letter that goes back to its writer is to be mended for.
func (v departView) toMend() string {
	text := ""
	for _, point := range slices.Concat(v.Lacks, v.Points) {
		longer := strings.TrimPrefix(text+"\n"+point, "\n")
		if utf8.RuneCountInString(longer) > longestProposal {
			break
		}
		text = longer
	}
	return text
}

// longestProposal leaves room below the limit of what somebody who sends a letter back may write.
const longestProposal = 800

// departText is what a signature says in the history of a letter.
func departText(ctx context.Context, s letter.Step) string {
	if len(s.Departs) == 0 {
		return s.Words
	}
	lines := append([]string{ui.T(ctx, "office.step.departs", "Count", len(s.Departs))}, pointsOf(ctx, s.Departs)...)
	if s.Words != "" {
		lines = append([]string{s.Words}, lines...)
	}
	return strings.Join(lines, "\n")
}
