// Package waste owns the vocabulary of what a clean-up collects: the eight waste types in their fixed order, the two
// ways of telling a weight, and a value that holds grams for every type.
//
// It does no input or output and knows neither reports nor points. Weights are whole grams; sums never overflow as
// long as each figure is a weight that lang.ParseWeight accepts.
package waste
