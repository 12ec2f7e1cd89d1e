package pdfsigntest

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

var (
	reRoot     = regexp.MustCompile(`/Root\s+(\d+)\s+0\s+R`)
	reSize     = regexp.MustCompile(`/Size\s+(\d+)`)
	reStart    = regexp.MustCompile(`startxref\s+(\d+)`)
	rePage     = regexp.MustCompile(`/Kids\s*\[\s*(\d+)\s+0\s+R`)
	reContents = regexp.MustCompile(`/Contents\s+(\d+)\s+0\s+R`)
)

func last(t testing.TB, re *regexp.Regexp, file []byte) int {
	t.Helper()
	all := re.FindAllSubmatch(file, -1)
	if len(all) == 0 {
		t.Fatalf("the file has no %s", re)
	}
	n, err := strconv.Atoi(string(all[len(all)-1][1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// FirstPage is the number of the object that is the first page.
func FirstPage(t testing.TB, file []byte) int {
	t.Helper()
	return last(t, rePage, file)
}

// Root is the number of the object that is the catalogue.
func Root(t testing.TB, file []byte) int {
	t.Helper()
	return last(t, reRoot, file)
}

// Size is the number that the next object of a file gets.
func Size(t testing.TB, file []byte) int {
	t.Helper()
	return last(t, reSize, file)
}

// Start is where the last table of objects of a file stands.
func Start(t testing.TB, file []byte) int {
	t.Helper()
	return last(t, reStart, file)
}

// Object is an object of a file as it was saved last.
func Object(t testing.TB, file []byte, number int) string {
	t.Helper()
	head := fmt.Appendf(nil, "\n%d 0 obj", number)
	at := bytes.LastIndex(file, head)
	if at < 0 {
		t.Fatalf("the file has no object %d", number)
	}
	body, _, ok := bytes.Cut(file[at+len(head):], []byte("endobj"))
	if !ok {
		t.Fatalf("object %d has no end", number)
	}
	return string(bytes.TrimSpace(body))
}

// Update saves objects as programs do that change a file: behind it, so that the file still begins with what it was.
func Update(t testing.TB, file []byte, objects map[int]string) []byte {
	t.Helper()
	root, size, start := last(t, reRoot, file), last(t, reSize, file), last(t, reStart, file)
	out, table := bytes.NewBuffer(bytes.Clone(file)), &bytes.Buffer{}
	out.WriteString("\n")
	for _, number := range slices.Sorted(maps.Keys(objects)) {
		fmt.Fprintf(table, "%d 1\n%010d 00000 n \n", number, out.Len())
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", number, objects[number])
		size = max(size, number+1)
	}
	at := out.Len()
	fmt.Fprintf(out, "xref\n%strailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", table, size, root, start, at)
	return out.Bytes()
}

// Redraw saves the first page of a file with what another file, that the same program made, has on its first page.
func Redraw(t testing.TB, file, as []byte) []byte {
	t.Helper()
	contents := func(file []byte) int {
		return last(t, reContents, []byte(Object(t, file, FirstPage(t, file))))
	}
	return Update(t, file, map[int]string{contents(file): Object(t, as, contents(as))})
}
