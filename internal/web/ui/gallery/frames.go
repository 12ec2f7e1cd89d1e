package gallery

import (
	"context"

	"sachhon/internal/web/ui"
)

func narrow(p ui.Page, scripts ...ui.Script) ui.Page {
	p.Narrow = true
	p.Scripts = scripts
	return p
}

func withFlash(ctx context.Context, p ui.Page) ui.Page {
	p.Flash = []ui.Flash{{Kind: ui.AlertGood, Text: say(ctx, "Đã gửi báo cáo.", "The report was sent.")}}
	return p
}
