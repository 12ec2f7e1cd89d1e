package pdfsign

import (
	"bytes"
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

// onlyForChecking tells whether nothing stands behind a place of a file but what signatures are checked with.
func onlyForChecking(file []byte, end int) bool {
	before, behind := file[:end], file[end:]
	for _, h := range hiding {
		if bytes.Contains(behind, h) {
			return false
		}
	}
	objects := numbers(reObject, behind)
	if reEscaped.Match(behind) || bytes.Count(behind, []byte("obj"))-bytes.Count(behind, []byte("endobj")) != len(objects) {
		return false // written so that it is hard to find
	}
	size, root := most(reSizes, before), numbers(reRoots, before)
	starts := numbers(reStarts, behind)
	if size == 0 || len(root) == 0 || len(starts) == 0 || !entriesBehind(behind, end) {
		return false
	}
	for _, at := range starts { // each table stands there as one that can be read
		if at < end || at >= len(file) || !bytes.HasPrefix(file[at:], []byte("xref")) {
			return false
		}
	}
	chain := slices.Concat(numbers(reStarts, before), starts)
	if !slices.Equal(numbers(rePrevious, behind), chain[max(0, len(chain)-len(starts)-1):len(chain)-1]) { // none is passed over
		return false
	}
	for _, r := range numbers(reRoots, behind) {
		if r != root[len(root)-1] {
			return false
		}
	}
	for _, number := range objects {
		if number >= size { // what is new shows nothing unless something older leads to it
			continue
		}
		was := bodies(before, number)
		if len(was) == 0 {
			return false
		}
		for _, is := range bodies(behind, number) {
			if !sameBut(was[len(was)-1], is, behind, size) {
				return false
			}
		}
	}
	return true
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
func sameBut(was, is string, behind []byte, size int) bool {
	old, grown := growing(was), growing(is)
	if len(grown) < len(old) {
		return false
	}
	for _, list := range old {
		if !slices.ContainsFunc(grown, func(l []int) bool { return len(l) >= len(list) && slices.Equal(l[:len(list)], list) }) {
			return false
		}
	}
	var known []int
	for _, list := range old {
		known = append(known, list...)
	}
	for _, list := range grown {
		for _, number := range list {
			if !slices.Contains(known, number) && !unseen(behind, number, size) {
				return false
			}
		}
	}
	return bare(was) == bare(is)
}

// unseen tells whether an object is new and a field of a signature without a place on the page.
func unseen(behind []byte, number, size int) bool {
	found := bodies(behind, number)
	return number >= size && len(found) > 0 && !slices.ContainsFunc(found, func(body string) bool {
		return !strings.Contains(reSpace.ReplaceAllString(body, ""), "/FT/Sig") || len(reUnseen.FindAllString(body, -1)) != strings.Count(body, "/Rect") ||
			!strings.Contains(body, "/Rect")
	})
}

func growing(body string) (lists [][]int) {
	for _, m := range reGrowing.FindAllStringSubmatch(body, -1) {
		lists = append(lists, numbers(reRefs, []byte(m[1])))
	}
	return lists
}

// bare is an object without what may be added to it and without the room between its words.
func bare(body string) string {
	body = reHarmless.ReplaceAllString(reGrowing.ReplaceAllString(body, " "), " ")
	body = strings.TrimSpace(reSpace.ReplaceAllString(body, " "))
	for _, sign := range []string{"<<", ">>", "[", "]", "/"} {
		body = strings.ReplaceAll(strings.ReplaceAll(body, " "+sign, sign), sign+" ", sign)
	}
	return body
}

// bodies returns every object of a number, wherever it stands, so that none can hide in another.
func bodies(file []byte, number int) (found []string) {
	for _, m := range reObject.FindAllSubmatchIndex(file, -1) {
		if n, err := strconv.Atoi(string(file[m[2]:m[3]])); err != nil || n != number {
			continue
		}
		body, _, _ := bytes.Cut(file[m[1]:], []byte("endobj"))
		found = append(found, string(body))
	}
	return found
}

func numbers(re *regexp.Regexp, text []byte) (found []int) {
	for _, m := range re.FindAllSubmatch(text, -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			n = -1
		}
		found = append(found, n)
	}
	return found
}

func most(re *regexp.Regexp, text []byte) int {
	found := numbers(re, text)
	if len(found) == 0 {
		return 0
	}
	return slices.Max(found)
}
