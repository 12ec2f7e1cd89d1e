package edxml

import (
	"bytes"
	"slices"
	"strings"

	"sachhon/internal/lang"
)

// Deviation is one thing in which a package is not what Write would have written. None keeps it from being read.
type Deviation struct {
	Kind  Kind
	Path  string // the element, "" for the package as a whole
	Value string // what stands there
}

// Kind is a sort of deviation.
type Kind string

// The sorts.
const (
	DeviatesMark       Kind = "mark"       // a byte order mark in front
	DeviatesEncoding   Kind = "encoding"   // another encoding announced than the bytes have
	DeviatesEnvelope   Kind = "envelope"   // another envelope than edXML's
	DeviatesNamespace  Kind = "namespace"  // another namespace
	DeviatesPrefix     Kind = "prefix"     // elements without the prefix edXML
	DeviatesSpelling   Kind = "spelling"   // another spelling of an element's name
	DeviatesOrder      Kind = "order"      // an element stands after one that it should precede
	DeviatesPlace      Kind = "place"      // an element of the regulation below another one than its own
	DeviatesUnknown    Kind = "unknown"    // an element that the regulation does not have; it is kept aside
	DeviatesMissing    Kind = "missing"    // an element that must be there is not, or is empty
	DeviatesDate       Kind = "date"       // a date in another form
	DeviatesNoDate     Kind = "noDate"     // a text where a date belongs; it is kept aside
	DeviatesNumber     Kind = "number"     // a text where a number belongs; it is kept aside
	DeviatesCode       Kind = "code"       // a code that the regulation does not list
	DeviatesDocumentID Kind = "documentID" // not "organ,yyyy/MM/dd,number/notation"
	DeviatesRaw        Kind = "raw"        // an attachment that is not zipped
	DeviatesReference  Kind = "reference"  // an attachment that the manifest does not name, or the other way round
)

// Key is the message key of the deviation; Path and Value are its arguments.
func (d Deviation) Key() string { return "edxml.deviation." + string(d.Kind) }

// Extra is what a package holds beyond the regulation, or what could not be understood.
type Extra struct{ Path, Text string }

const (
	maxExtra  = 64 << 10
	maxExtras = 200
)

// compare notes in what the structure of a package differs from the regulation, and keeps unknown elements aside.
func (r *reader) compare(root *node, data []byte) {
	if root.written != "edXML" || root.child("edXMLEnvelope") == nil {
		r.note(Deviation{Kind: DeviatesEnvelope, Value: root.written})
	}
	if !bytes.Contains(data, []byte("<edXML:")) {
		r.note(Deviation{Kind: DeviatesPrefix})
	}
	r.compareElement(root, nil)
}

func (r *reader) compareElement(n *node, above []string) {
	path := append(slices.Clone(above), n.name)
	if n.space != Namespace && !carriers[n.name] {
		r.once(Deviation{Kind: DeviatesNamespace, Value: n.space})
	}
	if n.written != n.name {
		r.once(Deviation{Kind: DeviatesSpelling, Path: n.name, Value: n.written})
	}
	children, known := orderOf(n), order[n.name] != nil
	last, lastName := -1, ""
	for _, c := range n.children {
		at := slices.Index(children, c.name)
		switch {
		case carriers[n.name] || carriers[c.name] || !known && c.known():
		case at < 0 && c.known():
			if len(above) > 0 { // above are only the parts of another envelope
				r.once(Deviation{Kind: DeviatesPlace, Path: join(path, c.name)})
			}
			if len(c.children) == 0 {
				r.aside(join(path, c.written), c.plain())
			}
		case at < 0:
			r.once(Deviation{Kind: DeviatesUnknown, Path: join(path, c.written)})
			r.aside(join(path, c.written), c.plain())
			continue
		case at < last:
			r.once(Deviation{Kind: DeviatesOrder, Path: join(path, c.name), Value: lastName})
		default:
			last, lastName = at, c.name
		}
		r.compareElement(c, path)
	}
}

// known tells whether the regulation has an element of the name.
func (n *node) known() bool { return canonicalNames[strings.ToLower(n.name)] == n.name }

// orderOf is the order of the children of an element; a header that reports has that of a report.
func orderOf(n *node) []string {
	switch {
	case n.isReport():
		return order["MessageStatus"]
	case n.name == "StaffInfo":
		if at := slices.IndexFunc(n.children, func(c *node) bool { return c.name == "Mobile" || c.name == "Email" }); at >= 0 &&
			n.children[at].name == "Email" { // a report has the two the other way round
			return []string{"Department", "Staff", "Email", "Mobile"}
		}
	case n.name == "DocumentType" && len(n.children) == 0:
		return nil
	}
	return order[n.name]
}

func join(path []string, name string) string {
	return strings.Join(append(slices.Clone(path), name), "/")
}

func (r *reader) note(d Deviation) {
	if len(r.out.Deviations) < maxExtras {
		d.Path, d.Value = short(d.Path), short(d.Value)
		r.out.Deviations = append(r.out.Deviations, d)
	}
}

// once notes a deviation unless it was noted before: a wrong namespace is wrong on every element.
func (r *reader) once(d Deviation) {
	d.Path, d.Value = short(d.Path), short(d.Value)
	if !slices.Contains(r.out.Deviations, d) {
		r.note(d)
	}
}

func (r *reader) aside(path, text string) {
	if len(r.out.Extra) < maxExtras {
		text = strings.ToValidUTF8(text[:min(len(text), maxExtra)], "")
		r.out.Extra = append(r.out.Extra, Extra{Path: short(path), Text: text})
	}
}

// short keeps a message readable whatever stands in the package.
func short(s string) string {
	return lang.Short(strings.ToValidUTF8(s[:min(len(s), 1000)], ""), 120)
}
