package edxml

// Lengths are the most characters of each element, for tests.
var Lengths = lengths
