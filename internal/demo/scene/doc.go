// Package scene paints the photographs of the demo: a place before and after its clean-up, from a seed.
//
// They are pictures of nowhere, made so that the demo needs no photograph of anybody. The same seed and place give the
// same bytes.
package scene
