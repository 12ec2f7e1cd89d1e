package waste

import "slices"

// Type is one of the eight waste types.
type Type string

// The types, in the order in which every form, table and chart shows them.
const (
	Organic      Type = "organic"
	Plastic      Type = "plastic"
	Metal        Type = "metal"
	Construction Type = "construction"
	Paper        Type = "paper"
	Glass        Type = "glass"
	Hazardous    Type = "hazardous"
	Other        Type = "other"
)

// Count is how many types there are.
const Count = 8

// Types lists all types in order.
func Types() []Type {
	return []Type{Organic, Plastic, Metal, Construction, Paper, Glass, Hazardous, Other}
}

var types = Types()

// Index returns the type's place in the order, or -1 when there is no such type.
func (t Type) Index() int { return slices.Index(types, t) }

// Valid tells whether there is such a type.
func (t Type) Valid() bool { return t.Index() >= 0 }

// Method says how a weight is known. The empty method means that nobody said.
type Method string

// The methods.
const (
	Weighed   Method = "weighed"
	Estimated Method = "estimated"
)

// Valid tells whether the method is one of the two.
func (m Method) Valid() bool { return m == Weighed || m == Estimated }
