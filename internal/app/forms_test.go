package app_test

import (
	"net/http"
	"strings"
	"testing"

	"sachhon/internal/testkit/apptest"
)

// TestFormsAreForWhoMaySendThem opens every page of officials that shows a form as everybody: whoever sees the form may also
// send it. What is wrong with what was sent is another matter.
func TestFormsAreForWhoMaySendThem(t *testing.T) {
	eachScene(t, func(t *testing.T, s *apptest.Scene) {
		posts := map[string]door{}
		for _, d := range sceneDoors(s) {
			if path, ok := strings.CutPrefix(d.Pattern, "POST "); ok {
				posts[path] = d
			}
		}
		shown := 0
		for _, d := range sceneDoors(s) {
			path, ok := strings.CutPrefix(d.Pattern, "GET ")
			post, sends := posts[path]
			if !ok || !sends || !strings.HasPrefix(path, "/don-vi/") {
				continue
			}
			at, _, _ := strings.Cut(d.path, "?")
			for _, f := range s.Faces {
				page := s.Do(d.request(f.Token))
				html := page.Body.String()
				if page.Code != http.StatusOK || !strings.Contains(html, `action="`+at+`"`) && !strings.Contains(html, `action="`+at+`?`) {
					continue
				}
				shown++
				if w := s.Do(post.request(f.Token)); w.Code == http.StatusForbidden || w.Code == http.StatusUnauthorized {
					t.Errorf("%s shows %s a form that %s answers with %d", d.Pattern, f.Name, post.Pattern, w.Code)
				}
			}
		}
		if shown < 20 {
			t.Errorf("only %d forms were shown", shown)
		}
	})
}
