package app_test

import (
	"flag"
	"net/http"
	"strings"
	"testing"

	"sachhon/internal/ident"
	"sachhon/internal/testkit/apptest"
	"sachhon/internal/web"
)

var update = flag.Bool("update", false, "write testdata anew")

// door is a route with an address that leads through it.
type door struct {
	web.Route
	method, path string
}

// writes tells whether something may change behind the door.
func (d door) writes() bool { return d.method != http.MethodGet }

// doors are all routes; name chooses the objects in their addresses.
func doors(s *apptest.Scene, name func(pattern, wildcard string) string) []door {
	var all []door
	for _, route := range s.Site.Routes() {
		method, path, ok := strings.Cut(route.Pattern, " ")
		if !ok {
			method, path = http.MethodGet, route.Pattern
		}
		all = append(all, door{Route: route, method: method, path: address(path, name)})
	}
	return all
}

// address puts objects into the wildcards of a pattern.
func address(pattern string, name func(pattern, wildcard string) string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		wildcard, ok := strings.CutPrefix(part, "{")
		if !ok {
			continue
		}
		if wildcard = strings.TrimRight(wildcard, ".}"); wildcard == "$" {
			parts[i] = ""
		} else {
			parts[i] = name(pattern, wildcard)
		}
	}
	return strings.Join(parts, "/")
}

// nothing names objects that do not exist.
func nothing(_, wildcard string) string {
	switch wildcard {
	case "slug":
		return "khong-co"
	case "size":
		return "large"
	case "path":
		return "0/x999"
	case "number":
		return "9"
	}
	return "018ff000-0000-7000-8000-00000000dead"
}

// sceneDoors are all routes with addresses of the scene's objects.
func sceneDoors(s *apptest.Scene) []door {
	all := doors(s, existing(s))
	for i, d := range all {
		switch d.Pattern { // of which unit, these ask in the query
		case "GET /don-vi/cong-van", "GET /don-vi/cong-van/moi", "GET /don-vi/cong-van/{id}/theo-doi",
			"GET /don-vi/vuong-mac", "GET /don-vi/vuong-mac/don-doc":
			all[i].path += "?don-vi=" + string(s.Unit(apptest.Town))
		}
	}
	return all
}

// existing names the objects of the scene.
func existing(s *apptest.Scene) func(pattern, wildcard string) string {
	// What an {id} stands for, by the longest beginning of the pattern that is here.
	kinds := map[string]ident.ID{
		"/ra-quan/":                            s.Counted.ID,
		"/tai-lieu/":                           s.Document,
		"/anh/":                                s.Photo,
		"/doi/ra-quan/":                        s.Waiting.ID,
		"/don-vi/ban-gui/":                     s.Dispatch.ID,
		"/don-vi/cong-van/":                    s.Letter.ID,
		"/ban-to-chuc/bao-cao":                 s.Submitted.ID,
		"/ban-to-chuc/cuoc-thi/{slug}/dang-ky": s.Entrant.ID,
		"/api/v1/cleanups/":                    s.Counted.ID,
		"/api/v1/units/":                       s.Unit(apptest.Ward),
	}
	return func(pattern, wildcard string) string {
		switch wildcard {
		case "slug":
			return apptest.Slug
		case "entrant":
			return string(s.Entrant.ID)
		case "unit":
			return string(s.Unit(apptest.Ward))
		case "report":
			return string(s.Submitted.ID)
		case "product":
			return "phat-thanh"
		case "file":
			return "kich-ban.txt"
		case "code":
			return apptest.Ward
		case "photo":
			return string(s.Unseen)
		case "path":
			return "0/000.p/1"
		case "number":
			return "1"
		case "id":
			best := ""
			for beginning := range kinds {
				if strings.HasPrefix(pattern, beginning) && len(beginning) > len(best) {
					best = beginning
				}
			}
			if best != "" {
				return string(kinds[best])
			}
		}
		return nothing(pattern, wildcard)
	}
}

// request returns one through the door, with an empty form when the door writes.
func (d door) request(token string) *http.Request { return d.with(token, "", formType) }

const formType = "application/x-www-form-urlencoded"

// with returns a request with a body.
func (d door) with(token, body, contentType string) *http.Request {
	r, err := http.NewRequest(d.method, apptest.BaseURL+d.path, strings.NewReader(body))
	if err != nil {
		panic(err) // the patterns are ours
	}
	r.RemoteAddr = "192.0.2.1:1234"
	if d.writes() && contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return apptest.As(r, token)
}

// EachEngine runs f with a scene on both engines.
func eachScene(t *testing.T, f func(t *testing.T, s *apptest.Scene)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, a *apptest.App) { f(t, apptest.NewScene(a)) })
}
