// Package notifytest is a post box for the tests of those who send messages.
package notifytest

import (
	"context"
	"slices"
	"sync"

	"sachhon/internal/notify"
)

// Postbox is a sender that keeps letters in memory.
type Postbox struct {
	mu      sync.Mutex
	letters []notify.Letter
}

// Send implements notify.Sender.
func (p *Postbox) Send(_ context.Context, l notify.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, l)
	return nil
}

// Repeatable implements notify.Sender: a letter put in twice would be there twice.
func (p *Postbox) Repeatable() bool { return false }

// Letters returns what was sent so far, the oldest first.
func (p *Postbox) Letters() []notify.Letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.letters)
}

// To returns what was sent to an address, the oldest first.
func (p *Postbox) To(email string) []notify.Letter {
	return slices.DeleteFunc(p.Letters(), func(l notify.Letter) bool { return l.To != email })
}

// Subjects returns the subjects of what was sent so far.
func (p *Postbox) Subjects() []string {
	var subjects []string
	for _, l := range p.Letters() {
		subjects = append(subjects, l.Subject)
	}
	return subjects
}
