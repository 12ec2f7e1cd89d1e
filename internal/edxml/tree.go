package edxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"sachhon/internal/fault"
)

// Limits bound what Read takes. The zero value of a field means its default.
type Limits struct {
	Bytes       int   // of the package, 64 MB
	Depth       int   // of elements within elements, 32
	Elements    int   // in all, 20,000
	Text        int   // bytes of one text that is no attachment, 1 MB
	Attachments int   // 100
	Unpacked    int   // bytes of all attachments together, 128 MB
	Ratio       int64 // of an unpacked attachment to its archive, 200
}

func (l Limits) withDefaults() Limits {
	set := func(v *int, otherwise int) {
		if *v <= 0 {
			*v = otherwise
		}
	}
	set(&l.Bytes, 64<<20)
	set(&l.Depth, 32)
	set(&l.Elements, 20_000)
	set(&l.Text, 1<<20)
	set(&l.Attachments, 100)
	set(&l.Unpacked, 128<<20)
	if l.Ratio <= 0 {
		l.Ratio = 200
	}
	return l
}

// node is one element. Its name is the regulation's when it is one in other letters or another spelling.
type node struct {
	name     string
	written  string // as it came
	space    string
	attrs    []xml.Attr
	text     string
	raw      []byte // the text while the element is open
	children []*node
}

// parse reads the elements of a package within the limits. It knows no entities beyond XML's own five and refuses a
// document type, so that nothing outside the bytes is ever asked for.
func parse(data []byte, limits Limits, note func(Deviation)) (*node, error) {
	data = trimMark(data, note)
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		// .NET announces utf-16 above bytes that are UTF-8. When they are not, the decoder says so.
		note(Deviation{Kind: DeviatesEncoding, Value: label})
		return in, nil
	}
	var root *node
	var open []*node
	elements := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, syntax(d, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			elements++
			switch {
			case elements > limits.Elements:
				return nil, fault.TooLarge.With("edxml.fault.elements", "Limit", limits.Elements)
			case len(open) >= limits.Depth:
				return nil, fault.TooLarge.With("edxml.fault.deep", "Limit", limits.Depth)
			case root != nil && len(open) == 0:
				return nil, fault.Invalid.With("edxml.fault.syntax", "Line", lineOf(d))
			}
			n := &node{written: t.Name.Local, space: t.Name.Space, attrs: t.Attr}
			if len(open) == 0 {
				n.name, root = canonical("", n.written), n
			} else {
				parent := open[len(open)-1]
				n.name = canonical(parent.name, n.written)
				parent.children = append(parent.children, n)
			}
			open = append(open, n)
		case xml.EndElement:
			n := open[len(open)-1]
			n.text, n.raw = string(n.raw), nil
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) == 0 {
				continue
			}
			n := open[len(open)-1]
			if len(n.raw) == 0 && len(bytes.TrimSpace(t)) == 0 {
				continue
			}
			n.raw = append(n.raw, t...)
			if len(n.raw) > limits.Text && n.name != "ContentTransferEncoded" {
				return nil, fault.TooLarge.With("edxml.fault.text", "Name", n.name, "Limit", limits.Text>>10)
			}
		case xml.Directive:
			return nil, fault.Invalid.With("edxml.fault.doctype")
		}
	}
	if root == nil || len(open) > 0 {
		return nil, fault.Invalid.With("edxml.fault.syntax", "Line", lineOf(d))
	}
	return root, nil
}

func trimMark(data []byte, note func(Deviation)) []byte {
	if rest, ok := bytes.CutPrefix(data, []byte("\ufeff")); ok {
		note(Deviation{Kind: DeviatesMark})
		data = rest
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) < len(data) && bytes.HasPrefix(trimmed, []byte("<?xml")) {
		data = trimmed // nothing may stand before the declaration, and some systems put a line there
	}
	return data
}

func syntax(d *xml.Decoder, err error) error {
	return fault.Invalid.With("edxml.fault.syntax", "Line", lineOf(d)).Because(err)
}

func lineOf(d *xml.Decoder) int {
	line, _ := d.InputPos()
	return line
}

// child returns the first child of the name, nil when there is none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all returns the children of the name.
func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var found []*node
	for _, c := range n.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// of returns the text of the child of the name.
func (n *node) of(name string) string {
	c := n.child(name)
	if c == nil {
		return ""
	}
	return line(c.text)
}

// find returns the first element, at any depth, that want accepts.
func (n *node) find(want func(*node) bool) *node {
	if n == nil || want(n) {
		return n
	}
	for _, c := range n.children {
		if found := c.find(want); found != nil {
			return found
		}
	}
	return nil
}

// named returns the first element of the name at any depth.
func (n *node) named(name string) *node { return n.find(func(n *node) bool { return n.name == name }) }

// plain is the element as text, for what is kept aside.
func (n *node) plain() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	if b.Len() > maxExtra {
		return
	}
	b.WriteString("<" + n.written + ">")
	_ = xml.EscapeText(b, []byte(strings.TrimSpace(n.text[:min(len(n.text), maxExtra)]))) // a builder takes everything
	for _, c := range n.children {
		c.write(b)
	}
	b.WriteString("</" + n.written + ">")
}
