package challenge

import (
	"testing"

	"sachhon/internal/lifecycle/lifecycletest"
)

func TestLifecycleIsDocumented(t *testing.T) { lifecycletest.Documented(t, "challenge", Lifecycle) }
