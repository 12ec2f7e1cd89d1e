package portal

import (
	"bytes"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// topHeading is the level of the text's own headings: above them stand the page's and the section's.
const topHeading = 3

var (
	markdown = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Linkify))
	// policy lets through what running text needs: no pictures, forms, styles or identifiers.
	policy = func() *bluemonday.Policy {
		p := bluemonday.NewPolicy()
		p.AllowElements("h3", "h4", "h5", "h6", "p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li",
			"table", "thead", "tbody", "tr", "th", "td")
		p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
		p.AllowAttrs("href").OnElements("a")
		p.AllowStandardURLs()
		p.AllowRelativeURLs(true)
		p.RequireNoFollowOnLinks(true)
		return p
	}()
)

// renderMarkdown turns text that people wrote into HTML that cannot harm a page.
func renderMarkdown(source string) (string, error) {
	src := []byte(source)
	doc := markdown.Parser().Parse(text.NewReader(src))
	if err := demote(doc); err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := markdown.Renderer().Render(&b, src, doc); err != nil {
		return "", err
	}
	return policy.Sanitize(b.String()), nil
}

// demote moves all headings so that the highest one fits below the section's.
func demote(doc ast.Node) error {
	var headings []*ast.Heading
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			headings = append(headings, h)
		}
		return ast.WalkContinue, nil
	})
	highest := 6
	for _, h := range headings {
		highest = min(highest, h.Level)
	}
	for _, h := range headings {
		h.Level = min(6, h.Level-highest+topHeading)
	}
	return err
}
