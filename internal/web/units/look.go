package units

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

func dutyClass(done bool) string {
	if done {
		return "duty duty--done"
	}
	return "duty"
}

// boardLink leads to the board of whoever passed the letter on.
func boardLink(ctx context.Context, url string) ui.Link {
	return ui.Link{Text: ui.T(ctx, "units.board.title"), URL: url}
}

func componentClass(f ui.LetterField) string {
	if len(f.Doubts) > 0 {
		return "read__one read__one--uncertain"
	}
	return "read__one"
}

func doubtTitle(ctx context.Context, n int) string {
	if n == 0 {
		return ""
	}
	return ui.T(ctx, "units.letter.doubtful", "Count", n)
}

// sendKind makes sending the main thing to do until it was done once.
func sendKind(sent int) ui.ButtonKind {
	if sent == 0 {
		return ui.ButtonPrimary
	}
	return ui.ButtonSecondary
}

func sendLabel(ctx context.Context, sent int) string {
	if sent == 0 {
		return ui.T(ctx, "units.send.title")
	}
	return ui.T(ctx, "units.send.more")
}

// rowCount is the hidden number of rows, without the empty one that waits to be filled.
func rowCount(n int) string { return strconv.Itoa(n - 1) }

func channelSummary(ctx context.Context, values []string) string {
	if len(values) == 0 {
		return ui.T(ctx, "units.letter.noChannels")
	}
	channels := make([]letter.Channel, len(values))
	for i, v := range values {
		channels[i] = letter.Channel(v)
	}
	return ui.T(ctx, "units.letter.channels") + ": " + channelNames(ctx, channels)
}

// named gives a control of a list a name of its own.
func named(label string) templ.Attributes { return templ.Attributes{"aria-label": label} }
