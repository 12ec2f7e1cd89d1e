package waste

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Weights holds grams per type, in the order of Types.
type Weights [Count]int64

// Of returns the grams of one type; of an unknown type 0.
func (w Weights) Of(t Type) int64 {
	if i := t.Index(); i >= 0 {
		return w[i]
	}
	return 0
}

// With returns a copy in which the type weighs grams.
func (w Weights) With(t Type, grams int64) Weights {
	if i := t.Index(); i >= 0 {
		w[i] = grams
	}
	return w
}

// Plus returns the sum, type by type.
func (w Weights) Plus(o Weights) Weights {
	for i := range w {
		w[i] += o[i]
	}
	return w
}

// Total returns the grams of all types together.
func (w Weights) Total() int64 {
	var sum int64
	for _, g := range w {
		sum += g
	}
	return sum
}

// MarshalJSON writes an object with all eight names in order, so that equal weights are equal bytes.
func (w Weights) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, t := range types {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(strconv.Quote(string(t)))
		b.WriteByte(':')
		b.WriteString(strconv.FormatInt(w[i], 10))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads an object of names and whole grams; a name left out is 0, an unknown one is an error.
func (w *Weights) UnmarshalJSON(text []byte) error {
	var byName map[Type]int64
	if err := json.Unmarshal(text, &byName); err != nil {
		return fmt.Errorf("waste: weights: %w", err)
	}
	*w = Weights{}
	for t, grams := range byName {
		i := t.Index()
		if i < 0 {
			return fmt.Errorf("waste: weights: there is no type %q", t)
		}
		w[i] = grams
	}
	return nil
}

// Methods says per type how its weight is known, in the order of Types.
type Methods [Count]Method

// Of returns the method of one type.
func (m Methods) Of(t Type) Method {
	if i := t.Index(); i >= 0 {
		return m[i]
	}
	return ""
}

// With returns a copy in which the type's weight is known by method.
func (m Methods) With(t Type, method Method) Methods {
	if i := t.Index(); i >= 0 {
		m[i] = method
	}
	return m
}
