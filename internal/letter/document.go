package letter

import "sachhon/internal/clock"

// Document is a letter as its issuer writes it: the components of Decree 30/2020 with the content in blocks. Its texts are
// in ordinary case and plain; capitals, numbering, "V/v", ";" and "./." belong to the form, which is not kept.
type Document struct {
	Form       Form       `json:"form,omitempty"`     // whose rules it follows, the State's when it is empty
	Type       string     `json:"type"`               // one of Types
	Urgency    string     `json:"urgency,omitempty"`  // one of Urgencies
	DeliverBy  clock.Time `json:"deliverBy,omitzero"` // of a scheduled one
	Superior   string     `json:"superior,omitempty"` // the organ named above the issuer, "" for one that stands alone
	Organ      string     `json:"organ"`              // "Ủy ban nhân dân thị xã Hương Trà"
	Number     string     `json:"number,omitempty"`   // given by the register
	Joint      string     `json:"joint,omitempty"`    // between both where the form has another one
	Notation   string     `json:"notation"`           // "UBND-VH"
	Place      string     `json:"place"`
	Date       Date       `json:"date"`    // zero until it is issued
	Subject    string     `json:"subject"` // without "V/v"
	Addressees []string   `json:"addressees,omitempty"`
	Blocks     []Block    `json:"blocks"`
	Recipients []string   `json:"recipients,omitempty"` // "Nơi nhận", the line for the archive last
	Signer     Signer     `json:"signer"`
	Secretary  string     `json:"secretary,omitempty"`  // who took the minutes and signs them beside the chair
	Appendices []Appendix `json:"appendices,omitempty"` // numbered in Roman figures by the form
	Contact    string     `json:"contact,omitempty"`    // address, phone, site of the organ, at the foot of page 1
	Drafter    string     `json:"drafter,omitempty"`    // mark of who drafted it: "PL"
	Copies     int        `json:"copies,omitempty"`     // how many are printed, 0 when it is not said
}

// Block is one part of the content.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Text  string    `json:"text,omitempty"`
	Duty  *Duty     `json:"duty,omitempty"`  // of a DutyBlock: what is asked; its number follows from the order
	Table *Table    `json:"table,omitempty"` // of a TableBlock; Text is its caption
}

// BlockKind says what a block is, and so how the form sets and numbers it.
type BlockKind string

// The kinds of blocks.
const (
	BasisBlock     BlockKind = "basis"     // "Căn cứ …": italic, ends in ";", the last in "."
	ParagraphBlock BlockKind = "paragraph" // running text
	SectionBlock   BlockKind = "section"   // "I. MỤC ĐÍCH": Roman figures
	DutyBlock      BlockKind = "duty"      // "1. …": something somebody is asked to do
	ItemBlock      BlockKind = "item"      // "1. …" that asks nothing of anybody
	BulletBlock    BlockKind = "bullet"    // "- …" below what stands before it
	ArticleBlock   BlockKind = "article"   // "Điều 1. …" of a decision
	TableBlock     BlockKind = "table"
)

// BlockKinds lists the kinds in the order in which an editor offers them.
func BlockKinds() []BlockKind {
	return []BlockKind{BasisBlock, ParagraphBlock, SectionBlock, DutyBlock, ItemBlock, BulletBlock, ArticleBlock, TableBlock}
}

// Table is rows of texts below one row of headings; every row has as many cells as the head.
type Table struct {
	Head   []string   `json:"head"`
	Rows   [][]string `json:"rows"`
	Total  []string   `json:"total,omitempty"`  // a last row set off, as long as the head
	Figure []bool     `json:"figure,omitempty"` // which columns hold figures, set to the right
}

// Appendix follows the signature on pages of its own.
type Appendix struct {
	Title  string  `json:"title"`
	Blocks []Block `json:"blocks"`
}

// Duties returns what the document asks for, numbered in order.
func (d Document) Duties() []Duty {
	duties := []Duty{}
	for _, b := range d.Blocks {
		if b.Kind != DutyBlock {
			continue
		}
		duty := Duty{}
		if b.Duty != nil {
			duty = *b.Duty
		}
		duty.Number, duty.Text = len(duties)+1, b.Text
		if duty.Channels == nil {
			duty.Channels = []Channel{}
		}
		duties = append(duties, duty)
	}
	return duties
}
