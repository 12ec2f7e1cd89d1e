package pdfsign_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sachhon/internal/paper"
	"sachhon/internal/paper/pdf"
	"sachhon/internal/paper/pdfsign"
	"sachhon/internal/paper/pdfsign/pdfsigntest"
)

// TestWhatStandsBehindASignature: a store of certificates and a stamp of the time leave it whole; anything that is shown does not.
func TestWhatStandsBehindASignature(t *testing.T) {
	set := func(text string) []byte {
		var plain bytes.Buffer
		page := paper.Section{Page: paper.A4(20, 20, 30, 15), Blocks: []paper.Block{paper.Text(paper.Left, paper.Run{Text: text})}}
		if err := pdf.Write(&plain, paper.Document{Sections: []paper.Section{page}}); err != nil {
			t.Fatal(err)
		}
		return plain.Bytes()
	}
	file := issue(t, "Nguyễn Văn Mẫu", nil).Sign(t, set("Kinh phí: 1000"))
	root, size, page := pdfsigntest.Root(t, file), pdfsigntest.Size(t, file), pdfsigntest.FirstPage(t, file)
	catalog := pdfsigntest.Object(t, file, root)
	add := func(object, more string) string { return strings.TrimSuffix(object, ">>") + more + ">>" }
	store := pdfsigntest.Update(t, file, map[int]string{
		root: add(catalog, fmt.Sprintf("/DSS %d 0 R", size)), size: fmt.Sprintf("<</Type/DSS/Certs[%d 0 R]>>", size+1),
		size + 1: "<</Length 3>>\nstream\nabc\nendstream",
	})
	stamp := func(file []byte, rect string) []byte {
		size := pdfsigntest.Size(t, file)
		now := pdfsigntest.Object(t, file, root)
		return pdfsigntest.Update(t, file, map[int]string{
			root:     strings.Replace(now, "/Fields[", fmt.Sprintf("/Fields[%d 0 R ", size), 1),
			page:     add(pdfsigntest.Object(t, file, page), fmt.Sprintf("/Annots[%d 0 R]", size)),
			size:     "<</Type/Annot/Subtype/Widget/FT/Sig/T(Stamp)/Rect[" + rect + "]>>",
			size + 1: "<</Type/DocTimeStamp/SubFilter/ETSI.RFC3161>>",
		})
	}
	moved := func(file []byte) []byte { // the fields stand in their order
		return bytes.Replace(file, fmt.Appendf(nil, "/Fields[%d 0 R %d 0 R]", pdfsigntest.Size(t, store), size-1), fmt.Appendf(nil, "/Fields[%d 0 R %d 0 R]", size-1, pdfsigntest.Size(t, store)), 1)
	}
	for _, tt := range []struct {
		name     string
		file     []byte
		extended bool
	}{
		{"a store", store, true},
		{"a store and a stamp", moved(stamp(store, "0 0 0 0")), true},
		{"a stamp that is seen", moved(stamp(store, "0 0 200 200")), false},
		{"another page", pdfsigntest.Redraw(t, file, set("Kinh phí: 9000")), false},
		{"another page before the store", pdfsigntest.Redraw(t, store, set("Kinh phí: 9000")), false},
		{"another catalogue", pdfsigntest.Update(t, file, map[int]string{root: add(catalog, "/OpenAction 1 0 R")}), false},
		{"a table passed over", bytes.Replace(store, fmt.Appendf(nil, "/Prev %d", pdfsigntest.Start(t, file)), fmt.Appendf(nil, "/Prev %d", pdfsigntest.Start(t, set("Kinh phí: 1000"))), 1), false},
		{"a name in disguise", pdfsigntest.Update(t, store, map[int]string{size + 9: "<</Type/Obj#53tm>>"}), false},
		{"a stray object", append(bytes.Clone(file), "9 0 obj\n(them)\nendobj\n"...), false},
		{"objects in a stream", pdfsigntest.Update(t, store, map[int]string{size + 9: "<</Type/ObjStm/N 1/Length 0>>\nstream\n\nendstream"}), false},
		{"a file that holds up who reads it", append(bytes.Clone(store), strings.Repeat(fmt.Sprintf("%d 0 obj<<>>endobj\n", root), 200_000)...), false},
		{"objects without an end", append(bytes.Clone(store), strings.Repeat(fmt.Sprintf("%d 0 obj<<>>\n", root), 300)+strings.Repeat("x", 6<<20)...), false},
	} {
		list, err := pdfsign.Read(tt.file, nil)
		if err != nil || len(list) != 1 || !list[0].Intact || list[0].Whole || list[0].Extended != tt.extended {
			t.Errorf("%s: %+v, %v", tt.name, list, err)
		}
	}
}
