package portal_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"sachhon/internal/clock"
	"sachhon/internal/database"
	"sachhon/internal/testkit"
	"sachhon/internal/web/portal/portaltest"
)

// pages are all public pages of the world.
func pages(w *portaltest.World) []string {
	c := "/cuoc-thi/" + w.Slug
	return []string{
		"/", "/gioi-thieu", c, c + "/ra-quan", c + "/ra-quan?view=map", c + "/ra-quan?state=valid&from=2024-06-10&to=11/6/2024",
		c + "/ra-quan?unit=" + string(w.Unit("19996")), c + "/ra-quan?state=ended", c + "/bang-xep-hang", c + "/bang-xep-hang?division=individual",
		c + "/cong-van/" + string(w.Letter.ID), c + "/thong-ke", "/ra-quan/" + string(w.Valid[0].ID), "/ra-quan/" + string(w.Waiting.ID), "/ra-quan/" + string(w.Ahead.ID),
	}
}

// page requires an answer with the status that holds no secret and nothing of the hostile texts as markup.
func page(t *testing.T, w *portaltest.World, path, language string, status int) *html.Node {
	t.Helper()
	rec := w.Request(http.MethodGet, path, func(r *http.Request) { r.Header.Set("Accept-Language", language) })
	if rec.Code != status {
		t.Errorf("GET %s: %d, want %d", path, rec.Code, status)
	}
	body := rec.Body.String()
	for _, secret := range append([]string{"<script>alert", "javascript:", "⟦"}, portaltest.Secrets...) {
		if strings.Contains(body, secret) {
			t.Errorf("GET %s shows %q", path, secret)
		}
	}
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func texts(doc *html.Node, selector string) []string {
	var out []string
	for _, n := range cascadia.QueryAll(doc, cascadia.MustCompile(selector)) {
		out = append(out, strings.Join(strings.Fields(text(n)), " "))
	}
	return out
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(text(c))
	}
	return b.String()
}

// require wants a text among those under a selector.
func require(t *testing.T, doc *html.Node, selector, want string) {
	t.Helper()
	found := texts(doc, selector)
	for _, got := range found {
		if strings.Contains(got, want) {
			return
		}
	}
	t.Errorf("%s: no %q among %q", selector, want, found)
}

func TestPages(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := portaltest.New(t, db, clk)
		for _, language := range []string{"vi", "en"} {
			for _, path := range pages(w) {
				doc := page(t, w, path, language, http.StatusOK)
				if got := texts(doc, "h1"); len(got) != 1 || got[0] == "" {
					t.Errorf("GET %s: headings %q, want one", path, got)
				}
				if head := w.Request(http.MethodHead, path, nil); head.Code != http.StatusOK {
					t.Errorf("HEAD %s: %d", path, head.Code)
				}
			}
		}
		home := page(t, w, "/", "vi", 200)
		require(t, home, ".stat__value", "36")
		require(t, home, ".stat__value", "157,5")
		require(t, home, ".stat__note", "trên 6 buổi")
		require(t, home, ".hero__actions a", "Đăng ký dự thi")
		require(t, home, ".card__text", portaltest.Hostile)
		require(t, home, ".standing", "Đội Thanh niên sông Bồ")
	})
}

func TestWhatPagesSay(t *testing.T) {
	w := world(t)
	c := "/cuoc-thi/" + w.Slug
	about := page(t, w, c, "vi", 200)
	require(t, about, ".prose strong", "tham gia")
	require(t, about, ".prose h3", "Thể lệ")
	require(t, about, ".prose h4", "Đội")
	require(t, about, ".file", "kế hoạch.txt")
	require(t, about, "td", "3.000.000 đồng")
	require(t, about, "td", "10 điểm/kg đến 50 kg")

	one := page(t, w, "/ra-quan/"+string(w.Valid[2].ID), "vi", 200)
	require(t, one, ".head__over", "Thí sinh số 3")
	require(t, one, ".stat__value", "52,5")
	require(t, one, "td", "12,5 kg")
	require(t, one, "td", "Ước tính")
	require(t, one, ".prose li", "Một buổi ra quân hợp lệ: 20 điểm")
	if got := texts(one, ".pair img"); len(got) != 2 {
		t.Errorf("%d photos side by side, want 2", len(got))
	}
	require(t, page(t, w, "/ra-quan/"+string(w.Waiting.ID), "en", 200), ".alert", "the board is reviewing")

	list := page(t, w, c+"/ra-quan?state=valid", "vi", 200)
	if got := texts(list, ".card--cleanup"); len(got) != 3 {
		t.Errorf("%d valid clean-ups, want 3", len(got))
	}
	require(t, page(t, w, c+"/ra-quan?view=map", "vi", 200), ".map-list li", "Bãi bồi ven sông")
	require(t, page(t, w, c+"/thong-ke", "vi", 200), ".chart__summary", "3 trên 6 buổi")
	require(t, page(t, w, c+"/bang-xep-hang", "vi", 200), ".badge", "Tạm tính")
}

func TestLetterIsPublic(t *testing.T) {
	testkit.EachEngine(t, func(t *testing.T, db *database.DB, clk *clock.Set) {
		w := portaltest.New(t, db, clk)
		at := "/cuoc-thi/" + w.Slug
		if links := texts(page(t, w, at, "vi", http.StatusOK), `a[href^="`+at+`/cong-van/"]`); len(links) != 1 {
			t.Errorf("the challenge leads to %d letters, want 1", len(links))
		}
		doc := page(t, w, at+"/cong-van/"+string(w.Letter.ID), "vi", http.StatusOK)
		if title := texts(doc, "h1"); len(title) != 1 || !strings.Contains(title[0], "1903/UBND-VH") {
			t.Errorf("the letter is called %q", title)
		}
		if side := strings.Join(texts(doc, ".read"), " "); !strings.Contains(side, "Truyền thanh, loa") {
			t.Errorf("what the letter asks is not beside it: %q", side)
		}
		page(t, w, at+"/cong-van/01900000-0000-7000-8000-000000000000", "vi", http.StatusNotFound)
	})
}

func TestPublishedResults(t *testing.T) {
	w := world(t)
	c := "/cuoc-thi/" + w.Slug
	page(t, w, c+"/ket-qua", "vi", http.StatusNotFound)
	p := w.Publish(t)
	results := page(t, w, c+"/ket-qua", "vi", 200)
	require(t, results, "dd", p.SHA256)
	require(t, results, "td", "3.000.000 đồng")
	standings := page(t, w, c+"/bang-xep-hang", "vi", 200)
	require(t, standings, ".badge", "Chính thức")
	require(t, standings, ".prize", "3.000.000 đồng")
	require(t, page(t, w, "/ra-quan/"+string(w.Valid[0].ID), "vi", 200), ".stat__label", "Theo kết quả đã công bố")
	require(t, page(t, w, "/", "vi", 200), ".hero__actions a", "Kết quả chung cuộc")
	unreported := page(t, w, "/ra-quan/"+string(w.Ahead.ID), "vi", 200)
	require(t, unreported, ".badge", "Không có báo cáo")
	require(t, unreported, ".alert", "không có báo cáo trong thời hạn")
	require(t, page(t, w, c+"/ra-quan", "vi", 200), ".badge", "Không có báo cáo")
}

func TestBadInput(t *testing.T) {
	w := world(t)
	c := "/cuoc-thi/" + w.Slug
	for path, status := range map[string]int{
		"/cuoc-thi/khong-co": 404, "/cuoc-thi/khong-co/ra-quan": 404, "/cuoc-thi/khong-co/ket-qua": 404, "/ra-quan/khong-co": 404,
		"/ra-quan/" + string(w.Challenge.ID): 404, "/anh/khong-co/thumb": 404, "/tai-lieu/khong-co": 404, "/khong-co": 404,
		c + "/bang-xep-hang?division=x": 404, c + "/bang-xep-hang?from=-1": 400, c + "/bang-xep-hang?from=99": 400,
		c + "/ra-quan?cursor=!!": 400, c + "/ra-quan?from=31/02/2024": 422, c + "/ra-quan?state=x": 422, c + "/ra-quan?unit=x": 422,
		c + "/ra-quan?from=2024-06-20&to=2024-06-10": 422,
	} {
		page(t, w, path, "vi", status)
	}
	form := page(t, w, c+"/ra-quan?from=31/02/2024&state=valid", "vi", 422)
	require(t, form, ".field__error", "Không có ngày này trong lịch")
	if got := cascadia.Query(form, cascadia.MustCompile(`option[value="valid"][selected]`)); got == nil {
		t.Error("the filter lost its state")
	}
}

func TestFiles(t *testing.T) {
	w := world(t)
	rec := w.Get("/tai-lieu/" + string(w.Document.ID))
	if rec.Code != 200 || rec.Body.String() != "Kế hoạch\n" || !strings.HasPrefix(rec.Header().Get("Content-Disposition"), "attachment; filename*=utf-8''k%E1%BA%BF") {
		t.Errorf("document %d %v %q", rec.Code, rec.Header(), rec.Body)
	}
	public, err := w.Reports.Public(t.Context(), w.Valid[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	address := "/anh/" + string(public.Photos[0].ID)
	rec = w.Get(address + "/thumb")
	if rec.Code != 200 || rec.Header().Get("Content-Type") != "image/jpeg" || !strings.Contains(rec.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("photo %d %v", rec.Code, rec.Header())
	}
	again := w.Request(http.MethodGet, address+"/thumb", func(r *http.Request) { r.Header.Set("If-None-Match", rec.Header().Get("ETag")) })
	if again.Code != http.StatusNotModified {
		t.Errorf("the same photo again: %d", again.Code)
	}
	private, err := w.Reports.ByCleanup(t.Context(), w.Board, w.Waiting.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{address + "/original", address + "/x", "/anh/" + string(private.Photos[0].ID) + "/thumb"} {
		if rec := w.Get(path); rec.Code != 404 {
			t.Errorf("GET %s: %d, want 404", path, rec.Code)
		}
	}
}

// TestHomeIsSmall holds the first page to its budget.
func TestHomeIsSmall(t *testing.T) {
	w := world(t)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(w.Get("/").Body.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 14<<10 {
		t.Errorf("the home page has %d compressed bytes, at most 14 KiB are allowed", b.Len())
	}
}

func world(tb testing.TB) *portaltest.World {
	tb.Helper()
	clk := clock.NewSet(testkit.Begin)
	return portaltest.New(tb, testkit.DB(tb, database.SQLite, clk), clk)
}
