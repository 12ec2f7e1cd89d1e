package office

import (
	"context"
	"slices"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/letter"
	"sachhon/internal/web/ui"
)

// sheetView is a document on paper, as text for a page: the form of the decree is in the style sheet.
type sheetView struct {
	Doc        letter.Document
	Number     string
	Date       string
	About      string   // "V/v …" of a công văn
	Title      string   // the type of any other
	To         []string // with their marks
	Blocks     []sheetBlock
	Recipients []string
	Capacity   []string
	Appendices []sheetAppendix
	Deviations []string // from the decree, in words
}

type sheetBlock struct {
	Kind  letter.BlockKind
	Label string
	Text  string
	Table *letter.Table
}

type sheetAppendix struct {
	Number, Title string
	Blocks        []sheetBlock
}

func viewSheet(ctx context.Context, doc letter.Document) sheetView {
	v := sheetView{
		Doc: doc, Number: doc.Number + "/" + doc.Notation, Blocks: sheetBlocks(doc.Blocks, doc.Labels(), "./."),
		To: marked(doc.Addressees), Recipients: marked(doc.Recipients), Deviations: deviations(ctx, doc),
	}
	if doc.Number == "" {
		v.Number = "…/" + doc.Notation
	}
	v.Date = doc.Place + ", ngày … tháng … năm …"
	if !doc.Date.IsZero() {
		v.Date = doc.Place + ", ngày " + doc.Date.LongDate()
	}
	if doc.Type == letter.OfficialLetter {
		v.About = "V/v " + doc.Subject
	} else {
		v.Title = strings.ToUpper(doc.Type)
	}
	for _, c := range doc.Signer.Capacity {
		v.Capacity = append(v.Capacity, strings.ToUpper(c))
	}
	if doc.Signer.Position != "" && !slices.Contains(v.Capacity, strings.ToUpper(doc.Signer.Position)) {
		v.Capacity = append(v.Capacity, strings.ToUpper(doc.Signer.Position))
	}
	for i, a := range doc.Appendices {
		number := ""
		if len(doc.Appendices) > 1 {
			number = " " + letter.Roman(i+1)
		}
		v.Appendices = append(v.Appendices, sheetAppendix{"PHỤ LỤC" + number, a.Title, sheetBlocks(a.Blocks, a.Labels(), "")})
	}
	return v
}

// marked ends the entries of a list as the decree does.
func marked(list []string) []string {
	out := make([]string, len(list))
	for i, e := range list {
		mark := ";"
		if i == len(list)-1 {
			mark = "."
		}
		out[i] = letter.Ended(e, mark)
	}
	return out
}

func sheetBlocks(blocks []letter.Block, labels []string, end string) []sheetBlock {
	out := make([]sheetBlock, len(blocks))
	for i, b := range blocks {
		text := b.Text
		switch b.Kind {
		case letter.BasisBlock:
			mark := "."
			if i+1 < len(blocks) && blocks[i+1].Kind == letter.BasisBlock {
				mark = ";"
			}
			text = letter.Ended(text, mark)
		case letter.SectionBlock:
			text = strings.ToUpper(text)
		case letter.ParagraphBlock, letter.DutyBlock, letter.ItemBlock, letter.BulletBlock, letter.ArticleBlock, letter.TableBlock:
			if i == len(blocks)-1 && end != "" && b.Kind != letter.TableBlock && text != "" {
				text = letter.Ended(text, end)
			}
		}
		out[i] = sheetBlock{b.Kind, labels[i], text, b.Table}
	}
	return out
}

// deviations says in words where the document departs from the decree.
func deviations(ctx context.Context, doc letter.Document) []string {
	var out []string
	for _, d := range decree.CheckDocument(doc) {
		out = append(out, ui.T(ctx, d.Key(), d.Pairs()...))
	}
	return out
}
