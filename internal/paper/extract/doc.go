// Package extract turns the bytes of a document, whatever their form, into lines of text with their layout: DOCX, PDF with
// a text layer, HTML, and plain text in Unicode or in the encodings from before it. It knows no subject.
//
// Invariant: it ends within its limits of time, memory and size whatever the bytes, runs nothing but programs of poppler, and
// those within limits of their own; what it cannot read is a fault that says how to mend it. A scan is not a failure: it has
// no text.
package extract
