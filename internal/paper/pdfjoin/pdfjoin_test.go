package pdfjoin_test

import (
	"bytes"
	"errors"
	"regexp"
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
	if err := pdfjoin.Append(&out, page(t, "Trang đầu", "Phụ lục I"), page(t, "SAO Y"), made); err != nil {
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
	if err := pdfjoin.Append(&out, page(t, "x")[:400], page(t, "SAO Y"), made); !errors.Is(err, pdfjoin.ErrBroken) {
		t.Errorf("half a file: %v", err)
	}
}

// FuzzAppend: whatever the bytes, it ends, with a file or with ErrBroken.
func FuzzAppend(f *testing.F) {
	good, tail := page(f, "Trang đầu"), page(f, "SAO Y")
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]/Count 1>>endobj trailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, file []byte) {
		var out bytes.Buffer
		if err := pdfjoin.Append(&out, file, tail, made); err != nil && !errors.Is(err, pdfjoin.ErrBroken) {
			t.Error(err)
		}
	})
}
