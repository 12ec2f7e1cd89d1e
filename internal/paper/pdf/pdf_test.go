package pdf_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/qr"
)

var made = time.Date(2024, 6, 6, 8, 0, 0, 0, time.UTC)

func render(t *testing.T, doc paper.Document) []papertest.Page {
	t.Helper()
	doc.Info.Date = made
	var buf, again bytes.Buffer
	if err := pdf.Write(&buf, doc); err != nil {
		t.Fatal(err)
	}
	if err := pdf.Write(&again, doc); err != nil || !bytes.Equal(buf.Bytes(), again.Bytes()) {
		t.Errorf("the same document gave other bytes (%v)", err)
	}
	return papertest.Pages(t, buf.Bytes())
}

const sentence = "Ủy ban nhân dân thị xã đề nghị các đơn vị, địa phương dọn vệ sinh vào sáng Chủ nhật hằng tuần. "

func TestJustifiedTextKeepsToItsMargins(t *testing.T) {
	page := paper.A4(20, 20, 30, 15)
	p := paper.Paragraph{Align: paper.Justify, First: 36, Runs: []paper.Run{{Text: strings.Repeat(sentence, 60), Size: 14}}}
	pages := render(t, paper.Document{Sections: []paper.Section{{Page: page, Numbered: true, Blocks: []paper.Block{p}}}})
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	if got, want := pages[0].Text(), strings.TrimSpace(sentence); !strings.HasPrefix(got, want) {
		t.Errorf("the text reads %.120q", got)
	}
	full := 0
	for n, pg := range pages {
		for _, w := range pg.Words {
			if n > 0 && w.Text == fmt.Sprint(n+1) && w.YMax < page.Top {
				if mid := (w.XMin + w.XMax) / 2; mid < page.Left+page.TextWidth()/2-2 || mid > page.Left+page.TextWidth()/2+2 {
					t.Errorf("page %d: its number stands at %.1f", n+1, mid)
				}
				continue
			}
			if w.XMin < page.Left-0.5 || w.XMax > page.Width-page.Right+0.5 || w.YMin < page.Top-1 || w.YMax > page.Height-page.Bottom+1 {
				t.Errorf("page %d: %q stands at %.1f–%.1f, %.1f–%.1f", n+1, w.Text, w.XMin, w.XMax, w.YMin, w.YMax)
			}
			if w.XMax > page.Width-page.Right-0.5 {
				full++
			}
		}
	}
	if full < 40 {
		t.Errorf("%d lines reach the right margin", full)
	}
}

func TestTablesRepeatTheirHead(t *testing.T) {
	table := paper.Table{Columns: []float64{60, 300}, Border: &paper.Border{Width: 0.5}, Padding: 3}
	cell := func(s string) paper.Cell {
		return paper.Cell{Blocks: []paper.Block{paper.Text(paper.Left, paper.Run{Text: s})}}
	}
	table.Rows = append(table.Rows, paper.Row{Head: true, Cells: []paper.Cell{cell("Thứ-tự"), cell("Đơn-vị")}})
	for i := range 120 {
		table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{cell(fmt.Sprint("hàng-", i)), cell(strings.Repeat("nội dung ", i%9))}})
	}
	table.Rows = append(table.Rows, paper.Row{Cells: []paper.Cell{cell("dài"), cell(strings.Repeat("một đoạn rất dài ", 700))}})
	pages := render(t, paper.Document{Sections: []paper.Section{{Page: paper.A4(20, 20, 30, 15), Blocks: []paper.Block{table}}}})
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for n, p := range pages {
		if p.Words[0].Text != "Thứ-tự" {
			t.Errorf("page %d begins with %q", n+1, p.Words[0].Text)
		}
		for _, w := range p.Words {
			if w.YMax > p.Height-20*paper.MM+1 {
				t.Errorf("page %d: %q runs into the bottom margin (%.1f)", n+1, w.Text, w.YMax)
			}
		}
	}
}

func TestDecomposedTextIsComposed(t *testing.T) {
	p := paper.Text(paper.Left, paper.Run{Text: "Huê\u0301, phươ\u0300ng Tứ Ha\u0323 😀"})
	pages := render(t, paper.Document{Sections: []paper.Section{{Page: paper.A4(20, 20, 30, 15), Blocks: []paper.Block{p}}}})
	if got, want := pages[0].Text(), "Huế, phường Tứ Hạ ?"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}

func TestFitMakesSmaller(t *testing.T) {
	c := pdf.New(paper.Info{Date: made})
	c.AddPage(paper.A3(10, 10, 10, 10).Landscape())
	blocks := []paper.Block{paper.Text(paper.Center, paper.Run{Text: strings.Repeat("LÀM CHO HUẾ SẠCH HƠN ", 8), Size: 60, Face: paper.Sans, Bold: true})}
	scale, fits := c.Fit(blocks, 20, 20, 500, 200, 0.2, true)
	if !fits || scale >= 1 {
		t.Errorf("scale %.2f, fits %v", scale, fits)
	}
	if _, fits := c.Fit(blocks, 20, 300, 100, 10, 0.9, false); fits {
		t.Error("what cannot fit was said to fit")
	}
	code, err := qr.Encode("https://sachhon.example")
	if err != nil {
		t.Fatal(err)
	}
	c.QR(code, 600, 20, 200)
	var buf bytes.Buffer
	if err := c.Output(&buf); err != nil {
		t.Fatal(err)
	}
	page := papertest.Pages(t, buf.Bytes())[0]
	if page.Width < page.Height {
		t.Errorf("the sheet is %.0f × %.0f", page.Width, page.Height)
	}
	inBox := 0
	for _, w := range page.Words {
		if w.YMax < 230 && w.XMin >= 19 && w.XMax <= 521 {
			inBox++
		}
	}
	if inBox != 40 {
		t.Errorf("%d of 40 words stand in the box", inBox)
	}
}
