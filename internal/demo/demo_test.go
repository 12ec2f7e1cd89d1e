package demo

import (
	"path/filepath"
	"testing"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/web"
)

func TestReplay(t *testing.T) {
	begin := time.Now()
	a, err := Open(t.Context(), web.Config{Timeout: time.Second, Grace: time.Second}, Options{
		Data: filepath.Join(t.TempDir(), "demo"), Listen: "127.0.0.1:8080", Today: true,
		Clock: clock.NewSet(time.Date(2026, 11, 23, 9, 0, 0, 0, clock.Zone)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("replayed in %v", time.Since(begin))
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
