package units

import (
	"context"
	"io"
	"sync"

	"sachhon/internal/decree"
	"sachhon/internal/ident"
	"sachhon/internal/letter"
	"sachhon/internal/person"
	"sachhon/internal/web/ui"
)

// departure is what one clause of the decree asks, and where the letter departs from it.
type departure struct {
	Found  []found
	Asks   string
	Clause string
}

type found struct {
	Text   string
	Advice bool
	Line   int // of the letter, 0 when it stands nowhere
}

// formView is how the form of a letter was judged: Other is one of the Party or the Youth Union, which the decree does not
// cover.
type formView struct {
	Departures []departure
	Other      bool
}

// textForm judges a letter by its text.
func textForm(ctx context.Context, source string, r letter.Reading) formView {
	return formView{departures(ctx, decree.CheckText(source, r)), !decree.Covers(source, r)}
}

// departures groups the deviations of a letter by what the decree asks, in the order of the paper.
func departures(ctx context.Context, list []decree.Deviation) []departure {
	var out []departure
	for _, d := range list {
		asks := ui.T(ctx, d.AsksKey())
		if n := len(out); n == 0 || out[n-1].Asks != asks || out[n-1].Clause != d.Rule {
			out = append(out, departure{Asks: asks, Clause: d.Rule})
		}
		last := &out[len(out)-1]
		last.Found = append(last.Found, found{Text: ui.T(ctx, d.Key(), d.Pairs()...), Advice: d.Severity == decree.Advice, Line: d.Lines[0]})
	}
	return out
}

func countFound(list []departure) int {
	n := 0
	for _, d := range list {
		n += len(d.Found)
	}
	return n
}

// formOf judges a letter against the decree: what was composed here by its document, what came as a file by its text and,
// where it is a DOCX or a PDF, by how it is set. Of a scan nothing is known.
func (p *pages) formOf(ctx context.Context, actor person.Actor, l letter.Letter) (formView, error) {
	switch {
	case l.Document != nil:
		return formView{departures(ctx, decree.CheckDocument(*l.Document)), !l.Document.Form.OfState()}, nil
	case l.Source == "":
		return formView{}, nil
	case l.FileKey == "", !decree.Covers(l.Source, l.Reading):
		return textForm(ctx, l.Source, l.Reading), nil
	}
	if list, ok := p.judged.get(l.ID); ok {
		return formView{Departures: departures(ctx, list)}, nil
	}
	f, _, err := p.Letters.File(ctx, actor, l.ID)
	if err != nil {
		return formView{}, err
	}
	defer f.Close()
	file, err := io.ReadAll(io.LimitReader(f, letter.MaxFile))
	if err != nil {
		return formView{}, err
	}
	list, err := decree.Check(ctx, file, l.Source, l.Reading)
	if err == nil { // what could not be seen now is looked at again
		p.judged.put(l.ID, list)
	}
	return formView{Departures: departures(ctx, list)}, nil
}

// judgements remembers what was found in files: pages of a PDF take a program of their own to look at.
type judgements struct {
	mu    sync.Mutex
	files map[ident.ID][]decree.Deviation // by letter: its file and what was read of it do not change
}

const judgementsKept = 500

func (j *judgements) get(key ident.ID) ([]decree.Deviation, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	list, ok := j.files[key]
	return list, ok
}

func (j *judgements) put(key ident.ID, list []decree.Deviation) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.files == nil || len(j.files) >= judgementsKept {
		j.files = map[ident.ID][]decree.Deviation{}
	}
	j.files[key] = list
}
