package letter

import (
	"regexp"
	"strings"
)

// An address with its scheme, or a bare host of the State or with www.
var reLink = regexp.MustCompile(`(?i)https?://[^\s<>"“”]+|\bwww\.[a-z0-9.-]+\.[a-z]{2,}[^\s<>"“”]*|\b(?:[a-z0-9-]+\.)+(?:gov|edu|org|com)\.vn\b[^\s<>"“”,;)]*`)

const (
	maxLinks      = 100
	maxLinkLength = 2000
)

// readLinks reads the web addresses of the whole letter, each once. An address inside an e-mail address is not one.
func (rd *reader) readLinks() {
	known := map[string]bool{}
	for _, l := range rd.lines {
		if !strings.ContainsRune(l.text, '.') {
			continue
		}
		for _, at := range reLink.FindAllStringIndex(l.text, maxLinks) {
			if at[0] > 0 && strings.ContainsRune("@./", rune(l.text[at[0]-1])) {
				continue
			}
			link := strings.TrimRight(strings.TrimSuffix(l.text[at[0]:at[1]], "./."), ".,;:!?)]}'’”") // "./." ends a letter
			if known[link] || len(link) > maxLinkLength || len(rd.out.Links) >= maxLinks {
				continue
			}
			known[link] = true
			rd.out.Links = append(rd.out.Links, Field[string]{Value: link, Lines: Lines{l.no, l.no}})
		}
	}
}
