package cleanup

import (
	"testing"

	"sachhon/internal/lifecycle/lifecycletest"
)

func TestLifecycleIsDocumented(t *testing.T) { lifecycletest.Documented(t, "cleanup", Lifecycle) }
