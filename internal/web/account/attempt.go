package account

import (
	"encoding/base64"
	"encoding/json"
	"net/http"

	"sachhon/internal/session"
	"sachhon/internal/web"
)

// attempt is a sign-in under way: whose code is awaited and where to go afterwards. It travels in a cookie, because an
// e-mail address does not belong into an address line, its history and the logs of proxies.
type attempt struct {
	Email  string `json:"e,omitempty"`
	Return string `json:"r,omitempty"`
}

const attemptCookie = "sign-in"

// maxReturn keeps the cookie within what browsers store.
const maxReturn = 1000

func readAttempt(r *http.Request) attempt {
	var a attempt
	cookie, err := r.Cookie(attemptCookie)
	if err != nil {
		return a
	}
	raw, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(raw, &a) != nil {
		return attempt{}
	}
	return a
}

func (a *account) keepAttempt(w http.ResponseWriter, now attempt) error {
	if len(now.Return) > maxReturn {
		now.Return = ""
	}
	raw, err := json.Marshal(now)
	if err != nil {
		return err
	}
	a.setAttempt(w, base64.RawURLEncoding.EncodeToString(raw), int(session.CodeTime.Seconds()))
	return nil
}

func (a *account) dropAttempt(w http.ResponseWriter) { a.setAttempt(w, "", -1) }

func (a *account) setAttempt(w http.ResponseWriter, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: attemptCookie, Value: value, Path: web.SignInPath, MaxAge: seconds,
		HttpOnly: true, Secure: a.site.Config().Secure(), SameSite: http.SameSiteLaxMode,
	})
}
