package extract

import (
	"bufio"
	"bytes"
	"context"
	"regexp"
	"strconv"
	"strings"

	"sachhon/internal/paper"
	"sachhon/internal/paper/flow"
	"sachhon/internal/paper/poppler"
)

// A scan is told apart by what stands on its pages: pictures that cover them, with no more text than programs print over a
// picture, such as the box of a digital signature, a stamp of arrival, a page number or the name of a scanner's program.
const (
	covered   = 0.6 // of a page: from here on its pictures are the page; a letterhead or a photo is less
	whole     = 0.85
	leastPage = 250 // characters: the heading, salutation and signature of the shortest letter alone are more
	coarsest  = 36  // dots per inch: nobody can read a coarser picture, it is a background
)

var (
	// What a program prints over a picture, by how its lines begin. Two such lines may have others between them: a name that
	// runs on.
	reStray = regexp.MustCompile(`(?i)^\W*(?:người ký|ký bởi|ký số bởi|được ký|đã ký số|chữ ký số|văn bản (?:này )?(?:đã )?được ký|digitally signed|signed by|signature (?:valid|not verified)|` +
		`thời gian ký|ngày ký|giờ ký|signing (?:date|time)|date:|email\s*:|e-mail\s*:|cơ quan\s*:|tổ chức\s*:|đơn vị\s*:|chức vụ\s*:|chức danh\s*:|lý do\s*:|nơi ký\s*:|reason\s*:|location\s*:|serial|` +
		`(?:cn|ou|o|dn|c|l|st)\s?=|foxit|` +
		`(?:công văn|văn bản|cv) đến|đến số\s*:|số đến\s*:|ngày đến\s*:|đến\s*(?:ngày|số|giờ)?\s*:|(?:kính )?chuyển\s*:|lưu hồ sơ|số và ký hiệu hs|giờ\s*:|ngày\s*:|` +
		`scanned (?:with|by)|(?:được )?quét bằng|camscanner|adobe scan|(?:trang|page)\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*$)`)
	reListed   = regexp.MustCompile(`^\s*(\d+)\s+\d+\s+(image|stencil)\s+(\d+)\s+(\d+)\s.*\s([\d.]+)\s+([\d.]+)\s+\S+\s+\S+$`)
	rePageSize = regexp.MustCompile(`^Page\s+(\d+) size:\s+([\d.]+) x ([\d.]+) pts`)
)

// maxBetween is how many lines between two of a box belong to it.
const maxBetween = 2

// own counts the characters of a page that are no page number and stand in no box that a program printed over it.
func own(lines []string) int {
	var texts []string
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" && !paper.IsPageNumber(l) {
			texts = append(texts, l)
		}
	}
	var left []string
	last := -1 << 10 // the stray line before
	for i, l := range texts {
		if !reStray.MatchString(l) {
			left = append(left, l)
			continue
		}
		if between := i - last - 1; between <= maxBetween {
			left = left[:len(left)-between]
		}
		last = i
	}
	return flow.Runes(left)
}

// sight is what is seen on the pages of a PDF: how many characters of their own they have, and how much of them pictures cover.
type sight struct {
	own   []int
	cover map[int]float64 // by page, from 1; nil when it is not known
}

func (s sight) covered(page int) bool { return s.cover[page+1] >= covered }

// first is the first page with something on it.
func (s sight) first() int {
	for page, n := range s.own {
		if n > 0 || s.covered(page) {
			return page
		}
	}
	return 0
}

// scan tells whether the document begins with a picture of a page, or has no text of its own at all: what a letter says is on
// its first page, and text that follows a picture of it is that of an appendix.
func (s sight) scan() bool {
	n := 0
	for _, o := range s.own {
		n += o
	}
	page := s.first()
	return n == 0 || s.covered(page) && s.own[page] < leastPage
}

// notices say what to know about the text of a document that is no scan.
func (s sight) notices() []Notice {
	var out []Notice
	least := leastPage
	if s.cover[s.first()+1] >= whole { // what stands on a picture of the page was recognised from it, also where it is little
		out, least = append(out, Notice{Recognised, nil}), 1
	}
	first, count := 0, 0
	for page, n := range s.own {
		if s.covered(page) && n < least {
			if count++; count == 1 {
				first = page + 1
			}
		}
	}
	if count > 0 {
		out = append(out, Notice{Pictures, []any{"Count", count, "Page", first}})
	}
	return out
}

// covers looks at the pictures of the first pages while another program reads the text, and returns what waits for the answer:
// how much of each page pictures cover. Where the programs are missing or give up, nothing is known.
func covers(ctx context.Context, file *poppler.File) func() map[int]float64 {
	run := func(name string, args ...string) <-chan []byte {
		out := make(chan []byte, 1)
		go func() {
			tool, err := poppler.Find(name)
			if err != nil {
				out <- nil
				return
			}
			b, _ := tool.Light().Run(ctx, file, flow.MaxText, append(args, "-f", "1", "-l", strconv.Itoa(pdfPages), file.Name())...) // a file that fails here is told by its text alone
			out <- b
		}()
		return out
	}
	pictures, sizes := run("pdfimages", "-list"), run("pdfinfo")
	return func() map[int]float64 { return coverage(<-pictures, <-sizes) }
}

// coverage is how much of each page pictures cover, from the lists of pictures and of pages.
func coverage(pictures, sizes []byte) map[int]float64 {
	area := map[int]float64{}
	eachMatch(sizes, rePageSize, func(m []float64) { area[int(m[0])] = m[1] * m[2] })
	cover := map[int]float64{}
	eachMatch(pictures, reListed, func(m []float64) {
		page, across, down := int(m[0]), m[4], m[5]
		if across < coarsest || down < coarsest || area[page] < 1 {
			return
		}
		cover[page] = min(1, cover[page]+m[2]*m[3]*72*72/(across*down*area[page]))
	})
	return cover
}

// eachMatch gives the numbers in each line that matches; a group that is no number is 0.
func eachMatch(out []byte, re *regexp.Regexp, f func([]float64)) {
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		m := re.FindStringSubmatch(s.Text())
		if m == nil {
			continue
		}
		numbers := make([]float64, len(m)-1)
		for i, text := range m[1:] {
			numbers[i], _ = strconv.ParseFloat(text, 64)
		}
		f(numbers)
	}
}
