package decree_test

import (
	"slices"
	"strings"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/paper"
)

// formCase is a document of which one thing is set otherwise.
type formCase struct {
	doc    paper.Document
	change func(paper.Document) paper.Document
	paged  bool // only pages show it
}

// codeOf is the deviation of a case: size and cut of a component are one.
func codeOf(name string) string {
	for _, end := range []string{"Size", "Cut"} {
		if role, ok := strings.CutSuffix(name, end); ok && name != "pageNumberSize" && name != "sheetSize" && name != "bodySize" {
			return role + "Look"
		}
	}
	return name
}

// formCases are what a good document is changed in, by the deviation that it has then.
func formCases() map[string]formCase {
	size := func(points float64) func(*paper.Paragraph) {
		return func(p *paper.Paragraph) {
			for i := range p.Runs {
				p.Runs[i].Size = points
			}
		}
	}
	cut := func(bold, italic bool) func(*paper.Paragraph) {
		return func(p *paper.Paragraph) {
			for i := range p.Runs {
				p.Runs[i].Bold, p.Runs[i].Italic = bold, italic
			}
		}
	}
	run := func(text string, change func(*paper.Paragraph)) func(paper.Document) paper.Document {
		return func(d paper.Document) paper.Document { return everyRun(d, text, change) }
	}
	page := func(change func(*paper.Section)) func(paper.Document) paper.Document {
		return func(d paper.Document) paper.Document {
			d.Sections = slices.Clone(d.Sections)
			change(&d.Sections[0])
			return d
		}
	}
	official, typed := decree.Lay(decreetest.Letter(), decree.Options{}), decree.Lay(decreetest.Invitation(), decree.Options{})
	above := decree.Lay(decreetest.Urgent(), decree.Options{})
	long := decree.Lay(decreetest.Plan(), decree.Options{})
	place := func(change func(*paper.Paragraph), texts ...string) func(paper.Document) paper.Document {
		return func(d paper.Document) paper.Document {
			for _, text := range texts {
				d = everyRun(d, text, change)
			}
			return d
		}
	}
	left := func(p *paper.Paragraph) { p.Align = paper.Left }
	shifted := func(by float64) func(*paper.Paragraph) {
		return func(p *paper.Paragraph) { p.Align, p.Left = paper.Left, by*paper.MM }
	}
	content := func(change func(*paper.Paragraph)) func(paper.Document) paper.Document {
		return place(func(p *paper.Paragraph) {
			if p.Align == paper.Justify {
				change(p)
			}
		}, "")
	}
	unruled := func(text string) func(paper.Document) paper.Document {
		return func(d paper.Document) paper.Document { return unruled(d, text) }
	}
	footer := func(change func(*paper.Paragraph)) func(paper.Document) paper.Document {
		return page(func(s *paper.Section) {
			s.FirstFooter = slices.Clone(s.FirstFooter)
			for i, b := range s.FirstFooter {
				if p, ok := b.(paper.Paragraph); ok {
					p.Runs = slices.Clone(p.Runs)
					change(&p)
					s.FirstFooter[i] = p
				}
			}
		})
	}
	cases := map[string]formCase{
		"urgencySize":         {doc: above, change: run("HỎA TỐC", size(11))},
		"urgencyCut":          {doc: above, change: run("HỎA TỐC", cut(false, false))},
		"drafterSize":         {doc: official, change: run("PL.(30)", size(13))},
		"drafterCut":          {doc: official, change: run("PL.(30)", cut(true, false))},
		"mottoRule":           {doc: long, change: unruled("Độc lập")},
		"organRule":           {doc: long, change: unruled("THỊ XÃ HƯƠNG TRÀ")},
		"abstractRule":        {doc: long, change: unruled("Triển khai Cuộc thi")},
		"sheetSize":           {doc: official, change: page(func(s *paper.Section) { s.Page.Width, s.Page.Height = 612, 792 })},
		"marginTop":           {doc: official, change: page(func(s *paper.Section) { s.Page.Top = 15 * paper.MM })},
		"marginBottom":        {doc: long, change: page(func(s *paper.Section) { s.Page.Bottom = 12 * paper.MM })}, // one that is too wide is not seen on a page
		"marginLeft":          {doc: official, change: page(func(s *paper.Section) { s.Page.Left = 25.4 * paper.MM })},
		"marginRight":         {doc: official, change: page(func(s *paper.Section) { s.Page.Right = 25.4 * paper.MM })},
		"pageNumberMissing":   {doc: long, change: page(func(s *paper.Section) { s.Numbered = false })},
		"pageNumberSize":      {doc: long, change: page(func(s *paper.Section) { s.NumberSize = 10 })},
		"typeface":            {doc: official, change: run("", func(p *paper.Paragraph) { p.Runs[0].Face = paper.Sans })},
		"color":               {doc: official, change: run("", func(p *paper.Paragraph) { p.Runs[0].Color = paper.Color{B: 200} })},
		"nationSize":          {doc: official, change: run("CỘNG HÒA", size(14))},
		"nationCut":           {doc: official, change: run("CỘNG HÒA", cut(false, false))},
		"mottoSize":           {doc: official, change: run("Độc lập", size(12))},
		"mottoCut":            {doc: official, change: run("Độc lập", cut(false, false))},
		"superiorSize":        {doc: above, change: run("THỊ XÃ HƯƠNG TRÀ", size(10))},
		"superiorCut":         {doc: above, change: run("THỊ XÃ HƯƠNG TRÀ", cut(true, false))},
		"organSize":           {doc: official, change: run("ỦY BAN NHÂN DÂN", size(14))},
		"organCut":            {doc: official, change: run("THỊ XÃ HƯƠNG TRÀ", cut(false, false))},
		"numberSize":          {doc: official, change: run("Số: 1903", size(14))},
		"numberCut":           {doc: official, change: run("Số: 1903", cut(true, false))},
		"dateSize":            {doc: official, change: run("Hương Trà, ngày", size(12))},
		"dateCut":             {doc: official, change: run("Hương Trà, ngày", cut(false, false))},
		"aboutSize":           {doc: official, change: run("V/v", size(14))},
		"aboutCut":            {doc: official, change: run("V/v", cut(true, false))},
		"typeSize":            {doc: typed, change: run("GIẤY MỜI", size(16))},
		"typeCut":             {doc: typed, change: run("GIẤY MỜI", cut(false, false))},
		"abstractSize":        {doc: typed, change: run("Dự Lễ phát động", size(12))},
		"abstractCut":         {doc: typed, change: run("Dự Lễ phát động", cut(false, true))},
		"salutationSize":      {doc: official, change: run("Kính gửi", size(12))},
		"salutationCut":       {doc: official, change: run("Kính gửi", cut(true, false))},
		"signerSize":          {doc: official, change: run("Nguyễn Văn Mẫu", size(12))},
		"signerCut":           {doc: official, change: run("PHÓ CHỦ TỊCH", cut(false, false))},
		"recipientsLabelSize": {doc: official, change: run("Nơi nhận:", size(14))},
		"recipientsLabelCut":  {doc: official, change: run("Nơi nhận:", cut(true, false))},
		"recipientsListSize":  {doc: official, change: run("- Như trên", size(13))},
		"recipientsListCut":   {doc: official, change: run("- Như trên", cut(false, true))},
		"bodySize":            {doc: long, change: content(size(12))},
		"justified":           {doc: official, change: content(left)},
		"firstIndent":         {doc: official, change: run("", func(p *paper.Paragraph) { p.First = 0 })},
		"lineSpacing":         {doc: official, change: run("", func(p *paper.Paragraph) { p.Line = 2 })},
		"paragraphSpace":      {doc: official, change: run("", func(p *paper.Paragraph) { p.Before, p.After = 0, 0 })},

		"nationPlace": {doc: official, change: func(d paper.Document) paper.Document { return freed(d, false, "CỘNG HÒA", "Độc lập") }},
		"mottoPlace":  {doc: official, change: place(left, "Độc lập")},
		"organPlace": {doc: official, change: func(d paper.Document) paper.Document {
			return freed(d, false, "ỦY BAN NHÂN DÂN", "THỊ XÃ HƯƠNG TRÀ")
		}},
		"organCentre":     {doc: official, change: place(left, "THỊ XÃ HƯƠNG TRÀ")},
		"numberPlace":     {doc: official, change: place(left, "Số: 1903")},
		"datePlace":       {doc: official, change: place(func(p *paper.Paragraph) { p.Align, p.Right = paper.Right, 0 }, "Hương Trà, ngày")},
		"aboutPlace":      {doc: official, change: place(left, "V/v")},
		"typePlace":       {doc: typed, change: place(left, "GIẤY MỜI")},
		"abstractPlace":   {doc: typed, change: place(left, "Dự Lễ phát động")},
		"salutationPlace": {doc: official, change: place(shifted(100), "Kính gửi")},
		"addresseePlace":  {doc: official, change: place(shifted(20), "- Ủy ban nhân dân các xã")},
		"signerPlace": {doc: official, change: func(d paper.Document) paper.Document {
			return freed(d, true, "TM. ỦY BAN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu")
		}},
		"signerCentre":    {doc: official, change: place(left, "Nguyễn Văn Mẫu")},
		"recipientsPlace": {doc: official, change: place(shifted(15), "Nơi nhận:")},
	}
	for name, change := range map[string]func(*paper.Paragraph){"contactSize": size(13), "contactCut": cut(true, false)} {
		cases[name] = formCase{official, footer(change), true}
	}
	return cases
}

// freed takes the paragraphs that hold these texts, with the rules below them, out of the columns in which they stand, across the
// page: above the columns or below them.
func freed(set paper.Document, below bool, texts ...string) paper.Document {
	set.Sections = slices.Clone(set.Sections)
	var out []paper.Block
	for _, b := range set.Sections[0].Blocks {
		table, ok := b.(paper.Table)
		if !ok {
			out = append(out, b)
			continue
		}
		var free []paper.Block
		table.Rows = slices.Clone(table.Rows)
		for n, row := range table.Rows {
			row.Cells = slices.Clone(row.Cells)
			for m, cell := range row.Cells {
				var kept []paper.Block
				taken := false
				for _, one := range cell.Blocks {
					switch one := one.(type) {
					case paper.Paragraph:
						taken = slices.ContainsFunc(texts, func(text string) bool { return len(one.Runs) > 0 && strings.HasPrefix(one.Runs[0].Text, text) })
					case paper.Rule:
					default:
						taken = false
					}
					if taken {
						free = append(free, one)
					} else {
						kept = append(kept, one)
					}
				}
				row.Cells[m].Blocks = kept
			}
			table.Rows[n] = row
		}
		if below {
			out = append(append(out, table), free...)
		} else {
			out = append(append(out, free...), table)
		}
	}
	set.Sections[0].Blocks = out
	return set
}
