// Package gallery shows the components of ui with invented data, for eyes, screenshots and accessibility checks.
//
// It owns the samples of the components and the shape in which other packages offer samples of their pages; it refuses
// to know any service. It is never part of the program that people run.
//
// Invariant: a sample needs nothing but its context (the language), so it looks the same on every machine.
package gallery
