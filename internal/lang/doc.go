// Package lang owns how the platform speaks: the message catalogues in Vietnamese and English, dates, numbers and
// weights as people write them, and the folding and ordering of Vietnamese text.
//
// It refuses to know any subject: each package brings its own catalogue files, catalog/<subject>.{vi,en}.json, and
// each key starts with that subject. A key is present in both languages with the same placeholders, and is used
// somewhere; tests of this package hold the whole tree to that.
package lang
