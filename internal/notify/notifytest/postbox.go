// Package notifytest is a post box for the tests of those who send messages.
package notifytest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"sachhon/internal/notify"
)

// Postbox is a sender that keeps letters in memory.
type Postbox struct {
	mu      sync.Mutex
	letters []notify.Letter
	refused map[string]bool
	down    bool
}

// Send implements notify.Sender.
func (p *Postbox) Send(_ context.Context, l notify.Letter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.down:
		return errDown
	case p.refused[l.To]:
		return notify.ErrRefused
	}
	p.letters = append(p.letters, l)
	return nil
}

var errDown = errors.New("notifytest: the mail server does not answer")

// Refuse has letters to an address refused, or taken again.
func (p *Postbox) Refuse(email string, refused bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.refused == nil {
		p.refused = map[string]bool{}
	}
	p.refused[email] = refused
}

// Down has the mail server not answer, or answer again.
func (p *Postbox) Down(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
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
