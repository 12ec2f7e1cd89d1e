package decree_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/letter"
)

// TestWhatASignatureWaitsFor: all parts that a type needs are lacking in an empty document, what is wrong is a departure, and advice
// is neither.
func TestWhatASignatureWaitsFor(t *testing.T) {
	for _, kind := range letter.Types() {
		j := decree.Judge(letter.Document{Type: kind})
		slices.Sort(j.Lacks)
		needs := decree.Needs(kind)
		slices.Sort(needs)
		if diff := cmp.Diff(needs, j.Lacks); diff != "" || len(j.Departs) > 0 {
			t.Errorf("an empty %s departs in %v and lacks (-want +got)\n%s", kind, j.Departs, diff)
		}
	}
	for name, doc := range decreetest.All() {
		if j := decree.Judge(doc); len(j.Lacks)+len(j.Departs) > 0 {
			t.Errorf("%s: %+v", name, j)
		}
	}
	doc := decreetest.Letter()
	doc.Blocks[0].Text += " Ra quân sáng chủ nhật." // advice
	doc.Recipients = []string{"Như trên", "Lưu: VH"}
	doc.Addressees = nil
	want := letter.Judgement{
		Lacks: []string{"addressees"}, Departs: []letter.Departure{{Code: "archiveOffice", Field: "recipients", Args: map[string]string{"Text": "Lưu: VH"}}},
	}
	if diff := cmp.Diff(want, decree.Judge(doc)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	told := decree.Departed(want.Departs[0])
	if all := decree.CheckDocument(doc); !slices.ContainsFunc(all, func(d decree.Deviation) bool { return cmp.Equal(d, told) }) {
		t.Errorf("%+v is none of %+v", told, all)
	}
}
