package extract

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sachhon/internal/fault"
	"sachhon/internal/paper/flow"
)

// maxMarkup is the size of the largest text or page, with its markup.
const maxMarkup = 4 << 20

var (
	reHTMLStart = regexp.MustCompile(`(?i)^\s*(<!doctype html|<html|<head|<body|<meta |<!--|<(p|div|table|span|section|article|center|h[1-6])\b[^<>]*>)`)
	reHTMLTag   = regexp.MustCompile(`(?i)</(p|div|td|tr|table|span|strong|b|h[1-6]|li)\s*>|<br\s*/?>`)
)

// isHTML tells whether a text is a page or a piece of one: it begins with a tag, or has several that end something.
func isHTML(s string) bool {
	head := s[:min(len(s), 64<<10)]
	return reHTMLStart.MatchString(head) || len(reHTMLTag.FindAllStringIndex(head, 3)) == 3
}

// block are the elements that stand on lines of their own.
var block = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true, atom.Blockquote: true,
	atom.Center: true, atom.Pre: true, atom.Address: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Form: true, atom.Main: true,
	atom.Aside: true, atom.Nav: true, atom.Figure: true, atom.Caption: true, atom.Body: true,
}

// dropped are elements whose content nobody reads.
var dropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Head: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Iframe: true,
	atom.Object: true, atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Title: true, atom.Nav: true,
}

// page turns tokens into lines. Only what is needed of the nesting is kept: no tree is built.
type page struct {
	out  flow.Builder
	skip []atom.Atom // dropped elements that are open
	list []int       // numbers of the lists that are open, -1 for one with dots
	pre  int
}

func htmlText(s string) (string, error) {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(maxMarkup)
	p := &page{}
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return "", fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10).Because(err)
			}
			lines, err := p.out.Lines()
			if err != nil {
				return "", fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10).Because(err)
			}
			return strings.Join(lines, "\n"), nil
		case html.TextToken:
			p.text(string(z.Text()))
		case html.StartTagToken:
			name, attrs := z.TagName()
			p.start(z, atom.Lookup(name), attrs)
		case html.SelfClosingTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == atom.Br {
				p.out.Break()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(atom.Lookup(name))
		case html.CommentToken, html.DoctypeToken:
		}
		if p.out.Err() != nil {
			return "", fault.TooLarge.With("extract.fault.textTooLarge", "Limit", flow.MaxText>>10)
		}
	}
}

const maxOpen = 64 // lists or dropped elements within each other

func (p *page) start(z *html.Tokenizer, a atom.Atom, attrs bool) {
	if len(p.skip) > 0 {
		if a == p.skip[len(p.skip)-1] && len(p.skip) < maxOpen {
			p.skip = append(p.skip, a)
		}
		return
	}
	switch {
	case dropped[a]:
		p.skip = append(p.skip, a)
	case a == atom.Br:
		p.out.Break()
	case a == atom.Table:
		p.out.OpenTable()
	case a == atom.Tr:
		p.out.OpenRow()
	case a == atom.Td || a == atom.Th:
		p.out.OpenCell()
	case a == atom.Li:
		p.out.Flush()
		p.item()
	case block[a]:
		p.out.Flush()
		if a == atom.Pre {
			p.pre++
		}
		if (a == atom.Ol || a == atom.Ul) && len(p.list) < maxOpen {
			first := -1
			if a == atom.Ol {
				first = startOf(z, attrs) - 1
			}
			p.list = append(p.list, first)
		}
	}
}

// startOf is the number at which a list begins.
func startOf(z *html.Tokenizer, more bool) int {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if n, err := strconv.Atoi(string(value)); string(key) == "start" && err == nil && n > 0 && n < 10_000 {
			return n
		}
	}
	return 1
}

func (p *page) item() {
	n := len(p.list) - 1
	if n < 0 || p.list[n] < 0 {
		p.out.Text("- ")
		return
	}
	p.list[n]++
	p.out.Text(strconv.Itoa(p.list[n]) + ". ")
}

func (p *page) end(a atom.Atom) {
	if n := len(p.skip); n > 0 {
		if p.skip[n-1] == a {
			p.skip = p.skip[:n-1]
		}
		return
	}
	switch {
	case a == atom.Table:
		p.out.CloseTable()
	case a == atom.P:
		p.out.Flush()
	case a == atom.Li || block[a]:
		p.out.Flush()
		if n := len(p.list); n > 0 && (a == atom.Ol || a == atom.Ul) {
			p.list = p.list[:n-1]
		}
		if a == atom.Pre && p.pre > 0 {
			p.pre--
		}
	}
}

// text adds characters: line ends in the source are spaces, unless the text is set as it stands.
func (p *page) text(s string) {
	if len(p.skip) > 0 {
		return
	}
	if p.pre > 0 {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				p.out.Break()
			}
			p.out.Text(line)
		}
		return
	}
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == '\f' }), " ")
	if words == "" {
		if s != "" && !p.out.Empty() {
			p.out.Text(" ")
		}
		return
	}
	if isSpace(s[0]) && !p.out.Empty() {
		words = " " + words
	}
	if isSpace(s[len(s)-1]) {
		words += " "
	}
	p.out.Text(words)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }
