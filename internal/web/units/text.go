package units

import (
	"cmp"
	"context"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
)

// rows reads an input with one entry per line.
func rows(f *form.Form, name string) []string {
	var list []string
	for line := range strings.SplitSeq(f.Lines(name), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// aliasRows puts the faults of single entries beside the input that holds them all.
func aliasRows(f *form.Form, name string, n int) {
	for i := range n {
		f.Alias(fmt.Sprintf("%s.%d", name, i), name)
	}
}

func joined(list []string) string { return strings.Join(list, "; ") }

// lined puts each on a line of its own.
func lined(list []string) string { return strings.Join(list, "\n") }

// dateText writes the date of a letter, nothing when it has none.
func dateText(ctx context.Context, d letter.Date) string {
	if d.IsZero() {
		return ""
	}
	return lang.From(ctx).Date(clock.At(d.In(clock.Zone)))
}

// sortEvents puts what happened in order; what happened at once keeps its order.
func sortEvents(events []ui.Event) {
	slices.SortStableFunc(events, func(a, b ui.Event) int { return cmp.Compare(a.At.UnixMicro(), b.At.UnixMicro()) })
}

// withEvents puts more events into a timeline, each behind those of its moment. What is still to come stays at the end.
func withEvents(timeline, more []ui.Event) []ui.Event {
	for _, e := range more {
		i := slices.IndexFunc(timeline, func(t ui.Event) bool { return t.Ahead || t.At.After(e.At.Time) })
		if i < 0 {
			i = len(timeline)
		}
		timeline = slices.Insert(timeline, i, e)
	}
	return timeline
}

// safeName makes a file name of a symbol such as 1903/UBND-VH.
func safeName(symbol, otherwise string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, symbol)
	return cmp.Or(name, otherwise)
}

func sendText(w http.ResponseWriter, name, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", attachment(name))
	h.Set("Cache-Control", "private, no-cache")
	// A failed write means that the reader went away.
	_, _ = w.Write([]byte(text))
}

func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
