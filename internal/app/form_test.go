package app_test

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// filled is a form of a page, filled in as somebody in a hurry would.
type filled struct {
	action string
	values url.Values
	typed  []string // the inputs in which people type, and the hidden ones
	files  bool
}

// forms reads the forms of a page that write.
func forms(page, at string) []filled {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil // not a page
	}
	var all []filled
	for n := range root.Descendants() {
		if n.Data == "form" && strings.EqualFold(attr(n, "method"), "post") {
			f := filled{action: attr(n, "action"), values: url.Values{}, files: attr(n, "enctype") == "multipart/form-data"}
			if f.action == "" {
				f.action = at
			}
			f.fill(n)
			all = append(all, f)
		}
	}
	return all
}

// fill gives each control a value: the one it has, the first choice, or something to read.
func (f *filled) fill(form *html.Node) {
	for n := range form.Descendants() {
		name := attr(n, "name")
		if name == "" {
			continue
		}
		value, kind := attr(n, "value"), attr(n, "type")
		switch {
		case n.Data == "select":
			value = firstChoice(n)
		case n.Data == "textarea":
			value = "Một lời giải thích đủ dài"
			f.typed = append(f.typed, name)
		case n.Data != "input" || kind == "file" || kind == "submit":
			if n.Data == "button" && !f.values.Has(name) {
				f.values.Set(name, value)
			}
			continue
		case kind == "radio" || kind == "checkbox":
			if f.values.Has(name) {
				continue
			}
		case value == "":
			value = usual(kind)
			fallthrough
		default:
			f.typed = append(f.typed, name)
		}
		f.values.Set(name, value)
	}
	slices.Sort(f.typed)
	f.typed = slices.Compact(f.typed)
}

func firstChoice(list *html.Node) string {
	for n := range list.Descendants() {
		if v := attr(n, "value"); n.Data == "option" && v != "" {
			return v
		}
	}
	return ""
}

// usual is what people type into an empty input.
func usual(kind string) string {
	switch kind {
	case "email":
		return "ai-do@example.org"
	case "tel":
		return "0912345678"
	case "number":
		return "12"
	case "date":
		return "2024-06-10"
	case "datetime-local":
		return "2024-06-10T07:00"
	case "url":
		return "https://example.org/"
	}
	return "12"
}

func attr(n *html.Node, name string) string {
	if n.Type != html.ElementNode {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
