package e2e

import (
	"fmt"
	"testing"
)

// TestStories plays the stories on one demo. They share its data, so a later one may go on where an earlier one ended:
// the board validates what the teams reported. Those in which days pass come last.
func TestStories(t *testing.T) {
	tools := prepare(t)
	s := open(t)
	playAll := func(stories []story) {
		for _, story := range stories {
			for _, width := range story.widths {
				t.Run(fmt.Sprintf("%s/%d", story.name, width), func(t *testing.T) {
					tools.play(t, story.name, width, s)
				})
			}
		}
	}
	playAll([]story{
		{"visitor", []int{360, 1280}},
		{"clerk", []int{360, 1280}},
		{"letters", []int{360, 1280}},
		{"split", []int{360, 1280}},
		{"returned", []int{360, 1280}},
		{"town-report", []int{360, 1280}},
		{"changed", []int{360, 1280}},
		{"files", []int{360, 1280}},
		{"paste", []int{360, 1280}},
		{"team", []int{360, 1280}},
		{"team-plain", []int{360}},
		{"mistakes", []int{360}},
		{"board", []int{360, 1280}},
	})
	t.Run("checks", func(t *testing.T) {
		for name, widths := range map[string][]int{"pages": {360, 1280}, "budgets": {1280}, "links": {1280}} {
			for _, width := range widths {
				t.Run(fmt.Sprintf("%s/%d", name, width), func(t *testing.T) {
					t.Parallel() // they only look
					tools.play(t, name, width, s)
				})
			}
		}
	})
	playAll([]story{
		{"urging", []int{360, 1280}},
		{"leader", []int{360, 1280}},
	})
}

// story is one of the stories with the screens on which it is played.
type story struct {
	name   string
	widths []int
}
