package decree

import (
	"regexp"
	"slices"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

var (
	reAcademic = regexp.MustCompile(`^(?:(?:PGS|GS|TS|ThS|BS|KS|CN|BSCK\w*)\b\.?\s*)+`)

	// By whom somebody signs: "TM. ỦY BAN NHÂN DÂN" for a collective, "KT. CHỦ TỊCH" for the head.
	reForAll   = regexp.MustCompile(`^TM\b\.?\s`)
	reForHead  = regexp.MustCompile(`^KT\b\.?\s`)
	reInPlace  = regexp.MustCompile(`(?:^|\s)KT\.\s*\p{Lu}`)
	reOneHead  = regexp.MustCompile(`^(?:so|phong|chi cuc|cuc|tong cuc|van phong|thanh tra|trung tam|benh vien|truong|vien|bao tang|thu vien|hat|tram) `)
	collective = []string{"HỘI ĐỒNG", "ỦY BAN", "UỶ BAN", "UBND", "BAN ", "HĐND", "ĐẢNG"}
)

// signer judges the signature of a letter that was read.
func (c *checker) signer() {
	if c.r.Signer == nil {
		return
	}
	f, at := c.r.Fields(), c.r.Signer.Lines
	if !slices.ContainsFunc(f.Signer.Capacity, reForHead.MatchString) && reInPlace.MatchString(c.joined(at)) {
		c.add("capacityDirect", at, "Text", "KT.") // it stands below the position, where it says nothing
		f.Signer.Capacity = append(f.Signer.Capacity, "KT.")
	}
	checkSigner(&c.findings, f.Type, f.Organ, f.Signer, at)
}

// checkSigner judges by what authority somebody signs.
func checkSigner(f *findings, kind, organ string, s letter.Signer, at letter.Lines) {
	prefixed := strings.Join(s.Capacity, " ")
	position := upper(s.Position)
	switch {
	case strings.HasPrefix(position, "PHÓ ") && prefixed == "":
		f.add("deputyPrefix", at, "Text", s.Position)
	case prefixed == "" && position == "CHỦ TỊCH" && strings.HasPrefix(lang.Fold(organ), "uy ban nhan dan") && kind != "quyết định":
		f.add("collectivePrefix", at)
	}
	checkCapacity(f, organ, s.Capacity, at)
	if reAcademic.MatchString(s.Name) {
		f.add("academicTitle", at, "Text", reAcademic.FindString(s.Name))
	}
}

// checkCapacity judges the lines above the position: the collective before the head in whose place somebody signs, that directly
// above the position, and no collective where one person leads.
func checkCapacity(f *findings, organ string, capacity []string, at letter.Lines) {
	all := slices.IndexFunc(capacity, func(l string) bool { return reForAll.MatchString(upper(l)) })
	head := slices.IndexFunc(capacity, func(l string) bool { return reForHead.MatchString(upper(l)) })
	switch {
	case all >= 0 && head >= 0 && head < all:
		f.add("capacityOrder", at, "First", capacity[head], "Second", capacity[all])
	case head >= 0 && head < len(capacity)-1:
		f.add("capacityDirect", at, "Text", capacity[head])
	}
	if all < 0 || !reOneHead.MatchString(lang.Fold(organ)+" ") {
		return
	}
	if whom := upper(capacity[all]); !slices.ContainsFunc(collective, func(w string) bool { return strings.Contains(whom, w) }) {
		f.add("singleHead", at, "Text", capacity[all], "Organ", organ)
	}
}
