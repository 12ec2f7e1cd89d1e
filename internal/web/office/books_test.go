package office_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"sachhon/internal/cascade"
	"sachhon/internal/clock"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/letter/lettertest"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/person"
	"sachhon/internal/unit"
)

// bookTable is a register as somebody reads it: its heads, and below them its lines.
type bookTable [][]string

// onScreen reads the table of a page.
func onScreen(t *testing.T, body string) bookTable {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out bookTable
	for _, tr := range cascadia.QueryAll(doc, cascadia.MustCompile(".book table tr")) {
		var row []string
		for _, cell := range cascadia.QueryAll(tr, cascadia.MustCompile("th, td")) {
			row = append(row, strings.Join(strings.Fields(textOf(cell)), " "))
		}
		out = append(out, row)
	}
	return out
}

// textOf is what a cell says; what may be done there is no part of the register.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if cascadia.MustCompile("a.button").Match(n) {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// inSheet reads what stands below the title of the register, the unit and the year.
func inSheet(t *testing.T, body, title string) bookTable {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) < 4 {
		t.Fatalf("rows %q, %v", rows, err)
	}
	if got := rows[0][0]; got != strings.ToUpper(title) {
		t.Errorf("the sheet is headed %q", got)
	}
	out := rows[3:]
	for i := range out { // the reader leaves out the empty cells at the end of a row
		for len(out[i]) < len(out[0]) {
			out[i] = append(out[i], "")
		}
	}
	return out
}

// onPaper reads the table by where its words stand: the middle of each column is that of its number, "(1)".
func onPaper(t *testing.T, body, title string) bookTable {
	t.Helper()
	pages := papertest.Pages(t, []byte(body))
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	p := pages[0]
	if _, ok := p.Find(strings.ToUpper(title)); !ok {
		t.Errorf("the page is not headed %q", title)
	}
	year, ok := p.Find("Năm 2024")
	if !ok {
		t.Fatal("the page does not say which year")
	}
	top := papertest.Bounds(year).YMax
	var ends []float64 // where the columns end, from their middles and the left margin
	left, bottom := p.Words[0].XMin, 0.0
	for i := 1; ; i++ {
		number, ok := p.Find(fmt.Sprintf("(%d)", i))
		if !ok {
			break
		}
		w := number[0]
		left += 2 * ((w.XMin+w.XMax)/2 - left)
		ends, bottom = append(ends, left), w.YMin
	}
	cells := make([][2][]papertest.Word, len(ends))
	for _, w := range p.Words {
		i := slices.IndexFunc(ends, func(end float64) bool { return w.XMax < end })
		switch {
		case w.YMin < top || i < 0 || w.YMin >= bottom-1 && w.YMin <= bottom+1:
		case w.YMin < bottom:
			cells[i][0] = append(cells[i][0], w)
		default:
			cells[i][1] = append(cells[i][1], w)
		}
	}
	out := bookTable{{}, {}}
	for _, c := range cells {
		for row, words := range c {
			slices.SortFunc(words, func(a, b papertest.Word) int {
				return cmp.Or(cmp.Compare(int(a.YMin+0.5), int(b.YMin+0.5)), cmp.Compare(a.XMin, b.XMin))
			})
			out[row] = append(out[row], papertest.Page{Words: words}.Text())
		}
	}
	return out
}

// worked is a letter of the town that two wards are sent and one of them receives, assigns, answers, copies and completes,
// each on a day of its own and before seven in the morning: in UTC that is the day before.
func worked(t *testing.T, d *desk) {
	t.Helper()
	other := d.Unit(t, "20008")
	leader := d.Actor(person.Leader, d.ward)
	day := func(n int) { d.Clock.Set(clock.Date(2024, time.June, n, 6, 30).Time) }
	day(5)
	doc := lettertest.Document("Thông báo trên hệ thống truyền thanh.")
	doc.Urgency, doc.Copies = "khẩn", 35
	doc.Recipients = []string{"Như trên", "Thường trực Thị ủy", "Lưu: VT, VH"}
	l := d.Issued(t, doc)

	day(7)
	r := done(d.Cascade.Send(t.Context(), d.clerk, cascade.SendInput{Letter: l.ID, To: cascade.Recipients{Units: []ident.ID{d.ward.ID, other.ID}}}))(t)
	d.Drain(t)
	i := slices.IndexFunc(r.Dispatches, func(x cascade.Dispatch) bool { return x.ReceiverID == d.ward.ID })
	id := r.Dispatches[i].ID

	day(10)
	received := done(d.Cascade.Receive(t.Context(), d.wardClerk, id))(t)
	day(11)
	done(d.Cascade.Assign(t.Context(), leader, id, received.Version, cascade.Instruction{
		Lead: "Công chức Văn hóa - Xã hội", Cooperators: []string{"Đoàn Thanh niên"}, Deadline: clock.Date(2024, time.June, 20, 17, 0),
	}))(t)

	day(12)
	answer := lettertest.Document("Treo áp phích.")
	answer.Organ, answer.Notation, answer.Addressees = d.ward.Organ(), "UBND-VHXH", []string{"Các tổ dân phố"}
	answer.Signer.Name = "Trần Thị Mẫu"
	own := done(d.Letters.Compose(t.Context(), d.wardClerk, letter.ComposeInput{Issuer: d.ward.ID, Document: answer, Answers: l.ID}))(t)
	d.Sign(t, own)
	done(d.Letters.Register(t.Context(), d.wardClerk, own.ID))(t)

	day(13)
	done(d.Letters.Copy(t.Context(), d.wardClerk, letter.CopyInput{
		ID: d.IDs.New(), Unit: d.ward.ID, Letter: l.ID, Kind: letter.TrueCopy, Notation: "UBND", Place: "Tứ Hạ",
		Recipients: []string{"Các tổ dân phố", "Lưu: VT"}, Signer: letter.Signer{Position: "CHỦ TỊCH", Name: "Trần Thị Mẫu"},
	}))(t)
	day(14)
	done(d.Cascade.Start(t.Context(), d.wardClerk, id))(t)
	done(d.Cascade.Complete(t.Context(), d.wardClerk, id, "Đã phát thanh 3 lần"))(t)
}

// done requires that what a service did went well.
func done[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestTheRegistersHaveTheColumnsOfTheDecree: those of Appendix IV in their order, and below each what belongs there, the
// same on the screen, in the sheet and on paper.
func TestTheRegistersHaveTheColumnsOfTheDecree(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		worked(t, d)
		for _, tt := range []struct {
			name, title string
			of          unit.Unit
			as          person.Actor
			want        bookTable
		}{
			{"di", "Sổ đăng ký văn bản đi", d.Town, d.clerk, bookTable{{
				"Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận văn bản",
				"Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
			}, {
				"01/UBND-VH", "05/06/2024", "Công văn hưởng ứng ngày hội dọn sạch bờ sông", "Nguyễn Văn Mẫu",
				"Các cơ quan, ban ngành, đoàn thể trên thị xã; Ủy ban nhân dân các xã, phường; Thường trực Thị ủy",
				"VT, VH", "35", "07/06/2024", "1/2 đơn vị đã tiếp nhận", "Khẩn",
			}}},
			{"den", "Sổ đăng ký văn bản đến", d.ward, d.wardClerk, bookTable{{
				"Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
				"Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
			}, {
				"10/06/2024", "01", "Ủy ban nhân dân thị xã Hương Trà", "01/UBND-VH", "05/06/2024", "Công văn hưởng ứng ngày hội dọn sạch bờ sông",
				"Công chức Văn hóa - Xã hội; Đoàn Thanh niên", "11/06/2024", "Hoàn thành", "Khẩn",
			}}},
			{"giai-quyet", "Sổ theo dõi giải quyết văn bản đến", d.ward, d.wardClerk, bookTable{{
				"Số đến", "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành văn bản", "Đơn vị hoặc người nhận", "Thời hạn giải quyết", "Tiến độ giải quyết",
				"Số, ký hiệu văn bản trả lời", "Ghi chú",
			}, {
				"01", "Công văn 01/UBND-VH, 05/06/2024, Ủy ban nhân dân thị xã Hương Trà", "Công chức Văn hóa - Xã hội; Đoàn Thanh niên",
				"20/06/2024", "Hoàn thành", "01/UBND-VHXH", "Đã phát thanh 3 lần",
			}}},
			// The decree has no form for this one: one series for every kind of copy.
			{"sao", "Sổ văn bản sao", d.ward, d.wardClerk, bookTable{{
				"Số, ký hiệu bản sao", "Ngày sao", "Hình thức sao", "Văn bản được sao", "Nơi nhận văn bản", "Người ký", "Ký số",
			}, {
				"01/SY-UBND", "13/06/2024", "Sao y", "Công văn 01/UBND-VH, 05/06/2024, Ủy ban nhân dân thị xã Hương Trà",
				"Các tổ dân phố; Lưu: VT", "Trần Thị Mẫu", "",
			}}},
		} {
			at := "/don-vi/so-van-ban/" + tt.name + "?don-vi=" + string(tt.of.ID)
			d.As(tt.as)
			for form, read := range map[string]func(string) bookTable{
				"":     func(body string) bookTable { return onScreen(t, body) },
				"xlsx": func(body string) bookTable { return inSheet(t, body, tt.title) },
				"pdf":  func(body string) bookTable { return onPaper(t, body, tt.title) },
			} {
				a := d.Get(at + "&dang=" + form)
				want(t, tt.name+" "+form, a, 200)
				if diff := gocmp.Diff(tt.want, read(a.Body)); diff != "" {
					t.Errorf("%s %s (-want +got)\n%s", tt.name, form, diff)
				}
			}
		}
	})
}
