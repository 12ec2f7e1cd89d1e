package gallery

import (
	"context"

	"github.com/a-h/templ"

	"sachhon/internal/lang"
	"sachhon/internal/web/ui"
)

// Sample is one page of the gallery. Packages with pages offer theirs as func Samples() []gallery.Sample.
type Sample struct {
	Name string // part of the address and of the file name: "portal-home"
	Page func(ctx context.Context) templ.Component
}

// Frame is a page as the server would prepare it, for samples of pages.
func Frame(ctx context.Context, title string) ui.Page {
	return ui.Page{
		Title:   title,
		Path:    "/",
		Section: "home",
		Nav: []ui.NavItem{
			{Section: "home", Text: say(ctx, "Trang chủ", "Home"), URL: "#main"},
			{Section: "cleanups", Text: say(ctx, "Ra quân", "Clean-ups"), URL: "#main"},
			{Section: "standings", Text: say(ctx, "Bảng xếp hạng", "Standings"), URL: "#main"},
			{Section: "statistics", Text: say(ctx, "Thống kê", "Statistics"), URL: "#main"},
		},
		Languages: []ui.Language{
			{Tag: "vi", Name: "Tiếng Việt", URL: "#vi", Current: ui.Lang(ctx) == "vi"},
			{Tag: "en", Name: "English", URL: "#en", Current: ui.Lang(ctx) == "en"},
		},
		SignInURL: "#sign-in",
	}
}

// say chooses between the two languages: samples are data, not part of the catalogue.
func say(ctx context.Context, vi, en string) string {
	if lang.From(ctx).Code() == "en" {
		return en
	}
	return vi
}

// Components are the samples of everything in ui.
func Components() []Sample {
	return []Sample{
		{"opening", func(ctx context.Context) templ.Component { return opening(openingFrame(ctx)) }},
		{"forms", func(ctx context.Context) templ.Component {
			return forms(Frame(ctx, say(ctx, "Báo cáo kết quả", "Report of results")))
		}},
		{"mending", func(ctx context.Context) templ.Component {
			return mending(Frame(ctx, say(ctx, "Đăng ký dự thi", "Registration")))
		}},
		{"statuses", func(ctx context.Context) templ.Component {
			return statuses(Frame(ctx, say(ctx, "Trạng thái", "Statuses")))
		}},
		{"tables", func(ctx context.Context) templ.Component {
			return tables(Frame(ctx, say(ctx, "Bảng xếp hạng", "Standings")))
		}},
		{"charts", func(ctx context.Context) templ.Component {
			return charts(Frame(ctx, say(ctx, "Thống kê", "Statistics")))
		}},
		{"letter", func(ctx context.Context) templ.Component { return letter(officialFrame(ctx)) }},
		{"dispatch", func(ctx context.Context) templ.Component { return dispatch(officialFrame(ctx)) }},
		{"cleanup", func(ctx context.Context) templ.Component {
			return cleanup(cleanupFrame(ctx))
		}},
		{"map", func(ctx context.Context) templ.Component { return places(mapFrame(ctx)) }},
		{"messages", func(ctx context.Context) templ.Component {
			return messages(Frame(ctx, say(ctx, "Thông báo", "Messages")))
		}},
	}
}
