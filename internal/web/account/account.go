package account

import (
	"sachhon/internal/ident"
	"sachhon/internal/notify"
	"sachhon/internal/person"
	"sachhon/internal/session"
	"sachhon/internal/unit"
	"sachhon/internal/web"
)

// Deps are the services behind the pages.
type Deps struct {
	IDs      *ident.Generator
	Units    *unit.Service
	People   *person.Service
	Sessions *session.Service
	Mails    *notify.Folder // nil when mails are really sent: then nobody reads them here
}

type account struct {
	Deps
	site *web.Site
}

// The addresses of the pages.
const (
	codePath    = web.SignInPath + "/ma"
	linkPath    = web.SignInPath + "/lien-ket"
	signUpPath  = "/tao-tai-khoan"
	accountPath = "/tai-khoan"
	mailPath    = "/dev/mail"
)

// Register adds the pages to the site.
func Register(site *web.Site, deps Deps) {
	a := &account{Deps: deps, site: site}
	site.Handle("GET "+web.SignInPath, web.Public, a.emailPage)
	site.Handle("POST "+web.SignInPath, web.Public, a.requestCode)
	site.Handle("GET "+codePath, web.Public, a.codePage)
	site.Handle("POST "+codePath, web.Public, a.redeemCode)
	site.Handle("GET "+linkPath, web.Public, a.linkPage)
	site.Handle("POST "+linkPath, web.Public, a.redeemLink)
	site.Handle("POST /dang-xuat", web.Public, a.signOut)
	site.Handle("GET "+signUpPath, web.Public, a.signUpPage)
	site.Handle("POST "+signUpPath, web.Public, a.signUp)
	site.Handle("GET "+accountPath, web.SignedIn, a.accountPage)
	site.Handle("POST "+accountPath+"/phien/{id}/ket-thuc", web.SignedIn, a.endSession)
	site.Handle("POST "+accountPath+"/phien-khac/ket-thuc", web.SignedIn, a.endOthers)
	if deps.Mails != nil {
		site.Handle("GET "+mailPath, web.Public, a.mails)
		site.Handle("GET "+mailPath+"/{name}", web.Public, a.mail)
	}
}
