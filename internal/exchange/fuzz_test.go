package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"sachhon/internal/exchange"
)

// FuzzParsePartners states what holds for any file: a list that is taken has ways that can be gone, each under a name of its own.
func FuzzParsePartners(f *testing.F) {
	for _, s := range []string{
		"", "{}", "null", `{"partners":null}`, `{"partners":[{}]}`, `{"partners":[],"x":1}`, "\xef\xbb\xbf{}", `{"partners":[]} {}`,
		`{"partners":[{"id":"tinh","name":"Trục tỉnh","way":"axis","url":"https://truc.example/x","system_id":"h57","secret":"s"}]}`,
		`{"partners":[{"id":"a","way":"folder","folder":"/tmp/a"},{"id":"a","way":"folder","folder":"/tmp/b"}]}`,
		`{"partners":[{"id":"b","way":"http","accepts":"một khóa đủ dài để nhận"}]}`,
		`{"partners":[{"id":"c","way":"http","url":"http://u:p@127.0.0.1/","system_id":"x","secret":"y"}]}`,
		`{"partners":[{"id":"C D","way":"http","url":"https://[::1","system_id":"x","secret":"y"}]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		partners, err := exchange.ParsePartners([]byte(s))
		if err != nil {
			return
		}
		var ids []string
		for _, p := range partners {
			if p.ID == "" || strings.ContainsAny(p.ID, " /\\\n") || slices.Contains(ids, p.ID) {
				t.Errorf("%q is taken beside %q", p.ID, ids)
			}
			if ids = append(ids, p.ID); !slices.Contains([]exchange.Way{exchange.ByFolder, exchange.ByPost, exchange.ByAxis}, p.Way) {
				t.Errorf("way %q", p.Way)
			}
			if p.Way == exchange.ByAxis && (p.SystemID == "" || p.Secret == "" || !strings.HasPrefix(strings.ToLower(p.URL), "http")) {
				t.Errorf("nobody can be asked: %+v", p)
			}
		}
	})
}
