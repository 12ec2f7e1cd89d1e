package account

import (
	"net/http"
	"net/url"
	"strings"

	"sachhon/internal/clock"
	"sachhon/internal/notify"
	"sachhon/internal/web"
	"sachhon/internal/web/ui"
)

// shownMails is how many mails the list shows.
const shownMails = 100

// mailView is one mail of the list, or opened.
type mailView struct {
	URL     string
	At      clock.Time
	From    string
	To      string
	Subject string
	Parts   []mailPart // of the text; of an opened mail only
}

// mailPart is a piece of a mail's text; an address in it leads there.
type mailPart struct {
	Text string
	URL  string
}

func (a *account) mails(w http.ResponseWriter, r *http.Request) error {
	mails, err := a.Mails.List(shownMails)
	if err != nil {
		return err
	}
	views := make([]mailView, len(mails))
	for i, m := range mails {
		views[i] = viewMail(m)
	}
	page := a.page(w, r, ui.T(r.Context(), "account.mails.title"))
	return web.Render(w, r, http.StatusOK, mailsPage(page, views))
}

func (a *account) mail(w http.ResponseWriter, r *http.Request) error {
	m, err := a.Mails.Read(r.PathValue("name"))
	if err != nil {
		return err
	}
	v := viewMail(m)
	v.Parts = split(m.Text, m.Links)
	page := a.page(w, r, m.Subject)
	page.Crumbs = []ui.Link{{Text: ui.T(r.Context(), "account.mails.title"), URL: mailPath}}
	return web.Render(w, r, http.StatusOK, mailPage(page, v))
}

func viewMail(m notify.Mail) mailView {
	return mailView{URL: mailPath + "/" + url.PathEscape(m.Name), At: clock.At(m.At), From: m.From, To: m.To, Subject: m.Subject}
}

// split cuts a text at the addresses in it, which stand there in this order.
func split(text string, links []string) []mailPart {
	var parts []mailPart
	for _, link := range links {
		before, after, found := strings.Cut(text, link)
		if !found {
			continue
		}
		parts = append(parts, mailPart{Text: before}, mailPart{Text: link, URL: link})
		text = after
	}
	return append(parts, mailPart{Text: text})
}
