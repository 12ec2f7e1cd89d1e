// Package decree owns the form of administrative documents in Decree 30/2020: it sets a letter.Document on paper with every
// component at its place and size, and finds where any document, ours or another organ's, departs from that form.
//
// It never changes what a document says: capitals, numbering, "V/v", ";" and "./." are the form's, and nothing else is added.
// Documents of the Party and the Youth Union, which follow rules of their own, are not its subject, and are not judged. Appendices of the decree are cited as "Phụ lục I".
package decree
