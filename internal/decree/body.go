package decree

import (
	"strings"
	"unicode/utf8"

	"sachhon/internal/lang"
	"sachhon/internal/letter"
	"sachhon/internal/paper"
)

// content sets the blocks of the document, which end in "./.".
func content(doc letter.Document, size, width float64) []paper.Block {
	b := body{blocks: doc.Blocks, labels: doc.Labels(), size: size, width: width, end: doc.Form.End()}
	switch doc.Type {
	case "quyết định", "nghị quyết":
		b.authority, b.resolves = authority(doc), resolves(doc)
	}
	return b.set()
}

// literal sets a part that was taken out of a document and compared with it, word for word: nothing ends it, and nobody decides
// anew.
func literal(doc letter.Document, size, width float64) []paper.Block {
	return body{blocks: doc.Blocks, labels: doc.Labels(), size: size, width: width}.set()
}

// body is blocks on their way to paper.
type body struct {
	blocks      []letter.Block
	labels      []string
	size, width float64
	end         string
	authority   string // who decides, above the bases of a decision
	resolves    string // "QUYẾT ĐỊNH:", before its first article
}

func (b body) set() []paper.Block {
	var out []paper.Block
	if b.authority != "" {
		out = append(out, b.title(b.authority, 4))
	}
	for i, block := range b.blocks {
		if block.Kind == letter.ArticleBlock && b.resolves != "" {
			out = append(out, b.title(b.resolves, 8))
			b.resolves = ""
		}
		out = append(out, b.block(i, block)...)
	}
	if n := len(out); n > 0 {
		if p, ok := out[n-1].(paper.Paragraph); ok {
			p.KeepNext = true // the signature is not alone on a page
			out[n-1] = p
		}
	}
	return out
}

// title is a line of capitals in the middle.
func (b body) title(text string, before float64) paper.Block {
	return paper.Paragraph{
		Align: paper.Center, Before: max(before, ParagraphSpace), KeepNext: true, Runs: []paper.Run{{Text: text, Size: b.size, Bold: true}},
	}
}

// text is a paragraph of running text.
func (b body) text(runs ...paper.Run) paper.Paragraph {
	for i := range runs {
		runs[i].Size = b.size
	}
	return paper.Paragraph{Align: paper.Justify, First: FirstIndent * paper.MM, Before: ParagraphSpace, Line: LineSpacing, Runs: runs}
}

func (b body) block(i int, block letter.Block) []paper.Block {
	text := block.Text
	if b.end != "" && i == len(b.blocks)-1 && block.Kind != letter.TableBlock && block.Kind != letter.SectionBlock {
		text = letter.Ended(text, b.end)
	}
	label := b.labels[i]
	switch block.Kind {
	case letter.BasisBlock:
		mark := "."
		if i+1 < len(b.blocks) && b.blocks[i+1].Kind == letter.BasisBlock {
			mark = ";"
		}
		return []paper.Block{b.text(paper.Run{Text: letter.Ended(block.Text, mark), Italic: true})}
	case letter.SectionBlock:
		p := b.text(paper.Run{Text: label + " " + upper(text), Bold: true})
		p.KeepNext, p.Before, p.Align = true, ParagraphSpace+2, paper.Left // a title of two lines is not pulled apart
		return []paper.Block{p}
	case letter.ArticleBlock:
		p := b.text(paper.Run{Text: label, Bold: true}, paper.Run{Text: " " + text, Bold: b.isTitle(i)})
		p.KeepNext = b.isTitle(i)
		return []paper.Block{p}
	case letter.ItemBlock, letter.DutyBlock:
		p := b.text(paper.Run{Text: label + " " + text, Bold: b.isTitle(i)})
		p.KeepNext = b.isTitle(i)
		return []paper.Block{p}
	case letter.BulletBlock:
		return []paper.Block{b.text(paper.Run{Text: label + " " + text})}
	case letter.TableBlock:
		return b.table(block)
	case letter.ParagraphBlock:
		if lang.IsUpper(text) && utf8.RuneCountInString(text) <= 120 {
			return []paper.Block{b.title(text, 8)}
		}
	}
	return []paper.Block{b.text(paper.Run{Text: text})}
}

// isTitle tells whether a numbered block is the title of what stands below it: short, no sentence, and something follows.
func (b body) isTitle(i int) bool {
	block := b.blocks[i]
	if utf8.RuneCountInString(block.Text) > 120 || strings.ContainsAny(lastRune(block.Text), ".;:,!?") || i+1 >= len(b.blocks) {
		return false
	}
	switch next := b.blocks[i+1].Kind; next {
	case letter.ParagraphBlock, letter.BulletBlock, letter.TableBlock:
		return true
	case letter.ItemBlock:
		return block.Kind == letter.ArticleBlock
	case letter.DutyBlock, letter.BasisBlock, letter.SectionBlock, letter.ArticleBlock:
	}
	return false
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// authority is who decides: the organ for a collective, else the position with the organ. A document that says so itself,
// in capitals above its bases, is left as it is.
func authority(doc letter.Document) string {
	for _, b := range doc.Blocks {
		if b.Kind != letter.ParagraphBlock {
			break
		}
		if lang.IsUpper(b.Text) {
			return ""
		}
	}
	position := doc.Signer.Position
	for _, c := range doc.Signer.Capacity {
		switch prefix, rest, _ := strings.Cut(c, " "); upper(prefix) {
		case "TM.":
			return upper(doc.Organ)
		case "KT.", "TL.", "TUQ.":
			position = rest
		}
	}
	if position == "" {
		return ""
	}
	return upper(strings.TrimPrefix(upper(position), "Q. ") + " " + doc.Organ)
}

func resolves(doc letter.Document) string {
	for _, b := range doc.Blocks {
		if b.Kind == letter.ParagraphBlock && strings.HasPrefix(upper(b.Text), "QUYẾT ") && lang.IsUpper(b.Text) {
			return ""
		}
	}
	if doc.Type == "nghị quyết" {
		return "QUYẾT NGHỊ:"
	}
	return "QUYẾT ĐỊNH:"
}
