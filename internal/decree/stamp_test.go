package decree_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sachhon/internal/clock"
	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
)

func printed(t *testing.T, doc letter.Document, opts decree.Options) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := decree.PDF(&buf, doc, opts); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// line returns the first line that says this.
func line(t *testing.T, lines []papertest.Line, text string) papertest.Line {
	t.Helper()
	for _, l := range lines {
		if strings.HasPrefix(l.Text, text) {
			return l
		}
	}
	t.Fatalf("no line begins %q", text)
	return papertest.Line{}
}

func about(got, want, by float64) bool { return got > want-by && got < want+by }

// TestArrivalStamp: 35 × 50 mm in red, everything within its frame, however long the name of the organ is.
func TestArrivalStamp(t *testing.T) {
	for _, organ := range []string{"Ủy ban nhân dân phường Tứ Hạ", "Ban Quản lý Dự án Đầu tư xây dựng công trình giao thông và hạ tầng khu vực phía Bắc tỉnh Thừa Thiên Huế"} {
		arrival := &decree.Arrival{Organ: organ, Number: "7", Date: time.Date(2024, 6, 7, 1, 0, 0, 0, time.UTC)}
		file := printed(t, decreetest.Letter(), decree.Options{Arrival: arrival})
		page := papertest.Pictures(t, file, 150)[0]
		w, h := page.Size()
		ink, found := page.Extent(papertest.Red, papertest.Rect{X1: w, Y1: h})
		if !found || !about((ink.X1-ink.X0)/paper.MM, 50, 0.8) || !about((ink.Y1-ink.Y0)/paper.MM, 35, 0.8) {
			t.Errorf("%s: the stamp is %.1f × %.1f mm", organ, (ink.X1-ink.X0)/paper.MM, (ink.Y1-ink.Y0)/paper.MM)
		}
		text := ""
		for _, l := range papertest.Lines(t, file) {
			if l.Color == "#000000" {
				continue
			}
			text += l.Text + " "
			if l.X < ink.X0+1 || l.Right() > ink.X1-1 || l.Y < ink.Y0 || l.Bottom() > ink.Y1+1 {
				t.Errorf("%q runs out of the frame: %.0f–%.0f in %.0f–%.0f", l.Text, l.X, l.Right(), ink.X0, ink.X1)
			}
		}
		for _, want := range []string{strings.ToUpper(organ) + " ĐẾN Số: 07 Ngày: 07/06/2024 Chuyển: ...", "Số và ký hiệu HS: ..."} {
			if !strings.Contains(text, want) {
				t.Errorf("the stamp says %q, not %q", text, want)
			}
		}
	}
}

// TestStampsOfUrgency: each of the three has its frame, beside the marks and the address that any letter may bear.
func TestStampsOfUrgency(t *testing.T) {
	for _, urgency := range []string{"khẩn", "thượng khẩn", "hỏa tốc"} {
		t.Run(urgency, func(t *testing.T) {
			doc := decreetest.Letter()
			doc.Urgency = urgency
			for _, copies := range []int{0, 300} {
				doc.Copies = copies
				decreetest.Zones(t, doc, printed(t, doc, decree.Options{}), 0.5)
			}
		})
	}
}

// TestTheHourOfAScheduledLetter stands in red below its stamp, on paper and in what a word processor opens.
func TestTheHourOfAScheduledLetter(t *testing.T) {
	doc := decreetest.Urgent()
	doc.Urgency, doc.DeliverBy = letter.Scheduled, clock.Date(2024, 6, 10, 15, 5)
	file := printed(t, doc, decree.Options{})
	lines := papertest.Lines(t, file)
	mark, hour := line(t, lines, "HỎA TỐC HẸN GIỜ"), line(t, lines, "Trước 15 giờ 05 ngày 10/6/2024")
	if hour.Color == "#000000" || hour.Y < mark.Bottom() || !about(hour.Middle(), mark.Middle(), 3) {
		t.Errorf("the hour stands at %.0f, %.0f in %s, the stamp at %.0f, %.0f", hour.Middle(), hour.Y, hour.Color, mark.Middle(), mark.Bottom())
	}
	w, h := papertest.Pictures(t, file, 150)[0].Size()
	ink, _ := papertest.Pictures(t, file, 150)[0].Extent(papertest.Red, papertest.Rect{X1: w, Y1: h})
	if !about((ink.X1-ink.X0)/paper.MM, decree.StampWidth(letter.Scheduled), 8) {
		t.Errorf("stamp and hour are %.1f mm wide", (ink.X1-ink.X0)/paper.MM)
	}
	doc.Urgency = "khẩn" // an hour that was left from before is not printed
	for _, l := range papertest.Lines(t, printed(t, doc, decree.Options{})) {
		if strings.Contains(l.Text, "15 giờ 05") {
			t.Errorf("an urgent letter says %q", l.Text)
		}
	}
	if out := new(bytes.Buffer); decree.DOCX(out, doc, decree.Options{}) != nil {
		t.Error("no DOCX")
	}
}

// TestCopies: a copy on paper has its block below a rule on the same page; an electronic one says it at the top right.
func TestCopies(t *testing.T) {
	mark := decree.Copy{
		Organ: "Ủy ban nhân dân phường Tứ Hạ", Number: "3", Notation: "UBND", Place: "Tứ Hạ", Date: letter.Date{Year: 2024, Month: 6, Day: 8},
		Recipients: []string{"Các tổ dân phố", "Lưu: VT"},
		Signer:     letter.Signer{Capacity: []string{"TM. ỦY BAN NHÂN DÂN"}, Position: "CHỦ TỊCH", Name: "Trần Thị Thử"},
	}
	for form, want := range map[decree.CopyForm][2]string{
		decree.FullCopy: {"SAO Y", "Số: 03/SY-UBND"}, decree.CopyOfCopy: {"SAO LỤC", "Số: 03/SL-UBND"}, decree.ExtractCopy: {"TRÍCH SAO", "Số: 03/TrS-UBND"},
	} {
		mark.Form = form
		file := printed(t, decreetest.Letter(), decree.Options{Copy: &mark})
		lines, pages := papertest.Lines(t, file), papertest.Pictures(t, file, 150)
		label, number := line(t, lines, want[0]), line(t, lines, want[1])
		if !label.Bold || label.Size < 12.6 || label.Size > 14.4 || number.Page != label.Page {
			t.Errorf("%s: bold %v, %.1f points, on pages %d and %d", want[0], label.Bold, label.Size, label.Page, number.Page)
		}
		w, _ := pages[label.Page-1].Size()
		rules := pages[label.Page-1].Rules(papertest.Rect{X1: w, Y0: label.Y - 40, Y1: label.Y}, 150*paper.MM)
		if len(rules) != 1 || !about(rules[0].X0/paper.MM, 30, 0.5) || !about((w-rules[0].X1)/paper.MM, 15, 0.5) {
			t.Errorf("%s stands on page %d below %d rules", want[0], label.Page, len(rules))
		}
		day, name := line(t, lines, "Tứ Hạ, ngày 08 tháng 6 năm 2024"), line(t, lines, "Trần Thị Thử")
		if !day.Italic || name.X < w/2 || name.Page != label.Page {
			t.Errorf("%s: the day is italic: %v, the name stands at %.0f on page %d", want[0], day.Italic, name.X, name.Page)
		}
	}
	mark.Form, mark.Electronic = decree.FullCopy, true
	open := line(t, papertest.Lines(t, printed(t, decreetest.Letter(), decree.Options{Copy: &mark})), "Sao y; Ủy ban nhân dân phường Tứ Hạ;")
	if open.Page != 1 || !strings.HasSuffix(open.Text, ";") || open.Right() > (210-15-35)*paper.MM {
		t.Errorf("before it is signed it says %q up to %.0f: no room for the time", open.Text, open.Right())
	}
	mark.SignedAt = time.Date(2024, 6, 8, 3, 0, 0, 0, time.UTC)
	file := printed(t, decreetest.Letter(), decree.Options{Copy: &mark})
	l := line(t, papertest.Lines(t, file), "Sao y; Ủy ban nhân dân phường Tứ Hạ; 08-06-2024 10:00:00 +07:00")
	if l.Page != 1 || !about(l.Size, 10, 0.4) || !about(l.Right(), (210-15)*paper.MM, 1) {
		t.Errorf("the mark of an electronic copy: page %d, %.1f points, up to %.0f", l.Page, l.Size, l.Right())
	}
}

// TestTablesKeepTheirWords: however wide a table wants to be, short words stay whole.
func TestTablesKeepTheirWords(t *testing.T) {
	doc := decreetest.Report()
	set := map[string]bool{}
	for _, l := range papertest.Lines(t, printed(t, doc, decree.Options{})) {
		for word := range strings.FieldsSeq(l.Text) {
			set[word] = true
		}
	}
	words := 0
	for _, b := range slices.Concat(doc.Blocks, doc.Appendices[0].Blocks) {
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.All() {
			for word := range strings.FieldsSeq(strings.Join(row, " ")) {
				if short := utf8.RuneCountInString(word) <= 8; short && !set[word] {
					t.Errorf("no page has %q in one piece", word)
				} else if short {
					words++
				}
			}
		}
	}
	if words < 200 {
		t.Errorf("%d words were looked for", words)
	}
}

// A day in a narrow column stands on one line.
func TestTablesKeepTheirDays(t *testing.T) {
	doc := decreetest.Report()
	words := strings.Repeat("chưa phân công người thực hiện; chưa có báo cáo tuyên truyền ", 2)
	doc.Blocks = []letter.Block{{Kind: letter.TableBlock, Table: &letter.Table{
		Head: []string{"TT", "Đơn vị", "Tình hình thực hiện", "Thời hạn"},
		Rows: [][]string{{"1", "Ủy ban nhân dân phường Hương Xuân", words, "13/6/2024"}, {"2", "Ủy ban nhân dân xã Bình Tiến", words, "20/6/2024"}},
	}}}
	doc.Appendices = nil
	lines := papertest.Lines(t, printed(t, doc, decree.Options{}))
	for _, day := range []string{"13/6/2024", "20/6/2024"} {
		if !slices.ContainsFunc(lines, func(l papertest.Line) bool { return strings.Contains(l.Text, day) }) {
			t.Errorf("%s is parted", day)
		}
	}
}

// TestMinutesHaveTwoSignatures: who took the minutes signs at the left of the chair, above the recipients.
func TestMinutesHaveTwoSignatures(t *testing.T) {
	doc := letter.Document{
		Type: "biên bản", Organ: "Ủy ban nhân dân phường Tứ Hạ", Notation: "BB-UBND", Place: "Tứ Hạ", Subject: "Họp tổ dân phố 3",
		Blocks: []letter.Block{{Kind: letter.ParagraphBlock, Text: "Cuộc họp kết thúc vào 21 giờ."}}, Recipients: []string{"Như thành phần dự họp", "Lưu: VT"},
		Signer: letter.Signer{Position: "CHỦ TỌA", Name: "Trần Thị Mẫu"}, Secretary: "Lê Văn Ví Dụ",
	}
	lines := papertest.Lines(t, printed(t, doc, decree.Options{}))
	chair, secretary, to := line(t, lines, "CHỦ TỌA"), line(t, lines, "THƯ KÝ"), line(t, lines, "Nơi nhận:")
	if !about(chair.Y, secretary.Y, 1) || secretary.Right() > chair.X {
		t.Errorf("the secretary at %.0f,%.0f, the chair at %.0f,%.0f", secretary.X, secretary.Y, chair.X, chair.Y)
	}
	for _, l := range lines {
		if strings.Contains(l.Text, "DỰ") {
			t.Error("minutes that are to be signed are marked as a draft")
		}
	}
	if a, b := line(t, lines, doc.Secretary), line(t, lines, doc.Signer.Name); !about(a.Y, b.Y, 1) || a.Y < chair.Y+decree.SignatureSpace || to.Y < a.Bottom() {
		t.Errorf("names at %.0f and %.0f below %.0f, recipients at %.0f", a.Y, b.Y, chair.Y, to.Y)
	}
}
