package decree

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/font"
)

func upper(s string) string { return strings.ToUpper(s) }

// composed is the document with every text in NFC, as fonts need it.
func composed(d letter.Document) letter.Document {
	for _, s := range []*string{
		&d.Type, &d.Urgency, &d.Superior, &d.Organ, &d.Number, &d.Notation, &d.Place, &d.Subject, &d.Signer.Position, &d.Signer.Name, &d.Secretary, &d.Contact, &d.Drafter,
	} {
		*s = lang.Clean(*s)
	}
	list := func(in []string) []string {
		var out []string
		for _, s := range in {
			if s = lang.Clean(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	d.Addressees, d.Recipients, d.Signer.Capacity = list(d.Addressees), list(d.Recipients), list(d.Signer.Capacity)
	return d
}

// inseparable are words that belong together where a name is broken into lines.
var inseparable = [][2]string{
	{"ỦY", "BAN"},
	{"BCH", "ĐOÀN"},
	{"NHÂN", "DÂN"},
	{"HỘI", "ĐỒNG"},
	{"THỊ", "XÃ"},
	{"THÀNH", "PHỐ"},
	{"THỊ", "TRẤN"},
	{"XÃ", "HỘI"},
	{"MẶT", "TRẬN"},
	{"TỔ", "QUỐC"},
	{"VIỆT", "NAM"},
	{"LIÊN", "HIỆP"},
	{"PHỤ", "NỮ"},
	{"THANH", "NIÊN"},
	{"CỘNG", "SẢN"},
	{"TRUNG", "TÂM"},
	{"VĂN", "HÓA"},
	{"THÔNG", "TIN"},
	{"THỂ", "THAO"},
	{"BAN", "NHÂN"},
	{"BAN", "CHẤP"},
	{"CHẤP", "HÀNH"},
	{"ĐOÀN", "TNCS"},
	{"THỪA", "THIÊN"},
	{"THIÊN", "HUẾ"},
}

// areas open the name of an area, where a name is best broken.
var areas = []string{"TỈNH", "THÀNH", "THỊ", "HUYỆN", "QUẬN", "PHƯỜNG", "XÃ"}

// nameLines breaks the name of an organ in capitals into as few lines as fit, at the name of its area where that can be,
// otherwise into lines of about one length.
func nameLines(name string, style font.Style, size, width float64) []string {
	words := strings.Fields(upper(name))
	n := len(words)
	if n == 0 {
		return nil
	}
	blank := style.Width(" ", size)
	ends := make([]float64, n+1) // where each word ends if all stood on one line
	for i, w := range words {
		ends[i+1] = ends[i] + style.Width(w, size) + blank
	}
	for lines := max(1, int(ends[n]/(width+blank))); ; lines++ {
		cuts, fits := breakEvenly(words, ends, lines, width, blank)
		if cuts == nil || !fits && lines < min(n, maxNameLines) {
			continue
		}
		var out []string
		from := 0
		for _, to := range cuts {
			out = append(out, strings.Join(words[from:to], " "))
			from = to
		}
		return out
	}
}

// maxNameLines is after how many lines a name that still does not fit is set as it is.
const maxNameLines = 6

// tooWide is the cost of a line that does not fit.
const tooWide = 1e9

// breakEvenly returns after which words the cheapest division into so many lines cuts, the end included.
func breakEvenly(words []string, ends []float64, lines int, width, blank float64) (cuts []int, fits bool) {
	n := len(words)
	if lines > n {
		return []int{n}, false
	}
	target := ends[n] / float64(lines)
	type step struct {
		cost float64
		from int
	}
	best := make([][]step, lines+1)
	for l := range best {
		best[l] = make([]step, n+1)
		for i := range best[l] {
			best[l][i].cost = math.Inf(1)
		}
	}
	best[0][0].cost = 0
	for l := 1; l <= lines; l++ {
		for to := l; to <= n; to++ {
			for from := l - 1; from < to; from++ {
				w := ends[to] - ends[from] - blank
				c := best[l-1][from].cost + (w-target)*(w-target)
				if w > width {
					c += tooWide
				}
				if to < n {
					c += cutCost(words, to, width)
				}
				if c < best[l][to].cost {
					best[l][to] = step{c, from}
				}
			}
		}
	}
	cuts = make([]int, lines)
	for l, to := lines, n; l > 0; l-- {
		cuts[l-1] = to
		to = best[l][to].from
	}
	return cuts, best[lines][n].cost < tooWide/2
}

// cutCost is how bad it is to begin a line with word at.
func cutCost(words []string, at int, width float64) float64 {
	if slices.Contains(inseparable, [2]string{words[at-1], words[at]}) {
		return width * width
	}
	if slices.Contains(areas, words[at]) && !(words[at] == "XÃ" && at+1 < len(words) && words[at+1] == "HỘI") {
		return -width * width / 9
	}
	if words[at-1] == "VÀ" || words[at] == "-" {
		return width * width
	}
	return 0
}

// centred is a paragraph in the middle for each line.
func centred(lines []string, look paper.Run) []paper.Block {
	out := make([]paper.Block, len(lines))
	for i, l := range lines {
		look.Text = l
		out[i] = paper.Paragraph{Align: paper.Center, Runs: []paper.Run{look}, KeepNext: true}
	}
	return out
}

var reArchive = regexp.MustCompile(`(?i)^lưu\s*:?\s*`)

// archived writes "Lưu: VT, …" with its colon.
func archived(recipient string) string {
	if at := reArchive.FindString(recipient); at != "" && len(at) < len(recipient) {
		return "Lưu: " + recipient[len(at):]
	}
	return recipient
}

// ended is letter.Ended for an entry of a list.
func ended(entries []string, i int) string {
	if i == len(entries)-1 {
		return letter.Ended(entries[i], ".")
	}
	return letter.Ended(entries[i], ";")
}
