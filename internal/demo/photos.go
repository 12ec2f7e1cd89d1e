package demo

import (
	"context"
	"runtime"

	"sachhon/internal/demo/scene"
)

// gallery paints the photographs ahead of the replay, on all cores, and hands them out in any order.
type gallery struct {
	shots map[*cleanupPlan]chan [][]byte
	stop  context.CancelFunc
}

// ahead is how many clean-ups are painted before they are fetched; each is about half a megabyte.
const ahead = 24

func newGallery(ctx context.Context, cleanups []*cleanupPlan) *gallery {
	ctx, stop := context.WithCancel(ctx)
	g := &gallery{shots: map[*cleanupPlan]chan [][]byte{}, stop: stop}
	work := make(chan *cleanupPlan, ahead)
	for _, c := range cleanups {
		g.shots[c] = make(chan [][]byte, 1)
	}
	for range runtime.NumCPU() {
		go func() {
			for c := range work {
				g.shots[c] <- c.spot.Photographs(c.phases...)
			}
		}()
	}
	go func() {
		defer close(work)
		for _, c := range cleanups {
			if c.fate == fateCancelled || c.fate == fateUnreported {
				continue
			}
			select {
			case work <- c:
			case <-ctx.Done():
				return
			}
		}
	}()
	return g
}

// photos returns the photographs of a clean-up, each phase with its time, once.
func (g *gallery) photos(ctx context.Context, c *cleanupPlan) ([][]byte, error) {
	select {
	case shots := <-g.shots[c]:
		length := c.end.Sub(c.begin)
		for i, phase := range c.phases {
			taken := map[scene.Phase]float64{scene.Before: .04, scene.During: .5, scene.After: .96}[phase]
			shots[i] = scene.Taken(shots[i], c.begin.Add(secondsOf(length, taken)))
		}
		return shots, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (g *gallery) close() { g.stop() }
