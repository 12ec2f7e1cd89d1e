package papertest

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// Held runs a function and returns how many bytes it held at most at one time, besides what was held before. What is no
// longer held is soon not counted.
func Held(run func()) int64 {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak atomic.Uint64
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak.Store(max(peak.Load(), now.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	run()
	close(done)
	<-ended
	return int64(peak.Load()) - int64(before.HeapAlloc)
}
