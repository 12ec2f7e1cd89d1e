package decree

import (
	"fmt"
	"strings"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
)

// fields are the parts of a document, as its JSON names them, that a deviation is about.
var fields = map[string]string{
	"organMissing": "organ", "numberMissing": "notation", "symbolType": "notation", "otherSymbol": "notation", "placeMissing": "place",
	"aboutMissing": "subject", "subjectMissing": "subject", "salutationMissing": "addressees", "contentMissing": "blocks", "appendixUncited": "blocks",
	"recipientsMissing": "recipients", "asAbove": "recipients", "archiveMissing": "recipients", "archiveLast": "recipients", "archiveOffice": "recipients",
	"positionMissing": "signer.position", "signerMissing": "signer.name", "academicTitle": "signer.name", "deputyPrefix": "signer.capacity",
	"collectivePrefix": "signer.capacity", "capacityOrder": "signer.capacity", "capacityDirect": "signer.capacity", "singleHead": "signer.capacity",
}

// Needs are the parts without which a document of a type has not its form, as its JSON names them. A draft may lack them.
func Needs(kind string) []string {
	needs := []string{"organ", "notation", "place", "subject", "blocks", "recipients", "signer.position", "signer.name"}
	if addressed(kind) {
		needs = append(needs, "addressees")
	}
	return needs
}

// addressed tells whether documents of a type are written to somebody. Reports are when they go to an organ above, which their
// type does not tell.
func addressed(kind string) bool { return isOfficial(kind) || kind == "tờ trình" }

// CheckDocument finds what a document that is composed here lacks or says against its form. What the form sets itself
// cannot be wrong. Of the forms of the Party and of the Youth Union it is only judged whether all parts are there, and the symbol.
func CheckDocument(doc letter.Document) []Deviation {
	doc = composed(doc)
	f := &findings{}
	none := letter.Lines{}
	checkParts(f, doc)
	if doc.Form.OfState() {
		checkNotation(f, doc.Type, doc.Notation, none)
		if len(doc.Recipients) > 0 {
			checkRecipients(f, isOfficial(doc.Type), len(doc.Addressees) > 0, doc.Recipients, func(int) letter.Lines { return none })
		}
		checkSigner(f, doc.Type, doc.Organ, doc.Signer, none)
	} else {
		checkOtherSymbol(f, doc)
	}
	cited, cites := false, citations{}
	for i, b := range doc.Blocks {
		n := len(f.list)
		if doc.Form.OfState() {
			checkCapitals(f, b.Text, none)
			cites.check(letter.MentionsIn(b.Text), func(_ letter.Mention, code string, args ...string) { f.add(code, none, args...) })
		}
		for ; n < len(f.list); n++ {
			f.list[n].Field = fmt.Sprintf("blocks.%d", i)
		}
		text := lang.Fold(b.Text)
		cited = cited || strings.Contains(text, "phu luc") || strings.Contains(text, "kem theo")
	}
	if len(doc.Appendices) > 0 && !cited {
		f.add("appendixUncited", none)
	}
	for i := range f.list {
		d := &f.list[i]
		if d.Field == "" {
			d.Field = fields[d.Code]
		}
		if guide := guides[doc.Form]; guide != "" {
			d.Rule = guide
		}
	}
	return f.sorted()
}

// checkParts finds which parts a document lacks, whatever its form.
func checkParts(f *findings, doc letter.Document) {
	missing := func(empty bool, code string) {
		if empty {
			f.add(code, letter.Lines{})
		}
	}
	missing(doc.Organ == "", "organMissing")
	missing(doc.Notation == "", "numberMissing")
	missing(doc.Place == "", "placeMissing")
	missing(len(doc.Blocks) == 0, "contentMissing")
	official := isOfficial(doc.Type)
	if doc.Subject == "" {
		missing(official, "aboutMissing")
		missing(!official, "subjectMissing")
	}
	missing(addressed(doc.Type) && len(doc.Addressees) == 0, "salutationMissing")
	missing(len(doc.Recipients) == 0, "recipientsMissing")
	missing(doc.Signer.Position == "" && len(doc.Signer.Capacity) == 0, "positionMissing")
	missing(doc.Signer.Name == "", "signerMissing")
}

// guides are what says how the documents of the other forms look.
var guides = map[letter.Form]string{
	letter.YouthForm: "Hướng dẫn 29-HD/TWĐTN-VP (29/10/2013)",
	letter.PartyForm: "Hướng dẫn 36-HD/VPTW (03/4/2018)",
}

// checkOtherSymbol: these symbols name the type before a stroke, a công văn too: "12-CV/ĐTN".
func checkOtherSymbol(f *findings, doc letter.Document) {
	if doc.Notation == "" {
		return
	}
	kind := doc.Type
	if isOfficial(kind) {
		kind = letter.OfficialLetter
	}
	example := doc.Form.Notation(kind, "ĐTN", "")
	want, _, _ := strings.Cut(example, "/")
	if kind, organ, found := strings.Cut(doc.Notation, "/"); !found || organ == "" || kind != want && strings.Contains(example, "/") {
		f.add("otherSymbol", letter.Lines{}, "Symbol", "12"+doc.Form.Joint()+example)
	}
}
