package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"

	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// visit is what is known of one request while it is answered.
type visit struct {
	id      string // request ID, also in the log
	route   string
	addr    netip.Addr
	visitor Visitor
	nonHTML bool // the client wants JSON
}

// Visitor is who makes a request.
type Visitor struct {
	Actor   person.Actor
	Name    string   // as the frame shows it
	Role    string   // in words, with the unit
	Session ident.ID // "" when nobody is signed in
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// ActorOf returns who makes the request; the zero actor when nobody is signed in.
func ActorOf(ctx context.Context) person.Actor { return visitOf(ctx).visitor.Actor }

// VisitorOf returns who makes the request, with the name the frame shows.
func VisitorOf(ctx context.Context) Visitor { return visitOf(ctx).visitor }

// RequestID returns the identifier of the request, which also stands in the log.
func RequestID(ctx context.Context) string { return visitOf(ctx).id }

// AddrOf returns the address the request came from, behind believed proxies.
func AddrOf(ctx context.Context) netip.Addr { return visitOf(ctx).addr }

func noteRoute(ctx context.Context, pattern string) { visitOf(ctx).route = pattern }

// Sessions finds out who sends a request.
type Sessions interface {
	// Visitor returns who holds the token; a token that is unknown, expired or ended belongs to nobody, without
	// an error.
	Visitor(ctx context.Context, token string) (Visitor, error)
}

// cookieName of the session. The prefix makes the browser refuse one set by another host or without https.
func cookieName(secure bool) string {
	if secure {
		return "__Host-sachhon"
	}
	return "sachhon"
}

// SignIn gives the browser its session.
func (s *Site) SignIn(w http.ResponseWriter, token string) { s.setSession(w, token, 30*24*60*60) }

// SignOut takes the session from the browser.
func (s *Site) SignOut(w http.ResponseWriter) { s.setSession(w, "", -1) }

func (s *Site) setSession(w http.ResponseWriter, token string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName(s.config.Secure()), Value: token, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: s.config.Secure(), SameSite: http.SameSiteLaxMode,
	})
}

// identify resolves the session cookie. When the store cannot answer, the visitor stays anonymous for reading; the
// reason is logged, and whatever needs a person says 401.
func (s *Site) identify(r *http.Request) Visitor {
	cookie, err := r.Cookie(cookieName(s.config.Secure()))
	if err != nil || cookie.Value == "" {
		return Visitor{}
	}
	visitor, err := s.sessions.Visitor(r.Context(), cookie.Value)
	if err != nil {
		s.log.ErrorContext(r.Context(), "session not resolved", slog.String("request", RequestID(r.Context())), slog.Any("error", err))
		return Visitor{}
	}
	return visitor
}

// client is the address of who asks: the connection's, or what a believed proxy says it forwarded for.
func client(r *http.Request, proxies []netip.Prefix) netip.Addr {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := remote.Addr().Unmap()
	believed := func(a netip.Addr) bool {
		for _, p := range proxies {
			if p.Contains(a) {
				return true
			}
		}
		return false
	}
	// Each proxy appends who it got the request from; walk back while the last one is ours.
	forwarded := splitList(r.Header.Values("X-Forwarded-For"))
	for i := len(forwarded) - 1; i >= 0 && believed(addr); i-- {
		next, err := netip.ParseAddr(forwarded[i])
		if err != nil {
			break
		}
		addr = next.Unmap()
	}
	return addr
}
