package office_test

import (
	"fmt"
	"html"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/paper/papertest"
)

var (
	reSheet     = regexp.MustCompile(`(?s)<svg class="a4__sheet" viewBox="0 0 ([\d.]+) ([\d.]+)".*?</svg>`)
	reSheetText = regexp.MustCompile(`(?s)<text[^>]*>([^<]*)</text>`)
	reAcross    = regexp.MustCompile(`(?s)<g transform="rotate.*?</g>`)
	reTurned    = regexp.MustCompile(`^[DỰTHẢO]{1,2}$`) // what a PDF tells of the turned letters of "DỰ THẢO"
)

// shownPages are the words of each page that is drawn, in alphabetical order.
func shownPages(body string) [][]string {
	var pages [][]string
	for _, svg := range reSheet.FindAllString(body, -1) {
		var words []string
		for _, m := range reSheetText.FindAllStringSubmatch(reAcross.ReplaceAllString(svg, ""), -1) {
			words = append(words, strings.Fields(html.UnescapeString(m[1]))...)
		}
		pages = append(pages, ordered(words))
	}
	return pages
}

// setText is a text as it stands on a page: its words, place, size and weight.
type setText struct {
	Text        string
	X, Y, Size  float64
	Bold, Slant bool
}

var reAttribute = regexp.MustCompile(`([\w-]+)="([^"]*)"`)

// shownTexts are the texts of the pages that are drawn, without the mark of a draft.
func shownTexts(t *testing.T, body string) [][]setText {
	t.Helper()
	var pages [][]setText
	for _, svg := range reSheet.FindAllString(body, -1) {
		var texts []setText
		for _, m := range reSheetText.FindAllStringSubmatch(reAcross.ReplaceAllString(svg, ""), -1) {
			one := setText{Text: html.UnescapeString(m[1])}
			tag, _, _ := strings.Cut(m[0], ">")
			for _, a := range reAttribute.FindAllStringSubmatch(tag, -1) {
				var err error
				switch a[1] {
				case "x":
					one.X, err = strconv.ParseFloat(a[2], 64)
				case "y":
					one.Y, err = strconv.ParseFloat(a[2], 64)
				case "font-size":
					one.Size, err = strconv.ParseFloat(a[2], 64)
				case "font-weight":
					one.Bold = a[2] == "700"
				case "font-style":
					one.Slant = a[2] == "italic"
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			texts = append(texts, one)
		}
		pages = append(pages, texts)
	}
	return pages
}

// setTexts are those of the sheets as they are set for paper.
func setTexts(doc letter.Document) [][]setText {
	var pages [][]setText
	for _, s := range decree.Sheets(doc.Clean(), decree.Options{}) {
		var texts []setText
		for _, one := range s.Texts {
			texts = append(texts, setText{one.Text, one.X, one.Y, one.Points(), one.Bold, one.Italic})
		}
		pages = append(pages, texts)
	}
	return pages
}

// near lets a screen round to hundredths of a point.
var near = cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 0.006 })

func ordered(words []string) []string {
	words = slices.DeleteFunc(words, reTurned.MatchString)
	slices.Sort(words)
	return words
}

// printedPages are those of a PDF.
func printedPages(t *testing.T, file string) [][]string {
	t.Helper()
	var pages [][]string
	for _, p := range papertest.Pages(t, []byte(file)) {
		var words []string
		for _, w := range p.Words {
			words = append(words, strings.Fields(w.Text)...)
		}
		pages = append(pages, ordered(words))
	}
	return pages
}

// manyRecipients is a letter of a department that fills more than a page with those who get it.
func manyRecipients() letter.Document {
	doc := decreetest.Urgent()
	doc.Urgency, doc.Addressees, doc.Drafter, doc.Copies = "thượng khẩn", nil, "NTH", 45
	for i := range 40 {
		doc.Addressees = append(doc.Addressees, fmt.Sprint("Tổ dân phố ", i+1))
		doc.Recipients = slices.Insert(doc.Recipients, 1, fmt.Sprint("Nơi nhận thứ ", i+1))
	}
	doc.Appendices = []letter.Appendix{{Title: "Mẫu báo cáo", Blocks: []letter.Block{{Kind: letter.BulletBlock, Text: "Số người tham gia: …"}}}}
	return doc
}

// TestThePreviewSaysWhatThePaperSays: page by page, in the editor, while somebody types, and once the letter is issued.
func TestThePreviewSaysWhatThePaperSays(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		docs := decreetest.All()
		docs["many recipients"] = manyRecipients()
		scheduled := decreetest.Urgent()
		scheduled.Urgency, scheduled.DeliverBy = letter.Scheduled, clock.Date(2024, 6, 10, 15, 30)
		docs["scheduled"] = scheduled
		for name, doc := range docs {
			doc.Number, doc.Date = "", letter.Date{}
			if doc.Type == letter.Report {
				doc.Type = "thông báo" // a report has figures behind it, which are another package's
			}
			composed, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
			if err != nil {
				t.Fatal(err)
			}
			at := "/don-vi/soan-thao/" + string(composed.ID)
			agree := func(when, body, file string) {
				t.Helper()
				shown, printed := shownPages(body), printedPages(t, file)
				if len(printed) == 0 || !slices.Contains(printed[0], "HÒA") {
					t.Errorf("%s, %s: the paper says %q", name, when, printed)
				}
				if marks := len(reAcross.FindAllString(body, -1)); marks != len(shown) && when != "issued" || marks > 0 && when == "issued" {
					t.Errorf("%s, %s: %d of %d pages are marked as a draft", name, when, marks, len(shown))
				}
				if diff := cmp.Diff(printed, shown); diff != "" {
					t.Errorf("%s, %s (-printed +shown)\n%s", name, when, diff)
				}
				kept, err := d.Letters.Get(t.Context(), d.clerk, composed.ID)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(setTexts(*kept.Document), shownTexts(t, body), near); diff != "" {
					t.Errorf("%s, %s: what stands where (-set +shown)\n%s", name, when, diff)
				}
			}
			page := d.As(d.clerk).Get(at)
			agree("in the editor", page.Body, d.Get(at+"/pdf").Body)
			if name != "many recipients" {
				continue
			}
			if n := len(shownPages(page.Body)); n < 3 {
				t.Errorf("%d pages", n)
			}
			// An empty block is none on paper, and what is typed is drawn as it would be printed.
			form := with(d.shown(t, at, page.Body, "Phần mở đầu mới", "", "Nhiệm vụ.", "Nhiệm vụ khác.", "Phần kết", "Mẫu mới", "Số người"), "drafter", "ABC", "superior", "Ủy ban nhân dân thị xã Hương Trà", "urgency", "khẩn")
			typed := d.Post(at+"/xem-truoc", form)
			want(t, "typed", typed, http.StatusOK, "Phần mở đầu mới", ">KHẨN<", ">ABC.<", "(Kèm theo Công văn số")
			if a := d.Post(at, with(form, "do", "save")); a.Status != http.StatusSeeOther {
				t.Fatalf("save: %d", a.Status)
			}
			agree("as typed", typed.Body, d.Get(at+"/pdf").Body)
			d.Sign(t, composed)
			want(t, "number", d.Post(at+"/lay-so", url.Values{}), http.StatusSeeOther)
			agree("issued", d.Get(at).Body, d.Get(at+"/ban-phat-hanh").Body)
		}
	})
}

// TestALongLetterIsNotDrawnToItsEnd: what is more than anybody reads beside a form is counted, not drawn.
func TestALongLetterIsNotDrawnToItsEnd(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		doc := decreetest.Plan()
		table := letter.Table{Head: []string{"TT", "Đơn vị"}}
		for i := range 1500 {
			table.Rows = append(table.Rows, []string{fmt.Sprint(i), "Tổ dân phố"})
		}
		doc.Appendices = []letter.Appendix{{Title: "Danh sách", Blocks: []letter.Block{{Kind: letter.TableBlock, Table: &table}}}}
		composed, err := d.Letters.Compose(t.Context(), d.clerk, letter.ComposeInput{Issuer: d.Town.ID, Document: doc})
		if err != nil {
			t.Fatal(err)
		}
		at := "/don-vi/soan-thao/" + string(composed.ID)
		page := d.As(d.clerk).Get(at)
		shown, printed := shownPages(page.Body), printedPages(t, d.Get(at+"/pdf").Body)
		more := len(printed) - len(shown)
		if len(shown) != 20 || more < 5 {
			t.Fatalf("%d of %d pages are drawn", len(shown), len(printed))
		}
		want(t, "long", page, http.StatusOK, fmt.Sprintf("Còn %d trang", more), fmt.Sprintf("Trang 20/%d", len(printed)))
	})
}
