package pdfsign

import (
	"bytes"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A signature that is to be checked in years to come is followed by what is needed for it: certificates and lists of revoked
// ones in a store (DSS), and stamps of the time over the whole file. Both are saved behind the file, as a change of pages would
// be. They are told apart by what is saved again: nothing that was there before may become another thing. Files that hide
// objects in streams are not looked through, and so have something unknown behind the signature.

var (
	reObject   = regexp.MustCompile(`(\d{1,8})\s+\d{1,5}\s+obj\b`)
	reSizes    = regexp.MustCompile(`/Size\s+(\d{1,8})`)
	reRoots    = regexp.MustCompile(`/Root\s+(\d{1,8})\s+\d+\s+R`)
	reStarts   = regexp.MustCompile(`startxref\s+(\d{1,10})`)
	rePrevious = regexp.MustCompile(`/Prev\s+(\d{1,10})`)
	reEntry    = regexp.MustCompile(`\b(\d{1,12})\s+(\d{1,5})\s+([nf])\b`)
	reEscaped  = regexp.MustCompile(`/[A-Za-z]*#`)
	reRefs     = regexp.MustCompile(`(\d{1,8})\s+\d+\s+R`)
	reGrowing  = regexp.MustCompile(`/(?:Annots|Fields)\s*\[([^\[\]]*)\]`)
	reHarmless = regexp.MustCompile(`/DSS\s+\d+\s+\d+\s+R|/SigFlags\s+\d+|/Extensions\s*<<\s*/\w+\s*<<[^<>]*>>\s*>>`)
	reUnseen   = regexp.MustCompile(`/Rect\s*\[\s*0(?:\.0*)?\s+0(?:\.0*)?\s+0(?:\.0*)?\s+0(?:\.0*)?\s*\]`)
	reSpace    = regexp.MustCompile(`\s+`)
	hiding     = [][]byte{[]byte("/ObjStm"), []byte("/XRef"), []byte("/Encrypt")} // /XRef is /XRefStm too
)

// What is saved for checking is small. More is taken for something else, so that no file can hold up who reads it.
const (
	maxBehind   = 8 << 20   // bytes behind a signature
	maxObjects  = 400       // saved there
	maxOld      = 256 << 10 // bytes of one of them that stood in the file before
	maxNew      = 16 << 10  // bytes of a new one that can be a field of a signature
	maxTogether = 2 << 20   // bytes of all that are compared
	maxLists    = 16        // of annotations or fields in one object
)

// onlyForChecking tells whether nothing stands behind a place of a file but what signatures are checked with.
func onlyForChecking(file []byte, end int) bool {
	before, behind := file[:end], file[end:]
	if len(behind) > maxBehind {
		return false
	}
	for _, h := range hiding {
		if bytes.Contains(behind, h) {
			return false
		}
	}
	objects := numbers(reObject, behind)
	if len(objects) > maxObjects || reEscaped.Match(behind) || bytes.Count(behind, []byte("obj"))-bytes.Count(behind, []byte("endobj")) != len(objects) {
		return false // written so that it is hard to find
	}
	size, root := most(reSizes, before), last(reRoots, before)
	starts := numbers(reStarts, behind)
	if size == 0 || root == 0 || len(starts) == 0 || !entriesBehind(behind, end) {
		return false
	}
	for _, at := range starts { // each table stands there as one that can be read
		if at < end || at >= len(file) || !bytes.HasPrefix(file[at:], []byte("xref")) {
			return false
		}
	}
	if chain := append([]int{last(reStarts, before)}, starts...); !slices.Equal(numbers(rePrevious, behind), chain[:len(starts)]) { // none is passed over
		return false
	}
	for _, r := range numbers(reRoots, behind) {
		if r != root {
			return false
		}
	}
	now, ok := bodies(behind, ends(behind, objects, false), size)
	if !ok {
		return false
	}
	was, ok := bodies(before, ends(before, slices.DeleteFunc(objects, func(n int) bool { return n >= size }), true), size)
	if !ok {
		return false
	}
	later, together := saved{now, size}, 0
	for number, found := range now {
		if number >= size { // what is new shows nothing unless something older leads to it
			continue
		}
		old := was[number]
		if len(old) == 0 {
			return false
		}
		for _, is := range found {
			together += len(is) + len(old[0])
			if together > maxTogether || !later.sameBut(old[0], is) {
				return false
			}
		}
	}
	return true
}

// saved is what stands behind a signature in a file that had as many objects as size says.
type saved struct {
	bodies map[int][][]byte
	size   int
}

// entriesBehind tells whether the tables of objects lead to nothing before end, and drop nothing.
func entriesBehind(tables []byte, end int) bool {
	for _, m := range reEntry.FindAllSubmatch(tables, -1) {
		at, err := strconv.Atoi(string(m[1]))
		switch {
		case err != nil:
			return false
		case string(m[3]) == "f" && string(m[2]) != "65535":
			return false
		case string(m[3]) == "n" && at < end:
			return false
		}
	}
	return true
}

// sameBut tells whether an object is what it was, but for what belongs to signatures: the store, and fields that nobody sees.
func (v saved) sameBut(was, is []byte) bool {
	old, grown := growing(was), growing(is)
	if len(grown) < len(old) || len(grown) > maxLists {
		return false
	}
	known := map[int]bool{}
	for _, list := range old {
		if !slices.ContainsFunc(grown, func(l []int) bool {
			return len(l) >= len(list) && slices.Equal(l[:len(list)], list)
		}) {
			return false
		}
		for _, number := range list {
			known[number] = true
		}
	}
	for _, list := range grown {
		for _, number := range list {
			if !known[number] && !v.unseen(number) {
				return false
			}
			known[number] = true // once is enough
		}
	}
	return bare(was) == bare(is)
}

// unseen tells whether an object is new and a field of a signature without a place on the page.
func (v saved) unseen(number int) bool {
	found := v.bodies[number]
	return number >= v.size && len(found) > 0 && !slices.ContainsFunc(found, func(body []byte) bool {
		places := bytes.Count(body, []byte("/Rect"))
		return !bytes.Contains(reSpace.ReplaceAll(body, nil), []byte("/FT/Sig")) || places == 0 || len(reUnseen.FindAllIndex(body, -1)) != places
	})
}

func growing(body []byte) (lists [][]int) {
	for _, m := range reGrowing.FindAllSubmatch(body, -1) {
		lists = append(lists, numbers(reRefs, m[1]))
	}
	return lists
}

// bare is an object without what may be added to it and without the room between its words.
func bare(long []byte) string {
	body := string(long)
	body = reHarmless.ReplaceAllString(reGrowing.ReplaceAllString(body, " "), " ")
	body = strings.TrimSpace(reSpace.ReplaceAllString(body, " "))
	for _, sign := range []string{"<<", ">>", "[", "]", "/"} {
		body = strings.ReplaceAll(strings.ReplaceAll(body, " "+sign, sign), sign+" ", sign)
	}
	return body
}

// ends returns where the heads of the objects of these numbers end, wherever they stand, so that none can hide in another; or of
// the last one of each only, which is the one in force: a file can repeat one without end.
func ends(file []byte, wanted []int, last bool) map[int][]int {
	found := make(map[int][]int, len(wanted))
	for _, n := range wanted {
		found[n] = nil
	}
	for n, end := range each(reObject, file) {
		switch at, asked := found[n]; {
		case !asked:
		case last && len(at) > 0:
			at[0] = end
		default:
			found[n] = append(at, end)
		}
	}
	return found
}

// bodies returns what stands in objects; false when one of them is longer than what is saved again for checking. Of new ones, such
// as lists of revoked certificates, a long one has no body here and so is nothing that could pass for a field of a signature.
func bodies(file []byte, heads map[int][]int, size int) (found map[int][][]byte, ok bool) {
	found = make(map[int][][]byte, len(heads))
	for n, ends := range heads {
		limit := maxNew
		if n < size {
			limit = maxOld
		}
		for _, at := range ends {
			body, _, ended := bytes.Cut(file[at:min(len(file), at+limit)], []byte("endobj"))
			if !ended {
				if n < size {
					return nil, false
				}
				body = nil
			}
			found[n] = append(found[n], body)
		}
	}
	return found, true
}

// each yields the numbers that an expression finds, with where it ended, one after the other: a file can hold millions.
func each(re *regexp.Regexp, text []byte) iter.Seq2[int, int] {
	return func(yield func(number, end int) bool) {
		for at := 0; ; {
			m := re.FindSubmatchIndex(text[at:])
			if m == nil {
				return
			}
			n, err := strconv.Atoi(string(text[at+m[2] : at+m[3]]))
			if err != nil {
				n = -1
			}
			at += m[1]
			if !yield(n, at) {
				return
			}
		}
	}
}

func numbers(re *regexp.Regexp, text []byte) (found []int) {
	for n := range each(re, text) {
		found = append(found, n)
	}
	return found
}

// last is the last number that an expression finds, 0 for none; most the greatest.
func last(re *regexp.Regexp, text []byte) (n int) {
	for found := range each(re, text) {
		n = found
	}
	return n
}

func most(re *regexp.Regexp, text []byte) (greatest int) {
	for n := range each(re, text) {
		greatest = max(greatest, n)
	}
	return greatest
}
