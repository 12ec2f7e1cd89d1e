package lang

import (
	"strings"
	"testing"
)

func TestPick(t *testing.T) {
	for _, tt := range []struct{ accept, cookie, query, want string }{
		{"", "", "", "vi"},
		{"en", "", "", "en"},
		{"en-GB,en;q=0.9,vi;q=0.8", "", "", "en"},
		{"en;q=0.5, vi;q=0.9", "", "", "vi"},
		{"fr-FR,fr;q=0.9", "", "", "vi"},
		{"fr,en;q=0.2", "", "", "en"},
		{"en", "vi", "", "vi"},
		{"vi", "vi", "en", "en"},
		{"en", "xx", "<script>", "en"},
		{"\xff;;q=", "", "", "vi"},
		{strings.Repeat("en,", 1000), "", "", "vi"},
	} {
		if got := Pick(tt.accept, tt.cookie, tt.query); got != tt.want {
			t.Errorf("Pick(%q, %q, %q) = %q, want %q", tt.accept, tt.cookie, tt.query, got, tt.want)
		}
	}
}

func TestContextSpeaksALanguage(t *testing.T) {
	if got := From(t.Context()).Code(); got != "vi" {
		t.Errorf("without a choice the language is %q", got)
	}
	if got := From(With(t.Context(), New("en"))).Code(); got != "en" {
		t.Errorf("the chosen language is %q", got)
	}
	if got := New("fr").Code(); got != "vi" {
		t.Errorf("an unknown language is answered in %q", got)
	}
	if !New("vi").Has("fault.notFound") || New("vi").Has("fault.none") {
		t.Error("Has does not tell which keys have a message")
	}
}
