package exchange_test

import (
	"testing"

	"sachhon/internal/exchange"
	"sachhon/internal/lifecycle/lifecycletest"
)

func TestLifecycleIsDocumented(t *testing.T) {
	lifecycletest.Documented(t, "exchange_message", exchange.Lifecycle)
}
