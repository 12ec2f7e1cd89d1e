package e2e

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// TestHold: dev only.
func TestHold(t *testing.T) {
	f := os.Getenv("E2E_HOLD")
	if f == "" {
		t.Skip()
	}
	s := open(t)
	b, _ := json.Marshal(s.cast)
	_ = os.WriteFile(f, []byte("export STORY_URL="+s.url+"\nexport STORY_CAST='"+string(b)+"'\n"), 0o600)
	for {
		if _, err := os.Stat(f); err != nil {
			return
		}
		time.Sleep(time.Second)
	}
}
