package pdfjoin_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"sachhon/internal/paper"
	"sachhon/internal/paper/papertest"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfjoin"
)

var made = time.Date(2024, 6, 7, 8, 9, 10, 0, time.UTC)

func page(t testing.TB, texts ...string) []byte {
	t.Helper()
	doc := paper.Document{Info: paper.Info{Title: texts[0], Date: made.AddDate(-1, 0, 0)}}
	for _, text := range texts {
		doc.Sections = append(doc.Sections, paper.Section{
			Page: paper.A4(20, 20, 30, 15), Blocks: []paper.Block{paper.Text(paper.Left, paper.Run{Text: text, Size: 14})},
		})
	}
	var buf bytes.Buffer
	if err := pdf.Write(&buf, doc); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestAppend(t *testing.T) {
	var out bytes.Buffer
	if err := pdfjoin.Append(t.Context(), &out, page(t, "Trang đầu", "Phụ lục I"), page(t, "SAO Y"), made); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range papertest.Pages(t, out.Bytes()) {
		got = append(got, p.Text())
	}
	if want := []string{"Trang đầu", "Phụ lục I", "SAO Y"}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("pages %q", got)
	}
	for _, date := range regexp.MustCompile(`/(?:CreationDate|ModDate)\s*\(D:(\d{14})`).FindAllStringSubmatch(out.String(), -1) {
		if date[1] != "20240607080910" {
			t.Errorf("it says %s", date[0])
		}
	}
	if err := pdfjoin.Append(t.Context(), &out, page(t, "x")[:400], page(t, "SAO Y"), made); !errors.Is(err, pdfjoin.ErrBroken) {
		t.Errorf("half a file: %v", err)
	}
}

// TestPrepend: our page stands in front, theirs behind it as they were.
func TestPrepend(t *testing.T) {
	var out bytes.Buffer
	if err := pdfjoin.Prepend(t.Context(), &out, page(t, "Trang đầu", "Phụ lục I"), page(t, "DẤU ĐẾN"), made); err != nil {
		t.Fatal(err)
	}
	got := papertest.Pages(t, out.Bytes())
	if len(got) != 3 || got[0].Text() != "DẤU ĐẾN" || got[1].Text() != "Trang đầu" || got[2].Text() != "Phụ lục I" {
		t.Errorf("pages %+v", got)
	}
	if err := pdfjoin.Prepend(t.Context(), &out, []byte("%PDF-1.7"), page(t, "x"), made); !errors.Is(err, pdfjoin.ErrBroken) {
		t.Errorf("no file: %v", err)
	}
}

// TestStamp: the stamp keeps its size and place, on the first page only.
func TestStamp(t *testing.T) {
	stamp := stampOf(t)
	for _, right := range []bool{false, true} {
		var out bytes.Buffer
		if err := pdfjoin.Stamp(t.Context(), &out, page(t, "Trang đầu", "Phụ lục I"), stamp, right, 50, 30, made); err != nil {
			t.Fatal(err)
		}
		pages, pictures := papertest.Pages(t, out.Bytes()), papertest.Pictures(t, out.Bytes(), 144)
		if len(pages) != 2 || !strings.Contains(pages[0].Text(), "Trang đầu") || !strings.Contains(pages[0].Text(), "ĐẾN Ỷ") || pages[1].Text() != "Phụ lục I" {
			t.Fatalf("pages %+v", pages)
		}
		x := 50.0
		if right {
			x = pages[0].Width - 150
		}
		ink, ok := pictures[0].Extent(papertest.Red, papertest.Rect{X1: pages[0].Width, Y1: pages[0].Height})
		if !ok || math.Abs(ink.X0-x) > 1.5 || math.Abs(ink.Y0-30) > 1.5 || math.Abs(ink.X1-ink.X0-100) > 2 || math.Abs(ink.Y1-ink.Y0-40) > 2 {
			t.Errorf("the stamp stands at %+v, %v", ink, ok)
		}
	}
}

// FuzzAppend: whatever the bytes, whatever is done with them ends, with a file or with ErrBroken.
func FuzzAppend(f *testing.F) {
	good, tail := page(f, "Trang đầu"), page(f, "SAO Y")
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(shown(f, good, "/Rotate 90/CropBox[100 0 50 9000]"))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, err := range pdfjoin.Here(io.Discard, file, tail, made) {
			if err != nil && !errors.Is(err, pdfjoin.ErrBroken) {
				t.Error(err)
			}
		}
	})
}
