package session

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"fmt"
	"math/big"
	"net/mail"
	"net/netip"
	"strings"
	"time"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/lang"
	"sachhon/internal/notify"
)

// CodeTime is how long a code and its link work; codeTries how often a code may be guessed wrongly.
const (
	CodeTime  = 15 * time.Minute
	codeTries = 5
	maxEmail  = 254
)

// request is one request to sign in.
type request struct {
	ID        ident.ID   `db:"id"`
	PersonID  ident.ID   `db:"person_id"`
	CodeMAC   string     `db:"code_mac"`
	Tries     int        `db:"tries"`
	ExpiresAt clock.Time `db:"expires_at"`
	UsedAt    clock.Time `db:"used_at"`
}

// RequestCode has a code and a link mailed to the address, if it has an account. Whether it has one is found out
// later, by a job: the answer is the same and comes after the same work.
func (s *Service) RequestCode(ctx context.Context, email string, from netip.Addr) error {
	email, err := address(email)
	if err != nil {
		return err
	}
	account := s.account(email)
	var refused error
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		if refused, err = s.count(ctx, tx, requestsByAddress, s.place(from)); err != nil || refused != nil {
			return err
		}
		if refused, err = s.count(ctx, tx, requestsByAccount, account); err != nil || refused != nil {
			return err
		}
		id := s.ids.New()
		if err := insertRequest(ctx, tx, id, account, tx.Now().Add(CodeTime)); err != nil {
			return err
		}
		return s.queue.Insert(ctx, tx, codeJob{Request: id, Email: email})
	})
	if err != nil {
		return err
	}
	return refused // counted and committed all the same
}

// codeJob asks for the mail of one request.
type codeJob struct {
	Request ident.ID `json:"request"`
	Email   string   `json:"email"`
}

// Kind implements jobs.Args.
func (codeJob) Kind() string { return "session.code" }

// sendCode makes the code and the link and mails them. Code and mail come about in one transaction, so that the job
// may run again.
func (s *Service) sendCode(ctx context.Context, job codeJob) error {
	person, language, ok, err := s.accounts.ByEmail(ctx, job.Email)
	if err != nil || !ok {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		code, token := newCode(), newToken()
		armed, err := armRequest(ctx, tx, job.Request, person, s.codeMAC(job.Request, code), s.mac("link", token))
		if err != nil || !armed { // sent before, or too late
			return err
		}
		return s.mail.Send(ctx, tx, notify.Message{
			Key: "session.code:" + job.Request.String(), To: person, Email: job.Email, Lang: language, Template: "session.mail",
			Args: map[string]any{"Code": code[:3] + " " + code[3:], "Link": s.link(token), "Minutes": int(CodeTime.Minutes())},
		})
	})
}

// RedeemCode signs in whoever types the code that was mailed to the address. A wrong code, one of a stranger's
// address and one for which nobody ever asked get the same answer.
func (s *Service) RedeemCode(ctx context.Context, email, code string, from netip.Addr, device string) (SignedIn, error) {
	email, err := address(email)
	if err != nil {
		return SignedIn{}, err
	}
	if code = strings.ReplaceAll(lang.Clean(code), " ", ""); !sixDigits(code) {
		return SignedIn{}, fault.Invalid.With("session.fault.codeForm").At("code")
	}
	account := s.account(email)
	var in SignedIn
	var refused error
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		in = SignedIn{}
		if refused, err = s.count(ctx, tx, redeemsByAddress, s.place(from)); err != nil || refused != nil {
			return err
		}
		// Each attempt counts as wrong until it proves right, so that many at once cannot outrun the limit.
		if refused, err = s.count(ctx, tx, wrongByAccount, account); err != nil || refused != nil {
			return err
		}
		requests, err := readRequests(ctx, tx, account)
		if err != nil {
			return err
		}
		match, ok := s.match(requests, code)
		if refused = judge(match, ok, tx.Now()); refused != nil {
			return countWrong(ctx, tx, account)
		}
		if in, refused, err = s.redeem(ctx, tx, match, device); err != nil || refused != nil {
			return err
		}
		return uncount(ctx, tx, wrongByAccount.name, account)
	})
	if err == nil {
		err = refused
	}
	return in, err
}

// match looks for the request with the code, always through all of them; without any it does the work of one.
func (s *Service) match(requests []request, code string) (found request, ok bool) {
	for _, r := range requests {
		if hmac.Equal([]byte(s.codeMAC(r.ID, code)), []byte(r.CodeMAC)) {
			found, ok = r, true
		}
	}
	if len(requests) == 0 {
		_ = s.codeMAC("", code)
	}
	return found, ok
}

// judge says why a request cannot be redeemed by code. Only who knows the code learns that it is used or too old.
func judge(r request, ok bool, now clock.Time) error {
	switch {
	case !ok || r.Tries >= codeTries:
		return fault.Invalid.With("session.fault.code").At("code")
	case !r.UsedAt.IsZero():
		return fault.Gone.With("session.fault.used").At("code")
	case !now.Before(r.ExpiresAt.Time):
		return fault.Gone.With("session.fault.expired").At("code")
	}
	return nil
}

// CheckLink tells whether the link of a mail still works, for the page with its button. It uses nothing up: mail
// scanners open links too.
func (s *Service) CheckLink(ctx context.Context, token string) error {
	_, err := s.linked(ctx, s.db, token, clock.At(s.db.Clock().Now()))
	return err
}

// RedeemLink signs in whoever pressed the button behind the link.
func (s *Service) RedeemLink(ctx context.Context, token string, from netip.Addr, device string) (in SignedIn, err error) {
	var refused error
	err = s.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) (err error) {
		in = SignedIn{}
		if refused, err = s.count(ctx, tx, redeemsByAddress, s.place(from)); err != nil || refused != nil {
			return err
		}
		r, err := s.linked(ctx, tx, token, tx.Now())
		if err != nil {
			if fault.KindOf(err) == "" {
				return err
			}
			refused = err
			return nil
		}
		in, refused, err = s.redeem(ctx, tx, r, device)
		return err
	})
	if err == nil {
		err = refused
	}
	return in, err
}

func (s *Service) linked(ctx context.Context, q database.Querier, token string, now clock.Time) (request, error) {
	if len(token) != tokenLength {
		return request{}, fault.Gone.With("session.fault.link")
	}
	r, err := readLinked(ctx, q, s.mac("link", token))
	switch {
	case err != nil:
		return request{}, err
	case !r.UsedAt.IsZero():
		return request{}, fault.Gone.With("session.fault.linkUsed")
	case !now.Before(r.ExpiresAt.Time):
		return request{}, fault.Gone.With("session.fault.linkExpired")
	}
	return r, nil
}

// redeem uses the request up, its code and its link together, and begins a session.
func (s *Service) redeem(ctx context.Context, tx *database.Tx, r request, device string) (in SignedIn, refused, err error) {
	mine, err := useRequest(ctx, tx, r.ID)
	if err != nil {
		return SignedIn{}, nil, err
	}
	if !mine {
		return SignedIn{}, fault.Gone.With("session.fault.used").At("code"), nil
	}
	in, err = s.create(ctx, tx, r.PersonID, device)
	return in, nil, err
}

// address checks that somebody typed an e-mail address, and returns it in the form that is compared.
func address(s string) (string, error) {
	s = strings.ToLower(lang.Clean(s))
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > maxEmail {
		return "", fault.Invalid.With("session.fault.email").At("email")
	}
	return s, nil
}

func (s *Service) account(email string) string { return s.mac("account", email) }

// place stands for where a request comes from. Whoever has one IPv6 address has 2^64 of them.
func (s *Service) place(from netip.Addr) string {
	from = from.Unmap()
	bits := 64
	if from.Is4() {
		bits = 32
	}
	if network, err := from.Prefix(bits); err == nil {
		return s.mac("place", network.String())
	}
	return s.mac("place", "")
}

// codeMAC binds a code to its request: a million codes are soon tried, so the key matters.
func (s *Service) codeMAC(id ident.ID, code string) string {
	return s.mac("code", id.String()+":"+code)
}

func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic("session: no randomness: " + err.Error()) // crypto/rand never fails
	}
	return fmt.Sprintf("%06d", n)
}

func sixDigits(s string) bool {
	return len(s) == 6 && strings.Trim(s, "0123456789") == ""
}
