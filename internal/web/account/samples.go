package account

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"sachhon/internal/clock"
	"sachhon/internal/web/form"
	"sachhon/internal/web/ui"
	"sachhon/internal/web/ui/gallery"
)

// Samples shows the pages for an invented person.
func Samples() []gallery.Sample {
	page := func(ctx context.Context, title string) ui.Page {
		p := gallery.Frame(ctx, title)
		p.Narrow = true
		return p
	}
	show := func(name string, f func(ctx context.Context) templ.Component) gallery.Sample {
		return gallery.Sample{Name: "account-" + name, Page: f}
	}
	at := clock.Date(2024, time.June, 7, 8, 5)
	return []gallery.Sample{
		show("sign-in", func(ctx context.Context) templ.Component {
			return emailPage(page(ctx, ui.T(ctx, "account.signIn.title")), emailView(ctx, form.New(nil)))
		}),
		show("code", func(ctx context.Context) templ.Component {
			f := form.New(map[string][]string{"code": {"123 465"}})
			f.Add("code", "session.fault.code")
			v := (&account{}).codeView(ctx, attempt{Email: "vanthu@tuha.example.vn"}, f)
			v.MailsURL = "#mails"
			return codePage(page(ctx, ui.T(ctx, "account.code.title")), v)
		}),
		show("link", func(ctx context.Context) templ.Component {
			return linkPage(page(ctx, ui.T(ctx, "account.link.title")), linkView{Token: "token"})
		}),
		show("sign-up", func(ctx context.Context) templ.Component {
			return signUpPage(page(ctx, ui.T(ctx, "account.signUp.title")), viewSignUp(ctx, form.New(nil)))
		}),
		show("account", func(ctx context.Context) templ.Component {
			return accountPage(page(ctx, "Trần Thị Minh Nguyệt"), accountView{
				Facts: []ui.Definition{{Term: ui.T(ctx, "account.email"), Text: "vanthu@tuha.example.vn"}},
				Roles: []ui.Definition{{Term: ui.T(ctx, "person.role.clerk"), Text: "Phường Tứ Hạ"}},
				Sessions: []sessionView{
					{Device: "Chrome · Windows", Begun: at, Seen: at.Add(2 * time.Hour), Current: true, EndURL: "#end"},
					{Device: "Samsung Internet · Android", Begun: at.Add(-50 * time.Hour), Seen: at.Add(-20 * time.Hour), EndURL: "#end"},
				},
				OthersURL: "#others",
			})
		}),
		show("mails", func(ctx context.Context) templ.Component {
			return mailsPage(page(ctx, ui.T(ctx, "account.mails.title")), []mailView{
				{URL: "#mail", At: at, To: "vanthu@tuha.example.vn", Subject: "Mã đăng nhập Sạch Hơn: 123 456"},
			})
		}),
		show("mail", func(ctx context.Context) templ.Component {
			const link = "https://sachhon.example.vn/dang-nhap/lien-ket?token=abc"
			return mailPage(page(ctx, "Mã đăng nhập Sạch Hơn: 123 456"), mailView{
				At: at, From: "Sạch Hơn <sachhon@example.vn>", To: "vanthu@tuha.example.vn",
				Parts: split("Xin chào,\n\nMã đăng nhập của bạn là: 123 456\n\nHoặc mở liên kết:\n"+link+"\n", []string{link}),
			})
		}),
	}
}
