package imaging

import (
	"bytes"
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"
)

// peakHeap watches the heap while fn runs and returns how far it grew, in MB.
func peakHeap(fn func()) float64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before := heap()
	var peak atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				peak.Store(max(peak.Load(), heap()))
			}
		}
	}()
	fn()
	close(stop)
	<-stopped
	if peak.Load() < before {
		return 0
	}
	return float64(peak.Load()-before) / 1e6
}

func benchmarkDerive(b *testing.B, data []byte) {
	p := NewProcessor()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	b.ReportMetric(peakHeap(func() {
		for b.Loop() {
			if _, err := p.Derive(b.Context(), bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	}), "peak-MB")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/photo")
}

func BenchmarkDerive(b *testing.B) {
	m := scene(1, 4000, 3000)
	b.Run("jpeg-12MP", func(b *testing.B) { benchmarkDerive(b, withEXIF(asJPEG(b, m), phone(6))) })
	b.Run("png-12MP", func(b *testing.B) { benchmarkDerive(b, asPNG(b, m)) })
}

func BenchmarkDeriveHEIC(b *testing.B) {
	benchmarkDerive(b, moduleFile(b, "github.com/gen2brain/heic", "testdata/test.heic"))
}

func BenchmarkInspect(b *testing.B) {
	data := withEXIF(asJPEG(b, scene(1, 1600, 1200)), phone(6))
	for b.Loop() {
		if _, err := Inspect(bytes.NewReader(data)); err != nil {
			b.Fatal(err)
		}
		ReadFacts(bytes.NewReader(data), JPEG)
	}
}
