package web

import (
	"net/http"
	"time"

	"sachhon/internal/fault"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// Handler answers a request or returns why it could not; the router turns the error into an answer.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Access says who may come to a route at all. The services ask again about the object.
type Access struct {
	SignedIn bool          // anybody who is signed in
	Action   person.Action // whoever might do this, somewhere
}

// Public lets everybody in.
var Public = Access{}

// SignedIn lets in whoever is signed in.
var SignedIn = Access{SignedIn: true}

// Need lets in whoever may do the action in at least one unit or for one entrant.
func Need(action person.Action) Access { return Access{Action: action} }

// check returns why the actor may not come in.
func (a Access) check(actor person.Actor) error {
	if a.SignedIn && actor.Anonymous() {
		return fault.Unauthenticated.With("")
	}
	if a.Action != "" {
		return actor.Might(a.Action)
	}
	return nil
}

// Route is one door of the server.
type Route struct {
	Pattern string // of http.ServeMux, e.g. "GET /ra-quan/{id}"
	Access  Access
	body    int64
	timeout time.Duration
}

// Option changes a route's limits.
type Option func(*Route)

// Upload admits a body of up to limit bytes, and the time that a slow phone needs for it.
func Upload(limit int64) Option {
	return func(r *Route) { r.body, r.timeout = limit, 10*time.Minute }
}

// ProofBody is the largest form with a proof, a photo or a PDF: what is larger than the services accept still arrives, so that
// the form can be shown again with the reason.
const ProofBody = 64 << 20

// formLimit is the size of a form without files.
const formLimit = 1 << 20

// Router keeps the routes of all audiences.
type Router struct {
	mux     *http.ServeMux
	routes  []Route
	problem func(http.ResponseWriter, *http.Request, error)
	timeout time.Duration
}

// NewRouter returns an empty router; problem answers a request that failed.
func NewRouter(timeout time.Duration, problem func(http.ResponseWriter, *http.Request, error)) *Router {
	return &Router{mux: http.NewServeMux(), problem: problem, timeout: timeout}
}

// Handle adds a route.
func (rt *Router) Handle(pattern string, access Access, h Handler, options ...Option) {
	route := Route{Pattern: pattern, Access: access, body: formLimit, timeout: rt.timeout}
	for _, o := range options {
		o(&route)
	}
	rt.routes = append(rt.routes, route)
	rt.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		if err := rt.serve(w, r, route, h); err != nil {
			rt.problem(w, r, err)
		}
	})
}

// Form adds the two doors of a form: the page that shows it and the address it is posted to.
func (rt *Router) Form(path string, access Access, show, post Handler, options ...Option) {
	rt.Handle("GET "+path, access, show)
	rt.Handle("POST "+path, access, post, options...)
}

func (rt *Router) serve(w http.ResponseWriter, r *http.Request, route Route, h Handler) error {
	// Deadlines of this request only; a server without them (in a test) has nothing to lose.
	deadline := now().Add(route.timeout)
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(deadline)
	_ = control.SetWriteDeadline(deadline.Add(rt.timeout))
	if err := route.Access.check(ActorOf(r.Context())); err != nil {
		return err
	}
	limit := route.body
	if plainForm(r) {
		limit = min(limit, formLimit) // it is kept in memory, also where files may be sent
	}
	r.Body = body{http.MaxBytesReader(w, r.Body, limit)}
	if err := legible(r); err != nil {
		return err
	}
	return h(w, r)
}

// PathID reads an identifier from the path; what is none names nothing.
func PathID(r *http.Request, name string) (ident.ID, error) {
	id, err := ident.Parse(r.PathValue(name))
	if err != nil {
		return "", fault.NotFound.With("").Because(err)
	}
	return id, nil
}

// HandleRaw adds handlers that answer for themselves (assets, health, the API), open to everybody.
func (rt *Router) HandleRaw(pattern string, h http.Handler) {
	rt.routes = append(rt.routes, Route{Pattern: pattern})
	rt.mux.Handle(pattern, h)
}

// Routes lists every door, for the test that tries each with each role.
func (rt *Router) Routes() []Route { return rt.routes }

// ServeHTTP answers a request, unknown paths with the same kind of page as any other fault.
func (rt *Router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h, pattern := rt.mux.Handler(r)
	if pattern != "" {
		noteRoute(r.Context(), pattern)
		rt.mux.ServeHTTP(w, r)
		return
	}
	// The mux knows 404 from 405 but answers in plain text: ask it, then say it as a page.
	probe := &probe{header: http.Header{}}
	h.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.header.Get("Allow"))
		rt.problem(w, r, errMethod)
		return
	}
	if location := probe.header.Get("Location"); location != "" {
		http.Redirect(w, r, location, probe.status)
		return
	}
	rt.problem(w, r, fault.NotFound.With(""))
}

// probe keeps what the mux would have answered.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }
